//! An announced closing is due: makes sure that the owner has not written since, which the bot may have missed while it
//! was away, and closes the ticket. One request; where the bot may not read the history, it closes. When given up, it
//! closes as well. What was never posted closes nothing.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::end;
use crate::discord::threads;
use crate::domain::lifecycle::Timer;
use crate::error::Result;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::tickets::announced::{self, Announcement};
use crate::tickets::{machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

const RETRIED_FOR: Duration = Duration::from_hours(1);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    is_question: bool,
    set_at: i64,
}

/// Stores it in the transaction that puts the timer aside. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    timer: Timer,
    announcement: Announcement,
) -> Result<Option<Step>> {
    let payload = Payload { is_question: timer == Timer::Ask, set_at: announcement.set_at };
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: tasks::DUE,
        payload: serde_json::to_string(&payload).context("write what is due")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, Some(&tools.app.holder)).await.context("store what is due")?)
}

/// Whether a step is what is due of a timer of this kind. The other kind of announcement of a ticket may be due, too.
pub(in crate::tickets) fn is_of(step: &Step, timer: Timer) -> bool {
    let payload = serde_json::from_str::<Payload>(&step.payload).ok();
    step.kind == tasks::DUE && payload.is_some_and(|payload| payload.is_question == (timer == Timer::Ask))
}

pub(super) struct Due;

impl Kind for Due {
    fn name(&self) -> &'static str {
        tasks::DUE
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(async move {
            let Some((record, timer, pending)) = find(tools, step).await? else { return end(tools, step, &[]).await };
            if pending.message.is_none() {
                return announced::keep_due(tools, step, &record, timer, pending).await;
            }
            announced::close_due(tools, step, &record, timer, pending).await
        })
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Some((record, timer, pending)) = find(tools, step).await? else { return end(tools, step, &[]).await };
    let Some((thread, message)) = record.thread_id.zip(pending.message) else {
        return announced::keep_due(tools, step, &record, timer, pending).await;
    };
    match threads::has_written_after(tools.rest, thread, message, record.owner).await {
        Ok(Some(true)) => return announced::keep_due(tools, step, &record, timer, pending).await,
        Ok(_) => {}
        Err(fault) if fault.is_final() => {}
        Err(fault) => return Ok(Outcome::Failed(fault)),
    }
    announced::close_due(tools, step, &record, timer, pending).await
}

/// `None`: it was decided otherwise.
async fn find(tools: Tools<'_>, step: &Step) -> Result<Option<(Record, Timer, Announcement)>> {
    let payload: Payload = serde_json::from_str(&step.payload).context("read what is due")?;
    let timer = if payload.is_question { Timer::Ask } else { Timer::Close };
    let ticket = tasks::ticket(step)?;
    let Some(record) = lifecycle::find_ticket(&tools.app.db, ticket).await.context("find a ticket")? else {
        return Ok(None);
    };
    let pending = announced::find(tools.app, ticket, timer).await?;
    Ok(pending.filter(|now| now.set_at == payload.set_at).map(|now| (record, timer, now)))
}
