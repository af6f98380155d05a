//! Tickets: opened by a click (`open`), changed by what is reported of them (`close`) and by what is found when nobody
//! listened (`catch_up`). All of it goes through the `machine`; what it decides is carried out on Discord by `steps`.

mod asking;
pub mod catch_up;
mod click;
pub mod close;
mod found;
mod imported;
mod machine;
mod msg;
pub mod open;
mod opening;
mod reserve;
pub mod steps;
mod tasks;

pub use msg::TicketMsg;

use anyhow::Context as _;

use crate::app::App;
use crate::domain::ids::GuildId;
use crate::error::Result;
use crate::i18n::Locale;
use crate::router::Route;
use crate::storage::guilds;

/// What members use of what they are shown here.
pub const ROUTES: &[Route] = &[click::BUTTON];

/// The language of what everybody in a guild reads.
async fn language_of(app: &App, guild: GuildId) -> Result<Locale> {
    let locale = guilds::find_locale(&app.db, guild).await.context("find a guild's language")?;
    Ok(locale.as_deref().map(Locale::from_discord).unwrap_or_default())
}
