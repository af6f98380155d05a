//! Names of backups, and what they tell: whether another one is due, and which may be removed.

use std::time::Duration;

use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::domain::clock::Timestamp;

const PREFIX: &str = "ticketbot-";

/// As [`Timestamp::compact`] writes it.
const TIME: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]T[hour][minute][second]Z");

/// The maximum age of the newest backup.
const DAY: Duration = Duration::from_hours(24);

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Daily,
    /// Before the tables were changed.
    Update,
    /// Requested by the operator. Kept until somebody deletes it.
    Manual,
}

const KINDS: [(Kind, &str); 3] = [(Kind::Daily, "daily"), (Kind::Update, "update"), (Kind::Manual, "manual")];

/// `ticketbot-20260131T235959Z-daily.db.gz`. Names sort by time. Encrypted ones are not compressed.
pub(super) fn name(kind: Kind, at: Timestamp, encrypted: bool) -> String {
    let word = KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word);
    let end = if encrypted { "db" } else { "db.gz" };
    format!("{PREFIX}{}-{word}.{end}", at.compact())
}

/// When and why one of our backups was made; `None` for any other name.
pub(super) fn parse(found: &str) -> Option<(Timestamp, Kind)> {
    let rest = found.strip_prefix(PREFIX)?;
    let (digits, word) = (rest.get(..16)?, rest.get(17..)?.split('.').next()?);
    let at = PrimitiveDateTime::parse(digits, TIME).ok()?;
    let at = Timestamp::from_seconds(at.assume_utc().unix_timestamp());
    let (kind, _) = *KINDS.iter().find(|(_, known)| *known == word)?;
    // Accept only the exact form that we write.
    [true, false].iter().any(|&encrypted| name(kind, at, encrypted) == found).then_some((at, kind))
}

/// The name of a backup while it is written, derived from its final name.
pub(super) fn partial(name: &str) -> String {
    format!("{name}.partial")
}

/// Whether an interrupted backup left this file, and the file can no longer be in use.
pub(super) fn is_left_over(found: &str, now: Timestamp) -> bool {
    let Some((name, _)) = found.split_once(".partial") else { return false };
    parse(name).is_some_and(|(at, _)| now.since(at) > DAY)
}

/// Whether the newest backup is older than a day. A wrong clock must not prevent a backup.
pub(super) fn is_due(names: &[String], now: Timestamp) -> bool {
    let fresh = |at: Timestamp| now.since(at) < DAY && at.since(now) < DAY;
    !names.iter().filter_map(|name| parse(name)).any(|(at, kind)| kind != Kind::Manual && fresh(at))
}

/// The automatic backups beyond the newest `keep`.
pub(super) fn superfluous(names: &[String], keep: usize) -> Vec<&str> {
    let mut ours: Vec<(Timestamp, &str)> = names
        .iter()
        .filter_map(|name| parse(name).filter(|(_, kind)| *kind != Kind::Manual).map(|(at, _)| (at, name.as_str())))
        .collect();
    ours.sort_unstable_by(|one, other| other.cmp(one));
    ours.into_iter().skip(keep).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_769_860_800);

    fn named(hours_ago: u64, kind: Kind) -> String {
        name(kind, NOON - Duration::from_hours(hours_ago), false)
    }

    #[test]
    fn a_name_tells_when_and_why_and_is_read_again() {
        assert_eq!(name(Kind::Daily, NOON, false), "ticketbot-20260131T120000Z-daily.db.gz");
        assert_eq!(name(Kind::Update, NOON, true), "ticketbot-20260131T120000Z-update.db");
        for (kind, encrypted) in [(Kind::Daily, true), (Kind::Update, false), (Kind::Manual, false)] {
            assert_eq!(parse(&name(kind, NOON, encrypted)), Some((NOON, kind)));
        }
        for foreign in [
            "",
            "ticketbot.db",
            "ticketbot-20260131T120000Z-daily",
            "ticketbot-20260131T120000Z-daily.db.gz.partial",
            "ticketbot-20260131T120000Z-weekly.db.gz",
            "ticketbot-20260231T120000Z-daily.db.gz",
            "ticketbot-20260131T120000Z-daily.db.gz.mine",
            "ticketbot-+0260131T120000Z-daily.db.gz",
            "ticketbot-2026013öT120000Z-daily.db.gz",
        ] {
            assert_eq!(parse(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn one_is_due_when_the_newest_is_a_day_old_whatever_else_lies_there() {
        for (names, due) in [
            (vec![], true),
            (vec!["notes.txt".to_owned()], true),
            (vec![named(23, Kind::Daily)], false),
            (vec![named(24, Kind::Daily)], true),
            (vec![named(50, Kind::Daily), named(1, Kind::Update)], false),
            (vec![named(1, Kind::Manual)], true),
            (vec![name(Kind::Daily, NOON + Duration::from_hours(1), false)], false),
            (vec![name(Kind::Daily, NOON + Duration::from_hours(24 * 400), false)], true),
        ] {
            assert_eq!(is_due(&names, NOON), due, "{names:?}");
        }
    }

    #[test]
    fn only_the_oldest_of_the_programs_own_have_had_their_time() {
        let names = vec![
            named(1, Kind::Daily),
            named(100, Kind::Manual),
            named(49, Kind::Update),
            named(25, Kind::Daily),
            named(73, Kind::Daily),
            "ticketbot-old.db".to_owned(),
        ];
        assert_eq!(superfluous(&names, 2), [named(49, Kind::Update), named(73, Kind::Daily)]);
        assert!(superfluous(&names, 4).is_empty());
    }

    #[test]
    fn what_an_interrupted_backup_left_is_told_from_one_that_is_under_way() {
        let old = partial(&named(25, Kind::Daily));
        assert!(is_left_over(&old, NOON) && is_left_over(&format!("{old}.gz"), NOON));
        assert!(!is_left_over(&partial(&named(1, Kind::Daily)), NOON));
        assert!(!is_left_over(&named(25, Kind::Daily), NOON) && !is_left_over("mine.partial", NOON));
    }
}
