//! What a check finds, and how severe it is.

use super::{RuleTrouble, StaffChannel, StaffChannelTrouble};
use crate::domain::ids::{ChannelId, GuildId, InboxId, ThreadId};
use crate::domain::permissions::{self, Permission};
use crate::domain::staff::StaffMember;

/// The severity of a finding, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something does not work.
    Broken,
    /// It works, but somebody is left out or may do more than intended.
    Risk,
    /// Good to know.
    Note,
}

/// Tickets that are not closed and whose threads the bot cannot see any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenTickets {
    pub guild: GuildId,
    /// `None`: their inbox was deleted.
    pub inbox: Option<InboxId>,
    pub threads: Vec<ThreadId>,
}

/// How an inbox uses a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    Inbox,
    Tickets,
    /// For the answers to its form, which are posted in the tickets.
    Form,
    /// For exports into its log: the log itself, or the channel of the tickets.
    Export,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// No click and no command reaches the bot.
    InteractionsEndpoint,
    /// Nobody can invite the bot.
    CodeGrant,
    /// The configuration requests the members intent, and the application may not have it.
    MembersIntentRefused,
    MembersIntentOff,
    MessagesIntentOff,
    /// Exports hold no texts of members.
    ContentIntentOff,

    /// The bot is timed out, and may only read.
    TimedOut,
    /// The server requires two-factor authentication for moderation, which the bot's owner lacks.
    NoTwoFactor,
    Administrator,
    /// Permissions that the bot does not need.
    Excess(Vec<Permission>),
    /// Inboxes with different staff send tickets to one channel: Manage Threads there opens all of them.
    SharedChannel {
        channel: ChannelId,
        inboxes: Vec<InboxId>,
    },
    /// Number of staff and messages that were not checked.
    Unasked(u64),
    /// The bot cannot see their threads any more: they take nobody's place, and what happens to them is not noticed.
    TicketsHidden(HiddenTickets),

    InboxChannelGone,
    PanelGone {
        channel: ChannelId,
    },
    /// Another application posted its message.
    PanelForeign {
        channel: ChannelId,
    },
    PanelUnreadable {
        channel: ChannelId,
    },
    /// Its message does not show the newest changes.
    PanelStale {
        channel: ChannelId,
    },
    /// It is shown without its emoji.
    EmojiRefused,
    /// Discord did not say what exists there.
    Uncertain {
        channel: ChannelId,
    },
    DestinationGone,
    NoPrivateThreads {
        channel: ChannelId,
    },
    Lacks {
        channel: ChannelId,
        usage: Use,
        permission: Permission,
    },
    NoStaff,
    /// All of its staff have left.
    StaffAllGone,
    RolesGone(Vec<StaffMember>),
    MembersLeft(Vec<StaffMember>),
    /// Their members are not added to tickets.
    RolesNotMentionable {
        channel: ChannelId,
        roles: Vec<StaffMember>,
    },
    /// So many members that Discord may add none of them to a ticket.
    RolesLarge(Vec<StaffMember>),
    /// They cannot view the channel of the tickets.
    RolesBlind {
        channel: ChannelId,
        roles: Vec<StaffMember>,
    },
    StaffChannel {
        channel: ChannelId,
        usage: StaffChannel,
        trouble: StaffChannelTrouble,
    },
    /// New tickets begin without embeds or files.
    FirstLacks {
        channel: ChannelId,
        permissions: Vec<Permission>,
    },
    /// So many files of the first message are not there.
    FirstFilesGone(u64),
    /// About the rules of opening.
    Rule(RuleTrouble),
}

impl Finding {
    pub fn severity(&self) -> Severity {
        match self {
            Self::Rule(trouble) => trouble.severity(),
            Self::Lacks { permission, .. } if permissions::OPTIONAL.contains(permission.as_set()) => Severity::Note,
            Self::InteractionsEndpoint
            | Self::CodeGrant
            | Self::MembersIntentRefused
            | Self::InboxChannelGone
            | Self::PanelGone { .. }
            | Self::PanelForeign { .. }
            | Self::TimedOut
            | Self::DestinationGone
            | Self::NoPrivateThreads { .. }
            | Self::Lacks { .. }
            | Self::StaffChannel { trouble: StaffChannelTrouble::Gone | StaffChannelTrouble::Lacks(_), .. }
            | Self::StaffAllGone => Severity::Broken,
            Self::Administrator
            | Self::NoTwoFactor
            | Self::SharedChannel { .. }
            | Self::RolesGone(_)
            | Self::MembersLeft(_)
            | Self::RolesNotMentionable { .. }
            | Self::RolesBlind { .. }
            | Self::RolesLarge(_)
            | Self::TicketsHidden(_)
            | Self::StaffChannel { .. }
            | Self::PanelStale { .. }
            | Self::EmojiRefused
            | Self::FirstLacks { .. }
            | Self::FirstFilesGone(_)
            | Self::Uncertain { .. } => Severity::Risk,
            Self::MembersIntentOff
            | Self::MessagesIntentOff
            | Self::ContentIntentOff
            | Self::Excess(_)
            | Self::Unasked(_)
            | Self::PanelUnreadable { .. }
            | Self::NoStaff => Severity::Note,
        }
    }
}
