//! Ends a ticket that has moved to another channel: links to its successor, then closes it. It stands in the
//! successor's lane, so it comes after its opening. If that failed, the ticket goes on where it is, and says so.
//!
//! Given up, the former ticket stays open beside its successor: staff can close it.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::{end, line, what_is_gone};
use crate::app::App;
use crate::discord::{RestError, thread_line};
use crate::domain::happening::Happening;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::lifecycle::{Event, State};
use crate::error::Result;
use crate::i18n::{self, Mention, Msg, ThreadLink};
use crate::journal;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::storage::{WriteTx, working};
use crate::tickets::machine::{self, Progress};
use crate::tickets::people::PeopleMsg;
use crate::tickets::{language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "moved";

/// Longer than the successor's opening is retried.
const RETRIED_FOR: Duration = Duration::from_hours(3);

pub(super) struct Moved;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    successor: TicketId,
    by: UserId,
}

/// Stores the step in the transaction that reserves the successor, behind its opening.
pub(in crate::tickets) async fn add(
    app: &App,
    tx: &mut WriteTx,
    record: &Record,
    successor: TicketId,
    by: UserId,
) -> Result<()> {
    let now = app.now();
    let new = NewStep {
        lane: successor.into(),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&Payload { successor, by }).context("write a move's payload")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    steps::insert(tx, &new, None).await.context("store a move")?;
    Ok(())
}

impl Kind for Moved {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let db = &tools.app.db;
    let Payload { successor, by } = serde_json::from_str(&step.payload).context("read a move's payload")?;
    let former = lifecycle::find_ticket(db, tasks::ticket(step)?).await.context("find a moved ticket")?;
    let Some((former, thread)) = former.and_then(|former| former.thread_id.map(|thread| (former, thread))) else {
        return end(tools, step, &[]).await;
    };
    let successor = lifecycle::find_ticket(db, successor).await.context("find a ticket's successor")?;
    if successor.as_ref().is_some_and(|successor| successor.state == State::Opening) {
        return Ok(Outcome::Failed(RestError::NotSent("the successor is being opened")));
    }
    let place = successor.filter(|successor| successor.opened_at.is_some());
    let place = place.and_then(|successor| successor.thread_id.map(|thread| (successor, thread)));
    let (msg, users): (Msg, Vec<UserId>) = if let Some((_, thread)) = &place {
        let ticket = ThreadLink { guild: former.guild, thread: *thread };
        (PeopleMsg::LineMovedAway { by: Mention(by), ticket }.into(), Vec::new())
    } else {
        working::forget_successor(db, former.ticket).await.context("forget a ticket's successor")?;
        (PeopleMsg::LineNotMoved { by: Mention(by) }.into(), vec![by])
    };
    if former.thread.is_active() && former.state != State::Closed {
        let text = i18n::render(&language_of(tools.app, former.guild).await?, &*msg);
        let is_posted = match line::was_posted(tools, step, thread, step.deadline - RETRIED_FOR, &text).await {
            Ok(is_posted) => is_posted,
            Err(outcome) => return Ok(outcome),
        };
        let post = thread_line::Line { text, users, ..thread_line::Line::default() };
        if !is_posted && let Err(fault) = thread_line::post(tools.rest, thread, &post, &step.nonce).await {
            if !fault.is_final() {
                return Ok(Outcome::Failed(fault));
            }
            tracing::warn!(ticket.id = %former.ticket, %fault, "a line in a ticket was refused");
            if let Some(gone) = what_is_gone(&fault) {
                return end(tools, step, &[gone]).await;
            }
        }
    }
    let Some((successor, _)) = place else { return end(tools, step, &[]).await };
    finish(tools, step, &former, &successor, by).await
}

/// Ends the step, closes the former ticket and logs the move. The closing is in the lane of the former ticket, which a
/// worker goes on with.
async fn finish(tools: Tools<'_>, step: &Step, former: &Record, successor: &Record, by: UserId) -> Result<Outcome> {
    let app = tools.app;
    let mut tx = app.db.begin_write().await.context("begin to end a move")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Outcome::Overtaken);
    }
    let noted = match successor.inbox {
        Some(to) => {
            let moved = Happening::Moved { by, from: former.inbox, to, successor: Some(successor.number) };
            Some(journal::note(app, &mut tx, former, moved).await?)
        }
        None => None,
    };
    let progress = Progress { by: Some(by), leaves_lane: true, ..Progress::NONE };
    machine::finish_in(app, tx, step, &[Event::MovedAway], progress).await?;
    drop(noted);
    Ok(Outcome::Done)
}
