//! The stored names of a ticket's state and of its closing notice.

use std::str::FromStr;

/// The state of a ticket. It holds a slot of its owner's limit while opening and open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Reserved; its thread is being created.
    Opening,
    /// The owner was added to the thread.
    Open,
    /// Neither closed nor counted: the timer archived it, or a person re-opened it while its owner had no free slot.
    Dormant,
    /// Closed. A person can re-open it while its thread exists.
    Closed,
}

impl State {
    pub const EACH: [Self; 4] = [Self::Opening, Self::Open, Self::Dormant, Self::Closed];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Open => "open",
            Self::Dormant => "dormant",
            Self::Closed => "closed",
        }
    }

    pub const fn holds_slot(self) -> bool {
        matches!(self, Self::Opening | Self::Open)
    }
}

/// The text is none of the stored names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct ParseNameError;

impl FromStr for State {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, ParseNameError> {
        Self::EACH.into_iter().find(|state| state.as_str() == text).ok_or(ParseNameError)
    }
}

/// Why a ticket was closed; posted once in its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    OwnerLeftThread,
    OwnerLeftGuild,
    ArchivedByPerson,
}

impl Notice {
    pub const EACH: [Self; 3] = [Self::OwnerLeftThread, Self::OwnerLeftGuild, Self::ArchivedByPerson];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnerLeftThread => "owner-left-thread",
            Self::OwnerLeftGuild => "owner-left-guild",
            Self::ArchivedByPerson => "archived-by-person",
        }
    }
}

impl FromStr for Notice {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, ParseNameError> {
        Self::EACH.into_iter().find(|notice| notice.as_str() == text).ok_or(ParseNameError)
    }
}
