//! What happens to tickets after they are open: their owner leaves, people or the timer archive their threads, somebody
//! re-opens or deletes them. `domain::lifecycle` decides; here the facts are gathered, the decision is saved, and only
//! then carried out (`effects`), so that a crash in between leaves a record of what is still to do.

use std::time::Duration;

use anyhow::Context as _;
use tokio::time;

use super::effects::carry_out;
use crate::app::{App, release_turn, release_worker};
use crate::discord::guild::{BotMember, ChannelFacts};
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Sighting};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, UserId};
use crate::domain::lifecycle::{
    ArchivedBy, Archiving, Effect, Event, Facts, Flags, State, Thread, archived_by, decide,
};
use crate::domain::permissions::Permissions;
use crate::error::Result;
use crate::storage::inbox_facts;
use crate::storage::lifecycle::{self, Change, Record, Remaining};

/// How often a close that is under way is looked at by whoever waits for its end. It takes two requests to Discord.
const CLOSE_POLL: Duration = Duration::from_millis(50);

/// How far the two times of a thread's making may be apart: the one in its id, and the one of its flags.
const MAKING: Duration = Duration::from_secs(1);

/// A thread's flags changed, or something else of it did.
pub async fn on_thread_update(app: &App, rest: &Rest, seen: &Sighting) -> Result<()> {
    let Some(record) = find(app, seen.thread).await? else { return Ok(()) };
    on_sight(app, rest, &record, seen).await
}

/// A ticket's thread was seen, in whatever way.
pub(super) async fn on_sight(app: &App, rest: &Rest, record: &Record, seen: &Sighting) -> Result<()> {
    if let Some(parent) = seen.parent.filter(|parent| *parent != record.parent) {
        lifecycle::set_parent(&app.db, record.ticket, parent).await.context("store a thread's channel")?;
    }
    let Some(event) = Event::seen(seen.flags, who_archived(app, record, seen)) else { return Ok(()) };
    follow(app, rest, record, event, Some(seen.flags)).await
}

/// Whether a thread was seen in another way than its ticket's record has it. If not, nothing follows from the sight.
pub(super) fn is_news(record: &Record, seen: &Sighting) -> bool {
    let has_moved = seen.parent.is_some_and(|parent| parent != record.parent);
    let has_changed = match record.thread {
        Thread::There(Flags::NEW) => !is_as_made(seen),
        Thread::There(flags) => flags.updated(seen.flags) != flags,
        Thread::NotMade => true,
        Thread::Gone => false,
    };
    has_moved || has_changed
}

/// Whether nothing has happened to a thread's flags since it was made. Discord gives a new thread the time of its making as
/// the time of the last change (Discord: "Channel", thread metadata object).
fn is_as_made(seen: &Sighting) -> bool {
    let Flags { archived, locked, changed_at } = seen.flags;
    !archived && !locked && changed_at.is_none_or(|at| at <= seen.thread.created_at() + MAKING)
}

/// Who archived a thread, if it is archived.
pub(super) fn who_archived(app: &App, record: &Record, seen: &Sighting) -> ArchivedBy {
    archived_by(&Archiving {
        archived_at: seen.flags.changed_at.unwrap_or_else(|| app.now()),
        last_activity: last_activity(record, seen),
        auto_archive: seen.auto_archive,
        newly_locked: seen.flags.locked && !matches!(record.thread, Thread::There(Flags { locked: true, .. })),
    })
}

/// The latest sign of life in a thread.
fn last_activity(record: &Record, seen: &Sighting) -> Timestamp {
    let made = record.id.created_at();
    let unarchived = match record.thread {
        Thread::There(Flags { archived: false, changed_at, .. }) => changed_at,
        _ => None,
    };
    [seen.last_posted, unarchived].into_iter().flatten().fold(made, Timestamp::max)
}

