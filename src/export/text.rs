//! An export as plain text. What people wrote is indented, so that it cannot pass for a line of the file. It has no control
//! characters and no marks of direction, so that it does nothing to a terminal and reorders no line.

use std::fmt::Write as _;

use super::cover::{Cover, Fact};
use super::html::markdown::plain;
use super::msg::ExportMsg;
use super::names::{Names, isolated, shown};
use super::render::{Listed, Piece, Render};
use super::sentences::{by_discord, excerpt, used};
use super::times::{both, moment, note};
use crate::domain::clock::Timestamp;
use crate::domain::history::{Attachment, Body, Embed, Forward, Kind, Message, Part, Poll, PollResult};
use crate::domain::ids::UserId;
use crate::domain::text;
use crate::domain::zone::Zone;
use crate::i18n::{self, AtLeast, Locale, TicketState};

pub struct Text {
    locale: Locale,
    owner: UserId,
    zone: Zone,
}

const INDENT: &str = "    ";

impl Text {
    pub fn new(locale: Locale, owner: UserId, zone: Zone) -> Self {
        Self { locale, owner, zone }
    }

    fn say(&self, msg: &ExportMsg) -> String {
        i18n::render(&self.locale, msg)
    }

    fn title(&self, message: &Message, names: &Names) -> String {
        let author = &message.author;
        let mut title = format!("{}  {}", both(&self.zone, message.at()), isolated(&names.of(author)));
        if let Some(person) = names.person(author.id).filter(|_| !author.is_webhook) {
            let _written = write!(title, " (@{})", isolated(&person.username));
        }
        let marks = [
            (author.id == self.owner).then_some(ExportMsg::OwnerMark),
            author.is_app.then_some(ExportMsg::App),
            message.edited_at.map(|at| self.edited(at)),
            message.is_pinned.then_some(ExportMsg::Pinned),
        ];
        for mark in marks.into_iter().flatten() {
            let _written = write!(title, " [{}]", self.say(&mark));
        }
        title
    }

    fn edited(&self, at: Timestamp) -> ExportMsg {
        ExportMsg::EditedAt { at: both(&self.zone, at) }
    }
}

/// The lines of one message.
struct Lines<'a> {
    text: &'a Text,
    names: &'a Names,
    out: String,
}

