//! `ticketbot import discord-tickets`.
//!
//! discord-tickets 4 is in no package registry, so no database of its own making is at hand: `tests/data/discord-tickets` has
//! the tables written from its published schema, with invented rows. A database whose tables were made by its own
//! published migration (4.0.0, unchanged up to 4.0.50) and filled with the same rows gave the same report.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare or look into its databases has failed")]

mod refusals;

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};

use crate::support::{Home, Outcome};
use crate::terminal::Terminal;

const OURS: &str = ".local/share/ticketbot/ticketbot.db";
const THEIRS: &str = "work/database.db";

/// The servers of the sample.
const GUILD: &str = "1323984066969600001";
const OTHER_GUILD: &str = "1324346454835200001";

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    fs::read_to_string(path).unwrap()
}

async fn connect(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(false);
    options.connect().await.unwrap()
}

async fn change(path: &Path, sql: &str) {
    let mut db = connect(path).await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

/// A home with the sample, changed like this.
async fn home_with(sql: &str) -> Home {
    let home = Home::new();
    let path = home.write(THEIRS, "");
    change(&path, &data("discord-tickets/schema.sql")).await;
    change(&path, &data("discord-tickets/sample.sql")).await;
    change(&path, sql).await;
    home
}

fn import(home: &Home, more: &[&str]) -> Outcome {
    home.run(&[&["import", "discord-tickets", "database.db"], more].concat())
}

#[track_caller]
fn imported(home: &Home) -> String {
    let outcome = import(home, &["--yes"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{}", outcome.stdout);
    outcome.stdout
}

#[track_caller]
fn holds(text: &str, expected: &[&str]) {
    for part in expected {
        assert!(text.contains(part), "“{part}” is missing in: {text}");
    }
}

/// Every row of a query, with columns separated by bars.
async fn rows(home: &Home, sql: &'static str) -> Vec<String> {
    let mut db = connect(&home.path(OURS)).await;
    let rows = sqlx::query_scalar(sql).fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    rows
}

/// Everything that an import can write.
async fn everything(home: &Home) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT concat_ws('|', id, locale, settings, log_channel_id, ticket_counter) FROM guild ORDER BY id",
        "SELECT concat_ws('|', id, guild_id, channel_id, message_id) FROM panel ORDER BY id",
        "SELECT concat_ws('|', id, panel_id, position, destination_id, settings, member_limit) FROM inbox ORDER BY id",
        "SELECT concat_ws('|', inbox_id, mention, position) FROM inbox_staff ORDER BY 1",
        "SELECT concat_ws('|', id, guild_id, inbox_id, name, text) FROM reply ORDER BY id",
        "SELECT concat_ws('|', guild_id, kind, source_id) FROM imported ORDER BY 1",
    ] {
        all.extend(rows(home, sql).await);
    }
    all
}

fn files(home: &Home) -> Vec<(Vec<u8>, PathBuf)> {
    home.files().into_iter().map(|file| (fs::read(&file).unwrap(), file)).collect()
}

#[tokio::test]
async fn categories_come_over_as_inboxes_with_their_forms_staff_rules_and_texts() {
    let home = home_with("").await;
    let before = fs::read(home.path(THEIRS)).unwrap();

    let told = imported(&home);

    assert_eq!(fs::read(home.path(THEIRS)).unwrap(), before);
    holds(
        &told,
        &[
            &format!("server {GUILD}\n  inboxes   3 taken over\n  staff     3 taken over\n  questions 4 taken over"),
            "replies   2 taken over\n  log       its channel taken over\n  numbers   of new tickets go on after 57",
            "a panel with inbox 1 (category 3), inbox 2 (category 4), inbox 3 (category 7)",
            &format!("server {OTHER_GUILD}\n  a panel with inbox 4 (category 8)"),
        ],
    );
    let settings = rows(
        &home,
        "SELECT concat_ws('|', id, panel_id, position, destination_id, member_limit, settings -> '$.panel',
             settings -> '$.opening', settings -> '$.access', settings -> '$.hours', settings -> '$.pause',
             settings -> '$.beginning') FROM inbox ORDER BY id",
    )
    .await;
    let hours = r#"{"week":"Mon-Thu 09:00-17:00; Fri 09:00-12:30","zone":"Europe/Berlin"}"#;
    assert_eq!(
        settings,
        [
            format!(
                r#"1|1|0|4|2|{{"description":"About what you have bought","emoji":"📦","label":"Orders"}}|{{"cooldown":301,"inbox_limit":30}}|{{"refused_roles":["1325433618432000009"],"required_roles":["1325433618432000003","1325433618432000004"]}}|{hours}|{{"claim_button":true,"starter":"$staff\nHello ${{author}}, it costs $$5 to ask. {{ staff }}","ticket_name":"order-${{number}}-${{author}}"}}"#
            ),
            format!(
                r#"2|1|1|5|1|{{"description":"For those who were banned","emoji":"<:emoji:1333043763609600006>","label":"Appeals"}}|{{"inbox_limit":50}}|{{"refused_roles":["1325433618432000009"]}}|{hours}|{{"starter":"$author $staff\nTicket {{num}}: we answer within {{avgResponseTime}}."}}"#
            ),
            format!(
                r#"3|1|2|8|1|{{"description":"Nobody gets in","emoji":"🎁","label":"Closed for now"}}|{{"inbox_limit":50}}|{{"refused_roles":["1325433618432000009"]}}|{hours}|{{"on":true}}|{{"starter":"$author $staff","ticket_name":"${{author}}"}}"#
            ),
            r#"4|2|0|9|1|{"description":"Support","label":"Support"}|{"inbox_limit":50}|{"close_button":false,"starter":"$author $staff\nHi","ticket_name":"ticket-${number}"}"#.to_owned(),
        ]
    );
    let asked = rows(
        &home,
        "SELECT concat_ws('|', i.id, q.value ->> 'key', q.value ->> 'label', q.value ->> 'kind', q.value ->> 'help')
         FROM inbox i, json_each(i.settings -> '$.form.questions') q ORDER BY i.id, q.key",
    )
    .await;
    assert_eq!(
        asked,
        [
            "1|number_of_your_order|Number of your order|short|It begins with A",
            "1|what_happened|What happened?|long",
            "1|what_is_wrong|What is wrong?|several",
            "2|topic|Worum geht es?|long",
        ]
    );
    assert_eq!(
        rows(&home, "SELECT inbox_id || mention FROM inbox_staff ORDER BY inbox_id, position").await,
        ["1<@&1325433618432000001>", "1<@&1325433618432000002>", "2<@&1325433618432000002>"]
    );
}

