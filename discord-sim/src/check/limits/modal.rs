//! Modals and modal-only components.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal>

use super::component::{custom_id, kind};
use super::component_tree::{may_stand, unique_ids};
use super::field::{Field, Found};
use super::select;

const TITLE: usize = 45;
/// "Between 1 and 5 (inclusive) components that make up the modal."
const COMPONENTS: usize = 5;
const LABEL: usize = 45;
const LABEL_DESCRIPTION: usize = 100;
const TEXT: i64 = 4000;
const PLACEHOLDER: usize = 100;
const FILES: i64 = 10;
const CHOICES: usize = 10;

/// An action row is deprecated in favour of a label, but still accepted.
const TOP: [i64; 3] = [kind::ACTION_ROW, kind::TEXT_DISPLAY, kind::LABEL];
const IN_LABEL: [i64; 10] = [
    kind::TEXT_INPUT,
    kind::STRING_SELECT,
    kind::USER_SELECT,
    kind::ROLE_SELECT,
    kind::MENTIONABLE_SELECT,
    kind::CHANNEL_SELECT,
    kind::FILE_UPLOAD,
    kind::RADIO_GROUP,
    kind::CHECKBOX_GROUP,
    kind::CHECKBOX,
];

/// Checks a modal.
pub(super) fn check(modal: &Field<'_>, found: &mut Found) {
    custom_id(modal, found);
    modal.required("title", found);
    modal.chars("title", 1..=TITLE, found);
    modal.items_between("components", 1..=COMPONENTS, found);
    for part in modal.list("components") {
        if !may_stand(&part, &TOP, found) {
            continue;
        }
        match part.int_of("type") {
            Some(kind::ACTION_ROW) => row(&part, found),
            Some(kind::LABEL) => label(&part, found),
            _ => {}
        }
    }
    unique_ids(modal, found);
}

/// A row in a modal holds one text input.
fn row(row: &Field<'_>, found: &mut Found) {
    row.items_between("components", 1..=1, found);
    for part in row.list("components") {
        if may_stand(&part, &[kind::TEXT_INPUT], found) {
            text_input(&part, found);
        }
    }
}

fn label(label: &Field<'_>, found: &mut Found) {
    label.required("label", found);
    label.chars("label", 1..=LABEL, found);
    label.max_chars("description", LABEL_DESCRIPTION, found);
    let Some(part) = label.get("component") else {
        label.required("component", found);
        return;
    };
    if !may_stand(&part, &IN_LABEL, found) {
        return;
    }
    match part.int_of("type") {
        Some(kind::TEXT_INPUT) => text_input(&part, found),
        Some(kind::FILE_UPLOAD) => file_upload(&part, found),
        Some(kind::RADIO_GROUP) => group(&part, 2, found),
        Some(kind::CHECKBOX_GROUP) => group(&part, 1, found),
        Some(kind::CHECKBOX) => custom_id(&part, found),
        _ => select::check(&part, select::Place::Modal, found),
    }
}

fn text_input(input: &Field<'_>, found: &mut Found) {
    custom_id(input, found);
    input.required("style", found);
    input.one_of("style", &[1, 2], found);
    input.chars("label", 1..=LABEL, found);
    input.int("min_length", 0..=TEXT, found);
    input.int("max_length", 1..=TEXT, found);
    let longest = input.int_of("max_length").unwrap_or(TEXT);
    if input.int_of("min_length").is_some_and(|shortest| shortest > longest) {
        let sentence = format!("int value should be less than or equal to {longest}.");
        found.push(input.fault_at("min_length", "NUMBER_TYPE_MAX", sentence));
    }
    input.max_chars("value", usize::try_from(TEXT).unwrap_or(usize::MAX), found);
    input.max_chars("placeholder", PLACEHOLDER, found);
}

fn file_upload(upload: &Field<'_>, found: &mut Found) {
    custom_id(upload, found);
    upload.int("min_values", 0..=FILES, found);
    upload.int("max_values", 1..=FILES, found);
    upload.max_items("file_types", CHOICES, found);
    select::in_modal(upload, found);
}