impl Lines<'_> {
    /// Adds lines that the file says, indented.
    fn add(&mut self, lines: &str) {
        push(&mut self.out, lines);
    }

    /// Adds a text of a person.
    fn add_said(&mut self, text: &str) {
        let said = self.said(text);
        self.add(&said);
    }

    /// A text of a person with names for mentions.
    fn said(&self, text: &str) -> String {
        plain(&self.text.zone, self.names, &harmless(text))
    }

    fn say(&self, msg: &ExportMsg) -> String {
        self.text.say(msg)
    }

    /// Adds what stands for something that is not text: its kind, which one, and where.
    fn add_thing(&mut self, kind: &ExportMsg, name: &str, url: Option<&str>) {
        let (kind, name) = (self.say(kind), one_line(name));
        let which = if name.is_empty() { kind } else { format!("{kind}: {name}") };
        self.add(&with_address(&which, url));
    }

    fn body(&mut self, body: &Body) {
        self.add_said(&body.text);
        body.embeds.iter().for_each(|embed| self.embed(embed));
        body.parts.iter().for_each(|part| self.part(part));
        for sticker in &body.stickers {
            let sticker = self.say(&ExportMsg::Sticker { name: one_line(sticker) });
            self.add(&format!("[{sticker}]"));
        }
        body.poll.iter().for_each(|poll| self.poll(poll));
        body.result.iter().for_each(|result| self.result(result));
        body.attachments.iter().for_each(|file| self.file(file));
    }

    fn embed(&mut self, embed: &Embed) {
        embed.author.iter().for_each(|author| self.add(&one_line(author)));
        embed.title.iter().for_each(|title| self.add_said(title));
        embed.url.iter().for_each(|url| self.add(&harmless(url)));
        embed.description.iter().for_each(|text| self.add_said(text));
        for field in &embed.fields {
            let (name, value) = (one_line(&self.said(&field.name)), self.said(&field.value));
            self.add(&format!("{name}: {value}"));
        }
        for url in [&embed.picture, &embed.thumbnail].into_iter().flatten() {
            self.add_thing(&ExportMsg::Picture, "", Some(url));
        }
        let at = embed.at.map(|at| both(&self.text.zone, at));
        let foot: Vec<String> = embed.footer.iter().map(|footer| one_line(footer)).chain(at).collect();
        self.add(&foot.join(" · "));
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Text(text) => self.add_said(text),
            Part::Button { label, url } => self.add(&with_address(&one_line(label), url.as_deref())),
            Part::Menu(text) => self.add_thing(&ExportMsg::Menu, text, None),
            Part::Picture { text, url } => self.add_thing(&ExportMsg::Picture, text, url.as_deref()),
            Part::File { name, url } => self.add_thing(&ExportMsg::File, name, url.as_deref()),
            Part::Separator => {}
            Part::Group(parts) => parts.iter().for_each(|part| self.part(part)),
            Part::Spoiler(parts) => {
                self.add_thing(&ExportMsg::Spoiler, "", None);
                for part in parts {
                    self.part(part);
                }
            }
        }
    }

    fn poll(&mut self, poll: &Poll) {
        let (what, question) = (self.say(&ExportMsg::Poll), self.said(&poll.question));
        self.add(&format!("[{what}] {question}"));
        for (answer, votes) in &poll.answers {
            let votes = votes.map(|count| self.say(&ExportMsg::Votes { count })).unwrap_or_default();
            let answer = one_line(&self.said(answer));
            self.add(format!("- {answer} {votes}").trim_end());
        }
    }

    fn result(&mut self, result: &PollResult) {
        let (what, question) = (self.say(&ExportMsg::PollResult), self.said(&result.question));
        self.add(&format!("[{what}] {question}"));
        let line = match &result.answer {
            Some(answer) => {
                let votes = self.say(&ExportMsg::VotesOf { votes: result.votes, total: result.total });
                format!("- {} {votes}", one_line(&self.said(answer)))
            }
            None => self.say(&ExportMsg::NoWinner { total: result.total }),
        };
        self.add(&line);
    }

    fn file(&mut self, file: &Attachment) {
        let size = match file.size {
            bytes @ 0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
            bytes => self.say(&ExportMsg::Size { size: AtLeast(bytes) }),
        };
        let mut line = format!("[{}: {}, {size}", self.say(&ExportMsg::File), one_line(&file.name));
        if file.is_spoiler {
            line.extend([", ", &self.say(&ExportMsg::Spoiler)]);
        }
        line.push(']');
        if let Some(described) = file.description.as_deref().filter(|text| text::is_visible(text)) {
            line.extend([" ", &one_line(described)]);
        }
        self.add(&line);
    }

    fn forward(&mut self, forward: &Forward) {
        let at = forward.at.map(|at| both(&self.text.zone, at));
        let edited = forward.edited_at.map(|at| self.say(&self.text.edited(at)));
        let about: Vec<String> = [self.say(&ExportMsg::Forwarded)].into_iter().chain(at).chain(edited).collect();
        self.add(&format!("[{}]", about.join(" · ")));
        self.body(&forward.body);
    }

    fn message(&mut self, message: &Message) {
        if let Some(reply) = &message.reply_to {
            let replied = match &reply.shown {
                Some((author, text)) => {
                    let said = Some(excerpt(&self.said(text))).filter(|said| !said.is_empty());
                    let said = said.unwrap_or_else(|| format!("[{}]", self.say(&ExportMsg::RepliedEmpty)));
                    format!("{}: {}", isolated(&self.names.of(author)), isolated(&said))
                }
                None => self.say(&ExportMsg::RepliedGone),
            };
            self.add(&format!("> {replied}"));
        }
        if let Some(command) = &message.command {
            let used = self.say(&used(command, self.names));
            self.add(&format!("> {used}"));
        }
        if message.is_unreadable() {
            self.add_thing(&ExportMsg::Unreadable, "", None);
        }
        self.body(&message.body);
        message.forwards.iter().for_each(|forward| self.forward(forward));
        let each = message.reactions.iter().map(|found| format!("{} {}", one_line(&found.emoji), found.count));
        self.add(&each.collect::<Vec<_>>().join("  "));
    }
}

