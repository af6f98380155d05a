//! Takes the buttons of an announcement away and writes into it what was decided. Idempotent. When given up, the buttons
//! stay, and whoever uses one is told that it is decided.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::{Plain, end, what_is_gone};
use crate::discord::{Refusal, threads};
use crate::domain::ids::MessageId;
use crate::error::Result;
use crate::i18n;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Holder, NewStep, Step};
use crate::tickets::announced::Settled;
use crate::tickets::{language_of, machine, tasks};
use crate::work::{Outcome, Tools};

/// The stored name.
const NAME: &str = "settle";

const RETRIED_FOR: Duration = Duration::from_hours(1);

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    message: MessageId,
    settled: Settled,
}

/// Stores it in the transaction that decides. The caller holds the returned step; without a holder, whoever is at the
/// lane goes on with it.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    message: MessageId,
    settled: Settled,
    holder: Option<&Holder>,
) -> Result<Option<Step>> {
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&Payload { message, settled }).context("write a settling's payload")?,
        sealed: None,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, holder).await.context("store a settling")?)
}

pub(super) const SETTLE: Plain = Plain { name: NAME, carry_out: |tools, step| Box::pin(carry_out(tools, step)) };

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Payload { message, settled } = serde_json::from_str(&step.payload).context("read a settling's payload")?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    let locale = language_of(tools.app, record.guild).await?;
    let text = (settled != Settled::Silently).then(|| i18n::render(&locale, &settled.text(&record)));
    match threads::edit_message(tools.rest, thread, message, text.as_deref(), Vec::new()).await {
        Ok(()) => end(tools, step, &[]).await,
        Err(fault) if fault.is_final() => {
            tracing::info!(ticket.id = %record.ticket, %fault, "an announcement could not be changed");
            let event = what_is_gone(&fault).filter(|_| fault.refusal() != Some(Refusal::UnknownMessage));
            end(tools, step, event.as_slice()).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}
