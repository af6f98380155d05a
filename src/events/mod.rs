//! Handles gateway events: one match, and `guild` for the facts about guilds. What concerns tickets is in `tickets`.
//!
//! Events pass through the intake (`discord::intake`), in their guild's order, and the workers started by
//! [`start_workers`] handle them. Interactions bypass it: clicks and forms go to `interactions`, and poise dispatches
//! typed commands.

mod guild;
mod interactions;

pub use interactions::on_interaction;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;

use crate::app::App;
use crate::discord::event::Event;
use crate::discord::intake::Turn;
use crate::discord::{BotContext, report};
use crate::domain::ids::UserId;
use crate::error::Result;
use crate::inboxes::panels;
use crate::tickets::{announced, cards, claimers, close, people};

/// Whether an event can have any consequence.
pub fn concerns(event: &Event, bot: UserId) -> bool {
    match event {
        // Threads created by others are no tickets.
        Event::ThreadUpdated(seen) => seen.owner.is_none_or(|owner| owner == bot),
        // The bot joins every thread that it creates; when it is added again, it sees that thread. Its removal matters.
        Event::ThreadMembersUpdated { added, removed, .. } => {
            !removed.is_empty() || added.iter().any(|user| *user != bot)
        }
        // What the bot does is logged where it is decided.
        Event::PeopleChanged(changed) => changed.by != bot,
        _ => true,
    }
}

/// Runs when an event arrives, before it is queued.
pub fn note_arrival(event: &Event, app: &App) {
    // A ticket being opened checks this right before it opens, and is listed as its owner's from then on.
    if let Event::MemberLeft { guild, user } = *event {
        app.leavers.note(guild, user, app.now());
    }
}

/// Handles an event that [`concerns`] us. Returns its follow-ups for single threads, to be handled before the events
/// after it.
async fn handle(event: Event, state: &Arc<BotContext>) -> Vec<Event> {
    let app = &state.app;
    let (what, outcome) = match event {
        Event::Ready { share, guilds } => ("find guilds that are gone", guild::on_ready(app, share, &guilds).await),
        Event::GuildPresent(guild) => return follows("take in a guild", guild::on_present(app, &guild).await),
        Event::GuildUpdated { guild, locale } => ("follow a guild", guild::on_update(app, guild, &locale).await),
        Event::GuildLeft(guild) => ("leave a guild", guild::on_left(app, guild).await),
        Event::ChannelUpdated(channel) => {
            cards::on_channel_updated(app, channel.id);
            panels::on_channel_updated(app, channel.id);
            ("follow a channel", guild::on_channel(app, channel).await)
        }
        Event::ChannelDeleted(channel) => {
            report::log("forget a channel's cards", cards::on_channel_deleted(app, channel).await);
            ("forget a channel", close::on_channel_deleted(app, channel).await)
        }
        Event::RoleUpdated(guild) => ("follow the bot's rights", guild::on_rights_changed(app, guild).await),
        Event::RoleDeleted { guild, role } => ("forget a role", guild::on_role_deleted(state, guild, role).await),
        Event::MessagesDeleted(messages) => ("detach inboxes", guild::on_messages_deleted(app, messages).await),
        Event::ThreadsListed { guild, threads } => {
            return follows("see threads again", guild::on_threads_listed(app, guild, &threads).await);
        }
        Event::ThreadUpdated(seen) => ("follow a thread", close::on_thread_update(state, &seen).await),
        Event::ThreadDeleted(thread) => ("forget a thread", close::on_thread_deleted(state, thread).await),
        Event::ThreadMembersUpdated { thread, added, removed } => {
            ("follow a thread's members", close::on_members_update(state, thread, &added, &removed).await)
        }
        Event::PeopleChanged(changed) => ("log who was added or removed", people::on_changed(app, changed).await),
        Event::Wrote(wrote) => ("follow a message", announced::on_wrote(state, wrote).await),
        Event::MemberLeft { guild, user } => {
            report::log("drop a leaver from the staff", guild::on_member_left(app, guild, user).await);
            report::log("end a leaver's claims", claimers::on_member_left(state, guild, user).await);
            ("close a leaver's tickets", close::on_member_left(state, guild, user).await)
        }
        Event::MemberUpdated { guild, user, .. } if app.identity().is_some_and(|identity| identity.bot == user) => {
            ("follow the bot's rights", guild::on_rights_changed(app, guild).await)
        }
        Event::MemberUpdated { guild, user, roles } => {
            ("follow a member's roles", claimers::on_member_updated(state, guild, user, &roles).await)
        }
        // Not queued.
        Event::Interaction(_) | Event::Text(_) => return Vec::new(),
    };
    report::log(what, outcome);
    Vec::new()
}

fn follows(what: &'static str, outcome: Result<Vec<Event>>) -> Vec<Event> {
    outcome.unwrap_or_else(|error| {
        report::log(what, Err(error));
        Vec::new()
    })
}

/// How many events are handled at once. They only wait for the database, which has one writer.
const WORKERS: usize = 16;

/// Follow-ups of an event, to be handled before later events.
type Follows = Vec<Event>;

/// Starts the workers. They end when the intake is closed and empty.
pub fn start_workers(state: &Arc<BotContext>) {
    for _ in 0..WORKERS {
        let state = Arc::clone(state);
        tokio::spawn(async move {
            while let Some(turn) = state.intake.next().await {
                state.work.track_future(handle_turn(turn, &state)).await;
            }
        });
    }
}

async fn handle_turn(mut turn: Turn, state: &Arc<BotContext>) {
    let Some(event) = turn.take() else { return };
    turn.end(handled(event, Arc::clone(state)).await);
}

/// A panic ends neither the worker nor its guild's queue.
async fn handled(event: Event, state: Arc<BotContext>) -> Follows {
    AssertUnwindSafe(handle(event, &state)).catch_unwind().await.unwrap_or_else(|_panic| {
        tracing::error!("the work on an event panicked");
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::event::PeopleChanged;
    use crate::domain::ids::{GuildId, ThreadId};

    #[test]
    fn people_who_come_and_go_matter_in_a_thread_and_that_the_bot_goes() {
        let [bot, anna] = [1, 2].map(UserId::new);
        for (added, removed, expected) in [
            (vec![bot], vec![], false),
            (vec![], vec![bot], true),
            (vec![], vec![], false),
            (vec![bot, anna], vec![], true),
            (vec![bot], vec![anna], true),
        ] {
            let event = Event::ThreadMembersUpdated { thread: ThreadId::new(3), added, removed };
            assert_eq!(concerns(&event, bot), expected, "{event:?}");
        }
        for (by, expected) in [(anna, true), (bot, false)] {
            let (guild, thread) = (GuildId::new(4), ThreadId::new(3));
            let event = Event::PeopleChanged(PeopleChanged { guild, thread, by, who: vec![anna], added: true });
            assert_eq!(concerns(&event, bot), expected, "{event:?}");
        }
    }
}
