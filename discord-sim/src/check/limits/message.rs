//! Messages, however they are sent: <https://docs.discord.com/developers/resources/message#create-message>.

use super::field::{Field, Found, length};
use super::{component_tree, embed, mentions};

const CONTENT: usize = 2000;
/// `NONCE_TYPE_TOO_LONG` is Discord's: <https://github.com/discord/discord-api-docs/pull/1158>.
const NONCE: usize = 25;
const STICKERS: usize = 3;
/// <https://docs.discord.com/developers/reference#uploading-files>, and the OpenAPI description's `maxItems`.
const ATTACHMENTS: usize = 10;
const ATTACHMENT_DESCRIPTION: usize = 1024;
/// <https://docs.discord.com/developers/resources/webhook#webhook-object>: "Webhook names […] 1-80 characters".
const USERNAME: usize = 80;

/// Message flags by name: <https://docs.discord.com/developers/resources/message#message-object-message-flags>.
mod flag {
    pub(super) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(super) const EPHEMERAL: u64 = 1 << 6;
    pub(super) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(super) const IS_VOICE_MESSAGE: u64 = 1 << 13;
    pub(super) const IS_COMPONENTS_V2: u64 = 1 << 15;
    /// Every documented one: bits 0 to 8 and 12 to 15.
    pub(super) const DOCUMENTED: u64 = 0x1ff | 0xf000;
}

/// How a message is sent, which decides the allowed flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Create,
    Edit,
    /// Through a webhook, also for an interaction's followups.
    Followup,
    /// The answer to an interaction.
    Response,
    /// A deferral: "the only valid message flag you may use is `EPHEMERAL`".
    Deferred,
}

impl Kind {
    fn settable(self) -> u64 {
        let create =
            flag::SUPPRESS_EMBEDS | flag::SUPPRESS_NOTIFICATIONS | flag::IS_VOICE_MESSAGE | flag::IS_COMPONENTS_V2;
        match self {
            Self::Create => create,
            Self::Followup | Self::Response => create | flag::EPHEMERAL,
            Self::Deferred => flag::EPHEMERAL,
            // An edit may repeat the message's existing flags.
            Self::Edit => flag::DOCUMENTED,
        }
    }
}

/// Checks a message.
pub(super) fn check(message: &Field<'_>, kind: Kind, found: &mut Found) {
    message.max_chars("content", CONTENT, found);
    message.max_items("sticker_ids", STICKERS, found);
    message.chars("username", 1..=USERNAME, found);
    message.chars("thread_name", 1..=super::thread::NAME, found);
    nonce(message, found);
    attachments(message, found);
    flags(message, kind, found);
    embed::check(message, found);
    mentions::check(message, found);
    let version_two = uses_version_two(message, kind);
    if version_two {
        no_legacy_fields(message, found);
    }
    component_tree::check_message(message, version_two, found);
}

fn nonce(message: &Field<'_>, found: &mut Found) {
    if message.text_of("nonce").is_some_and(|nonce| length(nonce) > NONCE) {
        let sentence = format!("Must be {NONCE} or fewer characters long.");
        found.push(message.fault_at("nonce", "NONCE_TYPE_TOO_LONG", sentence));
    }
}

fn attachments(message: &Field<'_>, found: &mut Found) {
    message.max_items("attachments", ATTACHMENTS, found);
    for attachment in message.list("attachments") {
        attachment.max_chars("description", ATTACHMENT_DESCRIPTION, found);
    }
}

/// The documentation names the allowed flags, but not Discord's response to others: code and sentence are ours.
fn flags(message: &Field<'_>, kind: Kind, found: &mut Found) {
    let refused = flag_bits(message) & !kind.settable();
    if refused != 0 {
        let sentence = format!("Flags {refused:#x} cannot be set here.");
        found.push(message.fault_at("flags", "FLAGS_NOT_SETTABLE", sentence));
    }
}

fn flag_bits(message: &Field<'_>) -> u64 {
    message.int_of("flags").map_or(0, i64::cast_unsigned)
}

/// Whether the message consists of components only. An edit keeps this without repeating the flag.
fn uses_version_two(message: &Field<'_>, kind: Kind) -> bool {
    let flagged = flag_bits(message) & flag::IS_COMPONENTS_V2 != 0;
    let beyond_rows = || message.list("components").iter().any(|c| c.int_of("type") != Some(1));
    flagged || (kind == Kind::Edit && beyond_rows())
}

/// "When the flag `IS_COMPONENTS_V2` is set, the message can only contain `components`."
fn no_legacy_fields(message: &Field<'_>, found: &mut Found) {
    for key in ["content", "embeds", "sticker_ids", "poll", "shared_client_theme"] {
        if message.get(key).is_some_and(|field| field.is_filled()) {
            let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
            let sentence = format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
            found.push(message.fault_at(key, code, sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    fn faults(body: &Value, kind: Kind) -> Found {
        let mut found = Found::new();
        check(&Field::root(body), kind, &mut found);
        found
    }

    #[test]
    fn a_message_keeps_to_its_limits() {
        let cases: [(Value, &[&str]); 9] = [
            (json!({ "content": long(2000), "nonce": "1".repeat(25) }), &[]),
            (json!({ "content": long(2001) }), &["content BASE_TYPE_MAX_LENGTH"]),
            (json!({ "content": "🪴".repeat(2000) }), &[]),
            (json!({ "nonce": "1".repeat(26) }), &["nonce NONCE_TYPE_TOO_LONG"]),
            (json!({ "nonce": u64::MAX }), &[]),
            (json!({ "attachments": vec![json!({ "id": 0 }); 11] }), &["attachments BASE_TYPE_MAX_LENGTH"]),
            (
                json!({ "attachments": [{ "id": 0, "description": long(1025) }] }),
                &["attachments[0].description BASE_TYPE_MAX_LENGTH"],
            ),
            (json!({ "sticker_ids": ["1", "2", "3", "4"] }), &["sticker_ids BASE_TYPE_MAX_LENGTH"]),
            (json!({ "username": "" }), &["username BASE_TYPE_BAD_LENGTH"]),
        ];
        for (body, expected) in cases {
            assert_faults(&faults(&body, Kind::Create), expected);
        }
    }

    #[test]
    fn each_way_of_sending_has_its_own_flags() {
        let refused: &[&str] = &["flags FLAGS_NOT_SETTABLE"];
        let cases: [(Kind, u64, &[&str]); 8] = [
            (Kind::Create, 1 << 2 | 1 << 12, &[]),
            (Kind::Create, 1 << 6, refused),
            (Kind::Create, 1 << 40, refused),
            (Kind::Response, 1 << 6 | 1 << 2, &[]),
            (Kind::Followup, 1 << 6, &[]),
            (Kind::Deferred, 1 << 6, &[]),
            (Kind::Deferred, 1 << 2, refused),
            (Kind::Edit, 1 << 5 | 1 << 2, &[]),
        ];
        for (kind, flags, expected) in cases {
            assert_faults(&faults(&json!({ "flags": flags }), kind), expected);
        }
    }

    #[test]
    fn a_message_of_components_holds_nothing_else() {
        let text = json!([{ "type": 10, "content": "Hello" }]);
        let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
        let alone = json!({ "flags": 1 << 15, "components": text, "embeds": [] });
        assert_faults(&faults(&alone, Kind::Create), &[]);
        let with_content = json!({ "flags": 1 << 15, "components": text, "content": "x" });
        assert_faults(&faults(&with_content, Kind::Create), &[&format!("content {code}")]);
    }
}
