//! People re-open tickets through the bot. The step `steps::restore` makes the thread usable again.
//!
//! Discord's own ways to re-open a thread are followed by `close` and `machine`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::TicketMsg;
use super::blocks::BlockMsg;
use super::desk::Desk;
use super::machine::{self, Progress};
use super::steps::KINDS;
use super::tasks;
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::Answer;
use crate::domain::clock::Timestamp;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Event, Flags, State, Thread};
use crate::domain::rights::Action;
use crate::domain::settings::Closing;
use crate::error::Result;
use crate::i18n::ThreadLink;
use crate::journal;
use crate::router::{Audience, Request, Route};
use crate::storage::blocks;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps;
use crate::work::Held;

/// *Re-open* in the log.
pub(super) const BUTTON: Route = Route::component(journal::REOPEN, Audience::Everybody, |request| {
    Box::pin(async move { on_button(&request).await })
});

async fn on_button(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    reopen_at(&request.state, &desk).await
}

/// `/ticket reopen`: the named ticket, or the one whose thread the caller is in.
pub async fn reopen(state: &Arc<BotContext>, caller: &Caller, named: Option<&str>) -> Result<Answer> {
    let desk = Desk::named(state, caller, named).await?;
    reopen_at(state, &desk).await
}

/// Re-opens a ticket for the caller, and tells how it went.
pub(super) async fn reopen_at(state: &Arc<BotContext>, desk: &Desk<'_>) -> Result<Answer> {
    if let Err(refused) = desk.check(Action::Reopen).await {
        let may_in_time = desk.settings().closing.owners_may_reopen && desk.actor().is_owner;
        return Err(if may_in_time { TicketMsg::ReopenTooLate.into() } else { refused });
    }
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to re-open a ticket")?;
    let record = lifecycle::load_ticket(&mut tx, desk.record.ticket).await.context("load a ticket")?;
    let record = record.ok_or(TicketMsg::TicketGone)?;
    match (record.state, record.thread) {
        (State::Opening, _) => return Err(TicketMsg::TicketNotReady.into()),
        (State::Open, _) => return Err(TicketMsg::ReopenIsOpen.into()),
        (_, Thread::Hidden(_)) => return Err(TicketMsg::ReopenHidden.into()),
        (_, Thread::Gone | Thread::NotMade) => return Err(TicketMsg::ReopenThreadGone.into()),
        (State::Dormant | State::Closed, Thread::There(_)) => {}
    }
    let actor = desk.actor();
    if record.state == State::Closed && actor.is_owner && !actor.is_staff && !actor.is_moderator {
        let blocked = blocks::holds(&mut tx, record.guild, record.inbox, record.owner, app.now()).await;
        if blocked.context("find a member's blocks")? {
            return Err(BlockMsg::Blocked.into());
        }
    }
    let waiting = steps::list(&mut tx, machine::lane(&record)).await.context("list a ticket's steps")?;
    if waiting.iter().any(|step| step.kind == tasks::CLOSE) {
        return Err(TicketMsg::ReopenTooSoon.into());
    }
    let ticket = record.ticket;
    let progress = Progress { by: Some(desk.caller.user), ..Progress::NONE };
    let applied = machine::apply_in(app, &mut tx, record, Event::Reopened, progress).await?;
    if applied.to != Some(State::Open) {
        return Err(TicketMsg::ReopenNoRoom.into());
    }
    tx.commit().await.context("commit that a ticket is re-opened")?;
    Held::new(state, applied.committed(app)).carry_out(KINDS).await;

    let record = lifecycle::find_ticket(&app.db, ticket).await.context("find a re-opened ticket")?;
    let record = record.ok_or(TicketMsg::TicketGone)?;
    let link = ThreadLink { guild: record.guild, thread: record.thread_id.ok_or(TicketMsg::ReopenThreadGone)? };
    Ok(match record.state {
        State::Open if record.thread.is_active() => TicketMsg::ReopenDone { ticket: link }.into(),
        State::Open => TicketMsg::ReopenPending { ticket: link }.into(),
        State::Dormant if record.thread.is_active() => TicketMsg::ReopenWithoutOwner { ticket: link }.into(),
        State::Opening | State::Dormant | State::Closed => refused(&record).into(),
    })
}

/// Why Discord did not let the bot re-open a ticket.
fn refused(record: &Record) -> TicketMsg {
    let channel = record.parent;
    match record.thread {
        Thread::There(Flags { locked: true, .. }) => TicketMsg::ReopenLacks { channel },
        _ => TicketMsg::ReopenRefused { channel },
    }
}

/// Whether the inbox lets the owner re-open a ticket in this state now. A ticket that rests is not closed: its owner can
/// revive it by writing, too.
pub(super) fn owner_may(closing: &Closing, state: State, closed_at: Option<Timestamp>, now: Timestamp) -> bool {
    state == State::Dormant || closing.owners_may_reopen && is_in_time(closing.reopen_days, closed_at, now)
}

/// Whether an owner who may re-open still may, so many days after the closing; 0 is without an end.
fn is_in_time(days: u32, closed_at: Option<Timestamp>, now: Timestamp) -> bool {
    let open_for = Duration::from_hours(24 * u64::from(days));
    days == 0 || closed_at.is_none_or(|at| now.since(at) < open_for)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_re_open_for_as_many_days_as_the_inbox_says() {
        let closed = Timestamp::from_seconds(1_700_000_000);
        let after = |hours| closed + Duration::from_hours(hours);
        let table = [
            (0, after(10_000), true),
            (1, after(23), true),
            (1, after(24), false),
            (7, after(7 * 24 - 1), true),
            (7, after(7 * 24), false),
            // The clock was set back.
            (1, closed - Duration::from_hours(1), true),
        ];
        for (days, now, expected) in table {
            assert_eq!(is_in_time(days, Some(closed), now), expected, "{days} days, {now:?}");
        }
        assert!(is_in_time(1, None, closed), "it is not closed");
    }
}
