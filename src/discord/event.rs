//! Gateway events, parsed only as far as tickets need them.
//!
//! A bot uses one event in thousands. Events of unused kinds are not parsed at all. Of the others only used fields are
//! read, except for messages with text, which serenity parses: everything else may have any shape, now and after
//! Discord's next change.
//!
//! <https://discord.com/developers/docs/events/gateway-events>

mod wire;

use std::collections::HashSet;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;

use super::interaction::Interaction;
use super::threads::{ThreadSnapshot, WireThread};
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::shards::ShardRange;
use wire::{
    WireChannel, WireDeletion, WireDeletions, WireGlance, WireGuild, WireGuildUpdate, WireInGuild, WireLeaver,
    WireMember, WireReady, WireRoleDeletion, WireThreadDeletion, WireThreadList, WireThreadMembers, WireUnavailable,
};

/// An event, and the guild whose events it is ordered with.
#[derive(Clone, Debug)]
pub struct Reported {
    pub guild: Option<GuildId>,
    pub event: Event,
}

/// A parsed event.
#[derive(Clone, Debug)]
pub enum Event {
    /// A session has begun. Lists all guilds of its shard.
    Ready {
        share: ShardRange,
        guilds: HashSet<GuildId>,
    },
    /// A command, a click or a form.
    Interaction(Box<Interaction>),
    /// A person's message that mentions the bot. Without the Message Content intent all other text is empty.
    Text(Box<serenity::Message>),
    /// A person wrote a message in a guild.
    Wrote(Wrote),
    /// Somebody was added to a thread, or removed from it.
    PeopleChanged(PeopleChanged),
    /// The bot is in this guild: at the start of a session, after an outage, or after an invitation.
    GuildPresent(Box<GuildView>),
    GuildUpdated {
        guild: GuildId,
        locale: String,
    },
    /// The bot was removed, or the guild was deleted.
    GuildLeft(GuildId),
    ChannelUpdated(ChannelView),
    ChannelDeleted(ChannelId),
    RoleDeleted {
        guild: GuildId,
        role: RoleId,
    },
    /// A role of this guild was changed: the bot may have other rights now.
    RoleUpdated(GuildId),
    MessagesDeleted(Vec<(ChannelId, MessageId)>),
    /// The bot gained access to channels, with these active threads.
    ThreadsListed {
        guild: GuildId,
        threads: Vec<ThreadSnapshot>,
    },
    ThreadUpdated(ThreadSnapshot),
    ThreadDeleted(ThreadId),
    ThreadMembersUpdated {
        thread: ThreadId,
        added: Vec<UserId>,
        removed: Vec<UserId>,
    },
    /// Somebody left a guild or was removed from it.
    MemberLeft {
        guild: GuildId,
        user: UserId,
    },
    /// Something about a member changed. They have these roles.
    MemberUpdated {
        guild: GuildId,
        user: UserId,
        roles: Vec<RoleId>,
    },
}

/// Who was added to a thread, or removed from it, and by whom. Discord reports it in a message of the thread (Discord:
/// "Threads"); those who leave by themselves are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleChanged {
    pub guild: GuildId,
    pub thread: ThreadId,
    pub by: UserId,
    pub who: Vec<UserId>,
    /// Otherwise removed.
    pub added: bool,
}

/// A person's message, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrote {
    pub guild: GuildId,
    /// The channel, as a thread.
    pub thread: ThreadId,
    pub author: UserId,
    pub message: MessageId,
}

impl Wrote {
    /// `None` for a direct message.
    pub fn of(message: &serenity::Message) -> Option<Self> {
        Some(Self {
            guild: message.guild_id?.into(),
            thread: message.channel_id.into(),
            author: message.author.id.into(),
            message: message.id.into(),
        })
    }
}

impl Event {
    /// Its weight in the intake, in events of the usual size.
    pub fn weight(&self) -> usize {
        let more = match self {
            Self::Ready { guilds, .. } => guilds.len() * size_of::<GuildId>(),
            Self::GuildPresent(guild) => guild.size(),
            Self::MessagesDeleted(messages) => messages.len() * size_of::<(ChannelId, MessageId)>(),
            Self::ThreadsListed { threads, .. } => size_of_val(threads.as_slice()),
            Self::ThreadMembersUpdated { added, removed, .. } => (added.len() + removed.len()) * size_of::<UserId>(),
            Self::PeopleChanged(changed) => size_of_val(changed.who.as_slice()),
            Self::GuildUpdated { locale, .. } => locale.len(),
            Self::MemberUpdated { roles, .. } => size_of_val(roles.as_slice()),
            _ => 0,
        };
        1 + more / size_of::<Self>()
    }

    /// Merges the event that came right after this one, if both can be handled together; otherwise returns it.
    ///
    /// A clean-up deletes thousands of messages at once, and a new order of roles changes each of them.
    pub fn merge(&mut self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::MessagesDeleted(messages), Self::MessagesDeleted(more)) => {
                messages.extend(more);
                None
            }
            (Self::RoleUpdated(guild), Self::RoleUpdated(again)) if *guild == again => None,
            (_, next) => Some(next),
        }
    }
}

