//! A delay as people write it: `2h`, `1d12h`, `30 min`.

use std::fmt::Write as _;
use std::time::Duration;

/// Why a text is no delay within the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Unreadable,
    TooShort,
    TooLong,
}

pub const LEAST: Duration = Duration::from_mins(1);
pub const MOST: Duration = Duration::from_hours(30 * 24);

/// The units, with the words that people use for them. Larger ones come first in a text.
const UNITS: [(u64, &[&str]); 4] = [
    (7 * 24 * 60 * 60, &["w", "week", "weeks"]),
    (24 * 60 * 60, &["d", "day", "days", "t", "tag", "tage", "j", "jour", "jours"]),
    (60 * 60, &["h", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"]),
    (60, &["m", "min", "mins", "minute", "minutes", "minuten"]),
];

/// Reads a delay between [`LEAST`] and [`MOST`].
pub fn parse(text: &str) -> Result<Duration, Refusal> {
    parse_up_to(text, MOST)
}

/// Reads a delay of at least [`LEAST`], in whole minutes.
pub fn parse_up_to(text: &str, most: Duration) -> Result<Duration, Refusal> {
    let text = text.trim().to_lowercase();
    let (mut rest, mut seconds, mut units) = (text.as_str(), 0_u64, UNITS.as_slice());
    if rest.is_empty() {
        return Err(Refusal::Unreadable);
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, behind) = rest.split_at(digits);
        let behind = behind.trim_start();
        let letters = behind.len() - behind.trim_start_matches(char::is_alphabetic).len();
        let (word, behind) = behind.split_at(letters);
        if number.is_empty() || word.is_empty() {
            return Err(Refusal::Unreadable);
        }
        let unit = units.iter().position(|(_, words)| words.contains(&word)).ok_or(Refusal::Unreadable)?;
        // A number too large to be read is too long in any unit.
        let number: u64 = number.parse().map_err(|_| Refusal::TooLong)?;
        seconds = seconds.saturating_add(number.saturating_mul(units[unit].0));
        units = &units[unit + 1..];
        rest = behind.trim_start();
    }
    match Duration::from_secs(seconds) {
        delay if delay < LEAST => Err(Refusal::TooShort),
        delay if delay > most => Err(Refusal::TooLong),
        delay => Ok(delay),
    }
}

/// The shortest delay in whole minutes that is not shorter.
pub fn whole_minutes(delay: Duration) -> Duration {
    let minutes = u64::try_from(delay.as_millis().div_ceil(60_000)).unwrap_or(u64::MAX);
    Duration::from_secs(minutes.saturating_mul(60))
}

/// A delay in whole minutes as it would be typed: `1d12h`. The smallest unit is cut off below that.
pub fn write(delay: Duration) -> String {
    let mut minutes = delay.as_secs() / 60;
    let mut text = String::new();
    // Days rather than weeks: `30d`.
    for (unit, name) in [(24 * 60, 'd'), (60, 'h'), (1, 'm')] {
        let count = minutes / unit;
        minutes %= unit;
        if count > 0 || (unit == 1 && text.is_empty()) {
            let _infallible = write!(text, "{count}{name}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_delay_is_read_as_people_write_it() {
        let minutes = |minutes| Ok(Duration::from_mins(minutes));
        let table = [
            ("2h", minutes(120)),
            (" 2 H ", minutes(120)),
            ("30m", minutes(30)),
            ("90 min", minutes(90)),
            ("1d12h", minutes(36 * 60)),
            ("1d 12h 5m", minutes(36 * 60 + 5)),
            ("1 day 2 hours", minutes(26 * 60)),
            ("2 Tage", minutes(2 * 24 * 60)),
            ("1 jour", minutes(24 * 60)),
            ("1w", minutes(7 * 24 * 60)),
            ("30d", minutes(30 * 24 * 60)),
            ("48h", minutes(48 * 60)),
            ("1m", minutes(1)),
            ("0m", Err(Refusal::TooShort)),
            ("0d0h", Err(Refusal::TooShort)),
            ("30d1m", Err(Refusal::TooLong)),
            ("99999999999999999999h", Err(Refusal::TooLong)),
            ("18446744073709551615w", Err(Refusal::TooLong)),
            ("", Err(Refusal::Unreadable)),
            ("2", Err(Refusal::Unreadable)),
            ("h", Err(Refusal::Unreadable)),
            ("2s", Err(Refusal::Unreadable)),
            ("-2h", Err(Refusal::Unreadable)),
            ("1.5h", Err(Refusal::Unreadable)),
            ("2h1d", Err(Refusal::Unreadable)),
            ("2h2h", Err(Refusal::Unreadable)),
            ("tomorrow", Err(Refusal::Unreadable)),
            ("٢h", Err(Refusal::Unreadable)),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_delay_in_whole_minutes_is_never_shorter() {
        let seconds = Duration::from_secs;
        let table = [(seconds(0), 0), (seconds(60), 1), (Duration::from_millis(60_001), 2), (seconds(7_199), 120)];
        for (delay, minutes) in table {
            assert_eq!(whole_minutes(delay), Duration::from_mins(minutes), "{delay:?}");
        }
        assert!(whole_minutes(Duration::MAX) > MOST);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(minutes in 1..10_000_000_u64) {
            let delay = Duration::from_mins(minutes);
            prop_assert_eq!(parse_up_to(&write(delay), delay), Ok(delay));
        }

        #[test]
        fn whatever_is_read_is_within_the_limits(text in r"([0-9]{1,22} ?[wdhm]?){0,5}|\PC*") {
            if let Ok(delay) = parse(&text) {
                prop_assert!((LEAST..=MOST).contains(&delay), "{:?}", text);
            }
        }
    }
}
