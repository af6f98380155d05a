//! From files to text to keys, and the messages for invalid text.

use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::config::DEFAULTS;
use crate::config::problems::Problems;
use crate::config::raw::Raw;
use crate::config::source::Source;
use crate::failure::Failure;

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.SECRETSECRETSECRETSECRET";

/// A file, and a part of its message. `TOKEN` stands for a token.
const WRONG: &[(&str, &str)] = &[
    (
        "\n[bot]\ntoken = 12345678901234",
        "config.toml, line 3, `bot.token`: must be text in quotes but is a whole number.",
    ),
    ("[bot]\ntoken = [\"SECRET\"]", "config.toml, line 2, `bot.token`: must be text in quotes but is a list."),
    ("bot = \"SECRET\"", "config.toml, line 1, `bot`: must be a table, but text stands there."),
    (
        "[bot.inbox]\n# SECRET\nmax_attachment_size = \"SECRET\"",
        "config.toml, line 3, `bot.inbox.max_attachment_size`: must be a whole number but is text.",
    ),
    ("[log]\nretention_days = 1.5", "must be a whole number but is a number with a fraction."),
    ("[log]\nretention_days = 99999999999999999999999", "`log.retention_days`: is a number beyond all bounds."),
    ("[bot.intents]\nmembers = \"yes\"", "line 2, `bot.intents.members`: must be true or false but is text."),
    ("[db]\npragmas = \"SECRET\"", "line 2, `db.pragmas`: must be a list, such as [\"a\", \"b\"], but is text."),
    ("[db]\npragmas = [\n\"a = 1\",\n2]", "line 4, `db.pragmas`: must be text in quotes but is a whole number."),
    ("[bot]\ntokn = \"SECRET\"", "line 2, `bot.tokn`: ticketbot knows no such key. Did you mean `bot.token`?"),
    ("[bott]\ntoken = \"SECRET\"", "line 1, `bott`: ticketbot knows no such key. Did you mean `bot`?"),
    ("\ntoken = \"SECRET\"", "line 2, `token`: ticketbot knows no such key. Did you mean `bot.token`?"),
    ("[db]\nkey = \"SECRET\"", "line 2, `db.key`: the key of the database does not belong into this file"),
    ("[bot]\ntoken = \"a\"\ntoken = \"SECRET\"", "config.toml, line 3, is not valid TOML: duplicate key."),
    ("[bot]\n[db]\n[bot]", "config.toml, line 3, is not valid TOML: duplicate key."),
    ("[bot]\ntoken = SECRET.SECRET.SECRET", "config.toml, line 2, is not valid TOML"),
    ("[bot]\ntoken = \"SECRET", "config.toml, line 2, is not valid TOML"),
    ("SECRET", "config.toml, line 1, is not valid TOML"),
    ("[bot]\nSECRET = 'SECRET' SECRET", "config.toml, line 2, is not valid TOML"),
    ("[bot]\ntoken_file = \"TOKEN\"", "line 2, `bot.token_file`: holds what looks like a bot token."),
    ("[db]\npragmas = [\"TOKEN\"]", "line 2, `db.pragmas`: holds what looks like a bot token."),
    ("[bot]\n\"TOKEN\" = 1", "line 2, in `bot.…`: ticketbot knows no such key."),
];

fn read(text: &str) -> Result<Raw, Failure> {
    let file = Source::embedded("config.toml", text);
    let defaults = Source::embedded("the defaults", DEFAULTS);
    read_all(&[&file, &defaults])
}

fn read_all(sources: &[&Source]) -> Result<Raw, Failure> {
    let problems = Problems::default();
    let raw = Raw::read(sources, &problems)?;
    problems.into_result().map(|()| raw)
}

#[test]
fn the_defaults_set_every_key_and_no_other() {
    let defaults = Source::embedded("the defaults", DEFAULTS);

    read_all(&[&defaults]).map(|_| ()).unwrap();
}

#[test]
fn the_operators_file_wins_key_by_key() {
    let raw = read("[log]\nretention_days = 7\n[bot]\nintents.members = false").unwrap();

    assert_eq!((raw.retention_days.value, raw.retention_days.place.line), (7, 2));
    assert_eq!(&*raw.retention_days.place.file, "config.toml");
    assert!(!raw.members.value && raw.guild_messages.value);
    assert_eq!(&*raw.filter.place.file, "the defaults");
}

