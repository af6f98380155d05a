//! Opens a ticket for a click on *Create Ticket*, a choice in a panel's menu, or for whoever asks by another way (`ways`):
//! reserve, create the thread, add owner and staff, open. An inbox with a form shows it first (`form`).
//!
//! The row is stored before the thread is created, with a step (`steps::open`) that finishes or undoes an interrupted
//! opening. The common case takes three sequential requests: thread, starter message, answer. A fourth adds the owner
//! by name when the tickets go to another channel or the starter does not mention them. For another channel, what the
//! member may do there is asked for first.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::admit::for_whom;
use super::first_message::{Author, FirstMessage};
use super::form::{self, FormMsg};
use super::frequent;
use super::machine::{self, Progress};
use super::open_request::{OpenRequest, Stage, Which};
use super::opening::{Obstacle, Opening};
use super::reserve::{Reservation, Reserved, reserve};
use super::steps::KINDS;
use crate::app::App;
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Reply};
use crate::discord::rest::Rest;
use crate::discord::{BotContext, Refusal, RestError, guild, report};
use crate::domain::clock::Timestamp;
use crate::domain::custom_id::{CREATE_TICKET, PANEL_MENU};
use crate::domain::ids::{ChannelId, InboxId, InteractionId, MessageId, ThreadId, TicketId};
use crate::domain::lifecycle::Event;
use crate::domain::permissions::{self, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{CommonMsg, Mention, Msg, PointInTime, ThreadLink};
use crate::router::{Audience, BeforeWaiting, Request, Route};
use crate::storage::inboxes::Inbox;
use crate::storage::reservations;
use crate::tickets::{OpenMsg, TicketMsg, WaysMsg};
use crate::work::{self, Holding, Tools};

/// An opened ticket.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    pub ticket: TicketId,
    pub thread: ThreadId,
    /// When the staff is back; `None`: it is there.
    pub opens: Option<Timestamp>,
}

/// What came of a request.
enum Outcome {
    Opened(Opened),
    /// The inbox asks for something before.
    Asks(Box<Inbox>),
    /// It was already handled.
    Repeated,
}

/// Opens the ticket that is asked for, and says where it is, or shows what the inbox asks for before. `in_place`:
/// instead of the private message whose component was used.
pub(super) async fn answer(state: &Arc<BotContext>, asked: &OpenRequest, in_place: bool) -> Result<Answer> {
    answer_with(state, asked, form::Fetched::NONE, in_place).await
}

/// The same with the files of a form.
pub(super) async fn answer_with(
    state: &Arc<BotContext>,
    asked: &OpenRequest,
    files: form::Fetched,
    in_place: bool,
) -> Result<Answer> {
    let opened = match open_ticket(state, asked, files).await? {
        Outcome::Repeated => return Ok(Reply::Repeated(TicketMsg::TicketUncertain.into()).into()),
        Outcome::Asks(inbox) if asked.stage == Stage::Begin && !inbox.settings.frequent.answers.is_empty() => {
            return Ok(frequent::show(state, asked, &inbox).into());
        }
        Outcome::Asks(inbox) => return Ok(form::show(state, asked, &inbox).into()),
        Outcome::Opened(opened) => opened,
    };
    let state = Arc::clone(state);
    let ticket = ThreadLink { guild: asked.guild, thread: opened.thread };
    let msg: Msg = match (asked.opened_by, opened.opens.map(PointInTime)) {
        (Some(_), _) => WaysMsg::OpenedFor { who: Mention(asked.member), ticket }.into(),
        (None, None) => TicketMsg::TicketReady { ticket }.into(),
        (None, Some(opens)) => OpenMsg::ReadyLater { ticket, opens }.into(),
    };
    let undo = async move {
        report::log("take back a ticket", take_back(&state.app, &state.rest, &opened).await);
    };
    let shown =
        if in_place { Reply::Card { msg, preview: None, rows: Vec::new(), in_place } } else { Reply::Text(msg) };
    Ok(Answer::undone_by(shown, undo))
}

