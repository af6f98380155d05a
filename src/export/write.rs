//! Writes messages into files: each into a temporary one, which is delivered when it is full or the last.

use std::sync::Arc;

use super::cover::{Answers, Author, Cover, Extent, Facts, PartEnd, Writers};
use super::deadline::Deadline;
use super::embed;
use super::press::Press;
use super::read::{Failed, Outlet, Part, Position};
use super::render::{Listed, Piece};
use super::spool::Spool;
use crate::discord::attachments::Unreachable;
use crate::discord::rest::{File, Spooled};
use crate::domain::history::{Attachment, Kind, Message};
use crate::domain::ids::MessageId;
use crate::work::Tools;

/// Of a file, kept for its head and tail.
const HEAD: u64 = 128 << 10;

/// The usual bytes of a message without its files: so much is kept for those that are still to come.
const USUAL_MESSAGE: u64 = 1_200;

/// The most files of messages that one export holds. Each is a request.
const MOST_FILES: u32 = 500;

/// After so many transfers that failed one after another, no more files are asked for. Each may take its whole time-out.
const MOST_FAILED: u32 = 3;

/// The most names of authors that are counted apart.
const MOST_AUTHORS: usize = 10_000;

pub struct Writer<'a> {
    tools: Tools<'a>,
    pub deadline: Deadline<'a>,
    pub facts: Facts,
    pub press: Press,
    spool: Spool,
    /// Of the part that is being written.
    pub extent: Extent,
    /// Bytes of messages that a part has room for.
    room: u64,
    /// Messages, in all parts.
    pub read: u64,
    /// Messages that an earlier export has read, which this one continues.
    before: u64,
    /// About how many there are in the ticket; 0: it is not known.
    pub total: u64,
    /// The last message that was read.
    pub after: MessageId,
    /// Where it would go on after the parts that were delivered.
    delivered: Position,
    files: u32,
    /// Transfers of files that failed one after another.
    failed: u32,
    writers: Writers,
    answers: Answers,
}

impl<'a> Writer<'a> {
    pub async fn new(
        (tools, deadline): (Tools<'a>, Deadline<'a>),
        facts: Facts,
        press: Press,
        limit: u64,
        (from, answers): (Position, Answers),
        total: u64,
    ) -> Result<Self, Failed> {
        Ok(Self {
            tools,
            deadline,
            facts,
            press,
            spool: Spool::new().await?,
            extent: Extent { part: from.part, messages: 0, end: PartEnd::Last },
            room: limit.saturating_sub(HEAD).max(HEAD),
            read: 0,
            before: from.read,
            total,
            after: from.after,
            delivered: from,
            files: 0,
            failed: 0,
            writers: Writers::new(),
            answers,
        })
    }

    /// Messages that were read, also by an earlier export that this one continues.
    pub fn so_far(&self) -> u64 {
        self.before + self.read
    }

    /// Where it would go on.
    pub fn position(&self) -> Position {
        Position { after: self.after, part: self.extent.part, read: self.so_far() }
    }

    pub async fn print(&mut self, messages: &Arc<Vec<Message>>, outlet: &mut impl Outlet) -> Result<(), Failed> {
        let mut from = 0;
        while from < messages.len() {
            for piece in self.press.render(messages, from).await? {
                if self.extent.messages > 0 && self.spool.len() + self.length(&piece)? > self.room {
                    // The rest is rendered once more: a part does not refer to what stands in another.
                    self.turn(outlet, PartEnd::GoesOn).await?;
                    break;
                }
                self.add(piece, &messages[from]).await?;
                from += 1;
            }
        }
        Ok(())
    }

    /// The most bytes of a message whose files are listed.
    fn length(&mut self, piece: &Piece) -> Result<u64, Failed> {
        let renderer = &self.press.get()?.renderer;
        let listed: usize = piece.files.iter().map(|file| renderer.listed(file, Listed::Unreachable).len()).sum();
        Ok((piece.before.len() + listed + piece.after.len()) as u64)
    }

