//! Removes the thread of a ticket that never became ready: deletes it, or archives it where the bot may not delete.
//! Idempotent. When given up, the empty thread stays, and its row as a closed ticket that was never ready.

use super::end;
use crate::discord::threads::{self, Removed};
use crate::domain::lifecycle::Event;
use crate::error::Result;
use crate::i18n;
use crate::storage::lifecycle;
use crate::storage::steps::Step;
use crate::tickets::TicketMsg;
use crate::tickets::{language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(super) struct Discard;

impl Kind for Discard {
    fn name(&self) -> &'static str {
        tasks::DISCARD
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
    let Some(thread) = record.and_then(|record| record.thread_id) else { return end(tools, step, &[]).await };
    let locale = language_of(tools.app, step.guild).await?;
    let reason = i18n::render(&locale, &TicketMsg::TicketUndoneAuditReason);
    match threads::remove(tools.rest, thread, &reason).await {
        Ok(Removed::Deleted) => end(tools, step, &[Event::Discarded]).await,
        Ok(Removed::Archived | Removed::OutOfReach) => end(tools, step, &[]).await,
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}
