//! Turns Discord's reports about tickets into events for the `machine`: the owner leaves; a thread is archived,
//! re-opened or deleted. Nothing here asks Discord; the resulting steps run beside the events that follow.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::machine::{self, Progress, Which};
use super::steps::KINDS;
use crate::app::App;
use crate::discord::BotContext;
use crate::discord::threads::ThreadSnapshot;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, UserId};
use crate::domain::lifecycle::{Event, Flags, Left, Thread};
use crate::error::Result;
use crate::storage::lifecycle::{self, Record};
use crate::storage::{inbox_facts, steps::Step, working};
use crate::work;

/// Maximum difference between the creation time in a thread's id and the one in its flags.
const CREATION_TOLERANCE: Duration = Duration::from_secs(1);

/// A thread was updated.
pub async fn on_thread_update(state: &Arc<BotContext>, seen: &ThreadSnapshot) -> Result<()> {
    let step = on_sight(&state.app, seen).await?;
    start_step(state, step);
    Ok(())
}

/// A ticket's thread was reported, by any event.
pub(super) async fn on_sight(app: &App, seen: &ThreadSnapshot) -> Result<Option<Step>> {
    let Some(record) = find(app, seen.thread).await? else { return Ok(None) };
    if let Some(parent) = seen.parent.filter(|parent| *parent != record.parent) {
        working::set_parent(&app.db, record.ticket, parent).await.context("store a thread's channel")?;
    }
    let progress = Progress { is_live: true, ..Progress::NONE };
    machine::apply_with(app, Which::Ticket(record.ticket), machine::sighting(&record, seen), progress).await
}

/// Members left a thread, were removed from it or were added to it.
pub async fn on_members_update(
    state: &Arc<BotContext>,
    thread: ThreadId,
    added: &[UserId],
    removed: &[UserId],
) -> Result<()> {
    let app = &state.app;
    let Some(record) = find(app, thread).await? else { return Ok(()) };
    let is_bot = |user: &UserId| app.identity().is_some_and(|identity| identity.bot == *user);
    if removed.iter().any(is_bot) {
        start_step(state, machine::apply(app, Which::Ticket(record.ticket), Event::BotRemoved).await?);
    }
    let events = [
        removed.contains(&record.owner).then_some(Event::OwnerSaidGone(Left::Thread)),
        added.contains(&record.owner).then_some(Event::OwnerAdded),
    ];
    for event in events.into_iter().flatten() {
        let step = machine::apply(app, Which::TicketOf(record.ticket, record.owner), event).await?;
        start_step(state, step);
    }
    Ok(())
}

/// A member left a guild or was removed from it.
pub async fn on_member_left(state: &Arc<BotContext>, guild: GuildId, member: UserId) -> Result<()> {
    let app = &state.app;
    for ticket in lifecycle::list_of_owner(&app.db, guild, member).await.context("list a leaver's tickets")? {
        let step = machine::apply(app, Which::TicketOf(ticket, member), Event::OwnerSaidGone(Left::Guild)).await?;
        start_step(state, step);
    }
    Ok(())
}

pub async fn on_thread_deleted(state: &Arc<BotContext>, thread: ThreadId) -> Result<()> {
    // Most deleted threads are not tickets: read before taking the writer.
    if find(&state.app, thread).await?.is_some() {
        start_step(state, machine::apply(&state.app, Which::Thread(thread), Event::ThreadGone).await?);
    }
    Ok(())
}

/// A channel was deleted with its inbox messages and threads: Discord sends no event for those. The inboxes' settings
/// stay.
pub async fn on_channel_deleted(app: &App, parent: ChannelId) -> Result<()> {
    inbox_facts::detach_channel(&app.db, parent).await.context("detach the inboxes of a channel")?;
    for thread in lifecycle::list_in_parent(&app.db, parent).await.context("list the tickets of a channel")? {
        // A deleted thread needs no request.
        machine::apply(app, Which::Thread(thread), Event::ThreadGone).await?;
    }
    Ok(())
}

/// Whether a thread differs from its ticket's record. If not, nothing follows.
pub(super) fn is_news(record: &Record, seen: &ThreadSnapshot) -> bool {
    let has_moved = seen.parent.is_some_and(|parent| parent != record.parent);
    let has_changed = match record.thread {
        Thread::There(Flags::NEW) => !is_as_made(seen),
        Thread::There(flags) => flags.updated(seen.flags) != flags,
        Thread::NotMade | Thread::Hidden(_) => true,
        Thread::Gone => false,
    };
    has_moved || has_changed
}

/// Whether a thread's flags are unchanged since its creation. Discord sets the time of the last change of a new thread
/// to its creation time (Discord: "Channel", thread metadata object).
fn is_as_made(seen: &ThreadSnapshot) -> bool {
    let Flags { archived, locked, changed_at } = seen.flags;
    !archived && !locked && changed_at.is_none_or(|at| at <= seen.thread.created_at() + CREATION_TOLERANCE)
}

async fn find(app: &App, thread: ThreadId) -> Result<Option<Record>> {
    Ok(lifecycle::find(&app.db, thread).await.context("find a ticket")?)
}

pub(super) fn start_step(state: &Arc<BotContext>, step: Option<Step>) {
    if let Some(step) = step {
        work::spawn(state, KINDS, step);
    }
}
