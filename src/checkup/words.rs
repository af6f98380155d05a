//! Renders findings as sentences, the worst first, as many as fit.

use crate::checkup::CheckMsg;
use crate::domain::checkup::{Checkup, Finding, Severity, StaffChannel, StaffChannelTrouble, Use};
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::permissions::Permission;
use crate::domain::text;
use crate::i18n::{self, InboxLink, InboxList, Locale, MentionList, PermissionList, ThreadLink, ThreadList};
use crate::storage::inboxes::Inbox;

/// The reader of the report.
#[derive(Clone, Copy, Debug)]
pub struct ReportFormat<'a> {
    pub reader: &'a Locale,
    /// Maximum characters, as [`text::length`] counts them.
    pub max_length: usize,
}

/// The report about a guild, one finding per line below its inbox; empty without findings.
pub fn report(format: ReportFormat<'_>, checkup: &Checkup, heading: impl Fn(InboxId) -> Option<CheckMsg>) -> String {
    let line = |finding: &Finding| with_mark(format.reader, finding) + "\n";
    let mut blocks = Vec::new();
    if !checkup.guild.is_empty() {
        blocks.push((None, checkup.guild.iter().map(line).collect::<Vec<_>>()));
    }
    // Notes about other inboxes must not push out one that does not work.
    let mut inboxes: Vec<_> = checkup.inboxes.iter().filter(|(_, findings)| !findings.is_empty()).collect();
    inboxes.sort_by_key(|(_, findings)| findings.iter().map(Finding::severity).min());
    blocks.extend(inboxes.into_iter().map(|(inbox, findings)| {
        let heading = heading(*inbox).map(|msg| i18n::render(format.reader, &msg) + "\n");
        (heading, findings.iter().map(line).collect())
    }));
    fit(format, &blocks)
}

