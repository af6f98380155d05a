//! What serenity 0.12.5 sends, field by field as its builders write it, fits the description.

use serde_json::{Value, json};

use super::assert_fits;

fn embed() -> Value {
    json!({
        "title": "Ticket", "type": "rich", "description": "Text", "color": 5_793_266,
        "timestamp": "2026-03-04T05:06:07.000Z", "url": "https://example.com/",
        "footer": { "text": "Footer" }, "author": { "name": "Author", "icon_url": "https://example.com/a.png" },
        "image": { "url": "attachment://a.png", "proxy_url": null, "height": null, "width": null },
        "thumbnail": { "url": "https://example.com/t.png", "proxy_url": null, "height": null, "width": null },
        "fields": [{ "name": "n", "value": "v", "inline": false }]
    })
}

fn rows() -> Value {
    json!([
        { "type": 1, "components": [
            { "type": 2, "style": 1, "custom_id": "create-ticket", "label": "Open", "disabled": false,
              "emoji": { "name": "🪴" } },
            { "type": 2, "style": 5, "url": "https://example.com", "disabled": false,
              "emoji": { "animated": false, "id": "1", "name": "leaf" } },
            { "type": 2, "style": 6, "sku_id": "1", "disabled": false }
        ] },
        { "type": 1, "components": [{
            "custom_id": "staff", "placeholder": "Who", "min_values": 0, "max_values": 25, "disabled": false,
            "type": 7, "default_values": [{ "id": 175_928_847_299_117_063_u64, "type": "user" }, { "id": 2, "type": "role" }]
        }] },
        { "type": 1, "components": [{
            "custom_id": "where", "type": 8, "channel_types": [0, 5], "default_values": [{ "id": 3, "type": "channel" }]
        }] },
        { "type": 1, "components": [{
            "custom_id": "what", "type": 3,
            "options": [{ "label": "l", "value": "v", "description": "d", "emoji": { "name": "🪴" }, "default": true }]
        }] }
    ])
}

#[test]
fn messages_that_serenity_sends_fit() {
    let create = json!({
        "content": "Hello", "nonce": "123", "tts": false, "embeds": [embed()],
        "allowed_mentions": { "parse": [], "users": ["1"], "roles": ["2"], "replied_user": false },
        "message_reference": {
            "type": 0, "message_id": "1", "channel_id": "2", "guild_id": null, "fail_if_not_exists": null
        },
        "components": rows(), "sticker_ids": [], "flags": 4096,
        "attachments": [{ "id": 0, "filename": "a.png", "description": null }], "enforce_nonce": false
    });
    let edit = json!({
        "content": "", "embeds": [embed()], "flags": 4, "components": rows(),
        "allowed_mentions": { "parse": ["users"], "users": [], "roles": [] },
        "attachments": [{ "id": "175928847299117063" }, { "id": 0, "filename": "b.png", "description": "d" }]
    });
    assert_fits(&[
        ("POST", "/channels/1/messages", create),
        (
            "POST",
            "/channels/1/messages",
            json!({
                "tts": false, "embeds": [], "sticker_ids": [], "attachments": [], "enforce_nonce": true, "nonce": 7,
                "message_reference": {
                    "type": 1, "message_id": "1", "channel_id": "2", "guild_id": "3", "fail_if_not_exists": true
                }
            }),
        ),
        ("PATCH", "/channels/1/messages/2", edit.clone()),
        ("PATCH", "/webhooks/1/aW50ZXJhY3Rpb24/messages/@original", edit.clone()),
        ("PATCH", "/webhooks/1/aW50ZXJhY3Rpb24/messages/2", edit),
        (
            "POST",
            "/webhooks/1/aW50ZXJhY3Rpb24?wait=true",
            json!({
                "content": "Hi", "tts": false, "embeds": [], "components": [], "flags": 64, "attachments": []
            }),
        ),
        ("POST", "/channels/1/messages/bulk-delete", json!({ "messages": ["1", "2"] })),
    ]);
}

#[test]
fn answers_that_serenity_sends_fit() {
    let callback = "/interactions/1/token/callback?with_response=true";
    let modal = json!({
        "components": [{ "type": 1, "components": [{
            "type": 4, "custom_id": "name", "style": 2, "label": "Name", "min_length": 0, "max_length": 4000,
            "required": true, "value": "v", "placeholder": "p"
        }] }],
        "custom_id": "modal", "title": "Title"
    });
    let label_modal = json!({ "custom_id": "modal", "title": "Title", "components": [
        { "type": 10, "content": "Text" },
        { "type": 18, "label": "Staff", "description": "d", "component": {
            "type": 7, "custom_id": "s", "required": false, "min_values": 0, "default_values": [{ "id": "1", "type": "role" }]
        } },
        { "type": 18, "label": "Kind", "component": {
            "type": 21, "custom_id": "r", "options": [{ "label": "a", "value": "a" }, { "label": "b", "value": "b" }]
        } }
    ] });
    let message = json!({ "content": "Hi", "embeds": [embed()], "flags": 64, "components": rows(), "attachments": [],
        "allowed_mentions": { "parse": [], "users": [], "roles": [] } });
    let answers = [
        json!({ "type": 1, "data": null }),
        json!({ "type": 4, "data": message }),
        json!({ "type": 4, "data": { "tts": true, "content": "Hi", "attachments": [] } }),
        json!({ "type": 5, "data": { "attachments": [] } }),
        json!({ "type": 5, "data": { "flags": 64, "attachments": [] } }),
        json!({ "type": 6, "data": null }),
        json!({ "type": 7, "data": message }),
        json!({ "type": 7, "data": { "tts": false, "components": [], "embeds": [], "attachments": [] } }),
        json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": "v" }, { "name": "m", "value": "w" }] } }),
        json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": 1, "name_localizations": { "de": "m" } }] } }),
        json!({ "type": 9, "data": modal }),
        json!({ "type": 9, "data": label_modal }),
        json!({ "type": 12, "data": null }),
    ];
    assert_fits(&answers.map(|answer| ("POST", callback, answer)));
}

