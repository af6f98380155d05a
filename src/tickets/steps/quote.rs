//! Quotes in a ticket the message that it is about, after its first message.
//!
//! The text is sealed in the step and erased with it. It stands in an embed; where the bot may not post embeds, below the
//! line. A lost post is recognised like a line (`line`). When given up, the ticket is there without the quote.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::line::was_posted;
use super::{end, what_is_gone};
use crate::app::App;
use crate::discord::{Refusal, thread_line};
use crate::domain::ids::{ChannelId, GuildId, MessageId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::quote;
use crate::error::Result;
use crate::i18n::{self, InboxLink, Mention};
use crate::storage::WriteTx;
use crate::storage::lifecycle;
use crate::storage::steps::{self, NewStep, Step};
use crate::tickets::open_request::About;
use crate::tickets::ways::WaysMsg;
use crate::tickets::{language_of, tasks};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The stored name.
const NAME: &str = "quote";

/// As long as the ticket's opening is retried, and some more.
const RETRIED_FOR: Duration = Duration::from_hours(3);

pub(super) struct Quote;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    channel: ChannelId,
    message: MessageId,
    author: UserId,
}

/// Stores the quote in the transaction that reserves the ticket, behind its opening.
pub(in crate::tickets) async fn add(
    app: &App,
    tx: &mut WriteTx,
    guild: GuildId,
    ticket: TicketId,
    about: &About,
) -> Result<()> {
    let payload = Payload { channel: about.channel, message: about.message, author: about.author };
    let now = app.now();
    let new = NewStep {
        lane: ticket.into(),
        guild,
        ticket: Some(ticket),
        kind: NAME,
        payload: serde_json::to_string(&payload).context("write a quote's payload")?,
        sealed: app.text_seal.seal(ticket, &about.text),
        due_at: now,
        deadline: now + RETRIED_FOR,
    };
    steps::insert(tx, &new, None).await.context("store a quote")?;
    Ok(())
}

impl Kind for Quote {
    fn name(&self) -> &'static str {
        NAME
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Payload { channel, message, author } = serde_json::from_str(&step.payload).context("read a quote's payload")?;
    let ticket = tasks::ticket(step)?;
    let record = lifecycle::find_ticket(&tools.app.db, ticket).await.context("find a quote's ticket")?;
    let Some((record, thread)) = record.and_then(|record| record.thread_id.map(|thread| (record, thread))) else {
        return end(tools, step, &[]).await;
    };
    // A thread that was made for nothing is about to be discarded.
    let is_discarded = record.state == State::Closed && record.opened_at.is_none();
    if !record.thread.is_active() || is_discarded {
        return end(tools, step, &[]).await;
    }
    let line =
        WaysMsg::LineAbout { message: InboxLink { guild: record.guild, channel, message }, author: Mention(author) };
    let line = i18n::render(&language_of(tools.app, record.guild).await?, &line);
    let text = step.sealed.as_deref().and_then(|sealed| tools.app.text_seal.open(ticket, sealed)).unwrap_or_default();
    match was_posted(tools, step, thread, step.deadline - RETRIED_FOR, &line).await {
        Ok(true) => return end(tools, step, &[]).await,
        Ok(false) => {}
        Err(outcome) => return Ok(outcome),
    }
    let mut posted = thread_line::post_quote(tools.rest, thread, &line, &text, &step.nonce).await;
    if matches!(&posted, Err(fault) if fault.refusal() == Some(Refusal::MissingPermissions)) && !text.is_empty() {
        let plain = quote::plain(&line, &text);
        posted = thread_line::post_quote(tools.rest, thread, &plain, "", &step.nonce).await;
    }
    match posted {
        Ok(()) => end(tools, step, &[]).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(ticket.id = %ticket, %fault, "a quote in a ticket was refused");
            let gone = what_is_gone(&fault);
            end(tools, step, gone.as_slice()).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}