#[tokio::test]
async fn tags_the_log_and_the_last_number_come_over_and_one_panel_waits_to_be_posted() {
    let home = home_with("").await;

    imported(&home);

    assert_eq!(
        rows(&home, "SELECT name || '|' || text FROM reply ORDER BY id").await,
        ["Refunds|A refund takes $$days days.", "Opening hours|Nine to five."]
    );
    let server = "SELECT concat_ws('|', id, log_channel_id, ticket_counter) FROM guild ORDER BY id";
    assert_eq!(rows(&home, server).await, [format!("{GUILD}|1325071230566400009|57"), format!("{OTHER_GUILD}|0")]);
    let posted = "SELECT concat_ws('|', id, channel_id, message_id) FROM panel ORDER BY id";
    assert_eq!(rows(&home, posted).await, ["1|4", "2|9"]);
}

#[tokio::test]
async fn what_cannot_come_over_is_told_with_its_reason_and_without_texts() {
    let told = imported(&home_with("").await);

    holds(
        &told,
        &[
            "the server: without closing tickets in which nobody writes",
            "the server: without its open tickets (1), which are channels",
            "the server: without its closed tickets (2)",
            "category 3: one of its required roles is enough",
            "category 3: all of its staff are mentioned in new tickets",
            "category 3: without the picture",
            "category 3: without the slow mode",
            "category 3: without asking for feedback",
            "category 3, question 1: without the text that stood in its field",
            "category 3, question 3: without an emoji",
            "category 3, question 4: left out, because Discord would refuse it",
            "category 3: without an answer as topic",
            "category 4: with a placeholder in its first message that is not filled in",
            "category 7: paused, because nobody could open its tickets",
            "category 8: without an emoji",
            "category 8: without @everyone among its staff",
            "tag 2: without answering messages by itself",
            "Never taken over: transcripts",
            "/inbox destination channel:#… inbox:NUMBER",
            "/inbox repost inbox:NUMBER channel:#…",
        ],
    );
    for text in ["Orders", "Refunds", "costs", "example.com", "Nobody gets in"] {
        assert!(!told.contains(text), "{text}: {told}");
    }
}

