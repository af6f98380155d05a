//! The place of a ticket: its name, its priority, its inbox.

mod moving;

pub use moving::ask as move_to;

pub(super) use moving::{CONFIRM_BUTTON, REMOVE_BUTTON};

use std::sync::Arc;

use anyhow::Context as _;

use super::change::Change;
use super::desk::Desk;
use super::line::Line;
use super::people::{self, PeopleMsg};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::{BotContext, Refusal, RestError, thread_people};
use crate::domain::permissions::Permission;
use crate::domain::priority::Priority;
use crate::domain::rights::Action;
use crate::domain::{text, ticket_name};
use crate::error::Result;
use crate::i18n::{self, PriorityName, Relative};
use crate::storage::working;

/// Renames the thread of the ticket in it. Discord allows two changes in ten minutes; the asker is told at once.
pub async fn rename(state: &Arc<BotContext>, caller: &Caller, name: &str) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Rename).await?;
    let name = text::single_line(name);
    let name = text::cut(&name, ticket_name::MAX_LENGTH).trim_end();
    if !text::is_visible(name) {
        return Err(PeopleMsg::RenameEmpty.into());
    }
    Change::begin(state, desk.record.ticket).await?;
    let by = PeopleMsg::RenamedAuditReason { by: caller.user.to_string() };
    let reason = i18n::render(&super::language_of(&state.app, desk.record.guild).await?, &by);
    match thread_people::rename(&state.rest, desk.thread()?, name, &reason).await {
        Ok(()) => {}
        Err(RestError::Limited(wait)) => {
            return Err(PeopleMsg::RenameLimited { until: Relative(state.app.now() + wait) }.into());
        }
        Err(fault) if matches!(fault.refusal(), Some(Refusal::Name | Refusal::AutoMod)) => {
            return Err(PeopleMsg::RenameRefused.into());
        }
        Err(fault) => return Err(people::explain_in_thread(fault, Permission::ManageThreads, "rename a ticket")),
    }
    let change = Change::begin(state, desk.record.ticket).await?;
    change.say(state, Line::Renamed { by: caller.user }, PeopleMsg::RenameDone).await
}

/// Sets how urgent the ticket of the thread is to the staff. Shown on its card and in lists only.
pub async fn prioritise(state: &Arc<BotContext>, caller: &Caller, priority: Priority) -> Result<Reply> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    working::set_priority(&mut change.tx, desk.record.ticket, priority).await.context("store a priority")?;
    change.tx.commit().await.context("commit a priority")?;
    // Its card.
    state.app.alarm.ring();
    Ok(PeopleMsg::PriorityDone { priority: PriorityName(priority) }.into())
}
