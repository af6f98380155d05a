//! What the bot may do in a guild's channels, asked of Discord: there is no cache. For the rare admin paths only.

use std::collections::BTreeSet;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::{ChannelType, PermissionOverwrite};

use super::convert;
use super::fault::{Fault, Refusal};
use super::rest::{Rest, Route};
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::permissions::{self, Overwrite, Permissions};

/// The bot as a member of a guild.
#[derive(Clone, Debug)]
pub struct BotMember {
    pub id: UserId,
    guild: GuildId,
    is_owner: bool,
    everyone: Permissions,
    roles: Vec<(RoleId, Permissions)>,
    /// The role Discord made for the bot when it was invited.
    pub own_roles: Vec<RoleId>,
}

/// A guild as its roles are concerned, and the bot in it.
#[derive(Clone, Debug)]
pub struct GuildView {
    pub bot: BotMember,
    pub roles: Vec<Role>,
}

#[derive(Clone, Copy, Debug)]
pub struct Role {
    pub id: RoleId,
    pub mentionable: bool,
    permissions: Permissions,
}

/// What we need to know of a channel.
#[derive(Clone, Debug)]
pub struct ChannelFacts {
    pub id: ChannelId,
    /// Private threads exist in ordinary text channels only (Discord: "Threads", Public & Private Threads).
    pub allows_private_threads: bool,
    pub overwrites: Vec<Overwrite>,
    pub slowmode: Duration,
}

/// Why a channel can't be looked at.
#[derive(Debug)]
pub enum Unseen {
    Gone,
    Hidden,
    Fault(Fault),
}

impl BotMember {
    pub async fn fetch(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Self, Fault> {
        GuildView::fetch(rest, guild, bot).await.map(|view| view.bot)
    }

    /// What the bot may do in a channel, by Discord's rules.
    pub fn permissions_in(&self, channel: &ChannelFacts) -> Permissions {
        permissions::effective(&self.holder(), &channel.overwrites)
    }

    /// The same as if View Channel were not needed for the rest.
    pub fn granted_in(&self, channel: &ChannelFacts) -> Permissions {
        permissions::granted(&self.holder(), &channel.overwrites)
    }

    /// What its own roles grant it everywhere, beyond what everybody has.
    pub fn granted_by_roles(&self) -> Permissions {
        let granted = self.roles.iter().fold(Permissions::NONE, |sum, (_, granted)| sum | *granted);
        granted & !self.everyone
    }

    fn holder(&self) -> permissions::Holder<'_> {
        permissions::Holder {
            guild: self.guild,
            user: self.id,
            is_owner: self.is_owner,
            timed_out: false,
            everyone: self.everyone,
            roles: &self.roles,
        }
    }
}

