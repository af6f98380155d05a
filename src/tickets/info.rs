//! `/ticket info`: everything known about a ticket, with times, privately.
//!
//! What later features know (hold, who is waited for, feedback) is another line here.

use std::sync::Arc;

use anyhow::Context as _;

use super::announced;
use super::blocks::{self, BlockMsg};
use super::claimers;
use super::delete;
use super::desk::Desk;
use super::label;
use super::people::PeopleMsg;
use crate::discord::components::{self, Button};
use crate::discord::interaction::Caller;
use crate::discord::respond::Reply;
use crate::discord::seal::Holder;
use crate::discord::{BotContext, thread_people};
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{State, Thread, Timer as Kind};
use crate::domain::rights::Action;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Mention, PointInTime, PriorityName, ThreadLink, TicketState};
use crate::storage::lifecycle::{self, Claim, OpenedBy, Record};
use crate::storage::timers::{self, DELETION, NEVER};
use crate::storage::working;

/// Shows what is known of a ticket: the named one, or that of the thread.
pub async fn show(state: &Arc<BotContext>, caller: &Caller, reference: Option<&str>) -> Result<Reply> {
    let desk = Desk::named(state, caller, reference).await?;
    desk.check(Action::Info).await?;
    let mut lines = vec![
        PeopleMsg::InfoState { state: TicketState(desk.record.state) },
        inbox(&desk),
        PeopleMsg::InfoOwner { owner: Mention(desk.record.owner) },
    ];
    lines.extend(times(&desk.record));
    lines.extend(plans(&desk).await?);
    lines.push(claim(&desk).await?);
    lines.push(PeopleMsg::InfoPriority { priority: PriorityName(desk.record.priority) });
    lines.extend(members(&desk).await);
    lines.extend(links(&desk).await?);
    let text: Vec<String> = lines.iter().map(|line| i18n::render(&caller.reader, line)).collect();
    let number = u64::from(desk.record.number);
    let title = match desk.record.thread_id {
        Some(thread) if desk.record.thread != Thread::Gone => {
            PeopleMsg::InfoTitle { number, ticket: ThreadLink { guild: desk.record.guild, thread } }
        }
        _ => PeopleMsg::InfoTitleGone { number },
    };
    let rows = components::row(block_button(&desk));
    Ok(Reply::Card { msg: title.into(), preview: Some(text.join("\n")), rows, in_place: false })
}

/// For who may block the owner somewhere.
fn block_button(desk: &Desk<'_>) -> Option<Button> {
    let (caller, record) = (desk.caller, &desk.record);
    let holder = Holder { guild: record.guild, user: caller.user };
    (caller.user != record.owner && blocks::may_block(caller, &desk.staff)).then(|| {
        let id = blocks::ASK.id_for(desk.state, holder, &(record.owner,));
        Button::danger(id, i18n::render(&caller.reader, &BlockMsg::InfoButton))
    })
}

fn inbox(desk: &Desk<'_>) -> PeopleMsg {
    let channel = desk.record.parent;
    match &desk.inbox {
        Some(inbox) => {
            let label = text::escape(&label(&inbox.settings.panel, &desk.caller.guild_locale));
            PeopleMsg::InfoInbox { inbox: inbox.id, label, channel }
        }
        None => PeopleMsg::InfoInboxGone { channel },
    }
}

fn times(record: &Record) -> Vec<PeopleMsg> {
    let mut lines = vec![PeopleMsg::InfoAsked { at: PointInTime(record.asked_at()) }];
    match record.opened_by {
        OpenedBy::Owner => {}
        OpenedBy::Other(by) => lines.push(PeopleMsg::InfoOpenedBy { by: Mention(by) }),
        OpenedBy::Unknown => lines.push(PeopleMsg::InfoOpenedByUnknown),
    }
    if let Some(at) = record.closed_at.filter(|_| record.state == State::Closed) {
        let at = PointInTime(at);
        lines.push(match record.closed_by {
            Some(by) => PeopleMsg::InfoClosedBy { by: Mention(by), at },
            None => PeopleMsg::InfoClosed { at },
        });
    }
    lines
}

