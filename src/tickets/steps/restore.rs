//! Makes the thread of a re-opened ticket usable: un-archives and unlocks it, brings the owner back, shows the buttons of
//! the first message and says what happened, as far as each is wanted and needed. Also shows the buttons in tickets from
//! before there were any.
//!
//! The requests are idempotent, and the line is recognised as in `line`. Where Discord does not let the bot un-archive
//! the thread, the ticket returns to its state, a closed one to its close with its times; without its owner it does not
//! count as open. When given up, the thread stays as it is: staff can unlock it.

use super::line::was_posted;
use super::{Progress, end, end_with, what_is_gone};
use crate::app::Identity;
use crate::discord::{Refusal, RestError, RestResult, threads};
use crate::domain::happening::Happening;
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, Restoring, Said, State, Task, Thread};
use crate::error::Result;
use crate::i18n::{self, Mention};
use crate::storage::buttons::Buttons;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::Step;
use crate::storage::{inboxes, working};
use crate::tickets::{TicketMsg, first_message, language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(super) struct Restore;

impl Kind for Restore {
    fn name(&self) -> &'static str {
        tasks::RESTORE
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(async move {
            // If the thread is un-archived by now, Discord is asked whether the owner is in it.
            end_without(tools, step, tasks::restore(step)?, None).await
        })
    }
}

