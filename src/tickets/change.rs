//! A change that a person makes to a ticket: one transaction, a private answer, then one public line.

use std::sync::Arc;

use anyhow::Context as _;

use super::line::Line;
use super::steps::{self, KINDS};
use super::{TicketMsg, announced, machine, tasks};
use crate::app::App;
use crate::discord::BotContext;
use crate::discord::respond::{Answer, Reply};
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Question, State, Task};
use crate::error::Result;
use crate::journal;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps as stored_steps;
use crate::work::{Held, Tools};

/// A ticket that cannot change until the transaction ends.
pub(super) struct Change {
    pub tx: WriteTx,
    pub record: Record,
    /// The ticket has another owner. After the line, what was announced to the former one ends, and Discord is asked
    /// whether the new one is in the thread.
    pub has_new_owner: bool,
}

impl Change {
    /// Refuses a closed ticket.
    pub(super) async fn begin(state: &BotContext, ticket: TicketId) -> Result<Self> {
        let mut tx = state.app.db.begin_write().await.context("begin a change of a ticket")?;
        let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
        let record = record.ok_or(TicketMsg::TicketGone)?;
        if record.state == State::Closed {
            return Err(TicketMsg::TicketIsClosed.into());
        }
        Ok(Self { tx, record, has_new_owner: false })
    }

    /// Commits it, answers, then posts the line. What the line says is logged, too.
    pub(super) async fn say(mut self, state: &Arc<BotContext>, line: Line, reply: impl Into<Reply>) -> Result<Answer> {
        let tools = Tools { app: &state.app, rest: &state.rest };
        let _noted = match line.happening(&self.record) {
            Some(happening) => Some(journal::note(&state.app, &mut self.tx, &self.record, happening).await?),
            None => None,
        };
        let step = steps::add_line(tools, &mut self.tx, &self.record, line).await?;
        if self.has_new_owner {
            announced::end_all(tools, &mut self.tx, &self.record).await?;
            look_for_owner(&state.app, &mut self.tx, &self.record).await?;
        }
        self.tx.commit().await.context("commit a change of a ticket")?;
        let held = Held::new(state, step);
        Ok(Answer::followed_by(reply, async move { held.carry_out(KINDS).await }))
    }
}

/// Asks Discord whether the new owner of a ticket is in it: they may have left while they became its owner. A look that
/// is under way may be about the former owner, and is repeated.
async fn look_for_owner(app: &App, tx: &mut WriteTx, record: &Record) -> Result<()> {
    let question = Question::owner(None);
    for step in stored_steps::list(tx, machine::lane(record)).await.context("list the steps of a ticket")? {
        if step.kind == tasks::LOOK {
            let asked = Question { said: None, ..tasks::question(&step)?.merge(question) };
            let payload = tasks::question_payload(asked)?;
            return Ok(stored_steps::renew(tx, step.id, &payload, app.now()).await.context("renew a look")?);
        }
    }
    let payload = tasks::question_payload(question)?;
    let new = machine::new_step(record.ticket, record.guild, Task::Look(question), payload, None, app.now());
    stored_steps::insert(tx, &new, None).await.context("store a look")?;
    Ok(())
}
