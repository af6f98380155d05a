//! The known facts about a ticket's thread.

use crate::domain::clock::Timestamp;

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