/// What is to happen by itself.
async fn plans(desk: &Desk<'_>) -> Result<Vec<PeopleMsg>> {
    let (app, record) = (&desk.state.app, &desk.record);
    let mut lines = Vec::new();
    for timer in timers::find_all(&app.db, record.ticket).await.context("list a ticket's timers")? {
        let at = PointInTime(timer.due_at);
        // Without a time, it waits for an answer, or is being carried out.
        let is_timed = timer.due_at < NEVER;
        let by = || -> Result<Mention> { Ok(Mention(announced::read(&timer.payload)?.by)) };
        lines.extend(match timer.kind.parse() {
            Ok(Kind::Close) if is_timed => Some(PeopleMsg::InfoScheduled { by: by()?, at }),
            Ok(Kind::Ask) if is_timed => Some(PeopleMsg::InfoAskedUntil { by: by()?, at }),
            Ok(Kind::Ask) => Some(PeopleMsg::InfoAskedToClose { by: by()? }),
            Ok(Kind::Archive) if is_timed => Some(PeopleMsg::InfoVisibleUntil { at }),
            Err(_) if timer.kind == DELETION => delete::planned_at(app, record, &desk.settings().closing, timer.due_at)
                .map(|at| PeopleMsg::InfoDeletion { at: PointInTime(at) }),
            _ => None,
        });
    }
    Ok(lines)
}

/// Looking at a claim is a use of it: one that is over is not shown.
async fn claim(desk: &Desk<'_>) -> Result<PeopleMsg> {
    let Some(Claim { by, at }) = desk.record.claim else { return Ok(PeopleMsg::InfoUnclaimed) };
    let is_over = claimers::is_claimed_by(&desk.record, by)
        && !claimers::is_staff(&desk.state.rest, &desk.record, &desk.staff, by).await?;
    if is_over {
        claimers::doubt_all(desk.state, vec![desk.record.ticket]).await?;
        return Ok(PeopleMsg::InfoUnclaimed);
    }
    Ok(PeopleMsg::InfoClaimed { by: Mention(by), at: PointInTime(at) })
}

/// How many are in the thread, if Discord says so.
async fn members(desk: &Desk<'_>) -> Option<PeopleMsg> {
    match (desk.record.thread, desk.record.thread_id) {
        (Thread::There(_), Some(thread)) => {
            let count = thread_people::count(&desk.state.rest, thread).await.ok()??;
            Some(PeopleMsg::InfoMembers { count })
        }
        (Thread::Hidden(_), _) => Some(PeopleMsg::InfoHidden),
        _ => None,
    }
}

/// Where it comes from, and where it goes on.
async fn links(desk: &Desk<'_>) -> Result<Vec<PeopleMsg>> {
    let db = &desk.state.app.db;
    let mut lines = Vec::new();
    let former = working::find_predecessor(db, desk.record.ticket).await.context("find a ticket's predecessor")?;
    if let Some((ticket, number)) = link(desk, former).await? {
        lines.push(PeopleMsg::InfoContinues { ticket, number });
    }
    if let Some((ticket, number)) = link(desk, desk.record.successor).await? {
        lines.push(PeopleMsg::InfoContinuedBy { ticket, number });
    }
    Ok(lines)
}

async fn link(desk: &Desk<'_>, ticket: Option<TicketId>) -> Result<Option<(ThreadLink, u64)>> {
    let Some(ticket) = ticket else { return Ok(None) };
    let found = lifecycle::find_ticket(&desk.state.app.db, ticket).await.context("find a linked ticket")?;
    Ok(found.and_then(|found| {
        let thread = found.thread_id?;
        Some((ThreadLink { guild: found.guild, thread }, u64::from(found.number)))
    }))
}
