//! The output of `--dump-config`.

use proptest::prelude::*;

use super::*;

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
