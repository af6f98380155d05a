//! Lists of archived threads.
//!
//! <https://discord.com/developers/docs/topics/threads#enumerating-threads>

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::clock::parse_iso8601;
use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::USUAL;
use crate::permissions as perm;
use crate::world::World;
use crate::world::channel::Channel;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/channels/{channel}/threads/archived/public",
        fields: &[],
        query: &["before", "limit"],
        limit: USUAL,
        run: |world, call| by_archive_time(world, call, false),
    },
    Route {
        method: "GET",
        template: "/channels/{channel}/threads/archived/private",
        fields: &[],
        query: &["before", "limit"],
        limit: USUAL,
        run: |world, call| by_archive_time(world, call, true),
    },
    Route {
        method: "GET",
        template: "/channels/{channel}/users/@me/threads/archived/private",
        fields: &[],
        query: &["before", "limit"],
        limit: USUAL,
        run: joined,
    },
];

fn by_archive_time(world: &mut World, call: &Call, private: bool) -> Outcome {
    let needed = if private { perm::READ_MESSAGE_HISTORY | perm::MANAGE_THREADS } else { perm::READ_MESSAGE_HISTORY };
    let parent = call.id(0)?;
    world.permitted_channel(world.bot(), parent, needed)?;
    let before = match call.query("before") {
        Some(text) => parse_iso8601(text)
            .ok_or_else(|| ApiError::form("before", "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601."))?,
        None => i64::MAX,
    };
    let when = |channel: &Channel| channel.thread.as_ref().map_or(0, |thread| thread.archive_ms);
    let mut found: Vec<&Channel> = archived(world, parent)
        .filter(|channel| channel.is_private_thread() == private && when(channel) < before)
        .collect();
    found.sort_by_key(|channel| Reverse((when(channel), channel.id)));
    page(world, call, &found)
}

fn joined(world: &mut World, call: &Call) -> Outcome {
    let (bot, parent) = (world.bot(), call.id(0)?);
    world.permitted_channel(bot, parent, perm::READ_MESSAGE_HISTORY)?;
    let before = call.query("before").and_then(|id| id.parse().ok()).unwrap_or(u64::MAX);
    let in_it = |channel: &&Channel| {
        channel.id < before
            && channel.is_private_thread()
            && channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&bot))
    };
    let mut found: Vec<&Channel> = archived(world, parent).filter(in_it).collect();
    found.sort_by_key(|channel| Reverse(channel.id));
    page(world, call, &found)
}

fn archived(world: &World, parent: u64) -> impl Iterator<Item = &Channel> {
    let guild_id = world.channels.get(&parent).map_or(0, |channel| channel.guild_id);
    world
        .channels_of(guild_id)
        .filter(move |channel| channel.parent_id == Some(parent))
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| thread.archived))
}

fn page(world: &World, call: &Call, found: &[&Channel]) -> Outcome {
    let bot = world.bot();
    let limit = call.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50_usize);
    let limit = limit.min(100);
    let shown = &found[..limit.min(found.len())];
    let members: Vec<Value> = shown.iter().filter_map(|thread| thread.thread_member_json(bot)).collect();
    let threads: Vec<Value> = shown.iter().map(|thread| thread.json(bot)).collect();
    Answer::ok(json!({ "threads": threads, "members": members, "has_more": found.len() > limit }))
}
