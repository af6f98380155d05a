//! Adds what new tickets begin without to a check: what the bot may not post, and files that are not there.

use std::collections::BTreeMap;

use crate::domain::checkup::{Checkup, Finding, Sight};
use crate::domain::first_message::needs;
use crate::domain::ids::ChannelId;
use crate::domain::permissions;
use crate::domain::staff::StaffMember;
use crate::storage::inboxes::Inbox;

/// `files`: the digests of the contents that the guild has.
pub(super) fn add(
    inboxes: &[(Inbox, Vec<StaffMember>)],
    channels: &BTreeMap<ChannelId, Sight>,
    files: &[String],
    found: &mut Checkup,
) {
    for ((_, findings), (inbox, _)) in found.inboxes.iter_mut().zip(inboxes) {
        let (parts, channel) = (&inbox.settings.message, inbox.settings.destination);
        if let Some(Sight::Seen { bot, .. }) = channels.get(&channel) {
            let permissions = permissions::missing(needs(&parts.embeds, &parts.files), *bot);
            findings.extend((!permissions.is_empty()).then_some(Finding::FirstLacks { channel, permissions }));
        }
        let gone = parts.files.iter().filter(|file| !files.contains(&file.digest)).count() as u64;
        findings.extend((gone > 0).then_some(Finding::FirstFilesGone(gone)));
        findings.sort_by_key(Finding::severity);
    }
}