async fn open_ticket(state: &BotContext, asked: &OpenRequest, files: form::Fetched) -> Result<Outcome> {
    let (app, rest) = (&state.app, &state.rest);
    let mut seeing = Cow::Borrowed(asked);
    let reserved = loop {
        match reserve(app, &seeing).await? {
            Reservation::Made(reserved) => break reserved,
            Reservation::Asks(inbox) => return Ok(Outcome::Asks(inbox)),
            Reservation::Repeated => return Ok(Outcome::Repeated),
            Reservation::Unseen(channel) => {
                seeing.to_mut().elsewhere = Some((channel, look(state, asked, channel).await));
            }
        }
    };
    let tools = Tools { app, rest };
    let holding = Holding::of(app, &reserved.step);
    let opening = opening_for(tools, asked, &reserved, files);
    let thread = match make_thread(&opening, asked, &reserved).await {
        Ok(thread) => thread,
        // The row stays: only the guild's threads show whether Discord created one.
        Err(fault) if fault.may_have_acted() => {
            tracing::warn!(ticket.id = %reserved.ticket, %fault, "the thread may or may not exist");
            holding.end();
            work::postpone_for(app, &reserved.step, work::AFTER_SILENCE, &work::cause_of(&fault)).await;
            return Err(TicketMsg::TicketUncertain.into());
        }
        Err(fault) => {
            let failed = machine::finish(app, &reserved.step, &[Event::OpeningFailed { discard: false }], NONE).await;
            failed?;
            holding.end();
            return Err(explain(fault, "create the thread"));
        }
    };
    match opening.fill(thread, 0).await {
        Ok(()) => {}
        // The step stores it later.
        Err(Obstacle::NotStored(error)) => {
            tracing::error!(ticket.id = %reserved.ticket, thread.id = %thread, error = format!("{error:#}"), "could not store that a ticket is open");
            return Ok(Outcome::Opened(Opened { ticket: reserved.ticket, thread, opens: reserved.opens }));
        }
        // Nobody is in the thread. The step finishes it for a member who was promised a ticket, and undoes it otherwise.
        Err(Obstacle::Storage(error)) => {
            tracing::error!(ticket.id = %reserved.ticket, thread.id = %thread, error = format!("{error:#}"), "could not store the thread of a ticket");
            return Err(TicketMsg::TicketUncertain.into());
        }
        Err(obstacle) => {
            machine::finish(app, &reserved.step, &[Event::OpeningFailed { discard: true }], NONE).await?;
            holding.end();
            work::carry_out_lane(tools, KINDS, reserved.ticket.into()).await;
            return Err(explain_obstacle(asked, obstacle));
        }
    }
    holding.end();
    Ok(Outcome::Opened(Opened { ticket: reserved.ticket, thread, opens: reserved.opens }))
}

/// What the member may do in the channel of the tickets: two concurrent requests, or none if somebody's was looked for
/// there a moment ago. Nobody is refused for what may have changed since. `None`: nobody can tell.
async fn look(state: &BotContext, asked: &OpenRequest, channel: ChannelId) -> Option<Permissions> {
    let now = state.app.clock.monotonic();
    let mut granted = None;
    for since in [now.saturating_sub(guild::KEPT_FOR), now] {
        match state.sights.look(&state.rest, asked.guild, BTreeSet::from([channel]), since, now).await {
            Ok(sight) => granted = sight.permissions_in(channel, asked.member, &asked.roles),
            Err(fault) => {
                tracing::warn!(guild.id = %asked.guild, %fault, "could not find out what a member may do in another channel");
                return None;
            }
        }
        if granted.is_some_and(|has| permissions::missing(permissions::OWNER_NEEDS, has).is_empty()) {
            break;
        }
    }
    granted
}

const NONE: Progress = Progress::NONE;

/// Undoes a ticket because another process opened one for the same click: its thread is deleted, and it does not count.
pub async fn take_back(app: &App, rest: &Rest, opened: &Opened) -> Result<()> {
    if let Some(step) = machine::apply(app, machine::Which::Ticket(opened.ticket), Event::TakenBack).await? {
        work::carry_out(Tools { app, rest }, KINDS, step).await;
    }
    Ok(())
}

/// Records, before Discord shows it, that the member sees the bot at work: they are owed a ticket or an answer, even
/// after a crash.
pub async fn promise(app: &App, click: InteractionId) {
    if let Err(error) = reservations::promise(&app.db, click).await {
        tracing::error!(interaction.id = %click, %error, "could not store that a member waits for a ticket");
    }
}

fn opening_for<'a>(
    tools: Tools<'a>,
    asked: &OpenRequest,
    reserved: &'a Reserved,
    fetched: form::Fetched,
) -> Opening<'a> {
    let Reserved { ticket, step, inbox, staff, counter, at, .. } = reserved;
    let form = form::Asked { questions: &inbox.settings.form.questions, answers: asked.answers(), is_lost: false };
    let author = Author { user: asked.member, name: Some(&asked.display_name) };
    let first = FirstMessage::render(&inbox.settings, form, author, staff, &asked.guild_locale);
    Opening {
        tools,
        step,
        ticket: *ticket,
        counter: *counter,
        guild: asked.guild,
        guild_locale: asked.guild_locale.clone(),
        owner: asked.member,
        parent: inbox.settings.destination,
        since: *at,
        asked_at: asked.interaction.created_at(),
        adds_owner: Some(inbox.settings.destination) != asked.channel || !first.starter.brings_author,
        first,
        fetched,
    }
}

async fn make_thread(
    opening: &Opening<'_>,
    asked: &OpenRequest,
    reserved: &Reserved,
) -> std::result::Result<ThreadId, RestError> {
    // The click already shows it: skip a request that would be refused.
    let is_known_to_lack = asked
        .bot_permissions
        .is_some_and(|permissions| !permissions::missing(permissions::DESTINATION_NEEDS, permissions).is_empty());
    if Some(opening.parent) == asked.channel && is_known_to_lack {
        return Err(RestError::refused_locally(Refusal::MissingPermissions));
    }
    opening.make_thread(&reserved.name).await
}

