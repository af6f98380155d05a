//! The gateway's URL.

use serde_json::{Value, json};

use crate::http::call::{Answer, Route};
use crate::http::rate_limit::{USUAL, per};
use crate::world::World;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/gateway",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: |world, _| Answer::ok(json!({ "url": url(world) })),
    },
    Route {
        method: "GET",
        template: "/gateway/bot",
        fields: &[],
        query: &[],
        limit: per(2, 5_000),
        run: |world, _| Answer::ok(for_bot(world)),
    },
];

fn url(world: &World) -> String {
    world.base_url.replacen("http", "ws", 1)
}

fn for_bot(world: &World) -> Value {
    let (remaining, reset_after) = world.starts_left();
    json!({
        "url": url(world),
        "shards": world.app.shards,
        "session_start_limit": {
            "total": world.app.session_starts,
            "remaining": remaining,
            "reset_after": reset_after,
            "max_concurrency": world.app.max_concurrency,
        },
    })
}
