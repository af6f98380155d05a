//! Asks Discord what an event leaves out: whether the owner is in the thread, whether the thread exists. The answer is
//! an event; events in the meantime renew the step, which then asks again. When given up, nothing changes: the daily
//! round asks again.

use super::{end, end_with};
use crate::domain::lifecycle::{ArchivedBy, Event, Thread};
use crate::error::Result;
use crate::storage::lifecycle;
use crate::storage::steps::Step;
use crate::tickets::machine::Progress;
use crate::tickets::{asking, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(super) struct Look;

impl Kind for Look {
    fn name(&self) -> &'static str {
        tasks::LOOK
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    // The events of this answer need no further request.
    let asked = Progress { has_asked: true, ..Progress::NONE };
    let question = tasks::question(step)?;
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some(record) = record else { return end_with(tools, step, &[], asked).await };
    let mut events = Vec::new();
    if let Some(seen) = question.seen {
        let is_old = match record.thread {
            Thread::There(stored) | Thread::Hidden(stored) => stored.knows_all_of(seen),
            Thread::NotMade | Thread::Gone => true,
        };
        // The bot's own notice, and the archiving after it.
        if is_old {
            return end_with(tools, step, &[], asked).await;
        }
        events.push(Event::Seen { flags: seen, by: ArchivedBy::Person });
    }
    match asking::ask(tools.rest, &record, question).await {
        Ok(told) => events.extend(told),
        Err(fault) => return Ok(Outcome::Failed(fault)),
    }
    end_with(tools, step, &events, asked).await
}
