//! Times in an export. A file without scripts cannot know its reader's time zone, and Discord does not tell it: they are in
//! the zone that was asked for, or that of the inbox's hours, and also in UTC. The file says which zone it is.

use super::msg::ExportMsg;
use crate::domain::clock::Timestamp;
use crate::domain::zone::Zone;

/// Hour and minute: `14:03`.
pub fn minute(at: Timestamp) -> String {
    at.to_rfc3339()[11..16].to_owned()
}

/// `2026-06-12 14:03`.
pub fn moment(at: Timestamp) -> String {
    format!("{} {}", date(at), minute(at))
}

/// `2026-06-12 16:03`, and in brackets what it is in UTC.
pub fn both(zone: &Zone, at: Timestamp) -> String {
    let wall = zone.wall(at);
    match (wall == at, wall.date() == at.date()) {
        (true, _) => moment(at),
        (false, true) => format!("{} ({} UTC)", moment(wall), minute(at)),
        (false, false) => format!("{} ({} UTC)", moment(wall), moment(at)),
    }
}

/// The sentence about the zone.
pub fn note(zone: &Zone) -> ExportMsg {
    if *zone == Zone::utc() { ExportMsg::Utc } else { ExportMsg::Zone { zone: zone.to_string() } }
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

    #[test]
    fn in_another_zone_utc_stands_beside_it_with_its_date_where_that_differs() {
        let friday = Timestamp::from_seconds(1_781_272_980);
        let both = |zone: &str| both(&Zone::find(zone).unwrap(), friday);
        assert_eq!(both("UTC"), "2026-06-12 14:03");
        assert_eq!(both("Europe/Berlin"), "2026-06-12 16:03 (14:03 UTC)");
        assert_eq!(both("Pacific/Auckland"), "2026-06-13 02:03 (2026-06-12 14:03 UTC)");
    }
}
