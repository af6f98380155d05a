//! Keeps what the ticket path needs of a guild in the database, so that a click asks Discord for none of it: the
//! language, the slow mode of inbox channels, and which staff roles exist.

use std::collections::HashSet;

use anyhow::Context as _;

use crate::app::App;
use crate::discord::event::{ChannelView, GuildView};
use crate::discord::threads::Sighting;
use crate::discord::{State, guild};
use crate::domain::ids::GuildId;
use crate::domain::shards::Share;
use crate::error::Result;
use crate::storage::{guilds, inbox_facts};
use crate::tickets::catch_up;

/// The bot is in this guild: at start, after an outage, or because it was invited (again).
pub(super) async fn on_present(state: &State, guild: &GuildView) -> Result<()> {
    let app = &state.app;
    if guilds::find_locale(&app.db, guild.id).await.context("find a guild")?.is_none() {
        return Ok(());
    }
    guilds::set_present(&app.db, guild.id, &guild.locale).await.context("store a guild's language")?;
    let inbox_channels = guilds::inbox_channels(&app.db, guild.id).await.context("list the inboxes' channels")?;
    for &channel in guild.channels.iter().filter(|channel| inbox_channels.contains(&channel.id)) {
        on_channel(app, channel).await?;
    }
    let active = own_threads(app, &guild.threads);
    let channels = guild.channels.iter().map(|channel| channel.id).collect();
    catch_up::on_arrival(app, &state.rest, guild.id, &active, &channels, &guild.roles).await
}

/// The bot sees channels that it did not see before: what it could not know of their threads may have happened.
pub(super) async fn on_threads_listed(state: &State, guild: GuildId, threads: &[Sighting]) -> Result<()> {
    let active = own_threads(&state.app, threads);
    catch_up::on_sight_again(&state.app, &state.rest, guild, &active).await
}

/// Those that the bot has made: no others are tickets.
fn own_threads(app: &App, threads: &[Sighting]) -> Vec<Sighting> {
    let bot = app.identity().map(|identity| identity.bot);
    threads.iter().filter(|thread| thread.owner == bot).copied().collect()
}

pub(super) async fn on_update(app: &App, guild: GuildId, locale: &str) -> Result<()> {
    Ok(guilds::set_present(&app.db, guild, locale).await.context("store a guild's language")?)
}

pub(super) async fn on_left(app: &App, guild: GuildId) -> Result<()> {
    Ok(guilds::set_left(&app.db, guild, app.now()).await.context("store that the bot left a guild")?)
}

pub(super) async fn on_channel(app: &App, channel: ChannelView) -> Result<()> {
    let stored = inbox_facts::set_slowmode(&app.db, channel.id, channel.slowmode).await;
    Ok(stored.context("store a channel's slow mode")?)
}

/// Guilds that the bot was removed from while it did not listen. `listed` is what Discord says it is in; a guild that is
/// missing there is asked for, because only Discord's own "unknown" is proof. A session lists only its own `share`.
pub(super) async fn on_ready(state: &State, share: Share, listed: &HashSet<GuildId>) -> Result<()> {
    let app = &state.app;
    for guild in guilds::list_present(&app.db).await.context("list guilds")? {
        if !share.has(guild) || listed.contains(&guild) {
            continue;
        }
        if !guild::exists(&state.rest, guild).await.context("ask for a guild")? {
            guilds::set_left(&app.db, guild, app.now()).await.context("store that the bot left a guild")?;
            tracing::info!(guild.id = %guild, "the bot was removed from a guild while it was away");
        }
    }
    Ok(())
}