/// A radio group has at least two choices, a checkbox group at least one.
fn group(group: &Field<'_>, fewest: usize, found: &mut Found) {
    custom_id(group, found);
    group.items_between("options", fewest..=CHOICES, found);
    group.int("min_values", 0..=FILES, found);
    group.int("max_values", 1..=FILES, found);
    for option in group.list("options") {
        select::option_texts(&option, found);
    }
    select::unique_values(group, found);
    select::in_modal(group, found);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(modal: &Value) -> Found {
        let mut found = Found::new();
        check(&Field::root(modal), &mut found);
        found
    }

    fn with(components: &Value) -> Value {
        json!({ "custom_id": "m", "title": "Title", "components": components })
    }

    fn input(extra: &Value) -> Value {
        let mut input = json!({ "type": 4, "custom_id": "t", "style": 1, "label": "Label" });
        for (key, value) in extra.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        input
    }

    #[test]
    fn a_modal_has_a_title_an_id_and_one_to_five_components() {
        let row = json!({ "type": 1, "components": [input(&json!({}))] });
        let text = json!({ "type": 10, "content": "x" });
        let cases: [(Value, &[&str]); 6] = [
            (with(&json!([row, text, text, text, text])), &[]),
            (with(&json!([row, text, text, text, text, text])), &["components BASE_TYPE_BAD_LENGTH"]),
            (with(&json!([])), &["components BASE_TYPE_BAD_LENGTH"]),
            (with(&json!([{ "type": 2 }])), &["components[0].type UNION_TYPE_CHOICES"]),
            (with(&json!([row, row])), &["components[1].components[0].custom_id COMPONENT_CUSTOM_ID_DUPLICATED"]),
            (
                json!({ "custom_id": "", "title": long(46), "components": [text] }),
                &["custom_id BASE_TYPE_BAD_LENGTH", "title BASE_TYPE_BAD_LENGTH"],
            ),
        ];
        for (modal, expected) in cases {
            assert_faults(&faults(&modal), expected);
        }
    }

    #[test]
    fn a_text_input_keeps_to_its_lengths_in_a_row_and_in_a_label() {
        let cases: [(Value, &[&str]); 8] = [
            (json!({ "label": long(45), "value": long(4000), "placeholder": long(100) }), &[]),
            (json!({ "min_length": 0, "max_length": 4000 }), &[]),
            (json!({ "label": long(46) }), &["label BASE_TYPE_BAD_LENGTH"]),
            (json!({ "value": long(4001) }), &["value BASE_TYPE_MAX_LENGTH"]),
            (json!({ "placeholder": long(101) }), &["placeholder BASE_TYPE_MAX_LENGTH"]),
            (json!({ "max_length": 0 }), &["max_length NUMBER_TYPE_MIN"]),
            (json!({ "max_length": 4001 }), &["max_length NUMBER_TYPE_MAX"]),
            (json!({ "min_length": 9, "max_length": 8 }), &["min_length NUMBER_TYPE_MAX"]),
        ];
        for (extra, expected) in cases {
            let input = input(&extra);
            let row = with(&json!([{ "type": 1, "components": [input] }]));
            let label = with(&json!([{ "type": 18, "label": "L", "component": input }]));
            let below = |prefix| expected.iter().map(move |fault| format!("{prefix}.{fault}")).collect::<Vec<_>>();
            for (modal, prefix) in [(row, "components[0].components[0]"), (label, "components[0].component")] {
                let expected = below(prefix);
                let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
                assert_faults(&faults(&modal), &expected);
            }
        }
    }

    #[test]
    fn a_label_holds_one_component_of_a_kind_that_modals_know() {
        let cases: [(Value, &[&str]); 6] = [
            (json!({ "label": "L", "component": { "type": 7, "custom_id": "s" } }), &[]),
            (json!({ "label": "L", "component": { "type": 23, "custom_id": "c" } }), &[]),
            (json!({ "label": "L" }), &["components[0].component BASE_TYPE_REQUIRED"]),
            (json!({ "label": "L", "component": { "type": 2 } }), &["components[0].component.type UNION_TYPE_CHOICES"]),
            (
                json!({ "label": long(46), "component": { "type": 19, "custom_id": "f", "max_values": 11 } }),
                &["components[0].label BASE_TYPE_BAD_LENGTH", "components[0].component.max_values NUMBER_TYPE_MAX"],
            ),
            (
                json!({ "label": "L", "component": {
                    "type": 21, "custom_id": "r", "options": [{ "label": "l", "value": "v" }]
                } }),
                &["components[0].component.options BASE_TYPE_BAD_LENGTH"],
            ),
        ];
        for (mut label, expected) in cases {
            label["type"] = json!(18);
            assert_faults(&faults(&with(&json!([label]))), expected);
        }
    }
}
