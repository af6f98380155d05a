//! A message's component tree: allowed nesting, counts, and unique custom ids.
//! <https://docs.discord.com/developers/components/reference>. `component` checks single components.

use std::collections::HashSet;

use super::component::{self, kind};
use super::field::{Field, Found, tuple};

/// "Legacy messages allow up to 5 action rows as top-level components."
const LEGACY_ROWS: usize = 5;
const LEGACY_TOP: [i64; 1] = [kind::ACTION_ROW];
/// "Messages allow up to 40 total components."
const TOTAL: usize = 40;
const TOP: [i64; 7] = [
    kind::ACTION_ROW,
    kind::SECTION,
    kind::TEXT_DISPLAY,
    kind::MEDIA_GALLERY,
    kind::FILE,
    kind::SEPARATOR,
    kind::CONTAINER,
];

/// Checks the components of a message; `version_two` says whether it has the flag `IS_COMPONENTS_V2`.
pub(super) fn check_message(message: &Field<'_>, version_two: bool, found: &mut Found) {
    if version_two {
        let total = all(message).len();
        if total > TOTAL {
            let sentence = format!("Must be {TOTAL} or fewer in length.");
            found.push(message.fault_at("components", "BASE_TYPE_MAX_LENGTH", sentence));
        }
    } else {
        message.max_items("components", LEGACY_ROWS, found);
    }
    let allowed: &[i64] = if version_two { &TOP } else { &LEGACY_TOP };
    for part in message.list("components") {
        if may_stand(&part, allowed, found) {
            component::check(&part, found);
        }
    }
    unique_ids(message, found);
}

/// Whether this type of component is allowed here; otherwise adds a fault.
pub(super) fn may_stand(part: &Field<'_>, allowed: &[i64], found: &mut Found) -> bool {
    if part.int_of("type").is_some_and(|kind| allowed.contains(&kind)) {
        return true;
    }
    let sentence = format!("Value of field \"type\" must be one of {}.", tuple(allowed));
    found.push(part.fault_at("type", "UNION_TYPE_CHOICES", sentence));
    false
}

/// "Multiple components on the same message must not share the same `custom_id`." Disabled ones count too:
/// <https://github.com/discord/discord-api-docs/issues/3673>.
pub(super) fn unique_ids(parent: &Field<'_>, found: &mut Found) {
    let mut seen = HashSet::new();
    for part in all(parent) {
        let Some(id) = part.text_of("custom_id") else {
            continue;
        };
        if !seen.insert(id) {
            let sentence = "Component custom id cannot be duplicated";
            found.push(part.fault_at("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", sentence));
        }
    }
}

/// Every component below this one, in order.
fn all<'a>(parent: &Field<'a>) -> Vec<Field<'a>> {
    let children = parent.list("components").into_iter();
    let single = ["accessory", "component"].into_iter().filter_map(|key| parent.get(key));
    children
        .chain(single)
        .flat_map(|part| {
            let below = all(&part);
            std::iter::once(part).chain(below)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::assert_faults;

    fn faults(components: &Value, version_two: bool) -> Found {
        let mut found = Found::new();
        let message = json!({ "components": components });
        check_message(&Field::root(&message), version_two, &mut found);
        found
    }

    fn row(ids: &[&str]) -> Value {
        let button = |id| json!({ "type": 2, "style": 1, "label": "Go", "custom_id": id });
        json!({ "type": 1, "components": ids.iter().map(button).collect::<Vec<_>>() })
    }

    #[test]
    fn a_plain_message_holds_five_rows_and_nothing_but_rows() {
        let five = json!([row(&["a"]), row(&["b"]), row(&["c"]), row(&["d"]), row(&["e"])]);
        assert_faults(&faults(&five, false), &[]);
        let six = json!([row(&["a"]), row(&["b"]), row(&["c"]), row(&["d"]), row(&["e"]), row(&["f"])]);
        assert_faults(&faults(&six, false), &["components BASE_TYPE_MAX_LENGTH"]);
        let text = json!([{ "type": 10, "content": "x" }]);
        assert_faults(&faults(&text, false), &["components[0].type UNION_TYPE_CHOICES"]);
        assert_faults(&faults(&text, true), &[]);
    }

    #[test]
    fn no_custom_id_stands_twice_in_a_message() {
        let twice = json!([row(&["a", "b"]), row(&["a"])]);
        let expected = ["components[1].components[0].custom_id COMPONENT_CUSTOM_ID_DUPLICATED"];
        assert_faults(&faults(&twice, false), &expected);
        let section = json!([row(&["a"]), {
            "type": 9,
            "components": [{ "type": 10, "content": "x" }],
            "accessory": { "type": 2, "style": 1, "label": "Go", "custom_id": "a" }
        }]);
        let expected = ["components[1].accessory.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"];
        assert_faults(&faults(&section, true), &expected);
    }

    #[test]
    fn a_message_of_components_holds_forty_counting_nested_ones() {
        let container = |texts: usize| {
            let texts = vec![json!({ "type": 10, "content": "x" }); texts];
            json!([{ "type": 17, "components": texts }])
        };
        assert_faults(&faults(&container(39), true), &[]);
        assert_faults(&faults(&container(40), true), &["components BASE_TYPE_MAX_LENGTH"]);
    }
}
