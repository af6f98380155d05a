//! Checks the channels of logs: what the bot lacks there, who could read it, and whether lines wait.

use std::collections::BTreeMap;

use super::{Examiner, Posting};
use crate::discord::guild::{ChannelFacts, GuildView};
use crate::domain::checkup::{Checkup, Finding, StaffChannel, StaffChannelTrouble};
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::staff::StaffMember;
use crate::storage::inboxes::Inbox;
use crate::storage::{self, Database, journal};

/// What is stored about the logs of a guild, beside the settings of its inboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFacts {
    /// The channel of the log for all inboxes.
    pub common: Option<ChannelId>,
    /// The channels in which the bot was refused, and how many lines wait there.
    pub waiting: Vec<(ChannelId, u64)>,
}

impl LogFacts {
    pub async fn load(db: &Database, guild: GuildId) -> storage::Result<Self> {
        Ok(Self { common: journal::common_log(db, guild).await?, waiting: journal::list_waiting(db, guild).await? })
    }
}

impl Examiner<'_> {
    /// Checks each log once: that of an inbox with the inbox, the common one with the guild.
    pub(super) async fn check_logs(
        &self,
        view: &GuildView,
        listed: &[ChannelFacts],
        inboxes: &[(Inbox, Vec<StaffMember>)],
        logs: &LogFacts,
        found: &mut Checkup,
    ) {
        let mut staff: BTreeMap<ChannelId, Vec<StaffMember>> = BTreeMap::new();
        for (inbox, members) in inboxes {
            for channel in inbox.settings.log.channel.into_iter().chain(logs.common) {
                staff.entry(channel).or_default().extend(members);
            }
        }
        for (channel, staff) in staff {
            let posting =
                Posting { channel, usage: StaffChannel::Log, needs: StaffChannel::Log.needs(), staff: &staff };
            let mut findings = self.check_posting(view, listed, posting).await;
            let waiting = logs.waiting.iter().find(|(of, _)| *of == channel);
            findings.extend(waiting.map(|(_, count)| posting.found(StaffChannelTrouble::Waiting(*count))));
            let owner = inboxes.iter().find(|(inbox, _)| inbox.settings.log.channel == Some(channel));
            let place = match owner.filter(|_| logs.common != Some(channel)) {
                Some((inbox, _)) => found.inboxes.iter_mut().find(|(id, _)| *id == inbox.id).map(|(_, found)| found),
                None => None,
            };
            let place = place.unwrap_or(&mut found.guild);
            place.extend(findings);
            place.sort_by_key(Finding::severity);
        }
    }
}
