//! Choices for an option while it is typed: tickets and inboxes. They obey the rights of the commands, as far as these
//! are known without asking Discord: the staff list, Manage Server, and rights in the ticket's own thread.

use std::sync::Arc;

use anyhow::Context as _;

use super::blocks;
use super::desk::Desk;
use super::people::PeopleMsg;
use super::{label, lists, reopen};
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::Choice;
use crate::domain::rights::{self, Action, Actor, OwnersMay};
use crate::error::Result;
use crate::i18n::{self, TicketState};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::working::{self, Suggested, Whose};

/// The caller's own tickets and those of inboxes whose staff they are; all for who has Manage Server. Of them those with
/// which the caller may do this.
pub async fn tickets(state: &Arc<BotContext>, caller: &Caller, typed: &str, action: Action) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let db = &state.app.db;
    let digits = typed.trim().trim_start_matches('#');
    if digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // A link or a mention: it needs no choices.
        return Ok(Vec::new());
    }
    let manages = lists::manages(caller);
    let all = inboxes::list_with_staff(db, guild).await.context("list inboxes and their staff")?;
    let own = lists::staffed(&all, caller);
    let whose = if manages { Whose::All } else { Whose::Of { owner: caller.user, inboxes: &own } };
    let digits = digits.trim_start_matches('0');
    let found = working::suggest(db, guild, caller.user, whose, action, digits).await.context("suggest tickets")?;
    let may = |ticket: &&Suggested| {
        let inbox = all.iter().find(|(inbox, _)| Some(inbox.id) == ticket.inbox).map(|(inbox, _)| inbox);
        let closing = inbox.map(|inbox| inbox.settings.closing.clone()).unwrap_or_default();
        let reopen = reopen::owner_may(&closing, ticket.state, ticket.closed_at, state.app.now());
        let export = inbox.is_none_or(|inbox| inbox.settings.work.owners_may_export);
        let owners = OwnersMay { close: false, reopen, add: false, export };
        let is_staff = ticket.inbox.is_some_and(|inbox| own.contains(&inbox));
        let actor = Actor { is_owner: ticket.is_own, is_staff, is_moderator: manages };
        rights::check(action, actor, owners).is_ok()
    };
    Ok(found.iter().filter(may).take(Choice::MOST).map(|ticket| name(caller, ticket)).collect())
}

fn name(caller: &Caller, ticket: &Suggested) -> Choice {
    let (year, month, day) = ticket.asked_at.date();
    let (number, state) = (u64::from(ticket.number), TicketState(ticket.state));
    let date = format!("{year:04}-{month:02}-{day:02}");
    let msg = if ticket.is_own {
        PeopleMsg::SuggestedOwnTicket { number, state, date }
    } else {
        PeopleMsg::SuggestedTicket { number, state, date }
    };
    Choice { name: i18n::render(&caller.reader, &msg), value: ticket.number.to_string() }
}

/// The inboxes to which the ticket of the thread can be moved.
pub async fn inboxes(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Move).await?;
    let mut all = inboxes::list(&state.app.db, desk.record.guild).await.context("list inboxes")?;
    all.retain(|inbox| desk.record.inbox != Some(inbox.id));
    Ok(fitting(caller, all.iter(), typed))
}

/// The inboxes whose staff the caller is; all for who has Manage Server.
pub async fn listed_inboxes(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let all = inboxes::list_with_staff(&state.app.db, guild).await.context("list inboxes and their staff")?;
    let staffed = lists::staffed(&all, caller);
    let is_shown = |inbox: &&Inbox| lists::manages(caller) || staffed.contains(&inbox.id);
    Ok(fitting(caller, all.iter().map(|(inbox, _)| inbox).filter(is_shown), typed))
}

/// The inboxes in which the caller may block members.
pub async fn blockable(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some(guild) = caller.guild else { return Ok(Vec::new()) };
    let all = inboxes::list_with_staff(&state.app.db, guild).await.context("list inboxes and their staff")?;
    let may = all.iter().filter(|(_, staff)| blocks::may_block(caller, staff)).map(|(inbox, _)| inbox);
    Ok(fitting(caller, may, typed))
}

/// Their numbers begin so, or their labels contain it.
fn fitting<'a>(caller: &Caller, inboxes: impl Iterator<Item = &'a Inbox>, typed: &str) -> Vec<Choice> {
    let typed = typed.trim().trim_start_matches('#').to_lowercase();
    let choices = inboxes.filter_map(|inbox| {
        let (number, label) = (inbox.id.to_string(), label(&inbox.settings.panel, &caller.guild_locale));
        let is_meant = number.starts_with(&typed) || label.to_lowercase().contains(&typed);
        let msg = PeopleMsg::SuggestedInbox { inbox: inbox.id, label };
        is_meant.then(|| Choice { name: i18n::render(&caller.reader, &msg), value: number })
    });
    choices.take(Choice::MOST).collect()
}
