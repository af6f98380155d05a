//! Personal data in the database file: exported in full, and gone after deletion.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection};
use tempfile::TempDir;
use ticketbot::domain::clock::Timestamp;
use ticketbot::domain::ids::UserId;
use ticketbot::storage::personal::Deleted;
use ticketbot::storage::retention::{BATCH, Expired, delete_batch, delete_empty_guilds};
use ticketbot::storage::{self, Database, personal};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const PATIENCE: Duration = Duration::from_secs(5);

/// Ids of eight bytes that occur nowhere else in a file.
const ANNA: u64 = 0x0A11_A5EC_2E71_D001;
const OWNER: u64 = 0x0077_AAAA_AAAA_A003;
const BERT: u64 = 0x0BE2_7AAA_AAAA_A002;

struct Store {
    home: TempDir,
    db: Database,
    connection: SqliteConnection,
}

impl Store {
    /// A database in use, with a guild and an inbox.
    async fn open() -> Self {
        let home = TempDir::new().unwrap();
        let path = home.path().join("ticketbot.db");
        let db = storage::open(&path, &[]).await.unwrap();
        let options = SqliteConnectOptions::new().filename(&path).foreign_keys(true).pragma("secure_delete", "ON");
        let connection = options.connect().await.unwrap();
        let mut store = Self { home, db, connection };
        store.run("INSERT INTO guild (id, locale) VALUES (1, 'en-US')").await;
        store.run("INSERT INTO inbox (guild_id, destination_id, created_at) VALUES (1, 3, 0)").await;
        store
    }

