//! Unusable configurations: what the operator reads, and that no value is printed.

use crate::support::{Home, TOKEN};

/// A file, and parts of its message. Each holds SECRET, which [`Home::run`] proves is not repeated.
const BAD: &[(&str, &[&str])] = &[
    ("SECRET", &["config.toml, line 1, is not valid TOML"]),
    ("[bot]\ntoken = SECRET.a.b\n", &["config.toml, line 2, is not valid TOML"]),
    ("[bot]\ntoken = \"SECRET\n", &["config.toml, line 2, is not valid TOML"]),
    ("[bot]\ntoken = \"SECRET\"\ntoken = \"SECRET\"\n", &["line 3, is not valid TOML", "duplicate key"]),
    ("[bot]\ntoken = [\"SECRET\"]", &["line 2, `bot.token`: must be text in quotes but is a list"]),
    ("[bot]\ntoken = { SECRET = 1 }", &["line 2, `bot.token`: must be text in quotes but is a table"]),
    ("bot = \"SECRET\"", &["line 1, `bot`: must be a table"]),
    ("# SECRET\n[bot]\ntokn = \"SECRET\"", &["line 3, `bot.tokn`", "Did you mean `bot.token`?"]),
    ("token = \"SECRET\"", &["line 1, `token`", "Did you mean `bot.token`?"]),
    (
        "[bot.inbox]\nmax_attachment_size = \"SECRET\"",
        &["line 2, `bot.inbox.max_attachment_size`: must be a whole number"],
    ),
    (
        "# SECRET\nbot.inbox.max_attachment_size = 25000001",
        &["`bot.inbox.max_attachment_size`: must be from 0 to 25000000 bytes"],
    ),
    ("# SECRET\nbot.intents.guilds = false", &["`bot.intents.guilds`: must stay true, because"]),
    ("bot.intents.members = \"SECRET\"", &["`bot.intents.members`: must be true or false"]),
    ("db.path = \"${SECRET}/x\"", &["`db.path`: names an unknown folder", "${USER_DATA_DIR}"]),
    ("db.pragmas = [\"key = 'SECRET'\"]", &["`db.pragmas`: must not hold a key"]),
    ("db.pragmas = [\"SECRET\"]", &["`db.pragmas`: must hold statements such as"]),
    ("db.key_template = \"PRAGMA key = 'SECRET'\"", &["`db.key_template`: must hold {} where the key goes"]),
    ("db.key = \"SECRET\"", &["`db.key`: the key of the database does not belong into this file", "`db.key_file`"]),
    ("backup.keep = 0 # SECRET", &["`backup.keep`: must be from 1 to 365 backups"]),
    (
        "discord.api_base = \"http://SECRET.example\"",
        &["`discord.api_base`: sends the token readable", "`discord.allow_insecure_http`"],
    ),
    ("discord.api_base = \"https://me:SECRET@discord.com\"", &["`discord.api_base`: must not hold a user name"]),
    ("log.retention_days = 0 # SECRET", &["`log.retention_days`: must be from 1 to 3650 days"]),
    ("log.filter = \"ticketbot=SECRET\"", &["`log.filter`: must be directives such as"]),
    ("shutdown.grace_seconds = 301 # SECRET", &["`shutdown.grace_seconds`: must be from 0 to 300 seconds"]),
];

#[test]
fn a_bad_configuration_is_refused_by_file_line_and_key() {
    for (text, expected) in BAD {
        let home = Home::with_config(text);
        let file = home.path(".config/ticketbot/config.toml").display().to_string();
        for arguments in [&[][..], &["--dump-config"]] {
            let outcome = home.run(arguments);
            outcome.is_refused_with(expected);
            assert!(outcome.stderr.starts_with(&file), "{}", outcome.stderr);
        }
    }
}

#[test]
fn a_token_under_another_key_is_not_printed() {
    for key in ["bot.token_file", "db.path", "log.directory", "log.filter", "discord.api_base"] {
        let home = Home::with_config(&format!("{key} = \"{TOKEN}\""));
        home.run(&["--dump-config"]).is_refused_with(&[key, "looks like a bot token"]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let home = Home::new();
    home.write("work/binary.toml", b"# SECRET\n\xff\xfe");
    home.write("work/large.toml", vec![b'#'; 2 * 1024 * 1024]);
    for (file, expected) in [
        ("missing.toml", "does not exist"),
        (".", "it is a folder"),
        ("binary.toml", "line 2 is not UTF-8"),
        ("large.toml", "larger than 1 MiB"),
    ] {
        home.run(&["--config-file", file]).is_refused_with(&[expected]);
    }
}

#[test]
fn a_token_of_the_wrong_shape_is_refused_before_anything_is_sent() {
    let expected = ["a bot token has three parts", "Reset Token"];
    Home::with_config("[bot]\ntoken = \"SECRET\"").run(&[]).is_refused_with(&[
        "line 2, `bot.token`",
        expected[0],
        expected[1],
    ]);

    let home = Home::with_config("bot.token_file = \"token\"");
    home.run(&[]).is_refused_with(&["`bot.token_file`", ".config/ticketbot/token cannot be used"]);
    home.write(".config/ticketbot/token", "SECRET\n");
    home.run(&[]).is_refused_with(&[".config/ticketbot/token does not hold a bot token", expected[0]]);

    let home = Home::new().with_variable("TICKETBOT_TOKEN", "SECRET");
    home.run(&[]).is_refused_with(&["TICKETBOT_TOKEN does not hold a bot token", expected[0]]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_a_line_each() {
    let home = Home::with_config("bot.token = 'SECRET'\nbot.tokn = 1\nbackup.keep = 0\nlog.filter = 3\n");

    let outcome = home.run(&[]);

    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{}", outcome.stderr);
    assert_eq!(outcome.stderr.lines().count(), 4, "{}", outcome.stderr);
    for (line, key) in [(1, "bot.token"), (2, "bot.tokn"), (3, "backup.keep"), (4, "log.filter")] {
        let place = format!("config.toml, line {line}, `{key}`: ");
        assert!(outcome.stderr.contains(&place), "{place}: {}", outcome.stderr);
    }
}

#[test]
fn a_log_folder_that_cannot_be_written_ends_with_2() {
    let home = Home::with_config(&format!("bot.token = {TOKEN:?}\nlog.directory = 'file/logs'"));
    home.write(".config/ticketbot/file", "");

    home.run(&[]).is_refused_with(&["The log cannot be written to ", "file/logs", "`log.directory`"]);
}

#[test]
fn a_clock_for_rehearsals_is_refused_for_discord_itself() {
    let home = Home::new().with_variable("TICKETBOT_TOKEN", TOKEN).with_variable("TICKETBOT_CLOCK_FILE", "clock");
    home.run(&[]).is_refused_with(&["TICKETBOT_CLOCK_FILE", "is only for a simulated Discord on this machine"]);
}
