//! What the bot may do in a guild's channels, asked of Discord: there is no cache. For the rare admin paths only.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{Channel, ChannelType, Http};

use super::convert;
use super::fault::{Fault, Refusal};
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
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
    pub async fn fetch(http: &Http, guild: GuildId, bot: UserId) -> Result<Self, Fault> {
        let (found, member) =
            tokio::try_join!(http.get_guild(guild.into()), http.get_member(guild.into(), bot.into()))?;
        let grants = |role: RoleId| {
            found.roles.get(&role.into()).map_or(Permissions::NONE, |role| Permissions::from(role.permissions))
        };
        let own_roles = found.roles.values().filter(|role| role.tags.bot_id == Some(bot.into()));
        let roles = member.roles.iter().copied().map(RoleId::from);
        Ok(Self {
            id: bot,
            guild,
            is_owner: UserId::from(found.owner_id) == bot,
            everyone: grants(guild.everyone()),
            roles: roles.map(|role| (role, grants(role))).collect(),
            own_roles: own_roles.map(|role| role.id.into()).collect(),
        })
    }

    /// What the bot may do in a channel, by Discord's rules.
    pub fn permissions_in(&self, channel: &ChannelFacts) -> Permissions {
        let holder = permissions::Holder {
            guild: self.guild,
            user: self.id,
            is_owner: self.is_owner,
            timed_out: false,
            everyone: self.everyone,
            roles: &self.roles,
        };
        permissions::effective(&holder, &channel.overwrites)
    }
}

impl ChannelFacts {
    pub async fn fetch(http: &Http, channel: ChannelId) -> Result<Self, Unseen> {
        match http.get_channel(channel.into()).await.map_err(Fault::from) {
            Ok(Channel::Guild(found)) => Ok(Self {
                id: channel,
                allows_private_threads: found.kind == ChannelType::Text,
                overwrites: convert::overwrites(&found),
                slowmode: Duration::from_secs(found.rate_limit_per_user.unwrap_or(0).into()),
            }),
            Ok(_) => Err(Unseen::Gone),
            Err(fault) => Err(match fault.refusal() {
                Some(Refusal::Unknown) => Unseen::Gone,
                Some(Refusal::MissingAccess) => Unseen::Hidden,
                _ => Unseen::Fault(fault),
            }),
        }
    }
}

/// Whether somebody is a member of a guild; yes, unless Discord says that they are not.
pub async fn has_member(http: &Http, guild: GuildId, user: UserId) -> bool {
    // 10007: Unknown Member.
    !matches!(http.get_member(guild.into(), user.into()).await.map_err(Fault::from), Err(Fault::Refused { code: 10007, .. }))
}
