//! Deletes the message of a card whose ticket is gone, or which is wanted elsewhere or nowhere. Idempotent. When given
//! up, or refused for good, the message stays: its buttons answer that the ticket no longer exists, or work.

use anyhow::Context as _;

use super::buttons::thread_of;
use super::draw::look_for;
use crate::discord::{RestResult, cards as requests, threads};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{MessageId, TicketId};
use crate::error::Result;
use crate::storage::cards::{self, Card, REMOVE, Removal};
use crate::storage::steps::{self, Step};
use crate::work::{Attempt, Kind, Outcome, Tools};

pub(in crate::tickets) struct Remove;

impl Kind for Remove {
    fn name(&self) -> &'static str {
        REMOVE
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Removal { ticket, channel, message, since } =
        serde_json::from_str(&step.payload).context("read a card's removal")?;
    let found = match (message, since) {
        (Some(message), _) => Ok(Some(message)),
        (None, Some(since)) => look_for(tools, TicketId::new(ticket), channel, Timestamp::from_millis(since)).await,
        (None, None) => Ok(None),
    };
    let removed = match found {
        Ok(Some(message)) => requests::delete(tools.rest, channel, message).await,
        Ok(None) => Ok(()),
        Err(fault) => Err(fault),
    };
    let kept = match removed {
        Ok(()) => keep_discussion(tools, TicketId::new(ticket), message).await?,
        Err(fault) => Err(fault),
    };
    match kept {
        Ok(()) => end(tools, step).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(channel.id = %channel, %fault, "a card could not be removed");
            end(tools, step).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

/// A thread on the card stays when the card goes: if the ticket is to have another card, that links it.
async fn keep_discussion(tools: Tools<'_>, ticket: TicketId, card: Option<MessageId>) -> Result<RestResult<()>> {
    let db = &tools.app.db;
    let next = cards::find(db, ticket).await.context("find a ticket's next card")?;
    let (Some(Card { wanted_in: Some(_), .. }), Some(card)) = (next, card) else { return Ok(Ok(())) };
    let thread = thread_of(card);
    match threads::look(tools.rest, thread).await {
        Ok(Some(_)) => {
            let mut tx = db.begin_write().await.context("begin to keep a discussion")?;
            cards::set_discussion(&mut tx, ticket, thread).await.context("keep a discussion")?;
            tx.commit().await.context("commit a discussion")?;
            Ok(Ok(()))
        }
        Ok(None) => Ok(Ok(())),
        Err(fault) if fault.is_final() => Ok(Ok(())),
        Err(fault) => Ok(Err(fault)),
    }
}

async fn end(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to end a step")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Outcome::Overtaken);
    }
    tx.commit().await.context("commit the end of a step")?;
    Ok(Outcome::Done)
}
