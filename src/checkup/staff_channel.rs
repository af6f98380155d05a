//! Checks a channel of cards or of a log: what the bot lacks there, and who could read it.

use crate::discord::guild::{ChannelFacts, GuildView, Unseen};
use crate::discord::rest::Rest;
use crate::discord::rest_error::RestError;
use crate::domain::checkup::{Finding, StaffChannel, StaffChannelTrouble};
use crate::domain::ids::{ChannelId, GuildId, UserId};
use crate::domain::permissions::{self, Permission, Permissions};
use crate::domain::staff::StaffMember;

/// A channel for cards or a log.
#[derive(Clone, Copy, Debug)]
pub struct Posting<'a> {
    pub channel: ChannelId,
    pub usage: StaffChannel,
    /// What the bot needs there.
    pub needs: Permissions,
    /// The staff of the inboxes concerned: other readers are named.
    pub staff: &'a [StaffMember],
}

impl Posting<'_> {
    /// The findings, worst first. Three requests.
    pub async fn check(self, rest: &Rest, guild: GuildId, bot: UserId) -> Result<Vec<Finding>, RestError> {
        let (view, channel) = tokio::join!(GuildView::fetch(rest, guild, bot), ChannelFacts::fetch(rest, self.channel));
        match channel {
            Ok(channel) => Ok(self.judge(&view?, &channel)),
            Err(Unseen::Gone) => Ok(vec![self.found(StaffChannelTrouble::Gone)]),
            Err(Unseen::Hidden) => Ok(vec![self.found(StaffChannelTrouble::Lacks(Permission::ViewChannel))]),
            Err(Unseen::RestError(fault)) => Err(fault),
        }
    }

    /// The same for a channel that was read before.
    pub fn judge(self, view: &GuildView, channel: &ChannelFacts) -> Vec<Finding> {
        let missing = permissions::missing(self.needs, view.bot.granted_in(channel)).into_iter();
        let lacks = missing.map(StaffChannelTrouble::Lacks);
        lacks.chain(view.outsiders(channel, self.staff)).map(|trouble| self.found(trouble)).collect()
    }

    pub(super) fn found(self, trouble: StaffChannelTrouble) -> Finding {
        Finding::StaffChannel { channel: self.channel, usage: self.usage, trouble }
    }
}
