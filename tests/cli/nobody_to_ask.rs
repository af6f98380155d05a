//! A first start without a terminal: it ends at once and says what to set.

use crate::support::Home;

#[test]
fn without_configuration_and_terminal_it_ends_and_says_what_to_set() {
    let home = Home::new();

    let outcome = home.run(&[]);

    let file = home.path(".config/ticketbot/config.toml").display().to_string();
    #[cfg(target_os = "linux")]
    outcome.is_refused_with(&[&file]);
    outcome.is_refused_with(&["TICKETBOT_TOKEN", "`bot.token_file`", "at a terminal"]);
    assert!(home.files().is_empty(), "{:?}", home.files());
}

#[test]
fn a_blank_token_variable_counts_as_none() {
    Home::new().with_variable("TICKETBOT_TOKEN", " \n").run(&[]).is_refused_with(&["is not configured yet"]);
}

#[test]
fn a_configuration_without_a_token_names_the_key() {
    let home = Home::with_config("log.retention_days = 7");
    let file = home.path(".config/ticketbot/config.toml").display().to_string();

    home.run(&[]).is_refused_with(&["No bot token is set in", &file, "`bot.token`", "TICKETBOT_TOKEN"]);
}
