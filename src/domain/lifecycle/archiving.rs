//! What the times of a thread show: whether a person or Discord's inactivity timer archived it, and whether a person has
//! re-opened it since an interrupted close.

use std::time::Duration;

use super::{Flags, Notice};
use crate::domain::clock::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArchivedBy {
    Person,
    Timer,
}

/// The facts about a thread that was reported as archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Archiving {
    /// Its `archive_timestamp`.
    pub archived_at: Timestamp,
    /// The latest of: the thread's creation, the creation of its `last_message_id`, and the last known un-archiving.
    pub last_activity: Timestamp,
    /// Its `auto_archive_duration`: 60 to 10,080 minutes.
    pub auto_archive: Duration,
    /// It was not locked when last reported, and is now.
    pub newly_locked: bool,
}

/// The earliest time at which the timer is assumed to archive, unless it is set lower.
///
/// Discord lowers the timer of a server that nears its cap on active threads, "usually not below the
/// `auto_archive_duration`", and names threads set to seven days as those that may archive earlier ("Threads", active
/// and archived). It does not say how much earlier: three days is the longest setting without such a note. Staff often
/// close tickets after a day or two of silence; servers hardly ever near their cap.
const SOONEST: Duration = Duration::from_hours(3 * 24);

/// Maximum delay of Discord's sweep and its clocks.
const TOLERANCE: Duration = Duration::from_mins(1);

/// Decides by how long the thread was quiet.
///
/// If both fit, the timer is assumed. If that is wrong, a thread archived by staff stays unlocked and its owner can
/// revive it; the opposite mistake would close a ticket whose owner waits for an answer.
pub fn archived_by(archiving: &Archiving) -> ArchivedBy {
    let quiet = archiving.archived_at.since(archiving.last_activity);
    let timer = archiving.auto_archive.min(SOONEST);
    // The timer never locks.
    if archiving.newly_locked || quiet + TOLERANCE < timer { ArchivedBy::Person } else { ArchivedBy::Timer }
}

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
        // Two changes may be of the same millisecond.
        (Some(before), Some(after)) => after > before || (after == before && stored.archived != seen.archived),
        // Unchanged since its creation, whose time Discord then reports.
        (None, Some(seen)) => seen > made_at + MOMENTS,
        (_, None) => false,
    };
    // Posting un-archives a thread, and so does locking it, before it is archived again. A person who re-opens a thread
    // does not lock it.
    let by_lock = seen.locked && !stored.locked;
    let by_notice = stored.archived && noticed_at.zip(seen.changed_at).is_some_and(|(at, seen)| seen <= at + MOMENTS);
    if !seen.archived && has_changed && !by_notice && !by_lock {
        return Resumed::Reopened;
    }
    Resumed::GoOn(remaining.filter(|_| noticed_at.is_none()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const THEN: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;

    fn after(quiet: u64, auto_archive: u64) -> Archiving {
        Archiving {
            archived_at: THEN + Duration::from_mins(quiet),
            last_activity: THEN,
            auto_archive: Duration::from_mins(auto_archive),
            newly_locked: false,
        }
    }

    #[test]
    fn a_thread_archived_before_its_time_was_archived_by_a_person() {
        let table = [
            // minutes quiet, minutes set
            (0, HOUR, ArchivedBy::Person),
            (58, HOUR, ArchivedBy::Person),
            (59, HOUR, ArchivedBy::Timer),
            (60, HOUR, ArchivedBy::Timer),
            (DAY - 2, DAY, ArchivedBy::Person),
            (DAY, DAY, ArchivedBy::Timer),
            (DAY + 5, DAY, ArchivedBy::Timer),
            (DAY - 2, 7 * DAY, ArchivedBy::Person),
            (2 * DAY, 7 * DAY, ArchivedBy::Person),
            // Ambiguous: the harmless answer.
            (4 * DAY, 7 * DAY, ArchivedBy::Timer),
            (8 * DAY, 7 * DAY, ArchivedBy::Timer),
        ];
        for (quiet, set, expected) in table {
            assert_eq!(archived_by(&after(quiet, set)), expected, "{quiet} of {set} minutes");
        }
    }

    #[test]
    fn the_timer_never_locks() {
        let archiving = Archiving { newly_locked: true, ..after(8 * DAY, 7 * DAY) };
        assert_eq!(archived_by(&archiving), ArchivedBy::Person);
    }

    #[test]
    fn a_message_just_after_the_archiving_by_another_clock_is_activity() {
        let archiving = Archiving { archived_at: THEN - Duration::from_millis(40), ..after(0, DAY) };
        assert_eq!(archived_by(&archiving), ArchivedBy::Person);
    }

    proptest! {
        #[test]
        fn the_timers_own_archiving_is_always_recognised(set in prop::sample::select(vec![60, 1440, 4320, 10_080]), late in 0..600_u64) {
            prop_assert_eq!(archived_by(&after(set + late, set)), ArchivedBy::Timer);
        }
    }

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
            ("at once again", flags(true, Some(40)), flags(false, Some(40)), None, Resumed::Reopened),
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
    fn a_close_goes_on_that_has_locked_an_archived_thread_and_not_archived_it_again() {
        let table = [
            ("un-archived and locked by us", false, true, Resumed::GoOn(None)),
            ("un-archived by a person", false, false, Resumed::Reopened),
            ("a person un-archived the locked thread", true, true, Resumed::Reopened),
            ("they unlocked it as well", true, false, Resumed::Reopened),
        ];
        for (case, was_locked, is_locked, expected) in table {
            let stored = Flags { locked: was_locked, ..flags(true, Some(40)) };
            let seen = Flags { locked: is_locked, ..flags(false, Some(90)) };
            let traces = Traces { made_at: MADE, stored, seen, noticed_at: None };
            assert_eq!(resume_closing(None, &traces), expected, "{case}");
        }
    }

    #[test]
    fn what_the_record_says_is_posted_is_not_posted_again() {
        let stored = flags(true, Some(40));
        let traces = Traces { made_at: MADE, stored, seen: stored, noticed_at: None };
        assert_eq!(resume_closing(None, &traces), Resumed::GoOn(None));
    }
}