/// What every message holds, set or not.
fn plain_message() -> Value {
    json!({
        "content": "Hi", "tts": false, "embeds": [], "sticker_ids": [], "attachments": [], "enforce_nonce": false
    })
}

#[test]
fn threads_that_serenity_sends_fit() {
    let start = json!({
        "name": "ticket-0001", "auto_archive_duration": 10080, "type": 12, "invitable": false, "rate_limit_per_user": 0
    });
    let from_message = json!({ "name": "t", "auto_archive_duration": 60 });
    let post = json!({ "name": "post", "applied_tags": ["1"], "message": plain_message() });
    let edit = json!({
        "name": "t", "archived": false, "auto_archive_duration": 1440, "locked": false, "invitable": true,
        "rate_limit_per_user": 5, "flags": 2, "applied_tags": ["1"]
    });
    assert_fits(&[
        ("POST", "/channels/1/threads", start),
        ("POST", "/channels/1/messages/2/threads", from_message),
        ("POST", "/channels/1/threads", post),
        ("PATCH", "/channels/1", json!({ "archived": true, "locked": true })),
        ("PATCH", "/channels/1", json!({ "name": "new name" })),
        ("PATCH", "/channels/1", edit),
    ]);
}

#[test]
fn channels_that_serenity_sends_fit() {
    let overwrite = json!({ "allow": "1024", "deny": "0", "id": "1", "type": 0 });
    let edit = json!({ "topic": "t", "parent_id": null, "permission_overwrites": [overwrite] });
    let create = json!({ "name": "c", "type": 0, "permission_overwrites": [overwrite] });
    assert_fits(&[
        ("PATCH", "/channels/1", edit),
        ("PUT", "/channels/1/permissions/1", overwrite),
        ("POST", "/guilds/1/channels", create),
        ("POST", "/users/@me/channels", json!({ "recipient_id": "1" })),
    ]);
}

fn option(kind: u8, name: &str, options: &Value) -> Value {
    json!({
        "type": kind, "name": name, "name_localizations": { "de": name }, "description": "d",
        "description_localizations": { "de": "b" }, "required": false, "choices": [], "options": options,
        "channel_types": [], "min_value": null, "max_value": null, "min_length": null, "max_length": null,
        "autocomplete": false
    })
}

#[test]
fn commands_that_serenity_sends_fit() {
    let mut text = option(3, "text", &json!([]));
    text["choices"] = json!([{ "name": "n", "value": "v" }]);
    text["max_length"] = json!(100);
    let mut number = option(4, "number", &json!([]));
    number["min_value"] = json!(1);
    number["choices"] = json!([{ "name": "n", "value": 1, "name_localizations": { "de": "m" } }]);
    let mut channel = option(7, "channel", &json!([]));
    channel["channel_types"] = json!([0, 5]);
    let rest = (5..=11).filter(|kind| *kind != 7).map(|kind| option(kind, "x", &json!([])));
    let parameters: Vec<Value> = [text, number, channel].into_iter().chain(rest).collect();
    let sub = option(1, "starter", &json!(parameters));
    let group = option(2, "new-tickets", &json!([sub]));
    let slash = json!({
        "name": "inbox", "name_localizations": { "de": "eingang" }, "description": "d",
        "description_localizations": {}, "options": [group, option(1, "list", &json!([]))],
        "default_member_permissions": "32", "dm_permission": false, "type": 1, "integration_types": [0],
        "contexts": [0], "nsfw": false
    });
    let menu = json!({
        "name": "Select this message", "name_localizations": {}, "description_localizations": {}, "options": [],
        "type": 3, "contexts": [0], "nsfw": false
    });
    assert_fits(&[
        ("PUT", "/applications/1/commands", json!([slash, menu])),
        ("PUT", "/applications/1/guilds/2/commands", json!([])),
        ("POST", "/applications/1/commands", slash.clone()),
        ("PATCH", "/applications/1/guilds/2/commands/3", menu),
    ]);
}

#[test]
fn requests_without_a_body_fit_where_none_is_needed() {
    let paths = [
        ("GET", "/gateway/bot"),
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("GET", "/guilds/1?with_counts=true"),
        ("GET", "/guilds/1/threads/active"),
        ("GET", "/channels/1/messages/2"),
        ("PUT", "/channels/1/thread-members/@me"),
        ("PUT", "/channels/1/thread-members/2"),
        ("PUT", "/channels/1/pins/2"),
        ("PUT", "/channels/1/messages/2/reactions/%F0%9F%AA%B4/@me"),
        ("POST", "/channels/1/typing"),
        ("DELETE", "/channels/1/messages/2"),
        ("DELETE", "/guilds/1/bans/2"),
        ("GET", "/webhooks/1/token/messages/@original"),
    ];
    assert_fits(&paths.map(|(method, path)| (method, path, Value::Null)));
}
