//! What happens to tickets after they are open: their owner leaves, people or the timer archive their threads, somebody
//! re-opens or deletes them. `domain::lifecycle` decides; here the facts are gathered, the decision is saved, and only
//! then carried out, so that a crash in between leaves a record of what is still to do.

use std::time::Duration;

use anyhow::Context as _;
use poise::serenity_prelude as serenity;
use serenity::{GuildChannel, ThreadMembersUpdateEvent};
use tokio::time;

use crate::app::App;
use crate::discord::guild::{BotMember, ChannelFacts};
use crate::discord::rest::Rest;
use crate::discord::threads::Sighting;
use crate::discord::{Fault, Refusal, threads};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, UserId};
use crate::domain::lifecycle::{
    Archiving, Effect, Event, Facts, Flags, Notice, State, Thread, archived_by, decide, finish_closing,
};
use crate::domain::permissions::Permissions;
use crate::error::Result;
use crate::i18n::{self, Locale, Msg};
use crate::storage::guilds;
use crate::storage::lifecycle::{self, Change, Record, Remaining};

/// How often a close that is under way is looked at by whoever waits for its end. It takes two requests to Discord.
const CLOSE_POLL: Duration = Duration::from_millis(50);

/// A thread's flags changed, or something else of it did.
pub async fn on_thread_update(app: &App, rest: &Rest, thread: &GuildChannel) -> Result<()> {
    let Some(seen) = Sighting::of(thread) else { return Ok(()) };
    let Some(record) = find(app, seen.thread).await? else { return Ok(()) };
    on_sight(app, rest, &record, &seen).await
}

