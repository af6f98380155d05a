//! Posts that a ticket will be closed, or asks its owner whether it can be, with the buttons that decide it.
//!
//! The timer of the announcement is set by the transaction that stores this step; the message is then noted in the
//! timer, so that its buttons can be taken away. What was decided before it could be posted is said instead. While its
//! nonce is valid, the message is simply posted again. After that it is searched for.
//!
//! What was never said does not take effect: when the message is refused, comes too late or is given up, when the thread
//! is archived meanwhile, and when nobody can tell whether it was posted, the timer is deleted, and a line tells whoever
//! announced it.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::line::{self, find_posted};
use super::{end, is_reason_blocked, what_is_gone, without_reason};
use crate::discord::channel_posts::{Found, first_line};
use crate::discord::components::{self, Button};
use crate::discord::threads;
use crate::domain::clock::Timestamp;
use crate::domain::ids::MessageId;
use crate::domain::lifecycle::{Event, State, Timer};
use crate::domain::reason;
use crate::error::Result;
use crate::i18n::{self, Locale, Mention, PointInTime};
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, NewStep, Step};
use crate::storage::timers;
use crate::tickets::announced::{self, Announcement, Settled};
use crate::tickets::line::Line;
use crate::tickets::machine::{self, Progress};
use crate::tickets::{TicketMsg, language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "announce";

const RETRIED_FOR: Duration = Duration::from_hours(24);

/// What is announced.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    is_question: bool,
    announcement: Announcement,
    /// In milliseconds; `None`: never by itself.
    due: Option<i64>,
    /// The owner is notified.
    notifies: bool,
}

/// Stores the announcement of a timer in the transaction that sets it. The caller holds the returned step.
pub(in crate::tickets) async fn add(
    tools: Tools<'_>,
    tx: &mut WriteTx,
    record: &Record,
    timer: Timer,
    announcement: Announcement,
    due: Option<Timestamp>,
    sealed: Option<Vec<u8>>,
) -> Result<Option<Step>> {
    let payload = Payload {
        is_question: timer == Timer::Ask,
        announcement,
        due: due.map(Timestamp::millis),
        notifies: announcement.by != record.owner,
    };
    let now = tools.app.now();
    let new = NewStep {
        lane: machine::lane(record),
        guild: record.guild,
        ticket: Some(record.ticket),
        kind: NAME,
        payload: serde_json::to_string(&payload).context("write an announcement's payload")?,
        sealed,
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    Ok(steps::insert(tx, &new, Some(&tools.app.holder)).await.context("store an announcement")?)
}

pub(super) struct Announce;

impl Kind for Announce {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(async move { withdraw(tools, step, read(step)?, None).await })
    }
}

fn read(step: &Step) -> Result<Payload> {
    Ok(serde_json::from_str(&step.payload).context("read an announcement's payload")?)
}

