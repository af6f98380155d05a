//! Parses a message from a request: text, embeds, components, files, mentions.

use serde_json::Value;

use crate::http::call::{Call, Upload};
use crate::http::error::ApiError;
use crate::world::World;
use crate::world::mentions::{Allowed, id_of};
use crate::world::message::flag;
use crate::world::messages::MessageChanges;
use crate::world::post::NewMessage;

/// Supported message fields; a `?` marks those that only Discord supports.
pub(crate) const MESSAGE_FIELDS: &[&str] =
    &["content", "embeds", "components", "allowed_mentions", "flags", "attachments", "tts?", "poll?"];

/// Flags a bot may set here.
const SETTABLE: u64 = flag::EPHEMERAL | flag::SUPPRESS_EMBEDS | flag::SUPPRESS_NOTIFICATIONS | flag::IS_COMPONENTS_V2;

/// Who sends the message: decides the default of `allowed_mentions`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Origin {
    Bot,
    Interaction,
}

/// A new message from a body. Stores its files under `channel_id`.
pub(crate) fn new_message(
    world: &mut World,
    body: &Value,
    files: &[Upload],
    channel_id: u64,
    origin: Origin,
) -> Result<NewMessage, ApiError> {
    let flags = body["flags"].as_u64().unwrap_or(0);
    if flags & !SETTABLE != 0 {
        return Err(ApiError::not_simulated(&format!("message flags {flags}")));
    }
    world.check_emoji(&body["components"])?;
    let allowed = allowed(body, origin)?;
    let private = flags & flag::EPHEMERAL != 0;
    let stored = world.store_files(channel_id, files, &body["attachments"], private);
    let mut new = NewMessage {
        content: body["content"].as_str().unwrap_or_default().to_owned(),
        embeds: array(&body["embeds"]),
        components: array(&body["components"]),
        flags,
        allowed,
        ..NewMessage::default()
    };
    let mut embedded = Vec::new();
    for part in new.embeds.iter_mut().chain(&mut new.components) {
        point_at_files(world, part, &stored, &mut embedded);
    }
    new.attachments = stored.into_iter().filter(|id| !embedded.contains(id)).collect();
    new.embedded = embedded;
    let empty = new.content.trim().is_empty()
        && new.embeds.is_empty()
        && new.components.is_empty()
        && new.attachments.is_empty();
    if empty { Err(ApiError::empty_message()) } else { Ok(new) }
}

/// The changes an edit requests.
pub(crate) fn message_changes(
    world: &mut World,
    body: &Value,
    files: &[Upload],
    message_id: u64,
    origin: Origin,
) -> Result<MessageChanges, ApiError> {
    world.check_emoji(&body["components"])?;
    let message = world.messages.get(&message_id).ok_or_else(ApiError::unknown_message)?;
    let (channel_id, private) = (message.channel_id, message.is_private());
    let (attached, shown) = (message.attachments.clone(), message.embedded.clone());
    let given = |name: &str| body.get(name);
    let mut changes = MessageChanges {
        content: given("content").map(|content| content.as_str().unwrap_or_default().to_owned()),
        embeds: given("embeds").map(array),
        components: given("components").map(array),
        flags: given("flags").and_then(Value::as_u64),
        allowed: Some(allowed(body, origin)?),
        attachments: None,
        embedded: None,
    };
    let stored = world.store_files(channel_id, files, &body["attachments"], private);
    let mut embedded = Vec::new();
    for part in changes.embeds.iter_mut().chain(&mut changes.components).flatten() {
        point_at_files(world, part, &stored, &mut embedded);
    }
    // "attached files to keep and possible descriptions for new files"
    let listed = given("attachments").and_then(Value::as_array);
    let listed: Option<Vec<u64>> = listed.map(|all| all.iter().filter_map(|item| id_of(&item["id"])).collect());
    let is_kept = |id: &u64| listed.as_ref().is_none_or(|listed| listed.contains(id));
    // A file that an embed showed stays embedded with it; otherwise it becomes an ordinary file.
    let (still_shown, bare) = if changes.embeds.is_none() { (shown, Vec::new()) } else { (Vec::new(), shown) };
    let added = stored.into_iter().filter(|id| !embedded.contains(id));
    changes.attachments = Some(attached.into_iter().chain(bare).filter(is_kept).chain(added).collect());
    changes.embedded = Some(still_shown.into_iter().filter(is_kept).chain(embedded.iter().copied()).collect());
    Ok(changes)
}

/// Refuses unsupported fields of a nested message.
pub(crate) fn check_fields(data: &Value, fields: &[&str]) -> Result<(), ApiError> {
    for (name, value) in data.as_object().into_iter().flatten() {
        let unsimulated = fields.contains(&format!("{name}?").as_str());
        let blank = matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty);
        if !(fields.contains(&name.as_str()) || unsimulated && blank) {
            return Err(ApiError::not_simulated(&format!("message field `{name}` = {value}")));
        }
    }
    Ok(())
}

/// A webhook's or channel edit's body is the message itself.
pub(crate) fn top(call: &Call) -> &Value {
    &call.body
}

fn allowed(body: &Value, origin: Origin) -> Result<Allowed, ApiError> {
    let default = match origin {
        Origin::Bot => Allowed::for_messages(),
        Origin::Interaction => Allowed::for_interactions(),
    };
    Allowed::from_json(&body["allowed_mentions"], default)
}

pub(crate) fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// `attachment://name` becomes the file's URL; such a file is no longer listed as an attachment.
pub(crate) fn point_at_files(world: &World, part: &mut Value, stored: &[u64], embedded: &mut Vec<u64>) {
    match part {
        Value::String(text) => {
            let name = text.strip_prefix("attachment://");
            let files = stored.iter().filter_map(|id| world.files.get(id));
            let found = name.and_then(|name| files.into_iter().find(|file| file.filename == name));
            if let Some(file) = found {
                embedded.push(file.id);
                *text = world.file_url(file);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| point_at_files(world, item, stored, embedded)),
        Value::Object(fields) => fields.values_mut().for_each(|field| point_at_files(world, field, stored, embedded)),
        _ => {}
    }
}
