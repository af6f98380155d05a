//! Which file is read, and the settings without one.

use std::path::Path;
use std::time::Duration;

use super::*;

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
