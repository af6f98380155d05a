//! Arguments of the command line.

use crate::support::{Home, TOKEN};

#[test]
fn help_names_every_option_the_variable_and_the_exit_codes() {
    let outcome = Home::new().run(&["--help"]);

    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    for part in [
        "--config-file <PATH>",
        "-v, --verbose...",
        "--sync",
        "--no-sync",
        "--dump-config",
        "--version",
        "--help",
        "TICKETBOT_TOKEN",
        "TICKETBOT_DB_KEY",
        "TICKETBOT_API_BASE",
        "config.toml",
        "Exit codes:",
        "2    wrong usage or configuration",
    ] {
        assert!(outcome.stdout.contains(part), "“{part}” is missing in: {}", outcome.stdout);
    }
    assert!(!outcome.stdout.contains("--token"));
}

#[test]
fn version_names_the_program_and_its_version() {
    for option in ["--version", "-V"] {
        let outcome = Home::new().run(&[option]);

        let expected = format!("ticketbot {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!((outcome.code, outcome.stdout), (Some(0), expected));
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong() {
    for (arguments, expected) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["start"], "start"),
        (&["--config-file"], "a value is required"),
        (&["--sync", "--no-sync"], "cannot be used with"),
        (&["--sync", "--dump-config"], "cannot be used with"),
        (&["--no-sync", "--dump-config"], "cannot be used with"),
    ] {
        let outcome = Home::new().run(arguments);

        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(outcome.stderr.contains(expected), "{arguments:?}: {}", outcome.stderr);
    }
}

#[test]
fn a_token_typed_as_an_argument_is_refused_and_not_repeated() {
    let with_name = format!("--token={TOKEN}");
    for arguments in [&[TOKEN][..], &["--token", TOKEN], &[&with_name]] {
        Home::new().run(arguments).is_refused_with(&["looks like a bot token", "Reset the token"]);
    }
}
