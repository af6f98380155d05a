//! The application about itself.

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::rate_limit::USUAL;
use crate::world::World;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        template: "/oauth2/applications/@me",
        fields: &[],
        query: &[],
        limit: USUAL,
        run: own_application,
    },
    Route { method: "GET", template: "/applications/@me", fields: &[], query: &[], limit: USUAL, run: own_application },
];

fn own_application(world: &mut World, _: &Call) -> Outcome {
    let guilds = world.guilds.values().filter(|guild| guild.has_bot()).count();
    Answer::ok(world.app.json(|user| world.user_json(user), guilds))
}
