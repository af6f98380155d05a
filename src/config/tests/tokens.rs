//! Sources of the token, and the file that a first run writes.

use super::*;

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
