//! Where the description is narrower than Discord's documentation and Discord itself.
//!
//! Each entry prevents a false report, and names its documentation.

use serde_json::{Value, json};

/// Permission bit sets: documented as strings (<https://docs.discord.com/developers/topics/permissions>), described as
/// integers.
const BIT_SETS: [&str; 4] = ["default_member_permissions", "permissions", "allow", "deny"];

/// Documented fields that the description omits: schema, field, content.
///
/// - `nsfw`: <https://docs.discord.com/developers/interactions/application-commands#create-global-application-command>
/// - `animated`: <https://docs.discord.com/developers/components/reference#button>, "`name`, `id`, and `animated`"
/// - `proxy_url`: <https://docs.discord.com/developers/resources/message#embed-object-embed-image-structure>
const FIELDS: [(&str, &str, &str); 7] = [
    ("/components/schemas/ApplicationCommandCreateRequest", "nsfw", "boolean"),
    ("/components/schemas/ApplicationCommandUpdateRequest", "nsfw", "boolean"),
    ("/components/schemas/ApplicationCommandPatchRequestPartial", "nsfw", "boolean"),
    ("/components/schemas/ComponentEmojiForRequest", "animated", "boolean"),
    ("/components/schemas/RichEmbedImage", "proxy_url", "string"),
    ("/components/schemas/RichEmbedThumbnail", "proxy_url", "string"),
    ("/components/schemas/RichEmbedVideo", "proxy_url", "string"),
];

/// Fields that serenity repeats from the route; Discord ignores them.
const REPEATED: [(&str, &str, &str); 2] = [
    ("/components/schemas/ApplicationCommandPatchRequestPartial", "type", "integer"),
    (
        "/paths/~1channels~1{channel_id}~1permissions~1{overwrite_id}/put/requestBody/content/application~1json/schema",
        "id",
        "string",
    ),
];

/// Widens the description's schemas.
pub(super) fn relax(document: &mut Value) {
    snowflakes(document);
    forwards(document);
    bit_sets(document);
    for (schema, field, kind) in FIELDS.into_iter().chain(REPEATED) {
        let properties = document.pointer_mut(schema).and_then(|schema| schema.get_mut("properties"));
        if let Some(properties) = properties {
            properties[field] = json!({ "type": [kind, "null"] });
        }
    }
}

/// Discord reads ids as text or as numbers; serenity sends both.
fn snowflakes(document: &mut Value) {
    if let Some(snowflake) = document.pointer_mut("/components/schemas/SnowflakeType") {
        snowflake["type"] = json!(["string", "integer"]);
        snowflake["minimum"] = json!(0);
    }
}

/// <https://docs.discord.com/developers/resources/message#message-reference-types>: 1 is a forward.
fn forwards(document: &mut Value) {
    let kinds = document.pointer_mut("/components/schemas/MessageReferenceType/oneOf");
    if let Some(kinds) = kinds.and_then(Value::as_array_mut) {
        kinds.push(json!({ "title": "FORWARD", "const": 1 }));
    }
}

fn bit_sets(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(bit_sets),
        Value::Object(members) => {
            if let Some(properties) = members.get_mut("properties") {
                for name in BIT_SETS {
                    if let Some(schema) = properties.get_mut(name) {
                        as_text_too(schema);
                    }
                }
            }
            members.values_mut().for_each(bit_sets);
        }
        _ => {}
    }
}

fn as_text_too(schema: &mut Value) {
    let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) else {
        return;
    };
    if types.iter().any(|kind| kind == "integer") {
        types.push(json!("string"));
        schema["pattern"] = json!("^(0|[1-9][0-9]*)$");
    }
}