#[test]
fn what_is_wrong_is_named_with_file_line_and_key_but_without_its_value() {
    for (text, expected) in WRONG {
        let text = &text.replace("TOKEN", TOKEN);
        let failure = read(text).map(|_| ()).unwrap_err();
        let shown = failure.to_string();
        assert!(shown.contains(expected), "{text}\n→ {shown}\n≠ {expected}");
        assert!(!shown.contains("SECRET") && !shown.contains("12345678901234"), "{shown}");
        assert_eq!(failure.code(), 2);
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_a_line_each() {
    let text = "[bot]\ntokn = 1\n[log]\nretention_days = 'x'\nfiltr = ''\n[db]\npragmas = 3\nkey = 'SECRET'\n[bots]\n";

    let shown = read(text).map(|_| ()).unwrap_err().to_string();

    let places = ["line 2, `bot.tokn`", "line 4, `log.retention_days`", "line 5, `log.filtr`", "line 7, `db.pragmas`"];
    for expected in places.into_iter().chain(["line 8, `db.key`", "line 9, `bots`"]) {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(shown.lines().count() == 6 && !shown.contains("SECRET"), "{shown}");
}

#[test]
fn all_lines_that_are_no_toml_are_said_at_once() {
    let shown = read("[bot]\ntoken = SECRET\n\n[log]\nfilter = 'SECRET\n").map(|_| ()).unwrap_err().to_string();

    for line in [2, 5] {
        assert!(shown.contains(&format!("config.toml, line {line}, is not valid TOML")), "{line}: {shown}");
    }
    assert!(!shown.contains("SECRET"), "{shown}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn anything_that_looks_like_a_configuration_is_read_or_refused_without_its_value(
        key in "(bot|db|log|bot\\.inbox)\\.(token|path|filter|max_attachment_size|pragmas|x)",
        before in "[\"'\\[{ ]{0,3}", after in "[\"'\\]} \n]{0,3}",
    ) {
        if let Err(failure) = read(&format!("{key} = {before}SECRET{after}")) {
            prop_assert!(!failure.to_string().contains("SECRET"), "{}", failure);
        }
    }
}

#[test]
fn without_any_file_the_defaults_hold() {
    let home = Home::new();

    let loaded = home.load().unwrap();

    let expected = Settings {
        source: ConfigSource { read: None, new_file: home.path("config/ticketbot/config.toml") },
        token_source: None,
        max_attachment_size: 5_000_000,
        intents: Intents { guild_messages: true, members: true },
        database: Database { path: home.path("data/ticketbot/ticketbot.db"), pragmas: Vec::new(), encryption: None },
        backup: Backup {
            directory: Some(home.path("data/ticketbot/backups")),
            keep: 7,
            daily: true,
            before_update: true,
        },
        discord: Discord {
            api_base: "https://discord.com".to_owned(),
            custom: false,
            from_environment: false,
            allow_insecure_http: false,
        },
        shards: None,
        log: Log { directory: Some(home.path("state/ticketbot/logs")), retention_days: 90, filter: String::new() },
        retention: Retention { closed_tickets_days: 90, dormant_tickets_days: 365 },
        shutdown_grace: Duration::from_secs(10),
    };
    assert_eq!(loaded.settings, expected);
    assert!(loaded.token.unwrap().is_none() && loaded.warnings.is_empty());
}

#[test]
fn a_file_given_on_the_command_line_wins_and_must_exist() {
    let home = Home::with("log.retention_days = 1");
    home.write("work/config.toml", "log.retention_days = 2");
    home.write("work/mine.toml", "log.retention_days = 3\ndb.path = 'x.db'");

    let loaded = load(&home.environment, Some(Path::new("mine.toml"))).unwrap();
    assert_eq!(loaded.settings.log.retention_days, 3);
    assert_eq!(loaded.settings.source.read, Some(home.path("work/mine.toml")));
    assert_eq!(loaded.settings.database.path, home.path("work/x.db"));
    assert!(loaded.warnings.is_empty());

    let failure = load(&home.environment, Some(Path::new("missing.toml"))).unwrap_err();
    assert!(failure.to_string().contains("missing.toml, given with --config-file, does not exist"), "{failure}");
    assert_eq!(failure.code(), 2);
}

#[test]
fn the_users_file_wins_over_the_one_here_with_a_warning() {
    let home = Home::new();
    home.write("work/config.toml", "log.retention_days = 2");
    let loaded = home.load().unwrap();
    assert_eq!((loaded.settings.log.retention_days, loaded.warnings.len()), (2, 0));

    home.write("config/ticketbot/config.toml", "log.retention_days = 1");
    let loaded = home.load().unwrap();
    assert_eq!(loaded.settings.log.retention_days, 1);
    assert!(warnings(&loaded).contains("There are two configuration files."), "{}", warnings(&loaded));
}
