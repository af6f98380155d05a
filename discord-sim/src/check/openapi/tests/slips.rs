//! Mistakes are named with route, place and reason.

use serde_json::{Value, json};

use super::{assert_refused, description};
use crate::check::Body;

const MESSAGE: &str = "/channels/1/messages";
const ANSWER: &str = "/interactions/1/token/callback";

#[test]
fn a_field_that_no_schema_knows_is_named() {
    let button = json!({ "type": 2, "style": 1, "custom_id": "a", "placeholder": "x" });
    let row = json!([{ "type": 1, "components": [button] }]);
    let cases = [
        ("POST", MESSAGE, json!({ "contnet": "x" }), "/contnet"),
        ("POST", MESSAGE, json!({ "contnet": null }), "/contnet"),
        ("POST", MESSAGE, json!({ "embeds": [{ "titel": "x" }] }), "/embeds/0/titel"),
        ("POST", MESSAGE, json!({ "components": row }), "/components/0/components/0/placeholder"),
        ("PATCH", "/channels/1", json!({ "archived": true, "lokced": true }), "/lokced"),
        ("POST", ANSWER, json!({ "type": 7, "data": { "title": "t" } }), "/data/title"),
    ];
    for (method, path, body, place) in cases {
        assert_refused(method, path, &body, &format!(": {place}: unknown field"));
    }
}

#[test]
fn a_body_is_held_against_what_it_looks_most_like() {
    let Some(description) = description() else {
        return;
    };
    // A forum post, whose message cannot be a reply: not a thread with an extra field `message`.
    let post = json!({ "name": "t", "message": { "nonce": 1, "message_reference": { "message_id": "1" } } });
    let faults = description.check("POST", "/channels/1/threads", &post, Body::Json);
    let places: Vec<&str> = faults.iter().filter_map(|fault| fault.split(": ").nth(1)).collect();
    assert_eq!(places, ["/message/message_reference", "/message/nonce"], "{faults:?}");
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_place() {
    let button = json!({ "components": [{ "type": 1, "components": [{ "type": 2, "label": "x" }] }] });
    let modal = json!({ "type": 9, "data": { "custom_id": "a", "title": "t" } });
    let cases = [
        ("POST", MESSAGE, json!({ "content": 5 }), "/content: value is not of types \"null\", \"string\"; it is 5"),
        (
            "POST",
            MESSAGE,
            json!({ "embeds": [{ "url": "a b" }] }),
            "/embeds/0/url: value is not a \"uri\"; it is \"a b\"",
        ),
        ("POST", MESSAGE, button, "/components/0/components/0: \"style\" is a required property"),
        ("POST", ANSWER, modal, "/data: \"components\" is a required property"),
        ("POST", "/channels/1/threads", json!({ "type": 12 }), "body: \"name\" is a required property"),
        (
            "PATCH",
            "/channels/1",
            json!({ "archived": true, "auto_archive_duration": 61 }),
            "/auto_archive_duration: value is none of 60, 1440, 4320, 10080; it is 61",
        ),
    ];
    for (method, path, body, fault) in cases {
        assert_refused(method, path, &body, &format!(": {fault}"));
    }
}

#[test]
fn something_of_no_known_type_is_named() {
    let component = json!({ "components": [{ "type": 99 }] });
    assert_refused(
        "POST",
        MESSAGE,
        &component,
        ": /components/0/type: value is none of 1, 17, 13, 12, 9, 14, 10; it is 99",
    );
    assert_refused(
        "POST",
        ANSWER,
        &json!({ "type": 10 }),
        ": /type: value is none of 8, 4, 5, 12, 9, 1, 13, 6, 7; it is 10",
    );
    let id = json!({ "messages": ["x", "1"] });
    assert_refused("POST", "/channels/1/messages/bulk-delete", &id, "; it is \"x\"");
}

#[test]
fn a_route_that_discord_does_not_have_is_named() {
    for (method, path) in [("GET", "/channels/abc"), ("GET", "/tickets/1"), ("PUT", "/channels/1")] {
        let expected = format!("{method} {path}: Discord has no such route");
        assert_refused(method, path, &Value::Null, &expected);
    }
}

#[test]
fn a_body_out_of_place_is_named_with_the_routes_template() {
    let surplus = "POST /channels/{channel_id}/typing: takes no body, and there is one";
    assert_refused("POST", "/channels/1/typing", &json!({ "x": 1 }), surplus);
    let missing = "POST /channels/{channel_id}/messages: needs a body, and there is none";
    assert_refused("POST", MESSAGE, &Value::Null, missing);
}

#[test]
fn a_form_is_taken_where_files_are_and_its_json_is_checked() {
    let Some(description) = description() else {
        return;
    };
    let thread = description.check("POST", "/channels/1/messages/2/threads", &json!({ "name": "t" }), Body::Multipart);
    assert!(thread[0].ends_with(": takes no multipart body"), "{thread:?}");
    let cases = [
        (json!({ "attachments": [{ "id": 0, "filename": "a.txt", "description": null }] }), 0),
        (json!({ "attachments": [{ "filename": "a.txt" }] }), 1),
        (json!({ "files[0]": "a" }), 1),
    ];
    for (body, expected) in cases {
        let faults = description.check("POST", MESSAGE, &body, Body::Multipart);
        assert_eq!(faults.len(), expected, "{body}: {faults:?}");
    }
}
