//! `ticketbot db restore`.

use std::fs;

use sqlx::Connection as _;

use crate::db_fixture::{
    DATABASE, add_setting, backups, connect, connect_new, damage, has_setting, home_with_database,
};
use crate::support::{Home, TOKEN};
use crate::terminal::Terminal;

/// The only file in the database's folder whose name contains `part`.
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

    let outcome = home.run(&["db", "restore", &backup, "--yes"]);

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

    assert_eq!(home.run(&["db", "restore", "mine", "--yes"]).code, Some(0));

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

    assert_eq!(home.run(&["db", "restore", "mine", "--yes"]).code, Some(0));

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

    let outcome = home.run(&["db", "restore", "mine", "--yes"]);

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
    home.write("work/junk", [&whole[..], &[0; 4096]].concat());
    home.write("work/junk.gz", [&good[..], b"x"].concat());
    home.write("work/short", &whole[..whole.len() - 4096]);
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, home.path("work/fifo"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let mut damaged = whole.clone();
    let half = damaged.len() / 2;
    damaged[half..].fill(0x5A);
    home.write("work/damaged", damaged);
    for (name, sql) in [
        ("foreign", "DROP TABLE _sqlx_migrations"),
        ("changed", "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1"),
        ("dropped", "DROP TABLE inbox_staff"),
        ("thinned", "ALTER TABLE setting RENAME COLUMN value TO other"),
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
        ("dropped", "there is no column inbox_staff.inbox_id"),
        ("thinned", "there is no column setting.value"),
        ("junk", "there is something behind the database in it"),
        ("junk.gz", "there is something behind the database in it"),
        ("short", "it is cut off"),
        ("fifo", "it is a pipe or a device and not a file"),
        ("/dev/zero", "it is a pipe or a device and not a file"),
        (".", "it is a folder"),
        ("cut.gz", ""),
        ("empty", "it is empty"),
        ("notes", "not a database"),
        ("damaged", "it is damaged"),
        ("foreign", "it is not ticketbot's"),
        ("changed", "it is not ticketbot's"),
        ("newer", "made by a newer version of ticketbot (migration 9999"),
    ] {
        let outcome = home.run(&["db", "restore", name, "--yes"]);

        outcome.is_refused(1, &["The backup ", name, "cannot be restored: ", reason, "The database is as it was."]);
        assert_eq!(fs::read(home.path(DATABASE)).unwrap(), before, "{name}");
    }
    // One more file: the lock.
    assert!(home.files().len() <= files + 1, "{:?}", home.files());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_yes_nothing_is_restored_and_nothing_is_written() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "mine"]).code, Some(0));
    let before = home.files();

    home.run(&["db", "restore", "mine"]).is_refused_with(&["Nothing was restored: it has to be confirmed", "--yes"]);
    assert_eq!(home.files(), before);

    for (answer, code, last) in [("y\r", 1, "Nothing was restored."), ("yes\r", 0, "Restored ")] {
        let terminal = Terminal::start(&home, env!("CARGO_BIN_EXE_ticketbot"), &["db", "restore", "mine"]);
        terminal.wait_for("is to take the place of the database");
        terminal.wait_for("Type yes:");
        terminal.write(answer);
        terminal.wait_for(last);
        assert_eq!(terminal.end().0, Some(code), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_database_is_not_replaced() {
    let home = home_with_database("").await;
    assert_eq!(home.run(&["db", "backup", "--to", "mine"]).code, Some(0));
    fs::remove_file(home.path(DATABASE)).unwrap();
    let mut other = connect_new(&home.path(DATABASE)).await;
    sqlx::query("CREATE TABLE notes (text TEXT)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let before = fs::read(home.path(DATABASE)).unwrap();

    home.run(&["db", "restore", "mine", "--yes"]).is_refused(1, &["it is another program's", "(notes)"]);

    assert_eq!(fs::read(home.path(DATABASE)).unwrap(), before);
}

#[test]
fn a_disk_that_is_too_small_is_never_filled() {
    let home = Home::with_config(&format!("bot.token = {TOKEN:?}"));
    // A packed file that claims to be a database of 60 GiB and never ends.
    let mut begin = b"SQLite format 3\0\xFF\xFF".to_vec();
    begin.resize(100, 0);
    begin[16..18].copy_from_slice(&0x8000_u16.to_be_bytes());
    begin[28..32].copy_from_slice(&1_966_080_u32.to_be_bytes());
    home.write("work/bomb", &begin);
    let packed = std::process::Command::new("gzip").arg("-k").arg(home.path("work/bomb")).status();
    assert!(packed.is_ok_and(|status| status.success()));

    let outcome = home.run(&["db", "restore", "bomb.gz", "--yes"]);

    outcome.is_refused(1, &["The backup ", "bomb.gz cannot be restored: "]);
    let refused = ["MiB must be free where the database is", "it is cut off"];
    assert!(refused.iter().any(|reason| outcome.stderr.contains(reason)), "{}", outcome.stderr);
    assert!(!home.files().iter().any(|file| file.display().to_string().contains("restoring")));
}
