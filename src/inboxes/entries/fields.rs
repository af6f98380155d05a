//! The fields of the forms in which an entry is written, and what they change.

use serde_json::Value;

use super::msg::EntryMsg;
use super::{List, Lists};
use crate::discord::forms::Field;
use crate::domain::embed::{self, Embed};
use crate::domain::first_message::{TemplateFile, are_files};
use crate::domain::form::{self, Choice, Kind, MAX_CHOICE, MAX_HELP, MAX_KEY, MAX_LABEL, MAX_TEXT, Question, Wrong};
use crate::domain::frequent::{self, Frequent};
use crate::domain::text;
use crate::i18n::Locale;

/// What a form is about: the words of an entry, its limits, or a new entry.
pub(super) const TEXT: &str = "text";
pub(super) const LIMITS: &str = "limits";
/// Before the kind of a new question.
pub(super) const NEW: &str = "new-";

/// The ids of fields.
const LABEL: &str = "label";
const HELP: &str = "help";
const KEY: &str = "key";
const OPTIONS: &str = "options";
const LEAST: &str = "least";
const MOST: &str = "most";

/// Digits with a sign.
const DIGITS: usize = 20;

/// One field.
struct Part {
    id: &'static str,
    label: EntryMsg,
    hint: EntryMsg,
    value: String,
    most: usize,
    long: bool,
    required: bool,
}

impl Part {
    fn line(id: &'static str, label: EntryMsg, hint: EntryMsg, value: &str, most: usize) -> Self {
        Self { id, label, hint, value: value.to_owned(), most, long: false, required: false }
    }

    fn required(self) -> Self {
        Self { required: true, ..self }
    }

    fn long(self) -> Self {
        Self { long: true, ..self }
    }

    fn number(id: &'static str, value: Option<String>) -> Self {
        let label = if id == LEAST { EntryMsg::LeastLabel } else { EntryMsg::MostLabel };
        Self::line(id, label, EntryMsg::NumberHint, &value.unwrap_or_default(), DIGITS)
    }

    fn labelled(&self, reader: &Locale) -> Value {
        let Self { label, hint, value, most, long, .. } = self;
        let field = Field { label, placeholder: hint, value, max_length: *most, long: *long };
        let mut part = field.labelled(reader, self.id);
        part["component"]["required"] = self.required.into();
        part
    }
}

