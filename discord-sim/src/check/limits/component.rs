//! One component of a message: <https://docs.discord.com/developers/components/reference>. Selects are in `select`.

use super::component_tree::may_stand;
use super::field::{Field, Found, length};
use super::select;

const CUSTOM_ID: usize = 100;
const LABEL: usize = 80;
const URL: usize = 512;
const BUTTONS: usize = 5;
const MEDIA_DESCRIPTION: usize = 1024;

/// Component types.
pub(super) mod kind {
    pub(crate) const ACTION_ROW: i64 = 1;
    pub(crate) const BUTTON: i64 = 2;
    pub(crate) const STRING_SELECT: i64 = 3;
    pub(crate) const TEXT_INPUT: i64 = 4;
    pub(crate) const USER_SELECT: i64 = 5;
    pub(crate) const ROLE_SELECT: i64 = 6;
    pub(crate) const MENTIONABLE_SELECT: i64 = 7;
    pub(crate) const CHANNEL_SELECT: i64 = 8;
    pub(crate) const SECTION: i64 = 9;
    pub(crate) const TEXT_DISPLAY: i64 = 10;
    pub(crate) const THUMBNAIL: i64 = 11;
    pub(crate) const MEDIA_GALLERY: i64 = 12;
    pub(crate) const FILE: i64 = 13;
    pub(crate) const SEPARATOR: i64 = 14;
    pub(crate) const CONTAINER: i64 = 17;
    pub(crate) const LABEL: i64 = 18;
    pub(crate) const FILE_UPLOAD: i64 = 19;
    pub(crate) const RADIO_GROUP: i64 = 21;
    pub(crate) const CHECKBOX_GROUP: i64 = 22;
    pub(crate) const CHECKBOX: i64 = 23;
}

const IN_ROW: [i64; 6] = [
    kind::BUTTON,
    kind::STRING_SELECT,
    kind::USER_SELECT,
    kind::ROLE_SELECT,
    kind::MENTIONABLE_SELECT,
    kind::CHANNEL_SELECT,
];
const IN_CONTAINER: [i64; 6] =
    [kind::ACTION_ROW, kind::TEXT_DISPLAY, kind::SECTION, kind::MEDIA_GALLERY, kind::SEPARATOR, kind::FILE];

/// Checks one component and its content.
pub(super) fn check(part: &Field<'_>, found: &mut Found) {
    match part.int_of("type") {
        Some(kind::ACTION_ROW) => row(part, found),
        Some(kind::BUTTON) => button(part, found),
        Some(kind::SECTION) => section(part, found),
        Some(kind::THUMBNAIL) => part.max_chars("description", MEDIA_DESCRIPTION, found),
        Some(kind::MEDIA_GALLERY) => {
            part.items_between("items", 1..=10, found);
            for item in part.list("items") {
                item.max_chars("description", MEDIA_DESCRIPTION, found);
            }
        }
        Some(kind::CONTAINER) => children(part, &IN_CONTAINER, found),
        Some(_) if select::is_select(part) => select::check(part, select::Place::Message, found),
        _ => {}
    }
}

/// A developer's identifier: "1-100 characters".
pub(super) fn custom_id(part: &Field<'_>, found: &mut Found) {
    part.required("custom_id", found);
    part.chars("custom_id", 1..=CUSTOM_ID, found);
}

fn children(part: &Field<'_>, allowed: &[i64], found: &mut Found) {
    for child in part.list("components") {
        if may_stand(&child, allowed, found) {
            check(&child, found);
        }
    }
}

/// "Up to 5 contextually grouped buttons" or "a single select component".
fn row(row: &Field<'_>, found: &mut Found) {
    row.items_between("components", 1..=BUTTONS, found);
    let parts = row.list("components");
    if parts.len() > 1 && parts.iter().any(select::is_select) {
        let sentence = "The specified component exceeds the maximum width";
        found.push(row.fault_at("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", sentence));
    }
    children(row, &IN_ROW, found);
}

fn section(section: &Field<'_>, found: &mut Found) {
    section.items_between("components", 1..=3, found);
    children(section, &[kind::TEXT_DISPLAY], found);
    match section.get("accessory") {
        None => section.required("accessory", found),
        Some(accessory) => {
            if may_stand(&accessory, &[kind::BUTTON, kind::THUMBNAIL], found) {
                check(&accessory, found);
            }
        }
    }
}

