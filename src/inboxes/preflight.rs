//! What else stands against an inbox and its channel than what the bot needs for every one: staff who cannot see or hear
//! of its tickets, members who cannot reach its panel or write in their tickets, what its settings need, and who else
//! could read the tickets. Each line names channel, role and permission.

use super::{Admin, EntryMsg, FirstMsg, InboxMsg, SettingsMsg};
use crate::checkup::with_mark;
use crate::discord::guild::{ChannelFacts, GuildView};
use crate::domain::checkup::{Finding, StaffChannelTrouble, form_needs};
use crate::domain::first_message;
use crate::domain::permissions::{self, EXPORT_NEEDS, Permissions};
use crate::domain::settings::{InboxSettings, MentionStaff};
use crate::domain::staff::StaffMember;
use crate::i18n::{self, MentionList, PermissionList};

/// `panel`: the channel of a panel that is not posted yet. Nothing is refused: all of it can be intended.
pub(super) fn remarks(
    admin: &Admin<'_>,
    view: &GuildView,
    panel: Option<&ChannelFacts>,
    destination: &ChannelFacts,
    settings: &InboxSettings,
    staff: &[StaffMember],
) -> Vec<String> {
    let channel = destination.id;
    let mut findings = Vec::new();
    if staff.is_empty() {
        findings.push(Finding::NoStaff);
    }
    findings.extend(left_out(view, destination, settings, staff));
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
    lines.extend(follows(admin, view, destination, settings, staff));
    lines
}

/// The staff who cannot see the tickets, or are not notified of them.
pub(super) fn left_out(
    view: &GuildView,
    channel: &ChannelFacts,
    settings: &InboxSettings,
    staff: &[StaffMember],
) -> Vec<Finding> {
    let (blind, unheard) = (without_access(view, channel, staff), not_mentionable(view, channel, staff));
    let channel = channel.id;
    let blind = (!blind.is_empty()).then_some(Finding::RolesBlind { channel, roles: blind });
    let is_mentioned = settings.beginning.mention_staff != MentionStaff::No;
    let unheard =
        (!unheard.is_empty() && is_mentioned).then_some(Finding::RolesNotMentionable { channel, roles: unheard });
    blind.into_iter().chain(unheard).collect()
}

/// What settings need in the channel of the tickets, and who else could read the tickets there.
pub(super) fn follows(
    admin: &Admin<'_>,
    view: &GuildView,
    channel: &ChannelFacts,
    settings: &InboxSettings,
    staff: &[StaffMember],
) -> Vec<String> {
    let each = [Need::FirstMessage, Need::Form, Need::Export, Need::Deletion];
    let needs = each.into_iter().filter_map(|need| need.check(admin, view, channel, settings));
    needs.chain(readers(admin, view, channel, staff)).collect()
}

/// A part of an inbox that needs more in the channel of the tickets than every inbox.
#[derive(Debug, Clone, Copy)]
pub(super) enum Need {
    FirstMessage,
    Form,
    Export,
    Deletion,
}

impl Need {
    pub(super) fn permissions(self, settings: &InboxSettings) -> Permissions {
        match self {
            Self::FirstMessage => first_message::needs(&settings.message.embeds, &settings.message.files),
            Self::Form => form_needs(&settings.form.questions),
            Self::Export if settings.log.attach_export && settings.log.channel.is_some() => EXPORT_NEEDS,
            Self::Deletion if settings.closing.delete_days > 0 => Permissions::MANAGE_THREADS,
            Self::Export | Self::Deletion => Permissions::NONE,
        }
    }

    /// What the bot lacks for it.
    pub(super) fn check(
        self,
        admin: &Admin<'_>,
        view: &GuildView,
        channel: &ChannelFacts,
        settings: &InboxSettings,
    ) -> Option<String> {
        let missing = permissions::missing(self.permissions(settings), view.bot.permissions_in(channel));
        if missing.is_empty() {
            return None;
        }
        let (channel, permissions, reader) = (channel.id, PermissionList(missing), &admin.reader);
        Some(match self {
            Self::FirstMessage => format!("⚠️ {}", i18n::render(reader, &FirstMsg::Lacks { channel, permissions })),
            Self::Form => i18n::render(reader, &EntryMsg::FilesLack { channel, permissions }),
            Self::Export => i18n::render(reader, &SettingsMsg::ExportLacks { channel, permissions }),
            Self::Deletion => i18n::render(reader, &SettingsMsg::DeleteLacks { channel, permissions }),
        })
    }
}

/// Who can read all tickets in a channel and is not staff.
fn readers(admin: &Admin<'_>, view: &GuildView, channel: &ChannelFacts, staff: &[StaffMember]) -> Option<String> {
    let msg = match view.outsiders_in_threads(channel, staff)? {
        StaffChannelTrouble::ReadByOthers(readers) => {
            SettingsMsg::TicketsReadByOthers { channel: channel.id, readers: MentionList(readers) }
        }
        _ => SettingsMsg::TicketsReadByEveryone { channel: channel.id },
    };
    Some(i18n::render(&admin.reader, &msg))
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
