//! Entries of lists, such as the questions of a form: tables of a file, and values as they are stored.

use serde_json::{Map, Value};
use toml::de::DeValue;

use super::spelling::text;
use crate::domain::embed::Embed;

/// The keys of entries, in the order in which a file writes them; others follow.
const ORDER: [&str; 26] = [
    "key",
    "title",
    "name",
    "label",
    "text",
    "value",
    "inline",
    "url",
    "icon",
    "description",
    "help",
    "required",
    "kind",
    "menu",
    "least",
    "most",
    "options",
    "size",
    "digest",
    "color",
    "author",
    "fields",
    "image",
    "thumbnail",
    "footer",
    "timestamp",
];

/// A comment that shows how the entries of a setting are written.
pub(super) fn example(key: &str) -> &'static [&'static str] {
    match key {
        "form.questions" => &[
            r#"key = "order""#,
            r#"label = "What is it about?""#,
            r#"kind = "one" # or: short, long, number, several, yes_no, consent, member, file"#,
            r#"options = [{ label = "An order" }, { label = "Something else" }]"#,
        ],
        "message.embeds" => &[
            r#"title = "Welcome""#,
            r#"description = "Hello $author, $staff will answer soon.""#,
            "color = 5793266",
            r#"fields = [{ name = "Your order", value = "$form_order", inline = true }]"#,
        ],
        // Their contents are stored where a message was copied.
        "message.files" => &[
            r#"name = "banner.png""#,
            "size = 1234",
            r#"digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#,
        ],
        "frequent.answers" => &[r#"title = "Where is my order?""#, r#"text = "It takes two days.""#],
        _ => &[],
    }
}

/// An entry as lines of a table.
pub(super) fn lines(entry: &Value) -> Vec<(String, String)> {
    ordered(entry)
        .into_iter()
        .map(|(key, value)| {
            let written = match value {
                Value::String(own) => text(own),
                Value::Array(each) if each.len() > 1 => {
                    let each: Vec<String> = each.iter().map(inline).collect();
                    format!("[\n    {},\n]", each.join(",\n    "))
                }
                value => inline(value),
            };
            (key.clone(), written)
        })
        .collect()
}

/// An embed as lines of a table.
pub(super) fn of_embed(embed: &Embed) -> Vec<(String, String)> {
    lines(&of(embed))
}

/// The value of an embed.
pub(super) fn of(embed: &Embed) -> Value {
    // A struct of texts and numbers with text keys serializes.
    serde_json::to_value(embed).unwrap_or_default()
}

/// A value on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        // Escapes of JSON are those of TOML, which has one more.
        Value::String(own) => Value::from(own.as_str()).to_string().replace('\u{7f}', "\\u007f"),
        Value::Array(each) => format!("[{}]", each.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(_) => {
            let pairs = ordered(value).into_iter().map(|(key, value)| format!("{key} = {}", inline(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The pairs of a table, without those that have no value.
fn ordered(value: &Value) -> Vec<(&String, &Value)> {
    let mut pairs: Vec<_> = value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()).collect();
    pairs.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    pairs
}

/// A value of a file as it is stored. `None`: it cannot be.
pub(super) fn read(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(own) => Value::from(own.as_ref()),
        DeValue::Integer(number) => Value::from(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Boolean(on) => Value::from(*on),
        DeValue::Array(each) => Value::Array(each.iter().map(|entry| read(entry.get_ref())).collect::<Option<_>>()?),
        DeValue::Table(table) => {
            let pairs = table.iter().map(|(key, value)| Some((key.get_ref().to_string(), read(value.get_ref())?)));
            Value::Object(pairs.collect::<Option<Map<_, _>>>()?)
        }
        DeValue::Float(_) | DeValue::Datetime(_) => return None,
    })
}

/// The keys of an entry that nothing reads. `reads`: whether an entry can be read; a key that may have any value is not
/// looked at.
pub(super) fn unknown_keys(entry: &Value, reads: impl Fn(&Value) -> bool) -> Vec<String> {
    let Some(table) = entry.as_object() else { return Vec::new() };
    let is_ignored = |key: &&String| {
        let mut odd = table.clone();
        odd.insert((*key).clone(), serde_json::json!({ "": [[]] }));
        reads(&Value::Object(odd))
    };
    table.keys().filter(is_ignored).cloned().collect()
}

/// The keys that entries can have, for proposals.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    ORDER.into_iter()
}
