//! People close tickets through the bot: by the *Close* button, by a form with the reason, by `/ticket close`.
//!
//! Whoever closes gets a private answer first, because nothing can be answered in an archived thread. The reason goes to
//! the notice in the thread and is not stored.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::desk::Desk;
use super::machine::{self, Progress};
use super::steps::KINDS;
use super::{TicketMsg, announced};
use crate::app::App;
use crate::discord::BotContext;
use crate::discord::components::{self, Button};
use crate::discord::forms::{self, Field};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::domain::clock::Timestamp;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Event, Notice, State, Timer};
use crate::domain::reason;
use crate::domain::rights::Action;
use crate::domain::settings::{AskReason, Closing};
use crate::error::Result;
use crate::i18n::{self, CommonMsg};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes;
use crate::storage::lifecycle::{self, Record};
use crate::work::Held;

/// The *Close* button in a ticket.
pub(super) const BUTTON: Route =
    Route::component("cls", Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

/// Confirms the closing where no reason is asked for.
pub(super) const CONFIRM: Route =
    Route::component("clc", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

/// The form with the reason.
pub(super) const FORM: Route =
    Route::form("clf", Audience::Person, |request| Box::pin(async move { on_form(&request).await }));

async fn on_button(request: &Request) -> Result<Answer> {
    request.content::<()>()?;
    let desk = Desk::here(&request.state, &request.caller).await?;
    ask(&request.state, &desk, None).await
}

/// What somebody who wants to close a ticket is asked: the reason, or whether they mean it. Then it closes, at once or
/// after a delay.
pub(super) async fn ask(state: &Arc<BotContext>, desk: &Desk<'_>, delay: Option<Duration>) -> Result<Answer> {
    desk.check(Action::Close).await?;
    check_open(Some(desk.record.clone()))?;
    let caller = desk.caller;
    let holder = Holder { guild: caller.guild.ok_or(CommonMsg::GuildOnly)?, user: caller.user };
    let ask_reason = desk.settings().closing.ask_reason;
    if ask_reason == AskReason::Never {
        let id = CONFIRM.id_for(state, holder, &(desk.record.ticket,));
        let rows = components::row([Button::danger(id, i18n::render(&caller.reader, &TicketMsg::CloseButton))]);
        let msg = TicketMsg::CloseAsk.into();
        return Ok(Reply::Card { msg, preview: None, rows, in_place: false }.into());
    }
    let id = FORM.id_for(state, holder, &(desk.record.ticket, delay.unwrap_or_default().as_secs()));
    let is_required = ask_reason == AskReason::Always;
    let field = Field {
        label: &TicketMsg::CloseReasonLabel,
        placeholder: if is_required { &TicketMsg::CloseReasonRequired } else { &TicketMsg::CloseReasonOptional },
        value: "",
        max_length: reason::MAX_LENGTH,
        long: true,
    };
    let form = forms::one_field(&caller.reader, id, &TicketMsg::CloseFormTitle, &field);
    Ok(Reply::Form(if is_required { form.required() } else { form }).into())
}

async fn on_confirm(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    let answer = close_at(&request.state, &desk, None).await?;
    let msg = TicketMsg::CloseDone.into();
    let reply = Reply::Card { msg, preview: None, rows: Vec::new(), in_place: true };
    Ok(Answer { reply, ..answer })
}

async fn on_form(request: &Request) -> Result<Answer> {
    let (ticket, delay) = request.content::<(TicketId, u64)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    let reason = request.pressed.text(forms::FIELD);
    match delay {
        0 => close_at(&request.state, &desk, reason).await,
        seconds => close_later(&request.state, &desk, Duration::from_secs(seconds), reason).await,
    }
}

/// `/ticket close`, in the thread of a ticket.
pub async fn close(
    state: &Arc<BotContext>,
    caller: &Caller,
    reason: Option<&str>,
    delay: Option<&str>,
) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Close).await?;
    let delay = delay.map(|text| announced::read_delay(state, text)).transpose()?;
    let has_reason = reason.and_then(reason::tidy).is_some();
    if desk.settings().closing.ask_reason == AskReason::Always && !has_reason {
        return ask(state, &desk, delay).await;
    }
    match delay {
        None => close_at(state, &desk, reason).await,
        Some(delay) => close_later(state, &desk, delay, reason).await,
    }
}

