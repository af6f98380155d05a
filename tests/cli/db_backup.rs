//! `ticketbot db backup` and `check`, and the backup before a migration.

use std::fs;

use discord_sim::Sim;

use crate::db_fixture::{
    BACKUPS, DATABASE, backups, damage, home_with_database, newest_migration, put_database, put_old_database,
};
use crate::on_discord::{home_on, home_with, start};
use crate::support::Home;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_compressed_and_for_the_operator_alone() {
    let home = home_with_database("").await;

    let outcome = home.run(&["db", "backup"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let [backup] = &backups(&home)[..] else { panic!("{:?}", home.files()) };
    assert!(outcome.stdout.starts_with(&format!("{}\n", backup.display())), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("compressed, checked."), "{}", outcome.stdout);
    assert_eq!((home.mode(BACKUPS), home.mode(&backup.display().to_string())), (0o700, 0o600));
    let [packed, whole] = [backup, &home.path(DATABASE)].map(|path| path.metadata().unwrap().len());
    assert!(packed < whole / 2, "{packed} of {whole} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_where_it_is_sent_and_never_over_a_file() {
    let home = home_with_database("backup.directory = ''").await;
    home.run(&["db", "backup"]).is_refused_with(&["no folder for backups", "ticketbot db backup --to PATH"]);

    assert_eq!(home.run(&["db", "backup", "--to", "mine.gz"]).code, Some(0));
    assert_eq!(home.run(&["db", "backup", "--to", "."]).code, Some(0));
    let before = fs::read(home.path("work/mine.gz")).unwrap();
    let outcome = home.run(&["db", "backup", "--to", "mine.gz"]);

    outcome.is_refused(1, &["mine.gz could not be made: there is a file of that name already"]);
    assert_eq!(fs::read(home.path("work/mine.gz")).unwrap(), before);
    assert_eq!(fs::read_dir(home.path("work")).unwrap().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_while_the_bot_runs_and_nothing_is_put_in_its_databases_place() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;

    let backup = home.run(&["db", "backup", "--to", "mine.gz"]);
    assert_eq!((backup.code, backup.stderr.as_str()), (Some(0), ""));
    assert_eq!(home.run(&["db", "check"]).code, Some(0));
    let restore = home.run(&["db", "restore", "mine.gz", "--yes"]);
    restore.is_refused(1, &["ticketbot.db is in use", "Stop the bot"]);

    assert_eq!(running.stop().code, Some(0));
    assert_eq!(home.run(&["db", "restore", "mine.gz", "--yes"]).code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_the_database_is_and_changes_nothing() {
    let home = home_with_database("").await;
    let before = fs::read(home.path(DATABASE)).unwrap();

    let outcome = home.run(&["db", "check"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    for line in ["encrypted:  no", "pages:      sound", "references: sound", "tables:     up to date"] {
        assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    }
    assert_eq!(fs::read(home.path(DATABASE)).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_finds_damage_rows_without_their_parents_and_tables_that_are_behind() {
    let home = home_with_database("").await;
    let mut connection = crate::db_fixture::connect(&home.path(DATABASE)).await;
    let orphan = "INSERT INTO inbox (guild_id, destination_id, created_at) VALUES (7, 1, 1)";
    for sql in ["PRAGMA foreign_keys = OFF", orphan] {
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }
    drop(connection);
    let outcome = home.run(&["db", "check"]);
    assert!(outcome.stdout.contains("references: 1 rows of inbox refer to what is not there"), "{}", outcome.stdout);
    assert_eq!(outcome.code, Some(1));

    damage(&home);
    let outcome = home.run(&["db", "check"]);
    assert_eq!(outcome.code, Some(1));
    outcome.last_line_holds(&["ticketbot.db is damaged", "ticketbot db restore PATH"]);
    let backup = home.run(&["db", "backup"]);
    assert_eq!((backup.code, backups(&home).len()), (Some(1), 0), "{}", backup.stderr);

    put_old_database(&home).await;
    let outcome = home.run(&["db", "check"]);
    assert!(outcome.stdout.contains("tables:     migration 1; "), "{}", outcome.stdout);
    assert_eq!((outcome.code, newest_migration(&home).await), (Some(0), 1));
}

#[test]
fn without_a_database_there_is_nothing_to_check_or_back_up() {
    for command in ["check", "backup"] {
        let home = Home::new();
        home.run(&["db", command]).is_refused(1, &["There is no database at", "ticketbot.db", "Check `db.path`"]);
        assert!(home.files().is_empty(), "{:?}", home.files());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_an_update_changes_the_tables_there_is_a_backup_of_them() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    put_old_database(&home).await;

    let outcome = home.run(&["--sync"]);

    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let [backup] = &backups(&home)[..] else { panic!("{:?}", home.files()) };
    assert!(backup.to_string_lossy().ends_with("Z-update.db.gz"), "{}", backup.display());
    assert!(newest_migration(&home).await > 1);
    let path = backup.display().to_string();
    assert_eq!(home.run(&["db", "restore", &path, "--yes"]).code, Some(0));
    assert_eq!(newest_migration(&home).await, 1, "it holds the tables as they were");
    assert_eq!(home.run(&["--sync"]).code, Some(0));
    assert!(newest_migration(&home).await > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_without_its_backup_is_refused_unless_the_operator_wants_it() {
    let sim = Sim::start().await;
    let home = home_with(&sim, "backup.directory = 'in-the-way'");
    home.write(".config/ticketbot/in-the-way", "");
    put_old_database(&home).await;

    let outcome = home.run(&["--sync"]);

    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    outcome.last_line_holds(&["were not brought up to date", "in-the-way", "`backup.before_update` to false"]);
    assert_eq!(newest_migration(&home).await, 1);

    let home = home_with(&sim, "backup.directory = 'in-the-way'\nbackup.before_update = false");
    home.write(".config/ticketbot/in-the-way", "");
    put_old_database(&home).await;
    let outcome = home.run(&["--sync"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("The migration continues without it"), "{}", outcome.stderr);
    assert!(newest_migration(&home).await > 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_on_tables_that_are_up_to_date_makes_none() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    put_database(&home).await;

    assert_eq!(home.run(&["--sync"]).code, Some(0));

    assert!(backups(&home).is_empty(), "{:?}", home.files());
}