    async fn add(&mut self, piece: Piece, message: &Message) -> Result<(), Failed> {
        self.spool.push(piece.before.as_bytes()).await?;
        for file in &piece.files {
            self.add_file(file, piece.after.len() as u64).await?;
        }
        self.spool.push(piece.after.as_bytes()).await?;
        self.extent.messages += 1;
        self.read += 1;
        self.after = message.id;
        if message.kind == Kind::Written {
            let mut author = Author::of(&message.author);
            if self.writers.len() >= MOST_AUTHORS && !self.writers.contains_key(&author) {
                author.name = None;
            }
            *self.writers.entry(author).or_default() += 1;
        }
        self.answers.learn(message, self.facts.starter == Some(message.id));
        Ok(())
    }

    /// Adds a file if there is room for it, else its name. `behind`: bytes of its message after it.
    async fn add_file(&mut self, file: &Attachment, behind: u64) -> Result<(), Failed> {
        let renderer = &self.press.get()?.renderer;
        let Some(around) = renderer.embedded(file) else {
            let listed = renderer.listed(file, Listed::ByFormat);
            return Ok(self.spool.push(listed.as_bytes()).await?);
        };
        // What is still to come has its place first, but never more than half.
        let to_come = (self.total.saturating_sub(self.so_far()) * USUAL_MESSAGE).min(self.room / 2);
        let length = embed::encoded(file.size) + (around.0.len() + around.1.len()) as u64;
        let fits = self.spool.len() + length + behind + to_come <= self.room && self.files < MOST_FILES;
        if fits && self.failed < MOST_FAILED && self.deadline.passed().is_none() {
            self.files += 1;
            let source = (&self.tools.rest.downloader, &self.deadline);
            match embed::append(source, &mut self.spool, file, &around).await? {
                Ok(()) => {
                    self.failed = 0;
                    return Ok(());
                }
                Err(Unreachable::Transfer) => self.failed += 1,
                // The server has answered.
                Err(_) => self.failed = 0,
            }
        }
        let why = if fits { Listed::Unreachable } else { Listed::TooLarge };
        let listed = self.press.get()?.renderer.listed(file, why);
        Ok(self.spool.push(listed.as_bytes()).await?)
    }

    /// Delivers the part, and begins the next one.
    pub async fn turn(&mut self, outlet: &mut impl Outlet, end: PartEnd) -> Result<(), Failed> {
        self.extent.end = end;
        let spool = std::mem::replace(&mut self.spool, Spool::new().await?);
        let (file, length) = spool.finish().await?;
        let answers = self.answers.found();
        let inner = self.press.get()?;
        let cover = Cover {
            facts: &self.facts,
            names: &inner.names,
            answers: &answers,
            writers: &self.writers,
            extent: self.extent,
        };
        let (head, tail) = (inner.renderer.head(&cover).into_bytes(), inner.renderer.tail().into_bytes());
        let name = file_name(&self.facts, self.extent, inner.renderer.extension());
        inner.renderer.begin_part();
        let next = Position { part: self.extent.part + 1, ..self.position() };
        let part = Part {
            file: File::spooled(name, Spooled { head, file, length, tail }),
            number: self.extent.part,
            messages: self.extent.messages,
            end,
            next,
            reads_content: self.facts.reads_content,
        };
        let resume = self.delivered;
        outlet.deliver(part).await.map_err(|fault| Failed::Undelivered { fault, resume })?;
        self.delivered = next;
        self.extent = Extent { part: next.part, messages: 0, end: PartEnd::Last };
        Ok(())
    }
}

fn file_name(facts: &Facts, extent: Extent, extension: &str) -> String {
    let number = facts.name();
    match (extent.part, extent.end) {
        (1, PartEnd::Last | PartEnd::Cut) => format!("ticket-{number}.{extension}"),
        (part, _) => format!("ticket-{number}-part-{part}.{extension}"),
    }
}
