//! What was found, in sentences of the catalog, the worst first, as many of them as there is room for.

use crate::domain::checkup::{Checkup, Finding, Severity, Use};
use crate::domain::ids::InboxId;
use crate::domain::permissions::Permission;
use crate::domain::text;
use crate::i18n::{self, InboxLink, InboxList, Locale, MentionList, Msg, PermissionList};
use crate::storage::inboxes::Inbox;

/// Who reads the report.
#[derive(Clone, Copy, Debug)]
pub struct Door<'a> {
    pub reader: &'a Locale,
    /// Characters that there is room for, as [`text::length`] counts them.
    pub room: usize,
}

/// The report about a guild, one finding a line below its inbox; empty when there is nothing to tell.
pub fn report(door: Door<'_>, checkup: &Checkup, heading: impl Fn(InboxId) -> Option<Msg>) -> String {
    let line = |finding: &Finding| with_mark(door.reader, finding) + "\n";
    let mut blocks = Vec::new();
    if !checkup.guild.is_empty() {
        blocks.push((None, checkup.guild.iter().map(line).collect::<Vec<_>>()));
    }
    // An inbox that does not work must not be cut off behind notes about others.
    let mut inboxes: Vec<_> = checkup.inboxes.iter().filter(|(_, findings)| !findings.is_empty()).collect();
    inboxes.sort_by_key(|(_, findings)| findings.iter().map(Finding::severity).min());
    blocks.extend(inboxes.into_iter().map(|(inbox, findings)| {
        let heading = heading(*inbox).map(|msg| i18n::render(door.reader, &msg) + "\n");
        (heading, findings.iter().map(line).collect())
    }));
    fit(door, &blocks)
}

/// As many lines as there is room for, and how many findings are left out.
fn fit(door: Door<'_>, blocks: &[(Option<String>, Vec<String>)]) -> String {
    let mut text = String::new();
    let mut used = 0;
    let mut left = blocks.iter().map(|(_, lines)| lines.len() as u64).sum();
    'all: for (heading, lines) in blocks {
        // A heading alone says nothing.
        let mut before = heading.as_deref().unwrap_or_default();
        for line in lines {
            let length = text::length(before) + text::length(line);
            if used + length > door.room {
                break 'all;
            }
            used += length;
            text.push_str(before);
            text.push_str(line);
            before = "";
            left -= 1;
        }
    }
    if left > 0 {
        text.push_str(&i18n::render(door.reader, &Msg::CheckMore { left }));
    }
    text
}

/// An inbox by its number, with a link to its message where there is one.
pub fn heading(inbox: &Inbox) -> Msg {
    let (id, guild, channel, destination) = (inbox.id, inbox.guild, inbox.channel(), inbox.settings.destination);
    match inbox.message() {
        Some(message) => Msg::InboxLine { inbox: id, link: InboxLink { guild, channel, message }, destination },
        None => Msg::InboxLineDetached { inbox: id, channel, destination },
    }
}

/// A finding as a line of its own.
pub fn with_mark(reader: &Locale, finding: &Finding) -> String {
    let mark = match finding.severity() {
        Severity::Broken => "❌",
        Severity::Risk => "⚠️",
        Severity::Note => "ℹ️",
    };
    format!("{mark} {}", i18n::render(reader, &word(finding)))
}

fn word(finding: &Finding) -> Msg {
    match finding.clone() {
        Finding::InteractionsEndpoint => Msg::CheckInteractionsEndpoint,
        Finding::CodeGrant => Msg::CheckCodeGrant,
        Finding::MembersIntentRefused => Msg::CheckMembersIntentRefused,
        Finding::MembersIntentOff => Msg::CheckMembersIntentOff,
        Finding::MessagesIntentOff => Msg::CheckMessagesIntentOff,
        Finding::TimedOut => Msg::CheckTimedOut,
        Finding::NoTwoFactor => Msg::CheckNoTwoFactor,
        Finding::Administrator => Msg::CheckAdministrator,
        Finding::Excess(permissions) => Msg::CheckExcess { permissions: PermissionList(permissions) },
        Finding::SharedChannel { channel, inboxes } => Msg::CheckSharedChannel { channel, inboxes: InboxList(inboxes) },
        Finding::Unasked(left) => Msg::CheckUnasked { left },
        Finding::InboxChannelGone => Msg::CheckInboxChannelGone,
        Finding::PanelGone { channel } => Msg::CheckPanelGone { channel },
        Finding::PanelForeign { channel } => Msg::CheckPanelForeign { channel },
        Finding::PanelUnreadable { channel } => Msg::CheckPanelUnreadable { channel },
        Finding::Uncertain { channel } => Msg::CheckUncertain { channel },
        Finding::DestinationGone => Msg::InboxLineNoDestination,
        Finding::NoPrivateThreads { channel } => Msg::CheckNoPrivateThreads { channel },
        Finding::Lacks { channel, usage: Use::Inbox, permission } => match permission {
            Permission::ViewChannel => Msg::CheckInboxView { channel },
            Permission::SendMessages => Msg::CheckInboxSend { channel },
            Permission::EmbedLinks => Msg::CheckInboxEmbed { channel },
            _ => Msg::CheckInboxAttach { channel },
        },
        Finding::Lacks { channel, usage: Use::Tickets, permission } => match permission {
            Permission::ViewChannel => Msg::CheckTicketsView { channel },
            Permission::CreatePrivateThreads => Msg::CheckTicketsCreate { channel },
            Permission::SendMessagesInThreads => Msg::CheckTicketsSend { channel },
            _ => Msg::CheckTicketsManage { channel },
        },
        Finding::NoStaff => Msg::CheckNoStaff,
        Finding::StaffAllGone => Msg::CheckStaffAllGone,
        Finding::RolesLarge(staff) => Msg::CheckRolesLarge { staff: MentionList(staff) },
        Finding::RolesGone(staff) => Msg::CheckRolesGone { staff: MentionList(staff) },
        Finding::MembersLeft(staff) => Msg::CheckMembersLeft { staff: MentionList(staff) },
        Finding::RolesNotMentionable { channel, roles } => {
            Msg::CheckRolesNotMentionable { channel, staff: MentionList(roles) }
        }
        Finding::RolesBlind { channel, roles } => Msg::CheckRolesBlind { channel, staff: MentionList(roles) },
    }
}
