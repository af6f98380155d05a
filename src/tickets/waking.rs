//! Un-archives the thread of a dormant ticket for one of the staff who joins or claims it: nobody is added to an archived
//! thread, and nothing is said in one.

use std::sync::Arc;

use super::TicketMsg;
use super::cards::CardMsg;
use super::close::start_step;
use super::machine::{self, Which};
use crate::discord::{BotContext, Refusal, RestError, threads};
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::{ArchivedBy, Event, Flags, State, Thread};
use crate::domain::permissions::Permission;
use crate::error::{Error, Result};
use crate::i18n::PermissionList;
use crate::storage::lifecycle::Record;

/// Whether a ticket's thread rests in the archive. That of a ticket that is being re-opened is un-archived by its step.
pub(super) fn is_asleep(record: &Record) -> bool {
    record.state == State::Dormant && matches!(record.thread, Thread::There(Flags { archived: true, .. }))
}

/// Un-archives it: one request. What follows does not wait for Discord's event. `Err`: worded for the person.
pub(super) async fn wake(state: &Arc<BotContext>, record: &Record, thread: ThreadId) -> Result<()> {
    let woken = threads::reopen(&state.rest, thread, true, false).await;
    let flags = woken.map_err(|fault| match fault.refusal() {
        Some(Refusal::MissingAccess) => CardMsg::JoinHidden { channel: record.parent }.into(),
        _ => explain(record, fault, "un-archive a dormant ticket"),
    })?;
    // Not archived, so who archived it does not matter.
    let seen = Event::Seen { flags, by: ArchivedBy::Person };
    start_step(state, machine::apply(&state.app, Which::Ticket(record.ticket), seen).await?);
    Ok(())
}

/// Why nobody can be added to a ticket's thread. `what`: what was tried.
pub(super) fn explain(record: &Record, fault: RestError, what: &'static str) -> Error {
    match fault.refusal() {
        Some(Refusal::UnknownMember | Refusal::MissingAccess) => CardMsg::JoinUnseen { channel: record.parent }.into(),
        Some(Refusal::MissingPermissions) => {
            let permissions = PermissionList(vec![Permission::SendMessagesInThreads]);
            CardMsg::JoinForbidden { channel: record.parent, permissions }.into()
        }
        Some(Refusal::ThreadLocked) => CardMsg::JoinLocked.into(),
        Some(Refusal::TooManyThreads) => TicketMsg::TooManyThreads.into(),
        Some(Refusal::Unknown) => TicketMsg::TicketGone.into(),
        _ => Error::from(anyhow::Error::new(fault).context(what)),
    }
}
