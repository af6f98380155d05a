//! The working hours of discord-tickets: a zone, then begin and end of each day from Sunday. A day off begins and ends at
//! the same time.

use serde_json::Value;

use super::Trouble;
use crate::domain::hours::{DayNames, Hours, parse};
use crate::domain::zone::Zone;

/// The hours of a server, and their zone; `None` is UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Worked {
    pub(super) zone: Option<Zone>,
    pub(super) week: Hours,
}

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// `None`: always.
pub(super) fn judge(written: &str, note: &mut impl FnMut(Trouble)) -> Option<Worked> {
    let Some((zone, days)) = read(written) else {
        note(Trouble::NoList);
        return None;
    };
    if days.iter().all(|(begin, end)| begin == "00:00" && end == "24:00") {
        return None;
    }
    let open: Vec<_> = DAYS.iter().zip(&days).filter(|(_, (begin, end))| begin != end).collect();
    if open.is_empty() {
        note(Trouble::NeverOpen);
        return None;
    }
    let zone = match zone.as_str() {
        "UTC" => None,
        name => {
            let Ok(zone) = Zone::find(name) else {
                note(Trouble::UnknownZone);
                return None;
            };
            Some(zone)
        }
    };
    let text: Vec<String> = open.iter().map(|(day, (begin, end))| format!("{day} {begin}-{end}")).collect();
    let Ok(week) = parse(&text.join("; "), &DayNames::english()) else {
        note(Trouble::NoList);
        return None;
    };
    if open.iter().any(|(_, (begin, end))| end < begin) {
        note(Trouble::Overnight);
    }
    Some(Worked { zone, week })
}

fn read(written: &str) -> Option<(String, [(String, String); 7])> {
    let list: Vec<Value> = serde_json::from_str(written).ok()?;
    let (zone, days) = list.split_first()?;
    let day = |day: &Value| match day.as_array()?.as_slice() {
        [begin, end] => Some((time(begin)?, time(end)?)),
        _ => None,
    };
    let days: Vec<_> = days.iter().map(day).collect::<Option<_>>()?;
    Some((zone.as_str()?.to_owned(), days.try_into().ok()?))
}

/// `HH:MM`. The last minute of a day, the latest that can be chosen there, is its end.
fn time(value: &Value) -> Option<String> {
    let time = value.as_str()?;
    let is_digit = |at: usize| time.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_time = time.len() == 5 && time.as_bytes()[2] == b':' && [0, 1, 3, 4].into_iter().all(is_digit);
    is_time.then(|| if time == "23:59" { "24:00".to_owned() } else { time.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours::write;

    /// Monday to Friday like this, Saturday off, Sunday always.
    fn week(zone: &str, begin: &str, end: &str) -> String {
        let day = format!("[\"{begin}\",\"{end}\"]");
        format!("[\"{zone}\",[\"00:00\",\"23:59\"],{},[\"09:00\",\"09:00\"]]", [day.as_str(); 5].join(","))
    }

    fn judged(written: &str) -> (Option<String>, Vec<Trouble>) {
        let mut notes = Vec::new();
        let worked = judge(written, &mut |what| notes.push(what));
        let text = worked.map(|worked| {
            let zone = serde_json::to_value(worked.zone).unwrap();
            format!("{} {}", zone.as_str().unwrap_or("-"), write(&worked.week, &DayNames::english()))
        });
        (text, notes)
    }

    #[test]
    fn a_week_that_begins_on_sunday_becomes_opening_hours() {
        for (written, expected) in [
            (week("Europe/Berlin", "09:00", "17:30"), "Europe/Berlin Mon-Fri 09:00-17:30; Sun 00:00-24:00"),
            (week("UTC", "09:00", "23:59"), "- Mon-Fri 09:00-24:00; Sun 00:00-24:00"),
        ] {
            assert_eq!(judged(&written), (Some(expected.to_owned()), Vec::new()), "{written}");
        }
    }

    #[test]
    fn hours_without_a_meaning_are_none_and_are_told() {
        let always = format!("[\"UTC\",{}]", [r#"["00:00","23:59"]"#; 7].join(","));
        assert_eq!(judged(&always), (None, Vec::new()));
        let never = format!("[\"UTC\",{}]", [r#"["09:00","09:00"]"#; 7].join(","));
        for (written, trouble) in [
            (never.as_str(), Trouble::NeverOpen),
            (week("Nowhere/Land", "09:00", "17:00").as_str(), Trouble::UnknownZone),
            ("", Trouble::NoList),
            ("[]", Trouble::NoList),
            ("[\"UTC\"]", Trouble::NoList),
            (always.replace("00:00", "9 am").as_str(), Trouble::NoList),
            (always.replace("00:00", "29:00").as_str(), Trouble::NoList),
            (always.replace("UTC\"", "UTC\",[\"1\"]").as_str(), Trouble::NoList),
        ] {
            assert_eq!(judged(written), (None, vec![trouble]), "{written}");
        }
    }

    #[test]
    fn a_night_shift_crosses_midnight() {
        let (text, notes) = judged(&week("UTC", "22:00", "02:00"));
        assert_eq!(text.as_deref(), Some("- Mon-Fri 22:00-02:00; Sun 00:00-24:00"));
        assert_eq!(notes, [Trouble::Overnight]);
    }
}
