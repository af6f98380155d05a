//! Each value within its bounds.

use super::*;

#[test]
fn values_out_of_bounds_are_refused_with_the_bounds() {
    for (text, expected) in [
        ("bot.inbox.max_attachment_size = -1", "`bot.inbox.max_attachment_size`: must be from 0 to 25000000 bytes."),
        ("bot.inbox.max_attachment_size = 25000001", "must be from 0 to 25000000 bytes."),
        ("bot.intents.guilds = false", "`bot.intents.guilds`: must stay true"),
        ("db.path = ' '", "`db.path`: must not be empty"),
        ("db.path = '${HOMER}/x'", "`db.path`: names an unknown folder"),
        ("db.pragmas = ['journal_mode = DELETE']", "`db.pragmas`: must not set journal_mode"),
        ("discord.api_base = 'http://10.0.0.1'", "`discord.api_base`: sends the token readable by everyone"),
        ("log.retention_days = 0", "`log.retention_days`: must be from 1 to 3650 days."),
        ("log.retention_days = 3651", "must be from 1 to 3650 days."),
        ("log.filter = 'ticketbot=loud'", "`log.filter`: must be directives such as"),
        ("log.directory = '~/logs'", "`log.directory`: begins with ~"),
        ("retention.closed_tickets_days = 0", "`retention.closed_tickets_days`: must be from 1 to 3650 days."),
        ("retention.dormant_tickets_days = 3651", "must be from 1 to 3650 days."),
        ("shutdown.grace_seconds = 301", "`shutdown.grace_seconds`: must be from 0 to 300 seconds."),
    ] {
        let failure = Home::with(&format!("\n{text}")).load().unwrap_err().to_string();
        assert!(failure.contains("config.toml, line 2, ") && failure.contains(expected), "{text}: {failure}");
    }
}

#[test]
fn white_space_between_the_directives_of_the_log_filter_does_not_matter() {
    let filter = |written: &str| {
        let loaded = Home::with(&format!("log.filter = '{written}'")).load();
        loaded.unwrap().settings.log.filter
    };
    assert_eq!(filter(" ticketbot=debug, ,ticketbot::tickets=trace , "), "ticketbot=debug,ticketbot::tickets=trace");
    assert_eq!(filter(" , "), "");
}

#[test]
fn without_a_home_folder_only_absolute_paths_work_and_the_message_says_so() {
    let mut home = Home::new();
    home.environment.folders = Folders::default();
    let failure = home.load().unwrap_err().to_string();
    assert!(failure.contains("`db.path`: uses ${USER_DATA_DIR}, which is not known here; this user"), "{failure}");

    home.write("work/config.toml", "db.path = '/var/lib/bot.db'\nlog.directory = ''");
    assert_eq!(home.load().unwrap().settings.log.directory, None);
}

#[test]
fn the_variable_for_the_api_wins_over_the_file_and_follows_the_same_rules() {
    let mut home = Home::with("discord.api_base = 'https://proxy.example'");
    assert_eq!(home.load().unwrap().settings.discord.api_base, "https://proxy.example");

    home.environment.api_base = Some(" http://127.0.0.1:8080/ ".to_owned());
    let discord = home.load().unwrap().settings.discord;
    assert_eq!(
        (discord.api_base.as_str(), discord.custom, discord.from_environment),
        ("http://127.0.0.1:8080", true, true)
    );
    let dump = home.load().unwrap().dump();
    assert!(
        dump.contains("api_base = \"http://127.0.0.1:8080\"  # from the environment variable TICKETBOT_API_BASE"),
        "{dump}"
    );

    home.environment.api_base = Some("http://me:SECRET@10.0.0.1".to_owned());
    let failure = home.load().unwrap_err();
    assert_eq!(
        failure.to_string(),
        "The environment variable TICKETBOT_API_BASE: must not hold a user name or password."
    );
    assert_eq!(failure.code(), 2);

    home.environment.api_base = Some("http://10.0.0.1".to_owned());
    let failure = home.load().unwrap_err().to_string();
    assert!(failure.starts_with("The environment variable TICKETBOT_API_BASE: sends the token readable"), "{failure}");
}