impl Render for Text {
    fn extension(&self) -> &'static str {
        "txt"
    }

    fn begin_part(&mut self) {}

    fn message(&mut self, message: &Message, names: &Names) -> Piece {
        let before = if message.kind == Kind::Written {
            let mut lines = Lines { text: self, names, out: self.title(message, names) + "\n" };
            lines.message(message);
            lines.out + "\n"
        } else {
            format!("{}  {}\n", both(&self.zone, message.at()), self.say(&by_discord(message, names)))
        };
        Piece { before, files: Vec::new(), after: String::new() }
    }

    fn embedded(&self, _: &Attachment) -> Option<(String, String)> {
        None
    }

    fn listed(&self, _: &Attachment, _: Listed) -> String {
        // They stand with their message.
        String::new()
    }

    fn head(&self, cover: &Cover<'_>) -> String {
        let facts = cover.facts;
        let say = |msg: ExportMsg| self.say(&msg);
        let title = say(ExportMsg::Title { number: facts.name() });
        let mut out = format!("{title} · {}\n\n", isolated(&shown(&facts.thread_name)));
        let state = TicketState(facts.state);
        let _written = writeln!(out, "{}: {}", say(ExportMsg::Server), isolated(&shown(&facts.guild_name)));
        let _written = writeln!(out, "{}: {}", say(ExportMsg::State), say(ExportMsg::StateValue { state }));
        for (label, fact) in cover.entries() {
            let fact = match fact {
                Fact::Person(user) => isolated(&cover.names.of_user(user)).into_owned(),
                Fact::Said(msg) => say(msg),
                Fact::Priority(priority) => priority.word(&self.locale),
                Fact::At(at) => both(&self.zone, at),
                Fact::Count(count) => count.to_string(),
            };
            let _written = writeln!(out, "{}: {fact}", say(label));
        }
        out.push('\n');
        for note in cover.notes() {
            let _written = writeln!(out, "{}", say(note));
        }
        let made = ExportMsg::MadeAt { at: moment(self.zone.wall(facts.exported_at)) };
        let _written = writeln!(out, "{} {}", say(made), say(note(&self.zone)));
        if !cover.answers.is_empty() {
            let _written = writeln!(out, "\n{}", say(ExportMsg::Answers));
            for answer in cover.answers {
                let said = |text: &str| plain(&self.zone, cover.names, &harmless(text));
                push(&mut out, &unescaped(&said(&answer.question)));
                for line in said(&answer.answer).lines() {
                    push(&mut out, &format!("> {}", unescaped(line)));
                }
            }
        }
        out + "\n----\n\n"
    }

    fn tail(&self) -> String {
        String::new()
    }
}

/// An answer as it was given: in messages it stands escaped (`domain::text::escape`).
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out
}

/// A name or label of any length on one line.
fn one_line(text: &str) -> String {
    isolated(&text::single_line(text)).into_owned()
}

fn with_address(what: &str, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("[{what}] {}", harmless(url)),
        None => format!("[{what}]"),
    }
}

/// A text of a person without control characters and without marks that override or isolate its direction.
fn harmless(text: &str) -> String {
    let is_kept = |letter: &char| match letter {
        '\n' | '\t' => true,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        letter => !letter.is_control(),
    };
    text.chars().filter(is_kept).collect()
}

/// Adds lines, indented.
fn push(out: &mut String, text: &str) {
    for line in text.lines() {
        out.extend([INDENT, line, "\n"]);
    }
}

#[cfg(test)]
mod tests;
