//! The bot's permissions in a guild's channels, requested from Discord, never cached. For rare admin paths only.

mod readers;
mod sight;
mod wire;

pub use sight::{GuildSight, KEPT_FOR, Sights};

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::rest::{Rest, Route};
use super::rest_error::{Refusal, RestError};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::permissions::{self, Overwrite, Permissions};
use wire::{WireAuthored, WireChannel, WireGuild, WireMe, WireMember, WireRole};

/// The bot as a member of a guild.
#[derive(Clone, Debug)]
pub struct BotMember {
    pub id: UserId,
    guild: GuildId,
    is_owner: bool,
    everyone: Permissions,
    roles: Vec<(RoleId, Permissions)>,
    /// The role Discord made for the bot at its invitation.
    pub own_roles: Vec<RoleId>,
    timed_out_until: Option<Timestamp>,
}

/// A guild's roles and settings, and the bot as a member.
#[derive(Clone, Debug)]
pub struct GuildView {
    pub bot: BotMember,
    pub roles: Vec<Role>,
    /// Moderation requires two-factor authentication, for a bot its owner's (Discord: "Guild", MFA level).
    pub demands_two_factor: bool,
    /// The ids of the guild's own emoji.
    pub emoji: BTreeSet<u64>,
    pub role_names: BTreeMap<RoleId, String>,
    /// What other members may do.
    pub members: GuildRoles,
}

#[derive(Clone, Copy, Debug)]
pub struct Role {
    pub id: RoleId,
    pub mentionable: bool,
    permissions: Permissions,
}

/// The facts we need about a channel.
#[derive(Clone, Debug)]
pub struct ChannelFacts {
    pub id: ChannelId,
    /// Shown to people, never stored or logged.
    pub name: String,
    /// Private threads exist in ordinary text channels only (Discord: "Threads", Public & Private Threads).
    pub allows_private_threads: bool,
    /// An ordinary text channel, or one for announcements.
    pub takes_panels: bool,
    pub is_age_restricted: bool,
    pub overwrites: Vec<Overwrite>,
    pub slowmode: Duration,
}

/// Why a channel can't be inspected.
#[derive(Debug)]
pub enum Unseen {
    Gone,
    Hidden,
    RestError(RestError),
}

impl BotMember {
    pub async fn fetch(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Self, RestError> {
        GuildView::fetch(rest, guild, bot).await.map(|view| view.bot)
    }

    /// What the bot may do in a channel, by Discord's rules.
    pub fn permissions_in(&self, channel: &ChannelFacts) -> Permissions {
        permissions::effective(&self.holder(), &channel.overwrites)
    }

    /// The same, without requiring View Channel for the rest.
    pub fn granted_in(&self, channel: &ChannelFacts) -> Permissions {
        permissions::granted(&self.holder(), &channel.overwrites)
    }

    /// Until when the bot is timed out, if it is at `now`. Administrators cannot be timed out.
    pub fn timed_out_until(&self, now: Timestamp) -> Option<Timestamp> {
        let may_everything = permissions::granted(&self.holder(), &[]) == Permissions::ALL;
        self.timed_out_until.filter(|until| *until > now && !may_everything)
    }

    /// What its own roles grant everywhere, beyond `@everyone`.
    pub fn granted_by_roles(&self) -> Permissions {
        let granted = self.roles.iter().fold(Permissions::NONE, |sum, (_, granted)| sum | *granted);
        granted & !self.everyone
    }

    fn holder(&self) -> permissions::Holder<'_> {
        permissions::Holder {
            guild: self.guild,
            user: self.id,
            is_owner: self.is_owner,
            // A time-out passes: it is reported separately, not as missing permissions.
            timed_out: false,
            everyone: self.everyone,
            roles: &self.roles,
        }
    }
}