fn explain_obstacle(asked: &OpenRequest, obstacle: Obstacle) -> Error {
    match obstacle {
        // The admins' text alone was accepted before, most likely.
        Obstacle::Discord { fault, .. } if fault.refusal() == Some(Refusal::AutoMod) && asked.answers().is_some() => {
            tracing::warn!(%fault, "the answers of a form were refused");
            FormMsg::AnswersBlocked.into()
        }
        Obstacle::OwnerOutOfReach => {
            for_whom(asked, TicketMsg::DestinationHidden, |who| WaysMsg::OwnerOutOfReach { who })
        }
        Obstacle::Overtaken => TicketMsg::ThreadVanished.into(),
        Obstacle::Discord { fault, doing } => explain(fault, doing),
        Obstacle::Storage(error) | Obstacle::NotStored(error) => error.into(),
    }
}

/// The member's message for a failed request.
fn explain(fault: RestError, doing: &'static str) -> Error {
    let msg = match fault.refusal() {
        Some(Refusal::MissingAccess | Refusal::MissingPermissions) => TicketMsg::DestinationForbidden,
        Some(Refusal::AutoMod) => TicketMsg::StarterBlocked,
        Some(Refusal::Unknown) => TicketMsg::DestinationGone,
        Some(Refusal::TooManyThreads) => TicketMsg::TooManyThreads,
        None if !matches!(fault, RestError::Broken(_) | RestError::Limited(_)) => TicketMsg::DiscordUnavailable,
        _ => return anyhow::Error::new(fault).context(doing).into(),
    };
    tracing::warn!(%fault, doing, "a ticket could not be opened");
    msg.into()
}

/// Of every route that may open a ticket.
pub(super) const PROMISE: BeforeWaiting =
    |state, interaction, _| Box::pin(async move { promise(&state.app, interaction).await });

/// For every member who sees the panel. Admission is decided when it is clicked.
pub const BUTTON: Route =
    Route::component(CREATE_TICKET, Audience::Everybody, |request| Box::pin(async move { on_click(&request).await }))
        .before_waiting(PROMISE);

/// The menu of a panel with several inboxes. The message shows the menu unchanged, so that it can be used again.
pub const MENU: Route =
    Route::component(PANEL_MENU, Audience::Everybody, |request| Box::pin(async move { on_choice(&request).await }))
        .redraws()
        .before_waiting(|state, interaction, message| {
            Box::pin(async move {
                promise(&state.app, interaction).await;
                if let Some(message) = message {
                    // A deferral leaves the choice in the menu.
                    report::log("refresh a panel", refresh(&state.app, message).await);
                }
            })
        });

async fn refresh(app: &App, panel: MessageId) -> Result<()> {
    Ok(app.refresh_panel(panel).await.context("refresh a panel")?)
}

async fn on_click(request: &Request) -> Result<Answer> {
    // Buttons of panels that show one inbox, and those of earlier versions, name none.
    let inbox = match request.content::<()>() {
        Ok(()) => None,
        Err(_) => Some(request.content::<(InboxId,)>()?.0),
    };
    open_for(request, inbox).await
}

/// Whatever comes of it, the answer resets the menu: Discord sends nothing when the same entry is chosen twice.
async fn on_choice(request: &Request) -> Result<Answer> {
    let chosen = match request.pressed.values.first() {
        Some(Selected::Value(value)) => value.parse::<InboxId>().ok(),
        _ => None,
    };
    let outcome = match chosen {
        Some(inbox) => open_for(request, Some(inbox)).await,
        None => Err(CommonMsg::OutdatedComponent.into()),
    };
    // Any other answer, such as a form, leaves the choice in the menu.
    if let Some(message) = request.pressed.message
        && !matches!(outcome, Ok(Answer { reply: Reply::Text(_), .. }) | Err(_))
    {
        report::log("refresh a panel", refresh(&request.state.app, message).await);
    }
    Ok(match outcome {
        Ok(Answer { reply: Reply::Text(msg), undo, after, further }) => {
            Answer { reply: Reply::Reset(msg), undo, after, further }
        }
        Ok(answer) => answer,
        Err(error) => Reply::Reset(report::explain(&request.state.app, request.interaction, error)).into(),
    })
}

async fn open_for(request: &Request, inbox: Option<InboxId>) -> Result<Answer> {
    let message = request.pressed.message.ok_or_else(|| anyhow!("a panel was used without its message"))?;
    let inbox = inbox.map_or(Which::FirstOn(message), |inbox| Which::On(message, inbox));
    let asked = OpenRequest::of(&request.caller, request.interaction, inbox)?;
    answer(&request.state, &asked, false).await
}
