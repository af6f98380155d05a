//! People re-open tickets through the bot. The step `steps::restore` makes the thread usable again.
//!
//! Discord's own ways to re-open a thread are followed by `close` and `machine`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::TicketMsg;
use super::desk::Desk;
use super::machine::{self, Progress};
use super::steps::KINDS;
use super::tasks;
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Choice};
use crate::domain::clock::Timestamp;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Event, State, Thread};
use crate::domain::permissions::Permissions;
use crate::domain::rights::{self, Action};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, ThreadLink};
use crate::journal;
use crate::router::{Audience, Request, Route};
use crate::storage::lifecycle;
use crate::storage::working::{self, Viewer};
use crate::storage::{inboxes, steps};
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
        State::Opening | State::Dormant | State::Closed => TicketMsg::ReopenRefused.into(),
    })
}

/// Whether an owner who may re-open still may, so many days after the closing; 0 is without an end.
pub(super) fn is_in_time(days: u32, closed_at: Option<Timestamp>, now: Timestamp) -> bool {
    let open_for = Duration::from_hours(24 * u64::from(days));
    days == 0 || closed_at.is_none_or(|at| now.since(at) < open_for)
}

/// The newest tickets that the caller may re-open, for a typed number.
pub async fn choices(state: &BotContext, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let digits = typed.trim().trim_start_matches('#');
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let (app, guild) = (&state.app, caller.guild.ok_or(CommonMsg::GuildOnly)?);
    let permissions = caller.permissions.unwrap_or_default();
    let roles = caller.roles.iter().map(|role| StaffMember::Role(*role));
    let viewer = Viewer {
        user: caller.user,
        mentions: roles.chain([StaffMember::Member(caller.user)]).map(|member| member.to_string()).collect(),
        sees_all: permissions.contains(Permissions::MANAGE_GUILD) || permissions.contains(Permissions::ADMINISTRATOR),
    };
    let found = working::list_to_reopen(&app.db, guild, &viewer, digits).await.context("list tickets to re-open")?;
    let inboxes = inboxes::list(&app.db, guild).await.context("list a guild's inboxes")?;
    let now = app.now();
    let may = |ticket: &&working::ToReopen| {
        let inbox = inboxes.iter().find(|inbox| Some(inbox.id) == ticket.inbox);
        let closing = inbox.map(|inbox| inbox.settings.closing.clone()).unwrap_or_default();
        let in_time = closing.owners_may_reopen && is_in_time(closing.reopen_days, ticket.closed_at, now);
        let owners = rights::OwnersMay {
            close: false,
            reopen: in_time || ticket.closed_at.is_none(),
            add: false,
            export: false,
        };
        let is_owner = ticket.owner == caller.user;
        let actor = rights::Actor { is_owner, is_staff: ticket.is_staff, is_moderator: viewer.sees_all };
        rights::check(Action::Reopen, actor, owners).is_ok()
    };
    let choices = found.iter().filter(may).take(Choice::MOST).map(|ticket| {
        let number = ticket.number.to_string();
        let date = ticket.closed_at.map(|at| {
            let (year, month, day) = at.date();
            format!("{year:04}-{month:02}-{day:02}")
        });
        let msg = match (date, ticket.owner == caller.user) {
            (Some(date), true) => TicketMsg::ChoiceOwn { number: number.clone(), date },
            (Some(date), false) => TicketMsg::ChoiceClosed { number: number.clone(), date },
            (None, _) => TicketMsg::ChoiceResting { number: number.clone() },
        };
        Choice { name: i18n::render(&caller.reader, &msg), value: number }
    });
    Ok(choices.collect())
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
