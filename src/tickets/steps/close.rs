//! Closes a ticket's thread: posts the notice, archives the thread and locks it if the bot may.
//!
//! While its nonce is valid, the notice is simply posted again. After that it is searched for among the bot's messages
//! since the decision; if the search is impossible, it counts as posted: a missing notice is better than two. The
//! thread's flags show whether it was archived. If a person has re-opened the thread since, it stays open. When given
//! up, the ticket stays closed and its thread unchanged.

use super::{NONCE_VALID_FOR, end, what_is_gone};
use crate::app::Identity;
use crate::discord::RestError;
use crate::discord::threads::{self, ThreadSnapshot};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{MessageId, ThreadId};
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, Notice, Resumed, Thread, Traces, resume_closing};
use crate::error::Result;
use crate::i18n;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Step};
use crate::tickets::TicketMsg;
use crate::tickets::{language_of, machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(super) struct Close;

impl Kind for Close {
    fn name(&self) -> &'static str {
        tasks::CLOSE
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

/// The remaining work of a close.
enum Left {
    Nothing,
    Archive,
    /// Post this first.
    Post(Notice),
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    // Both times are from the local clock.
    let is_fresh = record.closed_at.is_some_and(|at| tools.app.now().since(at) < NONCE_VALID_FOR);
    let left = if step.attempts == 0 && is_fresh {
        begin(tools, step, &record).await?
    } else {
        match resume(tools, step, &record, thread).await? {
            Ok(left) => left,
            Err(outcome) => return Ok(outcome),
        }
    };
    let locale = language_of(tools.app, record.guild).await?;
    if let Left::Post(notice) = left {
        match threads::post_notice(tools.rest, thread, &i18n::render(&locale, &text_of(notice)), &step.nonce).await {
            Ok(posted) => note_notice(tools, &record, posted).await?,
            Err(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, thread.id = %thread, %fault, "a notice was refused");
                if let Some(event) = what_is_gone(&fault) {
                    return end(tools, step, &[event]).await;
                }
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    if matches!(left, Left::Nothing) {
        return end(tools, step, &[]).await;
    }
    let reason = i18n::render(&locale, &TicketMsg::TicketClosedAuditReason);
    let (refusals, now) = (&tools.app.lock_refusals, tools.app.now());
    let lock = !refusals.is_refused(record.parent, now);
    match threads::archive(tools.rest, thread, lock, &reason).await {
        Ok(flags) => {
            if lock && !flags.locked {
                refusals.note(record.parent, now);
            }
            end(tools, step, &[Event::Seen { flags, by: ArchivedBy::Person }]).await
        }
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %record.ticket, thread.id = %thread, %fault, "a thread could not be archived");
            end(tools, step, what_is_gone(&fault).as_slice()).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

async fn note_notice(tools: Tools<'_>, record: &Record, notice: MessageId) -> Result<()> {
    Ok(lifecycle::set_notice(&tools.app.db, record.ticket, notice).await.map_err(anyhow::Error::from)?)
}

/// Nothing was done yet.
async fn begin(tools: Tools<'_>, step: &Step, record: &Record) -> Result<Left> {
    let Thread::There(flags) = record.thread else { return Ok(Left::Nothing) };
    if flags.archived && flags.locked || was_reopened(tools, record, flags).await? {
        return Ok(Left::Nothing);
    }
    Ok(tasks::close(step)?.notice.map_or(Left::Archive, Left::Post))
}

/// Whether a person re-opened the archived thread before its notice was posted; after that, posting the notice itself
/// un-archives it. The look queued behind this close continues from there.
async fn was_reopened(tools: Tools<'_>, record: &Record, flags: Flags) -> Result<bool> {
    if !flags.archived {
        return Ok(false);
    }
    let look = steps::find_waiting(&tools.app.db, machine::lane(record), tasks::LOOK).await;
    let Some(look) = look.map_err(anyhow::Error::from)? else { return Ok(false) };
    let seen = tasks::question(&look)?.seen;
    Ok(seen.is_some_and(|seen| !seen.archived && !flags.knows_all_of(seen)))
}

/// An earlier attempt may have acted. `Err`: there is nothing to continue with.
async fn resume(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    thread: ThreadId,
) -> Result<std::result::Result<Left, Outcome>> {
    let seen = match threads::look(tools.rest, thread).await {
        Ok(Some(seen)) => seen,
        Ok(None) => return end(tools, step, &[Event::ThreadGone]).await.map(Err),
        Err(fault) if fault.is_final() => return end(tools, step, &[Event::OutOfSight]).await.map(Err),
        Err(fault) => return Ok(Err(Outcome::Failed(fault))),
    };
    let Thread::There(stored) = record.thread else { return end(tools, step, &[]).await.map(Err) };
    let close = tasks::close(step)?;
    let to_post = close.notice.filter(|_| record.notice.is_none());
    let noticed_at = match noticed_at(tools, step, record, &seen, to_post.is_some()).await {
        Ok(at) => at,
        Err(fault) => return Ok(Err(Outcome::Failed(fault))),
    };
    let traces = Traces { made_at: thread.created_at(), stored, seen: seen.flags, noticed_at };
    Ok(match resume_closing(to_post, &traces) {
        Resumed::Reopened => {
            // Not archived, so who archived it does not matter.
            let event = Event::Seen { flags: seen.flags, by: ArchivedBy::Person };
            Err(end(tools, step, &[event]).await?)
        }
        Resumed::GoOn(_) if seen.flags.archived && seen.flags.locked => {
            Err(end(tools, step, &[Event::Seen { flags: seen.flags, by: ArchivedBy::Person }]).await?)
        }
        Resumed::GoOn(notice) => Ok(notice.map_or(Left::Archive, Left::Post)),
    })
}

/// When the notice of this close was posted, by Discord's clock.
async fn noticed_at(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    seen: &ThreadSnapshot,
    is_to_post: bool,
) -> std::result::Result<Option<Timestamp>, RestError> {
    if let Some(notice) = record.notice {
        return Ok(Some(notice.created_at()));
    }
    let (Some(closed_at), Some(Identity { bot, .. })) = (record.closed_at, tools.app.identity()) else {
        return Ok(None);
    };
    // Unless it must be known whether that notice or a person un-archived the thread.
    let was_archived = matches!(record.thread, Thread::There(Flags { archived: true, .. }));
    let is_unarchived = was_archived && !seen.flags.archived;
    // Both times are from the local clock.
    if is_to_post && !is_unarchived && tools.app.now().since(closed_at) < NONCE_VALID_FOR {
        return Ok(None);
    }
    let since = tasks::close(step).map_or(0, |close| close.since);
    let posts = threads::newest_posts_since(tools.rest, seen, Timestamp::from_millis(since), bot).await?;
    Ok(posts.map_or(seen.last_posted, |posts| posts.own))
}

fn text_of(notice: Notice) -> TicketMsg {
    match notice {
        Notice::OwnerLeftThread => TicketMsg::NoticeOwnerLeft,
        Notice::OwnerLeftGuild => TicketMsg::NoticeOwnerLeftGuild,
        Notice::ArchivedByPerson => TicketMsg::NoticeArchived,
    }
}
