//! Discord's permission computation, and the resulting visibility and rights to write.
//!
//! <https://discord.com/developers/docs/topics/permissions>

use super::World;
use super::channel::Channel;
use crate::http::error::ApiError;
use crate::permissions as perm;

impl World {
    /// Permissions in the guild as a whole.
    pub(crate) fn base_permissions(&self, guild_id: u64, user_id: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user_id) else {
            return 0;
        };
        if guild.owner_id == user_id {
            return perm::ALL;
        }
        let roles = member.roles.iter().chain([&guild_id]);
        let bits = roles.filter_map(|role| guild.roles.get(role)).fold(0, |bits, role| bits | role.permissions);
        if bits & perm::ADMINISTRATOR != 0 { perm::ALL } else { bits }
    }

    /// Permissions in a channel as Discord computes them: with overwrites, and only a time-out implicitly removes any.
    /// A thread uses its parent's.
    pub(crate) fn computed_permissions(&self, channel: &Channel, user_id: u64) -> u64 {
        let base = self.base_permissions(channel.guild_id, user_id);
        if base == perm::ALL {
            return base;
        }
        let Some(source) = self.channels.get(&channel.permission_source()) else {
            return 0;
        };
        let Some(member) = self.guilds[&channel.guild_id].members.get(&user_id) else {
            return 0;
        };
        let mut bits = base;
        let of = |id: u64| source.overwrites.iter().find(move |overwrite| overwrite.id == id);
        if let Some(everyone) = of(channel.guild_id) {
            bits = bits & !everyone.deny | everyone.allow;
        }
        let (allow, deny) = member
            .roles
            .iter()
            .filter_map(|role| of(*role))
            .fold((0, 0), |(allow, deny), overwrite| (allow | overwrite.allow, deny | overwrite.deny));
        bits = bits & !deny | allow;
        if let Some(own) = of(user_id) {
            bits = bits & !own.deny | own.allow;
        }
        // "Timed out members will temporarily lose all permissions except VIEW_CHANNEL and READ_MESSAGE_HISTORY."
        if member.timed_out_until_ms.is_some_and(|until| until > self.now_ms()) {
            bits &= perm::VIEW_CHANNEL | perm::READ_MESSAGE_HISTORY;
        }
        bits
    }

    /// A person's effective permissions: without `VIEW_CHANNEL` none, and without being able to send, none that depend
    /// on sending (Discord, implicit permissions).
    pub(crate) fn permissions_in(&self, channel_id: u64, user_id: u64) -> u64 {
        let Some(channel) = self.channels.get(&channel_id) else {
            return 0;
        };
        let bits = self.computed_permissions(channel, user_id);
        if bits & perm::VIEW_CHANNEL == 0 {
            return 0;
        }
        if bits & send_bit(channel) == 0 {
            return bits & !(perm::MENTION_EVERYONE | perm::SEND_TTS_MESSAGES | perm::ATTACH_FILES | perm::EMBED_LINKS);
        }
        bits
    }

    pub(crate) fn can(&self, user_id: u64, channel_id: u64, bits: u64) -> bool {
        self.permissions_in(channel_id, user_id) & bits == bits
    }

    /// Whether this person sees that channel or thread.
    pub(crate) fn sees(&self, user_id: u64, channel: &Channel) -> bool {
        let bits = self.computed_permissions(channel, user_id);
        if channel.deleted || bits & perm::VIEW_CHANNEL == 0 {
            return false;
        }
        // "You must be invited to the thread to be able to view or participate in it, or be a moderator."
        match &channel.thread {
            Some(thread) if channel.is_private_thread() => {
                bits & perm::MANAGE_THREADS != 0 || thread.members.contains_key(&user_id)
            }
            _ => true,
        }
    }

    /// A channel this user sees, or Discord's error.
    pub(crate) fn visible_channel(&self, user_id: u64, id: u64) -> Result<&Channel, ApiError> {
        let channel = self.channel(id)?;
        if self.sees(user_id, channel) { Ok(channel) } else { Err(ApiError::missing_access()) }
    }

    /// A channel this user sees and has these permissions in.
    pub(crate) fn permitted_channel(&self, user_id: u64, id: u64, bits: u64) -> Result<&Channel, ApiError> {
        let channel = self.visible_channel(user_id, id)?;
        if self.can(user_id, id, bits) { Ok(channel) } else { Err(ApiError::missing_permissions()) }
    }

    /// "These permissions require the owner account to use two-factor authentication when used on a guild that has
    /// server-wide 2FA enabled": `MANAGE_THREADS`, among others.
    pub(crate) fn check_two_factor(&self, by: u64, guild_id: u64) -> Result<(), ApiError> {
        let demanded = by == self.bot() && self.guilds[&guild_id].demands_two_factor && !self.app.two_factor;
        if demanded { Err(ApiError::two_factor_required()) } else { Ok(()) }
    }

    pub(crate) fn moderates(&self, user_id: u64, channel_id: u64) -> bool {
        self.can(user_id, channel_id, perm::MANAGE_THREADS)
    }
}

/// "The `SEND_MESSAGES` permission has no effect in threads" (Discord, threads topic).
pub(crate) fn send_bit(channel: &Channel) -> u64 {
    if channel.thread.is_some() { perm::SEND_MESSAGES_IN_THREADS } else { perm::SEND_MESSAGES }
}
