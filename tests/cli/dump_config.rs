//! `--dump-config`: the file that was read and the resulting settings, without secrets or network.

use std::fs;

use crate::support::{Home, Outcome, TOKEN};

fn dump(home: &Home) -> Outcome {
    let outcome = home.run(&["--dump-config"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    toml::from_str::<toml::Table>(&outcome.stdout).expect("the dump is TOML");
    outcome
}

fn contains(outcome: &Outcome, parts: &[&str]) {
    for part in parts {
        assert!(outcome.stdout.contains(part), "“{part}” is missing in:\n{}", outcome.stdout);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn with_nothing_configured_it_prints_the_defaults_and_where_a_file_would_be_written() {
    let home = Home::new();

    let outcome = dump(&home);

    let new_file = home.path(".config/ticketbot/config.toml").display().to_string();
    let database = format!("path = \"{}\"", home.path(".local/share/ticketbot/ticketbot.db").display());
    let logs = format!("directory = \"{}\"", home.path(".local/state/ticketbot/logs").display());
    contains(
        &outcome,
        &[
            "No configuration file was found",
            &new_file,
            "token = \"\"  # not set",
            "max_attachment_size = 5000000",
            &database,
            "api_base = \"https://discord.com\"",
            &logs,
            "retention_days = 90",
            "grace_seconds = 10",
        ],
    );
    assert!(home.files().is_empty(), "looking changes nothing: {:?}", home.files());
}

#[cfg(target_os = "linux")]
#[test]
fn the_places_of_the_xdg_variables_are_respected() {
    let home = Home::new();
    let elsewhere = home.path("elsewhere").display().to_string();
    let home = home
        .with_variable("XDG_CONFIG_HOME", &elsewhere)
        .with_variable("XDG_DATA_HOME", &elsewhere)
        .with_variable("XDG_STATE_HOME", &elsewhere);

    let outcome = dump(&home);

    contains(
        &outcome,
        &[
            &format!("{elsewhere}/ticketbot/config.toml"),
            &format!("\"{elsewhere}/ticketbot/ticketbot.db\""),
            &format!("\"{elsewhere}/ticketbot/logs\""),
        ],
    );
}

#[test]
fn the_file_given_is_read_before_the_users_and_the_users_before_the_one_here() {
    let home = Home::new();
    let read = |home: &Home, arguments: &[&str]| {
        let outcome = home.run(arguments);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome.stdout.lines().next().unwrap().to_owned()
    };
    let here = home.write("work/config.toml", "");
    assert_eq!(read(&home, &["--dump-config"]), format!("# Read from {}", here.display()));

    let users = home.write(".config/ticketbot/config.toml", "");
    assert_eq!(read(&home, &["--dump-config"]), format!("# Read from {}", users.display()));

    let given = home.write("work/mine.toml", "");
    let arguments = ["--dump-config", "--config-file", "mine.toml"];
    assert_eq!(read(&home, &arguments), format!("# Read from {}", given.display()));
}

#[test]
fn the_token_is_redacted_wherever_it_comes_from() {
    let in_file = Home::with_config(&format!("[bot]\ntoken = \"{TOKEN}\"\n"));
    contains(&dump(&in_file), &["token = \"<redacted>\"  # from this file"]);

    let home = Home::with_config("bot.token_file = \"token\"");
    let token_file = home.write(".config/ticketbot/token", format!("{TOKEN}\n"));
    let named = format!("token_file = \"{}\"", token_file.display());
    contains(&dump(&home), &["token = \"<redacted>\"  # from token_file", &named]);

    let in_environment = in_file.with_variable("TICKETBOT_TOKEN", TOKEN);
    let expected = "token = \"<redacted>\"  # from the environment variable TICKETBOT_TOKEN";
    contains(&dump(&in_environment), &[expected]);
}

#[test]
fn a_token_that_cannot_be_used_does_not_stop_the_dump() {
    for config in [
        "bot.token = \"SECRET\"",
        "bot.token_file = \"missing\"",
        "bot.token_file = \"${CREDENTIALS_DIRECTORY}/token\"",
    ] {
        contains(&dump(&Home::with_config(config)), &["but it cannot be used: "]);
    }
}

#[test]
fn what_was_dumped_can_be_read_again() {
    let home = Home::with_config(&format!(
        "bot.token = \"{TOKEN}\"\nlog.retention_days = 7\ndb.pragmas = [\"PRAGMA cache_size = -8000\"]\n"
    ));
    let first = dump(&home).stdout;
    fs::write(home.path(".config/ticketbot/config.toml"), &first).unwrap();

    let second = dump(&home).stdout;

    let settings = |dump: &str| -> Vec<String> {
        dump.lines().filter(|line| !line.starts_with("token =")).map(str::to_owned).collect()
    };
    assert_eq!(settings(&second), settings(&first));
    assert!(second.contains("retention_days = 7") && second.contains("\"cache_size = -8000\""), "{second}");
}