/// Closes a ticket for the caller. Of two at the same time, the second is told that it is closed.
pub(super) async fn close_at(state: &Arc<BotContext>, desk: &Desk<'_>, reason: Option<&str>) -> Result<Answer> {
    desk.check(Action::Close).await?;
    let reason = check_reason(desk, reason)?;
    close_with(state, desk, Notice::Closed, reason.as_deref(), None).await
}

async fn close_later(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    delay: Duration,
    reason: Option<&str>,
) -> Result<Answer> {
    desk.check(Action::Close).await?;
    let reason = check_reason(desk, reason)?;
    announced::close_in(state, desk, delay, reason.as_deref()).await
}

/// The reason as it is shown. Discord does not check that a required field holds something to read.
fn check_reason(desk: &Desk<'_>, written: Option<&str>) -> Result<Option<String>> {
    let reason = written.and_then(reason::tidy);
    if reason.is_none() && desk.settings().closing.ask_reason == AskReason::Always {
        return Err(TicketMsg::CloseReasonMissing.into());
    }
    Ok(reason)
}

/// Closes a ticket; the caller has checked the rights. `agreed_to`: the pending question to its owner that is answered.
pub(super) async fn close_with(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    notice: Notice,
    reason: Option<&str>,
    agreed_to: Option<i64>,
) -> Result<Answer> {
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to close a ticket")?;
    let record = check_open(lifecycle::load_ticket(&mut tx, desk.record.ticket).await.context("load a ticket")?)?;
    if let Some(set_at) = agreed_to {
        let pending = announced::load(&mut tx, record.ticket, Timer::Ask).await?;
        pending.filter(|(pending, _)| pending.set_at == set_at).ok_or(TicketMsg::AlreadyDecided)?;
    }
    let archive_at = archive_at(&desk.settings().closing, app.now_at_discord());
    let progress =
        Progress { by: Some(desk.caller.user), reason: reason.map(str::to_owned), archive_at, ..Progress::NONE };
    let event = Event::Closed { notice, stays: archive_at.is_some() };
    let applied = machine::apply_in(app, &mut tx, record, event, progress).await?;
    tx.commit().await.context("commit that a ticket is closed")?;
    let held = Held::new(state, applied.committed(app));
    Ok(Answer::followed_by(TicketMsg::CloseDone, async move { held.carry_out(KINDS).await }))
}

/// The ticket, if it is open or rests.
pub(super) fn check_open(record: Option<Record>) -> Result<Record> {
    let record = record.ok_or(TicketMsg::TicketGone)?;
    match record.state {
        State::Open | State::Dormant => Ok(record),
        State::Closed => Err(TicketMsg::TicketIsClosed.into()),
        State::Opening => Err(TicketMsg::TicketNotReady.into()),
    }
}

/// When the thread of a ticket that is closed now is archived; `None`: at once.
pub(super) fn archive_at(settings: &Closing, now: Timestamp) -> Option<Timestamp> {
    (settings.visible_hours > 0).then(|| now + Duration::from_hours(settings.visible_hours.into()))
}

/// How tickets of this inbox are closed; the defaults if it was deleted.
pub(super) async fn settings_of(app: &App, record: &Record) -> Result<Closing> {
    let inbox = match record.inbox {
        Some(inbox) => inboxes::find(&app.db, inbox).await.context("find a ticket's inbox")?,
        None => None,
    };
    Ok(inbox.map(|inbox| inbox.settings.closing).unwrap_or_default())
}
