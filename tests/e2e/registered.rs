//! The commands as registered with Discord.

use std::collections::BTreeSet;

use discord_sim::Sim;
use serde_json::Value;

use crate::admin::list;
use crate::support::{TestBot, Town};
use crate::town::{BLOCK, MENUS, OPEN_ABOUT, OPEN_FOR, SELECT};

/// Discord's types of options: subcommand, group, channel.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const CHANNEL: u64 = 7;

/// A command and its subcommands and options, each with its path.
fn flatten<'v>(prefix: &str, value: &'v Value, found: &mut Vec<(String, &'v Value)>) {
    let path = format!("{prefix} {}", value["name"].as_str().unwrap()).trim_start().to_owned();
    for option in list(&value["options"]) {
        flatten(&path, option, found);
    }
    found.push((path, value));
}

fn everything(commands: &[Value]) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for command in commands {
        flatten("", command, &mut found);
    }
    found
}

/// The texts of a field in every language: the default and the translations.
fn texts<'v>(value: &'v Value, field: &str) -> Vec<&'v str> {
    let translations = value[format!("{field}_localizations")].as_object();
    let translated = translations.into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_str);
    value[field].as_str().into_iter().chain(translated).collect()
}

#[tokio::test]
async fn what_the_readme_promises_is_registered() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;

    let commands = sim.commands();
    let is_leaf = |value: &Value| match value["type"].as_u64() {
        Some(SUBCOMMAND) => list(&value["options"]).iter().all(|option| option["type"].as_u64() > Some(GROUP)),
        Some(2 | 3) => MENUS.contains(&value["name"].as_str().unwrap()),
        _ => false,
    };
    let all = everything(&commands);
    let leaves: BTreeSet<String> =
        all.iter().filter(|(_, value)| is_leaf(value)).map(|(path, _)| path.clone()).collect();
    assert!(MENUS.iter().all(|menu| leaves.contains(*menu)), "{leaves:?}");
    assert_eq!(named_in_readme(), leaves.into_iter().filter(|path| !MENUS.contains(&path.as_str())).collect());
}

/// The commands that the README's tables name, without their options.
fn named_in_readme() -> BTreeSet<String> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `/")?.split('`').next());
    let names =
        rows.map(|row| row.split([' ', '\u{a0}']).take_while(|word| !word.starts_with(['<', '['])).collect::<Vec<_>>());
    names.map(|words| words.join(" ")).collect()
}

#[tokio::test]
async fn commands_are_for_servers_and_for_those_who_may_manage_them() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;

    // Discord cannot show a command to the staff of an inbox only: the bot checks who uses these.
    let for_everybody = ["reply", "ticket", "tickets", OPEN_FOR, OPEN_ABOUT];

    for command in sim.commands().iter().filter(|command| command["name"] != "privacy") {
        assert_eq!(command["contexts"], serde_json::json!([0]), "{command}");
        let name = command["name"].as_str().unwrap();
        let expected = match name {
            _ if for_everybody.contains(&name) => Value::Null,
            // Moderate Members.
            "block" | BLOCK => "1099511627776".into(),
            _ => "32".into(),
        };
        assert_eq!(command["default_member_permissions"], expected, "{command}");
    }
}

#[tokio::test]
async fn what_members_ask_about_themselves_is_for_everybody_and_also_in_direct_messages() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;

    let commands = sim.commands();
    let command = commands.iter().find(|command| command["name"] == "privacy").unwrap();

    assert_eq!(command["contexts"], serde_json::json!([0, 1]), "{command}");
    assert_eq!(command["integration_types"], serde_json::json!([0]), "{command}");
    assert!(command["default_member_permissions"].is_null(), "{command}");
}

#[tokio::test]
async fn names_and_descriptions_are_there_in_every_language_and_within_discords_limits() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let commands = sim.commands();

    for (path, value) in everything(&commands) {
        let is_menu = MENUS.contains(&path.as_str());
        for name in texts(value, "name") {
            let allowed = |c: char| is_menu || c == '-' || c == '_' || c.is_alphanumeric() && !c.is_uppercase();
            assert!((1..=32).contains(&name.chars().count()) && name.chars().all(allowed), "{path}: {name:?}");
        }
        let descriptions = texts(value, "description");
        for description in descriptions.iter().filter(|_| !is_menu) {
            assert!((1..=100).contains(&description.chars().count()), "{path}: {description:?}");
            assert!(*description != "A slash command", "{path} is not described");
        }
        for locale in ["de", "fr", "en-GB"] {
            let translated = |field: &str| value[format!("{field}_localizations")][locale].is_string();
            assert!(translated("name"), "{path} has no {locale} name");
            assert!(is_menu || translated("description"), "{path} has no {locale} description");
        }
    }
}

#[tokio::test]
async fn for_tickets_only_channels_with_private_threads_are_offered_and_for_panels_also_those_for_announcements() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let commands = sim.commands();

    let all = everything(&commands);
    let channels: Vec<_> = all.iter().filter(|(_, value)| value["type"] == CHANNEL).collect();

    assert_eq!(channels.len(), 4, "{channels:?}");
    for (path, option) in channels {
        let types =
            if path.ends_with("create channel") || path.ends_with("repost channel") { &[0, 5][..] } else { &[0] };
        assert_eq!(option["channel_types"], serde_json::json!(types), "{path}");
    }
}

#[tokio::test]
async fn a_member_without_manage_server_cannot_use_them() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (mona, inbox) = (town.moderator("mona"), town.create_inbox().await);

    let listed = mona.slash("inbox list").try_send().await;
    let selected = mona.try_menu(SELECT, &inbox).await;

    assert!(listed.is_err());
    assert!(selected.is_err());
}
