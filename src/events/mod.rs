//! What the gateway reports: one match, one file per kind of consequence.
//!
//! Commands do not come this way: the framework dispatches them itself.

mod cleanup;
mod guild;
mod interactions;

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::Interaction;

use crate::discord::event::Event;
use crate::discord::{State, report};
use crate::domain::ids::UserId;
use crate::tickets::{close, effects, reconcile};

/// Whether anything at all can follow from an event.
pub fn concerns(event: &Event, bot: UserId) -> bool {
    match event {
        // No thread that others have made is a ticket.
        Event::ThreadUpdated(seen) => seen.owner.is_none_or(|owner| owner == bot),
        // The bot joins every thread that it makes, and no ticket is its own.
        Event::ThreadMembersUpdated { added, removed, .. } => added.iter().chain(removed).any(|user| *user != bot),
        _ => true,
    }
}

/// Everything that follows from one event that [`concerns`] us.
///
/// What is large waits on the heap: of the events that end after a look into the database thousands can be under way.
pub async fn handle(event: Event, state: &Arc<State>) {
    let (app, rest) = (&state.app, &state.rest);
    let (what, outcome) = match event {
        Event::Interaction(interaction) => match *interaction {
            Interaction::Component(component) => return Box::pin(interactions::component(state, component)).await,
            Interaction::Modal(form) => return Box::pin(interactions::form(state, form)).await,
            _ => return,
        },
        // Sent once per new session: what happened since the last one may have been missed.
        Event::Ready { share, guilds } => {
            report::log("finish openings", Box::pin(reconcile::finish_openings(app, rest, share, app.now())).await);
            report::log("finish closes", Box::pin(effects::finish_closes(app, rest, share)).await);
            ("find guilds that are gone", guild::on_ready(state, share, &guilds).await)
        }
        Event::GuildPresent(guild) => ("take in a guild", Box::pin(guild::on_present(state, &guild)).await),
        Event::GuildUpdated { guild, locale } => ("follow a guild", guild::on_update(app, guild, &locale).await),
        Event::GuildLeft(guild) => ("leave a guild", guild::on_left(app, guild).await),
        Event::ChannelUpdated(channel) => ("follow a channel", guild::on_channel(app, channel).await),
        Event::ChannelDeleted(channel) => ("forget a channel", close::on_channel_deleted(app, rest, channel).await),
        Event::RoleDeleted { guild, role } => ("forget a role", cleanup::on_role_deleted(app, guild, role).await),
        Event::MessagesDeleted { channel, messages } => {
            ("detach inboxes", cleanup::on_messages_deleted(app, channel, &messages).await)
        }
        Event::ThreadsListed { guild, threads } => {
            ("see threads again", Box::pin(guild::on_threads_listed(state, guild, &threads)).await)
        }
        Event::ThreadUpdated(seen) => ("follow a thread", close::on_thread_update(app, rest, &seen).await),
        Event::ThreadDeleted(thread) => ("forget a thread", close::on_thread_deleted(app, rest, thread).await),
        Event::ThreadMembersUpdated { thread, added, removed } => {
            ("follow a thread's members", close::on_members_update(app, rest, thread, &added, &removed).await)
        }
        Event::MemberLeft { guild, user } => {
            let closed = close::on_member_left(app, rest, guild, user).await;
            report::log("close a leaver's tickets", closed);
            ("drop a leaver from the staff", cleanup::on_member_left(app, guild, user).await)
        }
        // The framework's.
        Event::Text(_) => return,
    };
    report::log(what, outcome);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ThreadId;

    #[test]
    fn only_people_who_come_and_go_matter_in_a_thread() {
        let [bot, anna] = [1, 2].map(UserId::new);
        for (added, removed, expected) in [
            (vec![bot], vec![], false),
            (vec![], vec![bot], false),
            (vec![], vec![], false),
            (vec![bot, anna], vec![], true),
            (vec![bot], vec![anna], true),
        ] {
            let event = Event::ThreadMembersUpdated { thread: ThreadId::new(3), added, removed };
            assert_eq!(concerns(&event, bot), expected, "{event:?}");
        }
    }
}
