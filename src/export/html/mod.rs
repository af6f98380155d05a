//! An export as one page of HTML that needs nothing else: no scripts, no remote resources. Its own policy forbids both.
//!
//! maud writes every text of people, and escapes it. Style depends on classes only, so that the policy can name the one
//! style sheet by its hash.

mod body;
mod files;
mod head;
pub(super) mod markdown;
mod message;
mod prepare;
#[cfg(test)]
mod tests;
mod times;
mod tokens;
mod words;

use std::collections::HashSet;
use std::time::Duration;

use maud::html;

use self::markdown::Reader;
use self::words::Words;
use super::cover::Cover;
use super::msg::ExportMsg;
use super::names::Names;
use super::render::{Listed, Piece, Render};
use super::times as moments;
use crate::domain::clock::Timestamp;
use crate::domain::history::{Attachment, Kind, Message, Person};
use crate::domain::ids::{MessageId, UserId};
use crate::domain::zone::Zone;
use crate::i18n::{self, Locale};

/// Messages of one author within this time stand together.
const TOGETHER: Duration = Duration::from_mins(7);

pub struct Html {
    locale: Locale,
    owner: UserId,
    zone: Zone,
    words: Words,
    /// The last written message of this part: whose it is, and when it was written.
    last: Option<(Person, Timestamp)>,
    /// The day of the last message of this part.
    day: Option<(i32, u8, u8)>,
    /// The messages of this part.
    shown: HashSet<MessageId>,
}

impl Html {
    pub fn new(locale: Locale, owner: UserId, zone: Zone) -> Self {
        let words = Words::new(&locale);
        Self { locale, owner, zone, words, last: None, day: None, shown: HashSet::new() }
    }

    fn say(&self, msg: &ExportMsg) -> String {
        i18n::render(&self.locale, msg)
    }

    fn reader<'a>(&'a self, names: &'a Names) -> Reader<'a> {
        Reader { names, zone: &self.zone, spoiler: &self.words.spoiler, is_linked: false }
    }

    fn day(&self, at: Timestamp) -> String {
        let (year, month, day) = at.date();
        let (weekday, year) = (moments::weekday(at), format!("{year:04}"));
        self.say(&ExportMsg::Day { weekday, day: day.into(), month: month.into(), year })
    }
}

impl Render for Html {
    fn extension(&self) -> &'static str {
        "html"
    }

    fn begin_part(&mut self) {
        (self.last, self.day) = (None, None);
        self.shown.clear();
    }

    fn message(&mut self, message: &Message, names: &Names) -> Piece {
        let at = message.at();
        let mut before = String::new();
        let wall = self.zone.wall(at);
        if self.day != Some(wall.date()) {
            let date = moments::date(wall);
            before += &html! { h2.day { time datetime=(date) { (self.day(wall)) } } }.0;
            (self.day, self.last) = (Some(wall.date()), None);
        }
        let is_first = self.last.as_ref().is_none_or(|(author, before)| {
            !author.is_same(&message.author)
                || at.since(*before) > TOGETHER
                || message.reply_to.is_some()
                || message.command.is_some()
        });
        let files: Vec<Attachment> = message.files().cloned().collect();
        let after = if message.kind == Kind::Written {
            let (open, close) = self.written(message, names, is_first, !files.is_empty());
            before += &open;
            self.last = Some((message.author.clone(), at));
            close
        } else {
            before += &self.system(message, names).0;
            self.last = None;
            String::new()
        };
        self.shown.insert(message.id);
        Piece { before, files: if message.kind == Kind::Written { files } else { Vec::new() }, after }
    }

    fn embedded(&self, file: &Attachment) -> Option<(String, String)> {
        Some(files::embedded(file, &self.words, &self.locale))
    }

    fn listed(&self, file: &Attachment, why: Listed) -> String {
        files::listed(file, &self.locale, why).0
    }

    fn head(&self, cover: &Cover<'_>) -> String {
        head::render(self, cover)
    }

    fn tail(&self) -> String {
        "</main></body></html>\n".to_owned()
    }
}
