//! The shapes of events: what is read of each, and the event that it becomes.

use std::borrow::Cow;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;

use super::super::threads::WireThread;
use super::{ChannelView, Event, GuildView, Unread};
use crate::domain::shards::Share;

#[derive(Deserialize)]
pub(super) struct WireReady {
    guilds: Vec<WireId<serenity::GuildId>>,
    /// Missing for the only shard of one.
    shard: Option<(u32, u32)>,
}

impl From<WireReady> for Event {
    fn from(ready: WireReady) -> Self {
        let share = ready.shard.and_then(|(id, total)| Share::new(total, id..=id));
        Self::Ready {
            share: share.unwrap_or(Share::ALL),
            guilds: ready.guilds.iter().map(|guild| guild.id.into()).collect(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct WireKind {
    #[serde(rename = "type")]
    pub(super) kind: u8,
}

/// Enough of a message to see that it needs no second look.
#[derive(Deserialize)]
pub(super) struct WireGlance<'a> {
    #[serde(borrow)]
    pub(super) content: Cow<'a, str>,
    pub(super) author: WireAuthor,
}

#[derive(Deserialize)]
pub(super) struct WireAuthor {
    #[serde(default)]
    pub(super) bot: bool,
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

/// While it is unavailable Discord sends nothing but the id.
#[derive(Deserialize)]
pub(super) struct WireGuild {
    id: serenity::GuildId,
    #[serde(default)]
    unavailable: bool,
    preferred_locale: Option<String>,
    channels: Option<Vec<WireChannel>>,
    roles: Option<Vec<WireId<serenity::RoleId>>>,
    threads: Option<Vec<WireThread>>,
}

impl WireGuild {
    pub(super) fn view(self) -> Result<GuildView, Unread> {
        if self.unavailable {
            return Err(Unread::Irrelevant);
        }
        // What is missing must not look like channels and roles that were deleted.
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

#[derive(Deserialize)]
pub(super) struct WireGuildUpdate {
    id: serenity::GuildId,
    preferred_locale: String,
}

impl From<WireGuildUpdate> for Event {
    fn from(update: WireGuildUpdate) -> Self {
        Self::GuildUpdated { guild: update.id.into(), locale: update.preferred_locale }
    }
}

#[derive(Deserialize)]
pub(super) struct WireChannel {
    pub(super) id: serenity::ChannelId,
    /// Seconds.
    rate_limit_per_user: Option<u16>,
}

impl WireChannel {
    pub(super) fn view(&self) -> ChannelView {
        ChannelView { id: self.id.into(), slowmode: Duration::from_secs(self.rate_limit_per_user.unwrap_or(0).into()) }
    }
}

#[derive(Deserialize)]
pub(super) struct WireRoleDeletion {
    guild_id: serenity::GuildId,
    role_id: serenity::RoleId,
}

impl From<WireRoleDeletion> for Event {
    fn from(deletion: WireRoleDeletion) -> Self {
        Self::RoleDeleted { guild: deletion.guild_id.into(), role: deletion.role_id.into() }
    }
}

#[derive(Deserialize)]
pub(super) struct WireDeletion {
    id: serenity::MessageId,
    channel_id: serenity::ChannelId,
}

impl From<WireDeletion> for Event {
    fn from(deletion: WireDeletion) -> Self {
        Self::MessagesDeleted { channel: deletion.channel_id.into(), messages: vec![deletion.id.into()] }
    }
}

#[derive(Deserialize)]
pub(super) struct WireDeletions {
    ids: Vec<serenity::MessageId>,
    channel_id: serenity::ChannelId,
}

impl From<WireDeletions> for Event {
    fn from(deletions: WireDeletions) -> Self {
        let messages = deletions.ids.into_iter().map(Into::into).collect();
        Self::MessagesDeleted { channel: deletions.channel_id.into(), messages }
    }
}

#[derive(Deserialize)]
pub(super) struct WireThreadList {
    guild_id: serenity::GuildId,
    threads: Vec<WireThread>,
}

impl From<WireThreadList> for Event {
    fn from(list: WireThreadList) -> Self {
        let threads = list.threads.iter().filter_map(WireThread::sighting).collect();
        Self::ThreadsListed { guild: list.guild_id.into(), threads }
    }
}

#[derive(Deserialize)]
pub(super) struct WireThreadMembers {
    id: serenity::ChannelId,
    #[serde(default)]
    added_members: Vec<WireThreadMember>,
    #[serde(default)]
    removed_member_ids: Vec<serenity::UserId>,
}

#[derive(Deserialize)]
pub(super) struct WireThreadMember {
    user_id: serenity::UserId,
}

impl From<WireThreadMembers> for Event {
    fn from(update: WireThreadMembers) -> Self {
        Self::ThreadMembersUpdated {
            thread: update.id.into(),
            added: update.added_members.iter().map(|member| member.user_id.into()).collect(),
            removed: update.removed_member_ids.into_iter().map(Into::into).collect(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct WireLeaver {
    guild_id: serenity::GuildId,
    user: WireId<serenity::UserId>,
}

impl From<WireLeaver> for Event {
    fn from(leaver: WireLeaver) -> Self {
        Self::MemberLeft { guild: leaver.guild_id.into(), user: leaver.user.id.into() }
    }
}
