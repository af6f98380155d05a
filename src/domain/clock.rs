//! Time as an argument: a point in time, and the clock that is passed in.
//!
//! Nothing else reads the system's time, so tests can control it.

use std::ops::{Add, Sub};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970-01-01 in UTC. Arithmetic saturates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// The seconds whose year has at most four digits: year 0 to the end of 9999.
const FOUR_DIGIT_YEARS: (i64, i64) = (-62_167_219_200, 253_402_300_799);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Reads the date of an HTTP answer, like `Sun, 06 Nov 1994 08:49:37 GMT`.
    pub fn from_http_date(text: &str) -> Option<Self> {
        let format = time::macros::format_description!(
            "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
        );
        let read = time::PrimitiveDateTime::parse(text, format).ok()?;
        Some(Self::from_seconds(read.assume_utc().unix_timestamp()))
    }

    /// Reads RFC 3339, like `2026-01-31T23:59:59Z`, to the millisecond.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let read = time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).ok()?;
        i64::try_from(read.unix_timestamp_nanos().div_euclid(1_000_000)).ok().map(Self)
    }

    /// Milliseconds since 1970, as stored.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down, as in Discord's `<t:…>`.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The time since `earlier`; zero when that is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The time between two points, whichever is earlier.
    pub fn apart(self, other: Self) -> Duration {
        Duration::from_millis(self.0.abs_diff(other.0))
    }

    /// `20260131T235959Z`, for file names: they sort by time.
    pub fn compact(self) -> String {
        let (first, last) = FOUR_DIGIT_YEARS;
        let at = time::OffsetDateTime::from_unix_timestamp(self.seconds().clamp(first, last))
            .unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
        let (hour, minute, second) = at.to_hms();
        format!("{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", at.year(), u8::from(at.month()), at.day())
    }

    /// Year (0 to 9999), month and day in UTC.
    pub fn date(self) -> (i32, u8, u8) {
        let (first, last) = FOUR_DIGIT_YEARS;
        let date = time::OffsetDateTime::from_unix_timestamp(self.seconds().clamp(first, last))
            .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
            .date();
        (date.year(), date.month().into(), date.day())
    }

    /// RFC 3339 in UTC, to the millisecond; years 0 to 9999.
    pub fn to_rfc3339(self) -> String {
        let (year, month, day) = self.date();
        let (first, last) = FOUR_DIGIT_YEARS;
        let second = self.seconds().clamp(first, last).rem_euclid(24 * 60 * 60);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", self.0.rem_euclid(1000))
    }
}

fn as_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(as_millis(duration)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(as_millis(duration)))
    }
}

/// The program's source of time.
pub trait Clock: Send + Sync {
    /// The calendar time. It may jump in both directions: never measure a wait with it.
    fn now(&self) -> Timestamp;

    /// Time since a fixed moment of this run. It never goes back.
    fn monotonic(&self) -> Duration;
}

/// The system clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one implementation of the clock")]
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one implementation of the clock")]
    fn now(&self) -> Timestamp {
        let now = SystemTime::now();
        let epoch = Timestamp::from_millis(0);
        now.duration_since(UNIX_EPOCH).map_or_else(|error| epoch - error.duration(), |elapsed| epoch + elapsed)
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_is_that_of_the_day_in_utc() {
        let table = [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (951_782_400, (2000, 2, 29)),
            (1_704_067_199, (2023, 12, 31)),
            (1_704_067_200, (2024, 1, 1)),
        ];
        for (seconds, date) in table {
            assert_eq!(Timestamp::from_seconds(seconds).date(), date, "{seconds}");
        }
    }

    #[test]
    fn a_moment_is_written_as_rfc_3339_has_it() {
        let table = [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_462_015_105_796, "2016-04-30T11:18:25.796Z"),
        ];
        for (millis, written) in table {
            assert_eq!(Timestamp::from_millis(millis).to_rfc3339(), written);
        }
    }

    #[test]
    fn the_date_of_an_answer_is_read_and_anything_else_is_not() {
        let read = Timestamp::from_http_date;
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Timestamp::from_seconds(784_111_777)));
        for other in ["", "Sun, 06 Nov 1994 08:49:37 CET", "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn seconds_are_rounded_down_on_both_sides_of_1970() {
        assert_eq!(Timestamp::from_millis(1_999).seconds(), 1);
        assert_eq!(Timestamp::from_millis(-1).seconds(), -1);
    }

    #[test]
    fn nothing_is_zero_time_before_something_earlier() {
        let (early, late) = (Timestamp::from_seconds(10), Timestamp::from_seconds(70));
        assert_eq!(late.since(early), Duration::from_mins(1));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!((early.apart(late), late.apart(early)), (Duration::from_mins(1), Duration::from_mins(1)));
    }

    #[test]
    fn the_machines_clock_goes_on() {
        let clock = SystemClock::start();
        let before = clock.monotonic();
        assert!(clock.monotonic() >= before);
        assert!(clock.now() > Timestamp::from_seconds(1_700_000_000));
    }

    proptest! {
        #[test]
        fn arithmetic_and_dates_have_an_answer_for_every_time(millis: i64, other: i64, seconds: u64) {
            let (time, span) = (Timestamp::from_millis(millis), Duration::from_secs(seconds));
            prop_assert!(time + span >= time);
            prop_assert!(time - span <= time);
            let (year, month, day) = time.date();
            prop_assert!((0..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day));
            prop_assert_eq!(time.since(Timestamp::from_millis(other)).is_zero(), millis <= other);
        }
    }
}
