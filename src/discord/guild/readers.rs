//! Who can read a channel: passes a guild's roles and a channel's overwrites to the rule.

use super::{ChannelFacts, GuildView};
use crate::domain::checkup::{ChannelAccess, StaffChannelTrouble, outsiders, outsiders_in_threads};
use crate::domain::staff::StaffMember;

type Rule = fn(ChannelAccess<'_>, &[StaffMember]) -> Option<StaffChannelTrouble>;

impl GuildView {
    /// Who can read the channel and is not staff; `None`: nobody.
    pub fn outsiders(&self, channel: &ChannelFacts, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
        self.apply(outsiders, channel, staff)
    }

    /// The same of the private threads in it.
    pub fn outsiders_in_threads(&self, channel: &ChannelFacts, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
        self.apply(outsiders_in_threads, channel, staff)
    }

    fn apply(&self, rule: Rule, channel: &ChannelFacts, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
        let roles: Vec<_> = self.roles.iter().map(|role| (role.id, role.permissions)).collect();
        let access = ChannelAccess {
            guild: self.bot.guild,
            everyone: self.bot.everyone,
            roles: &roles,
            overwrites: &channel.overwrites,
            bot: self.bot.id,
            bot_roles: &self.bot.own_roles,
        };
        rule(access, staff)
    }
}
