//! Databases of every earlier version, filled with data, migrate completely: references to inboxes stay valid, no id is
//! reused, and an interrupted migration changes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::storage;

use super::{connect, number, run};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Before this migration an inbox was its own message.
const PANELS: i64 = 6;

/// The data of an inbox in an earlier version: `starter`, `ticket_name`, `message_id`, `staff_revision`.
const INBOXES: [(&str, &str, &str, u32); 4] = [
    ("NULL", "NULL", "71", 0),
    ("'\"quoted\" \\ ''' || char(10, 8232, 128512) || '$author'", "'#$counter'", "72", 3),
    ("''", "NULL", "NULL", 1),
    ("NULL", "'$day'", "74", 0),
];

/// A database as the version with this migration left it, with rows in every table and one deleted inbox.
async fn filled(version: i64, tickets: u32) -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    let path = home.path().join("ticketbot.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap().close().await.unwrap();
    let mut db = connect(&path).await;
    let earlier: Vec<_> = MIGRATIONS.iter().filter(|migration| migration.version <= version).cloned().collect();
    Migrator { migrations: earlier.into(), ..Migrator::DEFAULT }.run(&mut db).await.unwrap();
    run(&mut db, "PRAGMA journal_mode = WAL; BEGIN").await.unwrap();
    run(&mut db, "INSERT INTO guild (id, locale) VALUES (1, 'de'), (2, 'en-US')").await.unwrap();
    for (starter, name, message, revision) in INBOXES {
        let inbox = format!(
            "INSERT INTO inbox (guild_id, channel_id, message_id, destination_id, starter, ticket_name, counter,
                 staff_revision, member_limit, slowmode_seconds, created_at)
             SELECT 1 + count(*) % 2, 20 + count(*), {message}, 30 + count(*), {starter}, {name}, 40 + count(*),
                 {revision}, count(*), 50 + count(*), 60 + count(*) FROM inbox"
        );
        run(&mut db, &inbox).await.unwrap();
    }
    let rest = format!(
        "INSERT INTO inbox (id, guild_id, channel_id, destination_id, created_at) VALUES (9, 1, 1, 1, 1);
         INSERT INTO inbox_staff (inbox_id, mention, position)
         SELECT id, '<@' || id || '>', 0 FROM inbox UNION ALL SELECT id, '<@&5>', 1 FROM inbox;
         INSERT INTO pending_selection (guild_id, user_id, kind, inbox_id, expires_at) VALUES (1, 3, 'repost', 2, 5);
         INSERT INTO setting (name, value) VALUES ('name', 'value');
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tickets})
         INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, reserved_at)
         SELECT 1, CASE i % 5 WHEN 0 THEN 9 ELSE i % 5 END, i, 7, 1000 + i, iif(i % 9, 'closed', 'open'),
             iif(i % 9, NULL, 1), i, i FROM n;"
    );
    run(&mut db, &rest).await.unwrap();
    if version >= 4 {
        let taken = "INSERT INTO taken_over (id, guild_id, inbox_id) VALUES (71, 1, 1), (1001, 1, NULL), (99, 1, 9)";
        run(&mut db, taken).await.unwrap();
    }
    if version >= 5 {
        let steps = "INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline)
                     SELECT id, guild_id, id, 'close', '{}', 'n' || id, 1, 2 FROM ticket WHERE id < 5;
                     INSERT INTO timer (ticket_id, kind, due_at) SELECT id, 'remind', 3 FROM ticket WHERE id < 5";
        run(&mut db, steps).await.unwrap();
    }
    run(&mut db, "DELETE FROM inbox WHERE id = 9; DELETE FROM ticket WHERE id = (SELECT max(id) FROM ticket)")
        .await
        .unwrap();
    run(&mut db, "COMMIT").await.unwrap();
    db.close().await.unwrap();
    (home, path)
}

