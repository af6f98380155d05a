//! Closes a ticket's thread: posts the notice, takes the buttons away, archives the thread and locks it if the bot may. A
//! thread that stays visible is archived by a later step, without a notice.
//!
//! While its nonce is valid, the notice is simply posted again. After that it is searched for among the bot's messages
//! since the decision; if the search is impossible, it counts as posted: a missing notice is better than two. The
//! thread's flags show whether it was archived. If a person has re-opened the thread since, it stays open. When given
//! up, the ticket stays closed and its thread unchanged.

use std::time::Duration;

use tokio::time;

use super::{end, is_reason_blocked, what_is_gone, without_reason};
use crate::app::Identity;
use crate::discord::channel_posts::{self, Found};
use crate::discord::threads::{self, ThreadSnapshot};
use crate::discord::{RestError, RestResult};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{MessageId, ThreadId, UserId};
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, Notice, Resumed, Thread, Traces, resume_closing};
use crate::domain::{reason, text};
use crate::error::Result;
use crate::i18n::{self, Locale, Mention, PointInTime};
use crate::journal;
use crate::storage::buttons::Buttons;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Step};
use crate::storage::working;
use crate::tickets::TicketMsg;
use crate::tickets::{language_of, machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools, nonce_holds};

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

/// The remaining work of a close, and whether the thread can be changed.
struct Rest {
    left: Left,
    is_active: bool,
}

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
    let close = tasks::close(step)?;
    let is_fresh = record.closed_at.is_some_and(|at| nonce_holds(tools.app, at));
    let begins = step.attempts == 0 && is_fresh;
    let Rest { left, mut is_active } = if begins {
        Rest { left: begin(tools, step, &record).await?, is_active: record.thread.is_active() }
    } else {
        match resume(tools, step, &record, thread).await? {
            Ok(rest) => rest,
            Err(outcome) => return Ok(outcome),
        }
    };
    let locale = language_of(tools.app, record.guild).await?;
    if let Left::Post(notice) = left {
        let notification = word(tools, step, &record, thread, notice, &close, &locale).await?;
        match post(tools, step, thread, &notification, &locale).await {
            Ok(posted) => {
                note_notice(tools, &record, posted).await?;
                is_active = true;
            }
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
    if is_active && let Some(outcome) = take_buttons_away(tools, step, &record, thread, &close).await? {
        return Ok(outcome);
    }
    if close.stays {
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

/// Attempts after which the thread is archived with dead buttons.
const MAX_BUTTON_FAILURES: u32 = 3;

/// Takes away the buttons of the first message and of what was announced: they would be of no use. `Some`: the step ends
/// or waits.
async fn take_buttons_away(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    thread: ThreadId,
    close: &tasks::Close,
) -> Result<Option<Outcome>> {
    let first = record.starter.filter(|_| matches!(record.buttons, Buttons::Shown(_)));
    for message in first.into_iter().chain(close.strips.iter().copied()) {
        let buttons = match threads::edit_message(tools.rest, thread, message, None, Vec::new()).await {
            Ok(()) => Buttons::Hidden,
            Err(fault) if fault.is_final() => {
                if let Some(event) = what_is_gone(&fault) {
                    return end(tools, step, &[event]).await.map(Some);
                }
                tracing::debug!(ticket.id = %record.ticket, %fault, "buttons could not be taken away");
                Buttons::OutOfReach
            }
            Err(fault) if step.attempts < MAX_BUTTON_FAILURES => return Ok(Some(Outcome::Failed(fault))),
            Err(_) => continue,
        };
        if Some(message) == first {
            let stored = working::set_buttons(&tools.app.db, record.ticket, None, buttons).await;
            stored.map_err(anyhow::Error::from)?;
        }
    }
    Ok(None)
}

/// Posts the notice, without a reason that does not pass.
async fn post(
    tools: Tools<'_>,
    step: &Step,
    thread: ThreadId,
    notification: &Notification,
    locale: &Locale,
) -> RestResult<MessageId> {
    let Notification { text, notified } = notification;
    let post = |text| threads::post_line(tools.rest, thread, text, *notified, &step.nonce);
    match post(text.as_str()).await {
        Err(fault) if is_reason_blocked(&fault, text) => post(without_reason(text, locale).as_str()).await,
        posted => posted,
    }
}

async fn note_notice(tools: Tools<'_>, record: &Record, notice: MessageId) -> Result<()> {
    Ok(working::set_notice(&tools.app.db, record.ticket, notice).await.map_err(anyhow::Error::from)?)
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
) -> Result<std::result::Result<Rest, Outcome>> {
    let seen = match threads::look(tools.rest, thread).await {
        Ok(Some(seen)) => seen,
        Ok(None) => return end(tools, step, &[Event::ThreadGone]).await.map(Err),
        Err(fault) if fault.is_final() => return end(tools, step, &[Event::OutOfSight]).await.map(Err),
        Err(fault) => return Ok(Err(Outcome::Failed(fault))),
    };
    let Thread::There(stored) = record.thread else { return end(tools, step, &[]).await.map(Err) };
    let close = tasks::close(step)?;
    let to_post = close.notice.filter(|_| record.notice.is_none());
    let locale = language_of(tools.app, record.guild).await?;
    let noticed_at = match noticed_at(tools, record, &close, &seen, to_post.is_some(), &locale).await {
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
        Resumed::GoOn(notice) => {
            Ok(Rest { left: notice.map_or(Left::Archive, Left::Post), is_active: !seen.flags.archived })
        }
    })
}

/// When the notice of this close was posted, by Discord's clock.
async fn noticed_at(
    tools: Tools<'_>,
    record: &Record,
    close: &tasks::Close,
    seen: &ThreadSnapshot,
    is_to_post: bool,
    locale: &Locale,
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
    if is_to_post && !is_unarchived && nonce_holds(tools.app, closed_at) {
        return Ok(None);
    }
    let since = Timestamp::from_millis(close.since);
    if seen.is_silent_since(since) {
        return Ok(None);
    }
    let signs = signs(record, close, locale);
    let is_it = |posted: &str| signs.contains(&text::without_mentions(channel_posts::first_line(posted)));
    Ok(match channel_posts::find(tools.rest, seen.thread.as_channel(), bot, since, is_it).await {
        Ok(Found::At(notice)) => Some(notice.created_at()),
        Ok(Found::No) => None,
        Ok(Found::Unreadable) => seen.last_posted,
        Err(fault) => return Err(fault),
    })
}

/// What the notice of this close may say in its first line, without mentions: one attempt may know who archived the
/// thread and that the owner is in it, another may not. A close of an earlier version does not know what it posted.
fn signs(record: &Record, close: &tasks::Close, locale: &Locale) -> Vec<String> {
    let notices = close.notice.map_or(Notice::EACH.to_vec(), |notice| vec![notice]);
    let mut signs = Vec::new();
    for notice in notices {
        let closers = if notice == Notice::ArchivedByPerson { vec![None, Some(record.owner)] } else { vec![close.by] };
        for (by, mentions) in closers.into_iter().flat_map(|by| [(by, false), (by, true)]) {
            signs.push(text::without_mentions(&sentence(record, notice, by, mentions, close, locale)));
        }
    }
    signs
}

/// What is posted, and who is notified.
struct Notification {
    text: String,
    notified: Option<UserId>,
}

/// Words the notice: who closed the ticket and why, as far as it is known.
async fn word(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    thread: ThreadId,
    notice: Notice,
    close: &tasks::Close,
    locale: &Locale,
) -> Result<Notification> {
    let by = if notice == Notice::ArchivedByPerson { journal::find_archiver(tools, record).await? } else { close.by };
    let is_over_for_owner = matches!(notice, Notice::OwnerLeftThread | Notice::OwnerLeftGuild);
    let is_wanted = close.notifies && by != Some(record.owner) && !is_over_for_owner;
    let mentions = is_wanted && (!close.in_doubt || is_in(tools, thread, record.owner).await);
    let mut text = sentence(record, notice, by, mentions, close, locale);
    if let Some(reason) = step.sealed.as_deref().and_then(|sealed| tools.app.text_seal.open(record.ticket, sealed)) {
        text = format!("{text}\n{}", reason::quote(&reason));
    }
    Ok(Notification { text, notified: mentions.then_some(record.owner) })
}

/// How long Discord may take to say whether the owner is in the thread: a notice does not wait for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether somebody is in the thread. One request, never a reason to fail.
async fn is_in(tools: Tools<'_>, thread: ThreadId, user: UserId) -> bool {
    matches!(time::timeout(PATIENCE, threads::has_member(tools.rest, thread, user)).await, Ok(Ok(true)))
}

/// The first line of a notice. `by`: who closed it, if that is known; `mentions`: it notifies the owner.
fn sentence(
    record: &Record,
    notice: Notice,
    by: Option<UserId>,
    mentions: bool,
    close: &tasks::Close,
    locale: &Locale,
) -> String {
    let owner = Mention(record.owner);
    let msg = match (notice, by.map(Mention), mentions) {
        (Notice::OwnerLeftThread, ..) => TicketMsg::NoticeOwnerLeft,
        (Notice::OwnerLeftGuild, ..) => TicketMsg::NoticeOwnerLeftGuild,
        (Notice::Agreed, ..) => TicketMsg::NoticeAgreed { owner },
        (Notice::Unanswered, Some(by), true) => TicketMsg::NoticeUnanswered { by, owner },
        (Notice::Unanswered, Some(by), false) => TicketMsg::NoticeUnansweredBy { by },
        (Notice::Scheduled, Some(by), true) => TicketMsg::NoticeScheduled { by, owner },
        (Notice::Scheduled, Some(by), false) if by != owner => TicketMsg::NoticeScheduledBy { by },
        (_, Some(by), true) => TicketMsg::NoticeClosed { by, owner },
        (_, Some(by), false) if by == owner => TicketMsg::NoticeClosedByOwner { owner },
        (_, Some(by), false) => TicketMsg::NoticeClosedBy { by },
        (_, None, true) => TicketMsg::NoticeArchivedOf { owner },
        (_, None, false) => TicketMsg::NoticeArchived,
    };
    let text = i18n::render(locale, &msg);
    let further = match notice {
        Notice::ArchivedByPerson => TicketMsg::NoticeReopen,
        _ if close.stays => TicketMsg::NoticeStays { until: PointInTime(Timestamp::from_millis(close.until)) },
        _ => return text,
    };
    format!("{text} {}", i18n::render(locale, &further))
}
