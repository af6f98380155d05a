//! Encrypted databases: created, rekeyed, opened by the bot and by plain SQLCipher, backed up and restored.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files has failed")]

use std::fs;

use discord_sim::Sim;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::db_fixture::{DATABASE, backups, has_setting, home_with_database, put_database, setting};
use crate::on_discord::{Town, home_on, start};
use crate::support::{Home, TOKEN};
use crate::terminal::Terminal;

const KEY: &str = "it's a SECRET, and not short";
const OTHER: &str = "another SECRET";
const KEY_FILE: &str = ".config/ticketbot/key";
/// Few rounds, for tests that do not concern key derivation.
const FAST: &str = "db.key_file = 'key'\ndb.pragmas = ['kdf_iter = 1000']";

/// The configuration with more lines, and the content of the key file.
fn configure(home: &Home, config: &str, key: &str) {
    home.write(".config/ticketbot/config.toml", format!("bot.token = {TOKEN:?}\n{config}"));
    home.write(KEY_FILE, format!("{key}\n"));
}

/// As any program with SQLCipher opens it.
async fn plain_sqlcipher(home: &Home, key: &str, pragmas: &[(&'static str, &'static str)]) -> SqliteConnection {
    let quoted = format!("'{}'", key.replace('\'', "''"));
    let mut options = SqliteConnectOptions::new().filename(home.path(DATABASE)).pragma("key", quoted);
    for (name, value) in pragmas {
        options = options.pragma(*name, *value);
    }
    options.connect().await.unwrap()
}

#[track_caller]
fn succeeds(home: &Home, command: &[&str]) -> String {
    let outcome = home.run(command);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{command:?}");
    outcome.stdout
}

fn is_plain(home: &Home) -> bool {
    fs::read(home.path(DATABASE)).unwrap().starts_with(b"SQLite format 3\0")
}

