//! An export as plain text. What people wrote is indented, so that it cannot pass for a line of the file, and has no
//! control characters, so that it does nothing to a terminal.

use std::fmt::Write as _;

use super::cover::{Cover, Fact};
use super::html::markdown::plain;
use super::msg::ExportMsg;
use super::names::{Names, shown};
use super::render::{Listed, Piece, Render};
use super::times::{both, moment, note};
use crate::domain::history::{Attachment, Body, Kind, Message, Part};
use crate::domain::ids::UserId;
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
        let who = names.of_user(message.author.id);
        let mut title = format!("{}  {who}", both(&self.zone, message.at()));
        if let Some(person) = names.person(message.author.id) {
            let _written = write!(title, " (@{})", person.username);
        }
        let is_owner = message.author.id == self.owner;
        let marks = [
            is_owner.then_some(ExportMsg::OwnerMark),
            message.author.is_app.then_some(ExportMsg::App),
            message.edited_at.map(|at| ExportMsg::EditedAt { at: both(&self.zone, at) }),
            message.is_pinned.then_some(ExportMsg::Pinned),
        ];
        for mark in marks.into_iter().flatten() {
            let _written = write!(title, " [{}]", self.say(&mark));
        }
        title
    }

    fn system(&self, message: &Message, names: &Names) -> String {
        let who = names.of_user(message.author.id).into_owned();
        let whom = message.mentions.first().map(|person| names.of_user(person.id).into_owned()).unwrap_or_default();
        let msg = match message.kind {
            Kind::Added => ExportMsg::AddedSomebody { who, whom },
            Kind::Removed => ExportMsg::RemovedSomebody { who, whom },
            Kind::Renamed => ExportMsg::RenamedTo { who, name: shown(&message.body.text) },
            Kind::Pinned => ExportMsg::PinnedOne { who },
            Kind::Written | Kind::Other(_) => ExportMsg::OtherSystem { who },
        };
        format!("{}  {}\n", both(&self.zone, message.at()), self.say(&msg))
    }

    fn body(&self, body: &Body, names: &Names, out: &mut String) {
        push(out, &plain(&self.zone, names, &body.text));
        for embed in &body.embeds {
            let titles = [&embed.author, &embed.title, &embed.url, &embed.description];
            titles.into_iter().flatten().for_each(|text| push(out, text));
            for field in &embed.fields {
                push(out, &format!("{}: {}", field.name, field.value));
            }
            embed.footer.iter().for_each(|text| push(out, text));
        }
        for part in &body.parts {
            self.part(part, out);
        }
        for sticker in &body.stickers {
            push(out, &format!("[{}]", self.say(&ExportMsg::Sticker { name: shown(sticker) })));
        }
        if let Some(poll) = &body.poll {
            push(out, &format!("[{}] {}", self.say(&ExportMsg::Poll), poll.question));
            for (answer, votes) in &poll.answers {
                let votes = votes.map(|count| self.say(&ExportMsg::Votes { count }));
                push(out, &format!("- {answer} {}", votes.unwrap_or_default()));
            }
        }
        for file in &body.attachments {
            push(out, &self.file(file));
        }
    }

    fn part(&self, part: &Part, out: &mut String) {
        match part {
            Part::Text(text) => push(out, text),
            Part::Button { label, url } => {
                push(out, &format!("[{}] {}", shown(label), url.as_deref().unwrap_or_default()));
            }
            Part::Menu(text) => push(out, &format!("[{}: {}]", self.say(&ExportMsg::Menu), shown(text))),
            Part::Picture(text) => push(out, &format!("[{}: {}]", self.say(&ExportMsg::Picture), shown(text))),
            Part::File(name) => push(out, &format!("[{}: {}]", self.say(&ExportMsg::File), shown(name))),
            Part::Separator => {}
            Part::Group(parts) => parts.iter().for_each(|part| self.part(part, out)),
        }
    }

    fn file(&self, file: &Attachment) -> String {
        let size = match file.size {
            bytes @ 0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
            bytes => self.say(&ExportMsg::Size { size: AtLeast(bytes) }),
        };
        format!("[{}: {}, {size}]", self.say(&ExportMsg::File), shown(&file.name))
    }
}

impl Render for Text {
    fn extension(&self) -> &'static str {
        "txt"
    }

    fn begin_part(&mut self) {}

    fn message(&mut self, message: &Message, names: &Names) -> Piece {
        if message.kind != Kind::Written {
            return Piece { before: self.system(message, names), files: Vec::new(), after: String::new() };
        }
        let mut out = self.title(message, names) + "\n";
        if let Some(reply) = &message.reply_to {
            let quoted = match &reply.shown {
                Some((author, text)) => format!("> {}: {}", names.of_user(author.id), shown(text)),
                None => format!("> {}", self.say(&ExportMsg::RepliedGone)),
            };
            push(&mut out, &quoted);
        }
        if message.is_unreadable() {
            push(&mut out, &format!("[{}]", self.say(&ExportMsg::Unreadable)));
        }
        self.body(&message.body, names, &mut out);
        for forwarded in &message.forwards {
            push(&mut out, &format!("[{}]", self.say(&ExportMsg::Forwarded)));
            self.body(forwarded, names, &mut out);
        }
        if !message.reactions.is_empty() {
            let each = message.reactions.iter().map(|found| format!("{} {}", shown(&found.emoji), found.count));
            push(&mut out, &each.collect::<Vec<_>>().join("  "));
        }
        Piece { before: out + "\n", files: Vec::new(), after: String::new() }
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
        let mut out = format!("{} · {}\n\n", say(ExportMsg::Title { number: facts.name() }), shown(&facts.thread_name));
        let state = TicketState(facts.state);
        let _written = writeln!(out, "{}: {}", say(ExportMsg::Server), shown(&facts.guild_name));
        let _written = writeln!(out, "{}: {}", say(ExportMsg::State), say(ExportMsg::StateValue { state }));
        for (label, fact) in cover.entries() {
            let fact = match fact {
                Fact::Person(user) => cover.names.of_user(user).into_owned(),
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
                push(&mut out, &unescaped(&answer.question));
                for line in plain(&self.zone, cover.names, &answer.answer).lines() {
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

/// Adds a text of a person, indented.
fn push(out: &mut String, text: &str) {
    for line in text.lines() {
        out.push_str(INDENT);
        let is_harmless = |letter: &char| !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}');
        out.extend(line.chars().filter(|letter| *letter == '\t' || is_harmless(letter)));
        out.push('\n');
    }
}
