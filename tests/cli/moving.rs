//! `ticketbot import theticketbot`, on databases made by theticketbot itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare or look into its databases has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};

use crate::support::{Home, Outcome};
use crate::terminal::Terminal;

/// Where theticketbot keeps its database.
const USUAL: &str = ".local/share/theticketbot/theticketbot.db";
const OURS: &str = ".local/share/ticketbot/ticketbot.db";

/// The servers of the samples, and some of their ids (`tests/data/theticketbot`).
const GUILD: &str = "1323984066969600001";
const OTHER_GUILD: &str = "1324346454835200001";
const HELP: i64 = 1_325_071_230_566_400_001;
const DESK: i64 = 1_325_071_230_566_400_002;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/theticketbot").join(name)
}

/// A home with this sample in theticketbot's usual place.
fn home_with(name: &str) -> Home {
    let home = Home::new();
    home.write(USUAL, fs::read(sample(name)).unwrap());
    home
}

fn import(home: &Home, more: &[&str]) -> Outcome {
    home.run(&[&["import", "theticketbot"], more].concat())
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

async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).connect().await.unwrap()
}

async fn change(path: &Path, sql: &str) {
    let mut db = connect(path).await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
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
    let mut all = rows(
        home,
        "SELECT concat_ws('|', i.guild_id, channel_id, message_id, destination_id, settings, counter, member_limit)
         FROM inbox i JOIN panel p ON p.id = i.panel_id ORDER BY i.id",
    )
    .await;
    all.extend(rows(home, "SELECT concat_ws('|', inbox_id, mention, position) FROM inbox_staff ORDER BY 1").await);
    all.extend(
        rows(home, "SELECT concat_ws('|', guild_id, inbox_id, owner_id, thread_id, state) FROM ticket ORDER BY id")
            .await,
    );
    all.extend(rows(home, "SELECT concat_ws('|', id, guild_id, inbox_id) FROM taken_over ORDER BY id").await);
    all
}

#[tokio::test]
async fn every_schema_comes_over_as_theticketbot_means_it() {
    for schema in 1..=7 {
        let home = home_with(&format!("v{schema}.db"));

        let told = imported(&home);

        holds(&told, &[&format!("(schema {schema})"), GUILD, "inboxes  2 taken over", "tickets  5 taken over"]);
        let counters = if schema >= 3 { [12, 3, 0] } else { [0; 3] };
        let destination = if schema >= 5 { DESK } else { HELP };
        let name = match schema {
            1 => "",
            2 | 3 => "$day.$month. ${author} and $author",
            _ => "#${counter} $author",
        };
        let thanks = "$author, thank you for your message. $staff will be with you soon.";
        let inboxes = rows(
            &home,
            "SELECT concat_ws('|', channel_id, destination_id, settings ->> '$.beginning.starter',
                 coalesce(settings ->> '$.beginning.ticket_name', ''), counter, member_limit)
             FROM inbox i JOIN panel p ON p.id = i.panel_id ORDER BY message_id",
        )
        .await;
        assert_eq!(
            inboxes,
            [
                format!("{HELP}|{HELP}|{thanks}||{}|1", counters[0]),
                format!("{HELP}|{destination}|$author $staff|{name}|{}|2", counters[1]),
                format!("1325071230566400003|1325071230566400003|$staff will answer.||{}|1", counters[2]),
            ],
            "schema {schema}"
        );
        let staff = rows(&home, "SELECT inbox_id || mention FROM inbox_staff ORDER BY inbox_id, position").await;
        assert_eq!(staff, ["1<@&1325433618432000001>", "1<@1325433618432000002>", "2<@&1325433618432000001>"]);
        let tickets = rows(&home, "SELECT coalesce(inbox_id, 0) || state FROM ticket ORDER BY thread_id").await;
        assert_eq!(tickets, ["1closed", "1closed", "1closed", "2closed", "3closed", "0closed"], "schema {schema}");
        assert_eq!(fs::read(home.path(USUAL)).unwrap(), fs::read(sample(&format!("v{schema}.db"))).unwrap());
    }
}

