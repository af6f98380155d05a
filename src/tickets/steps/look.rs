//! Asks Discord what an event leaves out: whether the owner is in the thread, whether the thread exists. The answer is
//! an event; events in the meantime renew the step, which then asks again. When given up, nothing changes: the daily
//! round asks again.
//!
//! Catching up asks in the same way, also about tickets imported from theticketbot.

use std::sync::Arc;

use anyhow::Context as _;

use super::{Plain, end_with};
use crate::discord::rest::Rest;
use crate::discord::{BotContext, Refusal, RestError, RestResult, guild, threads};
use crate::domain::lifecycle::{About, ArchivedBy, Event, Left, Question, State, Thread};
use crate::error::Result;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::Step;
use crate::storage::working;
use crate::tickets::close::start_step;
use crate::tickets::machine::{self, Progress, Which, sighting};
use crate::tickets::tasks;
use crate::work::{Outcome, Tools};

pub(super) const LOOK: Plain = Plain { name: tasks::LOOK, carry_out: |tools, step| Box::pin(carry_out(tools, step)) };

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    // The events of this answer need no further request.
    let asked = Progress { has_asked: true, ..Progress::NONE };
    let question = tasks::question(step)?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some(record) = record else { return end_with(tools, step, &[], asked).await };
    let mut events = Vec::new();
    if let Some(seen) = question.seen {
        let is_old = match record.thread {
            Thread::There(stored) | Thread::Hidden(stored) => stored.knows_all_of(seen),
            Thread::NotMade | Thread::Gone => true,
        };
        // The bot's own notice, and the archiving after it.
        if is_old {
            return end_with(tools, step, &[], asked).await;
        }
        events.push(Event::Seen { flags: seen, by: ArchivedBy::Person });
    }
    match ask(tools.rest, &record, question).await {
        Ok(answered) => events.extend(answered),
        Err(fault) => return Ok(Outcome::Failed(fault)),
    }
    end_with(tools, step, &events, asked).await
}

/// Empty when there is nothing to report. `Err`: Discord did not answer; ask again.
pub(in crate::tickets) async fn ask(rest: &Rest, record: &Record, question: Question) -> RestResult<Vec<Event>> {
    let Some(thread) = record.thread_id else { return Ok(Vec::new()) };
    let mut events = Vec::new();
    if question.about == About::Thread {
        match threads::look(rest, thread).await {
            Ok(Some(seen)) => {
                events.push(sighting(record, &seen));
                if seen.flags.archived {
                    return Ok(events);
                }
            }
            Ok(None) => return Ok(vec![Event::ThreadGone]),
            Err(fault) => return out_of_sight_or(record, fault),
        }
    }
    match threads::has_member(rest, thread, record.owner).await {
        Ok(true) => events.push(if question.reopened { Event::OwnerIsBack } else { Event::OwnerIsThere }),
        Ok(false) if !question.follows_absence(record.state) => {}
        Ok(false) => events.push(Event::OwnerLeft(how_left(rest, record, question.said).await?)),
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => return Ok(vec![Event::ThreadGone]),
        Err(fault) => return out_of_sight_or(record, fault),
    }
    Ok(events)
}

/// Whether the owner, who is not in the thread, left only the thread or the whole guild.
async fn how_left(rest: &Rest, record: &Record, said: Option<Left>) -> RestResult<Left> {
    match said {
        Some(left) => Ok(left),
        None if guild::has_member(rest, record.guild, record.owner).await? => Ok(Left::Thread),
        None => Ok(Left::Guild),
    }
}

/// A final refusal: the bot cannot see the thread, and the ticket occupies nobody's place.
fn out_of_sight_or(record: &Record, fault: RestError) -> RestResult<Vec<Event>> {
    if !fault.is_final() {
        return Err(fault);
    }
    tracing::warn!(ticket.id = %record.ticket, %fault, "could not read a ticket's thread");
    Ok(vec![Event::OutOfSight])
}

/// Determines the state of a ticket imported from theticketbot, which records neither closing nor archiving. `Err`:
/// Discord did not answer; ask again.
///
/// Until Discord was asked it counts as closed, so that it blocks nobody and nothing is posted in it. Archived threads
/// stay untouched, without a notice: they may be years old.
pub(in crate::tickets) async fn settle_imported(state: &Arc<BotContext>, listed: &Record) -> Result<RestResult<()>> {
    let app = &state.app;
    let record = lifecycle::find_ticket(&app.db, listed.ticket).await.context("find a ticket")?;
    let is_closed = |record: &Record| record.state == State::Closed;
    let Some((record, thread)) = record
        .filter(is_closed)
        .and_then(|record| Some((record.thread_id?, record)).map(|(thread, record)| (record, thread)))
    else {
        return Ok(Ok(()));
    };
    let events = match threads::look(&state.rest, thread).await {
        Ok(Some(seen)) => {
            if let Some(parent) = seen.parent {
                working::set_parent(&app.db, record.ticket, parent).await.context("store a thread's channel")?;
            }
            vec![Event::SeenFirst { flags: seen.flags, by: machine::who_archived(&record, &seen) }]
        }
        Ok(None) => vec![Event::ThreadGone],
        // The bot can no longer see the thread: the ticket stays closed.
        Err(fault) => match out_of_sight_or(&record, fault) {
            Ok(events) => events,
            Err(fault) => return Ok(Err(fault)),
        },
    };
    let progress = Progress { was_imported: true, ..Progress::NONE };
    for event in events {
        start_step(state, machine::apply_with(app, Which::Ticket(record.ticket), event, progress.clone()).await?);
    }
    Ok(Ok(()))
}
