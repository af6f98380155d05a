//! Deletes the threads of closed tickets: at a moderator's command, or so many days after closing where the inbox says
//! so. The record of the ticket stays until its own time.
//!
//! A timer is set when a ticket is closed, if its inbox deletes by then, and ends when it is re-opened. The records go
//! after `retention.closed_tickets_days` whatever an inbox says: a thread is deleted before that, because nothing knows
//! of it afterwards. When the timer is due, the setting must still be on.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::TicketMsg;
use super::close::start_step;
use super::desk::Desk;
use super::exporting;
use super::steps::{self, KINDS};
use crate::app::App;
use crate::discord::BotContext;
use crate::discord::components::{Button, row};
use crate::discord::guild::{ChannelFacts, GuildView, Unseen};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::domain::clock::Timestamp;
use crate::domain::happening::Deleted;
use crate::domain::ids::{ThreadId, TicketId};
use crate::domain::lifecycle::{State, Thread};
use crate::domain::permissions::{self, Permissions};
use crate::domain::rights::Action;
use crate::domain::settings::Closing;
use crate::error::Result;
use crate::export::{self, ExportMsg};
use crate::i18n::{self, Mention, ThreadLink};
use crate::router::{Audience, Request, Route};
use crate::storage::lifecycle::{self, Record};
use crate::storage::timers::{self, DELETION, Timer};
use crate::storage::{WriteTx, inbox_facts};
use crate::work::{Held, Tools};

const DAY: Duration = Duration::from_hours(24);

/// A thread is deleted this long before its record goes.
const BEFORE_THE_RECORD: Duration = Duration::from_hours(1);

/// The button that confirms a deletion.
pub(super) const CONFIRM: Route =
    Route::component("tdl", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

/// Asks whether to delete the thread of a closed ticket: the one of the thread, or the one that the text names.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, ticket: Option<&str>) -> Result<Answer> {
    let desk = Desk::named(state, caller, ticket).await?;
    desk.check(Action::Delete).await?;
    let thread = deletable(&desk.record)?;
    check_permission(&desk).await?;
    let guild = desk.record.guild;
    let holder = Holder { guild, user: caller.user };
    let label = i18n::render(&caller.reader, &TicketMsg::DeleteTicketButton);
    let delete = Button::danger(CONFIRM.id_for(state, holder, &(desk.record.ticket,)), label);
    // Afterwards there is nothing to export.
    let label = i18n::render(&caller.reader, &ExportMsg::Button);
    let export = Button::secondary(exporting::BUTTON.id(&(desk.record.ticket,)), label);
    let is_pending = export::is_pending(&state.app.db, desk.record.ticket).await?;
    let preview = is_pending.then(|| i18n::render(&caller.reader, &TicketMsg::DeleteTicketExportPending));
    let msg = TicketMsg::DeleteTicketAsked {
        number: format!("#{}", desk.record.number),
        ticket: ThreadLink { guild, thread },
        owner: Mention(desk.record.owner),
    };
    Ok(Reply::Card { msg: msg.into(), preview, rows: row([delete, export]), in_place: false }.into())
}

/// The thread of a closed ticket that the bot can see.
fn deletable(record: &Record) -> Result<ThreadId> {
    match (record.thread, record.thread_id) {
        (Thread::Gone | Thread::NotMade, _) | (_, None) => Err(TicketMsg::DeleteTicketGone.into()),
        (Thread::Hidden(_), _) => Err(TicketMsg::DeleteTicketHidden.into()),
        (Thread::There(_), _) if record.state != State::Closed => Err(TicketMsg::DeleteTicketOpen.into()),
        (Thread::There(_), Some(thread)) => Ok(thread),
    }
}

/// Whether the bot may delete threads in the ticket's channel: three requests.
async fn check_permission(desk: &Desk<'_>) -> Result<()> {
    let (rest, record) = (&desk.state.rest, &desk.record);
    let identity = desk.state.app.identity().ok_or_else(|| anyhow!("a command came in before the login"))?;
    let view = GuildView::fetch(rest, record.guild, identity.bot).await.context("read a guild")?;
    let channel = match ChannelFacts::fetch(rest, record.parent).await {
        Ok(channel) => channel,
        Err(Unseen::RestError(fault)) => {
            return Err(anyhow::Error::new(fault).context("read a ticket's channel").into());
        }
        Err(_) => return Err(TicketMsg::DeleteTicketHidden.into()),
    };
    if permissions::missing(Permissions::MANAGE_THREADS, view.bot.permissions_in(&channel)).is_empty() {
        return Ok(());
    }
    Err(TicketMsg::DeleteTicketLacks { channel: record.parent }.into())
}

