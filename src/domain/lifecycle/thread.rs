//! What is known of a ticket's thread.

use crate::domain::clock::Timestamp;

/// The flags of a thread, as last stored.
///
/// What was seen of a thread is stored together with what was decided on it, even when nothing came of it: that makes late
/// and repeated events recognisable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flags {
    pub archived: bool,
    pub locked: bool,
    /// The thread's `archive_timestamp`: when `archived` last changed, by Discord's clock.
    pub changed_at: Option<Timestamp>,
}

impl Flags {
    /// A thread as it is made.
    pub const NEW: Self = Self { archived: false, locked: false, changed_at: None };

    /// The newer of two observations. Of two of the same time, `seen` is.
    #[must_use]
    pub fn updated(self, seen: Self) -> Self {
        if seen.changed_at < self.changed_at { self } else { seen }
    }

    /// Whether there is nothing new in `seen`.
    pub fn knows_all_of(self, seen: Self) -> bool {
        seen.changed_at.is_none_or(|at| self.knows(seen.archived, at))
    }

    /// Whether a change to `archived` at that time is known already, or was overtaken by a later one.
    fn knows(self, archived: bool, at: Timestamp) -> bool {
        self.changed_at.is_some_and(|last| at < last || (at == last && archived == self.archived))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thread {
    NotMade,
    There(Flags),
    /// It exists, and the bot cannot see it. The flags are those that were seen last.
    Hidden(Flags),
    /// Deleted. Its ticket stays closed for ever.
    Gone,
}

impl Thread {
    /// In sight, and not archived.
    pub fn is_active(self) -> bool {
        matches!(self, Self::There(Flags { archived: false, .. }))
    }
}
