//! The message for an unknown key: suggests the nearest known one.

use toml::de::{DeTable, DeValue};

use super::DEFAULTS;
use super::token::Token;
use crate::failure::Failure;

/// The refusal of `prefix` + `key` on `line` of `file`.
pub(super) fn unknown_key(file: &str, line: usize, prefix: &str, key: &str) -> Failure {
    let whole = format!("{prefix}{key}");
    // Do not repeat a token pasted as a key, nor a text that may be a part of one.
    if key.len() > 22 || Token::is_inside(key) {
        return Failure::config(format!("{file}, line {line}, in `{prefix}…`"))
            .cause("ticketbot knows no such key")
            .help("It is not shown here because it is too long for a key and may be a secret.");
    }
    let failure = Failure::config(format!("{file}, line {line}, `{whole}`"));
    if whole == "db.key" {
        return failure
            .cause("the key of the database does not belong into this file, which is not encrypted itself")
            .help("Remove the line, and name a file that holds the key with `db.key_file`.");
    }
    let failure = failure.cause("ticketbot knows no such key");
    match nearest(&whole) {
        Some(known) => failure.help(format!("Did you mean `{known}`?")),
        None => failure.help("Remove the line; `ticketbot --dump-config` lists all keys."),
    }
}

/// The known key that `written` most likely means.
fn nearest(written: &str) -> Option<String> {
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let mut best: Option<(usize, String)> = None;
    for known in known_keys() {
        // The right name in the wrong table counts as one typing error.
        let distance = if last(&known) == last(written) { 1 } else { strsim::levenshtein(written, &known) };
        if distance <= 2.max(known.len() / 4) && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

/// All tables and keys of the defaults, by full name.
fn known_keys() -> Vec<String> {
    fn collect(prefix: &str, table: &DeTable<'_>, keys: &mut Vec<String>) {
        for (key, value) in table {
            let whole = format!("{prefix}{}", key.get_ref());
            if let DeValue::Table(inner) = value.get_ref() {
                collect(&format!("{whole}."), inner, keys);
            }
            keys.push(whole);
        }
    }
    let mut keys = Vec::new();
    if let Ok(table) = DeTable::parse(DEFAULTS) {
        collect("", table.get_ref(), &mut keys);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_known_key_is_suggested() {
        for (written, expected) in [
            ("bot.tokn", Some("bot.token")),
            ("bot.tokenfile", Some("bot.token_file")),
            ("token", Some("bot.token")),
            ("bot.intents.member", Some("bot.intents.members")),
            ("max_attachment_size", Some("bot.inbox.max_attachment_size")),
            ("database", None),
            ("dv", Some("db")),
            ("logs", Some("log")),
            ("something.else", None),
        ] {
            assert_eq!(nearest(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        let token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
        for key in [token, "MTIz.a.b", "abcdefghijklmnopqrstuvwxyz0123456789AB"] {
            let text = unknown_key("config.toml", 3, "bot.", key).to_string();
            assert!(text.contains("config.toml, line 3") && !text.contains(key), "{text}");
        }
    }
}
