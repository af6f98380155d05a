//! Backups of real databases in real folders.

use std::sync::Mutex;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::domain::clock::Clock;
use crate::storage::{self, Contents, Database};

const NOW: Timestamp = Timestamp::from_seconds(1_769_860_800);

/// A clock that a test sets.
struct Hands(Mutex<Duration>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        NOW + self.monotonic()
    }
    fn monotonic(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

impl Hands {
    fn advance(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

async fn database(home: &TempDir) -> Database {
    let db = storage::open(&home.path().join("ticketbot.db"), &[]).await.unwrap();
    db.store_value("a", "b").await.unwrap();
    db
}

fn settings(home: &TempDir, keep: usize) -> Backup {
    Backup { directory: Some(home.path().join("backups")), keep, daily: true, before_update: true }
}

fn backups(home: &TempDir) -> Vec<String> {
    let mut names = list(&home.path().join("backups")).unwrap();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_of_a_database_in_use_holds_everything_that_was_committed() {
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let unfinished = db.begin_write().await.unwrap();

    let target = home.path().join("copy.db.gz");
    let taken = take(&target, db.live(), Arc::new(Progress::silent())).await.unwrap();

    drop(unfinished);
    assert_eq!(taken.size, target.metadata().unwrap().len());
    let unpacked = home.path().join("copy.db");
    unpack(&target, &unpacked, 1, &Progress::silent()).unwrap();
    assert_eq!(Contents::of(&unpacked).unwrap(), Contents::Plain);
    let copy = storage::open(&unpacked, &[]).await.unwrap();
    assert_eq!(copy.find_value("a").await.unwrap().as_deref(), Some("b"));
}

#[tokio::test]
async fn a_backup_never_replaces_a_file_and_one_that_fails_leaves_nothing() {
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let target = home.path().join("mine");
    fs::write(&target, "mine").unwrap();

    let failure = take(&target, db.live(), Arc::new(Progress::silent())).await.unwrap_err();
    assert!(failure.to_string().contains("there is a file of that name already"), "{failure}");
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");

    let nowhere = home.path().join("no/such/folder.gz");
    take(&nowhere, db.live(), Arc::new(Progress::silent())).await.unwrap_err();
    let left: Vec<_> = list(home.path()).unwrap().into_iter().filter(|name| name.contains("partial")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn backups_and_their_folder_are_for_the_operator_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let folder = home.path().join("backups");

    let taken = take_in(&folder, Kind::Manual, db.live(), NOW, Arc::new(Progress::silent())).await.unwrap();

    for (path, mode) in [(&folder, 0o700), (&taken.path, 0o600)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }
}

#[tokio::test]
async fn one_backup_a_day_is_made_and_the_newest_are_kept_across_restarts() {
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let clock = Hands(Mutex::default());
    for _ in 0..10 {
        // A new instance each time, as after a restart.
        Daily::new(settings(&home, 3)).run_if_due(db.live(), &clock).await;
        clock.advance(Duration::from_hours(12));
    }

    assert_eq!(
        backups(&home),
        [
            "ticketbot-20260202T120000Z-daily.db.gz",
            "ticketbot-20260203T120000Z-daily.db.gz",
            "ticketbot-20260204T120000Z-daily.db.gz"
        ]
    );
}

#[tokio::test]
async fn a_daily_backup_that_fails_is_tried_again_after_an_hour_and_not_before() {
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let clock = Hands(Mutex::default());
    let daily = Daily::new(settings(&home, 3));
    let folder = home.path().join("backups");
    fs::write(&folder, "in the way").unwrap();
    daily.run_if_due(db.live(), &clock).await;
    fs::remove_file(&folder).unwrap();

    clock.advance(Duration::from_mins(59));
    daily.run_if_due(db.live(), &clock).await;
    assert!(backups(&home).is_empty());
    clock.advance(Duration::from_mins(1));
    daily.run_if_due(db.live(), &clock).await;
    assert_eq!(backups(&home).len(), 1);
}

#[tokio::test]
async fn nothing_is_made_when_the_operator_wants_none() {
    let home = TempDir::new().unwrap();
    let db = database(&home).await;
    let clock = Hands(Mutex::default());
    for settings in [Backup { daily: false, ..settings(&home, 3) }, Backup { directory: None, ..settings(&home, 3) }] {
        Daily::new(settings).run_if_due(db.live(), &clock).await;
    }
    assert!(backups(&home).is_empty());
}

#[tokio::test]
async fn a_new_database_and_one_that_is_up_to_date_need_no_backup() {
    let home = TempDir::new().unwrap();
    let location = storage::Location { path: home.path().join("ticketbot.db"), pragmas: Vec::new(), key: None };
    for _ in 0..2 {
        let opened = storage::connect(&location).await.unwrap();
        before_update(&opened, &settings(&home, 3)).await.unwrap();
        opened.migrate().await.unwrap().close().await;
    }
    assert!(backups(&home).is_empty());
}