impl GuildView {
    /// Two requests at once: the guild with its roles, and the bot as a member of it.
    pub async fn fetch(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Self, Fault> {
        let (found, member) = tokio::try_join!(
            rest.get(Route::Guild(guild)).fetch::<WireGuild>(),
            rest.get(Route::GuildMember(guild, bot)).fetch::<WireMember>(),
        )?;
        let grants = |role: RoleId| {
            let role = found.roles.iter().find(|known| RoleId::from(known.id) == role);
            role.map_or(Permissions::NONE, |role| role.permissions.into())
        };
        let is_own =
            |role: &&WireRole| role.tags.as_ref().is_some_and(|tags| tags.bot_id.map(UserId::from) == Some(bot));
        let roles = member.roles.iter().copied().map(RoleId::from);
        let bot = BotMember {
            id: bot,
            guild,
            is_owner: UserId::from(found.owner_id) == bot,
            everyone: grants(guild.everyone()),
            roles: roles.map(|role| (role, grants(role))).collect(),
            own_roles: found.roles.iter().filter(is_own).map(|role| role.id.into()).collect(),
        };
        let roles = found.roles.iter().map(|role| Role {
            id: role.id.into(),
            mentionable: role.mentionable,
            permissions: role.permissions.into(),
        });
        Ok(Self { bot, roles: roles.collect() })
    }

    /// The roles that do not let those who have no other one see a channel.
    pub fn blind_roles(&self, channel: &ChannelFacts) -> BTreeSet<RoleId> {
        self.roles.iter().filter(|role| !self.lets_see(role, channel)).map(|role| role.id).collect()
    }

    fn lets_see(&self, role: &Role, channel: &ChannelFacts) -> bool {
        let holder = permissions::Holder {
            guild: self.bot.guild,
            // No member has this id: only the role's own overwrites count.
            user: UserId::new(0),
            is_owner: false,
            timed_out: false,
            everyone: self.bot.everyone,
            roles: &[(role.id, role.permissions)],
        };
        permissions::effective(&holder, &channel.overwrites).contains(Permissions::VIEW_CHANNEL)
    }
}

impl ChannelFacts {
    pub async fn fetch(rest: &Rest, channel: ChannelId) -> Result<Self, Unseen> {
        match rest.get(Route::Channel(channel)).fetch::<WireChannel>().await {
            Ok(found) => Ok(found.into()),
            Err(fault) => Err(match fault.refusal() {
                Some(Refusal::Unknown) => Unseen::Gone,
                Some(Refusal::MissingAccess) => Unseen::Hidden,
                _ => Unseen::Fault(fault),
            }),
        }
    }
}

/// Whether the bot is in a guild; no, only when Discord says so.
pub async fn exists(rest: &Rest, guild: GuildId) -> Result<bool, Fault> {
    match rest.get(Route::Guild(guild)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::Unknown | Refusal::MissingAccess)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether a channel is gone; only when Discord says so.
pub async fn channel_is_gone(rest: &Rest, channel: ChannelId) -> Result<bool, Fault> {
    match ChannelFacts::fetch(rest, channel).await {
        Ok(_) | Err(Unseen::Hidden) => Ok(false),
        Err(Unseen::Gone) => Ok(true),
        Err(Unseen::Fault(fault)) => Err(fault),
    }
}

/// Whether a message is gone; only when Discord says so. To ask, the bot must be allowed to read the channel's history
/// (Discord: "Get Channel Message").
pub async fn message_is_gone(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<bool, Fault> {
    match rest.get(Route::Message(channel, message)).send().await {
        Ok(()) => Ok(false),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMessage) => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// Whether a role is gone; only when Discord says so.
pub async fn role_is_gone(rest: &Rest, guild: GuildId, role: RoleId) -> Result<bool, Fault> {
    match rest.get(Route::GuildRole(guild, role)).send().await {
        Ok(()) => Ok(false),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownRole) => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// Whether somebody is a member of a guild; yes, unless Discord says that they are not.
pub async fn has_member(rest: &Rest, guild: GuildId, user: UserId) -> Result<bool, Fault> {
    match rest.get(Route::GuildMember(guild, user)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// The name that a guild shows for a member; `None` when they are not one. Not to be stored or logged.
pub async fn display_name(rest: &Rest, guild: GuildId, user: UserId) -> Result<Option<String>, Fault> {
    match rest.get(Route::GuildMember(guild, user)).fetch::<WireNamed>().await {
        Ok(member) => Ok(Some(member.nick.or(member.user.global_name).unwrap_or(member.user.username))),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The roles of a guild.
pub async fn roles(rest: &Rest, guild: GuildId) -> Result<Vec<RoleId>, Fault> {
    let found: WireGuild = rest.get(Route::Guild(guild)).fetch().await?;
    Ok(found.roles.iter().map(|role| role.id.into()).collect())
}

/// The channels of a guild, hidden ones included.
pub async fn channels(rest: &Rest, guild: GuildId) -> Result<Vec<ChannelFacts>, Fault> {
    let found: Vec<WireChannel> = rest.get(Route::GuildChannels(guild)).fetch().await?;
    Ok(found.into_iter().map(ChannelFacts::from).collect())
}

/// What we read of a guild (Discord: "Guild").
#[derive(Debug, Deserialize)]
struct WireGuild {
    owner_id: serenity::UserId,
    roles: Vec<WireRole>,
}

#[derive(Debug, Deserialize)]
struct WireRole {
    id: serenity::RoleId,
    permissions: serenity::Permissions,
    #[serde(default)]
    mentionable: bool,
    tags: Option<WireTags>,
}

#[derive(Debug, Deserialize)]
struct WireTags {
    bot_id: Option<serenity::UserId>,
}

#[derive(Debug, Deserialize)]
struct WireMember {
    roles: Vec<serenity::RoleId>,
}

/// What a member is called (Discord: "Guild", guild member object).
#[derive(Deserialize)]
struct WireNamed {
    nick: Option<String>,
    user: WireName,
}

#[derive(Deserialize)]
struct WireName {
    global_name: Option<String>,
    username: String,
}

/// What we read of a channel (Discord: "Channel").
#[derive(Debug, Deserialize)]
struct WireChannel {
    id: serenity::ChannelId,
    #[serde(rename = "type")]
    kind: ChannelType,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
    rate_limit_per_user: Option<u64>,
}

impl From<WireChannel> for ChannelFacts {
    fn from(found: WireChannel) -> Self {
        Self {
            id: found.id.into(),
            allows_private_threads: found.kind == ChannelType::Text,
            overwrites: convert::overwrites(&found.permission_overwrites),
            slowmode: Duration::from_secs(found.rate_limit_per_user.unwrap_or(0)),
        }
    }
}
