//! Keeps what the ticket path needs of a guild in the database, so that a click asks Discord for none of it: the
//! language, the slow mode of inbox channels, and which staff roles exist.

use std::time::Duration;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::{Guild, GuildChannel, PartialGuild, Ready, ThreadListSyncEvent, UnavailableGuild};

use crate::app::App;
use crate::discord::threads::Sighting;
use crate::discord::{State, guild};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::shards::Share;
use crate::error::Result;
use crate::storage::{guilds, inbox_facts};
use crate::tickets::catch_up;

/// The bot is in this guild: at start, after an outage, or because it was invited (again).
pub(super) async fn on_present(state: &State, guild: &Guild) -> Result<()> {
    let (app, id) = (&state.app, guild.id.into());
    if guilds::find_locale(&app.db, id).await.context("find a guild")?.is_none() {
        return Ok(());
    }
    guilds::set_present(&app.db, id, &guild.preferred_locale).await.context("store a guild's language")?;
    for channel in guilds::inbox_channels(&app.db, id).await.context("list the inboxes' channels")? {
        if let Some(found) = guild.channels.get(&channel.into()) {
            on_channel(app, found).await?;
        }
    }
    let active = own_threads(app, &guild.threads);
    let channels = guild.channels.keys().map(|&channel| channel.into()).collect();
    let roles = guild.roles.keys().map(|&role| role.into()).collect();
    catch_up::on_arrival(app, &state.rest, id, &active, &channels, &roles).await
}

/// The bot sees channels that it did not see before: what it could not know of their threads may have happened.
pub(super) async fn on_threads_listed(state: &State, sync: &ThreadListSyncEvent) -> Result<()> {
    let active = own_threads(&state.app, &sync.threads);
    catch_up::on_sight_again(&state.app, &state.rest, sync.guild_id.into(), &active).await
}

/// Those that the bot has made: no others are tickets.
fn own_threads(app: &App, threads: &[GuildChannel]) -> Vec<Sighting> {
    let bot = app.identity().map(|identity| identity.bot);
    let own = threads.iter().filter(|thread| thread.owner_id.map(UserId::from) == bot);
    own.filter_map(Sighting::of).collect()
}

pub(super) async fn on_update(app: &App, guild: &PartialGuild) -> Result<()> {
    let stored = guilds::set_present(&app.db, guild.id.into(), &guild.preferred_locale).await;
    Ok(stored.context("store a guild's language")?)
}

/// An outage says `unavailable`; without it the bot was removed.
pub(super) async fn on_delete(app: &App, guild: &UnavailableGuild) -> Result<()> {
    if guild.unavailable {
        return Ok(());
    }
    Ok(guilds::set_left(&app.db, guild.id.into(), app.now()).await.context("store that the bot left a guild")?)
}

pub(super) async fn on_channel(app: &App, channel: &GuildChannel) -> Result<()> {
    let slowmode = Duration::from_secs(channel.rate_limit_per_user.unwrap_or(0).into());
    let stored = inbox_facts::set_slowmode(&app.db, channel.id.into(), slowmode).await;
    Ok(stored.context("store a channel's slow mode")?)
}

/// The guilds of the shard whose session has begun.
pub(super) fn share_of(ready: &Ready) -> Share {
    let Some(shard) = ready.shard else { return Share::ALL };
    let id = shard.id.0;
    Share::new(shard.total, id..=id).unwrap_or(Share::ALL)
}

/// Guilds that the bot was removed from while it did not listen. `listed` is what Discord says it is in; a guild that is
/// missing there is asked for, because only Discord's own "unknown" is proof. A session lists only its own `share`.
pub(super) async fn on_ready(state: &State, share: Share, listed: &[UnavailableGuild]) -> Result<()> {
    let app = &state.app;
    for guild in guilds::list_present(&app.db).await.context("list guilds")? {
        if !share.has(guild) || listed.iter().any(|listed| GuildId::from(listed.id) == guild) {
            continue;
        }
        if !guild::exists(&state.rest, guild).await.context("ask for a guild")? {
            guilds::set_left(&app.db, guild, app.now()).await.context("store that the bot left a guild")?;
            tracing::info!(guild.id = %guild, "the bot was removed from a guild while it was away");
        }
    }
    Ok(())
}
