//! The effects of a decision on Discord.

use super::{Flags, Notice, State, Thread};

/// One effect, stored as a step in the transaction that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Create the thread, and add owner and staff.
    Open,
    Close(Closing),
    Restore(Restoring),
    /// Delete a thread that never became a ticket, or else archive it.
    Discard,
    /// Ask Discord.
    Look(Question),
}

/// Post a notice, take the buttons away, archive and lock the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Closing {
    /// `None`: it needs none, or it was posted.
    pub notice: Option<Notice>,
    /// The thread stays visible for now: a timer archives it.
    pub stays: bool,
}

impl Closing {
    pub const fn with(notice: Notice) -> Self {
        Self { notice: Some(notice), stays: false }
    }

    /// Only the archiving.
    pub const LATER: Self = Self { notice: None, stays: false };
}

/// Make the thread of a ticket usable: unlock it, and show the buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Restoring {
    /// Somebody asked the bot for it: un-archive the thread and bring the owner back, or else return to this state.
    pub otherwise: Option<State>,
    /// What is said in the thread.
    pub says: Option<Said>,
}

impl Restoring {
    /// Only what is missing.
    pub const SILENT: Self = Self { otherwise: None, says: None };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Said {
    /// Somebody has re-opened it through the bot.
    Reopened,
    /// The ticket does not count as open: its owner has no room for another one.
    NoRoom,
}

impl Task {
    /// Whether it is still to be done in this state.
    pub fn belongs_to(self, state: State, thread: Thread) -> bool {
        let is_there = matches!(thread, Thread::There(_));
        match self {
            // The running step detects it itself.
            Self::Open => true,
            Self::Close(_) | Self::Discard => state == State::Closed && is_there,
            Self::Restore(_) => matches!(state, State::Open | State::Dormant) && is_there,
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
    /// Somebody has just re-opened the thread, or brought its owner back.
    pub reopened: bool,
}

impl Question {
    const ABOUT_OWNER: Self = Self { about: About::Owner, said: None, seen: None, reopened: false };

    pub const fn owner(said: Option<Left>) -> Self {
        Self { said, ..Self::ABOUT_OWNER }
    }

    /// Whether the owner is in a thread that was just re-opened.
    pub const fn returned() -> Self {
        Self { reopened: true, ..Self::ABOUT_OWNER }
    }

    pub const fn absence() -> Self {
        Self { about: About::Absence, ..Self::ABOUT_OWNER }
    }

    pub const fn thread() -> Self {
        Self { about: About::Thread, ..Self::ABOUT_OWNER }
    }

    pub const fn seen(flags: Flags) -> Self {
        Self { seen: Some(flags), reopened: true, ..Self::ABOUT_OWNER }
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
        Self {
            about: self.about.max(newer.about),
            said: newer.said.or(self.said),
            seen,
            reopened: self.reopened || newer.reopened,
        }
    }
}
