//! Deletes the thread of a closed ticket. Idempotent. A ticket that was re-opened meanwhile keeps its thread. When refused
//! or given up, the thread stays; a deletion in time is tried again a day later.

use std::time::Duration;

use anyhow::Context as _;

use super::{Progress, end, end_with, what_is_gone};
use crate::discord::threads;
use crate::domain::happening::Deleted;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Event, State, Thread};
use crate::error::Result;
use crate::i18n;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::storage::{Database, WriteTx};
use crate::tickets::{TicketMsg, delete, language_of, machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
pub(in crate::tickets) const NAME: &str = "delete";

const RETRIED_FOR: Duration = Duration::from_hours(24);

pub(super) struct Delete;

/// Stores the deletion in the transaction that decides it. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    how: Deleted,
) -> Result<Option<Step>> {
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&how).context("write a deletion's payload")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, Some(&tools.app.holder)).await.context("store a deletion")?)
}

/// Whether a ticket's deletion is still to be done.
pub(in crate::tickets) async fn is_pending(db: &Database, ticket: TicketId) -> Result<bool> {
    let waiting = steps::find_waiting(db, ticket.into(), NAME).await.context("find a deletion")?;
    Ok(waiting.is_some())
}

/// How the thread is being deleted, if one of these steps does so.
pub(in crate::tickets) fn how(waiting: &[Step]) -> Option<Deleted> {
    let step = waiting.iter().find(|step| step.kind == NAME)?;
    serde_json::from_str(&step.payload).ok()
}

impl Kind for Delete {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(leave(tools, step, None))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.context("find a ticket")?;
    let closed = record.filter(|record| record.state == State::Closed && matches!(record.thread, Thread::There(_)));
    let Some(thread) = closed.and_then(|record| record.thread_id) else { return end(tools, step, &[]).await };
    let locale = language_of(tools.app, step.guild).await?;
    let reason = i18n::render(&locale, &TicketMsg::TicketDeletedAuditReason);
    match threads::delete(tools.rest, thread, &reason).await {
        Ok(()) => {
            let progress = Progress { deleted: how(std::slice::from_ref(step)), ..Progress::NONE };
            end_with(tools, step, &[Event::ThreadGone], progress).await
        }
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = step.ticket.map(TicketId::get), %fault, "a ticket's thread could not be deleted");
            leave(tools, step, what_is_gone(&fault)).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

/// The thread stays.
async fn leave(tools: Tools<'_>, step: &Step, event: Option<Event>) -> Result<Outcome> {
    if let Some(Deleted::InTime { .. }) = how(std::slice::from_ref(step)) {
        let mut tx = tools.app.db.begin_write().await.context("begin to put a deletion off")?;
        delete::try_again(tools.app, &mut tx, tasks::ticket(step)?).await?;
        tx.commit().await.context("commit that a deletion is put off")?;
        tools.app.alarm.ring();
    }
    end(tools, step, event.as_slice()).await
}
