//! Every interaction is answered: real ones are sent again with each field in turn missing, null or of another shape,
//! and must be answered if their id and token are intact.

use std::time::Duration;

use discord_sim::{Actor, Draft, Reply, Sim, State, Values};
use serde_json::{Value, json};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const FORM: u8 = 5;

/// The replacements of a field; its removal first.
fn damages(seed: usize) -> Vec<Option<Value>> {
    let odd = [
        json!(null),
        json!([]),
        json!({}),
        json!(""),
        json!("v2_a_0123456789abcdef"),
        json!(1_u64 << 40),
        json!(-1),
        json!(1.5e300),
        json!(true),
        json!([null, { "id": 5 }]),
        json!({ "id": null, "type": "new" }),
    ];
    // Each field meets some of them, and each of them many fields.
    let some = (0..3).map(|turn| Some(odd[(seed + turn * 4) % odd.len()].clone()));
    std::iter::once(None).chain(some).collect()
}

/// Every path in a value, including nested ones.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, child)| (format!("{at}/{name}"), child)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, child)| (format!("{at}/{index}"), child)).collect()
        }
        _ => Vec::new(),
    };
    for (place, child) in children {
        places(child, &place, found);
        found.push(place);
    }
}

fn damage(json: &mut Value, place: &str, by: Option<Value>) {
    let (parent, name) = place.rsplit_once('/').unwrap();
    let parent = json.pointer_mut(parent).unwrap();
    match (parent, by) {
        (Value::Object(fields), None) => drop(fields.remove(name)),
        (Value::Object(fields), Some(value)) => drop(fields.insert(name.to_owned(), value)),
        (Value::Array(items), None) => drop(items.remove(name.parse().unwrap())),
        (Value::Array(items), Some(value)) => items[name.parse::<usize>().unwrap()] = value,
        _ => unreachable!("a place has a parent"),
    }
}

/// The newest matching interaction of this type.
fn newest(sim: &Sim, kind: u8, fits: impl Fn(&Value) -> bool) -> Value {
    let sent = sim.gateway().events("INTERACTION_CREATE");
    let found = sent.into_iter().rev().find(|event| event["type"] == kind && fits(event));
    found.expect("somebody has done this")
}

async fn assert_answered(sim: &Sim, what: &str, sent: &Value, kind: u8) {
    let mut all = Vec::new();
    places(sent, "", &mut all);
    // To autocomplete Discord accepts only choices; without its type it cannot be recognised.
    all.retain(|place| place != "/id" && place != "/token" && (kind != AUTOCOMPLETE || place != "/type"));
    assert!(all.len() > 40, "{what} has only {} fields", all.len());
    for (number, place) in all.iter().enumerate() {
        let replies: Vec<(Option<Value>, Reply)> = damages(number)
            .into_iter()
            .map(|by| (by.clone(), sim.gateway().interact_again(sent, kind, |json| damage(json, place, by))))
            .collect();
        for (by, reply) in replies {
            let state = reply.finished().await.state();
            assert_eq!(state, State::Answered, "{what} with {place} as {by:?} was not answered");
        }
    }
}

async fn one_of_each(sim: &Sim, town: &Town, anna: &Actor) -> Vec<(&'static str, Value, u8)> {
    let inbox = town.create_inbox().await;
    anna.click(&inbox, CREATE_TICKET).await;
    let click = newest(sim, COMPONENT, |event| event["data"]["custom_id"] == "create-ticket");
    let menu = town.manage("staff", &inbox).await;
    town.admin.select(&menu, "#0", Values::roles([&town.moderators])).await;
    let choice = newest(sim, COMPONENT, |event| event["data"]["component_type"] == 7);
    let form = town.manage("new-tickets name", &inbox).await;
    town.admin.submit(&form, &[("value", "$author")]).await;
    let form = newest(sim, FORM, |_| true);
    // A command without requests to Discord, whose rate limits would take time.
    town.manage("delete", &inbox).await;
    let slash = newest(sim, COMMAND, |event| event["data"]["type"] == 1);
    let typing = with(slash.clone(), "/data/options/0/options/0/focused", json!(true));
    let embed = json!({ "title": "Title", "image": { "url": "https://example.com/a.png" }, "fields": [{ "name": "n", "value": "v" }] });
    let draft = Draft::text("").file("a.png", b"picture".as_slice(), "image/png").embed(embed);
    let text = town.guild.webhook_post(&town.help, draft);
    town.admin.menu(SELECT, &text).await;
    let select = newest(sim, COMMAND, |event| event["data"]["type"] == 3);
    let in_private = anna.in_direct_messages();
    let asked = in_private.slash("privacy delete").send().await;
    let direct_slash = newest(sim, COMMAND, |event| event["data"]["name"] == "privacy");
    in_private.click(&asked, "Delete it").await;
    let direct_click = newest(sim, COMPONENT, |event| event.get("guild_id").is_none());
    vec![
        ("a click", click, COMPONENT),
        ("a choice in a menu", choice, COMPONENT),
        ("a form", form, FORM),
        ("a slash command", slash, COMMAND),
        ("what is being typed", typing, AUTOCOMPLETE),
        ("a selected message", select, COMMAND),
        ("a slash command in a direct message", direct_slash, COMMAND),
        ("a click in a direct message", direct_click, COMPONENT),
    ]
}