/// As many lines as fit, and the number of omitted findings.
fn fit(format: ReportFormat<'_>, blocks: &[(Option<String>, Vec<String>)]) -> String {
    let mut text = String::new();
    let mut used = 0;
    let mut left = blocks.iter().map(|(_, lines)| lines.len() as u64).sum();
    'all: for (heading, lines) in blocks {
        // A heading alone says nothing.
        let mut before = heading.as_deref().unwrap_or_default();
        for line in lines {
            let length = text::length(before) + text::length(line);
            if used + length > format.max_length {
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
        text.push_str(&i18n::render(format.reader, &CheckMsg::More { left }));
    }
    text
}

/// An inbox by its number, with a link to its message if it has one.
pub fn heading(inbox: &Inbox) -> CheckMsg {
    let (id, guild, channel, destination) = (inbox.id, inbox.guild, inbox.channel(), inbox.settings.destination);
    let label = inbox.settings.panel.label.as_deref().map(|label| text::escape(&text::single_line(label)));
    match inbox.message().map(|message| InboxLink { guild, channel, message }) {
        Some(link) => match label {
            Some(label) => CheckMsg::InboxLineLabelled { inbox: id, label, link, destination },
            None => CheckMsg::InboxLine { inbox: id, link, destination },
        },
        None => CheckMsg::InboxLineDetached { inbox: id, channel, destination },
    }
}

/// A finding on its own line.
pub fn with_mark(reader: &Locale, finding: &Finding) -> String {
    let mark = match finding.severity() {
        Severity::Broken => "❌",
        Severity::Risk => "⚠️",
        Severity::Note => "ℹ️",
    };
    format!("{mark} {}", i18n::render(reader, &word(finding)))
}

/// A finding about a channel of cards or of a log.
fn word_staff_channel(channel: ChannelId, usage: StaffChannel, trouble: StaffChannelTrouble) -> CheckMsg {
    use StaffChannelTrouble as T;

    match (usage, trouble) {
        // Only lines of a log wait.
        (StaffChannel::Log | StaffChannel::Cards, T::Waiting(count)) => CheckMsg::LogWaiting { channel, count },
        (StaffChannel::Cards, T::Gone) => CheckMsg::CardsGone,
        (StaffChannel::Cards, T::Lacks(permission)) => {
            CheckMsg::CardsLacks { channel, permissions: PermissionList(vec![permission]) }
        }
        (StaffChannel::Cards, T::ReadByEveryone) => CheckMsg::CardsReadByEveryone { channel },
        (StaffChannel::Cards, T::ReadByOthers(readers)) => {
            CheckMsg::CardsReadByOthers { channel, readers: MentionList(readers) }
        }
        (StaffChannel::Log, T::Gone) => CheckMsg::LogGone,
        (StaffChannel::Log, T::Lacks(permission)) => {
            CheckMsg::LogLacks { channel, permissions: PermissionList(vec![permission]) }
        }
        (StaffChannel::Log, T::ReadByEveryone) => CheckMsg::LogReadByEveryone { channel },
        (StaffChannel::Log, T::ReadByOthers(readers)) => {
            CheckMsg::LogReadByOthers { channel, readers: MentionList(readers) }
        }
    }
}

fn word(finding: &Finding) -> CheckMsg {
    match finding.clone() {
        Finding::InteractionsEndpoint => CheckMsg::InteractionsEndpoint,
        Finding::CodeGrant => CheckMsg::CodeGrant,
        Finding::MembersIntentRefused => CheckMsg::MembersIntentRefused,
        Finding::MembersIntentOff => CheckMsg::MembersIntentOff,
        Finding::MessagesIntentOff => CheckMsg::MessagesIntentOff,
        Finding::ContentIntentOff => CheckMsg::ContentIntentOff,
        Finding::TimedOut => CheckMsg::TimedOut,
        Finding::NoTwoFactor => CheckMsg::NoTwoFactor,
        Finding::Administrator => CheckMsg::Administrator,
        Finding::Excess(permissions) => CheckMsg::Excess { permissions: PermissionList(permissions) },
        Finding::SharedChannel { channel, inboxes } => CheckMsg::SharedChannel { channel, inboxes: InboxList(inboxes) },
        Finding::Unasked(left) => CheckMsg::Unasked { left },
        Finding::TicketsHidden(hidden) => {
            let links = hidden.threads.into_iter().map(|thread| ThreadLink { guild: hidden.guild, thread });
            let threads: Vec<ThreadLink> = links.collect();
            CheckMsg::TicketsHidden { count: threads.len() as u64, threads: ThreadList(threads) }
        }
        Finding::InboxChannelGone => CheckMsg::InboxChannelGone,
        Finding::PanelGone { channel } => CheckMsg::PanelGone { channel },
        Finding::PanelForeign { channel } => CheckMsg::PanelForeign { channel },
        Finding::PanelUnreadable { channel } => CheckMsg::PanelUnreadable { channel },
        Finding::PanelStale { channel } => CheckMsg::PanelStale { channel },
        Finding::EmojiRefused => CheckMsg::EmojiRefused,
        Finding::Uncertain { channel } => CheckMsg::Uncertain { channel },
        Finding::DestinationGone => CheckMsg::InboxLineNoDestination,
        Finding::NoPrivateThreads { channel } => CheckMsg::NoPrivateThreads { channel },
        Finding::Lacks { channel, usage: Use::Inbox, permission } => match permission {
            Permission::ViewChannel => CheckMsg::InboxView { channel },
            Permission::SendMessages => CheckMsg::InboxSend { channel },
            Permission::EmbedLinks => CheckMsg::InboxEmbed { channel },
            _ => CheckMsg::InboxAttach { channel },
        },
        Finding::Lacks { channel, usage: Use::Tickets, permission } => match permission {
            Permission::ViewChannel => CheckMsg::TicketsView { channel },
            Permission::CreatePrivateThreads => CheckMsg::TicketsCreate { channel },
            Permission::SendMessagesInThreads => CheckMsg::TicketsSend { channel },
            _ => CheckMsg::TicketsManage { channel },
        },
        Finding::Lacks { channel, usage: Use::Form, .. } => CheckMsg::FilesAttach { channel },
        Finding::Lacks { channel, usage: Use::Export, permission } => {
            CheckMsg::ExportLacks { channel, permissions: PermissionList(vec![permission]) }
        }
        Finding::FirstLacks { channel, permissions } => {
            CheckMsg::FirstLacks { channel, permissions: PermissionList(permissions) }
        }
        Finding::FirstFilesGone(count) => CheckMsg::FirstFilesGone { count },
        Finding::Rule(trouble) => super::rules::word(trouble),
        Finding::StaffChannel { channel, usage, trouble } => word_staff_channel(channel, usage, trouble),
        Finding::NoStaff => CheckMsg::NoStaff,
        Finding::StaffAllGone => CheckMsg::StaffAllGone,
        Finding::RolesLarge(staff) => CheckMsg::RolesLarge { staff: MentionList(staff) },
        Finding::RolesGone(staff) => CheckMsg::RolesGone { staff: MentionList(staff) },
        Finding::MembersLeft(staff) => CheckMsg::MembersLeft { staff: MentionList(staff) },
        Finding::RolesNotMentionable { channel, roles } => {
            CheckMsg::RolesNotMentionable { channel, staff: MentionList(roles) }
        }
        Finding::RolesBlind { channel, roles } => CheckMsg::RolesBlind { channel, staff: MentionList(roles) },
    }
}
