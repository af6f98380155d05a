//! Tickets: opened by a click, closed by what happens to their threads, and put right after an accident.

pub mod catch_up;
mod click;
pub mod close;
pub mod effects;
mod found;
pub mod open;
mod opening;
pub mod reconcile;
mod reserve;
mod taken_over;

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
