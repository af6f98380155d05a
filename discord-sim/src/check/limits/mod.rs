//! Discord's documented limits, route by route. The simulated world decides all other refusals (permissions, unknown
//! objects, an empty message).

mod command;
mod component;
mod component_tree;
mod embed;
mod field;
mod interaction;
mod locale;
mod mentions;
mod message;
mod modal;
mod option;
mod select;
mod thread;

use serde_json::Value;

use self::field::{Field, Found, length};
use super::FieldError;

/// "The `X-Audit-Log-Reason` header supports 1-512 URL-encoded UTF-8 characters."
/// <https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object>
const AUDIT_REASON: usize = 512;

/// What Discord would refuse in this body. Empty if valid, and for routes without known limits.
pub fn limits(method: &str, path: &str, body: &Value) -> Vec<FieldError> {
    let path = path.split('?').next().unwrap_or(path);
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let body = Field::root(body);
    let mut found = Found::new();
    match (method, segments.as_slice()) {
        ("POST", ["channels", _, "messages"]) => {
            message::check(&body, message::Kind::Create, &mut found);
        }
        ("PATCH", ["channels", _, "messages", _] | ["webhooks", _, _, "messages", _]) => {
            message::check(&body, message::Kind::Edit, &mut found);
        }
        ("POST", ["webhooks", _, _]) => message::check(&body, message::Kind::Followup, &mut found),
        ("POST", ["interactions", _, _, "callback"]) => interaction::check(&body, &mut found),
        ("POST", ["channels", _, "messages", "bulk-delete"]) => {
            // "currently 2 and 100 respectively"
            body.items_between("messages", 2..=100, &mut found);
        }
        ("POST", ["channels", _, "threads"] | ["channels", _, "messages", _, "threads"]) => {
            thread::check_start(&body, &mut found);
        }
        ("POST", ["guilds", _, "channels"]) => thread::check_create_channel(&body, &mut found),
        ("PATCH", ["channels", _]) => thread::check_channel(&body, &mut found),
        (method, ["applications", _, "guilds", _, rest @ ..] | ["applications", _, rest @ ..]) => {
            commands(method, rest, &body, &mut found);
        }
        _ => {}
    }
    found
}

/// What Discord would refuse in this audit log reason, after URL decoding.
pub fn audit_reason(reason: &str) -> Vec<FieldError> {
    if (1..=AUDIT_REASON).contains(&length(reason)) {
        return Vec::new();
    }
    vec![FieldError {
        path: "X-Audit-Log-Reason".to_owned(),
        code: "BASE_TYPE_BAD_LENGTH",
        message: format!("Must be between 1 and {AUDIT_REASON} in length."),
    }]
}

/// The routes of application commands, global and of one guild.
fn commands(method: &str, rest: &[&str], body: &Field<'_>, found: &mut Found) {
    match (method, rest) {
        ("POST", ["commands"]) => command::check_new(body, found),
        ("PUT", ["commands"]) => command::check_list(body, found),
        ("PATCH", ["commands", _]) => command::check_edit(body, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// This many characters of more than one byte.
    pub(super) fn long(count: usize) -> String {
        "ß".repeat(count)
    }

    /// Compares with faults written as `path CODE`.
    pub(super) fn assert_faults(found: &[FieldError], expected: &[&str]) {
        let found: Vec<String> = found.iter().map(|f| format!("{} {}", f.path, f.code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_route_with_limits_is_found_with_and_without_a_query() {
        let cases = [
            ("POST", "/channels/1/messages", json!({ "content": long(2001) })),
            ("PATCH", "/channels/1/messages/2", json!({ "content": long(2001) })),
            ("POST", "/webhooks/1/token?wait=true", json!({ "content": long(2001) })),
            ("PATCH", "/webhooks/1/token/messages/@original", json!({ "content": long(2001) })),
            (
                "POST",
                "/interactions/1/token/callback?with_response=true",
                json!({ "type": 4, "data": { "content": long(2001) } }),
            ),
            ("POST", "/channels/1/messages/bulk-delete", json!({ "messages": ["1"] })),
            ("POST", "/channels/1/threads", json!({ "name": "" })),
            ("POST", "/channels/1/messages/2/threads", json!({ "name": "" })),
            ("POST", "/guilds/1/channels", json!({ "name": "" })),
            ("PATCH", "/channels/1", json!({ "name": "" })),
            ("POST", "/applications/1/commands", json!({ "name": "A", "description": "d" })),
            ("PUT", "/applications/1/guilds/2/commands", json!([{ "name": "A", "description": "d" }])),
            ("PATCH", "/applications/1/commands/2", json!({ "name": "A" })),
        ];
        for (method, path, body) in cases {
            assert_eq!(limits(method, path, &body).len(), 1, "{method} {path}");
        }
    }

    #[test]
    fn routes_without_limits_and_requests_without_a_body_are_fine() {
        for (method, path) in [("GET", "/users/@me"), ("PUT", "/channels/1/thread-members/2")] {
            assert_faults(&limits(method, path, &Value::Null), &[]);
        }
    }

    #[test]
    fn an_audit_reason_has_at_most_512_characters_as_people_read_them() {
        assert_faults(&audit_reason(&long(512)), &[]);
        assert_faults(&audit_reason(&long(513)), &["X-Audit-Log-Reason BASE_TYPE_BAD_LENGTH"]);
    }
}
