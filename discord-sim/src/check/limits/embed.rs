//! Embeds: <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>.

use super::field::{Field, Found, length};

const EMBEDS: usize = 10;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4096;
const FIELDS: usize = 25;
const FIELD_NAME: usize = 256;
const FIELD_VALUE: usize = 1024;
const FOOTER: usize = 2048;
const AUTHOR: usize = 256;
/// Over all embeds of a message together.
const TOTAL: usize = 6000;

/// Checks the embeds of a message.
pub(super) fn check(message: &Field<'_>, found: &mut Found) {
    message.max_items("embeds", EMBEDS, found);
    let mut total = 0;
    for embed in message.list("embeds") {
        total += texts(&embed, found);
    }
    if total > TOTAL {
        let sentence = format!("Embed size exceeds maximum size of {TOTAL}");
        found.push(message.fault_at("embeds", "MAX_EMBED_SIZE_EXCEEDED", sentence));
    }
}

/// Checks one embed's texts, and returns how many characters count towards the total.
fn texts(embed: &Field<'_>, found: &mut Found) -> usize {
    let mut total = text(embed, "title", TITLE, found) + text(embed, "description", DESCRIPTION, found);
    if let Some(footer) = embed.get("footer") {
        total += text(&footer, "text", FOOTER, found);
    }
    if let Some(author) = embed.get("author") {
        total += text(&author, "name", AUTHOR, found);
    }
    embed.max_items("fields", FIELDS, found);
    for field in embed.list("fields") {
        total += filled(&field, "name", FIELD_NAME, found) + filled(&field, "value", FIELD_VALUE, found);
    }
    total
}

fn text(parent: &Field<'_>, key: &str, max: usize, found: &mut Found) -> usize {
    // "Leading and trailing whitespace characters are not included (they are trimmed automatically)."
    let count = parent.text_of(key).map_or(0, |text| length(text.trim()));
    if count > max {
        let sentence = format!("Must be {max} or fewer in length.");
        found.push(parent.fault_at(key, "BASE_TYPE_MAX_LENGTH", sentence));
    }
    count
}

/// A text that must not be empty: fields have both a name and a value.
fn filled(parent: &Field<'_>, key: &str, max: usize, found: &mut Found) -> usize {
    let count = text(parent, key, max, found);
    if count == 0 {
        found.push(parent.fault_at(key, "BASE_TYPE_REQUIRED", "This field is required"));
    }
    count
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(body: &Value) -> Found {
        let mut found = Found::new();
        check(&Field::root(body), &mut found);
        found
    }

    #[test]
    fn every_text_of_an_embed_has_its_length() {
        let cases: [(Value, &[&str]); 10] = [
            (json!({ "title": long(256), "description": long(4096) }), &[]),
            (json!({ "title": long(257) }), &["embeds[0].title BASE_TYPE_MAX_LENGTH"]),
            (json!({ "title": format!(" {} ", long(256)) }), &[]),
            (json!({ "description": long(4097) }), &["embeds[0].description BASE_TYPE_MAX_LENGTH"]),
            (json!({ "footer": { "text": long(2049) } }), &["embeds[0].footer.text BASE_TYPE_MAX_LENGTH"]),
            (json!({ "author": { "name": long(257) } }), &["embeds[0].author.name BASE_TYPE_MAX_LENGTH"]),
            (json!({ "fields": [{ "name": long(256), "value": long(1024) }] }), &[]),
            (
                json!({ "fields": [{ "name": long(257), "value": long(1025) }] }),
                &["embeds[0].fields[0].name BASE_TYPE_MAX_LENGTH", "embeds[0].fields[0].value BASE_TYPE_MAX_LENGTH"],
            ),
            (json!({ "fields": [{ "name": " ", "value": "x" }] }), &["embeds[0].fields[0].name BASE_TYPE_REQUIRED"]),
            (
                json!({ "fields": vec![json!({ "name": "n", "value": "v" }); 26] }),
                &["embeds[0].fields BASE_TYPE_MAX_LENGTH"],
            ),
        ];
        for (embed, expected) in cases {
            assert_faults(&faults(&json!({ "embeds": [embed] })), expected);
        }
    }

    #[test]
    fn a_message_has_ten_embeds() {
        assert_faults(&faults(&json!({ "embeds": vec![json!({ "title": "t" }); 10] })), &[]);
        let eleven = json!({ "embeds": vec![json!({ "title": "t" }); 11] });
        assert_faults(&faults(&eleven), &["embeds BASE_TYPE_MAX_LENGTH"]);
    }

    #[test]
    fn all_embeds_together_have_six_thousand_characters() {
        let two = |second: usize| json!({ "embeds": [{ "description": long(4000) }, { "description": long(second) }] });
        assert_faults(&faults(&two(2000)), &[]);
        assert_faults(&faults(&two(2001)), &["embeds MAX_EMBED_SIZE_EXCEEDED"]);
    }
}