#[test]
fn what_stays_behind_is_told_with_its_reason_by_id_alone() {
    let told = imported(&home_with("v7.db"));

    holds(
        &told,
        &[
            &format!("server {OTHER_GUILD}\n  inboxes  1 taken over\n  staff    0 taken over"),
            "inbox 1327607945625600003: without @everyone among its staff",
            "without a server\n  inbox 1327607945625600005: left out, because its channel or its server is not recorded",
            "ticket 1333043763609600006: without an inbox",
            "ticket 1333406151475200007: left out, because its owner is not recorded",
            "Not looked at: 3 channel rows",
            "start ticketbot with the same token",
            "what became of these 6 tickets",
        ],
    );
    assert!(!told.contains("thank you") && !told.contains("$author"), "{told}");
}

#[tokio::test]
async fn a_dry_run_changes_nothing_anywhere() {
    let home = home_with("v7.db");
    let before = home.files();
    let outcome = import(&home, &["--dry-run"]);
    holds(&outcome.stdout, &["inboxes  2 to take over", "Nothing was changed."]);
    assert_eq!((outcome.code, home.files()), (Some(0), before));

    imported(&home);
    change(&home.path(OURS), "DELETE FROM taken_over; DELETE FROM inbox; DELETE FROM panel; DELETE FROM ticket").await;
    let read = || -> Vec<_> { home.files().into_iter().map(|file| (fs::read(&file).unwrap(), file)).collect() };
    let before = read();
    let outcome = import(&home, &["--dry-run"]);

    holds(&outcome.stdout, &["inboxes  2 to take over", "tickets  5 to take over"]);
    assert!(read() == before, "a file is not what it was");
}

#[tokio::test]
async fn a_second_import_doubles_nothing_and_undoes_nothing() {
    let home = home_with("v7.db");
    imported(&home);
    change(
        &home.path(OURS),
        "UPDATE inbox SET settings = json_set(settings, '$.beginning.starter', 'ours'), counter = 20 WHERE id = 1;
         UPDATE panel SET message_id = 77 WHERE id = 1;
         DELETE FROM inbox WHERE id = 2;
         DELETE FROM panel WHERE id = 2;
         DELETE FROM inbox_staff WHERE inbox_id = 1;
         DELETE FROM ticket WHERE id = 1;
         UPDATE ticket SET state = 'open', slot = 1 WHERE id = 2;",
    )
    .await;
    let before = everything(&home).await;

    let told = imported(&home);

    assert_eq!(everything(&home).await, before);
    holds(&told, &["inboxes  0 taken over, 2 here already", "tickets  0 taken over, 5 here already"]);
}

#[tokio::test]
async fn a_second_import_brings_in_what_is_new_and_gives_no_number_twice() {
    let home = home_with("v7.db");
    imported(&home);
    change(&home.path(OURS), "UPDATE panel SET message_id = 77 WHERE id = 1").await;
    change(
        &home.path(USUAL),
        "INSERT INTO channel (id, guild_id) VALUES (1400000000000000001, 1323984066969600001);
         INSERT INTO ticket (id, inbox_id, owner_id)
         VALUES (1400000000000000001, 1327607945625600001, 1325433618432000003);
         UPDATE inbox SET counter = 13 WHERE id = 1327607945625600001;",
    )
    .await;

    let told = imported(&home);

    holds(&told, &["tickets  1 taken over, 5 here already", "counters 1 raised"]);
    assert_eq!(
        rows(
            &home,
            "SELECT counter || '|' || message_id FROM inbox i JOIN panel p ON p.id = i.panel_id WHERE i.id = 1"
        )
        .await,
        ["13|77"]
    );
    let newest = rows(&home, "SELECT inbox_id || '|' || thread_id FROM ticket ORDER BY id DESC LIMIT 1").await;
    assert_eq!(newest, ["1|1400000000000000001"]);
    let twice = "SELECT (count(*) - count(DISTINCT guild_id || '|' || guild_number)) || '' FROM ticket";
    assert_eq!(rows(&home, twice).await, ["0"], "each ticket has a number of its own");
}

