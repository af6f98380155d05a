//! The database file: created, opened again, refused if it is not ours, and constrained by its own rules.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

#[path = "migrations/earlier.rs"]
mod earlier;

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::storage::{self, OpenError};

/// A folder with a database that was opened once and closed.
async fn made() -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    let path = home.path().join("ticketbot.db");
    storage::open(&path, &[]).await.unwrap().close().await;
    (home, path)
}

async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).connect().await.unwrap()
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ())
}

async fn number(connection: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn a_fresh_file_and_its_folder_are_made() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("data").join("deeper").join("ticketbot.db");

    storage::open(&path, &[]).await.unwrap().close().await;

    let mut connection = connect(&path).await;
    assert_eq!(number(&mut connection, "SELECT count(*) FROM ticket").await, 0);
    assert_eq!(number(&mut connection, "SELECT count(*) FROM _sqlx_migrations WHERE success = 0").await, 0);
}

#[tokio::test]
async fn closing_leaves_one_file_with_everything_in_it() {
    let (home, _path) = made().await;

    let mut files: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();

    files.sort();
    assert_eq!(files, ["ticketbot.db", "ticketbot.db.lock"], "the lock stays, and is empty");
}

#[tokio::test]
async fn opening_again_keeps_what_is_there() {
    let (_home, path) = made().await;
    run(&mut connect(&path).await, "INSERT INTO setting (name, value) VALUES ('a', 'b')").await.unwrap();

    let db = storage::open(&path, &[]).await.unwrap();

    assert_eq!(db.find_value("a").await.unwrap().as_deref(), Some("b"));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let (_home, path) = made().await;
    let mut connection = connect(&path).await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (99991231, 'from the future', 1, x'00', 0)";
    run(&mut connection, newer).await.unwrap();
    connection.close().await.unwrap();
    let before = fs::read(&path).unwrap();

    let refused = storage::open(&path, &[]).await.unwrap_err();

    assert!(matches!(refused, OpenError::Newer(99_991_231)), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("notes.txt");
    let notes = "Dear diary, ".repeat(200);
    fs::write(&path, &notes).unwrap();

    let refused = storage::open(&path, &[]).await.unwrap_err();

    assert!(matches!(refused, OpenError::NotADatabase), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), notes);
}

/// A ticket row, described by the columns that the table's rules use.
fn ticket(inbox: i64, owner: i64, thread: &str, state: &str, slot: &str) -> String {
    format!(
        "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, reserved_at)
         VALUES (1, {inbox}, {owner}, 3, {thread}, '{state}', {slot}, 1, 0)"
    )
}

async fn with_inbox() -> (TempDir, SqliteConnection) {
    let (home, path) = made().await;
    let mut connection = connect(&path).await;
    run(&mut connection, "INSERT INTO guild (id, locale) VALUES (1, 'en-US')").await.unwrap();
    for message in [11, 12] {
        let panel = format!(
            "INSERT INTO panel (guild_id, channel_id, message_id, created_at) VALUES (1, 2, {message}, 0);
             INSERT INTO inbox (guild_id, panel_id, destination_id, created_at)
             SELECT guild_id, id, 3, 0 FROM panel WHERE message_id = {message}"
        );
        run(&mut connection, &panel).await.unwrap();
    }
    (home, connection)
}

#[tokio::test]
async fn two_tickets_can_never_take_one_place() {
    let (_home, mut connection) = with_inbox().await;
    run(&mut connection, &ticket(1, 7, "100", "open", "1")).await.unwrap();

    run(&mut connection, &ticket(1, 7, "101", "opening", "1")).await.unwrap_err();

    for allowed in [
        ticket(1, 7, "102", "open", "2"),
        ticket(1, 8, "103", "open", "1"),
        ticket(2, 7, "104", "open", "1"),
        ticket(1, 7, "105", "closed", "NULL"),
        ticket(1, 7, "106", "closed", "NULL"),
    ] {
        run(&mut connection, &allowed).await.unwrap();
    }
}

#[tokio::test]
async fn a_ticket_has_a_place_exactly_while_it_is_opening_or_open() {
    let (_home, mut connection) = with_inbox().await;
    let table = [
        ("opening", "1", true),
        ("open", "2", true),
        ("dormant", "NULL", true),
        ("closed", "NULL", true),
        ("opening", "NULL", false),
        ("open", "NULL", false),
        ("dormant", "3", false),
        ("closed", "4", false),
        ("unheard of", "NULL", false),
    ];
    for (number, (state, slot, allowed)) in table.into_iter().enumerate() {
        let sql = ticket(1, 7, &(200 + number).to_string(), state, slot);

        assert_eq!(run(&mut connection, &sql).await.is_ok(), allowed, "{state} with place {slot}");
    }
}

#[tokio::test]
async fn only_a_ticket_that_is_being_opened_may_be_without_a_thread_and_no_two_share_one() {
    let (_home, mut connection) = with_inbox().await;

    run(&mut connection, &ticket(1, 7, "NULL", "opening", "1")).await.unwrap();
    run(&mut connection, &ticket(1, 8, "NULL", "opening", "1")).await.unwrap();
    run(&mut connection, &ticket(1, 9, "NULL", "open", "1")).await.unwrap_err();
    run(&mut connection, &ticket(1, 9, "300", "open", "1")).await.unwrap();
    run(&mut connection, &ticket(1, 6, "300", "open", "1")).await.unwrap_err();
}

#[tokio::test]
async fn a_deleted_inbox_leaves_its_tickets_and_a_deleted_guild_leaves_nothing() {
    let (_home, mut connection) = with_inbox().await;
    run(&mut connection, &ticket(1, 7, "400", "open", "1")).await.unwrap();
    run(&mut connection, "INSERT INTO inbox_staff (inbox_id, mention, position) VALUES (1, '<@5>', 0)").await.unwrap();

    run(&mut connection, "DELETE FROM inbox WHERE id = 1").await.unwrap();
    assert_eq!(number(&mut connection, "SELECT count(*) FROM ticket WHERE inbox_id IS NULL").await, 1);
    assert_eq!(number(&mut connection, "SELECT count(*) FROM inbox_staff").await, 0);

    run(&mut connection, "DELETE FROM guild").await.unwrap();
    assert_eq!(number(&mut connection, "SELECT count(*) FROM ticket").await, 0);
    assert_eq!(number(&mut connection, "SELECT count(*) FROM inbox").await, 0);
    assert_eq!(number(&mut connection, "SELECT count(*) FROM panel").await, 0);
}

#[tokio::test]
async fn a_deleted_panel_leaves_its_inboxes_and_their_settings() {
    let (_home, mut connection) = with_inbox().await;

    run(&mut connection, "DELETE FROM panel WHERE id = 1").await.unwrap();

    assert_eq!(number(&mut connection, "SELECT count(*) FROM inbox WHERE panel_id IS NULL").await, 1);
    assert_eq!(number(&mut connection, "SELECT count(*) FROM inbox").await, 2);
}

#[tokio::test]
async fn an_inbox_number_is_never_given_twice() {
    let (_home, mut connection) = with_inbox().await;
    run(&mut connection, "DELETE FROM inbox WHERE id = 2").await.unwrap();

    run(&mut connection, "INSERT INTO inbox (guild_id, destination_id, created_at) VALUES (1, 3, 0)").await.unwrap();

    assert_eq!(number(&mut connection, "SELECT max(id) FROM inbox").await, 3);
}
