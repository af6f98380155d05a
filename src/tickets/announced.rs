//! Closings that are announced in the ticket: scheduled by somebody, or asked of its owner.
//!
//! An announcement is a timer and a message with buttons. Whatever comes first decides it: a button, a message of the
//! owner, the time, or the end of the ticket by other means. Each decision deletes the timer in its transaction, so that
//! there is one outcome; whoever comes later is told so.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::TicketMsg;
use super::close::start_step;
use super::closing::{self, check_open};
use super::desk::Desk;
use super::machine::{self, Progress};
use super::steps::{self, KINDS};
use crate::app::App;
use crate::discord::BotContext;
use crate::discord::event::Wrote;
use crate::discord::interaction::Caller;
use crate::discord::respond::Answer;
use crate::domain::clock::Timestamp;
use crate::domain::delay;
use crate::domain::ids::{MessageId, TicketId, UserId};
use crate::domain::lifecycle::{Event, Notice, Timer};
use crate::domain::rights::Action;
use crate::error::Result;
use crate::i18n::{Mention, PointInTime};
use crate::router::{Audience, Request, Route};
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{Holder, Step};
use crate::storage::timers::{self, NEVER};
use crate::storage::{WriteTx, steps as stored_steps};
use crate::work::{self, Held, Outcome, Tools};

/// What a timer of the kinds [`Timer::Close`] and [`Timer::Ask`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Announcement {
    pub by: UserId,
    /// Milliseconds; tells it from earlier ones of the ticket.
    pub set_at: i64,
    /// `None`: not posted yet.
    #[serde(default)]
    pub message: Option<MessageId>,
}

/// What an announcement says in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "settled", rename_all = "snake_case")]
pub(super) enum Settled {
    /// Only its buttons go.
    Silently,
    /// Decided before it could be posted.
    Overtaken,
    CancelledBy {
        by: UserId,
    },
    KeptBy {
        by: UserId,
    },
    /// The owner wrote a message.
    OwnerWrote,
    /// The ticket has another owner.
    Transferred,
}

impl Settled {
    pub(super) fn text(self, record: &Record) -> TicketMsg {
        match self {
            Self::CancelledBy { by } => TicketMsg::SettledCancelled { by: Mention(by) },
            Self::KeptBy { by } => TicketMsg::SettledKept { by: Mention(by) },
            Self::OwnerWrote => TicketMsg::SettledOwnerWrote { owner: Mention(record.owner) },
            Self::Transferred => TicketMsg::SettledTransferred { owner: Mention(record.owner) },
            Self::Silently | Self::Overtaken => TicketMsg::SettledOvertaken,
        }
    }
}

/// Cancels a scheduled closing.
pub(super) const CANCEL: Route =
    Route::component("ccl", Audience::Everybody, |request| Box::pin(async move { on_cancel(&request).await }));

/// The owner agrees to close the ticket.
pub(super) const AGREE: Route =
    Route::component("acl", Audience::Everybody, |request| Box::pin(async move { on_agree(&request).await }));

/// The ticket stays open.
pub(super) const KEEP: Route =
    Route::component("akp", Audience::Everybody, |request| Box::pin(async move { on_keep(&request).await }));

/// Reads a delay that somebody typed. Without the events of messages, a message of the owner could not stop it.
pub(super) fn read_delay(state: &BotContext, text: &str) -> Result<Duration> {
    if !state.intents.guild_messages {
        return Err(TicketMsg::DelayNeedsMessages.into());
    }
    let delay = delay::parse(text).map_err(|refusal| match refusal {
        delay::Refusal::Unreadable => TicketMsg::DelayUnreadable,
        delay::Refusal::TooShort | delay::Refusal::TooLong => TicketMsg::DelayOutOfRange,
    })?;
    Ok(delay)
}

/// Schedules the closing of a ticket.
pub(super) async fn close_in(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    delay: Duration,
    reason: Option<&str>,
) -> Result<Answer> {
    let at = state.app.now_at_discord() + delay;
    let sealed = reason.and_then(|reason| state.app.text_seal.seal(desk.record.ticket, reason));
    announce(state, desk, Timer::Close, Some(at), sealed, TicketMsg::CloseScheduled { at: PointInTime(at) }).await
}

/// Asks the owner of the ticket of the thread whether it can be closed; without an answer it is closed `after` a time.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, after: Option<&str>) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::AskToClose).await?;
    let delay = after.map(|text| read_delay(state, text)).transpose()?;
    let at = delay.map(|delay| state.app.now_at_discord() + delay);
    let msg = match at {
        Some(at) => TicketMsg::AskDoneUntil { at: PointInTime(at) },
        None => TicketMsg::AskDone,
    };
    announce(state, &desk, Timer::Ask, at, None, msg).await
}

