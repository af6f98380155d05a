//! Sources of the token and of the database's key, and the file that a first run writes.

use super::*;
use crate::domain::database_key::KeyForm;

#[test]
fn the_token_is_taken_from_the_environment_then_the_file_then_the_key() {
    let mut home = Home::with(&format!("[bot]\ntoken = '{TOKEN}'\n"));
    let token = |home: &Home| home.load().unwrap().token.unwrap().unwrap().expose().to_owned();
    assert_eq!(token(&home), TOKEN);
    assert_eq!(home.load().unwrap().settings.token_source, Some(TokenSource::Config));

    home.write("config/ticketbot/config.toml", &format!("[bot]\ntoken = '{TOKEN}'\ntoken_file = 'token'"));
    home.write("config/ticketbot/token", &format!("{OTHER}\n"));
    assert_eq!(token(&home), OTHER);
    let loaded = home.load().unwrap();
    assert_eq!(loaded.settings.token_source, Some(TokenSource::TokenFile(home.path("config/ticketbot/token"))));
    assert!(warnings(&loaded).contains("both `bot.token_file` and `bot.token` are set"), "{}", warnings(&loaded));

    home.environment.token = Some(TOKEN.into());
    assert_eq!(token(&home), TOKEN);
    assert_eq!(home.load().unwrap().settings.token_source, Some(TokenSource::Environment));
}

#[test]
fn a_token_file_may_lie_where_systemd_puts_credentials() {
    let mut home = Home::with("bot.token_file = '${CREDENTIALS_DIRECTORY}/token'");
    let failure = home.load().unwrap().token.unwrap_err();
    assert!(failure.to_string().contains("line 1, `bot.token_file`: uses ${CREDENTIALS_DIRECTORY}"), "{failure}");

    home.write("work/token", TOKEN);
    home.environment.folders.credentials = Some(home.path("work"));
    assert_eq!(home.load().unwrap().token.unwrap().unwrap().expose(), TOKEN);
}

#[test]
fn a_token_that_cannot_be_used_is_explained_without_being_shown() {
    let mut home = Home::with("\n[bot]\ntoken = 'SECRET'");
    let check = |home: &Home, expected: &str| {
        let failure = home.load().unwrap().token.unwrap_err();
        let text = failure.to_string();
        assert!(text.contains(expected) && !text.contains("SECRET"), "{text}");
        assert_eq!(failure.code(), 2);
    };
    check(&home, "config.toml, line 3, `bot.token`: a bot token has three parts");

    home.write("config/ticketbot/config.toml", "bot.token_file = 'token'");
    check(&home, "The file that `bot.token_file` names,");
    home.write("config/ticketbot/token", "");
    check(&home, "does not hold a bot token and nothing else: it is empty");
    home.write("config/ticketbot/token", "token = \"SECRET\"");
    check(&home, "does not hold a bot token and nothing else");

    home.environment.token = Some("SECRET".into());
    check(&home, "The environment variable TICKETBOT_TOKEN does not hold a bot token");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_brings_a_warning_with_the_command_that_mends_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::with("bot.token_file = 'token'");
    home.write("config/ticketbot/token", TOKEN);
    for file in ["config/ticketbot/config.toml", "config/ticketbot/token"] {
        fs::set_permissions(home.path(file), fs::Permissions::from_mode(0o644)).unwrap();

        let loaded = home.load().unwrap();

        let command = format!("chmod 600 '{}'", home.path(file).display());
        assert!(warnings(&loaded).contains(&command), "{}", warnings(&loaded));
    }
}

#[test]
fn the_file_of_a_first_run_sets_the_token_and_nothing_else() {
    let home = Home::new();
    let defaults = home.load().unwrap().settings;
    home.write("config/ticketbot/config.toml", &new_config_file(&Token::parse(TOKEN).unwrap()));

    let loaded = home.load().unwrap();

    assert_eq!(loaded.token.unwrap().unwrap().expose(), TOKEN);
    let source = ConfigSource { read: Some(home.path("config/ticketbot/config.toml")), ..defaults.source.clone() };
    assert_eq!(loaded.settings, Settings { source, token_source: Some(TokenSource::Config), ..defaults });
}

#[test]
fn every_key_that_a_first_run_comments_out_can_be_switched_on_by_removing_its_mark() {
    let home = Home::new();
    let text = new_config_file(&Token::parse(TOKEN).unwrap());
    let is_key =
        |line: &&str| line.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    assert_eq!(text.lines().filter(is_key).count(), 23);
    let switched_on: Vec<&str> = text.lines().map(|line| if is_key(&line) { &line[1..] } else { line }).collect();
    home.write("config/ticketbot/config.toml", &switched_on.join("\n"));

    home.load().unwrap();
}

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
