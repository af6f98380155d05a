//! Writes answers: as quoted fields of messages, as values of placeholders, and as a plain text for the member whose
//! answers were not taken.
//!
//! In a message an answer appears literally: nothing in it notifies, links or formats. Nothing is cut: what does not fit
//! continues in another message, never in the middle of what a reader takes for one character.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::answers::{AGREED, NO, YES};
use super::{Answer, Answers, Filled, Given, Kind, Question, Value};
use crate::domain::ids::UserId;
use crate::domain::starter::MAX_LENGTH;
use crate::domain::text;

/// The words for an answer with a yes or a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub yes: String,
    pub no: String,
}

/// What stands before the key of a question in a placeholder.
pub const PREFIX: &str = "form_";

/// The most characters of a placeholder's value: the whole answer stands below.
const MAX_VALUE: usize = 200;

/// The least room in which a long answer begins; with less, it begins in the next message.
const LEAST_ROOM: usize = 200;

/// The values of the placeholders `$form_key`; empty for what was not answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values(BTreeMap<String, String>);

impl Values {
    /// None at all: these placeholders stay as they are written.
    pub const NONE: Self = Self(BTreeMap::new());

    /// Of a ticket that was opened without the form.
    pub fn empty(questions: &[Question]) -> Self {
        Self(questions.iter().map(|question| (format!("{PREFIX}{}", question.key), String::new())).collect())
    }

    /// For a preview: each question stands for its answer.
    pub fn sample(questions: &[Question]) -> Self {
        Self(questions.iter().map(|question| (format!("{PREFIX}{}", question.key), question.label.clone())).collect())
    }

    pub fn of(questions: &[Question], answers: &Answers, words: &Words) -> Self {
        let mut values = Self::empty(questions);
        values.0.extend(answers.0.iter().map(|answer| (format!("{PREFIX}{}", answer.key), answer.short(words))));
        values
    }

    /// By the name of the placeholder.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// A line of an answer.
enum Line<'a> {
    Text(&'a str),
    Mention(UserId),
}

impl Answer {
    fn lines<'a>(&'a self, words: &'a Words) -> Vec<Line<'a>> {
        match &self.value {
            Value::Text(text) => text.lines().map(Line::Text).collect(),
            Value::Chosen(chosen) => chosen.iter().map(|chosen| Line::Text(chosen)).collect(),
            Value::Yes(true) => vec![Line::Text(&words.yes)],
            Value::Yes(false) => vec![Line::Text(&words.no)],
            Value::Members(members) => members.iter().map(|member| Line::Mention(member.user)).collect(),
            Value::Files(files) => files.iter().map(|file| Line::Text(&file.name)).collect(),
        }
    }

    fn short(&self, words: &Words) -> String {
        let whole = match &self.value {
            Value::Members(members) => members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", "),
            Value::Text(text) => text.clone(),
            _ => {
                let lines = self.lines(words).into_iter().filter_map(|line| match line {
                    Line::Text(text) => Some(text),
                    Line::Mention(_) => None,
                });
                lines.collect::<Vec<_>>().join(", ")
            }
        };
        let line = text::single_line(&whole);
        let kept = text::cut(&line, MAX_VALUE).trim_end();
        if kept.len() < line.len() { format!("{kept}…") } else { line }
    }
}

/// The question above an answer.
pub fn heading(label: &str) -> String {
    format!("**{}**", text::escape(&text::single_line(label)))
}

/// The name of a file, as far as it is shown.
pub fn short_name(name: &str) -> String {
    text::cut(&text::single_line(name), MAX_VALUE).to_owned()
}

/// A line of text, quoted.
pub fn quote(line: &str) -> String {
    format!("{QUOTE}{}", text::escape(line))
}

pub(super) const QUOTE: &str = "> ";

/// Quotes the answers under `before`, and what does not fit there in further messages. Files are posted by themselves.
pub fn lay_out(before: &str, answers: &Answers, words: &Words) -> Vec<String> {
    let mut pages = Pages { done: Vec::new(), page: before.trim_end().to_owned() };
    let mut is_first = true;
    for answer in answers.0.iter().filter(|answer| !matches!(answer.value, Value::Files(_))) {
        let heading = heading(&answer.label);
        let lines = answer.lines(words);
        let quoted: Vec<String> = lines.iter().map(Line::quoted).collect();
        let whole = [std::slice::from_ref(&heading), &quoted].concat().join("\n");
        // A blank line between the greeting and the answers.
        let gap = if std::mem::take(&mut is_first) { "\n" } else { "" };
        if pages.has_room_for(&format!("{gap}{whole}")) {
            pages.add(&format!("{gap}{whole}"));
            continue;
        }
        if text::length(&whole) <= MAX_LENGTH || pages.room() < text::length(&heading) + LEAST_ROOM {
            pages.turn();
        }
        pages.add_line(&heading);
        for line in &lines {
            match line {
                Line::Text(text) => pages.add_quoted(text),
                Line::Mention(_) => pages.add_line(&line.quoted()),
            }
        }
    }
    pages.turn();
    pages.done
}

