//! Draws one card: posts it, changes it, or takes it off, as `domain::card` plans.
//!
//! A post begins with a mark in the ticket's row, because its answer may be lost. While its nonce is valid it is simply
//! repeated; after that the card is looked for among the bot's messages. So neither a lost answer nor a crash makes a
//! second card.

use std::time::Duration;

use anyhow::Context as _;

use super::buttons::{DISCUSS, thread_of};
use super::content::{self, Content};
use crate::app::Identity;
use crate::discord::{Refusal, RestError, cards as requests};
use crate::domain::card::{Place, Plan, plan};
use crate::domain::clock::Timestamp;
use crate::domain::custom_id::digits;
use crate::domain::ids::{ChannelId, MessageId, ThreadId, TicketId};
use crate::error::Result;
use crate::i18n::ThreadLink;
use crate::storage::cards::{self, Card, Removal};
use crate::storage::lifecycle::{self, Record};
use crate::storage::{WriteTx, inboxes};
use crate::tickets::language_of;
use crate::work::Tools;
use crate::work::drawer::Outcome;

/// How far Discord's clock may be from ours.
pub(super) const CLOCKS_DIFFER: Duration = Duration::from_mins(15);

pub(super) async fn draw(tools: Tools<'_>, ticket: TicketId) -> Result<Outcome> {
    let app = tools.app;
    let Some(card) = cards::find(&app.db, ticket).await.context("find a card")? else { return Ok(Outcome::Done) };
    match plan(card.wanted_in, card.place, app.now()) {
        Plan::Nothing => {
            cards::set_drawn(&app.db, ticket, card.now()).await.context("store that there is no card")?;
            Ok(Outcome::Done)
        }
        Plan::TakeOff => take_off(tools, ticket).await,
        Plan::Post { channel } => {
            if card.asked_at <= app.started_at
                && let Some(drawn) = adopt(tools, ticket, &card, channel).await?
            {
                return Ok(drawn);
            }
            if !begin(tools, ticket, channel, Place::Nowhere).await? {
                return Ok(Outcome::Again);
            }
            post(tools, ticket, channel, true).await
        }
        Plan::PostAgain { channel } => post(tools, ticket, channel, false).await,
        Plan::Search { channel, since } => search(tools, ticket, &card, channel, since).await,
        Plan::Edit { channel, message } => edit(tools, ticket, channel, message).await,
    }
}

/// Marks that a post begins. False: the card has changed meanwhile.
async fn begin(tools: Tools<'_>, ticket: TicketId, channel: ChannelId, before: Place) -> Result<bool> {
    let mut tx = tools.app.db.begin_write().await.context("begin to post a card")?;
    let card = cards::load(&mut tx, ticket).await.context("load a card")?;
    if card.is_none_or(|card| card.wanted_in != Some(channel) || card.place != before) {
        return Ok(false);
    }
    cards::begin(&mut tx, ticket, channel, tools.app.now()).await.context("mark that a card is being posted")?;
    tx.commit().await.context("commit that a card is being posted")?;
    Ok(true)
}

/// What is drawn, and how many changes it shows.
struct Sketch {
    record: Record,
    thread: ThreadId,
    card: Card,
    content: Content,
}

/// `None`: the ticket is gone, or has no thread to show.
async fn sketch(tools: Tools<'_>, ticket: TicketId) -> Result<Option<Sketch>> {
    let db = &tools.app.db;
    // The count is read first: what changes in between is drawn once more.
    let Some(card) = cards::find(db, ticket).await.context("find a card")? else { return Ok(None) };
    let Some(record) = lifecycle::find_ticket(db, ticket).await.context("find a ticket")? else { return Ok(None) };
    let Some(thread) = record.thread_id else { return Ok(None) };
    let inbox = match record.inbox {
        Some(inbox) => inboxes::find(db, inbox).await.context("find a ticket's inbox")?,
        None => None,
    };
    let staff = match &inbox {
        Some(inbox) if inbox.settings.work.mention_on_card => {
            inboxes::list_staff(db, inbox.id).await.context("list a ticket's staff")?
        }
        _ => Vec::new(),
    };
    let locale = language_of(tools.app, record.guild).await?;
    // That on the card itself needs no link.
    let own = match card.place {
        Place::Posted { message, .. } => Some(thread_of(message)),
        Place::Nowhere | Place::Begun { .. } => None,
    };
    let earlier = card.discussion.filter(|earlier| Some(*earlier) != own);
    let content = content::render(&record, thread, inbox.as_ref(), staff, earlier, &locale);
    Ok(Some(Sketch { record, thread, card, content }))
}

/// `is_first`: no earlier attempt may have posted it.
async fn post(tools: Tools<'_>, ticket: TicketId, channel: ChannelId, is_first: bool) -> Result<Outcome> {
    let db = &tools.app.db;
    let Some(Sketch { record, thread, card, content }) = sketch(tools, ticket).await? else { return Ok(Outcome::Done) };
    let Place::Begun { at, .. } = card.place else { return Ok(Outcome::Again) };
    // Each post that begins has a nonce of its own, which its repetitions share.
    let nonce = digits(thread.get().into(), 11) + &digits(at.millis().unsigned_abs().into(), 8);
    let posted = requests::post(tools.rest, channel, &content.layout, &content.notified, &nonce).await;
    let message = match posted {
        Ok(message) => message,
        Err(fault) => {
            let is_gone = fault.refusal() == Some(Refusal::Unknown);
            if is_gone || (is_first && !fault.may_have_acted()) {
                cards::unbegin(db, ticket).await.context("store that a card was not posted")?;
            }
            return Ok(Outcome::Failed(fault));
        }
    };
    let mut tx = db.begin_write().await.context("begin to store a card")?;
    if !cards::set_posted(&mut tx, ticket, channel, message, card.now()).await.context("store a card")? {
        // The ticket is gone, or its card is no longer wanted here.
        let removal = Removal { ticket: ticket.get(), channel, message: Some(message), since: None };
        cards::remove(&mut tx, record.guild, removal, tools.app.now()).await.context("store a card's removal")?;
        tools.app.alarm.ring();
    }
    tx.commit().await.context("commit a card")?;
    Ok(Outcome::Done)
}

