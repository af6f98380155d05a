//! What is to be done on Discord because of a decision.

use super::{Flags, Notice, State, Thread};

/// One thing to do, stored as a step in the transaction that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Make the thread, and bring in owner and staff.
    Open,
    /// Post this notice, unless it stands there already; then archive the thread and lock it.
    Close(Option<Notice>),
    /// Let people write in the thread again.
    Unlock,
    /// Take away a thread that never became a ticket: delete it, or else archive it.
    Discard,
    /// Ask Discord for what only it knows.
    Look(Question),
}

impl Task {
    /// Whether it is still to be done when the ticket is like this.
    pub fn belongs_to(self, state: State, thread: Thread) -> bool {
        let is_there = matches!(thread, Thread::There(_));
        match self {
            // Whoever is at it finds out by itself.
            Self::Open => true,
            Self::Close(_) | Self::Discard => state == State::Closed && is_there,
            Self::Unlock => matches!(state, State::Open | State::Dormant) && is_there,
            Self::Look(_) => thread != Thread::Gone,
        }
    }
}

/// How somebody went.
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

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Whether the owner is in the thread. If not, a dormant ticket stays as it is: of that the owner may have gone without
    /// our hearing of it, and staff may go on among themselves.
    Owner,
    /// The same, and if not, the ticket is closed for it.
    Absence,
    /// Whether the thread is there, what it is like, and whether the owner is in it.
    Thread,
}

/// What only Discord knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    pub about: About,
    /// What was said of the owner; `None`: ask how they went.
    pub said: Option<Left>,
    /// The thread as it was seen while its close was being carried out. When that close turns out to have come later,
    /// there is nothing to ask.
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

    /// Whether an owner who is not in the thread has given reason to close the ticket.
    pub fn follows_absence(self, state: State) -> bool {
        match state {
            State::Closed => false,
            State::Opening | State::Open => true,
            State::Dormant => self.said.is_some() || self.about == About::Absence,
        }
    }

    /// Both in one.
    #[must_use]
    pub fn merge(self, newer: Self) -> Self {
        // What was asked without a sighting must be asked whatever the sighting turns out to be.
        let seen = match (self.seen, newer.seen) {
            (Some(old), Some(new)) => Some(old.updated(new)),
            _ => None,
        };
        Self { about: self.about.max(newer.about), said: newer.said.or(self.said), seen }
    }
}
