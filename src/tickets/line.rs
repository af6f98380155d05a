//! The public lines that say in a ticket what somebody did to it: one line a change.

use serde::{Deserialize, Serialize};

use super::TicketMsg;
use crate::domain::ids::UserId;
use crate::i18n::Mention;

/// A line, stored in its step: ids and names of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(super) enum Line {
    Claimed { by: UserId },
    TookOver { by: UserId, from: UserId },
    Released { by: UserId, from: UserId },
}

impl Line {
    pub(super) fn text(self) -> TicketMsg {
        match self {
            Self::Claimed { by } => TicketMsg::LineClaimed { by: Mention(by) },
            Self::TookOver { by, from } => TicketMsg::LineTookOver { by: Mention(by), from: Mention(from) },
            Self::Released { by, from } if by == from => TicketMsg::LineReleased { by: Mention(by) },
            Self::Released { by, from } => TicketMsg::LineReleasedOf { by: Mention(by), from: Mention(from) },
        }
    }

    /// Who is notified; everybody else is only named.
    pub(super) fn notified(self) -> Option<UserId> {
        match self {
            Self::TookOver { from, .. } => Some(from),
            Self::Released { by, from } => (by != from).then_some(from),
            Self::Claimed { .. } => None,
        }
    }

    /// Who joins the thread first.
    pub(super) fn joins(self) -> Option<UserId> {
        match self {
            Self::Claimed { by } | Self::TookOver { by, .. } => Some(by),
            Self::Released { .. } => None,
        }
    }
}
