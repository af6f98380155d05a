//! The questions that an inbox asks before a ticket is opened: what admins may set, and the limits of Discord's forms.
//!
//! `answers` checks what a member has filled in, `layout` writes it into messages, `quoted` finds it there again,
//! `choices` reads and writes the entries of lists, `secrets` finds questions that ask for passwords. Nothing here keeps an
//! answer.

pub mod answers;
mod choices;
pub mod layout;
pub mod quoted;
mod secrets;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::text;

pub use answers::{Answer, Answers, Filled, Given, Unfit, Value, Why};
pub use choices::{read_choices, write_choices};
pub use layout::{Values, Words};

/// The most questions of a form (Discord: "Receiving and Responding", modal, components).
pub const MOST_QUESTIONS: usize = 5;

/// The most characters of a question, and of what is said below it (Discord: "Component Reference", label).
pub const MAX_LABEL: usize = 45;
pub const MAX_HELP: usize = 100;

/// The most characters of an entry of a list, and of its description (Discord: "Component Reference", options).
pub const MAX_CHOICE: usize = 100;

/// The most characters of a key.
pub const MAX_KEY: usize = 32;

/// The most characters of a text input (Discord: "Component Reference", text input).
pub const MAX_TEXT: u16 = 4_000;

/// The length of texts unless an admin sets another.
const SHORT: u16 = 100;
const LONG: u16 = 1_000;

/// The most radio buttons and check boxes, and the least radio buttons (Discord: "Component Reference", radio group and
/// checkbox group).
pub const MOST_BOXES: usize = 10;
const LEAST_RADIO: usize = 2;

/// The most entries of a menu, and of what can be chosen in it (Discord: "Component Reference", string select).
pub const MOST_CHOICES: usize = 25;

/// The most files of one question (Discord: "Component Reference", file upload).
pub const MOST_FILES: u8 = 10;

/// The most digits of a number: larger ones cannot be compared.
pub const MAX_DIGITS: u16 = 38;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Names the answer in templates, and the field in the form: unique.
    pub key: String,
    pub label: String,
    /// Said beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// It must be answered.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub required: bool,
    #[serde(flatten)]
    pub kind: Kind,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Short {
        #[serde(default, skip_serializing_if = "is_zero")]
        least: u16,
        #[serde(default = "short")]
        most: u16,
    },
    /// A paragraph.
    Long {
        #[serde(default, skip_serializing_if = "is_zero")]
        least: u16,
        #[serde(default = "long")]
        most: u16,
    },
    /// A whole number.
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
    },
    /// One of a list: radio buttons, or a menu if asked for or too long.
    One {
        #[serde(default, skip_serializing_if = "is_no")]
        menu: bool,
        options: Vec<Choice>,
    },
    /// Several of a list: check boxes, or a menu if asked for or too long.
    Several {
        #[serde(default, skip_serializing_if = "is_no")]
        menu: bool,
        /// If it is answered.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        least: u8,
        /// `None`: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u8>,
        options: Vec<Choice>,
    },
    /// Two radio buttons.
    YesNo,
    /// One check box that must be checked.
    Consent { text: String },
    /// Members of the server.
    Member {
        #[serde(default = "one", skip_serializing_if = "is_one")]
        most: u8,
    },
    /// Uploaded files.
    File {
        #[serde(default = "one", skip_serializing_if = "is_one")]
        most: u8,
    },
}

/// An entry of a list. The label is also its value in the form: lists can be rearranged while a form is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The names of the kinds, in the order in which they are offered.
pub const KINDS: [&str; 9] = ["short", "long", "number", "one", "several", "yes_no", "consent", "member", "file"];

/// How a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Radio,
    Boxes,
    Menu,
}

/// A form that Discord or this program would refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The index of the question.
    pub question: usize,
    pub what: Wrong,
}

/// What is wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    TooMany,
    Key,
    KeyTwice,
    Label,
    Help,
    /// Too few or too many entries.
    Choices,
    /// An entry without a visible text, or with one that is too long.
    Choice,
    ChoiceTwice,
    /// Limits of a text.
    Length,
    /// Limits of a number.
    Range,
    /// How many can be chosen or uploaded.
    Count,
}