/// All rows, as text, of the tables that the migration does not change.
async fn untouched(db: &mut SqliteConnection) -> Vec<String> {
    let mut all = Vec::new();
    for (table, columns) in [
        ("guild", "id, locale, left_at"),
        ("inbox_staff", "inbox_id, mention, position"),
        ("ticket", "id, guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, reserved_at"),
        ("pending_selection", "guild_id, user_id, kind, inbox_id, expires_at"),
        ("taken_over", "id, guild_id, inbox_id"),
        ("step", "id, lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline"),
        ("timer", "ticket_id, kind, due_at"),
        ("sqlite_sequence", "name, seq"),
    ] {
        let is_there = "SELECT 1 FROM sqlite_master WHERE name = $1";
        if sqlx::query(is_there).bind(table).fetch_optional(&mut *db).await.unwrap().is_some() {
            let sql = format!("SELECT concat_ws('|', '{table}', {columns}) FROM {table} ORDER BY 1");
            let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *db).await.unwrap();
            all.extend(rows.iter().map(|row| row.get::<String, _>(0)));
        }
    }
    // New tables count from the beginning.
    all.retain(|row| !row.starts_with("sqlite_sequence|panel") && row != "sqlite_sequence|step|0");
    all
}

/// Checks that nothing of [`INBOXES`] was lost or changed.
async fn assert_inboxes_are_whole(db: &mut SqliteConnection) {
    let rows = sqlx::query(
        "SELECT concat_ws('|', i.id, i.guild_id, i.position, i.destination_id, i.counter, i.member_limit, i.created_at,
             p.id, p.guild_id, p.channel_id, coalesce(p.message_id, ''), p.style, p.slowmode_seconds, p.created_at,
             coalesce(revisions ->> '$.staff', 0)) AS facts,
             settings ->> '$.beginning.starter' AS starter, settings ->> '$.beginning.ticket_name' AS name
         FROM inbox i JOIN panel p ON p.id = i.panel_id ORDER BY i.id",
    )
    .fetch_all(&mut *db)
    .await
    .unwrap();
    assert_eq!(rows.len(), INBOXES.len());
    for ((at, (starter, name, message, revision)), row) in (0..).zip(INBOXES).zip(&rows) {
        let (id, guild, message) = (at + 1, 1 + at % 2, message.replace("NULL", ""));
        let (channel, destination, counter, slowmode, made) = (20 + at, 30 + at, 40 + at, 50 + at, 60 + at);
        let facts = format!(
            "{id}|{guild}|0|{destination}|{counter}|{at}|{made}|{id}|{guild}|{channel}|{message}|buttons|{slowmode}|{made}|{revision}"
        );
        assert_eq!(row.get::<String, _>("facts"), facts);
        let texts = sqlx::query(AssertSqlSafe(format!("SELECT {starter}, {name}"))).fetch_one(&mut *db).await.unwrap();
        assert_eq!(row.get::<Option<String>, _>("starter"), texts.get(0), "{id}");
        assert_eq!(row.get::<Option<String>, _>("name"), texts.get(1), "{id}");
    }
    assert_eq!(number(db, "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
    let whole: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut *db).await.unwrap();
    assert_eq!(whole, "ok");
}

#[tokio::test]
async fn every_earlier_version_keeps_its_inboxes_their_staff_and_their_tickets() {
    for version in 1..PANELS {
        let (_home, path) = filled(version, 50).await;
        let before = untouched(&mut connect(&path).await).await;
        assert!(before.iter().any(|row| row.starts_with("ticket|4|1|4|")), "{before:#?}");

        storage::open(&path, &[]).await.unwrap().close().await;

        let mut db = connect(&path).await;
        let after = untouched(&mut db).await;
        assert_eq!(after, before, "version {version}");
        assert_inboxes_are_whole(&mut db).await;
        run(&mut db, "INSERT INTO inbox (guild_id, destination_id, created_at) VALUES (1, 1, 1)").await.unwrap();
        assert_eq!(number(&mut db, "SELECT max(id) FROM inbox").await, 10, "9 was given before");
    }
}

#[tokio::test]
async fn a_migrated_database_has_the_tables_of_a_new_one() {
    let schema = async |path: &Path| -> Vec<String> {
        let sql = "SELECT coalesce(sql, name) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
        sqlx::query_scalar(sql).fetch_all(&mut connect(path).await).await.unwrap()
    };
    let (_new, new) = super::made().await;
    for version in 1..PANELS {
        let (_home, path) = filled(version, 5).await;

        storage::open(&path, &[]).await.unwrap().close().await;

        assert_eq!(schema(&path).await, schema(&new).await, "version {version}");
    }
}

