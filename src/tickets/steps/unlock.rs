//! Unlocks a re-opened thread. Idempotent. When given up, the thread stays locked: staff can unlock it.

use super::{end, what_is_gone};
use crate::discord::threads;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, Thread};
use crate::error::Result;
use crate::storage::lifecycle;
use crate::storage::steps::Step;
use crate::tickets::tasks;
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(super) struct Unlock;

impl Kind for Unlock {
    fn name(&self) -> &'static str {
        tasks::UNLOCK
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
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