impl Line<'_> {
    fn quoted(&self) -> String {
        match self {
            Self::Text(text) => quote(text),
            Self::Mention(user) => format!("{QUOTE}<@{user}>"),
        }
    }
}

/// Messages that are being filled.
struct Pages {
    done: Vec<String>,
    page: String,
}

impl Pages {
    /// For another line.
    fn room(&self) -> usize {
        let used = text::length(&self.page);
        MAX_LENGTH.saturating_sub(if used == 0 { 0 } else { used + 1 })
    }

    fn has_room_for(&self, lines: &str) -> bool {
        text::length(lines) <= self.room()
    }

    fn add(&mut self, lines: &str) {
        if !self.page.is_empty() {
            self.page.push('\n');
        }
        self.page.push_str(lines);
    }

    fn add_line(&mut self, line: &str) {
        if !self.has_room_for(line) {
            self.turn();
        }
        self.add(line);
    }

    /// Adds a line of an answer, in several parts if it must be.
    fn add_quoted(&mut self, line: &str) {
        let mut rest = line;
        loop {
            if self.has_room_for(&quote(rest)) {
                return self.add(&quote(rest));
            }
            let part = fitting(rest, self.room().saturating_sub(QUOTE.len()));
            if part.is_empty() || (text::length(&quote(rest)) <= MAX_LENGTH && self.room() < LEAST_ROOM) {
                // An empty page has room for one character of any kind.
                self.turn();
                continue;
            }
            self.add(&quote(part));
            rest = &rest[part.len()..];
            self.turn();
        }
    }

    /// Begins another message, unless this one is empty. Discord removes blank lines at the end of one, and the quote
    /// would show its mark.
    fn turn(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        while let Some(shorter) = page.strip_suffix("\n> ") {
            page.truncate(shorter.len());
        }
        if !page.is_empty() {
            self.done.push(page);
        }
    }
}

/// The longest beginning that fits once escaped. It ends after a space if one is near.
fn fitting(line: &str, room: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    for (start, grapheme) in line.grapheme_indices(true) {
        used += text::length(&text::escape(grapheme));
        if used > room {
            break;
        }
        end = start + grapheme.len();
    }
    if end == 0 {
        // One picture of many people, longer than a message.
        let fits =
            |(start, letter): &(usize, char)| text::length(&text::escape(&line[..start + letter.len_utf8()])) <= room;
        return line
            .char_indices()
            .take_while(fits)
            .last()
            .map_or("", |(start, letter)| &line[..start + letter.len_utf8()]);
    }
    let kept = &line[..end];
    match kept.rfind(' ') {
        Some(space) if end < line.len() && kept.len() - space < LEAST_ROOM => &kept[..=space],
        _ => kept,
    }
}

/// What a member has filled in, as a plain text for them. Questions that are gone are named by their keys.
pub fn plain(questions: &[Question], filled: &Filled, words: &Words) -> String {
    let mut out = String::new();
    for (key, given) in &filled.fields {
        let question = questions.iter().find(|question| question.key == *key);
        let is_yes_no = question.is_some_and(|question| question.kind == Kind::YesNo);
        let values: Vec<String> = match given {
            Given::Text(value) if is_yes_no && value == YES => vec![words.yes.clone()],
            Given::Text(value) if is_yes_no && value == NO => vec![words.no.clone()],
            Given::Text(text) => vec![text.clone()],
            Given::Values(values) => values
                .iter()
                .map(|value| agreed(question, value, words).unwrap_or_else(|| filled.name_of(value)))
                .collect(),
            Given::Flag(true) => vec![words.yes.clone()],
            Given::Flag(false) => vec![words.no.clone()],
            Given::Nothing => Vec::new(),
        };
        let written = values.join("\n");
        if text::is_visible(&written) {
            out.push_str(question.map_or(key, |question| &question.label));
            out.push_str("\n\n");
            out.push_str(&written);
            out.push_str("\n\n\n");
        }
    }
    out.trim_end().to_owned()
}

/// What a checked box stands for: the text of the consent, or a yes if that has changed or is gone.
fn agreed(question: Option<&Question>, value: &str, words: &Words) -> Option<String> {
    match question.map(|question| (&question.kind, question.agreement())) {
        Some((Kind::Consent { text }, Some(now))) => Some(if value == now { text.clone() } else { words.yes.clone() }),
        Some(_) => None,
        None => value.starts_with(AGREED).then(|| words.yes.clone()),
    }
}

impl Filled {
    fn name_of(&self, value: &str) -> String {
        let file = self.files.get(value).map(|file| file.name.clone());
        let member = || value.parse().ok().and_then(|user| self.names.get(&user).cloned());
        file.or_else(member).unwrap_or_else(|| value.to_owned())
    }
}