impl Payload {
    const fn timer(&self) -> Timer {
        if self.is_question { Timer::Ask } else { Timer::Close }
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let payload = read(step)?;
    let timer = payload.timer();
    let record = lifecycle::find_ticket(&tools.app.db, tasks::ticket(step)?).await.map_err(anyhow::Error::from)?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    if !matches!(record.state, State::Open | State::Dormant) {
        return end(tools, step, &[]).await;
    }
    let runs = announced::find(tools.app, record.ticket, timer).await?;
    let is_pending = runs.is_some_and(|now| now.set_at == payload.announcement.set_at);
    let locale = language_of(tools.app, record.guild).await?;
    let reason = step.sealed.as_deref().and_then(|sealed| tools.app.text_seal.open(record.ticket, sealed));
    let announced = word(&payload, &record, reason.as_deref(), &locale);
    let overtaken = i18n::render(&locale, &Settled::Overtaken.text(&record));
    let is_it = |posted: &str| {
        let posted = first_line(posted);
        posted == first_line(&announced) || !is_pending && posted == first_line(&overtaken)
    };
    match find_posted(tools, step, thread, step.deadline - RETRIED_FOR, is_it).await {
        Ok(Found::No) => {}
        Ok(Found::At(posted)) => return note(tools, step, &record, timer, payload.announcement, posted).await,
        Ok(Found::Unreadable) => return withdraw(tools, step, payload, None).await,
        Err(outcome) => return Ok(outcome),
    }
    let is_late = payload.due.is_some_and(|due| Timestamp::from_millis(due) <= tools.app.now_at_discord());
    if is_late || !record.thread.is_active() {
        return withdraw(tools, step, payload, None).await;
    }
    let (text, rows) =
        if is_pending { (announced, buttons(&payload, &record, &locale)) } else { (overtaken, Vec::new()) };
    let notified = (payload.notifies && is_pending).then_some(record.owner);
    let post = |text, rows| threads::post_with_buttons(tools.rest, thread, text, notified, rows, &step.nonce);
    let posted = match post(&text, rows.clone()).await {
        Err(fault) if is_reason_blocked(&fault, &text) => post(&without_reason(&text, &locale), rows).await,
        answered => answered,
    };
    match posted {
        Ok(posted) => note(tools, step, &record, timer, payload.announcement, posted).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %record.ticket, %fault, "an announcement in a ticket was refused");
            withdraw(tools, step, payload, what_is_gone(&fault)).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

/// Ends the step, and with it what could not be announced.
async fn withdraw(tools: Tools<'_>, step: &Step, payload: Payload, gone: Option<Event>) -> Result<Outcome> {
    let (ticket, timer) = (tasks::ticket(step)?, payload.timer());
    let mut tx = tools.app.db.begin_write().await.context("begin to withdraw an announcement")?;
    if !steps::finish(&mut tx, step).await.context("finish an announcement")? {
        return Ok(Outcome::Overtaken);
    }
    let pending = announced::load(&mut tx, ticket, timer).await?;
    if pending.is_some_and(|(now, _)| now.set_at == payload.announcement.set_at) {
        tracing::warn!(ticket.id = %ticket, "the closing of a ticket could not be announced and will not happen");
        timers::delete(&mut tx, ticket, timer.as_str()).await.context("delete a timer")?;
        let line = Line::NotAnnounced { by: payload.announcement.by };
        line::insert(tools.app, &mut tx, step.guild, ticket, line, None).await?;
    }
    machine::finish_in(tools.app, tx, step, gone.as_slice(), Progress::NONE).await?;
    Ok(Outcome::Done)
}

/// Ends the step, and notes the message in its timer. If that was decided meanwhile, the buttons are taken away.
async fn note(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    timer: Timer,
    announcement: Announcement,
    posted: MessageId,
) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to note an announcement")?;
    if !steps::finish(&mut tx, step).await.context("finish an announcement")? {
        return Ok(Outcome::Overtaken);
    }
    let pending = announced::load(&mut tx, record.ticket, timer).await?;
    match pending.filter(|(now, _)| now.set_at == announcement.set_at) {
        Some((now, due_at)) => {
            let noted = Announcement { message: Some(posted), ..now };
            let payload = announced::write(noted)?;
            timers::set(&mut tx, record.ticket, timer.as_str(), due_at, &payload).await.context("note a message")?;
        }
        None => drop(super::settle::add(tools, &mut tx, record, posted, Settled::Silently, None).await?),
    }
    tx.commit().await.context("commit an announcement")?;
    Ok(Outcome::Done)
}

fn word(payload: &Payload, record: &Record, reason: Option<&str>, locale: &Locale) -> String {
    let (by, owner) = (Mention(payload.announcement.by), Mention(record.owner));
    let at = payload.due.map(|due| PointInTime(Timestamp::from_millis(due)));
    let msg = match (payload.is_question, at) {
        (true, Some(at)) => TicketMsg::AskedUntil { owner, by, at },
        (true, None) => TicketMsg::Asked { owner, by },
        (false, at) => {
            let at = at.unwrap_or(PointInTime(Timestamp::from_millis(payload.announcement.set_at)));
            if by == owner { TicketMsg::AnnouncedByOwner { owner, at } } else { TicketMsg::Announced { owner, by, at } }
        }
    };
    let text = i18n::render(locale, &msg);
    match reason {
        Some(reason) => format!("{text}\n{}", reason::quote(reason)),
        None => text,
    }
}

fn buttons(payload: &Payload, record: &Record, locale: &Locale) -> Vec<poise::serenity_prelude::CreateActionRow> {
    let content = (record.ticket, payload.announcement.set_at);
    let label = |msg: TicketMsg| i18n::render(locale, &msg);
    if payload.is_question {
        components::row([
            Button::danger(announced::AGREE.id(&content), label(TicketMsg::AgreeButton)),
            Button::secondary(announced::KEEP.id(&content), label(TicketMsg::KeepButton)),
        ])
    } else {
        components::row([Button::secondary(announced::CANCEL.id(&content), label(TicketMsg::CancelButton))])
    }
}