/// A ticket's thread was seen, in whatever way.
pub(super) async fn on_sight(app: &App, rest: &Rest, record: &Record, seen: &Sighting) -> Result<()> {
    let by = archived_by(&Archiving {
        archived_at: seen.flags.changed_at.unwrap_or_else(|| app.now()),
        last_activity: last_activity(record, seen),
        auto_archive: seen.auto_archive,
        newly_locked: seen.flags.locked && !matches!(record.thread, Thread::There(Flags { locked: true, .. })),
    });
    let Some(event) = Event::seen(seen.flags, by) else { return Ok(()) };
    follow(app, rest, record, event, Some(seen.flags)).await
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
pub async fn on_members_update(app: &App, rest: &Rest, update: &ThreadMembersUpdateEvent) -> Result<()> {
    let Some(record) = find(app, update.id.into()).await? else { return Ok(()) };
    let owner = serenity::UserId::from(record.owner);
    if update.removed_member_ids.contains(&owner) {
        // Events carry no time: one from before the owner was brought back must not close the ticket.
        if record.state != State::Closed && is_in(rest, &record).await != Some(true) {
            follow(app, rest, &record, Event::OwnerLeftThread, None).await?;
        }
    } else if matches!(record.state, State::Closed | State::Dormant)
        && update.added_members.iter().any(|member| member.user_id == owner)
    {
        follow(app, rest, &record, Event::OwnerJoined, None).await?;
    }
    Ok(())
}

/// Somebody left a guild, or was removed from it.
pub async fn on_member_left(app: &App, rest: &Rest, guild: GuildId, member: UserId) -> Result<()> {
    for thread in lifecycle::list_of_owner(&app.db, guild, member).await.context("list a leaver's tickets")? {
        if let Some(record) = find(app, thread).await? {
            follow(app, rest, &record, Event::OwnerLeftGuild, None).await?;
        }
    }
    Ok(())
}

/// Whether the owner is in the thread; `None` when that can't be found out.
async fn is_in(rest: &Rest, record: &Record) -> Option<bool> {
    threads::has_member(rest, record.id, record.owner).await.ok()
}

pub async fn on_thread_deleted(app: &App, rest: &Rest, thread: ThreadId) -> Result<()> {
    let Some(record) = find(app, thread).await? else { return Ok(()) };
    follow(app, rest, &record, Event::ThreadDeleted, None).await
}

/// A channel is gone, and every thread in it: Discord sends no event for those.
pub async fn on_parent_deleted(app: &App, rest: &Rest, parent: ChannelId) -> Result<()> {
    for thread in lifecycle::list_in_parent(&app.db, parent).await.context("list the tickets of a channel")? {
        if let Some(record) = find(app, thread).await? {
            follow(app, rest, &record, Event::ParentDeleted, None).await?;
        }
    }
    Ok(())
}

/// Carries out what is left of closes that a crash or a refusal interrupted.
pub async fn finish_closes(app: &App, rest: &Rest) -> Result<()> {
    for listed in lifecycle::list_closing(&app.db).await.context("list unfinished closes")? {
        let Some(_running) = app.in_flight.begin_alone(listed.ticket) else { continue };
        // Whoever was at it until now may have finished it.
        let Some(record) = find(app, listed.id).await?.filter(|record| record.remaining.is_some()) else { continue };
        let can_lock = can_lock(app, rest, &record).await;
        let notice = record.remaining.and_then(Remaining::notice);
        carry_out(app, rest, &record, &finish_closing(notice, record.thread, can_lock)).await?;
    }
    Ok(())
}

async fn find(app: &App, thread: ThreadId) -> Result<Option<Record>> {
    Ok(lifecycle::find(&app.db, thread).await.context("find a ticket")?)
}

/// Decides what follows from an event, saves it, and carries it out.
pub(super) async fn follow(app: &App, rest: &Rest, known: &Record, event: Event, seen: Option<Flags>) -> Result<()> {
    let known = &after_its_close(app, known).await?;
    let (can_lock, owner_in_thread) = facts_of_discord(app, rest, known, event).await;
    let _running = app.in_flight.begin(known.ticket);
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
    carry_out(app, rest, &record, &effects).await
}

/// The record once a close that is under way here has been carried out: only then can its own traces, such as the notice
/// that un-archives the thread, be told from what a person does right after it.
async fn after_its_close(app: &App, known: &Record) -> Result<Record> {
    loop {
        // Asked first: whoever is no longer at it has stored how it ended.
        let is_running = app.in_flight.contains(known.ticket);
        let record = find(app, known.id).await?.unwrap_or_else(|| known.clone());
        if record.remaining.is_none() || !is_running {
            return Ok(record);
        }
        time::sleep(CLOSE_POLL).await;
    }
}

fn remaining_after(effects: &[Effect], before: Option<Remaining>, state: State) -> Option<Remaining> {
    let notice = effects.iter().find_map(|effect| match effect {
        Effect::PostNotice(notice) => Some(Remaining::Notice(*notice)),
        _ => None,
    });
    let archive = effects.iter().any(|effect| matches!(effect, Effect::Archive { .. })).then_some(Remaining::Archive);
    // A close that is under way stays so; a ticket that is open again has nothing left to close.
    notice.or(archive).or(before.filter(|_| state == State::Closed))
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
async fn can_lock(app: &App, rest: &Rest, record: &Record) -> bool {
    let Some(identity) = app.identity() else { return false };
    let (bot, parent) =
        tokio::join!(BotMember::fetch(rest, record.guild, identity.bot), ChannelFacts::fetch(rest, record.parent));
    match (bot, parent) {
        (Ok(bot), Ok(parent)) => bot.permissions_in(&parent).contains(Permissions::MANAGE_THREADS),
        _ => false,
    }
}

async fn carry_out(app: &App, rest: &Rest, record: &Record, effects: &[Effect]) -> Result<()> {
    let locale = guilds::find_locale(&app.db, record.guild).await.context("find a guild's language")?;
    let locale = locale.as_deref().map(Locale::from_discord).unwrap_or_default();
    let reason = i18n::render(&locale, &Msg::TicketClosedAuditReason);
    for effect in effects {
        let (outcome, remaining) = match *effect {
            Effect::PostNotice(notice) => {
                let text = i18n::render(&locale, &text_of(notice));
                (threads::post_notice(rest, record.id, &text).await.map(|()| None), Some(Remaining::Archive))
            }
            Effect::Archive { lock } => (threads::archive(rest, record.id, lock, &reason).await.map(Some), None),
            Effect::Unlock => (threads::unlock(rest, record.id).await.map(Some), None),
            Effect::DiscardThread { .. } => (threads::remove(rest, record.id, &reason).await.map(|_| None), None),
            Effect::FreeSlot | Effect::TakeSlot | Effect::ReturnCooldown | Effect::ForgetThread => continue,
        };
        match outcome {
            Ok(seen) => note_step(app, record.id, seen, remaining).await?,
            Err(fault) => {
                tracing::warn!(ticket.id = %record.ticket, thread.id = %record.id, ?effect, %fault, "a step failed");
                if may_work_later(&fault) {
                    // What comes next would be wrong without this step; the next pass takes it up.
                    return Ok(());
                }
                note_step(app, record.id, None, remaining).await?;
            }
        }
    }
    Ok(())
}

/// A step on Discord is done. What its answer showed of the thread is stored together with what is still to do, so that
/// the gateway's later report of it is recognised as our own.
async fn note_step(app: &App, thread: ThreadId, seen: Option<Flags>, remaining: Option<Remaining>) -> Result<()> {
    let mut tx = app.db.begin_write().await.context("begin to note a step")?;
    let Some(record) = lifecycle::load(&mut tx, thread).await.context("load a ticket")? else { return Ok(()) };
    let thread = match (record.thread, seen) {
        (Thread::There(flags), Some(seen)) => Thread::There(flags.updated(seen)),
        (thread, _) => thread,
    };
    let change = Change { state: record.state, slot: None, thread, remaining, at: app.now() };
    lifecycle::save(&mut tx, record.ticket, &change).await.context("note a step")?;
    tx.commit().await.context("commit a step")?;
    Ok(())
}

/// Whether trying again may help; a refusal will not change by itself.
fn may_work_later(fault: &Fault) -> bool {
    matches!(fault.refusal(), None | Some(Refusal::Other | Refusal::Token))
}

fn text_of(notice: Notice) -> Msg {
    match notice {
        Notice::OwnerLeftThread => Msg::NoticeOwnerLeft,
        Notice::OwnerLeftGuild => Msg::NoticeOwnerLeftGuild,
        Notice::ArchivedByPerson => Msg::NoticeArchived,
    }
}
