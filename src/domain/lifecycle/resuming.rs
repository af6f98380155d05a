//! Resumes a close interrupted by a crash or a lost answer, unless a person has re-opened the thread since.

use std::time::Duration;

use super::{Flags, Notice};
use crate::domain::clock::Timestamp;

/// The traces of an interrupted close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traces {
    /// When the thread was created, by Discord's clock.
    pub made_at: Timestamp,
    /// The flags as stored at the decision, or since.
    pub stored: Flags,
    /// The current flags.
    pub seen: Flags,
    /// When the notice of this close was posted, by Discord's clock; `None` when it was not.
    pub noticed_at: Option<Timestamp>,
}

/// How to continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumed {
    /// Post this notice, unless it was posted, then archive.
    GoOn(Option<Notice>),
    /// Stop: a person has re-opened the thread since.
    Reopened,
}

/// Maximum time between a message or request and the (un-)archiving it causes.
const MOMENTS: Duration = Duration::from_secs(2);

/// `remaining` is the notice that the record lists as still to be posted.
pub fn resume_closing(remaining: Option<Notice>, traces: &Traces) -> Resumed {
    let Traces { made_at, stored, seen, noticed_at } = *traces;
    let has_changed = match (stored.changed_at, seen.changed_at) {
        (Some(stored), Some(seen)) => seen > stored,
        // Unchanged since its creation, whose time Discord then reports.
        (None, Some(seen)) => seen > made_at + MOMENTS,
        (_, None) => false,
    };
    // Only posting un-archives a thread; no other request of the bot does.
    let by_notice = stored.archived && noticed_at.zip(seen.changed_at).is_some_and(|(at, seen)| seen <= at + MOMENTS);
    if !seen.archived && has_changed && !by_notice {
        return Resumed::Reopened;
    }
    Resumed::GoOn(remaining.filter(|_| noticed_at.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const NOTICE: Notice = Notice::ArchivedByPerson;

    fn at(seconds: u64) -> Timestamp {
        MADE + Duration::from_secs(seconds)
    }

    fn flags(archived: bool, changed: Option<u64>) -> Flags {
        Flags { archived, locked: false, changed_at: changed.map(at) }
    }

    #[test]
    fn a_close_goes_on_unless_a_person_opened_the_thread_again() {
        let to_post = Resumed::GoOn(Some(NOTICE));
        let posted = Resumed::GoOn(None);
        let table = [
            ("nothing happened", flags(false, None), flags(false, Some(0)), None, to_post),
            ("nothing happened, seen before", flags(false, Some(5)), flags(false, Some(5)), None, to_post),
            ("it was posted, then nothing", flags(false, None), flags(false, Some(0)), Some(60), posted),
            ("a person archived it", flags(false, None), flags(true, Some(40)), None, to_post),
            ("still archived by the person", flags(true, Some(40)), flags(true, Some(40)), None, to_post),
            ("our notice un-archived it", flags(true, Some(40)), flags(false, Some(61)), Some(60), posted),
            ("a person un-archived it", flags(true, Some(40)), flags(false, Some(50)), None, Resumed::Reopened),
            ("a person, after our notice", flags(true, Some(40)), flags(false, Some(90)), Some(60), Resumed::Reopened),
            ("archived by us, then opened", flags(false, Some(5)), flags(false, Some(90)), Some(60), Resumed::Reopened),
            ("never seen before, then opened", flags(false, None), flags(false, Some(90)), None, Resumed::Reopened),
        ];
        for (case, stored, seen, noticed, expected) in table {
            let traces = Traces { made_at: MADE, stored, seen, noticed_at: noticed.map(at) };
            assert_eq!(resume_closing(Some(NOTICE), &traces), expected, "{case}");
        }
    }

    #[test]
    fn what_the_record_says_is_posted_is_not_posted_again() {
        let stored = flags(true, Some(40));
        let traces = Traces { made_at: MADE, stored, seen: stored, noticed_at: None };
        assert_eq!(resume_closing(None, &traces), Resumed::GoOn(None));
    }
}
