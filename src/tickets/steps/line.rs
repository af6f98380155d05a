//! Posts a public line in a ticket, and first adds who joins by what it says.
//!
//! While its nonce is valid, the line is simply posted again. After that, any message of the bot since the decision
//! counts as the line: a missing line is better than two. An archived thread gets no line, because posting would
//! un-archive it. When given up, there is no line; what it says holds all the same.

use std::time::Duration;

use anyhow::Context as _;

use super::{end, what_is_gone};
use crate::app::Identity;
use crate::discord::threads;
use crate::domain::clock::Timestamp;
use crate::domain::ids::ThreadId;
use crate::error::Result;
use crate::i18n;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::tickets::line::Line;
use crate::tickets::{language_of, machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "line";

/// A line that comes later than this confuses.
const RETRIED_FOR: Duration = Duration::from_hours(1);

pub(super) struct PostLine;

/// Stores a line in the transaction that decides what it says. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    line: Line,
) -> Result<Option<Step>> {
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&line).context("write a line's payload")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, Some(&tools.app.holder)).await.context("store a line")?)
}

impl Kind for PostLine {
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
    let line: Line = serde_json::from_str(&step.payload).context("read a line's payload")?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.context("find a line's ticket")?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    if !record.thread.is_active() {
        return end(tools, step, &[]).await;
    }
    if let Some(user) = line.joins() {
        match threads::add_member(tools.rest, thread, user).await {
            Ok(()) => {}
            // They see the ticket without being in it, or not at all.
            Err(fault) if fault.is_final() => {
                tracing::info!(ticket.id = %record.ticket, %fault, "somebody could not be added to a ticket");
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    if step.attempts > 0 {
        match was_posted(tools, thread, step.deadline - RETRIED_FOR).await {
            Ok(false) => {}
            Ok(true) => return end(tools, step, &[]).await,
            Err(outcome) => return Ok(outcome),
        }
    }
    let text = i18n::render(&language_of(tools.app, record.guild).await?, &line.text());
    match threads::post_line(tools.rest, thread, &text, line.notified(), &step.nonce).await {
        Ok(_) => end(tools, step, &[]).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %record.ticket, %fault, "a line in a ticket was refused");
            end(tools, step, what_is_gone(&fault).as_slice()).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

/// Whether an earlier attempt may have posted a message that was decided at that time, and its nonce holds no longer.
pub(super) async fn was_posted(
    tools: Tools<'_>,
    thread: ThreadId,
    decided_at: Timestamp,
) -> std::result::Result<bool, Outcome> {
    if tools.app.now().since(decided_at) < super::NONCE_VALID_FOR {
        return Ok(false);
    }
    let Some(Identity { bot, .. }) = tools.app.identity() else { return Ok(true) };
    let seen = match threads::look(tools.rest, thread).await {
        Ok(Some(seen)) => seen,
        // Posting will say so.
        Ok(None) => return Ok(false),
        Err(fault) if fault.is_final() => return Ok(false),
        Err(fault) => return Err(Outcome::Failed(fault)),
    };
    match threads::newest_posts_since(tools.rest, &seen, decided_at, bot).await {
        Ok(posts) => Ok(posts.is_none_or(|posts| posts.own.is_some())),
        Err(fault) => Err(Outcome::Failed(fault)),
    }
}
