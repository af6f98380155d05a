//! Keeps the guild facts of the ticket path in the database, so that a click needs no requests for them: the language,
//! the slow mode of inbox channels, and which staff roles exist.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use crate::app::{App, Missing};
use crate::discord::BotContext;
use crate::discord::event::{ChannelView, Event, GuildView};
use crate::discord::threads::ThreadSnapshot;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::shards::ShardRange;
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::inboxes::panels;
use crate::journal;
use crate::storage::{guilds, inbox_facts};
use crate::tickets::{cards, catch_up, claimers};

/// The bot is in this guild: at start, after an outage, or after an invitation. At most eight statements, whatever the
/// number of channels and threads. Returns the snapshots of threads that differ from the stored ones.
pub(super) async fn on_present(app: &App, guild: &GuildView) -> Result<Vec<Event>> {
    let Some(stored) = guilds::find(&app.db, guild.id).await.context("find a guild")? else { return Ok(Vec::new()) };
    let present = guilds::set_present(&app.db, guild.id, &stored, &guild.locale);
    present.await.context("store a guild's language")?;
    if !stored.is_present {
        // Its panels may have been changed before the bot was removed.
        app.panel_drawers.wake();
    }
    // Nobody tells what changed while the bot was away.
    on_rights_changed(app, guild.id).await?;
    let used = inbox_facts::list_channels(&app.db, guild.id).await.context("list the inboxes' channels")?;
    // A channel that the bot cannot view has an unknown slow mode: keep the stored one.
    let seen: HashMap<ChannelId, Option<Duration>> =
        guild.channels.iter().map(|channel| (channel.id, channel.slowmode)).collect();
    let changed: Vec<(ChannelId, Duration)> = used
        .iter()
        .filter_map(|&(channel, stored)| Some((channel, stored?, (*seen.get(&channel)?)?)))
        .filter(|(_, stored, seen)| stored != seen)
        .map(|(channel, _, seen)| (channel, seen))
        .collect();
    inbox_facts::set_slowmodes(&app.db, &changed).await.context("store channels' slow modes")?;
    let missing = used.into_iter().map(|(channel, _)| channel).filter(|channel| !seen.contains_key(channel)).collect();
    let active = own_threads(app, &guild.threads);
    let news = catch_up::on_arrival(app, guild.id, active, missing, &guild.roles).await?;
    Ok(news.into_iter().map(Event::ThreadUpdated).collect())
}

/// The bot gained access to channels: it may have missed events of their threads.
pub(super) async fn on_threads_listed(app: &App, guild: GuildId, threads: &[ThreadSnapshot]) -> Result<Vec<Event>> {
    let news = catch_up::on_sight_again(app, guild, own_threads(app, threads)).await?;
    Ok(news.into_iter().map(Event::ThreadUpdated).collect())
}

/// Threads of the bot: others are no tickets.
fn own_threads(app: &App, threads: &[ThreadSnapshot]) -> Vec<ThreadSnapshot> {
    let bot = app.identity().map(|identity| identity.bot);
    threads.iter().filter(|thread| thread.owner == bot).copied().collect()
}

pub(super) async fn on_update(app: &App, guild: GuildId, locale: &str) -> Result<()> {
    let Some(stored) = guilds::find(&app.db, guild).await.context("find a guild")? else { return Ok(()) };
    Ok(guilds::set_present(&app.db, guild, &stored, locale).await.context("store a guild's language")?)
}

pub(super) async fn on_left(app: &App, guild: GuildId) -> Result<()> {
    Ok(guilds::set_left(&app.db, guild, app.now()).await.context("store that the bot left a guild")?)
}

/// Hidden fields keep their last known value; once the bot can view the channel, Discord sends all of it.
pub(super) async fn on_channel(app: &App, channel: ChannelView) -> Result<()> {
    journal::on_channel_updated(app, channel.id).await?;
    let Some(slowmode) = channel.slowmode else { return Ok(()) };
    let stored = inbox_facts::set_slowmode(&app.db, channel.id, slowmode).await;
    Ok(stored.context("store a channel's slow mode")?)
}

/// The bot may write again where it was refused.
pub(super) async fn on_rights_changed(app: &App, guild: GuildId) -> Result<()> {
    cards::on_rights_changed(app, guild);
    panels::on_rights_changed(app, guild);
    journal::on_rights_changed(app, guild).await
}

/// Finds guilds that removed the bot while it was offline. `listed`: the guilds of the session. A guild missing there
/// is requested: only Discord's "unknown" is proof. A session lists only its own `share`.
pub(super) async fn on_ready(app: &App, share: ShardRange, listed: &HashSet<GuildId>) -> Result<()> {
    for guild in guilds::list_present(&app.db).await.context("list guilds")? {
        if share.has(guild) && !listed.contains(&guild) {
            app.reconcile_queue.add(guild, Some(Missing::GUILD));
        }
    }
    Ok(())
}

pub(super) async fn on_messages_deleted(app: &App, deleted: Vec<(ChannelId, MessageId)>) -> Result<()> {
    let mut by_channel: HashMap<ChannelId, Vec<MessageId>> = HashMap::new();
    for (channel, message) in deleted {
        by_channel.entry(channel).or_default().push(message);
    }
    for (channel, messages) in by_channel {
        cards::on_messages_deleted(app, channel, &messages).await?;
        let detached = inbox_facts::detach_messages(&app.db, channel, &messages).await.context("detach inboxes")?;
        if detached > 0 {
            tracing::info!(channel.id = %channel, detached, "inbox messages were deleted; their settings are kept");
        }
    }
    Ok(())
}

pub(super) async fn on_role_deleted(state: &Arc<BotContext>, guild: GuildId, role: RoleId) -> Result<()> {
    let claims = claimers::list_under(state, guild, role).await?;
    inbox_facts::forget_staff(&state.app.db, guild, StaffMember::Role(role)).await.context("drop a deleted role")?;
    claimers::doubt_all(state, claims).await
}

/// A member who left is no longer staff: their entry is deleted, and rejoining does not restore it.
pub(super) async fn on_member_left(app: &App, guild: GuildId, user: UserId) -> Result<()> {
    let member = StaffMember::Member(user);
    inbox_facts::forget_staff(&app.db, guild, member).await.context("drop a member who left from the staff")?;
    Ok(())
}