/// The files of a process that is killed while it migrates: copied between two steps of SQLite's machine.
#[tokio::test]
async fn a_migration_that_is_cut_off_anywhere_leaves_what_was_there_and_is_done_by_the_next_start() {
    let (_home, path) = filled(PANELS - 1, 400).await;
    let before = untouched(&mut connect(&path).await).await;
    let graves = TempDir::new().unwrap();
    let cuts = Arc::new(Mutex::new(Vec::new()));
    let mut db = connect(&path).await;
    // So small that changes reach the write-ahead log long before the end.
    run(&mut db, "PRAGMA cache_size = 10").await.unwrap();
    let (from, to, made) = (path.clone(), graves.path().to_owned(), Arc::clone(&cuts));
    let mut step = 0_u32;
    db.lock_handle().await.unwrap().set_progress_handler(50, move || {
        step += 1;
        if step.is_multiple_of(30) {
            let grave = to.join(format!("{step}.db"));
            for suffix in ["", "-wal"] {
                let name = |path: &Path| format!("{}{suffix}", path.display());
                let _absent_before_the_first_write = fs::copy(name(&from), name(&grave));
            }
            made.lock().unwrap().push(grave);
        }
        true
    });
    MIGRATIONS.run(&mut db).await.unwrap();
    db.lock_handle().await.unwrap().remove_progress_handler();
    db.close().await.unwrap();

    let cuts = cuts.lock().unwrap().clone();
    assert!(cuts.len() >= 10, "cut off {} times only", cuts.len());
    for grave in cuts {
        let mut db = connect(&grave).await;
        let done = number(&mut db, "SELECT max(version) FROM _sqlx_migrations").await;
        assert_eq!(untouched(&mut db).await, before);
        assert_eq!(
            number(&mut db, "SELECT count(*) FROM sqlite_master WHERE name = 'panel'").await,
            i64::from(done >= PANELS)
        );
        db.close().await.unwrap();

        storage::open(&grave, &[]).await.unwrap().close().await;

        let mut db = connect(&grave).await;
        assert_eq!(untouched(&mut db).await, before);
        assert_inboxes_are_whole(&mut db).await;
    }
}

/// Not a measurement: 100,000 tickets must not make a migration take minutes or fill the disk. Each gets its number, which
/// writes it once.
#[tokio::test]
async fn years_of_tickets_are_written_once_at_most() {
    let (_home, path) = filled(PANELS - 1, 100_000).await;
    let size = fs::metadata(&path).unwrap().len();

    let db = storage::open(&path, &[]).await.unwrap();

    let log = fs::metadata(path.with_extension("db-wal")).unwrap().len();
    db.close().await;
    assert!(log < size, "{log} bytes were written for a database of {size}");
    assert_inboxes_are_whole(&mut connect(&path).await).await;
}

#[tokio::test]
async fn imported_tickets_without_a_number_get_one_behind_all_others() {
    let (_home, path) = filled(PANELS - 1, 21).await;
    let mut db = connect(&path).await;
    let numbered: Vec<_> = MIGRATIONS.iter().filter(|migration| migration.version <= 7).cloned().collect();
    Migrator { migrations: numbered.into(), ..Migrator::DEFAULT }.run(&mut db).await.unwrap();
    run(&mut db, "UPDATE ticket SET guild_number = NULL WHERE id IN (3, 9)").await.unwrap();
    db.close().await.unwrap();

    storage::open(&path, &[]).await.unwrap().close().await;

    let mut db = connect(&path).await;
    let sql = "SELECT group_concat(id || ':' || guild_number, ' ') FROM ticket WHERE id IN (2, 3, 4, 9, 20)";
    let numbers: String = sqlx::query_scalar(sql).fetch_one(&mut db).await.unwrap();
    assert_eq!(numbers, "2:2 3:21 4:4 9:22 20:20");
    assert_eq!(number(&mut db, "SELECT ticket_counter FROM guild WHERE id = 1").await, 22);
}
