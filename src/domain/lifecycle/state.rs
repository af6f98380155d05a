//! The states of a ticket, its closing notices, and the known facts about its thread.

use std::str::FromStr;

use crate::domain::clock::Timestamp;

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
    /// Somebody closed it through the bot.
    Closed,
    /// The time has come for which somebody had scheduled it.
    Scheduled,
    /// The owner agreed to a request to close it.
    Agreed,
    /// Nobody answered a request to close it in time.
    Unanswered,
}

impl Notice {
    pub const EACH: [Self; 7] = [
        Self::OwnerLeftThread,
        Self::OwnerLeftGuild,
        Self::ArchivedByPerson,
        Self::Closed,
        Self::Scheduled,
        Self::Agreed,
        Self::Unanswered,
    ];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnerLeftThread => "owner-left-thread",
            Self::OwnerLeftGuild => "owner-left-guild",
            Self::ArchivedByPerson => "archived-by-person",
            Self::Closed => "closed",
            Self::Scheduled => "scheduled",
            Self::Agreed => "agreed",
            Self::Unanswered => "unanswered",
        }
    }
}

impl FromStr for Notice {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, ParseNameError> {
        Self::EACH.into_iter().find(|notice| notice.as_str() == text).ok_or(ParseNameError)
    }
}

/// The flags of a thread, as last stored.
///
/// Every sighting is stored with its decision, even when nothing follows: that makes late and repeated events
/// recognisable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flags {
    pub archived: bool,
    pub locked: bool,
    /// The thread's `archive_timestamp`: when `archived` last changed, by Discord's clock.
    pub changed_at: Option<Timestamp>,
}

impl Flags {
    /// A newly created thread.
    pub const NEW: Self = Self { archived: false, locked: false, changed_at: None };

    /// The newer of two observations; `seen` if their times are equal.
    #[must_use]
    pub fn updated(self, seen: Self) -> Self {
        if seen.changed_at < self.changed_at { self } else { seen }
    }

    /// Whether `seen` adds nothing new.
    pub fn knows_all_of(self, seen: Self) -> bool {
        seen.changed_at.is_none_or(|at| self.knows(seen.archived, at))
    }

    /// Whether a change to `archived` at that time is already known or superseded.
    fn knows(self, archived: bool, at: Timestamp) -> bool {
        self.changed_at.is_some_and(|last| at < last || (at == last && archived == self.archived))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thread {
    NotMade,
    There(Flags),
    /// It exists, but the bot cannot see it. The flags are the last ones seen.
    Hidden(Flags),
    /// Deleted. Its ticket stays closed.
    Gone,
}

impl Thread {
    /// Visible and not archived.
    pub fn is_active(self) -> bool {
        matches!(self, Self::There(Flags { archived: false, .. }))
    }
}
