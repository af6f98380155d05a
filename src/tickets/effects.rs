//! Carries out on Discord what was decided for a ticket, and finishes what a crash or a failure interrupted.
//!
//! Each step is noted when it is done. A step whose note was lost is recognised by its traces: a notice by its nonce for
//! some minutes and by its author after them, an archiving by the thread's flags.

use std::time::Duration;

use anyhow::Context as _;

use super::close::{can_lock, find, follow};
use super::language_of;
use crate::app::{App, Identity};
use crate::discord::Fault;
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Sighting};
use crate::domain::clock::Timestamp;
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::{
    ArchivedBy, Effect, Event, Flags, Notice, Resumed, Thread, Traces, finish_closing, resume_closing,
};
use crate::domain::shards::Share;
use crate::error::Result;
use crate::i18n::{self, Msg};
use crate::storage::lifecycle::{self, Change, Record, Remaining};

/// For how long a nonce surely keeps a notice from being posted twice (Discord: "Create Message", "in the past few
/// minutes").
const NONCE_HOLDS: Duration = Duration::from_mins(1);

/// How far our clock and Discord's may be apart when a notice is matched to its close.
const CLOCK_SKEW: Duration = Duration::from_secs(10);

/// Carries out what is left of closes and re-openings in the guilds of `share` that a crash or a refusal interrupted. Costs up to seven requests for each; ends
/// early when Discord does not answer.
pub async fn finish_closes(app: &App, rest: &Rest, share: Share) -> Result<()> {
    let closing = lifecycle::list_closing(&app.db).await.context("list unfinished closes")?;
    for listed in closing.into_iter().filter(|listed| share.has(listed.guild)) {
        let Some(running) = app.closing.begin_alone(listed.ticket) else { continue };
        // Whoever was at it until now may have finished it.
        let Some(record) = find(app, listed.id).await?.filter(|record| record.remaining.is_some()) else { continue };
        let outcome = finish(app, rest, &record).await?;
        drop(running);
        match outcome {
            Ok(None) => {}
            // What a person did in the meantime counts from here on.
            Ok(Some((event, seen))) => follow(app, rest, &record, event, seen).await?,
            Err(fault) => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "a close could not be finished yet");
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What a look at the thread shows to have happened instead.
type Instead = Option<(Event, Option<Flags>)>;

async fn finish(app: &App, rest: &Rest, record: &Record) -> Result<std::result::Result<Instead, Fault>> {
    let seen = match threads::look(rest, record.id).await {
        Ok(Some(seen)) => seen,
        Ok(None) => return Ok(Ok(Some((Event::ThreadDeleted, None)))),
        // Out of the bot's sight, and for good: there is nothing left that it can do.
        Err(fault) if fault.is_final() => {
            note_step(app, record.id, None, None).await?;
            return Ok(Ok(None));
        }
        Err(fault) => return Ok(Err(fault)),
    };
    if record.remaining == Some(Remaining::Unlock) {
        return Ok(carry_out(app, rest, record, &[Effect::Unlock]).await?.map(|()| None));
    }
    let noticed_at = match noticed_at(app, rest, record, &seen).await {
        Ok(at) => at,
        Err(fault) => return Ok(Err(fault)),
    };
    let stored = match record.thread {
        Thread::There(flags) => flags,
        Thread::NotMade | Thread::Gone => Flags::NEW,
    };
    let traces = Traces { made_at: record.id.created_at(), stored, seen: seen.flags, noticed_at };
    let notice = record.remaining.and_then(Remaining::notice);
    match resume_closing(notice, &traces) {
        Resumed::Reopened => {
            note_step(app, record.id, None, None).await?;
            // Un-archived, so it does not matter who would have archived it.
            Ok(Ok(Event::seen(seen.flags, ArchivedBy::Person).map(|event| (event, Some(seen.flags)))))
        }
        Resumed::GoOn(notice) => {
            let can_lock = can_lock(app, rest, record).await;
            let left = finish_closing(notice, Thread::There(seen.flags), can_lock);
            if left.is_empty() {
                note_step(app, record.id, Some(seen.flags), None).await?;
                return Ok(Ok(None));
            }
            Ok(carry_out(app, rest, record, &left).await?.map(|()| None))
        }
    }
}

/// When the notice of this close was posted. While its nonce holds it may simply be posted again, and after that one that
/// can't be looked for counts as posted: rather none than two.
async fn noticed_at(
    app: &App,
    rest: &Rest,
    record: &Record,
    seen: &Sighting,
) -> std::result::Result<Option<Timestamp>, Fault> {
    let (Some(closed_at), Some(Identity { bot, .. })) = (record.closed_at, app.identity()) else { return Ok(None) };
    let is_to_post = matches!(record.remaining, Some(Remaining::Notice(_)));
    // Unless it has to be known who un-archived the thread: that notice, or a person.
    let was_archived = matches!(record.thread, Thread::There(Flags { archived: true, .. }));
    let is_unarchived = was_archived && !seen.flags.archived;
    if is_to_post && !is_unarchived && app.now().since(closed_at) < NONCE_HOLDS {
        return Ok(None);
    }
    let since = (closed_at - CLOCK_SKEW).max(record.opened_at.unwrap_or(closed_at - CLOCK_SKEW));
    let posts = threads::posts_since(rest, seen, since, bot).await?;
    Ok(posts.map_or(seen.last_posted, |posts| posts.own))
}

/// Does what was decided, step by step. `Err`: Discord did not answer; what is left is taken up by the next pass.
pub(super) async fn carry_out(
    app: &App,
    rest: &Rest,
    record: &Record,
    effects: &[Effect],
) -> Result<std::result::Result<(), Fault>> {
    let locale = language_of(app, record.guild).await?;
    let reason = i18n::render(&locale, &Msg::TicketClosedAuditReason);
    for effect in effects {
        let (outcome, remaining) = match *effect {
            Effect::PostNotice(_) if was_reopened(app, record).await? => {
                return note_step(app, record.id, None, None).await.map(Ok);
            }
            Effect::PostNotice(notice) => {
                let text = i18n::render(&locale, &text_of(notice));
                let nonce = nonce_of(app, record).await?;
                (threads::post_notice(rest, record.id, &text, &nonce).await.map(|()| None), Some(Remaining::Archive))
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
                if !fault.is_final() {
                    // What comes next would be wrong without this step.
                    return Ok(Err(fault));
                }
                note_step(app, record.id, None, remaining).await?;
            }
        }
    }
    Ok(Ok(()))
}

/// Whether a person has opened the archived thread again before its notice was posted; after that, un-archiving is what
/// the notice does. Whoever looks into it goes on when this close has ended.
async fn was_reopened(app: &App, record: &Record) -> Result<bool> {
    let Some(record) = find(app, record.id).await? else { return Ok(false) };
    let Thread::There(Flags { archived: true, changed_at: Some(archived_at), .. }) = record.thread else {
        return Ok(false);
    };
    Ok(app.unarchived.any(|(ticket, at)| ticket == record.ticket && at > archived_at))
}

/// One for each close of each ticket. At most 25 characters (Discord: "Create Message").
async fn nonce_of(app: &App, record: &Record) -> Result<String> {
    let closed_at = find(app, record.id).await?.and_then(|record| record.closed_at);
    Ok(format!("c{}-{}", record.ticket, closed_at.unwrap_or_else(|| app.now()).seconds()))
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
    // It may have been deleted in the meantime.
    let remaining = remaining.filter(|_| thread != Thread::Gone);
    let change = Change { state: record.state, slot: None, thread, remaining, at: app.now() };
    lifecycle::save(&mut tx, record.ticket, &change).await.context("note a step")?;
    tx.commit().await.context("commit a step")?;
    Ok(())
}

fn text_of(notice: Notice) -> Msg {
    match notice {
        Notice::OwnerLeftThread => Msg::NoticeOwnerLeft,
        Notice::OwnerLeftGuild => Msg::NoticeOwnerLeftGuild,
        Notice::ArchivedByPerson => Msg::NoticeArchived,
    }
}
