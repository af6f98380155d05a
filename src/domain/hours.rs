//! Weekly opening hours in a time zone, as people write them: `Mon-Fri 09:00-17:00; Sat 10:00-14:00`.
//!
//! Hours are those that a clock on the wall shows: where clocks change, an hour that comes twice is open twice, and one
//! that is skipped never comes. A time after midnight belongs to the day on which the hours begin.

mod names;
mod text;

pub use names::DayNames;
pub use text::{Refusal, parse, write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::Timestamp;
use super::zone::Zone;

const DAY: usize = 24 * 60;
const WEEK: usize = 7 * DAY;

/// The days from 1970-01-01, a Thursday, back to a Monday.
const MONDAY_BEFORE_1970: i64 = 3;

/// Changes of a zone's offset that are looked through: a week without hours has at most a few.
const MOST_CHANGES: usize = 50;

/// Open minutes of a week, which begins on Monday. At least one is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Begin and end of each open stretch, in minutes of the week, in order and apart. The last may reach into the next
    /// week.
    spans: Vec<(usize, usize)>,
}

impl Hours {
    /// From stretches in any order, as minutes of the week. `None` without an open minute.
    fn new(stretches: impl IntoIterator<Item = (usize, usize)>) -> Option<Self> {
        let mut open = vec![false; WEEK];
        for (begin, end) in stretches {
            (begin..end).for_each(|minute| open[minute % WEEK] = true);
        }
        if open.iter().all(|open| *open) {
            return Some(Self { spans: vec![(0, WEEK)] });
        }
        let begins = (0..WEEK).filter(|minute| open[*minute] && !open[(minute + WEEK - 1) % WEEK]);
        let end_of = |begin: usize| (begin..begin + WEEK).find(|minute| !open[minute % WEEK]).unwrap_or(begin);
        let spans: Vec<_> = begins.map(|begin| (begin, end_of(begin))).collect();
        (!spans.is_empty()).then_some(Self { spans })
    }

    /// Whether a stretch that is shorter than a day ends on the day after its beginning.
    pub fn cross_midnight(&self) -> bool {
        let ends_later = |begin: usize, end: usize| end / DAY > begin / DAY && !end.is_multiple_of(DAY);
        self.spans.iter().any(|(begin, end)| end - begin < DAY && ends_later(*begin, *end))
    }

    fn is_open_at(&self, minute: usize) -> bool {
        let within = |minute: usize| self.spans.iter().any(|(begin, end)| (*begin..*end).contains(&minute));
        within(minute) || within(minute + WEEK)
    }

    /// The minutes from this one to the next beginning.
    fn until_open(&self, minute: usize) -> usize {
        self.spans.iter().map(|(begin, _)| (begin + WEEK - minute) % WEEK).min().unwrap_or(0)
    }

    /// When it opens next; `None`: it is open at that time.
    pub fn next_opening(&self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        let mut at = now.seconds();
        for change in 0..MOST_CHANGES {
            // Between two changes of the offset, time on the wall goes on evenly.
            let local = at + zone.offset_at(at);
            let minute = minute_of_week(local);
            if self.is_open_at(minute) {
                return (change > 0).then(|| Timestamp::from_seconds(at));
            }
            let opens = at - local.rem_euclid(60) + 60 * i64::try_from(self.until_open(minute)).unwrap_or(0);
            match zone.next_change(at).filter(|changes| *changes <= opens) {
                Some(changes) => at = changes,
                None => return Some(Timestamp::from_seconds(opens)),
            }
        }
        None
    }
}

/// Of a second that clocks on the wall show, counted from 1970.
fn minute_of_week(local: i64) -> usize {
    let week = WEEK.try_into().unwrap_or(i64::MAX);
    let minutes = local.div_euclid(60) + MONDAY_BEFORE_1970 * 24 * 60;
    minutes.rem_euclid(week).try_into().unwrap_or(0)
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(self, &DayNames::english()))
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text, &DayNames::english()).map_err(|_| serde::de::Error::custom("not opening hours"))
    }
}

#[cfg(test)]
mod tests;
