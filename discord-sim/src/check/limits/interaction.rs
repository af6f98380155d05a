//! Answers to interactions: a message, a modal or suggestions, by the answer's type.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>

use super::field::{Field, Found};
use super::{message, modal, option};

/// "Autocomplete choices (max of 25 choices)."
const SUGGESTIONS: usize = 25;

/// Answer types. 10 was removed; 13 is for games.
const TYPES: [i64; 9] = [1, 4, 5, 6, 7, 8, 9, 12, 13];

/// Checks the answer to an interaction.
pub(super) fn check(answer: &Field<'_>, found: &mut Found) {
    answer.required("type", found);
    answer.one_of("type", &TYPES, found);
    let kind = answer.int_of("type");
    let Some(data) = answer.get("data") else {
        // A message, suggestions and a modal need data.
        if matches!(kind, Some(4 | 8 | 9)) {
            answer.required("data", found);
        }
        return;
    };
    match kind {
        Some(4 | 7) => message::check(&data, message::Kind::Response, found),
        Some(5) => message::check(&data, message::Kind::Deferred, found),
        Some(8) => suggestions(&data, found),
        Some(9) => modal::check(&data, found),
        _ => {}
    }
}

fn suggestions(data: &Field<'_>, found: &mut Found) {
    data.max_items("choices", SUGGESTIONS, found);
    for choice in data.list("choices") {
        option::choice(&choice, found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    #[test]
    fn an_answer_is_checked_by_its_type() {
        let choice = json!({ "name": "n", "value": "v" });
        let cases: [(Value, &[&str]); 10] = [
            (json!({ "type": 4, "data": { "content": "hello", "flags": 64, "attachments": [] } }), &[]),
            (json!({ "type": 4, "data": { "content": long(2001) } }), &["data.content BASE_TYPE_MAX_LENGTH"]),
            (
                json!({ "type": 7, "data": { "embeds": [{ "title": long(257) }] } }),
                &["data.embeds[0].title BASE_TYPE_MAX_LENGTH"],
            ),
            (json!({ "type": 5, "data": { "attachments": [] } }), &[]),
            (json!({ "type": 6, "data": null }), &[]),
            (json!({ "type": 4, "data": null }), &["data BASE_TYPE_REQUIRED"]),
            (json!({ "type": 10 }), &["type BASE_TYPE_CHOICES"]),
            (
                json!({ "type": 8, "data": { "choices": vec![choice.clone(); 26] } }),
                &["data.choices BASE_TYPE_MAX_LENGTH"],
            ),
            (
                json!({ "type": 8, "data": { "choices": [{ "name": "", "value": 1 }] } }),
                &["data.choices[0].name BASE_TYPE_BAD_LENGTH"],
            ),
            (
                json!({ "type": 9, "data": { "custom_id": "m", "title": long(46), "components": [
                { "type": 10, "content": "x" }
            ] } }),
                &["data.title BASE_TYPE_BAD_LENGTH"],
            ),
        ];
        for (answer, expected) in cases {
            let mut found = Found::new();
            check(&Field::root(&answer), &mut found);
            assert_faults(&found, expected);
        }
    }
}
