//! Asks Discord whether a claimer is still staff, and ends the claim if not. An event has put it in doubt, or the ticket
//! was closed for a while. When given up, the claim stays: the next use of it asks again.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::{end, line};
use crate::app::App;
use crate::discord::RestError;
use crate::domain::happening::Happening;
use crate::domain::ids::UserId;
use crate::error::{Error, Result};
use crate::journal;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Holder, NewStep, Step};
use crate::storage::{WriteTx, inboxes, working};
use crate::tickets::line::Line;
use crate::tickets::{claimers, machine, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "claimer";

const RETRIED_FOR: Duration = Duration::from_hours(1);

pub(super) struct Claimer;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    claimer: UserId,
}

/// Stores the question, unless it is asked already. The caller holds the returned step, for `holder`.
pub(in crate::tickets) async fn add(
    app: &App,
    tx: &mut WriteTx,
    record: &Record,
    holder: Option<&Holder>,
) -> Result<Option<Step>> {
    let Some(claim) = record.claim else { return Ok(None) };
    let waiting = steps::list(tx, machine::lane(record)).await.context("list the steps of a ticket")?;
    if waiting.iter().any(|step| step.kind == NAME) {
        // It may have its answer already: it asks again.
        for step in waiting.iter().filter(|step| step.kind == NAME) {
            steps::renew(tx, step.id, &payload(claim.by)?, app.now()).await.context("renew a question")?;
        }
        return Ok(None);
    }
    let now = app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: payload(claim.by)?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, holder).await.context("store a question")?)
}

fn payload(claimer: UserId) -> Result<String> {
    Ok(serde_json::to_string(&Payload { claimer }).context("write a question's payload")?)
}

impl Kind for Claimer {
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
    let Payload { claimer } = serde_json::from_str(&step.payload).context("read a question's payload")?;
    let record = lifecycle::find_ticket(db, tasks::ticket(step)?).await.context("find a claimed ticket")?;
    let Some(record) = record.filter(|record| claimers::is_claimed_by(record, claimer)) else {
        return end(tools, step, &[]).await;
    };
    let staff = match record.inbox {
        Some(inbox) => inboxes::list_staff(db, inbox).await.context("list a ticket's staff")?,
        None => Vec::new(),
    };
    match claimers::is_staff(tools.rest, &record, &staff, claimer).await {
        Ok(true) => end(tools, step, &[]).await,
        Ok(false) => release(tools, step, claimer).await,
        Err(Error::Internal(cause)) => match cause.downcast::<RestError>() {
            Ok(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "could not read whether a claimer is staff");
                end(tools, step, &[]).await
            }
            Ok(fault) => Ok(Outcome::Failed(fault)),
            Err(cause) => Err(Error::Internal(cause)),
        },
        Err(error) => Err(error),
    }
}

async fn release(tools: Tools<'_>, step: &Step, claimer: UserId) -> Result<Outcome> {
    let app = tools.app;
    let mut tx = app.db.begin_write().await.context("begin to end a claim")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Outcome::Overtaken);
    }
    let record = lifecycle::load_ticket(&mut tx, tasks::ticket(step)?).await.context("load a ticket")?;
    let mut noted = None;
    if let Some(record) = record.filter(|record| claimers::is_claimed_by(record, claimer)) {
        working::set_claim(&mut tx, record.ticket, None).await.context("end a claim")?;
        // The caller continues the lane.
        let ended = Line::ClaimEnded { from: claimer };
        let happening = Happening::Released { by: None, from: claimer };
        noted = Some(journal::note(app, &mut tx, &record, happening).await?);
        line::insert(app, &mut tx, record.guild, record.ticket, ended, None).await?;
    }
    tx.commit().await.context("commit the end of a claim")?;
    drop(noted);
    Ok(Outcome::Done)
}
