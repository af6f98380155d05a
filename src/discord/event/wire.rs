//! The wire shapes of events, and their conversion.

use std::borrow::Cow;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::guild::is_obfuscated;
use super::super::lenient;
use super::super::threads::{WRITTEN, WireThread, readable};
use super::{ChannelView, Event, GuildView, PeopleChanged, Reported, Unread, Wrote};
use crate::domain::ids::{GuildId, MessageId, ThreadId, UserId};
use crate::domain::shards::ShardRange;

#[derive(Deserialize)]
pub(super) struct WireReady {
    guilds: Vec<WireId<serenity::GuildId>>,
    /// Absent if there is one shard.
    shard: Option<(u32, u32)>,
}

impl From<WireReady> for Reported {
    fn from(ready: WireReady) -> Self {
        let share = ready.shard.and_then(|(id, total)| ShardRange::new(total, id..=id));
        Self::alone(Event::Ready {
            share: share.unwrap_or(ShardRange::ALL),
            guilds: ready.guilds.iter().map(|guild| guild.id.into()).collect(),
        })
    }
}

/// Discord: "Message", message types.
const RECIPIENT_ADD: u8 = 1;
const RECIPIENT_REMOVE: u8 = 2;

/// Whom a message mentions.
#[derive(Deserialize)]
struct WireMentioned {
    #[serde(deserialize_with = "readable")]
    mentions: Vec<WireId<serenity::UserId>>,
}

/// Decides whether to parse the rest of a message.
#[derive(Deserialize)]
pub(super) struct WireGlance<'a> {
    #[serde(borrow)]
    pub(super) content: Cow<'a, str>,
    pub(super) author: WireAuthor,
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<MessageId>,
    #[serde(default, deserialize_with = "lenient::number")]
    channel_id: Option<ThreadId>,
    #[serde(default, deserialize_with = "lenient::number")]
    guild_id: Option<GuildId>,
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u8>,
}

#[derive(Deserialize)]
pub(super) struct WireAuthor {
    #[serde(default)]
    pub(super) bot: bool,
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<UserId>,
}

impl WireGlance<'_> {
    /// `None`: it does not say that somebody was added to a thread or removed from it by another person. A bot's own
    /// requests and those of people are reported alike.
    pub(super) fn people_changed(&self, data: &str) -> Option<PeopleChanged> {
        let added = match self.kind? {
            RECIPIENT_ADD => true,
            RECIPIENT_REMOVE => false,
            _ => return None,
        };
        let WireMentioned { mentions } = serde_json::from_str(data).ok()?;
        let who: Vec<UserId> = mentions.into_iter().map(|user| user.id.into()).collect();
        let (guild, thread, by) = (self.guild_id?, self.channel_id?, self.author.id?);
        (!who.is_empty()).then_some(PeopleChanged { guild, thread, by, who, added })
    }

    /// `None` for what nobody wrote in a guild, such as a system message.
    pub(super) fn wrote(&self) -> Option<Wrote> {
        self.kind.filter(|kind| WRITTEN.contains(kind))?;
        Some(Wrote { guild: self.guild_id?, thread: self.channel_id?, author: self.author.id?, message: self.id? })
    }
}

#[derive(Deserialize)]
pub(super) struct WireId<Id = serenity::ChannelId> {
    pub(super) id: Id,
}

#[derive(Deserialize)]
pub(super) struct WireUnavailable {
    pub(super) id: serenity::GuildId,
    #[serde(default)]
    pub(super) unavailable: bool,
}

/// An unavailable guild has only the id.
#[derive(Deserialize)]
pub(super) struct WireGuild {
    id: serenity::GuildId,
    #[serde(default)]
    unavailable: bool,
    preferred_locale: Option<String>,
    #[serde(default, deserialize_with = "readable_if_there")]
    channels: Option<Vec<WireChannel>>,
    #[serde(default, deserialize_with = "readable_if_there")]
    roles: Option<Vec<WireId<serenity::RoleId>>>,
    #[serde(default, deserialize_with = "readable_if_there")]
    threads: Option<Vec<WireThread>>,
}

/// A missing list is not an empty one.
fn readable_if_there<'de, D: Deserializer<'de>, T: DeserializeOwned>(list: D) -> Result<Option<Vec<T>>, D::Error> {
    readable(list).map(Some)
}

impl WireGuild {
    pub(super) fn view(self) -> Result<GuildView, Unread> {
        if self.unavailable {
            return Err(Unread::Irrelevant);
        }
        // Missing lists must not look like deleted channels and roles.
        let view = || {
            Some(GuildView {
                id: self.id.into(),
                locale: self.preferred_locale?,
                channels: self.channels?.iter().map(WireChannel::view).collect(),
                roles: self.roles?.iter().map(|role| role.id.into()).collect(),
                threads: self.threads?.iter().filter_map(WireThread::sighting).collect(),
            })
        };
        view().ok_or(Unread::Unknown)
    }
}

impl From<GuildView> for Reported {
    fn from(guild: GuildView) -> Self {
        Self { guild: Some(guild.id), event: Event::GuildPresent(Box::new(guild)) }
    }
}

#[derive(Deserialize)]
pub(super) struct WireGuildUpdate {
    id: serenity::GuildId,
    preferred_locale: String,
}

impl From<WireGuildUpdate> for Reported {
    fn from(update: WireGuildUpdate) -> Self {
        Self::of(update.id, Event::GuildUpdated { guild: update.id.into(), locale: update.preferred_locale })
    }
}