#[tokio::test]
async fn what_still_stands_in_the_write_ahead_log_comes_over_and_stays_there() {
    let home = home_with("v7.db");
    let source = home.path(USUAL);
    let mut theirs = connect(&source).await;
    sqlx::raw_sql("PRAGMA wal_autocheckpoint = 0; UPDATE inbox SET counter = 41").execute(&mut theirs).await.unwrap();
    let wal = source.with_extension("db-wal");
    let before = (fs::read(&source).unwrap(), fs::read(&wal).unwrap());
    assert_eq!(before.0, fs::read(sample("v7.db")).unwrap(), "the change is in the log alone");

    imported(&home);

    assert_eq!((fs::read(&source).unwrap(), fs::read(&wal).unwrap()), before);
    assert_eq!(rows(&home, "SELECT concat(counter) FROM inbox").await, ["41", "41", "41"]);
    theirs.close().await.unwrap();
}

#[test]
fn its_configuration_is_explained_and_the_token_is_not_shown() {
    let home = Home::new();
    home.write("elsewhere/x.db", fs::read(sample("v7.db")).unwrap());
    let path = home.path("elsewhere/x.db");
    home.write(
        ".config/theticketbot/config.toml",
        format!(
            "[bot]\ntoken = \"a.b.SECRET\"\nallow_jishaku = false\n[bot.intents]\nmembers = false\n[db]\npath = {:?}\n",
            path.display().to_string()
        ),
    );

    let outcome = import(&home, &["--dry-run"]);

    holds(
        &outcome.stdout,
        &[
            &format!("database {} (schema 7)", path.display()),
            "bot.token",
            "It is not shown",
            "bot.allow_jishaku",
            "no such thing here",
            &format!("For {}:\n\n[bot.intents]\nmembers = false", home.path(".config/ticketbot/config.toml").display()),
        ],
    );
}

#[test]
fn without_a_database_the_places_are_named_that_were_looked_at() {
    let home = Home::new();

    let outcome = import(&home, &[]);

    let (usual, early) = (home.path(USUAL), home.path("work/data/theticketbot.db"));
    outcome.is_refused(
        2,
        &["No database of theticketbot was found", usual.to_str().unwrap(), early.to_str().unwrap(), "Give its path"],
    );
    assert!(home.files().is_empty(), "{:?}", home.files());
}

#[test]
fn its_early_place_is_found_too() {
    let home = Home::new();
    home.write("work/data/theticketbot.db", fs::read(sample("v3.db")).unwrap());

    holds(&imported(&home), &["work/data/theticketbot.db (schema 3)"]);
}

#[tokio::test]
async fn each_file_that_cannot_be_taken_over_has_its_own_reason() {
    let home = Home::new();
    let write = |name: &str, bytes: Vec<u8>| home.write(name, bytes);
    write("work/notes.txt", "milk, bread, butter\n".repeat(100).into_bytes());
    write("work/empty.db", Vec::new());
    let newer = write("work/newer.db", fs::read(sample("v7.db")).unwrap());
    change(&newer, "PRAGMA user_version = 8").await;
    let torn = write("work/torn.db", fs::read(sample("v7.db")).unwrap());
    change(&torn, "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'nonsense' WHERE name = 'inbox'").await;
    write("work/secret.db", fs::read(sample("v7-sqlcipher.db")).unwrap());
    for (name, reason, next) in [
        ("notes.txt", "not a database, or it is encrypted", "Check the path"),
        ("empty.db", "tables of theticketbot are not in it", "another program's"),
        ("newer.db", "have the layout 8, and the newest that is known is 7", "Update ticketbot"),
        ("torn.db", "malformed database schema", "restore a backup"),
        ("secret.db", "the database is encrypted, and no key is configured", "--key-file"),
    ] {
        let path = home.path("work").join(name);
        let before = fs::read(&path).unwrap();

        let outcome = import(&home, &[name, "--yes"]);

        outcome.is_refused(1, &["cannot be taken over", path.to_str().unwrap(), reason, next]);
        assert_eq!(fs::read(&path).unwrap(), before, "{name}");
    }
    assert!(!home.path(OURS).exists());
}

