//! What the gateway reports, read as far as it can matter for tickets and no further.
//!
//! A bot is sent thousands of events that mean nothing to it for each that does. So a kind that nobody here asks for is
//! not read at all. Of all others only what is used is read, but for interactions and for messages with text, which are
//! serenity's: the rest may have any shape, now and after Discord's next change.
//!
//! <https://discord.com/developers/docs/events/gateway-events>

mod wire;

use std::collections::HashSet;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::Interaction;

use super::threads::{Sighting, WireThread};
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::shards::Share;
use wire::{
    WireChannel, WireDeletion, WireDeletions, WireGlance, WireGuild, WireGuildUpdate, WireId, WireKind, WireLeaver,
    WireReady, WireRoleDeletion, WireThreadList, WireThreadMembers, WireUnavailable,
};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A session has begun. It tells of these guilds, which are all that it has in its share.
    Ready {
        share: Share,
        guilds: HashSet<GuildId>,
    },
    /// A command, a click or a form.
    Interaction(Box<Interaction>),
    /// A person wrote something that names the bot. All other text is empty for a bot without the Message Content intent.
    Text(Box<serenity::Message>),
    /// The bot is in this guild: at the start of a session, after an outage, or because it was invited.
    GuildPresent(Box<GuildView>),
    GuildUpdated {
        guild: GuildId,
        locale: String,
    },
    /// The bot was removed from it, or it was deleted.
    GuildLeft(GuildId),
    ChannelUpdated(ChannelView),
    ChannelDeleted(ChannelId),
    RoleDeleted {
        guild: GuildId,
        role: RoleId,
    },
    MessagesDeleted {
        channel: ChannelId,
        messages: Vec<MessageId>,
    },
    /// The bot sees channels that it did not see before, with these active threads.
    ThreadsListed {
        guild: GuildId,
        threads: Vec<Sighting>,
    },
    ThreadUpdated(Sighting),
    ThreadDeleted(ThreadId),
    ThreadMembersUpdated {
        thread: ThreadId,
        added: Vec<UserId>,
        removed: Vec<UserId>,
    },
    /// Somebody left a guild, or was removed from it.
    MemberLeft {
        guild: GuildId,
        user: UserId,
    },
}

/// A guild as it is when the bot comes to see it.
#[derive(Clone, Debug)]
pub struct GuildView {
    pub id: GuildId,
    /// As Discord names it.
    pub locale: String,
    pub channels: Vec<ChannelView>,
    pub roles: HashSet<RoleId>,
    /// The active ones that the bot can see.
    pub threads: Vec<Sighting>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelView {
    pub id: ChannelId,
    pub slowmode: Duration,
}

/// Why an event was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It means nothing to us, whatever it holds.
    Irrelevant,
    /// Its kind, or the shape of what we need from it, is not known to this version.
    Unknown,
}

impl From<serde_json::Error> for Unread {
    fn from(_: serde_json::Error) -> Self {
        Self::Unknown
    }
}

impl Event {
    /// Reads the data of an event of this kind, such as `THREAD_UPDATE`.
    pub fn read(kind: &str, data: &str) -> Result<Self, Unread> {
        match kind {
            "READY" => read::<WireReady>(data).map(Self::from),
            "INTERACTION_CREATE" => interaction(data).map(Self::Interaction),
            "MESSAGE_CREATE" => text(data).map(Self::Text),
            "GUILD_CREATE" => read::<WireGuild>(data)?.view().map(Box::new).map(Self::GuildPresent),
            "GUILD_UPDATE" => read::<WireGuildUpdate>(data).map(Self::from),
            "GUILD_DELETE" => match read::<WireUnavailable>(data)? {
                // An outage; without the word the bot was removed.
                WireUnavailable { unavailable: true, .. } => Err(Unread::Irrelevant),
                WireUnavailable { id, .. } => Ok(Self::GuildLeft(id.into())),
            },
            "CHANNEL_UPDATE" => read::<WireChannel>(data).map(|channel| Self::ChannelUpdated(channel.view())),
            "CHANNEL_DELETE" => read::<WireChannel>(data).map(|channel| Self::ChannelDeleted(channel.id.into())),
            "GUILD_ROLE_DELETE" => read::<WireRoleDeletion>(data).map(Self::from),
            "MESSAGE_DELETE" => read::<WireDeletion>(data).map(Self::from),
            "MESSAGE_DELETE_BULK" => read::<WireDeletions>(data).map(Self::from),
            "THREAD_LIST_SYNC" => read::<WireThreadList>(data).map(Self::from),
            // Without the marks of a thread it can be none.
            "THREAD_UPDATE" => read::<WireThread>(data)?.sighting().map(Self::ThreadUpdated).ok_or(Unread::Irrelevant),
            "THREAD_DELETE" => read::<WireId>(data).map(|thread| Self::ThreadDeleted(thread.id.into())),
            "THREAD_MEMBERS_UPDATE" => read::<WireThreadMembers>(data).map(Self::from),
            "GUILD_MEMBER_REMOVE" => read::<WireLeaver>(data).map(Self::from),
            _ if IRRELEVANT.binary_search(&kind).is_ok() => Err(Unread::Irrelevant),
            _ => Err(Unread::Unknown),
        }
    }
}

