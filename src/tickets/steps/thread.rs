//! Changes a thread: unlocks it, or removes it. Both are idempotent.

use super::{Plain, end, what_is_gone};
use crate::discord::threads::{self, Removed};
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, Thread};
use crate::error::Result;
use crate::i18n;
use crate::storage::lifecycle;
use crate::storage::steps::Step;
use crate::tickets::{TicketMsg, language_of, tasks};
use crate::work::{Outcome, Tools};

/// Unlocks a re-opened thread. When given up, the thread stays locked: staff can unlock it.
pub(super) const UNLOCK: Plain = Plain { name: tasks::UNLOCK, carry_out: |tools, step| Box::pin(unlock(tools, step)) };

async fn unlock(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let locked = record.filter(|record| matches!(record.thread, Thread::There(Flags { locked: true, .. })));
    let Some(thread) = locked.and_then(|record| record.thread_id) else { return end(tools, step, &[]).await };
    match threads::unlock(tools.rest, thread).await {
        Ok(flags) => end(tools, step, &[Event::Seen { flags, by: ArchivedBy::Person }]).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = step.ticket.map(TicketId::get), %fault, "a ticket could not be unlocked");
            end(tools, step, what_is_gone(&fault).as_slice()).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

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
