//! Interactions: commands, clicks, menus and forms, read by our own types in stages.
//!
//! First what it takes to answer (id, token, language), then who asks, then what they ask for. Only what is used is read,
//! and everything of it may be missing or odd: a click must not vanish because of somebody's avatar. What cannot be read
//! is [`Asked::Unreadable`], and is answered with an error code. How answers are sent is in `respond`.
//!
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>

mod caller;
mod command;
mod component;
mod message;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::ids::InteractionId;
use crate::i18n::Locale;

pub use caller::Caller;
pub use command::SlashCommand;
pub use component::{Pressed, Selected};
pub use message::{SelectedAttachment, SelectedEmbed, SelectedMessage};

/// Something that a person asks of the bot.
#[derive(Clone)]
pub struct Interaction {
    pub id: InteractionId,
    /// Lets anybody answer in the bot's name for 15 minutes: never logged, never stored.
    pub(super) token: String,
    /// The language of the person's client; English where it is not known.
    pub reader: Locale,
    pub asked: Asked,
}

/// What is asked for, and by whom.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A slash command.
    Command(Caller, SlashCommand),
    /// An entry of a message's context menu.
    Menu(Caller, MessageMenu),
    /// Text that is being typed into a command's option.
    Completion,
    /// A button or a menu.
    Component(Caller, Pressed),
    /// A form that was filled in.
    Form(Caller, Pressed),
    /// No more than that it can be answered. Says what could not be read.
    Unreadable(&'static str),
}

/// An entry of a message's context menu, and the message.
#[derive(Clone, Debug)]
pub struct MessageMenu {
    /// The English name: translations are for the client alone.
    pub name: String,
    pub message: SelectedMessage,
}

/// The first stage: enough to answer.
#[derive(Deserialize)]
struct Head {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<InteractionId>,
    #[serde(default, deserialize_with = "lenient::option")]
    token: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    locale: Option<String>,
}

/// The last stage, of which `data` depends on the kind.
#[derive(Default, Deserialize)]
struct Body<'a> {
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

/// Discord's types of interactions.
mod kind {
    pub(super) const COMMAND: u64 = 2;
    pub(super) const COMPONENT: u64 = 3;
    pub(super) const AUTOCOMPLETE: u64 = 4;
    pub(super) const FORM: u64 = 5;
}

impl Interaction {
    /// `None` where not even an answer is possible.
    pub fn read(json: &str) -> Option<Self> {
        let head: Head = serde_json::from_str(json).ok()?;
        // It becomes a part of addresses.
        let token = head.token.filter(|token| is_token(token))?;
        let reader = head.locale.as_deref().map(Locale::from_discord).unwrap_or_default();
        let asked = Asked::read(json, &reader).unwrap_or_else(Asked::Unreadable);
        Some(Self { id: head.id?, token, reader, asked })
    }
}

impl Asked {
    fn read(json: &str, reader: &Locale) -> Result<Self, &'static str> {
        let body: Body<'_> = serde_json::from_str(json).unwrap_or_default();
        let kind = body.kind.ok_or("its type")?;
        if kind == kind::AUTOCOMPLETE {
            return Ok(Self::Completion);
        }
        let data = body.data.map_or("null", RawValue::get);
        let caller = Caller::read(json, reader).ok_or("who asks")?;
        match kind {
            kind::COMMAND => command::read(caller, data),
            kind::COMPONENT => Ok(Self::Component(caller, Pressed::read(json, data)?)),
            kind::FORM => Ok(Self::Form(caller, Pressed::read(json, data)?)),
            _ => Err("a type that is not known"),
        }
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~=+:".contains(&byte))
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction").field("id", &self.id).field("asked", &self.asked).finish_non_exhaustive()
    }
}