/// The content of the database's folder, without the lock.
fn files(home: &Home) -> Vec<String> {
    let names = fs::read_dir(home.path(".local/share/ticketbot")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "ticketbot.db.lock");
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_encrypted_given_another_key_and_decrypted_with_everything_in_it() {
    let home = home_with_database("").await;
    configure(&home, FAST, KEY);

    let said = succeeds(&home, &["db", "encrypt"]);

    assert!(said.contains("rows in 7 tables were compared") || said.contains(" tables were compared"), "{said}");
    assert!(said.contains("ticketbot.db.old until the new one had been opened, and is deleted"), "{said}");
    assert!(!is_plain(&home) && home.mode(DATABASE) == 0o600);
    assert!(!home.read_all(".local").contains("name 1999"), "the content must not be readable");
    assert_eq!(files(&home), ["ticketbot.db"]);
    assert!(succeeds(&home, &["db", "check"]).contains("encrypted:  yes"));

    home.write("work/new", OTHER);
    let said = succeeds(&home, &["db", "rekey", "--new-key-file", "new"]);
    assert!(said.contains(&format!("write the new key into {}", home.path(KEY_FILE).display())), "{said}");
    home.run(&["db", "check"]).is_refused(1, &["the key does not fit"]);
    configure(&home, FAST, OTHER);
    succeeds(&home, &["db", "check"]);

    let said = succeeds(&home, &["db", "decrypt"]);
    assert!(said.contains("remove `db.key_template`, `db.key_file` and TICKETBOT_DB_KEY"), "{said}");
    assert!(is_plain(&home) && home.mode(DATABASE) == 0o600);
    assert_eq!(files(&home), ["ticketbot.db"]);
    assert!(has_setting(&home, "name 1999").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_a_needless_one_and_a_missing_one_are_told_apart() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let config = fs::read_to_string(home.path(".config/ticketbot/config.toml")).unwrap();
    put_database(&home).await;
    let with_key = format!("{config}\n{FAST}");
    // A start with a database that cannot be used ends with 2: no restart helps.
    for (command, code) in [(&[][..], 2), (&["db", "check"], 1), (&["db", "backup"], 1)] {
        home.write(".config/ticketbot/config.toml", &with_key);
        home.write(KEY_FILE, KEY);
        let needless = home.run(command);
        needless.is_refused(code, &["the database is not encrypted, but a key is configured", "ticketbot db encrypt"]);

        succeeds(&home, &["db", "encrypt"]);
        home.write(KEY_FILE, OTHER);
        let wrong = home.run(command);
        wrong.is_refused(code, &["the key does not fit, or the file is no encrypted database", "Check the key"]);

        home.write(".config/ticketbot/config.toml", &config);
        let missing = home.run(command);
        missing.is_refused(code, &["the database is encrypted, and no key is configured", "`db.key_template`"]);

        home.write(".config/ticketbot/config.toml", &with_key);
        home.write(KEY_FILE, KEY);
        succeeds(&home, &["db", "decrypt"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_makes_no_sense_is_refused() {
    let home = home_with_database("").await;
    home.run(&["db", "encrypt"]).is_refused_with(&["No key is configured", "`db.key_template`", "`db.key_file`"]);
    home.run(&["db", "decrypt"]).is_refused_with(&["No key is configured"]);
    home.run(&["db", "rekey"]).is_refused_with(&["No key is configured"]);

    configure(&home, FAST, KEY);
    succeeds(&home, &["db", "encrypt"]);
    home.run(&["db", "encrypt"]).is_refused(1, &["is encrypted already", "ticketbot db rekey"]);
    home.run(&["db", "rekey"]).is_refused_with(&["there is no terminal to ask for it at"]);
    home.write(&format!("{DATABASE}.old"), "of a conversion that was interrupted");
    home.run(&["db", "decrypt"]).is_refused(1, &["ticketbot.db.old exists, left by an interrupted conversion"]);
    succeeds(&home, &["db", "check"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_interrupted_conversion_leaves_does_not_hinder_the_next() {
    let home = home_with_database("").await;
    configure(&home, FAST, KEY);
    for end in ["", "-journal"] {
        home.write(&format!("{DATABASE}.new{end}"), "a part of a copy");
    }

    succeeds(&home, &["db", "encrypt"]);

    assert_eq!(files(&home), ["ticketbot.db"]);
    succeeds(&home, &["db", "check"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_is_killed_leaves_a_whole_database_in_its_place() {
    for stage in ["new", "old"] {
        let home = home_with_database("").await;
        configure(&home, "db.key_file = 'key'", KEY);
        let marker = home.path(&format!("{DATABASE}.{stage}"));
        let mut converting = home.command(&["db", "encrypt"]).spawn().unwrap();
        while !marker.exists() && converting.try_wait().unwrap().is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }

        converting.kill().unwrap();
        converting.wait().unwrap();

        configure(&home, if is_plain(&home) { "" } else { "db.key_file = 'key'" }, KEY);
        let said = succeeds(&home, &["db", "check"]);
        assert!(said.contains("rows:       2000"), "{stage}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_that_of_plain_sqlcipher_in_both_directions() {
    // SQLCipher's defaults, then other settings of its files, then files of an older version.
    let table: [(&str, &[(&str, &str)]); 3] = [
        ("", &[]),
        (
            "db.pragmas = ['kdf_iter = 1000', 'cipher_kdf_algorithm = PBKDF2_HMAC_SHA256', 'cipher_page_size = 8192']",
            &[("kdf_iter", "1000"), ("cipher_kdf_algorithm", "PBKDF2_HMAC_SHA256"), ("cipher_page_size", "8192")],
        ),
        ("db.pragmas = ['cipher_compatibility = 3']", &[("cipher_compatibility", "3")]),
    ];
    for (config, pragmas) in table {
        let home = home_with_database("").await;
        configure(&home, &format!("db.key_file = 'key'\n{config}"), KEY);
        succeeds(&home, &["db", "encrypt"]);
        let mut theirs = plain_sqlcipher(&home, KEY, pragmas).await;
        assert_eq!(setting(&mut theirs, "name 7").await.as_deref(), Some("value"), "{config}");
        // This replaces the file's key: from here on only SQLCipher made it.
        sqlx::query("PRAGMA rekey = 'another SECRET'").execute(&mut theirs).await.unwrap();
        theirs.close().await.unwrap();

        home.write(KEY_FILE, OTHER);

        assert!(succeeds(&home, &["db", "check"]).contains("encrypted:  yes"), "{config}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_form_of_a_key_opens_what_it_encrypts() {
    let raw = "5EC1".repeat(16);
    for (template, key, theirs) in [
        ("PRAGMA hexkey = '{}'", "6162".to_owned(), "ab".to_owned()),
        ("PRAGMA key = \\\"x'{}'\\\"", raw.clone(), format!("x'{raw}'")),
    ] {
        let home = home_with_database("").await;
        configure(&home, &format!("{FAST}\ndb.key_template = \"{template}\""), &key);
        succeeds(&home, &["db", "encrypt"]);
        succeeds(&home, &["db", "check"]);
        let mut theirs = plain_sqlcipher(&home, &theirs, &[("kdf_iter", "1000")]).await;
        assert!(setting(&mut theirs, "name 7").await.is_some(), "{template}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_works_on_a_new_encrypted_database_and_backs_it_up_encrypted() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let config = fs::read_to_string(home.path(".config/ticketbot/config.toml")).unwrap();
    home.write(".config/ticketbot/config.toml", format!("{config}\n{FAST}"));
    home.write(KEY_FILE, KEY);
    let town = Town::build(&sim);
    let running = start(&sim, &home, &["-vv"]).await;
    let inbox = town.create_inbox().await;
    let reply = town.member.click(&inbox, "Create Ticket").await;
    assert!(!reply.links().is_empty(), "{}", reply.text());

    let said = succeeds(&home, &["db", "backup"]);
    let in_use = home.run(&["db", "decrypt"]);
    let outcome = running.stop();

    assert!(said.contains("encrypted with the key of the database"), "{said}");
    in_use.is_refused(1, &["ticketbot.db is in use", "Stop the bot"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(!is_plain(&home));
    let logs = home.read_all(".local/state/ticketbot/logs");
    assert!(logs.contains("ticket opened") && !logs.contains("SECRET"), "{logs}");
    let backup = backups(&home)[0].clone();
    assert!(!fs::read(&backup).unwrap().starts_with(b"SQLite") && backup.extension().is_some_and(|end| end == "db"));
    assert_eq!(home.mode(&backup.display().to_string()), 0o600);

    // With the same key it is restored unchanged; with another one it needs the old key.
    let backup = backup.display().to_string();
    succeeds(&home, &["db", "restore", &backup, "--yes"]);
    home.write(KEY_FILE, OTHER);
    home.run(&["db", "restore", &backup, "--yes"]).is_refused(1, &["the key does not fit", "--key-file"]);
    home.write("work/old-key", KEY);
    succeeds(&home, &["db", "restore", &backup, "--yes", "--key-file", "old-key"]);
    assert!(!is_plain(&home));
    let running = start(&sim, &home, &[]).await;
    let again = town.member.click(&inbox, "Create Ticket").await;
    assert!(again.text().contains("already have an open ticket"), "{}", again.text());
    assert_eq!(running.stop().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_from_before_the_encryption_is_encrypted_when_it_is_restored() {
    let home = home_with_database("").await;
    succeeds(&home, &["db", "backup", "--to", "mine.gz"]);
    configure(&home, FAST, KEY);
    succeeds(&home, &["db", "encrypt"]);

    succeeds(&home, &["db", "restore", "mine.gz", "--yes"]);

    assert!(!is_plain(&home));
    succeeds(&home, &["db", "check"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_asked_for_unseen_when_no_place_has_one_and_twice_when_it_is_new() {
    let program = env!("CARGO_BIN_EXE_ticketbot");
    let home = home_with_database("db.key_template = \"PRAGMA key = '{}'\"\ndb.pragmas = ['kdf_iter = 1000']").await;
    home.run(&["db", "encrypt"]).is_refused_with(&["there is no terminal to ask for it at", "`db.key_file`"]);
    let terminal = Terminal::start(&home, program, &["db", "encrypt"]);
    for (prompt, answer) in [
        ("Key of ", "a SECRET\r"),
        ("The same again: ", "a SECRTE\r"),
        ("Key of ", "a SECRET\r"),
        ("The same again: ", "a SECRET\r"),
    ] {
        terminal.wait_for(prompt);
        terminal.write(answer);
    }
    terminal.wait_for("The database is encrypted.");
    assert_eq!(terminal.end().0, Some(0));

    let terminal = Terminal::start(&home, program, &["db", "check"]);
    terminal.wait_for("Key of ");
    terminal.write("a SECRET\r");
    terminal.wait_for("encrypted:  yes");
    assert_eq!(terminal.end().0, Some(0));
}
