//! Sources of an encrypted database's key, and that it is never printed.

use super::*;
use crate::domain::database_key::KeyForm;

fn encryption(home: &Home) -> Option<Encryption> {
    home.load().unwrap().settings.database.encryption
}

fn key(home: &Home) -> String {
    encryption(home).unwrap().key.unwrap().unwrap().expose().to_owned()
}

#[test]
fn the_key_is_taken_from_the_environment_then_the_file_and_else_asked_for() {
    let mut home = Home::new();
    assert_eq!(encryption(&home), None);

    home.write("config/ticketbot/config.toml", "db.key_template = \"PRAGMA hexkey = '{}'\"");
    let asked = encryption(&home).unwrap();
    assert_eq!((asked.form, &asked.source), (KeyForm::HexPassphrase, &KeySource::Prompt));
    assert!(asked.key.unwrap().is_none());

    home.write("config/ticketbot/config.toml", "db.key_file = 'key'");
    home.write("config/ticketbot/key", "from the file\n");
    assert_eq!(key(&home), "from the file");
    assert_eq!(encryption(&home).unwrap().form, KeyForm::Passphrase, "a key without a template is a passphrase");
    assert_eq!(encryption(&home).unwrap().source, KeySource::File(home.path("config/ticketbot/key")));

    home.environment.database_key = Some(" from outside".into());
    assert_eq!(key(&home), " from outside");
    assert_eq!(encryption(&home).unwrap().source, KeySource::Environment);
}

#[test]
fn a_key_that_cannot_be_used_is_explained_without_being_shown_and_the_dump_still_works() {
    let mut home = Home::with("db.key_file = 'key'\ndb.key_template = \"PRAGMA hexkey = '{}'\"");
    home.write("config/ticketbot/key", "SECRET");
    for (expected, end) in [
        ("does not hold a key of the database: `db.key_template` asks for hex", "key_file"),
        (
            "The environment variable TICKETBOT_DB_KEY does not hold a key: `db.key_template` asks for hex",
            "TICKETBOT_DB_KEY",
        ),
    ] {
        let failure = encryption(&home).unwrap().key.unwrap_err();
        assert!(failure.to_string().contains(expected) && failure.code() == 2, "{failure}");
        let dump = home.load().unwrap().dump();
        assert!(dump.contains(&format!("{end}, but it cannot be used: ")) && !dump.contains("SECRET"), "{dump}");
        home.environment.database_key = Some("SECRET".into());
    }
}

#[test]
fn a_dump_says_where_the_key_comes_from_and_not_what_it_is() {
    let mut home = Home::with("db.key_file = 'key'");
    home.write("config/ticketbot/key", "SECRET");
    let dump = home.load().unwrap().dump();
    let shown = "key_template = \"PRAGMA key = '{}'\"  # the key is <redacted>, from key_file";
    assert!(dump.contains(shown) && !dump.contains("SECRET"), "{dump}");

    home.environment.database_key = Some("SECRET".into());
    let loaded = home.load().unwrap();
    let dump = loaded.dump();
    assert!(dump.contains("from the environment variable TICKETBOT_DB_KEY") && !dump.contains("SECRET"), "{dump}");
    assert!(!format!("{loaded:?}{:?}", home.environment).contains("SECRET"));
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_brings_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::with("db.key_file = 'key'");
    home.write("config/ticketbot/key", "a key");
    fs::set_permissions(home.path("config/ticketbot/key"), fs::Permissions::from_mode(0o640)).unwrap();

    let shown = warnings(&home.load().unwrap());

    let command = format!("chmod 600 '{}'", home.path("config/ticketbot/key").display());
    assert!(shown.contains("holds the key of the database") && shown.contains(&command), "{shown}");
}

#[test]
fn backups_lie_beside_the_database_unless_they_are_sent_elsewhere() {
    let home = Home::with("db.path = '/srv/bot/tickets.db'");
    let directory = |home: &Home| home.load().unwrap().settings.backup.directory;
    assert_eq!(directory(&home).unwrap(), std::path::Path::new("/srv/bot/backups"));

    home.write("config/ticketbot/config.toml", "backup.directory = 'copies'");
    assert_eq!(directory(&home).unwrap(), home.path("config/ticketbot/copies"));
    home.write("config/ticketbot/config.toml", "backup.directory = ' '");
    assert_eq!(directory(&home), None);
}
