//! Accounts, and the bot's own guilds.

use serde_json::{Value, json};

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::USUAL;
use crate::world::World;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/users/@me",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, _| Answer::ok(world.own_user_json()),
    },
    Route {
        method: "GET",
        template: "/users/@me/guilds",
        fields: &[],
        query: &["limit", "before", "after", "with_counts"],
        limit: USUAL,
        run: own_guilds,
    },
    Route {
        method: "DELETE",
        template: "/users/@me/guilds/{guild}",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: leave_guild,
    },
    Route {
        method: "GET",
        template: "/users/{user}",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, call| match world.users.get(&call.id(0)?) {
            Some(user) => Answer::ok(user.json()),
            None => Err(ApiError::unknown_user()),
        },
    },
];

fn own_guilds(world: &mut World, call: &Call) -> Outcome {
    let bound = |name| call.query(name).and_then(|id| id.parse::<u64>().ok());
    let limit = bound("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(200);
    let (after, before) = (bound("after").unwrap_or(0), bound("before").unwrap_or(u64::MAX));
    let guilds: Vec<Value> = world
        .guilds
        .values()
        .filter(|guild| guild.has_bot() && guild.id > after && guild.id < before)
        .take(limit.min(200))
        .map(|guild| {
            json!({
                "id": guild.id.to_string(),
                "name": guild.name,
                "icon": null,
                "banner": null,
                "owner": false,
                "permissions": world.base_permissions(guild.id, world.bot()).to_string(),
                "features": [],
            })
        })
        .collect();
    Answer::ok(json!(guilds))
}

fn leave_guild(world: &mut World, call: &Call) -> Outcome {
    let id = call.id(0)?;
    if !world.guild(id)?.has_bot() {
        return Err(ApiError::unknown_guild());
    }
    world.remove_bot(id);
    Ok(Answer::Empty)
}
