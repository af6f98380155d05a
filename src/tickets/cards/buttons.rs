//! The buttons of a card. Everybody who sees the card can click them: rights are checked at the ticket, and those that
//! somebody has in the card's channel do not count.

use std::sync::Arc;

use anyhow::Context as _;

use super::super::desk::Desk;
use super::super::{TicketMsg, claim, closing, language_of, reopen, waking};
use super::CardMsg;
use crate::app::App;
use crate::discord::respond::Answer;
use crate::discord::{BotContext, Refusal, cards as requests, report, threads};
use crate::domain::card::Place;
use crate::domain::happening::Happening;
use crate::domain::ids::{MessageId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{Flags, State, Thread};
use crate::domain::permissions::Permission;
use crate::domain::rights::Action;
use crate::domain::settings::LogKind;
use crate::error::{Error, Result};
use crate::i18n::{self, PermissionList, ThreadLink};
use crate::journal;
use crate::router::{Audience, Request, Route};
use crate::storage::cards;
use crate::storage::lifecycle::Record;

/// Adds whoever clicks to the ticket's thread.
pub(super) const JOIN: Route =
    Route::component("cjn", Audience::Everybody, |request| Box::pin(async move { on_join(&request).await }));

/// Claims the ticket.
pub(super) const CLAIM: Route =
    Route::component("ckl", Audience::Everybody, |request| Box::pin(async move { on_claim(&request).await }));

/// Closes the ticket, after the inbox's question.
pub(super) const CLOSE: Route =
    Route::component("ccs", Audience::Everybody, |request| Box::pin(async move { on_close(&request).await }));

/// Re-opens the ticket.
pub(super) const REOPEN: Route =
    Route::component("cro", Audience::Everybody, |request| Box::pin(async move { on_reopen(&request).await }));

/// Starts a thread on the card.
pub(super) const DISCUSS: Route =
    Route::component("cds", Audience::Everybody, |request| Box::pin(async move { on_discuss(&request).await }));

async fn desk(request: &Request) -> Result<Desk<'_>> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    Desk::of(&request.state, &request.caller, ticket).await
}

async fn on_claim(request: &Request) -> Result<Answer> {
    let desk = desk(request).await?;
    desk.check(Action::Claim).await?;
    claim::claim_at(&request.state, &desk).await
}

async fn on_close(request: &Request) -> Result<Answer> {
    closing::ask(&request.state, &desk(request).await?, None).await
}

async fn on_reopen(request: &Request) -> Result<Answer> {
    reopen::reopen_at(&request.state, &desk(request).await?).await
}

async fn on_join(request: &Request) -> Result<Answer> {
    let desk = desk(request).await?;
    desk.check(Action::Join).await?;
    let record = &desk.record;
    let thread = match (record.thread_id, record.thread) {
        (Some(thread), Thread::There(_)) => thread,
        (Some(_), Thread::Hidden(_)) => return Err(CardMsg::JoinHidden { channel: record.parent }.into()),
        _ => return Err(TicketMsg::TicketGone.into()),
    };
    if record.state == State::Closed {
        return Err(TicketMsg::TicketIsClosed.into());
    }
    let (state, user) = (&request.state, desk.caller.user);
    // Asked for the log only: whoever is in the ticket does not join it once more.
    let is_logged = journal::takes(&state.app, record, LogKind::People).await?;
    let is_news = is_logged && !threads::has_member(&state.rest, thread, user).await.unwrap_or(false);
    join(state, record, thread, user).await?;
    if is_news {
        report::log("log who joined a ticket", note_joined(&state.app, record, user).await);
    }
    Ok(CardMsg::Joined { ticket: ThreadLink { guild: record.guild, thread } }.into())
}

async fn note_joined(app: &App, record: &Record, user: UserId) -> Result<()> {
    let mut tx = app.db.begin_write().await.context("begin to log who joined a ticket")?;
    let noted = journal::note(app, &mut tx, record, Happening::Added { by: user, who: vec![user] }).await?;
    tx.commit().await.context("commit who joined a ticket")?;
    drop(noted);
    Ok(())
}

/// Nobody is added to an archived thread: it is un-archived first.
async fn join(state: &Arc<BotContext>, record: &Record, thread: ThreadId, user: UserId) -> Result<()> {
    let is_archived = matches!(record.thread, Thread::There(Flags { archived: true, .. }));
    if is_archived {
        waking::wake(state, record, thread).await?;
    }
    let added = match threads::add_member(&state.rest, thread, user).await {
        // It was archived meanwhile.
        Err(fault) if fault.refusal() == Some(Refusal::ThreadArchived) && !is_archived => {
            waking::wake(state, record, thread).await?;
            threads::add_member(&state.rest, thread, user).await
        }
        answered => answered,
    };
    added.map_err(|fault| waking::explain(record, fault, "add somebody to a ticket"))
}

async fn on_discuss(request: &Request) -> Result<Answer> {
    let desk = desk(request).await?;
    desk.check(Action::Join).await?;
    let (record, app) = (&desk.record, &request.state.app);
    // The stored card, whatever message was clicked: a thread on another message would be of no use, or harm.
    let card = cards::find(&app.db, record.ticket).await.context("find a card")?;
    let Some(Place::Posted { channel, message }) = card.map(|card| card.place) else {
        return Err(CardMsg::Gone.into());
    };
    let locale = language_of(app, record.guild).await?;
    let name = i18n::render(&locale, &CardMsg::DiscussName { number: record.number.into() });
    let reason = i18n::render(&locale, &CardMsg::DiscussAuditReason);
    let mut started = requests::start_thread(&request.state.rest, channel, message, &name, &reason).await;
    if matches!(&started, Err(fault) if fault.refusal() == Some(Refusal::Name)) {
        // A number can be what Discord refuses.
        let name = i18n::render(&locale, &CardMsg::DiscussPlainName);
        started = requests::start_thread(&request.state.rest, channel, message, &name, &reason).await;
    }
    match started {
        Ok(Some(thread)) => Ok(CardMsg::Discussion { thread: ThreadLink { guild: record.guild, thread } }.into()),
        Ok(None) => find_discussion(&request.state, record, message).await,
        Err(fault) => Err(match fault.refusal() {
            Some(Refusal::UnknownMessage | Refusal::Unknown) => CardMsg::Gone.into(),
            Some(Refusal::MissingPermissions | Refusal::MissingAccess) => {
                let needed = vec![Permission::ViewChannel, Permission::CreatePublicThreads];
                CardMsg::DiscussForbidden { channel, permissions: PermissionList(needed) }.into()
            }
            Some(Refusal::TooManyThreads) => TicketMsg::TooManyThreads.into(),
            _ => Error::from(anyhow::Error::new(fault).context("start a thread on a card")),
        }),
    }
}

/// The thread that was started on a card before. Discord lets a message have one only: if that was deleted, the card is
/// posted again.
async fn find_discussion(state: &Arc<BotContext>, record: &Record, message: MessageId) -> Result<Answer> {
    let thread = thread_of(message);
    if !matches!(threads::look(&state.rest, thread).await, Ok(None)) {
        return Ok(CardMsg::Discussion { thread: ThreadLink { guild: record.guild, thread } }.into());
    }
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to post a card again")?;
    cards::renew(&mut tx, record.ticket, message, app.now()).await.context("post a card again")?;
    tx.commit().await.context("commit that a card is posted again")?;
    app.alarm.ring();
    Err(CardMsg::DiscussionDeleted.into())
}

/// A thread on a message has the message's id (Discord: "Threads", public threads).
pub(super) fn thread_of(message: MessageId) -> ThreadId {
    ThreadId::new(message.get())
}