fn with(mut json: Value, place: &str, value: Value) -> Value {
    damage(&mut json, place, Some(value));
    json
}

#[tokio::test]
async fn whatever_field_of_an_interaction_is_damaged_it_is_answered() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let anna = town.member("anna");

    for (what, sent, kind) in one_of_each(&sim, &town, &anna).await {
        assert_answered(&sim, what, &sent, kind).await;
    }

    assert!(!bot.log().contains("panicked"));
    // Requests about invented ids are no gaps of the simulator.
    sim.forgive_gaps();
}

#[tokio::test]
async fn a_click_of_somebody_with_a_new_avatar_decoration_opens_a_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    town.open_ticket(&town.member("anna"), &inbox).await;
    let sent = newest(&sim, COMPONENT, |_| true);

    let changes: [fn(&mut Value); 4] = [
        |json| json["member"]["user"]["avatar_decoration_data"] = json!({ "asset": "v2_a_0123", "sku_id": "5" }),
        |json| json["member"]["user"]["public_flags"] = json!(1_u64 << 33),
        |json| drop(json.as_object_mut().unwrap().remove("channel_id")),
        |json| {
            for field in ["channel_id", "channel", "app_permissions", "guild_locale", "locale", "guild"] {
                json.as_object_mut().unwrap().remove(field);
            }
            json["message"].as_object_mut().unwrap().remove("channel_id");
        },
    ];
    for (number, change) in changes.into_iter().enumerate() {
        sim.advance(Duration::from_hours(7));
        let reply = sim.gateway().interact_again(&sent, COMPONENT, change).finished().await;

        assert!(reply.links_to(&town.newest_thread()), "{}", reply.text());
        assert_eq!(town.guild.threads().len(), number + 2);
    }
}

#[tokio::test]
async fn a_message_with_parts_that_nobody_knows_becomes_an_inbox() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    let sent = newest(&sim, COMMAND, |event| event["data"]["type"] == 3);
    for (part, value) in [
        ("author", json!({ "id": {}, "avatar_decoration_data": { "asset": "v2_a_0" } })),
        ("application", json!({ "id": "1", "new": [] })),
        ("poll", json!({ "question": 5 })),
        ("components", json!([{ "type": 99, "new": null }])),
        ("embeds", json!([{ "type": "new", "fields": "?" }])),
        ("message_snapshots", json!([[]])),
    ] {
        town.run_create(&town.help, None).await;
        let id = sent["data"]["target_id"].as_str().unwrap();

        let reply =
            sim.gateway().interact_again(&sent, COMMAND, |json| json["data"]["resolved"]["messages"][id][part] = value);

        assert_told(&reply.finished().await, "Your inbox is ready");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_privately_with_a_code_in_the_readers_language() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.member("anna").click(&inbox, CREATE_TICKET).await;
    let sent = newest(&sim, COMPONENT, |_| true);
    for (locale, word) in [("en-US", "code"), ("de", "Code"), ("fr", "code")] {
        let reply = sim.gateway().interact_again(&sent, COMPONENT, |json| {
            *json = json!({ "locale": locale });
        });

        let reply = reply.finished().await;

        assert!(reply.is_private() && reply.text().contains(word), "{locale}: {}", reply.text());
    }
    assert!(bot.log().contains("an interaction could not be read"), "{}", bot.log());
}

#[tokio::test]
async fn where_only_its_commands_were_added_the_bot_says_so() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.guild.remove_bot();
    sim.quiet().await;

    for reply in [
        town.run_create(&town.help, None).await,
        town.admin.slash("inbox list").send().await,
        town.manage("staff", &inbox).await,
        town.admin.slash("inbox destination").channel("channel", &town.help).send().await,
        town.admin.slash("inbox repost").string("inbox", "1").send().await,
        town.admin.slash("inbox check").send().await,
    ] {
        assert!(reply.is_private() && reply.text().contains("not a member of this server"), "{}", reply.text());
    }
}
