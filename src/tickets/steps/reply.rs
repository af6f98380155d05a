//! Posts a canned reply for one of the staff. The text is sealed in the step as it is posted, so that each attempt posts
//! the same.
//!
//! While its nonce is valid, the reply is simply posted again. After that the whole text is searched for among the newest
//! messages: the first line is the same in each reply of one person. An archived thread gets no reply, because posting
//! would un-archive it. When Discord refuses the reply, or it is given up, a line tells whoever sent it.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::line::{self, was_posted_as};
use super::{end, what_is_gone};
use crate::discord::threads;
use crate::domain::canned_reply::{self, Composed};
use crate::domain::ids::UserId;
use crate::domain::lifecycle::State;
use crate::error::Result;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::tickets::line::Line;
use crate::tickets::{machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "reply";

/// A reply that comes later than this confuses.
const RETRIED_FOR: Duration = Duration::from_hours(1);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    by: UserId,
    /// The owner of the ticket is notified.
    notifies: bool,
}

pub(super) struct PostReply;

/// Stores a reply to post. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    by: UserId,
    reply: &Composed,
) -> Result<Option<Step>> {
    let payload = Payload { by, notifies: reply.mentions_owner && by != record.owner };
    let sealed = tools.app.text_seal.seal(record.ticket, &reply.content).context("seal a reply")?;
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&payload).context("write a reply's payload")?,
        sealed: Some(sealed),
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, Some(&tools.app.holder)).await.context("store a reply to post")?)
}

impl Kind for PostReply {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(async move { end_unposted(tools, step, payload(step)?.by).await })
    }
}

fn payload(step: &Step) -> Result<Payload> {
    Ok(serde_json::from_str(&step.payload).context("read a reply's payload")?)
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Payload { by, notifies } = payload(step)?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.context("find a reply's ticket")?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    if record.state == State::Closed || !record.thread.is_active() {
        return end(tools, step, &[]).await;
    }
    let sealed = step.sealed.as_deref();
    let Some(text) = sealed.and_then(|sealed| tools.app.text_seal.open(record.ticket, sealed)) else {
        // It was sealed with another token.
        return end_unposted(tools, step, by).await;
    };
    let is_it = |posted: &str| canned_reply::is_same(posted, &text);
    match was_posted_as(tools, step, thread, step.deadline - RETRIED_FOR, is_it).await {
        Ok(false) => {}
        Ok(true) => return end(tools, step, &[]).await,
        Err(outcome) => return Ok(outcome),
    }
    match threads::post_line(tools.rest, thread, &text, notifies.then_some(record.owner), &step.nonce).await {
        Ok(_) => end(tools, step, &[]).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %record.ticket, %fault, "a reply in a ticket was refused");
            match what_is_gone(&fault) {
                Some(event) => end(tools, step, &[event]).await,
                None => end_unposted(tools, step, by).await,
            }
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

/// Ends the step with a line for whoever sent the reply.
async fn end_unposted(tools: Tools<'_>, step: &Step, by: UserId) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to end a reply")?;
    if !steps::finish(&mut tx, step).await.context("finish a reply")? {
        return Ok(Outcome::Overtaken);
    }
    let ticket = tasks::ticket(step)?;
    line::insert(tools.app, &mut tx, step.guild, ticket, Line::ReplyNotPosted { by }, None).await?;
    tx.commit().await.context("commit the end of a reply")?;
    Ok(Outcome::Done)
}
