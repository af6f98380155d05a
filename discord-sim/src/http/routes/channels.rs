//! A channel or thread: read, change, delete.

use serde_json::Value;

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::{USUAL, per};
use crate::permissions as perm;
use crate::world::World;
use crate::world::thread_edit::ThreadChanges;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/channels/{channel}",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, call| {
            let channel = world.visible_channel(world.bot(), call.id(0)?)?;
            Answer::ok(channel.json(world.bot()))
        },
    },
    Route {
        method: "PATCH",
        template: "/channels/{channel}",
        fields: &[
            "name",
            "archived",
            "locked",
            "auto_archive_duration",
            "invitable",
            "rate_limit_per_user",
            "topic",
            "applied_tags?",
        ],
        query: &[],
        limit: per(5, 15_000),
        run: edit,
    },
    Route { method: "DELETE", template: "/channels/{channel}", fields: &[], query: &[], limit: USUAL, run: delete },
    Route {
        method: "POST",
        template: "/channels/{channel}/typing",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, call| {
            world.check_may_write(world.bot(), call.id(0)?)?;
            Ok(Answer::Empty)
        },
    },
];

fn edit(world: &mut World, call: &Call) -> Outcome {
    let (bot, id) = (world.bot(), call.id(0)?);
    let channel = world.visible_channel(bot, id)?;
    if channel.thread.is_none() {
        return edit_channel(world, call, id);
    }
    if call.body.get("topic").is_some() {
        return Err(ApiError::not_simulated("topic of a thread"));
    }
    let flag = |name: &str| call.body[name].as_bool();
    let changes = ThreadChanges {
        name: call.body["name"].as_str().map(str::to_owned),
        archived: flag("archived"),
        locked: flag("locked"),
        auto_archive: call.body["auto_archive_duration"].as_u64(),
        invitable: flag("invitable"),
        slowmode: slowmode(&call.body),
    };
    world.edit_thread(bot, id, &changes, call.reason())?;
    Answer::ok(world.channel(id)?.json(bot))
}

fn edit_channel(world: &mut World, call: &Call, id: u64) -> Outcome {
    for thread_only in ["archived", "locked", "auto_archive_duration", "invitable"] {
        if call.body.get(thread_only).is_some() {
            return Err(ApiError::not_simulated(&format!("`{thread_only}` of a channel that is no thread")));
        }
    }
    let bot = world.bot();
    world.permitted_channel(bot, id, perm::MANAGE_CHANNELS)?;
    let guild_id = world.channel(id)?.guild_id;
    let body = call.body.clone();
    world.channel_changed(id, |channel| {
        if let Some(name) = body["name"].as_str() {
            name.clone_into(&mut channel.name);
        }
        if let Some(topic) = body.get("topic") {
            channel.topic = topic.as_str().map(str::to_owned);
        }
        channel.slowmode = slowmode(&body).unwrap_or(channel.slowmode);
    });
    world.note_audit(guild_id, "channel_update", bot, id, call.reason());
    Answer::ok(world.channel(id)?.json(bot))
}

fn delete(world: &mut World, call: &Call) -> Outcome {
    let (bot, id) = (world.bot(), call.id(0)?);
    let channel = world.visible_channel(bot, id)?;
    let json = channel.json(bot);
    if channel.thread.is_some() {
        world.delete_thread(bot, id, call.reason())?;
    } else {
        world.permitted_channel(bot, id, perm::MANAGE_CHANNELS)?;
        world.delete_channel(bot, id, call.reason());
    }
    Answer::ok(json)
}

fn slowmode(body: &Value) -> Option<u32> {
    body["rate_limit_per_user"].as_u64().and_then(|seconds| u32::try_from(seconds).ok())
}
