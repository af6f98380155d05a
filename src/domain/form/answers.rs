//! What a member has filled in, checked against the questions. Discord checks most of it before, but not that a number
//! is one, and a form may come back after its questions have changed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Choice, Kind, MAX_DIGITS, MAX_KEY, MOST_QUESTIONS, Question};
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::UserId;
use crate::domain::text;

/// A form as it came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Each field by its key, in the order of the form.
    pub fields: Vec<(String, Given)>,
    /// The names of chosen members.
    pub names: HashMap<UserId, String>,
    /// The uploaded files by their ids.
    pub files: HashMap<String, Upload>,
}

/// A field's value in the shape in which it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    Text(String),
    Values(Vec<String>),
    Flag(bool),
    Nothing,
}

/// An uploaded file, which vanishes after a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub url: String,
}

/// All answers, in the order of the questions. Questions that were left out are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub Vec<Answer>);

/// An answer, which no longer depends on its question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub key: String,
    pub label: String,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// As written, without what hides, reorders or covers.
    Text(String),
    /// From a list, or what was agreed to.
    Chosen(Vec<String>),
    Yes(bool),
    Members(Vec<Named>),
    Files(Vec<Upload>),
}

/// A member with their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub user: UserId,
    pub name: String,
}

/// An answer that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The question, or the key of one that is gone.
    pub label: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Missing,
    TooShort {
        least: u16,
    },
    TooLong {
        most: u16,
    },
    NoNumber,
    OutOfRange {
        least: Option<i64>,
        most: Option<i64>,
    },
    NotOffered,
    Count {
        least: usize,
        most: usize,
    },
    /// The question is another one, or gone.
    Changed,
}

impl Filled {
    pub fn get(&self, key: &str) -> Option<&Given> {
        self.fields.iter().find(|(known, _)| known == key).map(|(_, given)| given)
    }
}

impl Answers {
    /// The answers to these questions, or everything that is wrong with them.
    pub fn check(questions: &[Question], filled: &Filled) -> Result<Self, Vec<Unfit>> {
        let (mut answers, mut unfit) = (Vec::new(), Vec::new());
        for question in questions {
            match answer(question, filled) {
                Ok(Some(value)) => {
                    let Question { key, label, .. } = question.clone();
                    answers.push(Answer { key, label, value });
                }
                Ok(None) if question.is_required() => {
                    unfit.push(Unfit { label: question.label.clone(), why: Why::Missing });
                }
                Ok(None) => {}
                Err(why) => unfit.push(Unfit { label: question.label.clone(), why }),
            }
        }
        // A form that was shown had no more questions, nor longer keys: others say nothing to anybody.
        let is_gone = |key: &&String| !questions.iter().any(|question| question.key == **key);
        let gone = filled.fields.iter().map(|(key, _)| key).filter(is_gone).take(MOST_QUESTIONS);
        unfit.extend(gone.map(|key| Unfit { label: text::cut(key, MAX_KEY).to_owned(), why: Why::Changed }));
        if unfit.is_empty() { Ok(Self(answers)) } else { Err(unfit) }
    }

    /// The uploaded files, by question.
    pub fn files(&self) -> impl Iterator<Item = (&Answer, &[Upload])> {
        self.0.iter().filter_map(|answer| match &answer.value {
            Value::Files(files) => Some((answer, files.as_slice())),
            _ => None,
        })
    }
}

