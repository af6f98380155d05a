//! Select menus, in messages and modals: <https://docs.discord.com/developers/components/reference#string-select>.

use std::collections::HashSet;

use super::component::{custom_id, kind};
use super::field::{Field, Found};

const PLACEHOLDER: usize = 150;
const VALUES: i64 = 25;
const OPTIONS: usize = 25;
const OPTION_TEXT: usize = 100;

/// The select's parent: modals have `required` and no `disabled`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Message,
    Modal,
}

/// Whether this component is a select of any kind.
pub(super) fn is_select(part: &Field<'_>) -> bool {
    matches!(
        part.int_of("type"),
        Some(
            kind::STRING_SELECT
                | kind::USER_SELECT
                | kind::ROLE_SELECT
                | kind::MENTIONABLE_SELECT
                | kind::CHANNEL_SELECT
        )
    )
}

/// Checks a select.
pub(super) fn check(select: &Field<'_>, place: Place, found: &mut Found) {
    custom_id(select, found);
    select.max_chars("placeholder", PLACEHOLDER, found);
    select.int("min_values", 0..=VALUES, found);
    select.int("max_values", 1..=VALUES, found);
    let (min, max) = values(select);
    if min > max {
        let sentence = format!("int value should be less than or equal to {max}.");
        found.push(select.fault_at("min_values", "NUMBER_TYPE_MAX", sentence));
    }
    if place == Place::Modal {
        in_modal(select, found);
    }
    if select.int_of("type") == Some(kind::STRING_SELECT) {
        options(select, found);
    } else {
        default_values(select, min, max, found);
    }
}

/// "Using `disabled` in a modal will result in an error", and a required answer has at least one value.
pub(super) fn in_modal(part: &Field<'_>, found: &mut Found) {
    if part.bool_of("disabled") == Some(true) {
        let sentence = "Components in modals cannot be disabled";
        found.push(part.fault_at("disabled", "MODAL_COMPONENT_DISABLED", sentence));
    }
    if part.bool_of("required") != Some(false) && part.int_of("min_values") == Some(0) {
        let sentence = "int value should be greater than or equal to 1.";
        found.push(part.fault_at("min_values", "NUMBER_TYPE_MIN", sentence));
    }
}

/// One choice of a string select, a radio group or a checkbox group: all have the same texts.
pub(super) fn option_texts(option: &Field<'_>, found: &mut Found) {
    for key in ["label", "value"] {
        option.required(key, found);
        option.chars(key, 1..=OPTION_TEXT, found);
    }
    option.max_chars("description", OPTION_TEXT, found);
}

/// Options must have distinct values.
pub(super) fn unique_values(part: &Field<'_>, found: &mut Found) {
    let mut seen = HashSet::new();
    for option in part.list("options") {
        if option.text_of("value").is_some_and(|value| !seen.insert(value)) {
            let sentence = "The specified option value is already used";
            found.push(option.fault_at("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", sentence));
        }
    }
}

/// How many values can be chosen; both are 1 unless given.
fn values(select: &Field<'_>) -> (i64, i64) {
    (select.int_of("min_values").unwrap_or(1), select.int_of("max_values").unwrap_or(1))
}

fn options(select: &Field<'_>, found: &mut Found) {
    select.items_between("options", 1..=OPTIONS, found);
    let options = select.list("options");
    let (_, max) = values(select);
    let max = usize::try_from(max).unwrap_or_default();
    // Undocumented, but in Discord's responses: <https://github.com/Rapptz/discord.py/issues/6984>.
    if !options.is_empty() && options.len() < max {
        let sentence = format!("Must be {max} or more in length.");
        found.push(select.fault_at("options", "BASE_TYPE_MIN_LENGTH", sentence));
    }
    let chosen = options.iter().filter(|option| option.bool_of("default") == Some(true)).count();
    if chosen > max {
        let sentence = format!("The number of default options exceeds the maximum of {max}");
        found.push(select.fault_at("options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", sentence));
    }
    for option in &options {
        option_texts(option, found);
    }
    unique_values(select, found);
}

