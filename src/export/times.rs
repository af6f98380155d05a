//! Times in an export. A file without scripts cannot know its reader's time zone, and Discord does not tell it: all times
//! are in UTC, and the file says so.

use crate::domain::clock::Timestamp;

/// Hour and minute: `14:03`.
pub fn minute(at: Timestamp) -> String {
    at.to_rfc3339()[11..16].to_owned()
}

/// `2026-06-12 14:03`.
pub fn moment(at: Timestamp) -> String {
    format!("{} {}", date(at), minute(at))
}

/// `2026-06-12`.
pub fn date(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Monday is 1.
pub fn weekday(at: Timestamp) -> u64 {
    // 1970 began on a Thursday.
    let days = at.seconds().div_euclid(24 * 60 * 60);
    u64::try_from((days + 3).rem_euclid(7) + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_utc() {
        let friday = Timestamp::from_seconds(1_781_272_980);
        assert_eq!(
            (date(friday).as_str(), minute(friday).as_str(), moment(friday).as_str(), weekday(friday)),
            ("2026-06-12", "14:03", "2026-06-12 14:03", 5)
        );
        assert_eq!(weekday(Timestamp::from_seconds(0)), 4);
        assert_eq!(weekday(Timestamp::from_seconds(-1)), 3);
    }
}
