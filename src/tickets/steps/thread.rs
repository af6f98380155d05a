//! Removes a thread. Idempotent.

use super::{Plain, end};
use crate::discord::threads::{self, Removed};
use crate::domain::lifecycle::Event;
use crate::error::Result;
use crate::i18n;
use crate::storage::lifecycle;
use crate::storage::steps::Step;
use crate::tickets::{TicketMsg, language_of, tasks};
use crate::work::{Outcome, Tools};

/// Removes the thread of a ticket that never became ready: deletes it, or archives it where the bot may not delete.
/// When given up, the empty thread stays, and its row as a closed ticket that was never ready.
pub(super) const DISCARD: Plain =
    Plain { name: tasks::DISCARD, carry_out: |tools, step| Box::pin(discard(tools, step)) };

async fn discard(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some(thread) = record.and_then(|record| record.thread_id) else { return end(tools, step, &[]).await };
    let locale = language_of(tools.app, step.guild).await?;
    let reason = i18n::render(&locale, &TicketMsg::TicketUndoneAuditReason);
    match threads::remove(tools.rest, thread, &reason).await {
        Ok(Removed::Deleted) => end(tools, step, &[Event::Discarded]).await,
        Ok(Removed::Archived | Removed::OutOfReach) => end(tools, step, &[]).await,
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}
