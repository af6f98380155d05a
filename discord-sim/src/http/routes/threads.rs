//! Starts threads, and lists a guild's active ones.

use serde_json::{Value, json};

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::{USUAL, per};
use crate::world::World;
use crate::world::channel::{Channel, kind};
use crate::world::threads::NewThread;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        template: "/channels/{channel}/threads",
        fields: &["name", "auto_archive_duration", "type", "invitable", "rate_limit_per_user"],
        query: &[],
        limit: per(50, 300_000),
        run: start,
    },
    Route {
        method: "POST",
        template: "/channels/{channel}/messages/{message}/threads",
        fields: &["name", "auto_archive_duration", "rate_limit_per_user"],
        query: &[],
        limit: per(50, 300_000),
        run: start_on,
    },
    Route {
        method: "GET",
        template: "/guilds/{guild}/threads/active",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: active,
    },
];

fn start(world: &mut World, call: &Call) -> Outcome {
    let bot = world.bot();
    // "type currently defaults to PRIVATE_THREAD".
    let given = call.body["type"].as_u64().unwrap_or(u64::from(kind::PRIVATE_THREAD));
    let kind = match u8::try_from(given) {
        Ok(kind @ (kind::PRIVATE_THREAD | kind::PUBLIC_THREAD)) => kind,
        Ok(10) => kind::PUBLIC_THREAD,
        _ => return Err(ApiError::form("type", "BASE_TYPE_CHOICES", "Value must be one of (10, 11, 12).")),
    };
    let id = world.start_thread(bot, call.id(0)?, new_thread(call, kind)?, call.reason())?;
    Answer::created(world.channel(id)?.json(bot))
}

fn start_on(world: &mut World, call: &Call) -> Outcome {
    let bot = world.bot();
    let new = new_thread(call, kind::PUBLIC_THREAD)?;
    let id = world.start_thread_on(bot, call.id(0)?, call.id(1)?, new, call.reason())?;
    Answer::created(world.channel(id)?.json(bot))
}

fn new_thread(call: &Call, kind: u8) -> Result<NewThread, ApiError> {
    let name = call.body["name"].as_str().unwrap_or_default();
    if name.trim().is_empty() {
        return Err(ApiError::form("name", "BASE_TYPE_REQUIRED", "This field is required"));
    }
    Ok(NewThread {
        name: name.to_owned(),
        kind,
        auto_archive: call.body["auto_archive_duration"].as_u64().unwrap_or(4320),
        invitable: call.body["invitable"].as_bool().unwrap_or(true),
        slowmode: call.body["rate_limit_per_user"].as_u64().and_then(|s| u32::try_from(s).ok()).unwrap_or(0),
    })
}

fn active(world: &mut World, call: &Call) -> Outcome {
    let (bot, guild_id) = (world.bot(), call.id(0)?);
    if !world.guild(guild_id)?.has_bot() {
        return Err(ApiError::missing_access());
    }
    let mut threads: Vec<&Channel> =
        world.channels_of(guild_id).filter(|channel| channel.is_active_thread() && world.sees(bot, channel)).collect();
    // "Threads are ordered by their id, in descending order."
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.id));
    let members: Vec<Value> = threads.iter().filter_map(|thread| thread.thread_member_json(bot)).collect();
    let threads: Vec<Value> = threads.iter().map(|thread| thread.json(bot)).collect();
    Answer::ok(json!({ "threads": threads, "members": members }))
}