#[tokio::test]
async fn a_dry_run_changes_nothing_anywhere() {
    let home = home_with("").await;
    let before = home.files();
    let outcome = import(&home, &["--dry-run"]);
    holds(&outcome.stdout, &["inboxes   3 to take over", "Nothing was changed."]);
    assert_eq!((outcome.code, home.files()), (Some(0), before));

    imported(&home);
    change(&home.path(OURS), "DELETE FROM imported; DELETE FROM inbox; DELETE FROM panel; DELETE FROM reply").await;
    let before = files(&home);
    let outcome = import(&home, &["--dry-run"]);

    holds(&outcome.stdout, &["inboxes   3 to take over", "replies   2 to take over"]);
    assert!(files(&home) == before, "a file is not what it was");
}

#[tokio::test]
async fn a_second_import_doubles_nothing_and_undoes_nothing() {
    let home = home_with("").await;
    imported(&home);
    change(
        &home.path(OURS),
        "UPDATE inbox SET settings = json_set(settings, '$.panel.label', 'ours'), destination_id = 5 WHERE id = 1;
         UPDATE panel SET message_id = 77, channel_id = 5 WHERE id = 1;
         DELETE FROM inbox WHERE id = 2;
         DELETE FROM inbox_staff WHERE inbox_id = 1;
         DELETE FROM reply WHERE id = 1;
         UPDATE guild SET log_channel_id = NULL, ticket_counter = 60;",
    )
    .await;
    let before = everything(&home).await;

    let told = imported(&home);

    assert_eq!(everything(&home).await, before);
    holds(
        &told,
        &[
            "inboxes   0 taken over, 3 here already and left as they are",
            "replies   0 taken over, 2 here already and left as they are",
        ],
    );
    assert!(!told.contains("a panel with") && !told.contains("numbers"), "{told}");
}

