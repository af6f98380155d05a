//! The range of each value, and how they are printed.

use proptest::prelude::*;

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
        ("db.key_template = \"PRAGMA key = 'SECRET'\"", "`db.key_template`: must hold {} where the key goes"),
        ("db.key_template = 'key {}'", "`db.key_template`: is not understood; it may be PRAGMA key = '{}'"),
        ("db.path = '${DB_DIR}/x'", "it is the folder of `db.path`, for `backup.directory` alone"),
        ("backup.keep = 0", "`backup.keep`: must be from 1 to 365 backups."),
        ("backup.keep = 366", "must be from 1 to 365 backups."),
        ("discord.api_base = 'http://10.0.0.1'", "`discord.api_base`: sends the token readable by everyone"),
        ("gateway.shards = 0", "`gateway.shards`: must be \"auto\" or from 1 to 10000."),
        ("gateway.shards = 10001", "must be \"auto\" or from 1 to 10000."),
        ("gateway.shards = 99999999999999999999", "`gateway.shards`: must be \"auto\" or from 1 to 10000."),
        ("gateway.shards = 'many'", "must be \"auto\" or from 1 to 10000."),
        ("gateway.shards = true", "`gateway.shards`: must be text in quotes or a whole number but is true or false."),
        ("gateway.range = '0-1'", "`gateway.range`: needs a number under `gateway.shards`"),
        (
            "gateway = { shards = 4, range = '0-4' }",
            "`gateway.range`: must be within the 4 that `gateway.shards` sets, from 0 to 3",
        ),
        ("gateway = { shards = 4, range = '2-1' }", "lower end first."),
        (
            "gateway = { shards = 4, range = -1 }",
            "`gateway.range`: must be \"all\", one shard such as \"2\", or a range",
        ),
        ("gateway = { shards = 4, range = '0,1' }", "shards count from 0."),
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
fn every_value_out_of_bounds_is_said_at_once_and_an_unusable_token_with_them() {
    let home = Home::with(
        "bot.token = 'SECRET'\nbackup.keep = 0\ndb.path = ''\ndb.key_template = 'x'\nlog.filter = 'a=b=c'\n\
         gateway.shards = 0\ndiscord.api_base = 'x'\nshutdown.grace_seconds = 301\nretention.closed_tickets_days = 0\n\
         db.pragmas = ['x', 'y']",
    );

    let shown = home.load().unwrap_err().to_string();

    for line in 1..=9 {
        assert!(shown.contains(&format!("config.toml, line {line}, `")), "{line}: {shown}");
    }
    assert!(shown.lines().count() == 11 && !shown.contains("SECRET"), "{shown}");
}

#[test]
fn shards_are_as_many_as_discord_recommends_or_some_of_a_fixed_number() {
    for (text, expected) in [
        ("", None),
        ("gateway = { shards = 'auto', range = 'all' }", None),
        ("gateway.shards = 4", Some(ShardRange::whole(4))),
        ("gateway = { shards = 4, range = 'all' }", Some(ShardRange::whole(4))),
        ("gateway = { shards = 4, range = 2 }", ShardRange::new(4, 2..=2)),
        ("gateway = { shards = 4, range = '2' }", ShardRange::new(4, 2..=2)),
        ("gateway = { shards = 4, range = ' 1 - 3 ' }", ShardRange::new(4, 1..=3)),
        ("gateway = { shards = 4, range = '0-3' }", Some(ShardRange::whole(4))),
    ] {
        assert_eq!(Home::with(text).load().unwrap().settings.shards, expected, "{text}");
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

#[test]
fn a_dump_names_the_file_and_never_shows_a_token() {
    let mut home = Home::new();
    let dump = home.load().unwrap().dump();
    assert!(
        dump.contains("No configuration file was found") && dump.contains("config/ticketbot/config.toml"),
        "{dump}"
    );
    assert!(dump.contains("token = \"\"  # not set"), "{dump}");

    home.write("config/ticketbot/config.toml", &format!("bot.token = '{TOKEN}'"));
    let dump = home.load().unwrap().dump();
    assert!(
        dump.starts_with(&format!("# Read from {}\n", home.path("config/ticketbot/config.toml").display())),
        "{dump}"
    );
    assert!(dump.contains("token = \"<redacted>\"  # from this file") && !dump.contains("SECRET"), "{dump}");

    home.write("config/ticketbot/config.toml", "bot.token_file = 'token'");
    let dump = home.load().unwrap().dump();
    assert!(dump.contains("token = \"\"  # from token_file, but it cannot be used: "), "{dump}");

    home.environment.token = Some(TOKEN.into());
    let dump = home.load().unwrap().dump();
    assert!(dump.contains("token = \"<redacted>\"  # from the environment variable TICKETBOT_TOKEN"), "{dump}");
    assert!(!dump.contains("SECRET"), "{dump}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_dump_read_again_gives_the_same_settings(
        size in 0_u32..=25_000_000, days in 1_u16..=3650, grace in 0_u16..=300,
        closed in 1_u16..=3650, dormant in 1_u16..=3650,
        keep in 1_u16..=365, daily: bool, update: bool, form in 0_usize..4,
        members: bool, messages: bool, insecure: bool, logs: bool, custom: bool,
        shards in 0_usize..=10_000, ends: (prop::sample::Index, prop::sample::Index),
        name in "[^/\\x00]{1,12}", pragmas in proptest::collection::vec("[a-i]{1,4} = ([0-9]{1,3}|'[ -~&&[^']]{0,4}')", 0..3),
    ) {
        prop_assume!(!name.starts_with('~') && !name.contains("${") && !name.trim().is_empty());
        let base = if custom { "http://localhost:3000" } else { "https://discord.com" };
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let gateway = match shards {
            0 => "gateway.shards = 'auto'".to_owned(),
            total => {
                let (one, other) = (ends.0.index(total), ends.1.index(total));
                format!("gateway = {{ shards = {total}, range = '{}-{}' }}", one.min(other), one.max(other))
            }
        };
        let pragmas: Vec<String> = pragmas.iter().map(|pragma| quoted(pragma)).collect();
        let log = if logs { quoted(&name) } else { quoted("") };
        let template = ["", "PRAGMA key = '{}'", "PRAGMA hexkey = '{}'", "PRAGMA key = \"x'{}'\""][form];
        let home = Home::with(&format!(
            "backup.keep = {keep}\nbackup.daily = {daily}\nbackup.before_update = {update}\ndb.key_template = {}\n\
             backup.directory = {log}\n\
             bot.inbox.max_attachment_size = {size}\nbot.intents.members = {members}\nbot.intents.guild_messages = {messages}\n\
             db.path = {}\ndb.pragmas = [{}]\ndiscord.api_base = '{base}'\ndiscord.allow_insecure_http = {insecure}\n\
             {gateway}\nlog.directory = {log}\nlog.retention_days = {days}\nlog.filter = 'ticketbot=debug'\n\
             retention.closed_tickets_days = {closed}\nretention.dormant_tickets_days = {dormant}\n\
             shutdown.grace_seconds = {grace}",
            quoted(template), quoted(&name), pragmas.join(", "),
        ));
        let first = home.load().unwrap();
        home.write("config/ticketbot/config.toml", &first.dump());

        prop_assert_eq!(home.load().unwrap().settings, first.settings);
    }
}
