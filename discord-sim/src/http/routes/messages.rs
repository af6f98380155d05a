//! Messages of a channel: create, read, edit, delete.

use serde_json::{Value, json};

use super::body::{self, Origin};
use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::{USUAL, per};
use crate::permissions as perm;
use crate::world::World;
use crate::world::ids::made_at_ms;
use crate::world::mentions::{id_of, ids};
use crate::world::message::{Message, kind};
use crate::world::post::NewMessage;

/// How long a nonce is kept: "the past few minutes".
const NONCE_REMEMBERED_MS: i64 = 5 * 60 * 1_000;
/// "This endpoint will not delete messages older than 2 weeks."
const BULK_DELETE_AGE_MS: i64 = 14 * 86_400_000;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        template: "/channels/{channel}/messages",
        fields: &[
            "content",
            "embeds",
            "components",
            "allowed_mentions",
            "flags",
            "attachments",
            "nonce",
            "enforce_nonce",
            "message_reference",
            "tts?",
            "poll?",
            "sticker_ids?",
        ],
        query: &[],
        limit: per(5, 5_000),
        run: create,
    },
    Route {
        method: "GET",
        template: "/channels/{channel}/messages",
        fields: &[],
        query: &["limit", "before", "after"],
        limit: per(5, 5_000),
        run: list,
    },
    Route {
        method: "POST",
        template: "/channels/{channel}/messages/bulk-delete",
        fields: &["messages"],
        query: &[],
        limit: per(1, 3_000),
        run: bulk_delete,
    },
    Route {
        method: "GET",
        template: "/channels/{channel}/messages/{message}",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, call| {
            let message = readable(world, call)?;
            Answer::ok(world.readable_message_json(message))
        },
    },
    Route {
        method: "PATCH",
        template: "/channels/{channel}/messages/{message}",
        fields: body::MESSAGE_FIELDS,
        query: &[],
        limit: per(5, 5_000),
        run: edit,
    },
    Route {
        method: "DELETE",
        template: "/channels/{channel}/messages/{message}",
        fields: &[],
        query: &[],
        limit: per(5, 1_000),
        run: delete,
    },
];

fn create(world: &mut World, call: &Call) -> Outcome {
    let (bot, channel_id) = (world.bot(), call.id(0)?);
    world.check_may_write(bot, channel_id)?;
    if let Some(earlier) = same_nonce(world, channel_id, &call.body) {
        return Answer::ok(world.message_json(earlier));
    }
    let mut new = body::new_message(world, &call.body, &call.files, channel_id, Origin::Bot)?;
    let needed = [(!new.embeds.is_empty(), perm::EMBED_LINKS), (!call.files.is_empty(), perm::ATTACH_FILES)];
    for (used, bit) in needed {
        if used && !world.can(bot, channel_id, bit) {
            return Err(ApiError::missing_permissions());
        }
    }
    refer(world, call, &mut new)?;
    world.spell_out_foreign_emoji(channel_id, &mut new.content, &mut new.embeds);
    new.nonce = call.body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
    let was_archived = world.channel(channel_id)?.thread.as_ref().is_some_and(|thread| thread.archived);
    if was_archived {
        let guild_id = world.channel(channel_id)?.guild_id;
        world.check_thread_cap(guild_id)?;
    }
    let id = world.post(channel_id, bot, new);
    Answer::ok(world.message_json(&world.messages[&id]))
}

/// "If another message was created by the same author with the same nonce, that message will be returned."
fn same_nonce<'a>(world: &'a World, channel_id: u64, body: &Value) -> Option<&'a Message> {
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null())?;
    body["enforce_nonce"].as_bool().filter(|enforce| *enforce)?;
    let since = world.now_ms() - NONCE_REMEMBERED_MS;
    world.messages.values().rev().take_while(|message| message.created_ms >= since).find(|message| {
        message.channel_id == channel_id && message.author_id == world.bot() && message.nonce.as_ref() == Some(nonce)
    })
}