#[test]
fn ticketbots_own_database_is_no_source() {
    let home = home_with("v7.db");
    imported(&home);

    let outcome = import(&home, &[home.path(OURS).to_str().unwrap(), "--yes"]);

    outcome.is_refused(2, &["is the database that ticketbot itself is configured to use", "Set ticketbot's `db.path`"]);
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_taken_over() {
    let home = home_with("v7.db");

    let outcome = import(&home, &[]);

    assert_eq!(outcome.code, Some(2));
    holds(&outcome.stdout, &["inboxes  2 to take over"]);
    outcome.last_line_holds(&["Nothing was taken over: it has to be confirmed", "--yes", "--dry-run"]);
    assert!(!home.path(OURS).exists());
}

#[test]
fn at_a_terminal_it_asks_first_and_takes_no_for_an_answer() {
    for (answer, is_taken) in [("\r", false), ("n\r", false), ("y\r", true)] {
        let home = home_with("v7.db");
        let terminal = Terminal::start(&home, env!("CARGO_BIN_EXE_ticketbot"), &["import", "theticketbot"]);

        terminal.wait_for("[y/N]");
        assert!(!home.path(OURS).exists());
        terminal.write(answer);
        terminal.wait_for(if is_taken { "Taken over into" } else { "Nothing was changed." });

        assert_eq!(terminal.end().0, Some(0));
        assert_eq!(home.path(OURS).exists(), is_taken);
    }
}

#[cfg(not(feature = "encryption"))]
#[test]
fn an_encrypted_database_needs_a_program_that_was_built_for_it() {
    let home = home_with("v7-sqlcipher.db");
    home.write("work/key", "Hello world!\n");

    let outcome = import(&home, &["--yes", "--key-file", "key"]);

    outcome.is_refused(1, &["this build of ticketbot cannot open encrypted databases", "--features encryption"]);
}

#[cfg(feature = "encryption")]
#[test]
fn an_encrypted_database_comes_over_with_its_key_alone() {
    let home = home_with("v7-sqlcipher.db");
    home.write("work/key", "Hello world!\n");
    home.write("work/wrong", "Hello world?\n");
    let before = fs::read(home.path(USUAL)).unwrap();

    import(&home, &["--yes", "--key-file", "wrong"]).is_refused(1, &["the key does not fit", "Check the key"]);
    let outcome = import(&home, &["--yes", "--key-file", "key"]);

    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    holds(&outcome.stdout, &["(schema 7)", "inboxes  2 taken over", "tickets  5 taken over"]);
    assert_eq!(fs::read(home.path(USUAL)).unwrap(), before);
}

#[cfg(feature = "encryption")]
#[test]
fn the_key_of_an_encrypted_database_is_asked_for_at_a_terminal() {
    let home = home_with("v7-sqlcipher.db");
    let terminal = Terminal::start(&home, env!("CARGO_BIN_EXE_ticketbot"), &["import", "theticketbot", "--dry-run"]);

    terminal.wait_for("Key of ");
    terminal.write("Hello world!\r");
    terminal.wait_for("Nothing was changed.");

    let (code, shown) = terminal.end();
    assert_eq!(code, Some(0));
    assert!(!shown.contains("Hello world!") && shown.contains("inboxes  2 to take over"), "{shown}");
}
