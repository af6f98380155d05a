//! The effects of a decision on Discord.

use super::{Flags, Notice, State, Thread};

/// One effect, stored as a step in the transaction that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Create the thread, and add owner and staff.
    Open,
    /// Post this notice, unless it was posted; then archive and lock the thread.
    Close(Option<Notice>),
    /// Unlock the thread.
    Unlock,
    /// Delete a thread that never became a ticket, or else archive it.
    Discard,
    /// Ask Discord.
    Look(Question),
}

impl Task {
    /// Whether it is still to be done in this state.
    pub fn belongs_to(self, state: State, thread: Thread) -> bool {
        let is_there = matches!(thread, Thread::There(_));
        match self {
            // The running step detects it itself.
            Self::Open => true,
            Self::Close(_) | Self::Discard => state == State::Closed && is_there,
            Self::Unlock => matches!(state, State::Open | State::Dormant) && is_there,
            Self::Look(_) => thread != Thread::Gone,
        }
    }
}

/// How the owner left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Left {
    Thread,
    Guild,
}

impl From<Left> for Notice {
    fn from(left: Left) -> Self {
        match left {
            Left::Thread => Self::OwnerLeftThread,
            Left::Guild => Self::OwnerLeftGuild,
        }
    }
}

/// The subject of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Whether the owner is in the thread. If not, a dormant ticket stays as it is: the owner may have left unnoticed,
    /// and staff may continue among themselves.
    Owner,
    /// The same, but an absent owner closes the ticket.
    Absence,
    /// Whether the thread exists, its flags, and whether the owner is in it.
    Thread,
}

/// A question that only Discord can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    pub about: About,
    /// What the gateway reported about the owner; `None`: ask how they left.
    pub said: Option<Left>,
    /// The thread as reported while its close was running. If that close turns out to be later, there is nothing to
    /// ask.
    pub seen: Option<Flags>,
}

impl Question {
    pub const fn owner(said: Option<Left>) -> Self {
        Self { about: About::Owner, said, seen: None }
    }

    pub const fn absence() -> Self {
        Self { about: About::Absence, said: None, seen: None }
    }

    pub const fn thread() -> Self {
        Self { about: About::Thread, said: None, seen: None }
    }

    pub const fn seen(flags: Flags) -> Self {
        Self { about: About::Owner, said: None, seen: Some(flags) }
    }

    /// Whether an owner absent from the thread closes the ticket.
    pub fn follows_absence(self, state: State) -> bool {
        match state {
            State::Closed => false,
            State::Opening | State::Open => true,
            State::Dormant => self.said.is_some() || self.about == About::Absence,
        }
    }

    /// Merges two questions.
    #[must_use]
    pub fn merge(self, newer: Self) -> Self {
        // A question without a sighting stands whatever the sighting shows.
        let seen = match (self.seen, newer.seen) {
            (Some(old), Some(new)) => Some(old.updated(new)),
            _ => None,
        };
        Self { about: self.about.max(newer.about), said: newer.said.or(self.said), seen }
    }
}
