//! Who can read a channel: passes a guild's roles and a channel's overwrites to the rule.

use super::{ChannelFacts, GuildView};
use crate::domain::checkup::{ChannelAccess, StaffChannelTrouble, outsiders};
use crate::domain::staff::StaffMember;

impl GuildView {
    /// Who can read the channel and is not staff; `None`: nobody.
    pub fn outsiders(&self, channel: &ChannelFacts, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
        let roles: Vec<_> = self.roles.iter().map(|role| (role.id, role.permissions)).collect();
        let access = ChannelAccess {
            guild: self.bot.guild,
            everyone: self.bot.everyone,
            roles: &roles,
            overwrites: &channel.overwrites,
            bot: self.bot.id,
            bot_roles: &self.bot.own_roles,
        };
        outsiders(access, staff)
    }
}
