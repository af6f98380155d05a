//! All routes. An unmatched request is a gap.

mod application;
mod archived;
pub(crate) mod body;
mod callback;
mod cdn;
mod channels;
mod commands;
mod gateway;
mod guilds;
mod messages;
mod thread_members;
mod threads;
mod users;
mod webhooks;

use super::call::Route;

const TABLES: &[&[Route]] = &[
    gateway::ROUTES,
    users::ROUTES,
    application::ROUTES,
    commands::ROUTES,
    callback::ROUTES,
    webhooks::ROUTES,
    channels::ROUTES,
    messages::ROUTES,
    threads::ROUTES,
    thread_members::ROUTES,
    archived::ROUTES,
    guilds::ROUTES,
    cdn::ROUTES,
];

/// A path's route, and its placeholders' values. Earlier routes of a table take precedence.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .filter(|route| route.method == method)
        .find_map(|route| Some((route, route.params(path)?)))
}