/// The form's fields; empty: there is no such form.
pub(super) fn fields(reader: &Locale, lists: &Lists, list: List, index: Option<usize>, part: &str) -> Vec<Value> {
    let parts = match list {
        List::Frequent => frequent_parts(index.and_then(|index| lists.frequent.get(index))),
        List::Questions => match (index.and_then(|index| lists.questions.get(index)), part) {
            (Some(question), TEXT) => words(&question.label, question.help.as_deref(), &question.key),
            (Some(question), LIMITS) => limits(&question.kind),
            (None, part) => match part.strip_prefix(NEW).and_then(|kind| Kind::new(kind, Vec::new())) {
                Some(kind) => {
                    let listed = limits(&kind).into_iter().filter(|part| part.id == OPTIONS);
                    words("", None, "").into_iter().chain(listed).collect()
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        },
    };
    parts.iter().map(|part| part.labelled(reader)).collect()
}

fn frequent_parts(answer: Option<&Frequent>) -> Vec<Part> {
    let (title, text) = answer.map_or(("", ""), |answer| (&answer.title, &answer.text));
    vec![
        Part::line(LABEL, EntryMsg::TitleLabel, EntryMsg::TitleHint, title, frequent::MAX_TITLE).required(),
        Part::line(HELP, EntryMsg::TextLabel, EntryMsg::TextHint, text, frequent::MAX_TEXT).required().long(),
    ]
}

fn words(label: &str, help: Option<&str>, key: &str) -> Vec<Part> {
    vec![
        Part::line(LABEL, EntryMsg::LabelLabel, EntryMsg::LabelHint, label, MAX_LABEL).required(),
        Part::line(HELP, EntryMsg::HelpLabel, EntryMsg::HelpHint, help.unwrap_or_default(), MAX_HELP),
        Part::line(KEY, EntryMsg::KeyLabel, EntryMsg::KeyHint, key, MAX_KEY),
    ]
}

fn limits(kind: &Kind) -> Vec<Part> {
    let options = |options: &[Choice]| {
        let written = form::write_choices(options);
        Part::line(OPTIONS, EntryMsg::OptionsLabel, EntryMsg::OptionsHint, &written, MAX_TEXT.into()).required().long()
    };
    let least = |value: Option<String>| Part::number(LEAST, value);
    let most = |value: Option<String>| Part::number(MOST, value);
    match kind {
        Kind::Short { least: a, most: b } | Kind::Long { least: a, most: b } => {
            vec![least(Some(a.to_string())), most(Some(b.to_string()))]
        }
        Kind::Number { least: a, most: b } => vec![least(a.map(|a| a.to_string())), most(b.map(|b| b.to_string()))],
        Kind::One { options: each, .. } => vec![options(each)],
        Kind::Several { options: each, least: a, most: b, .. } => {
            vec![options(each), least(Some(a.to_string())), most(b.map(|b| b.to_string()))]
        }
        Kind::Consent { text } => {
            vec![Part::line(OPTIONS, EntryMsg::ConsentLabel, EntryMsg::ConsentHint, text, MAX_CHOICE).required()]
        }
        Kind::Member { most: b } | Kind::File { most: b } => vec![most(Some(b.to_string()))],
        Kind::YesNo => Vec::new(),
    }
}

/// Whether the form would change an entry that nobody has changed in it.
pub(super) fn would_change(lists: &Lists, list: List, index: Option<usize>, part: &str) -> bool {
    let question = index.and_then(|index| lists.questions.get(index));
    list == List::Questions && part == LIMITS && question.is_some_and(|question| !question.kind.is_writable())
}

/// Whether there is a form for its limits.
pub(super) fn has_limits(kind: &Kind) -> bool {
    !limits(kind).is_empty()
}

/// Writes what a form sent into the lists. Returns the index of the entry.
pub(super) fn apply<'a>(
    lists: &mut Lists,
    list: List,
    index: Option<usize>,
    part: &str,
    sent: impl Fn(&str) -> Option<&'a str>,
) -> Result<usize, EntryMsg> {
    let line = |id: &str| text::single_line(sent(id).unwrap_or_default());
    if list == List::Frequent {
        let answer = Frequent { title: line(LABEL), text: text::paragraph(sent(HELP).unwrap_or_default()) };
        return Ok(put(&mut lists.frequent, index, answer));
    }
    let before = index.and_then(|index| lists.questions.get(index)).cloned();
    let question = match (before, part) {
        (Some(question), LIMITS) => Question { kind: limited(&question.kind, &sent)?, ..question },
        (before, part) => {
            let kind = match &before {
                Some(question) => question.kind.clone(),
                None => new_kind(part, &sent).ok_or_else(|| wrong(Wrong::Choices))?,
            };
            let label = line(LABEL);
            let others: Vec<Question> = lists
                .questions
                .iter()
                .enumerate()
                .filter(|(at, _)| Some(*at) != index)
                .map(|(_, other)| other.clone())
                .collect();
            let key = Some(line(KEY)).filter(|key| !key.is_empty()).unwrap_or_else(|| form::key_for(&label, &others));
            let help = Some(line(HELP)).filter(|help| text::is_visible(help));
            Question { key, label, help, required: before.is_none_or(|question| question.required), kind }
        }
    };
    Ok(put(&mut lists.questions, index, question))
}

fn put<T>(list: &mut Vec<T>, index: Option<usize>, entry: T) -> usize {
    if let Some((index, place)) = index.and_then(|index| Some((index, list.get_mut(index)?))) {
        *place = entry;
        return index;
    }
    list.push(entry);
    list.len() - 1
}

fn new_kind<'a>(part: &str, sent: &impl Fn(&str) -> Option<&'a str>) -> Option<Kind> {
    let kind = part.strip_prefix(NEW)?;
    let written = sent(OPTIONS).unwrap_or_default();
    // The text of a consent is one entry, whatever is in it.
    let entries = if kind == "consent" {
        vec![Choice { label: text::single_line(written), description: None }]
    } else {
        form::read_choices(written)
    };
    Kind::new(kind, entries)
}

