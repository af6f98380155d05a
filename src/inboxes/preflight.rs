//! What else stands against a new inbox than what the bot itself needs: staff who cannot see or hear of its tickets, and
//! members who cannot reach its panel or write in their tickets. Each line names channel, role and permission.

use super::{Admin, InboxMsg};
use crate::checkup::with_mark;
use crate::discord::guild::{ChannelFacts, GuildView};
use crate::domain::checkup::Finding;
use crate::domain::permissions::{self, Permissions};
use crate::domain::staff::StaffMember;
use crate::i18n::{self, PermissionList};

/// `panel`: the channel of a panel that is not posted yet. Nothing is refused: all of it can be intended.
pub(super) fn remarks(
    admin: &Admin<'_>,
    view: &GuildView,
    panel: Option<&ChannelFacts>,
    destination: &ChannelFacts,
    staff: &[StaffMember],
) -> Vec<String> {
    let channel = destination.id;
    let mut findings = Vec::new();
    if staff.is_empty() {
        findings.push(Finding::NoStaff);
    }
    let blind = without_access(view, destination, staff);
    if !blind.is_empty() {
        findings.push(Finding::RolesBlind { channel, roles: blind });
    }
    let unheard = not_mentionable(view, destination, staff);
    if !unheard.is_empty() {
        findings.push(Finding::RolesNotMentionable { channel, roles: unheard });
    }
    let mut lines: Vec<String> = findings.iter().map(|finding| with_mark(&admin.reader, finding)).collect();
    let say = |msg: InboxMsg| i18n::render(&admin.reader, &msg);
    if let Some(panel) = panel.filter(|panel| panel.id != channel) {
        let missing = permissions::missing(Permissions::VIEW_CHANNEL, view.everyone_in(panel));
        if !missing.is_empty() {
            lines.push(say(InboxMsg::MembersDoNotSeePanel { channel: panel.id, permissions: PermissionList(missing) }));
        }
    }
    let missing = permissions::missing(permissions::OWNER_NEEDS, view.everyone_in(destination));
    if !missing.is_empty() {
        lines.push(say(InboxMsg::MembersLackInTickets { channel, permissions: PermissionList(missing) }));
    }
    lines
}

/// The roles of the staff that cannot see a channel.
pub(super) fn without_access(view: &GuildView, channel: &ChannelFacts, staff: &[StaffMember]) -> Vec<StaffMember> {
    let blind = view.roles_without_access(channel);
    let is_blind = |member: &StaffMember| matches!(member, StaffMember::Role(role) if blind.contains(role));
    staff.iter().copied().filter(is_blind).collect()
}

/// The roles of the staff whose members a mention by the bot does not notify.
pub(super) fn not_mentionable(view: &GuildView, channel: &ChannelFacts, staff: &[StaffMember]) -> Vec<StaffMember> {
    if permissions::missing(Permissions::MENTION_EVERYONE, view.bot.granted_in(channel)).is_empty() {
        return Vec::new();
    }
    let is_deaf = |member: &StaffMember| {
        let StaffMember::Role(role) = member else { return false };
        view.roles.iter().any(|known| known.id == *role && !known.mentionable)
    };
    staff.iter().copied().filter(is_deaf).collect()
}