/// All further kinds that Discord had in 2026, sorted.
const IRRELEVANT: &[&str] = &[
    "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
    "AUTO_MODERATION_ACTION_EXECUTION",
    "AUTO_MODERATION_RULE_CREATE",
    "AUTO_MODERATION_RULE_DELETE",
    "AUTO_MODERATION_RULE_UPDATE",
    "CHANNEL_CREATE",
    "CHANNEL_INFO",
    "CHANNEL_PINS_UPDATE",
    "ENTITLEMENT_CREATE",
    "ENTITLEMENT_DELETE",
    "ENTITLEMENT_UPDATE",
    "GUILD_AUDIT_LOG_ENTRY_CREATE",
    "GUILD_BAN_ADD",
    "GUILD_BAN_REMOVE",
    "GUILD_EMOJIS_UPDATE",
    "GUILD_INTEGRATIONS_UPDATE",
    "GUILD_JOIN_REQUEST_CREATE",
    "GUILD_JOIN_REQUEST_DELETE",
    "GUILD_JOIN_REQUEST_UPDATE",
    "GUILD_MEMBERS_CHUNK",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_SCHEDULED_EVENT_CREATE",
    "GUILD_SCHEDULED_EVENT_DELETE",
    "GUILD_SCHEDULED_EVENT_UPDATE",
    "GUILD_SCHEDULED_EVENT_USER_ADD",
    "GUILD_SCHEDULED_EVENT_USER_REMOVE",
    "GUILD_SOUNDBOARD_SOUNDS_UPDATE",
    "GUILD_SOUNDBOARD_SOUND_CREATE",
    "GUILD_SOUNDBOARD_SOUND_DELETE",
    "GUILD_SOUNDBOARD_SOUND_UPDATE",
    "GUILD_STICKERS_UPDATE",
    "INTEGRATION_CREATE",
    "INTEGRATION_DELETE",
    "INTEGRATION_UPDATE",
    "INVITE_CREATE",
    "INVITE_DELETE",
    "MESSAGE_POLL_VOTE_ADD",
    "MESSAGE_POLL_VOTE_REMOVE",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "MESSAGE_UPDATE",
    "PRESENCE_UPDATE",
    "RATE_LIMITED",
    "RESUMED",
    "SOUNDBOARD_SOUNDS",
    "STAGE_INSTANCE_CREATE",
    "STAGE_INSTANCE_DELETE",
    "STAGE_INSTANCE_UPDATE",
    "SUBSCRIPTION_CREATE",
    "SUBSCRIPTION_DELETE",
    "SUBSCRIPTION_UPDATE",
    "THREAD_CREATE",
    "THREAD_MEMBER_UPDATE",
    "TYPING_START",
    "USER_UPDATE",
    "VOICE_CHANNEL_EFFECT_SEND",
    "VOICE_CHANNEL_START_TIME_UPDATE",
    "VOICE_CHANNEL_STATUS_UPDATE",
    "VOICE_SERVER_UPDATE",
    "VOICE_STATE_UPDATE",
    "WEBHOOKS_UPDATE",
];

fn read<'a, T: Deserialize<'a>>(data: &'a str) -> Result<T, Unread> {
    Ok(serde_json::from_str(data)?)
}

/// serenity reads the kind out of a copy of the whole; told the kind, it needs no copy.
fn interaction(data: &str) -> Result<Box<Interaction>, Unread> {
    let told = match read::<WireKind>(data)?.kind {
        2 => read(data).map(Interaction::Command),
        3 => read(data).map(Interaction::Component),
        4 => read(data).map(Interaction::Autocomplete),
        5 => read(data).map(Interaction::Modal),
        _ => return Err(Unread::Unknown),
    };
    // A few of its types know new fields only in a copy (0.12.5: `AuthorizingIntegrationOwners`).
    Ok(Box::new(told.or_else(|_| Ok::<_, Unread>(serde_json::from_value(read(data)?)?))?))
}

fn text(data: &str) -> Result<Box<serenity::Message>, Unread> {
    let glance = read::<WireGlance<'_>>(data)?;
    if glance.content.is_empty() || glance.author.bot { Err(Unread::Irrelevant) } else { read(data) }
}

#[cfg(test)]
mod tests;