#[tokio::test]
async fn a_second_import_brings_in_what_is_new_on_a_panel_of_its_own() {
    let home = home_with("").await;
    imported(&home);
    change(&home.path(OURS), "UPDATE panel SET message_id = 77 + id").await;
    change(
        &home.path(THEIRS),
        "INSERT INTO categories (id, \"guildId\", name, description, emoji, \"openingMessage\", \"channelName\",
             \"staffRoles\")
         SELECT 20, \"guildId\", name, description, emoji, \"openingMessage\", \"channelName\", \"staffRoles\"
         FROM categories WHERE id = 3;
         INSERT INTO tags (id, \"guildId\", name, content) SELECT 20, \"guildId\", 'New', content FROM tags WHERE id = 1;
         INSERT INTO tickets (id, \"guildId\", number) SELECT 20, \"guildId\", 58 FROM tags WHERE id = 1;",
    )
    .await;

    let told = imported(&home);

    holds(
        &told,
        &[
            "inboxes   1 taken over, 3 here already",
            "replies   1 taken over, 2 here already",
            "numbers   of new tickets go on after 58",
            "a panel with inbox 5 (category 20)",
        ],
    );
    assert_eq!(rows(&home, "SELECT concat_ws('|', id, panel_id) FROM inbox WHERE id = 5").await, ["5|3"]);
}

#[tokio::test]
async fn what_the_server_has_already_stays_and_is_not_overwritten() {
    let home = home_with("DELETE FROM tags WHERE id = 2").await;
    imported(&home);
    change(
        &home.path(OURS),
        &format!(
            "DELETE FROM imported; DELETE FROM inbox; DELETE FROM panel; UPDATE reply SET text = 'ours';
             UPDATE guild SET log_channel_id = 8;
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 98)
             INSERT INTO reply (guild_id, name, name_key, text) SELECT {GUILD}, 'r' || i, 'r' || i, 'x' FROM n"
        ),
    )
    .await;
    change(
        &home.path(THEIRS),
        "INSERT INTO tags (id, \"guildId\", name, content)
         SELECT 30 + value, \"guildId\", 'Tag ' || value, 'x' FROM tags, json_each('[1,2,3]')",
    )
    .await;

    let told = imported(&home);

    holds(&told, &["replies   1 taken over", "replies   3 left out, because a reply of that name is here"]);
    assert!(!told.contains("log  "), "{told}");
    assert_eq!(rows(&home, "SELECT text FROM reply WHERE name = 'Refunds'").await, ["ours"]);
    assert_eq!(rows(&home, "SELECT concat(count(*), '|', max(log_channel_id)) FROM reply, guild").await, ["200|8"]);
}

#[tokio::test]
async fn a_move_that_fails_in_the_middle_leaves_nothing_and_can_be_repeated() {
    let home = home_with("").await;
    imported(&home);
    // Ours, empty again, and the last thing that is written is refused.
    change(
        &home.path(OURS),
        "DELETE FROM imported; DELETE FROM inbox; DELETE FROM panel; DELETE FROM inbox_staff; DELETE FROM reply; DELETE FROM guild;
         CREATE TRIGGER full BEFORE UPDATE OF ticket_counter ON guild BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    .await;
    let before = everything(&home).await;
    assert!(before.is_empty(), "{before:?}");

    let outcome = import(&home, &["--yes"]);

    outcome.is_refused(1, &["Nothing was taken over", "the disk is full", "The database is as it was before"]);
    assert_eq!(everything(&home).await, before);
    change(&home.path(OURS), "DROP TRIGGER full").await;
    holds(&imported(&home), &["inboxes   3 taken over", "replies   2 taken over"]);
}

#[tokio::test]
async fn what_still_stands_in_the_write_ahead_log_comes_over_and_stays_there() {
    let home = home_with("PRAGMA journal_mode = WAL").await;
    let source = home.path(THEIRS);
    let mut theirs = connect(&source).await;
    sqlx::raw_sql("PRAGMA wal_autocheckpoint = 0; UPDATE categories SET name = 'New'")
        .execute(&mut theirs)
        .await
        .unwrap();
    let wal = source.with_extension("db-wal");
    let before = (fs::read(&source).unwrap(), fs::read(&wal).unwrap());

    imported(&home);

    assert_eq!((fs::read(&source).unwrap(), fs::read(&wal).unwrap()), before);
    assert_eq!(rows(&home, "SELECT DISTINCT settings ->> '$.panel.label' FROM inbox").await, ["New"]);
    theirs.close().await.unwrap();
}

#[tokio::test]
async fn at_a_terminal_it_asks_first_and_without_one_it_needs_yes() {
    let home = home_with("").await;
    let outcome = import(&home, &[]);
    assert_eq!(outcome.code, Some(2));
    outcome.last_line_holds(&["Nothing was taken over: it has to be confirmed", "--yes", "--dry-run"]);
    for (answer, is_taken) in [("n\r", false), ("y\r", true)] {
        let arguments = ["import", "discord-tickets", "database.db"];
        let terminal = Terminal::start(&home, env!("CARGO_BIN_EXE_ticketbot"), &arguments);

        terminal.wait_for("[y/N]");
        assert!(!home.path(OURS).exists());
        terminal.write(answer);
        terminal.wait_for(if is_taken { "Taken over into" } else { "Nothing was changed." });

        assert_eq!(terminal.end().0, Some(0));
        assert_eq!(home.path(OURS).exists(), is_taken);
    }
}
