//! The forms ("modals") that the bot shows: labels, each with one field. The form's custom id holds all later context;
//! `interaction` parses what people enter.
//!
//! <https://discord.com/developers/docs/components/reference>

use serde::Serialize;
use serde_json::{Value, json};

use super::components::fit;
use crate::domain::form::answers::{NO, YES};
use crate::domain::form::{Choice, Kind, MAX_DIGITS, MAX_HELP, MAX_LABEL, MAX_TEXT, Question, Shown, Words};
use crate::domain::text;
use crate::i18n::{self, Locale, Message};

/// The id of a form's only field.
pub const FIELD: &str = "value";

/// The most characters of a form's title (Discord: "Receiving and Responding", modal).
const MAX_TITLE: usize = 45;

/// The most characters of a field's placeholder (Discord: "Component Reference", text input).
const MAX_PLACEHOLDER: usize = 100;

/// Discord's component types.
mod kind {
    pub(super) const STRING_SELECT: u8 = 3;
    pub(super) const TEXT_INPUT: u8 = 4;
    pub(super) const USER_SELECT: u8 = 5;
    pub(super) const LABEL: u8 = 18;
    pub(super) const FILE_UPLOAD: u8 = 19;
    pub(super) const RADIO_GROUP: u8 = 21;
    pub(super) const CHECKBOX_GROUP: u8 = 22;
}

/// A form, ready to send.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    custom_id: String,
    title: String,
    components: Vec<Value>,
}

/// A text input, optional unless the form says otherwise.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub label: &'a dyn Message,
    pub placeholder: &'a dyn Message,
    /// Within `max_length` ([`is_within`]): who saves a longer one unchanged would lose its end.
    pub value: &'a str,
    /// Characters.
    pub max_length: usize,
    /// A paragraph rather than a line.
    pub long: bool,
}

impl Form {
    /// With at least one and at most five fields.
    pub fn new(custom_id: String, title: &str, fields: impl IntoIterator<Item = Value>) -> Self {
        let components = fields.into_iter().collect();
        Self { custom_id, title: fit(title, MAX_TITLE), components }
    }

    /// Its fields must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        for component in &mut self.components {
            component["component"]["required"] = true.into();
        }
        self
    }
}

/// Whether a text input of this length takes a text: as Discord counts what people write in it.
pub fn is_within(text: &str, max_length: usize) -> bool {
    text.chars().count() <= max_length
}

/// A form with one field, [`FIELD`].
pub fn one_field(reader: &Locale, custom_id: String, title: &dyn Message, field: &Field<'_>) -> Form {
    Form::new(custom_id, &i18n::render(reader, title), [field.labelled(reader, FIELD)])
}

/// A form with several fields, each with its id; at most five (Discord: "Receiving and Responding", modal).
pub fn fields(reader: &Locale, custom_id: String, title: &dyn Message, fields: &[(&str, Field<'_>)]) -> Form {
    Form::new(custom_id, &i18n::render(reader, title), fields.iter().map(|(id, field)| field.labelled(reader, id)))
}

impl Field<'_> {
    /// The field with its label.
    pub fn labelled(&self, reader: &Locale, id: &str) -> Value {
        let input = json!({
            "type": kind::TEXT_INPUT,
            "custom_id": id,
            "style": if self.long { 2 } else { 1 },
            "placeholder": fit(&i18n::render(reader, self.placeholder), MAX_PLACEHOLDER),
            "value": if is_within(self.value, self.max_length) { self.value } else { text::cut(self.value, self.max_length) },
            "max_length": self.max_length,
            "required": false,
        });
        labelled(&i18n::render(reader, self.label), None, &input)
    }
}

/// The questions of an inbox. Each field has its question's key as its id.
pub fn of_questions(custom_id: String, title: &str, questions: &[Question], words: &Words) -> Form {
    let fields = questions
        .iter()
        .map(|question| labelled(&question.label, question.help.as_deref(), &component(question, words)));
    Form::new(custom_id, title, fields)
}

fn labelled(label: &str, description: Option<&str>, component: &Value) -> Value {
    let mut part = json!({ "type": kind::LABEL, "label": fit(label, MAX_LABEL), "component": component });
    if let Some(description) = description {
        part["description"] = fit(description, MAX_HELP).into();
    }
    part
}

fn component(question: &Question, words: &Words) -> Value {
    let mut field = match &question.kind {
        Kind::Short { least, most } => text_input(1, needed(question, *least), *most),
        Kind::Long { least, most } => text_input(2, needed(question, *least), *most),
        // With a sign.
        Kind::Number { .. } => text_input(1, 0, MAX_DIGITS + 1),
        Kind::One { options, .. } => list(question, options, 1),
        Kind::Several { options, least, .. } => list(question, options, (*least).into()),
        Kind::YesNo => {
            let radio = |value: &str, label: &str| json!({ "value": value, "label": label });
            json!({ "type": kind::RADIO_GROUP, "options": [radio(YES, &words.yes), radio(NO, &words.no)] })
        }
        // A single check box cannot be required; a group of one can.
        Kind::Consent { text } => json!({
            "type": kind::CHECKBOX_GROUP,
            "options": [{ "value": question.agreement(), "label": text }],
            "min_values": 1,
            "max_values": 1,
        }),
        Kind::Member { .. } => several(question, kind::USER_SELECT, 1),
        Kind::File { .. } => several(question, kind::FILE_UPLOAD, 1),
    };
    field["custom_id"] = question.key.clone().into();
    field["required"] = question.is_required().into();
    field
}

fn text_input(style: u8, least: u16, most: u16) -> Value {
    let most = most.clamp(1, MAX_TEXT);
    json!({ "type": kind::TEXT_INPUT, "style": style, "min_length": least.min(most), "max_length": most })
}

fn list(question: &Question, options: &[Choice], least: usize) -> Value {
    let options: Vec<Value> = options.iter().map(option).collect();
    let mut field = match question.kind.shown() {
        Some(Shown::Radio) => json!({ "type": kind::RADIO_GROUP }),
        Some(Shown::Boxes) => several(question, kind::CHECKBOX_GROUP, least),
        Some(Shown::Menu) | None => several(question, kind::STRING_SELECT, least),
    };
    field["options"] = options.into();
    field
}

/// The minimum that Discord checks. It does not say whether an optional field may be left empty whatever its minimum, and
/// clients have refused that (discord/discord-api-docs issue 4468): such a field has none, and the answer is checked.
fn needed<T: Default>(question: &Question, least: T) -> T {
    if question.is_required() { least } else { T::default() }
}

fn several(question: &Question, kind: u8, least: usize) -> Value {
    json!({ "type": kind, "min_values": needed(question, least), "max_values": question.kind.most() })
}

fn option(choice: &Choice) -> Value {
    let mut option = json!({ "value": choice.label, "label": choice.label });
    if let Some(description) = &choice.description {
        option["description"] = description.clone().into();
    }
    option
}