/// `None`: there is no answer.
fn answer(question: &Question, filled: &Filled) -> Result<Option<Value>, Why> {
    let Some(given) = filled.get(&question.key) else { return Ok(None) };
    match (&question.kind, given) {
        (_, Given::Nothing) => Ok(None),
        (Kind::Short { least, most }, Given::Text(written)) => {
            length(text::single_line(written), written, *least, *most)
        }
        (Kind::Long { least, most }, Given::Text(written)) => length(text::paragraph(written), written, *least, *most),
        (Kind::Number { least, most }, Given::Text(written)) => number(written, *least, *most),
        (Kind::One { options, .. }, given) => {
            let chosen = chosen(options, given)?;
            counted(chosen, 1, 1).map(|chosen| chosen.map(Value::Chosen))
        }
        (Kind::Several { options, least, .. }, given) => {
            let chosen = chosen(options, given)?;
            counted(chosen, (*least).into(), question.kind.most()).map(|chosen| chosen.map(Value::Chosen))
        }
        (Kind::YesNo, Given::Text(chosen)) => match chosen.as_str() {
            YES => Ok(Some(Value::Yes(true))),
            NO => Ok(Some(Value::Yes(false))),
            _ => Err(Why::NotOffered),
        },
        // What has changed since the form was shown, nobody has agreed to.
        (Kind::Consent { text }, Given::Values(values)) => match question.agreement() {
            _ if values.is_empty() => Ok(None),
            Some(now) if values.iter().all(|value| *value == now) => Ok(Some(Value::Chosen(vec![text.clone()]))),
            _ => Err(Why::Changed),
        },
        (Kind::Member { .. }, Given::Values(values)) => {
            let members: Option<Vec<Named>> = values.iter().map(|value| filled.named(value)).collect();
            let members = counted(members.ok_or(Why::NotOffered)?, 1, question.kind.most())?;
            Ok(members.map(Value::Members))
        }
        (Kind::File { .. }, Given::Values(values)) => {
            let files: Option<Vec<Upload>> = values.iter().map(|value| filled.files.get(value).cloned()).collect();
            let files = counted(files.ok_or(Why::NotOffered)?, 1, question.kind.most())?;
            Ok(files.map(Value::Files))
        }
        _ => Err(Why::Changed),
    }
}

/// The values of the two radio buttons.
pub const YES: &str = "yes";
pub const NO: &str = "no";

/// What the value of a check box begins with that stands for a consent.
pub(super) const AGREED: &str = "agreed-";

impl Question {
    /// The value of a consent's check box: it changes with all that a member reads beside it. `None`: it is none.
    pub fn agreement(&self) -> Option<String> {
        let Kind::Consent { text } = &self.kind else { return None };
        let read = [&self.label, self.help.as_deref().unwrap_or_default(), text].join("\n");
        Some(format!("{AGREED}{}", fingerprint(&read)))
    }
}

/// `written` is measured, because Discord did so; `tidied` is kept.
fn length(tidied: String, written: &str, least: u16, most: u16) -> Result<Option<Value>, Why> {
    if !text::is_visible(&tidied) {
        return Ok(None);
    }
    if written.chars().count() > most.into() {
        return Err(Why::TooLong { most });
    }
    if text::length(written) < least.into() {
        return Err(Why::TooShort { least });
    }
    Ok(Some(Value::Text(tidied)))
}

/// Digits with a sign: kept as written, as an order number may begin with zeros.
fn number(written: &str, least: Option<i64>, most: Option<i64>) -> Result<Option<Value>, Why> {
    let written = text::single_line(written);
    if written.is_empty() {
        return Ok(None);
    }
    let digits = written.strip_prefix(['-', '+']).unwrap_or(&written);
    if digits.is_empty() || digits.len() > MAX_DIGITS.into() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Why::NoNumber);
    }
    let number: i128 = written.parse().map_err(|_| Why::NoNumber)?;
    let is_within =
        least.is_none_or(|least| i128::from(least) <= number) && most.is_none_or(|most| number <= i128::from(most));
    if is_within { Ok(Some(Value::Text(written))) } else { Err(Why::OutOfRange { least, most }) }
}

/// The chosen entries, each once, in the order of the list.
fn chosen(options: &[Choice], given: &Given) -> Result<Vec<String>, Why> {
    let values = match given {
        Given::Text(value) => std::slice::from_ref(value),
        Given::Values(values) => values.as_slice(),
        Given::Flag(_) | Given::Nothing => return Err(Why::Changed),
    };
    if !values.iter().all(|value| options.iter().any(|option| option.label == *value)) {
        return Err(Why::NotOffered);
    }
    Ok(options.iter().map(|option| option.label.clone()).filter(|label| values.contains(label)).collect())
}

fn counted<T>(values: Vec<T>, least: usize, most: usize) -> Result<Option<Vec<T>>, Why> {
    match values.len() {
        0 => Ok(None),
        count if (least..=most).contains(&count) => Ok(Some(values)),
        _ => Err(Why::Count { least, most }),
    }
}

impl Filled {
    fn named(&self, value: &str) -> Option<Named> {
        let user = value.parse().ok()?;
        let name = self.names.get(&user).map(|name| text::single_line(name)).unwrap_or_default();
        Some(Named { user, name })
    }
}