/// Deletes the thread, and says what became of it. In that thread, the answer comes first: afterwards nobody sees it.
async fn on_confirm(request: &Request) -> Result<Answer> {
    let (state, caller) = (&request.state, &request.caller);
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(state, caller, ticket).await?;
    desk.check(Action::Delete).await?;
    let mut tx = state.app.db.begin_write().await.context("begin a deletion")?;
    let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
    let record = record.ok_or(TicketMsg::TicketGone)?;
    let thread = deletable(&record)?;
    let tools = Tools { app: &state.app, rest: &state.rest };
    let begun = steps::add_deletion(tools, &mut tx, &record, Deleted::Person { by: caller.user }).await?;
    tx.commit().await.context("commit a deletion")?;
    let is_next = begun.is_some();
    let held = Held::new(state, begun);
    if caller.channel == Some(thread.as_channel()) {
        return Ok(Answer::followed_by(in_place(TicketMsg::DeleteTicketBegun), async move {
            held.carry_out(KINDS).await;
        }));
    }
    if is_next {
        held.carry_out(KINDS).await;
    }
    let found = lifecycle::find_ticket(&state.app.db, ticket).await.context("find a ticket")?;
    let is_pending = steps::deletion_is_pending(&state.app.db, ticket).await?;
    Ok(in_place(match found {
        Some(record) if record.thread != Thread::Gone && is_pending => TicketMsg::DeleteTicketBegun,
        Some(record) if record.thread != Thread::Gone => TicketMsg::DeleteTicketRefused,
        _ => TicketMsg::DeleteTicketDone { number: format!("#{}", record.number) },
    })
    .into())
}

/// Replaces the question.
fn in_place(msg: TicketMsg) -> Reply {
    Reply::Card { msg: msg.into(), preview: None, rows: Vec::new(), in_place: true }
}

/// A ticket's state has changed: sets the timer of its deletion, or ends it. True when the worker is to be woken: there
/// is a new timer.
pub(super) async fn on_state(app: &App, tx: &mut WriteTx, record: &Record, before: State) -> Result<bool> {
    match (before, record.state) {
        (State::Closed, State::Open | State::Dormant) => {
            timers::delete(tx, record.ticket, DELETION).await.context("end the timer of a deletion")?;
        }
        (State::Open | State::Dormant, State::Closed) => {
            let days = days_of(tx, record).await?;
            if days > 0 && record.thread != Thread::Gone {
                let due_at = due_at(app, app.now_at_discord(), days);
                timers::set(tx, record.ticket, DELETION, due_at, "{}").await.context("set the timer of a deletion")?;
                return Ok(true);
            }
        }
        _ => {}
    }
    Ok(false)
}

/// A ticket returns to its close: its thread is deleted when it was to be, if its inbox still deletes threads. True when
/// the worker is to be woken.
pub(super) async fn on_return(tx: &mut WriteTx, record: &Record, due_at: Option<Timestamp>) -> Result<bool> {
    let Some(due_at) = due_at.filter(|_| record.thread != Thread::Gone) else { return Ok(false) };
    if days_of(tx, record).await? == 0 {
        return Ok(false);
    }
    timers::set(tx, record.ticket, DELETION, due_at, "{}").await.context("set the timer of a deletion again")?;
    Ok(true)
}

/// When a ticket that was closed then is deleted.
fn due_at(app: &App, closed_at: Timestamp, days: u32) -> Timestamp {
    let kept_for = DAY * u32::from(app.limits().records_days);
    closed_at + (DAY * days).min(kept_for.saturating_sub(BEFORE_THE_RECORD))
}

/// When the thread of a closed ticket is deleted whose timer ends then, if the inbox still wants it.
pub(super) fn planned_at(app: &App, record: &Record, closing: &Closing, ends: Timestamp) -> Option<Timestamp> {
    let days = closing.delete_days;
    let closed_at = record.closed_at.filter(|_| days > 0 && record.state == State::Closed)?;
    Some(due_at(app, closed_at, days).max(ends))
}

async fn days_of(tx: &mut WriteTx, record: &Record) -> Result<u32> {
    let Some(inbox) = record.inbox else { return Ok(0) };
    Ok(inbox_facts::delete_days(tx, inbox).await.context("find when an inbox deletes threads")?)
}

/// The timer is due.
pub(super) async fn on_due(state: &Arc<BotContext>, timer: &Timer) -> Result<()> {
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin a deletion in time")?;
    timers::delete(&mut tx, timer.ticket, DELETION).await.context("end the timer of a deletion")?;
    let record = lifecycle::load_ticket(&mut tx, timer.ticket).await.context("load a ticket")?;
    let mut step = None;
    if let Some(record) = record.filter(|record| record.state == State::Closed) {
        let days = days_of(&mut tx, &record).await?;
        let now = app.now_at_discord();
        let due_at = due_at(app, record.closed_at.unwrap_or(now), days);
        match record.thread {
            _ if days == 0 => {}
            // The inbox waits longer by now.
            Thread::There(_) if now < due_at => {
                timers::set(&mut tx, record.ticket, DELETION, due_at, "{}").await.context("put a deletion off")?;
            }
            Thread::There(_) => {
                let tools = Tools { app, rest: &state.rest };
                step = steps::add_deletion(tools, &mut tx, &record, Deleted::InTime { days }).await?;
            }
            Thread::Hidden(_) => try_again(app, &mut tx, record.ticket).await?,
            Thread::NotMade | Thread::Gone => {}
        }
    }
    tx.commit().await.context("commit a deletion in time")?;
    app.alarm.ring();
    start_step(state, step);
    Ok(())
}

/// The bot may not delete the thread now: it is tried again a day later, while there is a record.
pub(super) async fn try_again(app: &App, tx: &mut WriteTx, ticket: TicketId) -> Result<()> {
    Ok(timers::set(tx, ticket, DELETION, app.now_at_discord() + DAY, "{}").await.context("put a deletion off")?)
}
