//! Begins a successor in another channel: says where it comes from, and repeats what the ticket began with: its first
//! message, quoted, and the answers and files after it, as they are. Notifies nobody again.
//!
//! Each message has a nonce of its own. When those are valid no longer, what is there already is recognised by its text.
//! What could not be read or posted is said last, with a link to the former thread.

use anyhow::Context as _;

use super::line::{CLOCKS_APART, decided_at};
use super::{end, what_is_gone};
use crate::app::Identity;
use crate::discord::attachments::MemoryPermit;
use crate::discord::rest::File;
use crate::discord::{Refusal, RestResult, channel_posts, history, threads};
use crate::domain::form::{layout, quoted};
use crate::domain::history::{Attachment, Kind, Message};
use crate::domain::ids::{MessageId, ThreadId, TicketId, UserId};
use crate::domain::quote;
use crate::domain::text;
use crate::error::Result;
use crate::i18n::{self, Locale, ThreadLink};
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::Step;
use crate::storage::{Database, working};
use crate::tickets::language_of;
use crate::tickets::people::PeopleMsg;
use crate::work::{Outcome, Tools, nonce_holds};

/// A message to be posted.
#[derive(Default)]
struct Piece {
    text: String,
    /// To be copied.
    files: Vec<Attachment>,
}

/// The most characters of the name of a file: those of ten files fit into one message.
const MAX_NAME: usize = 80;

/// All messages with which a successor begins.
struct Beginning {
    pieces: Vec<Piece>,
    /// Where the rest is, if something is left out.
    left_in: Option<ThreadLink>,
    /// The former thread.
    former: Option<ThreadLink>,
}