#[derive(Deserialize)]
pub(super) struct WireChannel {
    pub(super) id: serenity::ChannelId,
    /// Absent in a guild's own list.
    guild_id: Option<serenity::GuildId>,
    /// Seconds.
    rate_limit_per_user: Option<u16>,
    #[serde(default)]
    flags: Value,
}

impl WireChannel {
    pub(super) fn view(&self) -> ChannelView {
        let is_shown = !is_obfuscated(&self.flags);
        let seconds = self.rate_limit_per_user.filter(|_| is_shown);
        ChannelView { id: self.id.into(), slowmode: seconds.map(|seconds| Duration::from_secs(seconds.into())) }
    }

    pub(super) fn updated(&self) -> Reported {
        Reported { guild: self.guild_id.map(GuildId::from), event: Event::ChannelUpdated(self.view()) }
    }

    pub(super) fn deleted(&self) -> Reported {
        Reported { guild: self.guild_id.map(GuildId::from), event: Event::ChannelDeleted(self.id.into()) }
    }
}

/// Something of a guild; what it is does not matter.
#[derive(Deserialize)]
pub(super) struct WireInGuild {
    pub(super) guild_id: serenity::GuildId,
}

#[derive(Deserialize)]
pub(super) struct WireRoleDeletion {
    guild_id: serenity::GuildId,
    role_id: serenity::RoleId,
}

impl From<WireRoleDeletion> for Reported {
    fn from(deletion: WireRoleDeletion) -> Self {
        let event = Event::RoleDeleted { guild: deletion.guild_id.into(), role: deletion.role_id.into() };
        Self::of(deletion.guild_id, event)
    }
}

#[derive(Deserialize)]
pub(super) struct WireDeletion {
    id: serenity::MessageId,
    channel_id: serenity::ChannelId,
    guild_id: Option<serenity::GuildId>,
}

impl WireDeletion {
    /// `None` for a direct message: it has no inboxes.
    pub(super) fn reported(&self) -> Option<Reported> {
        let deleted = vec![(self.channel_id.into(), self.id.into())];
        Some(Reported::of(self.guild_id?, Event::MessagesDeleted(deleted)))
    }
}

#[derive(Deserialize)]
pub(super) struct WireDeletions {
    ids: Vec<serenity::MessageId>,
    channel_id: serenity::ChannelId,
    guild_id: Option<serenity::GuildId>,
}

impl WireDeletions {
    pub(super) fn reported(&self) -> Option<Reported> {
        let channel = self.channel_id.into();
        let deleted = self.ids.iter().map(|&id| (channel, id.into())).collect();
        Some(Reported::of(self.guild_id?, Event::MessagesDeleted(deleted)))
    }
}

#[derive(Deserialize)]
pub(super) struct WireThreadList {
    guild_id: serenity::GuildId,
    #[serde(deserialize_with = "readable")]
    threads: Vec<WireThread>,
}

impl From<WireThreadList> for Reported {
    fn from(list: WireThreadList) -> Self {
        let threads = list.threads.iter().filter_map(WireThread::sighting).collect();
        Self::of(list.guild_id, Event::ThreadsListed { guild: list.guild_id.into(), threads })
    }
}

#[derive(Deserialize)]
pub(super) struct WireThreadDeletion {
    id: serenity::ChannelId,
    guild_id: Option<serenity::GuildId>,
}

impl From<WireThreadDeletion> for Reported {
    fn from(deletion: WireThreadDeletion) -> Self {
        Self { guild: deletion.guild_id.map(GuildId::from), event: Event::ThreadDeleted(deletion.id.into()) }
    }
}

#[derive(Deserialize)]
pub(super) struct WireThreadMembers {
    id: serenity::ChannelId,
    guild_id: Option<serenity::GuildId>,
    #[serde(default)]
    added_members: Vec<WireThreadMember>,
    #[serde(default)]
    removed_member_ids: Vec<serenity::UserId>,
}

#[derive(Deserialize)]
pub(super) struct WireThreadMember {
    user_id: serenity::UserId,
}

impl From<WireThreadMembers> for Reported {
    fn from(update: WireThreadMembers) -> Self {
        let event = Event::ThreadMembersUpdated {
            thread: update.id.into(),
            added: update.added_members.iter().map(|member| member.user_id.into()).collect(),
            removed: update.removed_member_ids.into_iter().map(Into::into).collect(),
        };
        Self { guild: update.guild_id.map(GuildId::from), event }
    }
}

#[derive(Deserialize)]
pub(super) struct WireLeaver {
    guild_id: serenity::GuildId,
    user: WireId<serenity::UserId>,
}

impl From<WireLeaver> for Reported {
    fn from(leaver: WireLeaver) -> Self {
        let event = Event::MemberLeft { guild: leaver.guild_id.into(), user: leaver.user.id.into() };
        Self::of(leaver.guild_id, event)
    }
}

#[derive(Deserialize)]
pub(super) struct WireMember {
    guild_id: serenity::GuildId,
    user: WireId<serenity::UserId>,
    roles: Vec<serenity::RoleId>,
}

impl From<WireMember> for Reported {
    fn from(member: WireMember) -> Self {
        let roles = member.roles.into_iter().map(Into::into).collect();
        let event = Event::MemberUpdated { guild: member.guild_id.into(), user: member.user.id.into(), roles };
        Self::of(member.guild_id, event)
    }
}