/// Takes up a card that is not known here: a backup was restored that is older than it. Looks among the newest messages
/// of the channel, where the bot may read them. `None`: there is none.
async fn adopt(tools: Tools<'_>, ticket: TicketId, card: &Card, channel: ChannelId) -> Result<Option<Outcome>> {
    let (app, db) = (tools.app, &tools.app.db);
    let record = lifecycle::find_ticket(db, ticket).await.context("find a ticket")?;
    let place = record.and_then(|record| Some((record.guild, record.thread_id?)));
    let (Some((guild, thread)), Some(Identity { bot, .. })) = (place, app.identity()) else { return Ok(None) };
    // A ticket of before the backup may have had the same number.
    let link = ThreadLink { guild, thread }.to_string();
    match requests::find_recent(tools.rest, channel, bot, &link).await {
        Ok(Some(message)) => {
            if begin(tools, ticket, channel, Place::Nowhere).await? {
                let mut tx = db.begin_write().await.context("begin to store a card")?;
                let stored = cards::set_posted(&mut tx, ticket, channel, message, card.before()).await;
                stored.context("store a found card")?;
                tx.commit().await.context("commit a found card")?;
            }
            Ok(Some(Outcome::Again))
        }
        Ok(None) => Ok(None),
        // Posting will say so.
        Err(fault) if fault.is_final() => Ok(None),
        Err(fault) => Ok(Some(Outcome::Failed(fault))),
    }
}

/// Looks for a card that may have been posted; posts it if it is nowhere.
async fn search(
    tools: Tools<'_>,
    ticket: TicketId,
    card: &Card,
    channel: ChannelId,
    since: Timestamp,
) -> Result<Outcome> {
    match look_for(tools, ticket, channel, since).await {
        Ok(Some(message)) => {
            let mut tx = tools.app.db.begin_write().await.context("begin to store a card")?;
            cards::set_posted(&mut tx, ticket, channel, message, card.before()).await.context("store a found card")?;
            tx.commit().await.context("commit a found card")?;
            Ok(Outcome::Again)
        }
        Ok(None) => {
            if !begin(tools, ticket, channel, card.place).await? {
                return Ok(Outcome::Again);
            }
            post(tools, ticket, channel, true).await
        }
        Err(fault) => {
            if fault.refusal() == Some(Refusal::Unknown) {
                cards::unbegin(&tools.app.db, ticket).await.context("store that a card was not posted")?;
            }
            Ok(Outcome::Failed(fault))
        }
    }
}

/// The message of a ticket's card that was posted since then, by the local clock.
pub(super) async fn look_for(
    tools: Tools<'_>,
    ticket: TicketId,
    channel: ChannelId,
    since: Timestamp,
) -> std::result::Result<Option<MessageId>, RestError> {
    let Some(Identity { bot, .. }) = tools.app.identity() else { return Err(RestError::NotSent("not logged in")) };
    // Every card has this button.
    let button = DISCUSS.id(&(ticket,));
    requests::find(tools.rest, channel, since - CLOCKS_DIFFER, bot, &button).await
}

async fn edit(tools: Tools<'_>, ticket: TicketId, channel: ChannelId, message: MessageId) -> Result<Outcome> {
    let db = &tools.app.db;
    let Some(Sketch { card, content, .. }) = sketch(tools, ticket).await? else { return Ok(Outcome::Done) };
    match requests::edit(tools.rest, channel, message, &content.layout).await {
        Ok(()) => {
            cards::set_drawn(db, ticket, card.now()).await.context("store that a card is drawn")?;
            Ok(Outcome::Done)
        }
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMessage) => {
            cards::lose(db, ticket, message).await.context("forget a deleted card")?;
            Ok(Outcome::Again)
        }
        Err(fault) => {
            if fault.refusal() == Some(Refusal::Unknown) {
                super::on_channel_deleted(tools.app, channel).await?;
            }
            Ok(Outcome::Failed(fault))
        }
    }
}

async fn take_off(tools: Tools<'_>, ticket: TicketId) -> Result<Outcome> {
    let mut tx: WriteTx = tools.app.db.begin_write().await.context("begin to take a card off")?;
    let Some(card) = cards::load(&mut tx, ticket).await.context("load a card")? else { return Ok(Outcome::Done) };
    if plan(card.wanted_in, card.place, tools.app.now()) != Plan::TakeOff {
        return Ok(Outcome::Again);
    }
    cards::take_off(&mut tx, ticket, tools.app.now()).await.context("take a card off")?;
    tx.commit().await.context("commit that a card is taken off")?;
    tools.app.alarm.ring();
    // If one is wanted elsewhere, the drawer of that channel posts it.
    Ok(Outcome::Done)
}
