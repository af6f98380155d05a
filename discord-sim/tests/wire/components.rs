//! Messages of components, threads on messages, and edits of old messages.

use std::time::Duration;

use discord_sim::Sim;
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

const COMPONENTS: u64 = 1 << 15;

/// A message of a container with this text and a button.
fn card(text: &str) -> Value {
    json!({ "flags": COMPONENTS, "components": [{ "type": 17, "accent_color": 1, "components": [
        { "type": 9, "components": [{ "type": 10, "content": text }],
          "accessory": { "type": 2, "style": 5, "label": "There", "url": "https://discord.com" } },
        { "type": 14 },
        { "type": 1, "components": [{ "type": 2, "style": 2, "label": "Go", "custom_id": "go" }] },
    ] }] })
}

#[tokio::test]
async fn a_message_of_components_pings_those_that_its_allowed_mentions_name_and_an_edit_pings_nobody() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let (anna, ben) = (guild.member("anna").create(), guild.member("ben").create());
    let bot = Bot::start(&sim, USUAL).await;
    let both = format!("{} {}", anna.mention(), ben.mention());
    let mut body = card(&both);
    body["allowed_mentions"] = json!({ "parse": [], "users": [anna.id().to_string()] });

    let posted = bot.ok("POST", &format!("/channels/{}/messages", help.id()), body).await;
    let path = format!("/channels/{}/messages/{}", help.id(), text(&posted["id"]));
    let edited = bot.ok("PATCH", &path, json!({ "components": card(&format!("{both}!"))["components"] })).await;

    let message = help.messages().pop().unwrap();
    assert_eq!(message.pinged(), [anna.id()].into());
    assert_eq!(message.component_text(), format!("{both}!"));
    assert_eq!((edited["flags"].as_u64().unwrap() & COMPONENTS, message.text().as_str()), (COMPONENTS, ""));
}

#[tokio::test]
async fn a_message_of_components_has_no_other_content_then_and_later() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let messages = format!("/channels/{}/messages", help.id());
    let mut both = card("text");
    both["content"] = json!("content");

    assert_eq!(bot.refused("POST", &messages, both).await, (400, 50035));
    let posted = bot.ok("POST", &messages, card("text")).await;
    let path = format!("{messages}/{}", text(&posted["id"]));
    assert_eq!(bot.refused("PATCH", &path, json!({ "content": "content" })).await, (400, 50035));
}

#[tokio::test]
async fn a_message_has_one_thread_with_its_own_id_that_everybody_in_the_channel_sees() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let posted = bot.ok("POST", &format!("/channels/{}/messages", help.id()), card("text")).await;
    let path = format!("/channels/{}/messages/{}/threads", help.id(), text(&posted["id"]));

    let thread = bot.ok("POST", &path, json!({ "name": "About it", "auto_archive_duration": 10_080 })).await;

    assert_eq!((&thread["id"], &thread["type"]), (&posted["id"], &json!(11)));
    assert_eq!(bot.event("THREAD_CREATE").await["id"], posted["id"]);
    let message = help.messages().pop().unwrap();
    let seen = message.thread().unwrap();
    assert!(anna.sees(&seen) && seen.name() == "About it");
    assert_eq!(message.raw()["thread"]["id"], posted["id"]);
    assert_eq!(bot.refused("POST", &path, json!({ "name": "Again" })).await, (400, 160_004));
    let unknown = format!("/channels/{}/messages/5/threads", help.id());
    assert_eq!(bot.refused("POST", &unknown, json!({ "name": "x" })).await, (404, 10008));
}

#[tokio::test]
async fn a_thread_on_a_message_needs_the_right_to_create_public_threads() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").deny_bot(discord_sim::permissions::CREATE_PUBLIC_THREADS).create();
    let bot = Bot::start(&sim, USUAL).await;
    let posted = bot.ok("POST", &format!("/channels/{}/messages", help.id()), card("text")).await;
    let path = format!("/channels/{}/messages/{}/threads", help.id(), text(&posted["id"]));

    assert_eq!(bot.refused("POST", &path, json!({ "name": "x" })).await, (403, 50013));
}