async fn announce(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    timer: Timer,
    at: Option<Timestamp>,
    sealed: Option<Vec<u8>>,
    msg: TicketMsg,
) -> Result<Answer> {
    let (app, tools) = (&state.app, Tools { app: &state.app, rest: &state.rest });
    let mut tx = app.db.begin_write().await.context("begin an announcement")?;
    let record = check_open(lifecycle::load_ticket(&mut tx, desk.record.ticket).await.context("load a ticket")?)?;
    desk.check_posting(&record)?;
    let earlier = load(&mut tx, record.ticket, timer).await?.map(|(earlier, _)| earlier);
    let after = earlier.map_or(0, |earlier| earlier.set_at + 1);
    let announcement = Announcement { by: desk.caller.user, set_at: app.now().millis().max(after), message: None };
    let payload = write(announcement)?;
    let due_at = at.unwrap_or(NEVER);
    timers::set(&mut tx, record.ticket, timer.as_str(), due_at, &payload).await.context("set a timer")?;
    let mut held = None;
    if let Some(message) = earlier.and_then(|earlier| earlier.message) {
        held = steps::add_settling(tools, &mut tx, &record, message, Settled::Silently, Some(&app.holder)).await?;
    }
    let step = steps::add_announcement(tools, &mut tx, &record, timer, announcement, at, sealed).await?;
    // Before the commit: the owner may answer at once.
    app.awaited.extend(record.thread_id);
    tx.commit().await.context("commit an announcement")?;
    app.alarm.ring();
    let held = Held::new(state, held.or(step));
    Ok(Answer::followed_by(msg, async move { held.carry_out(KINDS).await }))
}

async fn on_cancel(request: &Request) -> Result<Answer> {
    let (ticket, set_at) = request.content::<(TicketId, i64)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    if !desk.actor().is_owner {
        desk.check(Action::Close).await?;
    }
    let settled = Settled::CancelledBy { by: request.caller.user };
    stop(&request.state, &desk, Timer::Close, set_at, settled, TicketMsg::CancelDone).await
}

async fn on_keep(request: &Request) -> Result<Answer> {
    let (ticket, set_at) = request.content::<(TicketId, i64)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    if !desk.actor().is_owner {
        desk.check(Action::AskToClose).await?;
    }
    let settled = Settled::KeptBy { by: request.caller.user };
    stop(&request.state, &desk, Timer::Ask, set_at, settled, TicketMsg::KeepDone).await
}

/// Stops an announced closing.
async fn stop(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    timer: Timer,
    set_at: i64,
    settled: Settled,
    msg: TicketMsg,
) -> Result<Answer> {
    let mut tx = state.app.db.begin_write().await.context("begin to stop a closing")?;
    let record = check_open(lifecycle::load_ticket(&mut tx, desk.record.ticket).await.context("load a ticket")?)?;
    let pending = load(&mut tx, record.ticket, timer).await?;
    let pending = pending.filter(|(pending, _)| pending.set_at == set_at).ok_or(TicketMsg::AlreadyDecided)?.0;
    let tools = Tools { app: &state.app, rest: &state.rest };
    let step = settle(tools, &mut tx, &record, timer, pending, settled, Some(&state.app.holder)).await?;
    tx.commit().await.context("commit that a closing is stopped")?;
    let held = Held::new(state, step);
    Ok(Answer::followed_by(msg, async move { held.carry_out(KINDS).await }))
}

/// The ticket has another owner: what was announced to the former one does not hold. Whoever is at the ticket's lane goes
/// on with the steps.
pub(super) async fn end_all(tools: Tools<'_>, tx: &mut WriteTx, record: &Record) -> Result<()> {
    for timer in [Timer::Close, Timer::Ask] {
        if let Some((pending, _)) = load(tx, record.ticket, timer).await? {
            settle(tools, tx, record, timer, pending, Settled::Transferred, None).await?;
        }
    }
    Ok(())
}

/// Deletes the timer, and what is due of it, and settles its message. The caller holds the returned step, if there is a
/// `holder`.
async fn settle(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    timer: Timer,
    pending: Announcement,
    settled: Settled,
    holder: Option<&Holder>,
) -> Result<Option<Step>> {
    timers::delete(tx, record.ticket, timer.as_str()).await.context("delete a timer")?;
    for step in stored_steps::list(tx, machine::lane(record)).await.context("list a ticket's steps")? {
        if steps::is_due_of(&step, timer) {
            stored_steps::delete(tx, step.id).await.context("drop what was due")?;
            tools.app.alarm.ring();
        }
    }
    match pending.message {
        Some(message) => steps::add_settling(tools, tx, record, message, settled, holder).await,
        None => Ok(None),
    }
}

/// The owner agrees; nobody else can.
async fn on_agree(request: &Request) -> Result<Answer> {
    let (ticket, set_at) = request.content::<(TicketId, i64)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    if !desk.actor().is_owner {
        return Err(TicketMsg::OwnerOnly.into());
    }
    closing::close_with(&request.state, &desk, Notice::Agreed, None, Some(set_at)).await
}

