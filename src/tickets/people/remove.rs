//! `/ticket remove`: takes somebody out of the thread. Never the owner or the bot; owners, nobody who is staff.

use std::sync::Arc;

use super::PeopleMsg;
use crate::discord::BotContext;
use crate::discord::interaction::{Caller, Person};
use crate::discord::respond::Answer;
use crate::discord::thread_people;
use crate::domain::permissions::Permission;
use crate::domain::rights::Action;
use crate::error::Result;
use crate::i18n::Mention;
use crate::tickets::change::Change;
use crate::tickets::desk::Desk;
use crate::tickets::line::Line;

/// Removes a member from the ticket of the thread.
pub async fn remove(state: &Arc<BotContext>, caller: &Caller, person: &Person) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::RemoveMember).await?;
    let (by, who) = (caller.user, person.user);
    if who == desk.record.owner {
        return Err(PeopleMsg::RemoveOwner.into());
    }
    if state.app.identity().is_some_and(|identity| identity.bot == who) {
        return Err(PeopleMsg::RemoveBot.into());
    }
    let actor = desk.actor();
    if !actor.is_staff && !actor.is_moderator && is_staff(&desk, person).await? {
        return Err(PeopleMsg::RemoveStaff { who: Mention(who) }.into());
    }
    Change::begin(state, desk.record.ticket).await?;
    match thread_people::remove(&state.rest, desk.thread()?, who).await {
        Ok(true) => {}
        Ok(false) => return Err(PeopleMsg::RemoveNotHere { who: Mention(who) }.into()),
        Err(fault) => {
            return Err(super::explain_in_thread(fault, Permission::ManageThreads, "remove somebody from a ticket"));
        }
    }
    let change = Change::begin(state, desk.record.ticket).await?;
    change.say(state, Line::Removed { by, who }, PeopleMsg::RemoveDone { who: Mention(who) }).await
}

/// By the list or by rights. In doubt they are.
async fn is_staff(desk: &Desk<'_>, person: &Person) -> Result<bool> {
    if desk.lists(person) {
        return Ok(true);
    }
    // Who is no member of the server has no rights in it.
    let Some(roles) = &person.roles else { return Ok(false) };
    Ok(desk.may_moderate(person.user, roles).await?.unwrap_or(true))
}