impl Kind {
    /// The stored name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Short { .. } => "short",
            Self::Long { .. } => "long",
            Self::Number { .. } => "number",
            Self::One { .. } => "one",
            Self::Several { .. } => "several",
            Self::YesNo => "yes_no",
            Self::Consent { .. } => "consent",
            Self::Member { .. } => "member",
            Self::File { .. } => "file",
        }
    }

    /// A new question's, with default limits; `entries` are those of a list, or the text of a consent.
    pub fn new(name: &str, entries: Vec<Choice>) -> Option<Self> {
        Some(match name {
            "short" => Self::Short { least: 0, most: SHORT },
            "long" => Self::Long { least: 0, most: LONG },
            "number" => Self::Number { least: None, most: None },
            "one" => Self::One { menu: false, options: entries },
            "several" => Self::Several { menu: false, least: 1, most: None, options: entries },
            "yes_no" => Self::YesNo,
            "consent" => {
                Self::Consent { text: entries.into_iter().next().map(|entry| entry.label).unwrap_or_default() }
            }
            "member" => Self::Member { most: 1 },
            "file" => Self::File { most: 1 },
            _ => return None,
        })
    }

    /// How a list is shown; `None`: it is no list.
    pub fn shown(&self) -> Option<Shown> {
        match self {
            Self::One { menu, options } => {
                let fits = (LEAST_RADIO..=MOST_BOXES).contains(&options.len());
                Some(if fits && !menu { Shown::Radio } else { Shown::Menu })
            }
            Self::Several { menu, options, .. } => {
                Some(if options.len() <= MOST_BOXES && !menu { Shown::Boxes } else { Shown::Menu })
            }
            _ => None,
        }
    }

    /// How many values an answer has at most.
    pub fn most(&self) -> usize {
        match self {
            Self::Several { most, options, .. } => most.map_or(options.len(), usize::from).min(options.len()),
            Self::Member { most } | Self::File { most } => (*most).into(),
            _ => 1,
        }
    }

    fn check(&self) -> Result<(), Wrong> {
        match self {
            Self::Short { least, most } | Self::Long { least, most } => {
                is(least <= most && (1..=MAX_TEXT).contains(most), Wrong::Length)
            }
            Self::Number { least, most } => {
                is(least.zip(*most).is_none_or(|(least, most)| least <= most), Wrong::Range)
            }
            Self::One { options, .. } => check_choices(options),
            Self::Several { options, least, most, .. } => {
                check_choices(options)?;
                let most = most.map_or(options.len(), usize::from);
                is((1..=most).contains(&(*least).into()) && most <= options.len(), Wrong::Count)
            }
            Self::YesNo => Ok(()),
            Self::Consent { text } => is(is_text(text, MAX_CHOICE), Wrong::Choice),
            Self::Member { most } => is((1..=MOST_CHOICES).contains(&(*most).into()), Wrong::Count),
            Self::File { most } => is((1..=MOST_FILES).contains(most), Wrong::Count),
        }
    }
}

impl Question {
    /// Whether it must be answered. Consent always must be given.
    pub fn is_required(&self) -> bool {
        self.required || matches!(self.kind, Kind::Consent { .. })
    }

    /// It asks for a password, a token or the like, which nobody should write into a ticket.
    pub fn asks_for_secret(&self) -> bool {
        let consent = match &self.kind {
            Kind::Consent { text } => Some(text),
            _ => None,
        };
        // A consent says such things: "I have not posted my password".
        consent.is_none()
            && [Some(&self.label), self.help.as_ref()].into_iter().flatten().any(|text| secrets::named(text))
    }

    fn check(&self) -> Result<(), Wrong> {
        is(is_key(&self.key), Wrong::Key)?;
        is(is_text(&self.label, MAX_LABEL), Wrong::Label)?;
        is(self.help.as_deref().is_none_or(|help| is_text(help, MAX_HELP)), Wrong::Help)?;
        self.kind.check()
    }
}

/// Refuses questions that would not make a form.
pub fn check(questions: &[Question]) -> Result<(), Fault> {
    if questions.len() > MOST_QUESTIONS {
        return Err(Fault { question: MOST_QUESTIONS, what: Wrong::TooMany });
    }
    let mut keys = HashSet::new();
    for (at, question) in questions.iter().enumerate() {
        let fault = |what| Fault { question: at, what };
        question.check().map_err(fault)?;
        is(keys.insert(&question.key), Wrong::KeyTwice).map_err(fault)?;
    }
    Ok(())
}

/// A key for a question without one, from its label.
pub fn key_for(label: &str, others: &[Question]) -> String {
    let mut key = String::new();
    for letter in label.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    // Room for a number.
    key.truncate(MAX_KEY - 2);
    let key = key.trim_end_matches('_');
    let key = if key.is_empty() { "question" } else { key };
    let is_free = |key: &String| others.iter().all(|other| other.key != *key);
    let numbered = (2..).map(|number| format!("{key}{number}"));
    std::iter::once(key.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

fn check_choices(choices: &[Choice]) -> Result<(), Wrong> {
    is((1..=MOST_CHOICES).contains(&choices.len()), Wrong::Choices)?;
    let mut labels = HashSet::new();
    for Choice { label, description } in choices {
        is(is_text(label, MAX_CHOICE), Wrong::Choice)?;
        is(description.as_deref().is_none_or(|text| is_text(text, MAX_CHOICE)), Wrong::Choice)?;
        is(labels.insert(label), Wrong::ChoiceTwice)?;
    }
    Ok(())
}

/// One line that can be read.
fn is_text(text: &str, most: usize) -> bool {
    text::is_visible(text) && text::length(text) <= most && !text.chars().any(char::is_control)
}

fn is_key(key: &str) -> bool {
    let is_plain = |byte: u8| byte == b'_' || byte.is_ascii_digit() || byte.is_ascii_lowercase();
    (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(is_plain)
}

const fn is(holds: bool, wrong: Wrong) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(wrong) }
}

const fn yes() -> bool {
    true
}

const fn short() -> u16 {
    SHORT
}

const fn long() -> u16 {
    LONG
}

const fn one() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
const fn is_yes(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
const fn is_no(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
const fn is_zero(value: &u16) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
const fn is_one(value: &u8) -> bool {
    *value == 1
}