/// A guild, as of when the bot gains sight of it.
#[derive(Clone, Debug)]
pub struct GuildView {
    pub id: GuildId,
    /// As Discord names it.
    pub locale: String,
    pub channels: Vec<ChannelView>,
    pub roles: HashSet<RoleId>,
    /// Active ones that the bot can see.
    pub threads: Vec<ThreadSnapshot>,
}

impl GuildView {
    /// In bytes, about.
    fn size(&self) -> usize {
        size_of::<Self>()
            + size_of_val(self.channels.as_slice())
            + size_of_val(self.threads.as_slice())
            + self.roles.len() * size_of::<RoleId>()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelView {
    pub id: ChannelId,
    /// `None`: hidden by Discord. Of a channel that the bot cannot view only the id is true.
    pub slowmode: Option<Duration>,
}

/// Why it was not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Not used, whatever it holds.
    Irrelevant,
    /// This version does not know its kind, or the shape of a field it needs.
    Unknown,
}

impl From<serde_json::Error> for Unread {
    fn from(_: serde_json::Error) -> Self {
        Self::Unknown
    }
}

impl Reported {
    /// Reads the data of an event of this kind, such as `THREAD_UPDATE`.
    pub fn read(kind: &str, data: &str) -> Result<Self, Unread> {
        match kind {
            "READY" => read::<WireReady>(data).map(Self::from),
            "INTERACTION_CREATE" => {
                Interaction::read(data).map(Box::new).map(Event::Interaction).map(Self::alone).ok_or(Unread::Unknown)
            }
            "MESSAGE_CREATE" => message(data),
            "GUILD_CREATE" => read::<WireGuild>(data)?.view().map(Self::from),
            "GUILD_UPDATE" => read::<WireGuildUpdate>(data).map(Self::from),
            "GUILD_DELETE" => match read::<WireUnavailable>(data)? {
                // An outage; without the flag the bot was removed.
                WireUnavailable { unavailable: true, .. } => Err(Unread::Irrelevant),
                WireUnavailable { id, .. } => Ok(Self::of(id, Event::GuildLeft(id.into()))),
            },
            "CHANNEL_UPDATE" => read::<WireChannel>(data).map(|channel| channel.updated()),
            "CHANNEL_DELETE" => read::<WireChannel>(data).map(|channel| channel.deleted()),
            "GUILD_ROLE_UPDATE" => {
                let WireInGuild { guild_id } = read(data)?;
                Ok(Self::of(guild_id, Event::RoleUpdated(guild_id.into())))
            }
            "GUILD_ROLE_DELETE" => read::<WireRoleDeletion>(data).map(Self::from),
            "MESSAGE_DELETE" => read::<WireDeletion>(data)?.reported().ok_or(Unread::Irrelevant),
            "MESSAGE_DELETE_BULK" => read::<WireDeletions>(data)?.reported().ok_or(Unread::Irrelevant),
            "THREAD_LIST_SYNC" => read::<WireThreadList>(data).map(Self::from),
            "THREAD_UPDATE" => {
                let thread = read::<WireThread>(data)?;
                // Without thread metadata it is no thread.
                let seen = thread.sighting().ok_or(Unread::Irrelevant)?;
                Ok(Self { guild: thread.guild(), event: Event::ThreadUpdated(seen) })
            }
            // Without the flag the bot was added to an existing thread.
            "THREAD_CREATE" => {
                let thread = read::<WireThread>(data)?;
                let seen = thread.sighting().filter(|_| !thread.is_new()).ok_or(Unread::Irrelevant)?;
                Ok(Self { guild: thread.guild(), event: Event::ThreadUpdated(seen) })
            }
            "THREAD_DELETE" => read::<WireThreadDeletion>(data).map(Self::from),
            "THREAD_MEMBERS_UPDATE" => read::<WireThreadMembers>(data).map(Self::from),
            "GUILD_MEMBER_REMOVE" => read::<WireLeaver>(data).map(Self::from),
            "GUILD_MEMBER_UPDATE" => read::<WireMember>(data).map(Self::from),
            _ if IRRELEVANT.binary_search(&kind).is_ok() => Err(Unread::Irrelevant),
            _ => Err(Unread::Unknown),
        }
    }

    fn of(guild: serenity::GuildId, event: Event) -> Self {
        Self { guild: Some(guild.into()), event }
    }

    /// An unordered one.
    fn alone(event: Event) -> Self {
        Self { guild: None, event }
    }
}

/// All other kinds that Discord had in 2026, sorted.
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
    "GUILD_ROLE_CREATE",
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

fn message(data: &str) -> Result<Reported, Unread> {
    let glance = read::<WireGlance<'_>>(data)?;
    if let Some(changed) = glance.people_changed(data) {
        return Ok(Reported { guild: Some(changed.guild), event: Event::PeopleChanged(changed) });
    }
    if glance.author.bot {
        return Err(Unread::Irrelevant);
    }
    if !glance.content.is_empty() {
        return read(data).map(Event::Text).map(Reported::alone);
    }
    let wrote = glance.wrote().ok_or(Unread::Irrelevant)?;
    Ok(Reported { guild: Some(wrote.guild), event: Event::Wrote(wrote) })
}

#[cfg(test)]
mod tests;
