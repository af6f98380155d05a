//! Renders every text that people read in Discord, from the files in `locales/<locale>/`.
//!
//! Each module declares its messages in its own `msg.rs` with `messages!`; shared ones are in `message`. The
//! operator's texts at the terminal are plain English in the code that prints them.

mod args;
mod days;
mod inbox_name;
mod length;
mod locale;
mod message;

use fluent_templates::{Loader, static_loader};

pub(crate) use args::Arg;
pub use args::{
    Args, AtLeast, AtMost, InboxLink, InboxList, Mention, MentionList, PermissionList, PointInTime, PriorityName,
    Relative, ThreadLink, ThreadList, TicketState,
};
pub use days::day_names;
pub use inbox_name::{InboxName, InboxNames, inbox_label};
pub use length::Length;
pub use locale::Locale;
pub(crate) use message::messages;
pub use message::{CommonMsg, Message, Msg};

static_loader! {
    static CATALOG = {
        locales: "./locales",
        fallback_language: "en-US",
        customise: |bundle| {
            // Isolation marks protect mixed-direction text, but break links and mentions in Discord.
            bundle.set_use_isolating(false);
            bundle.add_builtins().expect("a new bundle has no functions yet");
        },
    };
}

/// Shown when the catalog has no text. `tests/locales.rs` renders every message of every locale to prevent it; Discord
/// refuses empty messages.
const LAST_RESORT: &str = "⚠️";

/// The text of `msg` in `locale`; English if the language has no file or lacks the message.
pub fn render(locale: &Locale, msg: &dyn Message) -> String {
    let args = msg.args(locale);
    CATALOG.try_lookup_with_args(locale.id(), msg.key(), &args).unwrap_or_else(|| {
        tracing::error!(msg.key = msg.key(), locale = %locale, "a message could not be rendered");
        LAST_RESORT.to_owned()
    })
}

/// A text without arguments by its key, such as a command's description; `None` if no catalog has it.
pub fn lookup(locale: &Locale, key: &str) -> Option<String> {
    CATALOG.try_lookup(locale.id(), key)
}

/// The text of `key` in exactly this locale's file, without a fallback.
pub fn lookup_exact(locale: &Locale, key: &str) -> Option<String> {
    CATALOG.lookup_single_language::<&str>(locale.id(), key, None).ok()
}

/// Every locale with a file, in a stable order.
pub fn locales() -> Vec<Locale> {
    let mut all: Vec<Locale> = CATALOG.locales().map(|id| Locale::from_discord(&id.to_string())).collect();
    all.sort();
    all
}

/// What the catalog could not render of `msg` in exactly this locale: for the tests of completeness.
pub fn render_exact(locale: &Locale, msg: &dyn Message) -> Result<String, String> {
    let args = msg.args(locale);
    CATALOG
        .lookup_single_language(locale.id(), msg.key(), Some(&args))
        .map_err(|error| format!("{locale}: {}: {error}", msg.key()))
}