#[tokio::test]
async fn messages_older_than_an_hour_are_edited_three_times_in_six_seconds_in_a_channel() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let messages = format!("/channels/{}/messages", help.id());
    let posted = bot.ok("POST", &messages, json!({ "content": "one" })).await;
    let old = format!("{messages}/{}", text(&posted["id"]));
    sim.advance(Duration::from_hours(2));
    let posted = bot.ok("POST", &messages, json!({ "content": "one" })).await;
    let new = format!("{messages}/{}", text(&posted["id"]));

    for number in 0..3 {
        bot.ok("PATCH", &old, json!({ "content": number.to_string() })).await;
    }
    assert_eq!(bot.refused("PATCH", &old, json!({ "content": "x" })).await, (429, 30046));
    bot.ok("PATCH", &new, json!({ "content": "two" })).await;
    sim.advance(Duration::from_secs(6));
    bot.ok("PATCH", &old, json!({ "content": "x" })).await;
}

#[tokio::test]
async fn one_emoji_that_does_not_exist_makes_a_whole_message_fail_and_its_place_is_named() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let leaf = guild.emoji("leaf");
    let id: String = leaf.chars().filter(char::is_ascii_digit).collect();
    let bot = Bot::start(&sim, USUAL).await;
    let button = |custom_id: &str, emoji: Value| json!({ "type": 2, "style": 1, "label": "Go", "custom_id": custom_id, "emoji": emoji });
    let buttons = json!([{ "type": 1, "components": [
        button("a", json!({ "name": "🪴" })), button("b", json!({ "id": id, "name": "leaf" })),
    ] }]);
    let option = json!({ "label": "l", "value": "v", "emoji": { "name": "ä" } });
    let menu = json!([{ "type": 1, "components": [{ "type": 3, "custom_id": "m", "options": [option] }] }]);
    let messages = format!("/channels/{}/messages", help.id());

    let posted = bot.ok("POST", &messages, json!({ "content": "x", "components": buttons })).await;
    guild.delete_emoji(&leaf);
    let path = format!("{messages}/{}", text(&posted["id"]));
    let (status, edited) = bot.call("PATCH", &path, json!({ "content": "y", "components": buttons })).await;
    let (_, of_menu) = bot.call("PATCH", &path, json!({ "components": menu })).await;

    let errors = &edited["errors"]["components"]["0"]["components"]["1"]["emoji"]["id"]["_errors"];
    assert_eq!((status, text(&errors[0]["code"])), (400, "BUTTON_COMPONENT_INVALID_EMOJI"));
    let option = &of_menu["errors"]["components"]["0"]["components"]["0"]["options"]["0"];
    assert!(option["emoji"]["name"]["_errors"].is_array(), "{of_menu}");
    assert_eq!(help.messages().pop().unwrap().text(), "x");
}

#[tokio::test]
async fn an_edit_of_the_components_alone_leaves_content_embeds_and_files() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let messages = format!("/channels/{}/messages", help.id());
    let row = |label: &str| json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": label, "custom_id": "a" }] }]);
    let embeds = json!([{ "description": "Text" }]);
    let body = json!({ "content": "x", "embeds": embeds, "components": row("One") });
    let posted = bot.ok("POST", &messages, body).await;

    let path = format!("{messages}/{}", text(&posted["id"]));
    bot.ok("PATCH", &path, json!({ "components": row("Two") })).await;

    let message = help.messages().pop().unwrap();
    assert_eq!((message.text().as_str(), message.embeds().len()), ("x", 1));
    assert_eq!(message.buttons()[0].label, "Two");
}

#[tokio::test]
async fn a_menu_keeps_its_choice_until_the_message_is_updated() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let [anna, bert] = ["anna", "bert"].map(|name| guild.member(name).create());
    let bot = Bot::start(&sim, USUAL).await;
    let options = json!([{ "label": "One", "value": "1" }, { "label": "Two", "value": "2" }]);
    let menu = json!([{ "type": 1, "components": [{ "type": 3, "custom_id": "m", "options": options }] }]);
    let messages = format!("/channels/{}/messages", help.id());
    bot.ok("POST", &messages, json!({ "content": "x", "components": menu })).await;
    let message = help.messages().pop().unwrap();
    let one = || discord_sim::Values::strings(["One"]);

    anna.begin_select(&message, "m", one());
    let first = bot.event("INTERACTION_CREATE").await;
    bot.answer(&first, json!({ "type": 6 })).await;
    assert!(anna.try_begin_select(&message, "m", &one()).is_err(), "deferring leaves the choice");
    bert.begin_select(&message, "m", one());
    let of_bert = bot.event("INTERACTION_CREATE").await;
    bot.answer(&of_bert, json!({ "type": 7, "data": {} })).await;

    assert!(anna.try_begin_select(&message, "m", &one()).is_ok());
}