fn button(button: &Field<'_>, found: &mut Found) {
    const LINK: i64 = 5;
    const PREMIUM: i64 = 6;
    button.required("style", found);
    button.one_of("style", &[1, 2, 3, 4, LINK, PREMIUM], found);
    button.max_chars("label", LABEL, found);
    button.max_chars("url", URL, found);
    match button.int_of("style") {
        Some(LINK) => {
            button.required("url", found);
            without(button, &["custom_id", "sku_id"], found);
        }
        Some(PREMIUM) => {
            button.required("sku_id", found);
            without(button, &["custom_id", "label", "url", "emoji"], found);
        }
        _ => {
            if button.text_of("custom_id").is_none_or(|id| length(id) == 0) {
                let sentence = "A custom id is required";
                found.push(button.fault_at("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", sentence));
            } else {
                custom_id(button, found);
            }
            without(button, &["url", "sku_id"], found);
        }
    }
}

/// Each style of button names the fields that it "cannot have". Discord's code for it is undocumented: this is ours.
fn without(button: &Field<'_>, keys: &[&str], found: &mut Found) {
    for key in keys.iter().filter(|key| button.has(key)) {
        let sentence = format!("A button of this style cannot have {key}");
        found.push(button.fault_at(key, "BUTTON_COMPONENT_FIELD_NOT_ALLOWED", sentence));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(part: &Value) -> Found {
        let mut found = Found::new();
        check(&Field::root(part), &mut found);
        found
    }

    #[test]
    fn each_style_of_button_has_its_fields() {
        let cases: [(Value, &[&str]); 10] = [
            (json!({ "style": 1, "custom_id": long(100), "label": long(80) }), &[]),
            (json!({ "style": 1, "custom_id": long(101) }), &["custom_id BASE_TYPE_BAD_LENGTH"]),
            (json!({ "style": 1, "custom_id": "a", "label": long(81) }), &["label BASE_TYPE_MAX_LENGTH"]),
            (json!({ "style": 2, "label": "x" }), &["custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"]),
            (json!({ "style": 2, "custom_id": "" }), &["custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"]),
            (json!({ "style": 7, "custom_id": "a" }), &["style BASE_TYPE_CHOICES"]),
            (json!({ "style": 5, "url": "https://example.com" }), &[]),
            (
                json!({ "style": 5, "custom_id": "a" }),
                &["url BASE_TYPE_REQUIRED", "custom_id BUTTON_COMPONENT_FIELD_NOT_ALLOWED"],
            ),
            (json!({ "style": 6, "sku_id": "1" }), &[]),
            (json!({ "style": 6, "sku_id": "1", "label": "x" }), &["label BUTTON_COMPONENT_FIELD_NOT_ALLOWED"]),
        ];
        for (mut button, expected) in cases {
            button["type"] = json!(2);
            assert_faults(&faults(&button), expected);
        }
    }

    #[test]
    fn a_row_holds_one_to_five_buttons_or_one_select() {
        let button = json!({ "type": 2, "style": 1, "custom_id": "a" });
        let select = json!({ "type": 5, "custom_id": "s" });
        let cases: [(Value, &[&str]); 6] = [
            (json!([button, button, button, button, button]), &[]),
            (json!([]), &["components BASE_TYPE_BAD_LENGTH"]),
            (json!([button, button, button, button, button, button]), &["components BASE_TYPE_BAD_LENGTH"]),
            (json!([select]), &[]),
            (json!([select, button]), &["components COMPONENT_LAYOUT_WIDTH_EXCEEDED"]),
            (json!([{ "type": 4, "custom_id": "t", "style": 1 }]), &["components[0].type UNION_TYPE_CHOICES"]),
        ];
        for (parts, expected) in cases {
            assert_faults(&faults(&json!({ "type": 1, "components": parts })), expected);
        }
    }

    #[test]
    fn a_container_takes_no_container_and_a_section_needs_its_accessory() {
        let nested = json!({ "type": 17, "components": [{ "type": 17, "components": [] }] });
        assert_faults(&faults(&nested), &["components[0].type UNION_TYPE_CHOICES"]);
        let section = json!({ "type": 9, "components": [{ "type": 10, "content": "x" }] });
        assert_faults(&faults(&section), &["accessory BASE_TYPE_REQUIRED"]);
        let gallery = json!({ "type": 12, "items": [] });
        assert_faults(&faults(&gallery), &["items BASE_TYPE_BAD_LENGTH"]);
    }
}