/// A reply to another message.
fn refer(world: &World, call: &Call, new: &mut NewMessage) -> Result<(), ApiError> {
    let reference = &call.body["message_reference"];
    if reference.is_null() {
        return Ok(());
    }
    if reference["type"].as_u64().unwrap_or(0) != 0 {
        return Err(ApiError::not_simulated("forwarding a message"));
    }
    if call.body["allowed_mentions"]["replied_user"] == json!(true) {
        return Err(ApiError::not_simulated("pinging the author of the message replied to"));
    }
    let channel_id = call.id(0)?;
    let target = id_of(&reference["message_id"]).and_then(|id| world.message(channel_id, id).ok());
    match target {
        Some(target) => {
            new.kind = kind::REPLY;
            new.reference = Some(json!({
                "type": 0,
                "message_id": target.id.to_string(),
                "channel_id": channel_id.to_string(),
                "guild_id": world.channel(channel_id)?.guild_id.to_string(),
            }));
            Ok(())
        }
        None if reference["fail_if_not_exists"] == json!(false) => Ok(()),
        None => Err(ApiError::form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")),
    }
}

/// A message the bot may read: "`VIEW_CHANNEL` and `READ_MESSAGE_HISTORY`".
fn readable<'a>(world: &'a World, call: &Call) -> Result<&'a Message, ApiError> {
    let channel_id = call.id(0)?;
    world.permitted_channel(world.bot(), channel_id, perm::READ_MESSAGE_HISTORY)?;
    let message = world.message(channel_id, call.id(1)?)?;
    if message.is_private() { Err(ApiError::unknown_message()) } else { Ok(message) }
}

fn list(world: &mut World, call: &Call) -> Outcome {
    let channel_id = call.id(0)?;
    world.visible_channel(world.bot(), channel_id)?;
    // "If the current user is missing the READ_MESSAGE_HISTORY permission […] no messages will be returned."
    if !world.can(world.bot(), channel_id, perm::READ_MESSAGE_HISTORY) {
        return Answer::ok(json!([]));
    }
    let bound = |name: &str| call.query(name).and_then(|value| value.parse::<u64>().ok());
    let limit = bound("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(50);
    let (after, before) = (bound("after"), bound("before").unwrap_or(u64::MAX));
    let fits = |message: &&Message| {
        message.channel_id == channel_id
            && !message.deleted
            && !message.is_private()
            && message.id < before
            && message.id > after.unwrap_or(0)
    };
    let mut found: Vec<&Message> = match after {
        Some(after) => {
            let later = world.messages.range(after..).map(|(_, message)| message);
            later.filter(fits).take(limit).collect()
        }
        None => world.messages.values().rev().filter(fits).take(limit).collect(),
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Answer::ok(found.into_iter().map(|message| world.readable_message_json(message)).collect())
}

fn edit(world: &mut World, call: &Call) -> Outcome {
    let (bot, channel_id, id) = (world.bot(), call.id(0)?, call.id(1)?);
    world.visible_channel(bot, channel_id)?;
    let message = world.message(channel_id, id)?;
    if message.is_private() {
        return Err(ApiError::unknown_message());
    }
    if message.author_id != bot {
        return Err(ApiError::edit_of_others());
    }
    world.check_thread_open(bot, channel_id)?;
    world.check_edits_of_old(id)?;
    let mut changes = body::message_changes(world, &call.body, &call.files, id, Origin::Bot)?;
    let (mut nothing, mut none) = (String::new(), Vec::new());
    let content = changes.content.as_mut().unwrap_or(&mut nothing);
    world.spell_out_foreign_emoji(channel_id, content, changes.embeds.as_mut().unwrap_or(&mut none));
    world.edit_message(id, changes)?;
    Answer::ok(world.message_json(&world.messages[&id]))
}

fn delete(world: &mut World, call: &Call) -> Outcome {
    let (bot, channel_id, id) = (world.bot(), call.id(0)?, call.id(1)?);
    world.visible_channel(bot, channel_id)?;
    let message = world.message(channel_id, id)?;
    if message.is_private() {
        return Err(ApiError::unknown_message());
    }
    world.check_may_delete(bot, message)?;
    world.delete_message(id);
    Ok(Answer::Empty)
}

fn bulk_delete(world: &mut World, call: &Call) -> Outcome {
    let channel_id = call.id(0)?;
    world.permitted_channel(world.bot(), channel_id, perm::MANAGE_MESSAGES)?;
    let ids = ids(&call.body["messages"]);
    let oldest = world.now_ms() - BULK_DELETE_AGE_MS;
    if ids.iter().any(|id| made_at_ms(*id) < oldest) {
        return Err(ApiError::bulk_delete_age());
    }
    world.delete_messages(channel_id, &ids);
    Ok(Answer::Empty)
}
