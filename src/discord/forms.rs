//! Forms ("modals"), as sent: each field in a label. `interaction` parses their submission.

use serde::Serialize;
use serde_json::{Value, json};

use crate::i18n::{self, Locale, Message};

/// The id of a form's only field.
pub const FIELD: &str = "value";

/// The most characters of a form's title and of a field's label (Discord: "Receiving and Responding", modal).
const MAX_TITLE: usize = 45;

/// The most characters of a field's placeholder (Discord: "Component Reference", text input).
const MAX_PLACEHOLDER: usize = 100;

/// Discord's component types.
const LABEL: u8 = 18;
const TEXT_INPUT: u8 = 4;

/// A form, ready to send.
#[derive(Clone, Debug, Serialize)]
pub struct Form {
    custom_id: String,
    title: String,
    components: Vec<Value>,
}

/// A text input, always optional.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub label: &'a dyn Message,
    pub placeholder: &'a dyn Message,
    pub value: &'a str,
    /// Characters.
    pub max_length: usize,
    /// A paragraph rather than a line.
    pub long: bool,
}

/// A form with one field, [`FIELD`].
pub fn one_field(reader: &Locale, custom_id: String, title: &dyn Message, field: &Field<'_>) -> Form {
    let input = json!({
        "type": TEXT_INPUT,
        "custom_id": FIELD,
        "style": if field.long { 2 } else { 1 },
        "placeholder": fit(i18n::render(reader, field.placeholder), MAX_PLACEHOLDER),
        "value": fit(field.value.to_owned(), field.max_length),
        "max_length": field.max_length,
        "required": false,
    });
    let label = fit(i18n::render(reader, field.label), MAX_TITLE);
    Form {
        custom_id,
        title: fit(i18n::render(reader, title), MAX_TITLE),
        components: vec![json!({ "type": LABEL, "label": label, "component": input })],
    }
}

/// Tests keep the catalog within the limits; an oversized text must not fail the form.
fn fit(text: String, characters: usize) -> String {
    if text.chars().count() <= characters { text } else { text.chars().take(characters).collect() }
}