    async fn run(&mut self, sql: &str) {
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut self.connection).await.unwrap();
    }

    async fn number(&mut self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.connection).await.unwrap()
    }

    /// A ticket with all times this many seconds before now.
    async fn ticket(&mut self, owner: u64, thread: u64, state: &str, seconds_ago: i64) {
        let at = (NOW - Duration::from_secs(seconds_ago.unsigned_abs())).millis();
        let slot = if state == "open" { thread.to_string() } else { "NULL".to_owned() };
        let closed = if state == "closed" { at.to_string() } else { "NULL".to_owned() };
        self.run(&format!(
            "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, slot, number, reserved_at,
                 opened_at, closed_at, flags_changed_at, interaction_id)
             VALUES (1, 1, {}, 3, {thread}, '{state}', {slot}, 1, {at}, {at}, {closed}, {at}, {thread})",
            owner.cast_signed()
        ))
        .await;
    }

    /// The ticket of this thread has an unfinished step.
    async fn step_for(&mut self, thread: u64) {
        self.run(&format!(
            "INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline)
             SELECT id, guild_id, id, 'close', '{{}}', 'nonce', 0, 0 FROM ticket WHERE thread_id = {thread}"
        ))
        .await;
    }

    async fn everything_about(&mut self, user: u64) {
        self.ticket(user, user >> 8, "closed", 100_000).await;
        self.run(&format!("INSERT INTO inbox_staff (inbox_id, mention, position) VALUES (1, '<@{user}>', 0)")).await;
        let user = user.cast_signed();
        self.run(&format!(
            "INSERT INTO pending_selection (guild_id, user_id, kind, inbox_id, expires_at) VALUES (1, {user}, 'repost', 1, 0)"
        ))
        .await;
        self.run(&format!(
            "INSERT INTO block (guild_id, user_id, blocked_by, created_at) VALUES (1, {}, {user}, 0)",
            user.wrapping_add(1)
        ))
        .await;
        // A ticket of somebody else.
        let thread = user.unsigned_abs() >> 9;
        self.ticket(OWNER, thread, "closed", 100_000).await;
        self.run(&format!(
            "UPDATE ticket SET claimed_by = {user}, claimed_at = 5, closed_by = {user}, opened_by = {user}
             WHERE thread_id = {thread}"
        ))
        .await;
    }

    async fn delete(&self, user: u64) -> Deleted {
        personal::delete(&self.db, UserId::new(user), NOW - Duration::from_hours(6), NOW).await.unwrap()
    }

    fn files(&self) -> Vec<PathBuf> {
        fs::read_dir(self.home.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    /// The database's files that still contain this person's id, in any form.
    fn traces(&self, user: u64) -> Vec<PathBuf> {
        let (binary, text) = (user.to_be_bytes(), user.to_string());
        let has = |bytes: &[u8], wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
        let mut found = self.files();
        found.retain(|file| {
            let bytes = fs::read(file).unwrap();
            has(&bytes, &binary) || has(&bytes, text.as_bytes())
        });
        found
    }
}

#[tokio::test]
async fn an_export_holds_every_column_of_every_row_that_names_the_person() {
    let mut store = Store::open().await;
    store.everything_about(ANNA).await;
    store.everything_about(BERT).await;

    let held = personal::find(&store.db, UserId::new(ANNA), 100).await.unwrap();

    let json = held.to_json(UserId::new(ANNA), NOW);
    for (list, table) in
        [("tickets", "ticket"), ("staff_of", "inbox_staff"), ("messages_to_select", "pending_selection")]
    {
        let rows = json[list].as_array().unwrap();
        assert_eq!(rows.len(), 1, "{list}");
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(table)
            .fetch_all(&mut store.connection)
            .await
            .unwrap();
        let exported: BTreeSet<&String> = rows[0].as_object().unwrap().keys().collect();
        assert!(columns.iter().all(|column| exported.contains(column)), "{table}: {columns:?} in {exported:?}");
    }
    assert_eq!(json["tickets"][0]["owner_id"], ANNA.to_string());
    let handled = &json["tickets_of_others"][0];
    for column in ["claimed_by", "closed_by", "opened_by"] {
        assert_eq!(handled[column], ANNA.to_string(), "{column}");
    }
    assert!(!json.to_string().contains(&BERT.to_string()) && !json.to_string().contains(&OWNER.to_string()));
}

#[tokio::test]
async fn who_worked_on_a_persons_ticket_is_not_in_their_export() {
    let mut store = Store::open().await;
    store.ticket(ANNA, 1, "open", 10).await;
    store.run(&format!("UPDATE ticket SET claimed_by = {BERT}, closed_by = {BERT}, opened_by = {BERT}")).await;

    let held = personal::find(&store.db, UserId::new(ANNA), 100).await.unwrap();

    let json = held.to_json(UserId::new(ANNA), NOW);
    assert_eq!(json["tickets"][0]["claimed_by"], "another person");
    assert!(!json.to_string().contains(&BERT.to_string()), "{json}");
}

#[tokio::test]
async fn a_deletion_ends_claims_and_leaves_the_tickets_of_others() {
    let mut store = Store::open().await;
    store.ticket(BERT, 1, "open", 10).await;
    store
        .run(&format!("UPDATE ticket SET claimed_by = {ANNA}, claimed_at = 5, opened_by = {ANNA}, closed_by = {ANNA}"))
        .await;

    let deleted = store.delete(ANNA).await;

    assert_eq!((deleted.tickets, deleted.handled), (0, 1));
    let left = "SELECT count(*) FROM ticket WHERE claimed_by IS NULL AND claimed_at IS NULL AND closed_by IS NULL
        AND opened_by = 0 AND shown > 0";
    assert_eq!(store.number(left).await, 1);
    assert!(personal::find(&store.db, UserId::new(ANNA), 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn more_tickets_than_are_asked_for_are_counted_and_the_newest_are_shown() {
    let mut store = Store::open().await;
    for thread in 1..=5 {
        store.ticket(ANNA, thread, "closed", 100_000).await;
    }

    let held = personal::find(&store.db, UserId::new(ANNA), 2).await.unwrap();

    let threads: Vec<u64> = held.tickets.iter().map(|ticket| ticket.thread.unwrap().get()).collect();
    assert_eq!((threads, held.older_tickets), (vec![5, 4], 3));
}

#[tokio::test]
async fn a_deletion_takes_what_names_the_person_and_leaves_no_trace_in_any_file() {
    let mut store = Store::open().await;
    store.everything_about(ANNA).await;
    store.everything_about(BERT).await;
    assert!(!store.traces(ANNA).is_empty(), "the search finds what is there");

    let deleted = store.delete(ANNA).await;
    assert!(personal::empty_log(&store.db, PATIENCE).await.unwrap(), "nobody reads");

    assert_eq!(deleted, Deleted { tickets: 1, tickets_left: 0, staff: 1, pending: 1, handled: 1, blocked: 1 });
    assert_eq!(store.traces(ANNA), Vec::<PathBuf>::new());
    assert!(personal::find(&store.db, UserId::new(ANNA), 9).await.unwrap().is_empty());
    let other = personal::find(&store.db, UserId::new(BERT), 9).await.unwrap();
    assert_eq!((other.tickets.len(), other.staff.len(), other.pending.len()), (1, 1, 1));
    assert_eq!(
        store.number("SELECT revisions ->> '$.staff' FROM inbox").await,
        1,
        "menus that show the person are stale"
    );
}

#[tokio::test]
async fn among_thousands_of_rows_no_copy_of_a_deleted_one_is_left_behind() {
    let mut store = Store::open().await;
    // Out of order and changed afterwards, so that pages split and rows move between them.
    let mut random = fastrand::Rng::with_seed(1);
    for _round in 0..8 {
        store.run("BEGIN").await;
        for _ in 0..500 {
            let owner = if random.u8(0..10) == 0 { ANNA } else { BERT + random.u64(0..1000) };
            store.ticket(owner, random.u64(1..1 << 50), "closed", 100_000).await;
        }
        store.run("UPDATE ticket SET name_digest = hex(randomblob(20)) WHERE id % 3 = 0").await;
        store.run("UPDATE ticket SET name_digest = NULL WHERE id % 3 = 0 AND id % 2 = 0").await;
        store.run("COMMIT").await;
        store.run("DELETE FROM ticket WHERE id % 5 = 0").await;
        assert!(personal::empty_log(&store.db, PATIENCE).await.unwrap(), "nobody reads");
    }

    let deleted = store.delete(ANNA).await;
    personal::rewrite(&store.db).await.unwrap();
    assert!(personal::empty_log(&store.db, PATIENCE).await.unwrap(), "nobody reads");

    assert!(deleted.tickets > 200, "{deleted:?}");
    assert_eq!(store.traces(ANNA), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn tickets_that_still_decide_something_are_marked_and_go_when_they_no_longer_do() {
    let mut store = Store::open().await;
    store.ticket(ANNA, 1, "closed", 100_000).await;
    store.ticket(ANNA, 2, "closed", 60).await;
    store.ticket(ANNA, 3, "open", 100_000).await;
    store.ticket(ANNA, 4, "dormant", 100_000).await;
    store.ticket(ANNA, 5, "closed", 100_000).await;
    store.step_for(5).await;
    store.ticket(BERT, 6, "closed", 100_000).await;

    let deleted = store.delete(ANNA).await;

    assert_eq!((deleted.tickets, deleted.tickets_left), (1, 4));
    let cooled_down = NOW - Duration::from_hours(6);
    assert_eq!(delete_batch(&store.db, Expired::DeletionRequested { cooled_down }, NOW).await.unwrap(), 0);
    store.run("UPDATE ticket SET state = 'closed', slot = NULL").await;
    store.run("DELETE FROM step").await;
    assert_eq!(delete_batch(&store.db, Expired::DeletionRequested { cooled_down }, NOW).await.unwrap(), 3);
    let later = NOW;
    assert_eq!(delete_batch(&store.db, Expired::DeletionRequested { cooled_down: later }, NOW).await.unwrap(), 1);
    assert_eq!(store.number("SELECT thread_id FROM ticket").await, 6);
}

#[tokio::test]
async fn only_what_has_had_its_time_goes() {
    let mut store = Store::open().await;
    let day = 86_400;
    for (thread, state, days) in [
        (1, "closed", 91),
        (2, "closed", 89),
        (3, "dormant", 91),
        (4, "dormant", 89),
        (5, "open", 1_000),
        (6, "closed", 91),
    ] {
        store.ticket(ANNA, thread, state, days * day).await;
    }
    store.step_for(6).await;
    let before = NOW - Duration::from_hours(90 * 24);

    assert_eq!(delete_batch(&store.db, Expired::Closed { before }, NOW).await.unwrap(), 1);
    assert_eq!(delete_batch(&store.db, Expired::Dormant { before }, NOW).await.unwrap(), 1);

    assert_eq!(store.number("SELECT sum(thread_id) FROM ticket").await, 2 + 4 + 5 + 6);
}

#[tokio::test]
async fn a_batch_is_bounded_however_much_there_is() {
    let mut store = Store::open().await;
    store.run("BEGIN").await;
    for thread in 1..=BATCH + 100 {
        store.ticket(ANNA, thread, "closed", 100_000).await;
    }
    store.run("COMMIT").await;

    assert_eq!(delete_batch(&store.db, Expired::Closed { before: NOW }, NOW).await.unwrap(), BATCH);
    assert_eq!(delete_batch(&store.db, Expired::Closed { before: NOW }, NOW).await.unwrap(), 100);
}

#[tokio::test]
async fn a_guild_that_was_left_goes_after_its_tickets_and_an_empty_one_at_once() {
    let mut store = Store::open().await;
    store.ticket(ANNA, 1, "open", 10).await;
    store.run("UPDATE guild SET left_at = 1000").await;
    store.run("INSERT INTO guild (id, locale) VALUES (2, 'de')").await;
    let before = Timestamp::from_millis(2_000);

    assert_eq!(delete_batch(&store.db, Expired::LeftGuilds { before }, NOW).await.unwrap(), 0, "it has a ticket");
    assert_eq!(delete_empty_guilds(&store.db).await.unwrap(), 1);
    assert_eq!(delete_batch(&store.db, Expired::TicketsOfLeftGuilds { before }, NOW).await.unwrap(), 1);
    assert_eq!(delete_batch(&store.db, Expired::LeftGuilds { before }, NOW).await.unwrap(), 1);

    assert_eq!(store.number("SELECT (SELECT count(*) FROM guild) + (SELECT count(*) FROM inbox)").await, 0);
}

#[tokio::test]
async fn whatever_goes_by_itself_is_found_by_an_index() {
    let mut store = Store::open().await;
    for (sql, index) in [
        ("SELECT id FROM ticket WHERE state = 'closed' AND closed_at < 1
              AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id)", "ticket_closed"),
        (
            "SELECT id FROM ticket WHERE state = 'dormant' AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id)
                 AND coalesce(flags_changed_at, reserved_at) < 1",
            "ticket_dormant",
        ),
        ("SELECT id FROM ticket WHERE unwanted = 1 AND reserved_at <= 1 AND state = 'closed'", "ticket_unwanted"),
        ("SELECT * FROM ticket WHERE owner_id = 1", "ticket_owner"),
        ("SELECT id FROM ticket WHERE claimed_by = 1", "ticket_claimed"),
        ("SELECT id FROM ticket WHERE closed_by = 1", "ticket_closed_by"),
        ("SELECT id FROM ticket WHERE opened_by = 1", "ticket_opened_by"),
        ("SELECT id FROM guild WHERE left_at < 1", "guild_left"),
        ("SELECT user_id FROM pending_selection WHERE expires_at <= 1", "pending_selection_expiry"),
        ("SELECT * FROM pending_selection WHERE user_id = 1", "pending_selection_user"),
    ] {
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
            .fetch_all(&mut store.connection)
            .await
            .unwrap();
        let lookups = plan.iter().filter(|(_, parent, ..)| *parent == 0).filter(|(.., step)| !step.starts_with("CORRELATED"));
        assert!(lookups.map(|(.., step)| step).all(|step| step.contains(index)), "{sql}: {plan:?}");
    }
}

#[tokio::test]
async fn the_log_is_not_emptied_under_a_reader_and_is_once_it_has_gone() {
    let mut store = Store::open().await;
    store.run("BEGIN").await;
    store.number("SELECT count(*) FROM ticket").await;
    store.db.store_value("name", "value").await.unwrap();

    assert!(!personal::empty_log(&store.db, Duration::ZERO).await.unwrap(), "somebody reads");
    store.run("COMMIT").await;
    assert!(personal::empty_log(&store.db, PATIENCE).await.unwrap());

    let log = store.files().into_iter().find(|file| file.extension().is_some_and(|end| end == "db-wal")).unwrap();
    assert_eq!(fs::metadata(log).unwrap().len(), 0);
}