fn limited<'a>(kind: &Kind, sent: &impl Fn(&str) -> Option<&'a str>) -> Result<Kind, EntryMsg> {
    let options = || form::read_choices(sent(OPTIONS).unwrap_or_default());
    Ok(match kind {
        Kind::Short { .. } => {
            Kind::Short { least: number(sent, LEAST)?.unwrap_or(0), most: number(sent, MOST)?.unwrap_or(100) }
        }
        Kind::Long { .. } => {
            Kind::Long { least: number(sent, LEAST)?.unwrap_or(0), most: number(sent, MOST)?.unwrap_or(1_000) }
        }
        Kind::Number { .. } => Kind::Number { least: number(sent, LEAST)?, most: number(sent, MOST)? },
        Kind::One { menu, .. } => Kind::One { menu: *menu, options: options() },
        Kind::Several { menu, .. } => Kind::Several {
            menu: *menu,
            least: number(sent, LEAST)?.unwrap_or(1),
            most: number(sent, MOST)?,
            options: options(),
        },
        Kind::Consent { .. } => Kind::Consent { text: text::single_line(sent(OPTIONS).unwrap_or_default()) },
        Kind::Member { .. } => Kind::Member { most: number(sent, MOST)?.unwrap_or(1) },
        Kind::File { .. } => Kind::File { most: number(sent, MOST)?.unwrap_or(1) },
        Kind::YesNo => Kind::YesNo,
    })
}

fn number<'a, T: std::str::FromStr>(sent: &impl Fn(&str) -> Option<&'a str>, id: &str) -> Result<Option<T>, EntryMsg> {
    let written = sent(id).unwrap_or_default().trim();
    if written.is_empty() {
        return Ok(None);
    }
    written.parse().map(Some).map_err(|_| EntryMsg::NotNumber { label: text::escape(&text::single_line(written)) })
}

/// The sentence for a list that cannot be stored.
pub(super) fn check(lists: &Lists, list: List) -> Result<(), EntryMsg> {
    match list {
        List::Questions => form::check(&lists.questions).map_err(|fault| wrong(fault.what)),
        List::Frequent => {
            frequent::check(&lists.frequent).map_err(|what| EntryMsg::Wrong { what: name_of_frequent(what).to_owned() })
        }
    }
}

/// The entry of a list that cannot be stored, and what is wrong with it: a variant of `entry-fault`. `key`: the list's
/// setting.
pub(crate) fn fault_of_entries(key: &str, entries: &[Value]) -> Option<(usize, String)> {
    let all = Value::from(entries.to_vec());
    if key == "form.questions" {
        let questions: Vec<Question> = serde_json::from_value(all).ok()?;
        let fault = form::check(&questions).err()?;
        return Some((fault.question, name_of(fault.what).to_owned()));
    }
    if key == "message.embeds" {
        let embeds: Vec<Embed> = serde_json::from_value(all).ok()?;
        let place = (0..embeds.len()).find(|last| !embed::check(&embeds[..=*last]))?;
        return Some((place, "embed".to_owned()));
    }
    if key == "message.files" {
        let files: Vec<TemplateFile> = serde_json::from_value(all).ok()?;
        let place = (0..files.len()).find(|last| !are_files(&files[..=*last]))?;
        return Some((place, "template-file".to_owned()));
    }
    let answers: Vec<Frequent> = serde_json::from_value(all).ok()?;
    // The first entry that makes the list wrong.
    let checked = (0..answers.len()).map(|last| (last, frequent::check(&answers[..=last])));
    let (place, what) = checked.into_iter().find_map(|(last, checked)| Some((last, checked.err()?)))?;
    Some((place, name_of_frequent(what).to_owned()))
}

fn wrong(what: Wrong) -> EntryMsg {
    EntryMsg::Wrong { what: name_of(what).to_owned() }
}

const fn name_of_frequent(what: frequent::Wrong) -> &'static str {
    match what {
        frequent::Wrong::TooMany => "too-many",
        frequent::Wrong::Title => "title",
        frequent::Wrong::TitleTwice => "title-twice",
        frequent::Wrong::Text => "text",
    }
}

const fn name_of(what: Wrong) -> &'static str {
    match what {
        Wrong::TooMany => "too-many",
        Wrong::Key => "key",
        Wrong::KeyTwice => "key-twice",
        Wrong::Label => "label",
        Wrong::Help => "help",
        Wrong::Choices => "choices",
        Wrong::Choice => "choice",
        Wrong::ChoiceTwice => "choice-twice",
        Wrong::Length => "length",
        Wrong::Range => "range",
        Wrong::Count => "count",
    }
}

/// Everything that was sent, for somebody whose form came too late or was refused. `None`: the form came back without its
/// fields, which is not the same as fields that were emptied.
pub(super) fn written<'a>(sent: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let fields: Vec<&str> = [LABEL, HELP, KEY, OPTIONS, LEAST, MOST].into_iter().filter_map(sent).collect();
    let visible: Vec<&str> = fields.iter().copied().filter(|text| text::is_visible(text)).collect();
    (!fields.is_empty()).then(|| visible.join("\n"))
}
