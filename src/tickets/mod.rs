//! Tickets: opened by a click (`open`) or by other ways (`ways`), changed by events (`close`) and by reconciliation
//! (`catch_up`). All changes pass through the `machine`; `steps` carries out its decisions on Discord.

mod admit;
pub mod announced;
pub mod blocks;
pub mod cards;
pub mod catch_up;
mod change;
pub mod claim;
pub mod claimers;
pub mod close;
pub mod closing;
pub mod delete;
mod desk;
pub mod exporting;
pub mod first_message;
mod form;
mod frequent;
pub mod info;
mod line;
pub mod lists;
mod logged;
mod machine;
mod msg;
pub mod open;
mod open_request;
mod opening;
pub mod people;
pub mod places;
mod refused;
pub mod reopen;
pub mod reply;
mod reserve;
pub mod steps;
pub mod suggest;
pub mod sweep;
mod tasks;
pub mod timers;
mod waking;
pub mod ways;

pub use blocks::BlockMsg;
pub use cards::CardMsg;
pub use form::{FormMsg, words};
pub use lists::ListMsg;
pub use msg::TicketMsg;
pub use people::PeopleMsg;
pub use refused::OpenMsg;
pub use reply::ReplyMsg;
pub use ways::WaysMsg;

pub use crate::i18n::inbox_label as label;

use anyhow::Context as _;

use crate::app::App;
use crate::domain::ids::GuildId;
use crate::domain::message_link::InboxRef;
use crate::error::Result;
use crate::i18n::Locale;
use crate::router::Route;
use crate::storage::guilds;
use crate::storage::inboxes::{self, Inbox};

/// The components in tickets and on panels.
pub const ROUTES: &[Route] = &[
    open::BUTTON,
    open::MENU,
    ways::MEMBER_MENU,
    ways::ABOUT_BUTTON,
    ways::ABOUT_MENU,
    ways::AUTHOR_BUTTON,
    ways::AUTHOR_MENU,
    form::FORM,
    form::ABOUT_FORM,
    form::AGAIN,
    form::ABOUT_AGAIN,
    frequent::MENU,
    claim::BUTTON,
    claim::RELEASE,
    people::ROLE_BUTTON,
    people::TRANSFER_BUTTON,
    places::CONFIRM_BUTTON,
    places::REMOVE_BUTTON,
    closing::BUTTON,
    closing::CONFIRM,
    closing::FORM,
    lists::PAGE,
    reply::FORM,
    announced::CANCEL,
    announced::AGREE,
    announced::KEEP,
    delete::CONFIRM,
    exporting::BUTTON,
    exporting::CONTINUE,
    reopen::BUTTON,
    blocks::ASK,
    blocks::FORM,
    blocks::PAGE,
];

/// The locale of everything public in a guild.
async fn language_of(app: &App, guild: GuildId) -> Result<Locale> {
    let locale = guilds::find_locale(&app.db, guild).await.context("find a guild's language")?;
    Ok(locale.as_deref().map(Locale::from_discord).unwrap_or_default())
}

/// An inbox of a guild, by its number or a link to its panel.
async fn find_inbox(app: &App, guild: GuildId, reference: &str) -> Result<Inbox> {
    let found = match InboxRef::parse(reference).ok_or(PeopleMsg::MoveWhere)? {
        InboxRef::Number(inbox) => inboxes::find(&app.db, inbox).await.map(Vec::from_iter),
        InboxRef::Message { message, .. } => inboxes::list_on_message(&app.db, message).await,
    };
    let mut found = found.context("find an inbox")?;
    found.retain(|inbox| inbox.guild == guild);
    if found.len() > 1 {
        return Err(PeopleMsg::MoveWhich.into());
    }
    Ok(found.pop().ok_or(PeopleMsg::MoveWhere)?)
}
