//! The public lines that say in a ticket what somebody did to it: one line a change. `steps::line` posts them.

use serde::{Deserialize, Serialize};

use super::TicketMsg;
use super::people::PeopleMsg;
use super::reply::ReplyMsg;
use super::ways::WaysMsg;
use crate::domain::happening::Happening;
use crate::domain::ids::{InboxId, RoleId, TicketId, UserId};
use crate::domain::staff::StaffMember;
use crate::i18n::{Mention, MentionList, Msg};
use crate::storage::lifecycle::Record;

/// A line, stored in its step: ids and names of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(super) enum Line {
    Claimed {
        by: UserId,
    },
    TookOver {
        by: UserId,
        from: UserId,
    },
    Released {
        by: UserId,
        from: UserId,
    },
    /// The claimer is no longer staff.
    ClaimEnded {
        from: UserId,
    },
    Assigned {
        by: UserId,
        to: UserId,
        from: Option<UserId>,
    },
    Added {
        by: UserId,
        who: UserId,
    },
    AddedRole {
        by: UserId,
        role: RoleId,
    },
    Removed {
        by: UserId,
        who: UserId,
    },
    Renamed {
        by: UserId,
    },
    /// `removes`: the former owner is removed from the thread.
    Transferred {
        by: UserId,
        from: UserId,
        to: UserId,
        removes: bool,
    },
    /// To this inbox of the same channel. Mentions its staff.
    Moved {
        by: UserId,
        inbox: InboxId,
    },
    /// A reply that was sent could not be posted.
    ReplyNotPosted {
        by: UserId,
    },
    /// A closing that was announced, or asked for, could not be posted.
    NotAnnounced {
        by: UserId,
    },
    /// Somebody of the staff has opened the ticket for its owner.
    OpenedFor {
        by: UserId,
        owner: UserId,
    },
    /// The ticket goes on here for that one. Repeats what that one began with.
    MovedHere {
        from: TicketId,
    },
}

impl Line {
    /// The sentence; `None`: it needs more facts.
    pub(super) fn text(self) -> Option<Msg> {
        Some(match self {
            Self::Claimed { by } => TicketMsg::LineClaimed { by: Mention(by) }.into(),
            Self::TookOver { by, from } => TicketMsg::LineTookOver { by: Mention(by), from: Mention(from) }.into(),
            Self::Released { by, from } if by == from => TicketMsg::LineReleased { by: Mention(by) }.into(),
            Self::Released { by, from } => TicketMsg::LineReleasedOf { by: Mention(by), from: Mention(from) }.into(),
            Self::ClaimEnded { from } => PeopleMsg::LineClaimEnded { from: Mention(from) }.into(),
            Self::Assigned { by, to, from: None } => {
                PeopleMsg::LineAssigned { by: Mention(by), to: Mention(to) }.into()
            }
            Self::Assigned { by, to, from: Some(from) } => {
                PeopleMsg::LineAssignedOver { by: Mention(by), to: Mention(to), from: Mention(from) }.into()
            }
            Self::Added { by, who } => PeopleMsg::LineAdded { by: Mention(by), who: Mention(who) }.into(),
            Self::AddedRole { by, role } => {
                PeopleMsg::LineAddedRole { by: Mention(by), role: MentionList(vec![StaffMember::Role(role)]) }.into()
            }
            Self::Removed { by, who } if by == who => PeopleMsg::LineLeft { by: Mention(by) }.into(),
            Self::Removed { by, who } => PeopleMsg::LineRemoved { by: Mention(by), who: Mention(who) }.into(),
            Self::Renamed { by } => PeopleMsg::LineRenamed { by: Mention(by) }.into(),
            Self::Transferred { by, from, to, removes: false } => {
                PeopleMsg::LineTransferred { by: Mention(by), from: Mention(from), to: Mention(to) }.into()
            }
            Self::Transferred { by, from, to, removes: true } => {
                PeopleMsg::LineTransferredAway { by: Mention(by), from: Mention(from), to: Mention(to) }.into()
            }
            Self::ReplyNotPosted { by } => ReplyMsg::LineNotPosted { by: Mention(by) }.into(),
            Self::NotAnnounced { by } => TicketMsg::LineNotAnnounced { by: Mention(by) }.into(),
            Self::OpenedFor { by, owner } => WaysMsg::LineOpenedFor { by: Mention(by), owner: Mention(owner) }.into(),
            Self::Moved { .. } | Self::MovedHere { .. } => return None,
        })
    }

    /// What is logged of it. `record` is the ticket before.
    pub(super) fn happening(self, record: &Record) -> Option<Happening> {
        Some(match self {
            Self::Claimed { by } => Happening::Claimed { by, from: None },
            Self::TookOver { by, from } => Happening::Claimed { by, from: Some(from) },
            Self::Released { by, from } => Happening::Released { by: Some(by), from },
            Self::ClaimEnded { from } => Happening::Released { by: None, from },
            Self::Assigned { by, to, from } => Happening::Assigned { by, to, from },
            Self::Added { by, who } => Happening::Added { by, who: vec![who] },
            Self::AddedRole { by, role } => Happening::AddedRole { by, role },
            Self::Removed { by, who } => Happening::Removed { by, who: vec![who] },
            Self::Transferred { by, from, to, .. } => Happening::Transferred { by, from, to },
            Self::Moved { by, inbox } => Happening::Moved { by, from: record.inbox, to: inbox, successor: None },
            // An opening is logged when the ticket is ready.
            Self::Renamed { .. }
            | Self::ReplyNotPosted { .. }
            | Self::NotAnnounced { .. }
            | Self::OpenedFor { .. }
            | Self::MovedHere { .. } => return None,
        })
    }

    /// Who is notified, and added to the thread by that; everybody else is only named.
    pub(super) fn notified(self) -> Vec<UserId> {
        match self {
            Self::TookOver { from, .. } => vec![from],
            Self::ReplyNotPosted { by } | Self::NotAnnounced { by } => vec![by],
            Self::Released { by, from } if by != from => vec![from],
            Self::Assigned { by, to, from } => {
                let others = [Some(to), from].into_iter().flatten();
                others.filter(|user| *user != by).collect()
            }
            Self::Transferred { from, to, .. } => vec![from, to],
            _ => Vec::new(),
        }
    }

    /// The role whose people are notified, and added to the thread by that.
    pub(super) fn notified_role(self) -> Option<RoleId> {
        match self {
            Self::AddedRole { role, .. } => Some(role),
            _ => None,
        }
    }

    /// Who joins the thread first.
    pub(super) fn joins(self) -> Option<UserId> {
        match self {
            Self::Claimed { by } | Self::TookOver { by, .. } | Self::OpenedFor { by, .. } => Some(by),
            _ => None,
        }
    }

    /// Who is removed from the thread afterwards.
    pub(super) fn leaves(self) -> Option<UserId> {
        match self {
            Self::Transferred { from, removes: true, .. } => Some(from),
            _ => None,
        }
    }
}