impl GuildView {
    /// Two concurrent requests: the guild with its roles, and the bot's membership.
    pub async fn fetch(rest: &Rest, guild: GuildId, bot: UserId) -> Result<Self, RestError> {
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
            timed_out_until: member.timed_out_until(),
        };
        let roles = found.roles.iter().map(|role| Role {
            id: role.id.into(),
            mentionable: role.mentionable,
            permissions: role.permissions.into(),
        });
        let roles = roles.collect();
        let emoji = found.emojis.iter().filter_map(|emoji| emoji["id"].as_str()?.parse().ok()).collect();
        let role_names = found.roles.iter().map(|role| (role.id.into(), role.name.clone())).collect();
        let (demands_two_factor, members) = (found.mfa_level == Some(1), GuildRoles::of(guild, &found));
        Ok(Self { bot, roles, demands_two_factor, emoji, role_names, members })
    }

    /// The roles whose members cannot see a channel without another role.
    pub fn roles_without_access(&self, channel: &ChannelFacts) -> BTreeSet<RoleId> {
        self.roles.iter().filter(|role| !self.lets_see(role, channel)).map(|role| role.id).collect()
    }

    fn lets_see(&self, role: &Role, channel: &ChannelFacts) -> bool {
        self.granted_in(&[(role.id, role.permissions)], channel).contains(Permissions::VIEW_CHANNEL)
    }

    /// What a member without any role may do in a channel, without requiring View Channel for the rest.
    pub fn everyone_in(&self, channel: &ChannelFacts) -> Permissions {
        self.granted_in(&[], channel)
    }

    fn granted_in(&self, roles: &[(RoleId, Permissions)], channel: &ChannelFacts) -> Permissions {
        let holder = permissions::Holder {
            guild: self.bot.guild,
            // No member has this id: only the roles' overwrites count.
            user: UserId::new(0),
            is_owner: false,
            timed_out: false,
            everyone: self.bot.everyone,
            roles,
        };
        permissions::granted(&holder, &channel.overwrites)
    }
}

/// A guild's roles, to work out what a member may do.
#[derive(Clone, Debug)]
pub struct GuildRoles {
    guild: GuildId,
    owner: UserId,
    granted: BTreeMap<RoleId, Permissions>,
    mentionable: BTreeSet<RoleId>,
}

impl GuildRoles {
    pub async fn fetch(rest: &Rest, guild: GuildId) -> Result<Self, RestError> {
        let found: WireGuild = rest.get(Route::Guild(guild)).fetch().await?;
        Ok(Self::of(guild, &found))
    }

    fn of(guild: GuildId, found: &WireGuild) -> Self {
        let granted = found.roles.iter().map(|role| (role.id.into(), role.permissions.into())).collect();
        let mentionable = found.roles.iter().filter(|role| role.mentionable).map(|role| role.id.into()).collect();
        Self { guild, owner: found.owner_id.into(), granted, mentionable }
    }

    /// Whether everybody may mention a role; `None`: there is no such role.
    pub fn is_mentionable(&self, role: RoleId) -> Option<bool> {
        self.granted.contains_key(&role).then(|| self.mentionable.contains(&role))
    }

    /// What a member with these roles may do in a channel, by Discord's rules.
    pub fn permissions_in(&self, channel: &ChannelFacts, user: UserId, roles: &[RoleId]) -> Permissions {
        self.with(user, roles, |holder| permissions::effective(holder, &channel.overwrites))
    }

    /// What a member with these roles may do in the whole guild.
    pub fn granted(&self, user: UserId, roles: &[RoleId]) -> Permissions {
        self.with(user, roles, |holder| permissions::granted(holder, &[]))
    }

