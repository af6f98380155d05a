//! Allowed mentions: <https://docs.discord.com/developers/resources/message#allowed-mentions-object>.

use super::field::{Field, Found};

/// "Array of user ids to mention, max 100", and the same for roles.
const IDS: usize = 100;
const KINDS: [&str; 3] = ["roles", "users", "everyone"];

/// Checks a message's `allowed_mentions`.
pub(super) fn check(message: &Field<'_>, found: &mut Found) {
    let Some(mentions) = message.get("allowed_mentions") else {
        return;
    };
    let parse = mentions.list("parse");
    for kind in &parse {
        if !kind.text().is_some_and(|kind| KINDS.contains(&kind)) {
            found.push(kind.fault("BASE_TYPE_CHOICES", "Value must be one of ('roles', 'users', 'everyone')."));
        }
    }
    for kind in ["roles", "users"] {
        mentions.max_items(kind, IDS, found);
        // Mutually exclusive per kind; an empty list beside `parse` is fine.
        let parsed = parse.iter().any(|parsed| parsed.text() == Some(kind));
        if parsed && !mentions.list(kind).is_empty() {
            let sentence = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            found.push(mentions.fault("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::assert_faults;

    #[test]
    fn a_kind_is_parsed_or_listed_and_lists_have_a_hundred_ids() {
        let exclusive: &[&str] = &["allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"];
        let cases: [(Value, &[&str]); 7] = [
            (json!({ "parse": [] }), &[]),
            (json!({ "parse": [], "users": ["1"], "roles": ["2"] }), &[]),
            (json!({ "parse": ["users", "roles"], "users": [], "roles": null }), &[]),
            (json!({ "parse": ["everyone"], "users": ["1"] }), &[]),
            (json!({ "parse": ["users"], "users": ["1"] }), exclusive),
            (json!({ "parse": ["here"] }), &["allowed_mentions.parse[0] BASE_TYPE_CHOICES"]),
            (json!({ "users": vec!["1"; 101] }), &["allowed_mentions.users BASE_TYPE_MAX_LENGTH"]),
        ];
        for (mentions, expected) in cases {
            let mut found = Found::new();
            check(&Field::root(&json!({ "allowed_mentions": mentions })), &mut found);
            assert_faults(&found, expected);
        }
    }
}
