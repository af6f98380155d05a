//! What happens to a ticket by itself at a time.

use std::str::FromStr;

use super::{ParseNameError, State, Thread};

/// A timer of a ticket; at most one of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Somebody has scheduled its closing.
    Close,
    /// Its owner was asked whether it can be closed.
    Ask,
    /// It is closed, and its thread is still to be archived.
    Archive,
}

impl Timer {
    pub const EACH: [Self; 3] = [Self::Close, Self::Ask, Self::Archive];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Ask => "ask",
            Self::Archive => "archive",
        }
    }

    /// Whether it still runs in this state. A thread that was archived meanwhile is locked at once. One that is out of
    /// sight may come back.
    pub fn belongs_to(self, state: State, thread: Thread) -> bool {
        match self {
            Self::Close | Self::Ask => matches!(state, State::Open | State::Dormant),
            Self::Archive => state == State::Closed && (thread.is_active() || matches!(thread, Thread::Hidden(_))),
        }
    }
}

impl FromStr for Timer {
    type Err = ParseNameError;

    fn from_str(text: &str) -> Result<Self, ParseNameError> {
        Self::EACH.into_iter().find(|timer| timer.as_str() == text).ok_or(ParseNameError)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Flags;
    use super::*;

    #[test]
    fn a_timer_runs_only_in_the_states_that_it_is_for() {
        let active = Thread::There(Flags::NEW);
        let archived = Thread::There(Flags { archived: true, ..Flags::NEW });
        let table = [
            (Timer::Close, State::Open, active, true),
            (Timer::Close, State::Dormant, archived, true),
            (Timer::Close, State::Closed, archived, false),
            (Timer::Ask, State::Dormant, archived, true),
            (Timer::Ask, State::Closed, active, false),
            (Timer::Archive, State::Closed, active, true),
            (Timer::Archive, State::Closed, archived, false),
            (Timer::Archive, State::Closed, Thread::Hidden(Flags::NEW), true),
            (Timer::Archive, State::Open, active, false),
            (Timer::Archive, State::Closed, Thread::Gone, false),
        ];
        for (timer, state, thread, runs) in table {
            assert_eq!(timer.belongs_to(state, thread), runs, "{timer:?} {state:?} {thread:?}");
        }
        for timer in Timer::EACH {
            assert_eq!(timer.as_str().parse(), Ok(timer));
        }
    }
}
