//! A thread's members.

use serde_json::Value;

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::{USUAL, per};
use crate::world::World;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/channels/{channel}/thread-members",
        fields: &[],
        query: &["with_member", "after", "limit"],
        limit: USUAL,
        run: list,
    },
    Route {
        method: "GET",
        template: "/channels/{channel}/thread-members/{user}",
        fields: &[],
        query: &["with_member"],
        limit: USUAL,
        run: one,
    },
    Route {
        method: "PUT",
        template: "/channels/{channel}/thread-members/{user}",
        fields: &[],
        query: &[],
        limit: per(5, 2_000),
        run: |world, call| {
            let (bot, user) = (world.bot(), user(world, call)?);
            world.add_to_thread(bot, call.id(0)?, user)?;
            Ok(Answer::Empty)
        },
    },
    Route {
        method: "DELETE",
        template: "/channels/{channel}/thread-members/{user}",
        fields: &[],
        query: &[],
        limit: per(5, 2_000),
        run: |world, call| {
            let (bot, user) = (world.bot(), user(world, call)?);
            world.remove_from_thread(bot, call.id(0)?, user)?;
            Ok(Answer::Empty)
        },
    },
];

/// The user of the path; `@me` is the bot.
fn user(world: &World, call: &Call) -> Result<u64, ApiError> {
    if call.params[1] == "@me" { Ok(world.bot()) } else { call.id(1) }
}

fn list(world: &mut World, call: &Call) -> Outcome {
    let thread_id = call.id(0)?;
    world.visible_channel(world.bot(), thread_id)?;
    // "This endpoint is restricted according to whether the GUILD_MEMBERS Privileged Intent is enabled."
    if !world.app.members_intent {
        return Err(ApiError::missing_access());
    }
    let number = |name: &str| call.query(name).and_then(|value| value.parse::<u64>().ok());
    let after = number("after").unwrap_or(0);
    let paged = call.query_flag("with_member");
    let limit = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(100);
    let (_, thread) = world.thread(thread_id)?;
    let users = thread.members.keys().filter(|user| **user > after);
    let users = users.take(if paged { limit } else { usize::MAX });
    Answer::ok(users.filter_map(|user| member_json(world, call, thread_id, *user)).collect())
}

fn one(world: &mut World, call: &Call) -> Outcome {
    let thread_id = call.id(0)?;
    world.visible_channel(world.bot(), thread_id)?;
    let user = user(world, call)?;
    let json = member_json(world, call, thread_id, user);
    json.map_or_else(|| Err(ApiError::unknown_member()), Answer::ok)
}

fn member_json(world: &World, call: &Call, thread_id: u64, user: u64) -> Option<Value> {
    let channel = world.channel(thread_id).ok()?;
    let mut json = channel.thread_member_json(user)?;
    if call.query_flag("with_member") {
        let member = world.guilds[&channel.guild_id].members.get(&user)?;
        json["member"] = world.member_json(member);
    }
    Some(json)
}
