//! What the gateway reports: one match, one file per kind of consequence.
//!
//! Commands do not come this way: the framework dispatches them itself.

mod cleanup;
mod guild;
mod interactions;

use std::sync::Arc;

use poise::serenity_prelude as serenity;
use serenity::FullEvent;

use crate::discord::{State, report};
use crate::domain::ids::UserId;
use crate::tickets::{close, effects, reconcile};

/// Whether anything at all can follow from an event. A bot is sent thousands that mean nothing to it for each that does:
/// those end here, before anybody begins to work on them.
pub fn concerns(event: &FullEvent, bot: UserId) -> bool {
    match event {
        // Text reaches us only where it names the bot, and then it may be a command.
        FullEvent::Message { new_message } => !new_message.content.is_empty(),
        // No thread of others is a ticket.
        FullEvent::ThreadUpdate { new, .. } => new.owner_id.is_none_or(|owner| UserId::from(owner) == bot),
        FullEvent::InteractionCreate { .. }
        | FullEvent::Ready { .. }
        | FullEvent::GuildCreate { .. }
        | FullEvent::GuildUpdate { .. }
        | FullEvent::GuildDelete { .. }
        | FullEvent::ChannelUpdate { .. }
        | FullEvent::ChannelDelete { .. }
        | FullEvent::GuildRoleDelete { .. }
        | FullEvent::MessageDelete { .. }
        | FullEvent::MessageDeleteBulk { .. }
        | FullEvent::ThreadListSync { .. }
        | FullEvent::ThreadDelete { .. }
        | FullEvent::ThreadMembersUpdate { .. }
        | FullEvent::GuildMemberRemoval { .. } => true,
        _ => false,
    }
}

/// Everything that follows from one event that [`concerns`] us.
pub async fn handle(event: &FullEvent, state: &Arc<State>) {
    let app = &state.app;
    let (what, outcome) = match event {
        FullEvent::InteractionCreate { interaction: serenity::Interaction::Component(component) } => {
            return interactions::component(state, component).await;
        }
        FullEvent::InteractionCreate { interaction: serenity::Interaction::Modal(form) } => {
            return interactions::form(state, form).await;
        }
        // Sent once per new session: what happened since the last one may have been missed.
        FullEvent::Ready { data_about_bot } => {
            let share = guild::share_of(data_about_bot);
            report::log("finish openings", reconcile::finish_openings(app, &state.rest, share, app.now()).await);
            report::log("finish closes", effects::finish_closes(app, &state.rest, share).await);
            ("find guilds that are gone", guild::on_ready(state, share, &data_about_bot.guilds).await)
        }
        FullEvent::GuildCreate { guild, .. } => ("take in a guild", guild::on_present(state, guild).await),
        FullEvent::GuildUpdate { new_data, .. } => ("follow a guild", guild::on_update(app, new_data).await),
        FullEvent::GuildDelete { incomplete, .. } => ("leave a guild", guild::on_delete(app, incomplete).await),
        FullEvent::ChannelUpdate { new, .. } => ("follow a channel", guild::on_channel(app, new).await),
        FullEvent::GuildRoleDelete { guild_id, removed_role_id, .. } => {
            ("forget a role", cleanup::on_role_deleted(app, (*guild_id).into(), (*removed_role_id).into()).await)
        }
        FullEvent::MessageDelete { channel_id, deleted_message_id, .. } => {
            ("detach an inbox", cleanup::on_messages_deleted(app, *channel_id, &[*deleted_message_id]).await)
        }
        FullEvent::MessageDeleteBulk { channel_id, multiple_deleted_messages_ids, .. } => {
            ("detach inboxes", cleanup::on_messages_deleted(app, *channel_id, multiple_deleted_messages_ids).await)
        }
        FullEvent::ChannelDelete { channel, .. } => {
            ("forget a channel", close::on_channel_deleted(app, &state.rest, channel.id.into()).await)
        }
        FullEvent::ThreadUpdate { new, .. } => {
            ("follow a thread", close::on_thread_update(app, &state.rest, new).await)
        }
        FullEvent::ThreadListSync { thread_list_sync } => {
            ("see threads again", guild::on_threads_listed(state, thread_list_sync).await)
        }
        FullEvent::ThreadDelete { thread, .. } => {
            ("forget a thread", close::on_thread_deleted(app, &state.rest, thread.id.into()).await)
        }
        FullEvent::ThreadMembersUpdate { thread_members_update } => {
            ("follow a thread's members", close::on_members_update(app, &state.rest, thread_members_update).await)
        }
        FullEvent::GuildMemberRemoval { guild_id, user, .. } => {
            let (guild, user) = ((*guild_id).into(), user.id.into());
            let closed = close::on_member_left(app, &state.rest, guild, user).await;
            report::log("close a leaver's tickets", closed);
            ("drop a leaver from the staff", cleanup::on_member_left(app, guild, user).await)
        }
        _ => return,
    };
    report::log(what, outcome);
}