/// Whether the owner is in the thread, if the bot should bring them back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    IsThere,
    LeftGuild,
    SeesNothing,
    Missing,
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let restore = tasks::restore(step)?;
    let Restoring { otherwise, says } = restore.restoring();
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    let is_wanted = matches!(record.state, State::Open | State::Dormant);
    let Thread::There(flags) = record.thread else { return end(tools, step, &[]).await };
    if !is_wanted {
        return end(tools, step, &[]).await;
    }
    if step.attempts > 0
        && otherwise.is_some()
        && let Some(outcome) = was_closed_since(tools, step, restore, thread, flags).await?
    {
        return Ok(outcome);
    }
    let mut events = Vec::new();
    let unarchive = otherwise.is_some() && flags.archived;
    if unarchive || flags.locked {
        match threads::reopen(tools.rest, thread, unarchive, flags.locked).await {
            Ok(flags) => events.push(Event::Seen { flags, by: ArchivedBy::Person }),
            Err(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "a ticket could not be unlocked or un-archived");
                let gone = what_is_gone(&fault);
                if unarchive || gone.is_some() {
                    return end_without(tools, step, restore, gone).await;
                }
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    let mut owner = Owner::IsThere;
    if otherwise.is_some() {
        owner = match bring_owner_back(tools, &record, thread).await {
            Ok(owner) => owner,
            Err(fault) if fault.refusal() == Some(Refusal::Unknown) => {
                return end_reopened(tools, step, restore, &[Event::ThreadGone]).await;
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        };
        if owner != Owner::IsThere {
            events.push(Event::OwnerOutOfReach);
        }
    }
    if let Err(fault) = show_buttons(tools, &record, thread).await? {
        return Ok(Outcome::Failed(fault));
    }
    if let Some(says) = says
        && let Some(outcome) = say(tools, step, &record, thread, says, owner, restore).await?
    {
        return Ok(outcome);
    }
    end_reopened(tools, step, restore, &events).await
}

/// Ends a step that has made the thread usable. From now on, a closed ticket counts as re-opened in the log.
async fn end_reopened(tools: Tools<'_>, step: &Step, restore: tasks::Restore, events: &[Event]) -> Result<Outcome> {
    let is_news = restore.restoring().otherwise == Some(State::Closed);
    let happened = is_news.then_some(Happening::Reopened { by: restore.by });
    end_with(tools, step, events, Progress { happened, ..Progress::NONE }).await
}

/// Ends a step that could not un-archive the thread: a ticket that was to be re-opened is as before. `gone`: what else
/// the refusal says.
async fn end_without(tools: Tools<'_>, step: &Step, restore: tasks::Restore, gone: Option<Event>) -> Result<Outcome> {
    let back = restore.restoring().otherwise.map(|otherwise| Event::NotReopened { otherwise });
    let events: Vec<Event> = back.into_iter().chain(gone).collect();
    end_with(tools, step, &events, Progress { closing: restore.closing, ..Progress::NONE }).await
}

/// Whether a person has archived the thread since an earlier attempt un-archived it. `Some`: the step ends, or waits.
async fn was_closed_since(
    tools: Tools<'_>,
    step: &Step,
    restore: tasks::Restore,
    thread: ThreadId,
    stored: Flags,
) -> Result<Option<Outcome>> {
    let gone = match threads::look(tools.rest, thread).await {
        Ok(Some(seen)) if seen.flags.archived && !stored.knows_all_of(seen.flags) => {
            let event = Event::Seen { flags: seen.flags, by: ArchivedBy::Person };
            return end_reopened(tools, step, restore, &[event]).await.map(Some);
        }
        Ok(Some(_)) => return Ok(None),
        Ok(None) => Event::ThreadGone,
        Err(fault) if fault.is_final() => Event::OutOfSight,
        Err(fault) => return Ok(Some(Outcome::Failed(fault))),
    };
    end_without(tools, step, restore, Some(gone)).await.map(Some)
}

/// `Err`: Discord did not answer, or the thread is gone.
async fn bring_owner_back(tools: Tools<'_>, record: &Record, thread: ThreadId) -> RestResult<Owner> {
    let refused = match threads::add_member(tools.rest, thread, record.owner).await {
        Ok(()) => return Ok(Owner::IsThere),
        Err(fault) if fault.is_final() && fault.refusal() != Some(Refusal::Unknown) => fault,
        Err(fault) => return Err(fault),
    };
    match refused.refusal() {
        Some(Refusal::UnknownMember) => return Ok(Owner::LeftGuild),
        Some(Refusal::MissingAccess) => return Ok(Owner::SeesNothing),
        _ => {}
    }
    // The bot may not add anybody; they may still be in it.
    match threads::has_member(tools.rest, thread, record.owner).await {
        Ok(true) => Ok(Owner::IsThere),
        Ok(false) => Ok(Owner::Missing),
        Err(fault) if fault.is_final() && fault.refusal() != Some(Refusal::Unknown) => Ok(Owner::Missing),
        Err(fault) => Err(fault),
    }
}

/// Shows the buttons that the inbox wants on the first message, unless it shows them. A message that cannot be found or
/// changed is not tried again.
async fn show_buttons(tools: Tools<'_>, record: &Record, thread: ThreadId) -> Result<RestResult<()>> {
    let (db, rest) = (&tools.app.db, tools.rest);
    let inbox = match record.inbox {
        Some(inbox) => inboxes::find(db, inbox).await.map_err(anyhow::Error::from)?,
        None => None,
    };
    let Some(inbox) = inbox else { return Ok(Ok(())) };
    let wanted = first_message::wanted_buttons(&inbox.settings.beginning);
    if record.buttons == Buttons::OutOfReach || record.buttons == wanted {
        return Ok(Ok(()));
    }
    let rows = first_message::buttons(&inbox.settings.beginning, &language_of(tools.app, record.guild).await?);
    let found = match (record.starter, tools.app.identity()) {
        (Some(starter), _) => Ok(Some(starter)),
        (None, Some(Identity { bot, .. })) => threads::first_own_post(rest, thread, bot).await,
        (None, None) => Err(RestError::NotSent("not logged in")),
    };
    let edited = match found {
        Ok(Some(message)) => threads::edit_message(rest, thread, message, None, rows).await.map(|()| Some(message)),
        Ok(None) => Ok(None),
        Err(fault) => Err(fault),
    };
    let (starter, buttons) = match edited {
        Ok(Some(message)) => (Some(message), wanted),
        Ok(None) => (None, Buttons::OutOfReach),
        // Archived meanwhile: they are shown when it is opened again.
        Err(fault) if fault.refusal() == Some(Refusal::ThreadArchived) => (None, record.buttons),
        Err(fault) if fault.is_final() => {
            tracing::info!(ticket.id = %record.ticket, %fault, "a ticket's first message could not be given buttons");
            (None, Buttons::OutOfReach)
        }
        Err(fault) => return Ok(Err(fault)),
    };
    working::set_buttons(db, record.ticket, starter, buttons).await.map_err(anyhow::Error::from)?;
    Ok(Ok(()))
}

/// `Some`: the step waits, or ends.
async fn say(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    thread: ThreadId,
    says: Said,
    owner: Owner,
    restore: tasks::Restore,
) -> Result<Option<Outcome>> {
    // Whoever closed it meanwhile is not overruled by a message, which would un-archive it.
    let now = lifecycle::find_ticket(&tools.app.db, record.ticket).await.map_err(anyhow::Error::from)?;
    if now.is_none_or(|now| now.state == State::Closed) {
        return end(tools, step, &[]).await.map(Some);
    }
    let by = Mention(restore.by.unwrap_or(record.owner));
    let is_own = restore.by.is_none_or(|by| by == record.owner);
    let msg = match (says, owner) {
        (Said::NoRoom, _) => TicketMsg::LineNoRoom { owner: Mention(record.owner) },
        (Said::Reopened, Owner::IsThere) if is_own => TicketMsg::LineReopened { by },
        (Said::Reopened, Owner::IsThere) => TicketMsg::LineReopenedFor { by, owner: Mention(record.owner) },
        (Said::Reopened, Owner::LeftGuild) => TicketMsg::LineReopenedOwnerLeft { by },
        (Said::Reopened, Owner::SeesNothing) => TicketMsg::LineReopenedOwnerHidden { by },
        (Said::Reopened, Owner::Missing) => TicketMsg::LineReopenedOwnerMissing { by },
    };
    let notified = (says == Said::Reopened && owner == Owner::IsThere && !is_own).then_some(record.owner);
    let text = i18n::render(&language_of(tools.app, record.guild).await?, &msg);
    let decided_at = step.deadline - tasks::retry_for(Task::Restore(Restoring::SILENT));
    match was_posted(tools, step, thread, decided_at, &text).await {
        Ok(false) => {}
        Ok(true) => return Ok(None),
        Err(outcome) => return Ok(Some(outcome)),
    }
    match threads::post_line(tools.rest, thread, &text, notified, &step.nonce).await {
        Ok(_) => Ok(None),
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %record.ticket, %fault, "a line in a ticket was refused");
            Ok(None)
        }
        Err(fault) => Ok(Some(Outcome::Failed(fault))),
    }
}