/// Posts what is not there yet, and ends the step.
pub(super) async fn post(
    tools: Tools<'_>,
    step: &Step,
    record: &Record,
    thread: ThreadId,
    from: TicketId,
) -> Result<Outcome> {
    let locale = language_of(tools.app, record.guild).await?;
    let Beginning { pieces, mut left_in, former } = match compose(tools, &locale, from).await? {
        Ok(beginning) => beginning,
        Err(fault) => return Ok(Outcome::Failed(fault)),
    };
    let mut known = match Known::find(tools, step, thread).await {
        Ok(known) => known,
        Err(fault) => return Ok(Outcome::Failed(fault)),
    };
    let count = pieces.len();
    for (number, piece) in pieces.into_iter().enumerate() {
        if known.has(&piece) {
            continue;
        }
        match piece.post(tools, thread, &nonce_of(step, number)).await {
            Ok(true) => {}
            Ok(false) => left_in = former,
            Err(fault) if fault.is_final() => {
                tracing::warn!(ticket.id = %record.ticket, %fault, "a message with which a ticket goes on was refused");
                if let Some(event) = what_is_gone(&fault) {
                    return end(tools, step, &[event]).await;
                }
                left_in = former;
            }
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    if let Some(ticket) = left_in {
        let note = Piece::of(i18n::render(&locale, &PeopleMsg::LineNotRepeated { ticket }));
        if !known.has(&note)
            && let Err(fault) = note.post(tools, thread, &nonce_of(step, count)).await
            && !fault.is_final()
        {
            return Ok(Outcome::Failed(fault));
        }
    }
    end(tools, step, &[]).await
}

/// Two messages have different ones. At most 25 characters (Discord: "Create Message").
fn nonce_of(step: &Step, number: usize) -> String {
    if number == 0 { step.nonce.clone() } else { format!("{}{number}", step.nonce) }
}

/// `Err`: Discord did not answer.
async fn compose(tools: Tools<'_>, locale: &Locale, from: TicketId) -> Result<RestResult<Beginning>> {
    let db = &tools.app.db;
    let former = lifecycle::find_ticket(db, from).await.context("find a moved ticket")?;
    let Some((former, thread)) = former.and_then(|former| former.thread_id.map(|thread| (former, thread))) else {
        let text = i18n::render(locale, &PeopleMsg::LineMovedFromNowhere);
        return Ok(Ok(Beginning { pieces: vec![Piece::of(text)], left_in: None, former: None }));
    };
    let ticket = ThreadLink { guild: former.guild, thread };
    let line = i18n::render(locale, &PeopleMsg::LineMovedHere { ticket, channel: former.parent });
    // A ticket that has moved before has its answers in the first of its threads.
    let mut origins = vec![find_first(db, &former).await?];
    if origins[0].ticket != former.ticket {
        origins.push(former);
    }
    let mut left_in = None;
    for origin in &origins {
        match read(tools, origin).await {
            Ok(Some((first, further))) => {
                let quoted = quote::pages(&line, &first).into_iter().map(Piece::of);
                return Ok(Ok(Beginning { pieces: quoted.chain(further).collect(), left_in, former: Some(ticket) }));
            }
            Ok(None) => left_in = Some(ticket),
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Ok(Ok(Beginning { pieces: vec![Piece::of(line)], left_in, former: Some(ticket) }))
}

/// More moves of one ticket than this are not followed back.
const MOST_MOVES: usize = 100;

/// The ticket with which it began.
async fn find_first(db: &Database, former: &Record) -> Result<Record> {
    let mut first = former.clone();
    for _ in 0..MOST_MOVES {
        let before = working::find_predecessor(db, first.ticket).await.context("find a ticket's predecessor")?;
        let Some(before) = before else { break };
        let before = lifecycle::find_ticket(db, before).await.context("find a moved ticket")?;
        let Some(before) = before else { break };
        first = before;
    }
    Ok(first)
}

/// The text of a ticket's first message, and the messages with answers after it. `None`: the bot may not read them, or
/// does not know which they are.
async fn read(tools: Tools<'_>, ticket: &Record) -> RestResult<Option<(String, Vec<Piece>)>> {
    let (Some(thread), Some(starter)) = (ticket.thread_id, ticket.starter) else { return Ok(None) };
    let Some(Identity { bot, .. }) = tools.app.identity() else { return Ok(None) };
    match history::page(tools.rest, thread, MessageId::new(starter.get() - 1)).await {
        Ok(page) => Ok(begin(page.messages, starter, bot)),
        Err(fault) if fault.is_final() => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// A bot reads its own messages without the intent for message content.
fn begin(messages: Vec<Message>, starter: MessageId, bot: UserId) -> Option<(String, Vec<Piece>)> {
    let mut own = messages.into_iter().filter(|message| message.kind == Kind::Written && message.author.id == bot);
    let first = own.next().filter(|first| first.id == starter)?;
    let mut follows = !quoted::at_end(&first.body.text).is_empty();
    let further = own.map_while(|message| {
        let Message { body, .. } = message;
        let is_answer = quoted::goes_on(&body.text, follows, !body.attachments.is_empty());
        follows |= is_answer;
        is_answer.then_some(Piece { text: body.text, files: body.attachments })
    });
    let further = further.collect();
    Some((first.body.text, further))
}

impl Piece {
    fn of(text: String) -> Self {
        Self { text, files: Vec::new() }
    }

    /// Whether all of it was posted. Files that cannot be copied are named.
    async fn post(&self, tools: Tools<'_>, thread: ThreadId, nonce: &str) -> RestResult<bool> {
        let rest = tools.rest;
        let (files, missing, _permit) = self.fetch(tools).await;
        let is_whole = missing.is_empty();
        let has_files = !files.is_empty();
        match threads::post_quietly(rest, thread, &self.naming(&missing), files, nonce).await {
            // Nothing is posted by a request that is refused, so the nonce is still free.
            Err(fault) if has_files && fault.refusal().is_some_and(|why| why != Refusal::Unknown) => {
                tracing::warn!(%fault, "the files of a moved ticket could not be posted");
                let all: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
                threads::post_quietly(rest, thread, &self.naming(&all), Vec::new(), nonce).await.map(|()| false)
            }
            posted => posted.map(|()| is_whole),
        }
    }

    /// The files that are there, and the names of the others.
    async fn fetch(&self, tools: Tools<'_>) -> (Vec<File>, Vec<&str>, Option<MemoryPermit>) {
        if self.files.is_empty() {
            return (Vec::new(), Vec::new(), None);
        }
        let downloader = &tools.rest.downloader;
        let permit = downloader.reserve(self.files.iter().map(|file| file.size).sum()).await;
        let (mut files, mut missing) = (Vec::new(), Vec::new());
        for Attachment { name, size, description, url, .. } in &self.files {
            match downloader.fetch(url, *size).await {
                Ok(bytes) => files.push(File::new(name.clone(), bytes).described(description.clone())),
                Err(fault) => {
                    tracing::warn!(%fault, "a file of a moved ticket could not be fetched");
                    missing.push(name.as_str());
                }
            }
        }
        (files, missing, Some(permit))
    }

    fn naming(&self, missing: &[&str]) -> String {
        let names = missing.iter().map(|name| layout::quote(text::cut(&layout::short_name(name), MAX_NAME)));
        std::iter::once(self.text.clone()).chain(names).collect::<Vec<_>>().join("\n")
    }
}

/// What is known of earlier attempts.
enum Known {
    /// Their nonces hold, or there was none.
    Nothing,
    /// The bot may not read here: all is taken to be there. A missing message is better than two.
    Everything,
    /// The texts that the bot has posted here since then.
    Texts(Vec<String>),
}

impl Known {
    async fn find(tools: Tools<'_>, step: &Step, thread: ThreadId) -> RestResult<Self> {
        let since = decided_at(step);
        if step.attempts == 0 || nonce_holds(tools.app, since) {
            return Ok(Self::Nothing);
        }
        let Some(Identity { bot, .. }) = tools.app.identity() else { return Ok(Self::Everything) };
        match channel_posts::own_texts(tools.rest, thread.as_channel(), bot, since - CLOCKS_APART).await {
            Ok(Some(texts)) => Ok(Self::Texts(texts)),
            Ok(None) => Ok(Self::Everything),
            // Posting will say so.
            Err(fault) if fault.is_final() => Ok(Self::Nothing),
            Err(fault) => Err(fault),
        }
    }

    /// Whether a message is there already. Each that is found counts once: two may have the same text.
    fn has(&mut self, piece: &Piece) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Texts(texts) => {
                let is_it = |text: &String| {
                    if piece.files.is_empty() {
                        text.trim() == piece.text.trim()
                    } else {
                        // Below it, the names of files that could not be copied.
                        channel_posts::first_line(text) == channel_posts::first_line(&piece.text)
                    }
                };
                let found = texts.iter().position(is_it);
                found.map(|at| texts.remove(at)).is_some()
            }
        }
    }
}
