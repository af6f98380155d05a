//! Quotes in a ticket the message that it is about, after its first message.
//!
//! Text and addresses of files are sealed in the step and erased with it. The text stands in an embed; where the bot may not
//! post embeds, below the line. Files that are gone or too large are only named. A lost post is recognised like a line (`line`). When given up, the ticket is there without the quote.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::line::was_posted;
use super::{end, what_is_gone};
use crate::app::App;
use crate::discord::attachments::MemoryPermit;
use crate::discord::rest::File;
use crate::discord::{Refusal, RestResult, thread_line};
use crate::domain::ids::{ChannelId, GuildId, MessageId, ThreadId, TicketId, UserId};
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

/// What is sealed.
#[derive(Default, Serialize, Deserialize)]
struct Quoted {
    text: String,
    /// Addresses, which end after a day.
    files: Vec<String>,
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
    let sealed = Quoted { text: about.text.clone(), files: about.files.clone() };
    let now = app.now();
    let new = NewStep {
        lane: ticket.into(),
        guild,
        ticket: Some(ticket),
        kind: NAME,
        payload: serde_json::to_string(&payload).context("write a quote's payload")?,
        sealed: app.text_seal.seal(ticket, &serde_json::to_string(&sealed).context("write a quote")?),
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
    let opened = step.sealed.as_deref().and_then(|sealed| tools.app.text_seal.open(ticket, sealed));
    // One that was stored by an earlier version is the text alone.
    let read = |text: String| serde_json::from_str(&text).unwrap_or_else(|_| Quoted { text, ..Quoted::default() });
    let quoted = opened.map(read).unwrap_or_default();
    match was_posted(tools, step, thread, step.deadline - RETRIED_FOR, &line).await {
        Ok(true) => return end(tools, step, &[]).await,
        Ok(false) => {}
        Err(outcome) => return Ok(outcome),
    }
    let posted = post(tools, thread, &line, &quoted, &step.nonce).await;
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

/// The most bytes of all files of a quote.
const MOST_BYTES: u64 = 10_000_000;

/// Posts as much as Discord takes: the bot may lack *Embed Links* or *Attach Files*, and files may be too large.
async fn post(tools: Tools<'_>, thread: ThreadId, line: &str, quoted: &Quoted, nonce: &str) -> RestResult<()> {
    let (files, _permit) = fetch(tools, &quoted.files).await;
    let plain = quote::plain(line, &quoted.text);
    let ways = [
        (line, quoted.text.as_str(), files.as_slice()),
        (&plain, "", &files),
        (line, &quoted.text, &[]),
        (&plain, "", &[]),
    ];
    // Without files, the first two are like the last two.
    let ways = if files.is_empty() { &ways[2..] } else { &ways[..] };
    let mut posted = Ok(());
    for (line, text, files) in ways {
        // Nothing is posted by a request that is refused, so the nonce is still free.
        posted = thread_line::post_quote(tools.rest, thread, line, text, files, nonce).await;
        match &posted {
            Err(fault) if fault.refusal().is_some_and(|why| why != Refusal::Unknown) => {}
            _ => return posted,
        }
    }
    posted
}

/// The files that are there, as many as fit. The quote names all of them.
async fn fetch(tools: Tools<'_>, urls: &[String]) -> (Vec<File>, Option<MemoryPermit>) {
    if urls.is_empty() {
        return (Vec::new(), None);
    }
    let downloader = &tools.rest.downloader;
    let permit = downloader.reserve(MOST_BYTES).await;
    let (mut files, mut left) = (Vec::new(), MOST_BYTES);
    for url in urls {
        match downloader.fetch(url, left).await {
            Ok(bytes) => {
                left = left.saturating_sub(bytes.len() as u64);
                files.push(File::new(quote::name_in(url), bytes));
            }
            Err(fault) => tracing::warn!(%fault, "a file of a quoted message could not be fetched"),
        }
    }
    (files, Some(permit))
}