    pub(super) fn with<T>(&self, user: UserId, roles: &[RoleId], ask: impl FnOnce(&permissions::Holder<'_>) -> T) -> T {
        let granted = |role: RoleId| self.granted.get(&role).copied().unwrap_or(Permissions::NONE);
        let roles: Vec<_> = roles.iter().map(|role| (*role, granted(*role))).collect();
        let holder = permissions::Holder {
            guild: self.guild,
            user,
            is_owner: self.owner == user,
            timed_out: false,
            everyone: granted(self.guild.everyone()),
            roles: &roles,
        };
        ask(&holder)
    }
}

impl ChannelFacts {
    pub async fn fetch(rest: &Rest, channel: ChannelId) -> Result<Self, Unseen> {
        match rest.get(Route::Channel(channel)).fetch::<WireChannel>().await {
            Ok(found) if is_obfuscated(&found.flags) => Err(Unseen::Hidden),
            Ok(found) => Ok(found.into()),
            Err(fault) => Err(match fault.refusal() {
                Some(Refusal::Unknown) => Unseen::Gone,
                Some(Refusal::MissingAccess) => Unseen::Hidden,
                _ => Unseen::RestError(fault),
            }),
        }
    }
}

/// Whether the bot is in a guild; false only if Discord says so.
pub async fn exists(rest: &Rest, guild: GuildId) -> Result<bool, RestError> {
    match rest.get(Route::Guild(guild)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::Unknown | Refusal::MissingAccess)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether a channel is gone; only if Discord says so.
pub async fn channel_is_gone(rest: &Rest, channel: ChannelId) -> Result<bool, RestError> {
    match ChannelFacts::fetch(rest, channel).await {
        Ok(_) | Err(Unseen::Hidden) => Ok(false),
        Err(Unseen::Gone) => Ok(true),
        Err(Unseen::RestError(fault)) => Err(fault),
    }
}

/// A message's author; `None` only if Discord says that it is gone. The bot needs Read Message History (Discord: "Get
/// Channel Message").
pub async fn author_of(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<Option<UserId>, RestError> {
    match rest.get(Route::Message(channel, message)).fetch::<WireAuthored>().await {
        Ok(found) => Ok(Some(found.author.id.into())),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMessage) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether the bot counts as having two-factor authentication, which its owner must have (Discord: "User",
/// `mfa_enabled`); `None` if Discord omits it.
pub async fn has_two_factor(rest: &Rest) -> Result<Option<bool>, RestError> {
    Ok(rest.get(Route::Me).fetch::<WireMe>().await?.mfa_enabled)
}

/// Whether a role is gone; only if Discord says so.
pub async fn role_is_gone(rest: &Rest, guild: GuildId, role: RoleId) -> Result<bool, RestError> {
    match rest.get(Route::GuildRole(guild, role)).send().await {
        Ok(()) => Ok(false),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownRole) => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// Whether a user is a member of a guild; false only if Discord says so.
pub async fn has_member(rest: &Rest, guild: GuildId, user: UserId) -> Result<bool, RestError> {
    match rest.get(Route::GuildMember(guild, user)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// The roles of a guild.
pub async fn roles(rest: &Rest, guild: GuildId) -> Result<Vec<RoleId>, RestError> {
    let found: WireGuild = rest.get(Route::Guild(guild)).fetch().await?;
    Ok(found.roles.iter().map(|role| role.id.into()).collect())
}

/// Each role's number of members (Discord: "Guild", role member counts). Unreadable entries are left out.
pub async fn role_sizes(rest: &Rest, guild: GuildId) -> Result<BTreeMap<RoleId, u64>, RestError> {
    let found: BTreeMap<String, Value> = rest.get(Route::RoleSizes(guild)).fetch().await?;
    let known = found.iter().filter_map(|(role, size)| Some((RoleId::new(role.parse().ok()?), size.as_u64()?)));
    Ok(known.collect())
}

/// A guild's channels that the bot can view. Others are left out, and so are unreadable ones: a missing channel may
/// exist.
pub async fn channels(rest: &Rest, guild: GuildId) -> Result<Vec<ChannelFacts>, RestError> {
    let found: Vec<Value> = rest.get(Route::GuildChannels(guild)).fetch().await?;
    let known = found.into_iter().filter_map(|channel| WireChannel::deserialize(channel).ok());
    Ok(known.filter(|channel| !is_obfuscated(&channel.flags)).map(ChannelFacts::from).collect())
}

/// Whether only the id, type and position of a channel with these flags are true (Discord: "Channel", obfuscated
/// channels).
pub(super) fn is_obfuscated(flags: &Value) -> bool {
    flags.as_u64().is_some_and(|flags| flags & OBFUSCATED != 0)
}

/// `CHANNEL_OBFUSCATED` (Discord: "Channel", channel flags).
const OBFUSCATED: u64 = 1 << 17;
