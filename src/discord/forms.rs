//! Forms ("modals"): how they are sent and how their answers are read.
//!
//! Text inputs in action rows, which Discord calls deprecated but takes: serenity 0.12 loses whatever sits inside the
//! newer labels when a form comes back. This file is the only one that knows.

use poise::serenity_prelude as serenity;
use serenity::{ActionRowComponent, CreateActionRow, CreateInputText, CreateModal, InputTextStyle, ModalInteraction};

use crate::i18n::{self, Locale, Msg};

/// The id of a form's only field.
const FIELD: &str = "value";

/// The most characters of a form's title and of a field's label (Discord: "Receiving and Responding", modal).
const MAX_TITLE: usize = 45;

/// The most characters of a field's placeholder (Discord: "Component Reference", text input).
const MAX_PLACEHOLDER: usize = 100;

/// A text to be written by the person. Leaving it empty is allowed.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub label: Msg,
    pub placeholder: Msg,
    pub value: &'a str,
    /// Characters.
    pub max_length: usize,
    /// A paragraph rather than a line.
    pub long: bool,
}

/// A form with one field. `id` is sealed.
pub fn one_field(reader: &Locale, id: String, title: &Msg, field: &Field<'_>) -> CreateModal {
    let style = if field.long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
    let input = CreateInputText::new(style, fit(i18n::render(reader, &field.label), MAX_TITLE), FIELD)
        .placeholder(fit(i18n::render(reader, &field.placeholder), MAX_PLACEHOLDER))
        .value(fit(field.value.to_owned(), field.max_length))
        .max_length(u16::try_from(field.max_length).unwrap_or(u16::MAX))
        .required(false);
    CreateModal::new(id, fit(i18n::render(reader, title), MAX_TITLE))
        .components(vec![CreateActionRow::InputText(input)])
}

/// What was written into the only field.
pub fn written(form: &ModalInteraction) -> String {
    let inputs = form.data.components.iter().flat_map(|row| &row.components);
    let mut texts = inputs.filter_map(|component| match component {
        ActionRowComponent::InputText(input) if input.custom_id == FIELD => input.value.clone(),
        _ => None,
    });
    texts.next().unwrap_or_default()
}

/// The tests keep the catalog within the limits; a stray text must not cost anybody the form.
fn fit(text: String, characters: usize) -> String {
    if text.chars().count() <= characters { text } else { text.chars().take(characters).collect() }
}
