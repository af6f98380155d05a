//! Checks the channels of logs: what the bot lacks there, who could read it, and whether lines wait.

use std::collections::BTreeMap;

use super::{Examiner, Posting, ServerFacts};
use crate::discord::guild::{ChannelFacts, GuildView};
use crate::domain::checkup::{Checkup, Finding, StaffChannel, StaffChannelTrouble, Use};
use crate::domain::ids::ChannelId;
use crate::domain::permissions::{self, Permissions};
use crate::domain::staff::StaffMember;
use crate::storage::inboxes::Inbox;

impl Examiner<'_> {
    /// Checks each log once: that of an inbox with the inbox, the common one with the guild.
    pub(super) async fn check_logs(
        &self,
        view: &GuildView,
        listed: &[ChannelFacts],
        inboxes: &[(Inbox, Vec<StaffMember>)],
        server: &ServerFacts,
        found: &mut Checkup,
    ) {
        let mut staff: BTreeMap<ChannelId, Vec<StaffMember>> = BTreeMap::new();
        for (inbox, members) in inboxes {
            for channel in inbox.settings.log.channel.into_iter().chain(server.log) {
                staff.entry(channel).or_default().extend(members);
            }
        }
        for (channel, staff) in staff {
            let posting =
                Posting { channel, usage: StaffChannel::Log, needs: StaffChannel::Log.needs(), staff: &staff };
            let mut findings = self.check_posting(view, listed, posting).await;
            let waiting = server.waiting.iter().find(|(of, _)| *of == channel);
            findings.extend(waiting.map(|(_, count)| posting.found(StaffChannelTrouble::Waiting(*count))));
            let owner = inboxes.iter().find(|(inbox, _)| inbox.settings.log.channel == Some(channel));
            let place = match owner.filter(|_| server.log != Some(channel)) {
                Some((inbox, _)) => found.inboxes.iter_mut().find(|(id, _)| *id == inbox.id).map(|(_, found)| found),
                None => None,
            };
            let place = place.unwrap_or(&mut found.guild);
            place.extend(findings);
            place.sort_by_key(Finding::severity);
        }
        for (inbox, _) in inboxes.iter().filter(|(inbox, _)| inbox.settings.log.attach_export) {
            if let Some((_, findings)) = found.inboxes.iter_mut().find(|(id, _)| *id == inbox.id) {
                findings.extend(check_export(view, listed, inbox));
                findings.sort_by_key(Finding::severity);
            }
        }
    }
}

/// What exports into the log of an inbox lack. What the log itself or the tickets need is found elsewhere.
fn check_export(view: &GuildView, listed: &[ChannelFacts], inbox: &Inbox) -> Vec<Finding> {
    let Some(log) = inbox.settings.log.channel else { return Vec::new() };
    let places = [(log, Permissions::ATTACH_FILES), (inbox.settings.destination, Permissions::READ_MESSAGE_HISTORY)];
    let lacks = places.into_iter().flat_map(|(channel, needs)| {
        let seen = listed.iter().find(|facts| facts.id == channel);
        let missing = seen.map(|facts| permissions::missing(needs, view.bot.granted_in(facts))).unwrap_or_default();
        missing.into_iter().map(move |permission| Finding::Lacks { channel, usage: Use::Export, permission })
    });
    lacks.collect()
}