/// People left a thread, were removed from it, or were added to it.
pub async fn on_members_update(
    app: &App,
    rest: &Rest,
    thread: ThreadId,
    added: &[UserId],
    removed: &[UserId],
) -> Result<()> {
    let Some(record) = find(app, thread).await? else { return Ok(()) };
    if removed.contains(&record.owner) {
        // Events carry no time: one from before the owner was brought back must not close the ticket.
        if record.state != State::Closed && is_in(rest, &record).await != Some(true) {
            follow(app, rest, &record, Event::OwnerLeftThread, None).await?;
        }
    } else if matches!(record.state, State::Closed | State::Dormant) && added.contains(&record.owner) {
        follow(app, rest, &record, Event::OwnerJoined, None).await?;
    }
    Ok(())
}

/// Somebody left a guild, or was removed from it. Returns what that is for which tickets.
pub async fn on_member_left(app: &App, guild: GuildId, member: UserId) -> Result<(Vec<ThreadId>, Event)> {
    let threads = lifecycle::list_of_owner(&app.db, guild, member).await.context("list a leaver's tickets")?;
    Ok((threads, Event::OwnerLeftGuild))
}

/// Whether the owner is in the thread; `None` when that can't be found out.
async fn is_in(rest: &Rest, record: &Record) -> Option<bool> {
    threads::has_member(rest, record.id, record.owner).await.ok()
}

pub async fn on_thread_deleted(app: &App, rest: &Rest, thread: ThreadId) -> Result<()> {
    on_event(app, rest, thread, Event::ThreadDeleted).await
}

/// Something happened to the ticket of this thread, if it is one.
pub async fn on_event(app: &App, rest: &Rest, thread: ThreadId, event: Event) -> Result<()> {
    let Some(record) = find(app, thread).await? else { return Ok(()) };
    follow(app, rest, &record, event, None).await
}

/// A channel is gone, with the inbox messages and every thread in it: Discord sends no event for those. The inboxes'
/// settings are kept. Returns what that is for which tickets.
pub async fn on_channel_deleted(app: &App, parent: ChannelId) -> Result<(Vec<ThreadId>, Event)> {
    inbox_facts::detach_channel(&app.db, parent).await.context("detach the inboxes of a channel")?;
    let threads = lifecycle::list_in_parent(&app.db, parent).await.context("list the tickets of a channel")?;
    Ok((threads, Event::ParentDeleted))
}

pub(super) async fn find(app: &App, thread: ThreadId) -> Result<Option<Record>> {
    Ok(lifecycle::find(&app.db, thread).await.context("find a ticket")?)
}

/// Decides what follows from an event, saves it, and carries it out.
pub(super) async fn follow(app: &App, rest: &Rest, known: &Record, event: Event, seen: Option<Flags>) -> Result<()> {
    // On the heap: most events end before they come here, and thousands of those can wait at once.
    Box::pin(carry_through(app, rest, known, event, seen)).await
}

async fn carry_through(app: &App, rest: &Rest, known: &Record, event: Event, seen: Option<Flags>) -> Result<()> {
    // Told first, so that a close that has only just begun leaves the thread alone.
    let _heard = match event {
        Event::ThreadUnarchived { at } => Some(app.unarchived.begin((known.ticket, at))),
        _ => None,
    };
    let known = &after_its_close(app, known).await?;
    let (can_lock, owner_in_thread) = facts_of_discord(app, rest, known, event).await;
    let _running = app.closing.begin(known.ticket);
    let mut tx = app.db.begin_write().await.context("begin a decision")?;
    // What was known may have changed while Discord was asked.
    let Some(record) = lifecycle::load(&mut tx, known.id).await.context("load a ticket")? else { return Ok(()) };
    let taken = match record.inbox {
        Some(inbox) => lifecycle::taken_slots(&mut tx, inbox, record.owner).await.context("count open tickets")?,
        None => Vec::new(),
    };
    let facts = Facts {
        thread: record.thread,
        closing: record.closing(),
        can_lock,
        slot_free: record.inbox.is_none() || record.limit == 0 || taken.len() < record.limit as usize,
        owner_in_thread,
    };
    let (state, effects) = decide(record.state, &event, &facts);
    let thread = match (record.thread, seen) {
        _ if effects.contains(&Effect::ForgetThread) => Thread::Gone,
        (Thread::There(flags), Some(seen)) => Thread::There(flags.updated(seen)),
        (thread, _) => thread,
    };
    let slot = (1..=u32::MAX).find(|slot| !taken.contains(slot)).filter(|_| effects.contains(&Effect::TakeSlot));
    // On a thread that is gone there is nothing left to do.
    let remaining = remaining_after(&effects, record.remaining, state).filter(|_| thread != Thread::Gone);
    let change = Change { state, slot, thread, remaining, at: app.now() };
    lifecycle::save(&mut tx, record.ticket, &change).await.context("save a decision")?;
    tx.commit().await.context("commit a decision")?;
    if state != record.state {
        let (from, to) = (record.state.as_str(), state.as_str());
        tracing::info!(ticket.id = %record.ticket, thread.id = %record.id, from, to, "ticket changed");
    }
    if effects.iter().all(|effect| effect.is_on_records()) {
        return Ok(());
    }
    release_turn();
    // What Discord did not answer is left to the next pass, and logged.
    carry_out(app, rest, &record, &effects).await?.ok();
    Ok(())
}