/// "Number of default values must be in the range defined by `min_values` and `max_values`", if there are any.
fn default_values(select: &Field<'_>, min: i64, max: i64, found: &mut Found) {
    let defaults = select.list("default_values");
    let count = i64::try_from(defaults.len()).unwrap_or(i64::MAX);
    if count > 0 && !(min..=max).contains(&count) {
        let sentence = format!("Must be between {min} and {max} in length.");
        found.push(select.fault_at("default_values", "BASE_TYPE_BAD_LENGTH", sentence));
    }
    let allowed: &[&str] = match select.int_of("type") {
        Some(kind::USER_SELECT) => &["user"],
        Some(kind::ROLE_SELECT) => &["role"],
        Some(kind::CHANNEL_SELECT) => &["channel"],
        _ => &["user", "role"],
    };
    for default in &defaults {
        default.required("id", found);
        if !default.text_of("type").is_some_and(|kind| allowed.contains(&kind)) {
            let sentence = format!("Value must be one of {allowed:?}.");
            found.push(default.fault_at("type", "BASE_TYPE_CHOICES", sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(mut select: Value, place: Place) -> Found {
        select["custom_id"] = json!("s");
        let mut found = Found::new();
        check(&Field::root(&select), place, &mut found);
        found
    }

    fn options(count: usize) -> Value {
        (0..count).map(|n| json!({ "label": "l", "value": n.to_string() })).collect()
    }

    #[test]
    fn a_string_select_has_one_to_25_options_and_enough_of_them() {
        let cases: [(Value, &[&str]); 8] = [
            (json!({ "options": options(25), "max_values": 25, "min_values": 0 }), &[]),
            (json!({ "options": options(26) }), &["options BASE_TYPE_BAD_LENGTH"]),
            (json!({ "options": [] }), &["options BASE_TYPE_BAD_LENGTH"]),
            (json!({}), &["options BASE_TYPE_REQUIRED"]),
            (json!({ "options": options(2), "max_values": 3 }), &["options BASE_TYPE_MIN_LENGTH"]),
            (json!({ "options": options(3), "min_values": 2 }), &["min_values NUMBER_TYPE_MAX"]),
            (
                json!({ "options": options(30), "max_values": 26 }),
                &["max_values NUMBER_TYPE_MAX", "options BASE_TYPE_BAD_LENGTH"],
            ),
            (json!({ "options": options(1), "placeholder": long(151) }), &["placeholder BASE_TYPE_MAX_LENGTH"]),
        ];
        for (mut select, expected) in cases {
            select["type"] = json!(3);
            assert_faults(&faults(select, Place::Message), expected);
        }
    }

    #[test]
    fn an_option_has_texts_of_at_most_a_hundred_characters_and_a_value_of_its_own() {
        let cases: [(Value, &[&str]); 5] = [
            (json!([{ "label": long(100), "value": long(100), "description": long(100) }]), &[]),
            (json!([{ "label": long(101), "value": "v" }]), &["options[0].label BASE_TYPE_BAD_LENGTH"]),
            (json!([{ "label": "l" }]), &["options[0].value BASE_TYPE_REQUIRED"]),
            (
                json!([{ "label": "l", "value": "v" }, { "label": "m", "value": "v" }]),
                &["options[1].value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"],
            ),
            (
                json!([{ "label": "l", "value": "v", "default": true }, { "label": "m", "value": "w", "default": true }]),
                &["options SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"],
            ),
        ];
        for (options, expected) in cases {
            assert_faults(&faults(json!({ "type": 3, "options": options }), Place::Message), expected);
        }
    }

    #[test]
    fn default_values_fit_the_range_and_the_kind_of_select() {
        let user = json!({ "id": 1, "type": "user" });
        let role = json!({ "id": "2", "type": "role" });
        let cases: [(Value, &[&str]); 5] = [
            (json!({ "type": 7, "max_values": 2, "default_values": [user, role] }), &[]),
            (json!({ "type": 7, "min_values": 1, "default_values": [] }), &[]),
            (json!({ "type": 7, "default_values": [user, role] }), &["default_values BASE_TYPE_BAD_LENGTH"]),
            (
                json!({ "type": 7, "min_values": 2, "max_values": 3, "default_values": [user] }),
                &["default_values BASE_TYPE_BAD_LENGTH"],
            ),
            (json!({ "type": 5, "default_values": [role] }), &["default_values[0].type BASE_TYPE_CHOICES"]),
        ];
        for (select, expected) in cases {
            assert_faults(&faults(select, Place::Message), expected);
        }
    }

    #[test]
    fn a_select_in_a_modal_is_not_disabled_and_asks_for_something_unless_optional() {
        let cases: [(Value, &[&str]); 4] = [
            (json!({ "type": 7, "min_values": 0, "required": false }), &[]),
            (json!({ "type": 7, "min_values": 0 }), &["min_values NUMBER_TYPE_MIN"]),
            (json!({ "type": 7, "disabled": true }), &["disabled MODAL_COMPONENT_DISABLED"]),
            (json!({ "type": 7, "disabled": false }), &[]),
        ];
        for (select, expected) in cases {
            assert_faults(&faults(select, Place::Modal), expected);
        }
    }
}
