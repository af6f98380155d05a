//! The log files: one a day in UTC, `ticketbot.2026-01-31.jsonl`, kept for a number of days.
//!
//! Not tracing-appender's rolling file, which keeps a number of files, not of days: see
//! `docs/decisions/0006-operator-parts.md`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Duration};

use crate::config;

const NAME: &[BorrowedFormatItem<'_>] = format_description!("ticketbot.[year]-[month]-[day].jsonl");

/// Writes to the file of the day, and removes expired files whenever a day begins.
pub(super) struct DailyFile<Today> {
    directory: PathBuf,
    retention_days: u16,
    today: Today,
    date: Date,
    file: File,
}

impl<Today: Fn() -> Date> DailyFile<Today> {
    /// Creates the folder if needed (mode 0700) and opens the file of today (mode 0600).
    pub(super) fn open(directory: PathBuf, retention_days: u16, today: Today) -> io::Result<Self> {
        config::create_folder(&directory)?;
        let date = today();
        let file = append(&directory, date)?;
        remove_old(&directory, date, retention_days);
        Ok(Self { directory, retention_days, today, date, file })
    }

    fn open_new_file_if_due(&mut self) -> io::Result<()> {
        let date = (self.today)();
        if date != self.date {
            self.file = append(&self.directory, date)?;
            self.date = date;
            remove_old(&self.directory, date, self.retention_days);
        }
        Ok(())
    }
}

impl<Today: Fn() -> Date> Write for DailyFile<Today> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.open_new_file_if_due()?;
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The date of the system in UTC.
#[expect(clippy::disallowed_methods, reason = "the log runs before and after the rest of the program, and its clock")]
pub(super) fn today() -> Date {
    time::OffsetDateTime::now_utc().date()
}

fn append(directory: &Path, date: Date) -> io::Result<File> {
    config::append(&directory.join(name_of(date).ok_or(io::ErrorKind::InvalidInput)?))
}

/// `None` for a year without exactly four digits.
fn name_of(date: Date) -> Option<String> {
    date.format(NAME).ok()
}

/// The date in the name of one of our files; `None` for any other name.
fn date_of(name: &str) -> Option<Date> {
    // Accept only the exact form that we write.
    Date::parse(name, NAME).ok().filter(|date| name_of(*date).as_deref() == Some(name))
}

/// A file that cannot be removed is retried the next day: the log must go on, and has no place to report it.
fn remove_old(directory: &Path, today: Date, retention_days: u16) {
    let Some(oldest_kept) = today.checked_sub(Duration::days(retention_days.into())) else {
        return;
    };
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let date = entry.file_name().to_str().and_then(date_of);
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && date.is_some_and(|date| date < oldest_kept) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn day(text: &str) -> Date {
        date_of(&format!("ticketbot.{text}.jsonl")).unwrap()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_day_begins_a_new_file() {
        let root = tempfile::tempdir().unwrap();
        let today = Cell::new(day("2026-02-28"));
        let mut log = DailyFile::open(root.path().join("logs"), 90, || today.get()).unwrap();

        log.write_all(b"a\n").unwrap();
        log.write_all(b"b\n").unwrap();
        today.set(day("2026-03-01"));
        log.write_all(b"c\n").unwrap();

        let folder = root.path().join("logs");
        assert_eq!(names_in(&folder), ["ticketbot.2026-02-28.jsonl", "ticketbot.2026-03-01.jsonl"]);
        assert_eq!(fs::read_to_string(folder.join("ticketbot.2026-02-28.jsonl")).unwrap(), "a\nb\n");
        assert_eq!(fs::read_to_string(folder.join("ticketbot.2026-03-01.jsonl")).unwrap(), "c\n");
    }

    #[test]
    fn a_second_start_on_the_same_day_adds_to_its_file() {
        let root = tempfile::tempdir().unwrap();
        for line in ["a\n", "b\n"] {
            let mut log = DailyFile::open(root.path().to_owned(), 90, || day("2026-01-01")).unwrap();
            log.write_all(line.as_bytes()).unwrap();
        }

        assert_eq!(fs::read_to_string(root.path().join("ticketbot.2026-01-01.jsonl")).unwrap(), "a\nb\n");
    }

    #[test]
    fn files_older_than_the_retention_are_removed_and_foreign_ones_are_not() {
        let root = tempfile::tempdir().unwrap();
        let foreign = [
            "notes.txt",
            "ticketbot.2020-1-1.jsonl",
            "ticketbot.2020-01-01.jsonl.bak",
            "ticketbot.db",
            "x.2020-01-01.jsonl",
        ];
        for name in foreign.iter().chain(&[
            "ticketbot.2026-01-21.jsonl",
            "ticketbot.2026-01-22.jsonl",
            "ticketbot.2020-01-01.jsonl",
        ]) {
            fs::write(root.path().join(name), "").unwrap();
        }
        fs::create_dir(root.path().join("ticketbot.2019-01-01.jsonl")).unwrap();
        let today = Cell::new(day("2026-01-31"));

        let mut log = DailyFile::open(root.path().to_owned(), 10, || today.get()).unwrap();
        let names = names_in(root.path());
        assert!(foreign.iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");
        assert!(names.contains(&"ticketbot.2019-01-01.jsonl".to_owned()), "a folder is not ours: {names:?}");
        assert!(!names.contains(&"ticketbot.2020-01-01.jsonl".to_owned()), "{names:?}");
        assert!(names.contains(&"ticketbot.2026-01-21.jsonl".to_owned()), "ten days are kept: {names:?}");

        today.set(day("2026-02-01"));
        log.write_all(b"\n").unwrap();
        let names = names_in(root.path());
        assert!(!names.contains(&"ticketbot.2026-01-21.jsonl".to_owned()), "{names:?}");
        assert!(names.contains(&"ticketbot.2026-01-22.jsonl".to_owned()), "{names:?}");
    }

    #[cfg(unix)]
    #[test]
    fn folder_and_file_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/logs");

        DailyFile::open(folder.clone(), 90, || day("2026-01-01")).unwrap();

        for (path, mode) in [(folder.clone(), 0o700), (folder.join("ticketbot.2026-01-01.jsonl"), 0o600)] {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
        }
    }
}