/// The record once a close that is under way here has been carried out: only then can its own traces, such as the notice
/// that un-archives the thread, be told from what a person does right after it.
async fn after_its_close(app: &App, known: &Record) -> Result<Record> {
    loop {
        // Asked first: whoever is no longer at it has stored how it ended.
        let is_running = app.closing.contains(known.ticket);
        let record = find(app, known.id).await?.unwrap_or_else(|| known.clone());
        if record.remaining.is_none() || !is_running {
            return Ok(record);
        }
        release_worker();
        time::sleep(CLOSE_POLL).await;
    }
}

fn remaining_after(effects: &[Effect], before: Option<Remaining>, state: State) -> Option<Remaining> {
    let notice = effects.iter().find_map(|effect| match effect {
        Effect::PostNotice(notice) => Some(Remaining::Notice(*notice)),
        _ => None,
    });
    let archive = effects.iter().any(|effect| matches!(effect, Effect::Archive { .. })).then_some(Remaining::Archive);
    let unlock = effects.contains(&Effect::Unlock).then_some(Remaining::Unlock);
    // What is under way stays so, unless it belongs to a state that the ticket has left.
    notice.or(archive).or(unlock).or(before.filter(|before| before.is_of_close() == (state == State::Closed)))
}

/// What only Discord knows, asked where the event may depend on it: these are rare paths.
async fn facts_of_discord(app: &App, rest: &Rest, record: &Record, event: Event) -> (bool, bool) {
    match event {
        Event::OwnerLeftThread | Event::OwnerLeftGuild if record.state != State::Closed => {
            (can_lock(app, rest, record).await, true)
        }
        Event::ThreadArchived { .. } if record.state != State::Closed => (can_lock(app, rest, record).await, true),
        Event::ThreadUnarchived { .. } | Event::OwnerJoined
            if record.state == State::Closed && record.remaining.is_none() =>
        {
            let (can_lock, is_in) = tokio::join!(can_lock(app, rest, record), is_in(rest, record));
            (can_lock, is_in == Some(true))
        }
        // Where this can't be found out, the ticket counts, and is asked about with the other open ones.
        Event::ThreadUnarchived { .. } | Event::OwnerJoined if record.state == State::Dormant => {
            (false, is_in(rest, record).await != Some(false))
        }
        _ => (false, false),
    }
}

/// Whether the bot has Manage Threads where this ticket's thread is. When that can't be found out, it acts as if not.
pub(super) async fn can_lock(app: &App, rest: &Rest, record: &Record) -> bool {
    let Some(identity) = app.identity() else { return false };
    let (bot, parent) =
        tokio::join!(BotMember::fetch(rest, record.guild, identity.bot), ChannelFacts::fetch(rest, record.parent));
    match (bot, parent) {
        (Ok(bot), Ok(parent)) => bot.permissions_in(&parent).contains(Permissions::MANAGE_THREADS),
        _ => false,
    }
}
