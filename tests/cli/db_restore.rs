//! `ticketbot db restore`.

use std::fs;

use sqlx::Connection as _;

use crate::db_fixture::{DATABASE, add_setting, backups, connect, damage, has_setting, home_with_database};
use crate::support::Home;

/// The one file in the database's folder whose name holds `part`.
fn named(home: &Home, part: &str) -> std::path::PathBuf {
    let mut found = home.files();
    found.retain(|file| {
        let name = file.display().to_string();
        name.contains(part) && !name.ends_with("-wal") && !name.ends_with("-shm")
    });
    assert_eq!(found.len(), 1, "{part}: {found:?}");
    found.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_replaced_by_its_backup_and_kept() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup"]).code, Some(0));
    let backup = backups(&home)[0].display().to_string();
    damage(&home);
    let damaged = fs::read(home.path(DATABASE)).unwrap();
    assert_eq!(home.run(&["db", "check"]).code, Some(1));

    let outcome = home.run(&["db", "restore", &backup]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let kept = named(&home, ".replaced-");
    assert!(outcome.stdout.contains(&format!("is kept as {};", kept.display())), "{}", outcome.stdout);
    assert!(fs::read(&kept).unwrap().ends_with(&damaged[damaged.len() / 2..]));
    assert_eq!(home.mode(DATABASE), 0o600);
    assert_eq!(home.run(&["db", "check"]).code, Some(0));
    assert!(has_setting(&home, "name 1999").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sound_database_had_since_is_in_what_is_kept_and_not_in_what_is_restored() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "mine"]).code, Some(0));
    add_setting(&home, "since then").await;

    assert_eq!(home.run(&["db", "restore", "mine"]).code, Some(0));

    assert!(!has_setting(&home, "since then").await);
    let mut kept = connect(&named(&home, ".replaced-")).await;
    assert!(crate::db_fixture::setting(&mut kept, "since then").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_ahead_log_of_the_old_database_never_meets_the_new_one() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "mine"]).code, Some(0));
    damage(&home);
    home.write(&format!("{DATABASE}-wal"), "what a crash left");

    assert_eq!(home.run(&["db", "restore", "mine"]).code, Some(0));

    let beside: Vec<_> =
        home.files().into_iter().filter(|file| file.display().to_string().ends_with(".db-wal")).collect();
    assert!(beside.is_empty(), "{beside:?}");
    assert!(has_setting(&home, "name 7").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_where_there_is_no_database() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "mine"]).code, Some(0));
    fs::remove_dir_all(home.path(".local/share/ticketbot")).unwrap();

    let outcome = home.run(&["db", "restore", "mine"]);

    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("There was no database before."), "{}", outcome.stdout);
    assert_eq!((home.mode(".local/share/ticketbot"), home.mode(DATABASE)), (0o700, 0o600));
    assert!(has_setting(&home, "name 7").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_sound_backup_of_ours_is_refused_and_the_database_left_as_it_is() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "good.gz"]).code, Some(0));
    let good = fs::read(home.path("work/good.gz")).unwrap();
    home.write("work/cut.gz", &good[..good.len() - 100]);
    home.write("work/empty", "");
    home.write("work/notes", "milk, bread, butter\n".repeat(100));
    let whole = fs::read(home.path(DATABASE)).unwrap();
    let mut damaged = whole.clone();
    let half = damaged.len() / 2;
    damaged[half..].fill(0x5A);
    home.write("work/damaged", damaged);
    for (name, sql) in [
        ("foreign", "DROP TABLE _sqlx_migrations"),
        ("changed", "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1"),
        (
            "newer",
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'of the future', TRUE, x'00', 0)",
        ),
    ] {
        let mut other = connect(&home.write(&format!("work/{name}"), &whole)).await;
        sqlx::query("PRAGMA journal_mode = DELETE").execute(&mut other).await.unwrap();
        sqlx::query(sql).execute(&mut other).await.unwrap();
        other.close().await.unwrap();
    }
    let before = fs::read(home.path(DATABASE)).unwrap();
    let files = home.files().len();

    for (name, reason) in [
        ("missing", "No such file"),
        ("cut.gz", ""),
        ("empty", "it is empty"),
        ("notes", "not a database"),
        ("damaged", "it is damaged"),
        ("foreign", "it is not ticketbot's"),
        ("changed", "it is not ticketbot's"),
        ("newer", "made by a newer version of ticketbot (migration 9999"),
    ] {
        let outcome = home.run(&["db", "restore", name]);

        outcome.is_refused(1, &["The backup ", name, "cannot be restored: ", reason, "The database is as it was."]);
        assert_eq!(fs::read(home.path(DATABASE)).unwrap(), before, "{name}");
    }
    // One more: the lock.
    assert!(home.files().len() <= files + 1, "{:?}", home.files());
}