/// Somebody wrote in a thread in which a message of the owner decides something.
pub async fn on_wrote(state: &Arc<BotContext>, wrote: Wrote) -> Result<()> {
    let (app, tools) = (&state.app, Tools { app: &state.app, rest: &state.rest });
    let mut tx = app.db.begin_write().await.context("begin to follow a message")?;
    let record = lifecycle::load(&mut tx, wrote.thread).await.context("load a ticket")?;
    let Some(record) = record else {
        app.awaited.remove(wrote.thread);
        return Ok(());
    };
    let (mut step, mut is_awaited) = (None, false);
    for timer in [Timer::Close, Timer::Ask] {
        let Some((pending, _)) = load(&mut tx, record.ticket, timer).await? else { continue };
        let is_answer = pending.message.is_none_or(|message| message < wrote.message);
        if wrote.author == record.owner && is_answer {
            let settled = Settled::OwnerWrote;
            let begun = settle(tools, &mut tx, &record, timer, pending, settled, Some(&app.holder)).await?;
            step = step.or(begun);
        } else {
            is_awaited = true;
        }
    }
    tx.commit().await.context("commit what follows from a message")?;
    if !is_awaited {
        app.awaited.remove(wrote.thread);
    }
    start_step(state, step);
    Ok(())
}

/// Reads from the database which threads are awaited.
pub async fn load_awaited(app: &App) -> Result<()> {
    let kinds = [Timer::Close, Timer::Ask].map(Timer::as_str);
    app.awaited.extend(timers::list_threads(&app.db, kinds).await.context("list awaited threads")?);
    Ok(())
}

/// An announced closing is due. A step makes sure that the owner has not written, and closes the ticket.
pub(super) async fn on_due(state: &Arc<BotContext>, ticket: TicketId, timer: Timer) -> Result<()> {
    let (app, tools) = (&state.app, Tools { app: &state.app, rest: &state.rest });
    let mut tx = app.db.begin_write().await.context("begin what is due")?;
    let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
    let pending = load(&mut tx, ticket, timer).await?;
    let Some((record, (pending, due_at))) = record.zip(pending) else { return Ok(()) };
    // Set anew meanwhile.
    if due_at > app.now_at_discord() {
        return Ok(());
    }
    timers::set(&mut tx, ticket, timer.as_str(), NEVER, &write(pending)?).await.context("put a timer aside")?;
    let step = steps::add_due(tools, &mut tx, &record, timer, pending).await?;
    tx.commit().await.context("commit what is due")?;
    if let Some(step) = step {
        work::spawn(state, KINDS, step);
    }
    Ok(())
}

/// Ends the step of a due timer by closing the ticket.
pub(super) async fn close_due(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    timer: Timer,
    pending: Announcement,
) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to close a ticket that is due")?;
    if !stored_steps::finish(&mut tx, step).await.context("finish what was due")? {
        return Ok(Outcome::Overtaken);
    }
    let notice = if timer == Timer::Ask { Notice::Unanswered } else { Notice::Scheduled };
    let settings = closing::settings_of(tools.app, record).await?;
    let archive_at = closing::archive_at(&settings, tools.app.now_at_discord());
    let progress = Progress { by: Some(pending.by), archive_at, ..Progress::NONE };
    let event = Event::Closed { notice, stays: archive_at.is_some() };
    machine::finish_in(tools.app, tx, step, &[event], progress).await?;
    Ok(Outcome::Done)
}

/// Ends the step of a due timer: the owner has written while the bot was away, or it was never posted.
pub(super) async fn keep_due(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    timer: Timer,
    pending: Announcement,
) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to keep a ticket open")?;
    if !stored_steps::finish(&mut tx, step).await.context("finish what was due")? {
        return Ok(Outcome::Overtaken);
    }
    timers::delete(&mut tx, record.ticket, timer.as_str()).await.context("delete a timer")?;
    if let Some(message) = pending.message {
        drop(steps::add_settling(tools, &mut tx, record, message, Settled::OwnerWrote, None).await?);
    }
    tx.commit().await.context("commit that a ticket stays open")?;
    tools.app.alarm.ring();
    Ok(Outcome::Done)
}

/// A ticket's pending announcement of this kind, read without holding the writer.
pub(super) async fn find(app: &App, ticket: TicketId, timer: Timer) -> Result<Option<Announcement>> {
    let found = timers::find(&app.db, ticket, timer.as_str()).await.context("find an announcement")?;
    found.map(|found| read(&found.payload)).transpose()
}

/// The same with its time; it cannot change until `tx` ends.
pub(super) async fn load(
    tx: &mut WriteTx,
    ticket: TicketId,
    timer: Timer,
) -> Result<Option<(Announcement, Timestamp)>> {
    let all = timers::list(tx, ticket).await.context("list a ticket's timers")?;
    let found = all.into_iter().find(|found| found.kind == timer.as_str());
    found.map(|found| Ok((read(&found.payload)?, found.due_at))).transpose()
}

pub(super) fn read(payload: &str) -> Result<Announcement> {
    Ok(serde_json::from_str(payload).context("read an announcement")?)
}

pub(super) fn write(announcement: Announcement) -> Result<String> {
    Ok(serde_json::to_string(&announcement).context("write an announcement")?)
}
