//! Messages: nonces, limits, editing, deleting, content without the intent.

use discord_sim::Sim;
use serde_json::json;

use crate::bot::{Bot, CONTENT, USUAL, text};

#[tokio::test]
async fn an_enforced_nonce_makes_a_message_once() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    let body = json!({ "content": "hello", "nonce": "ticket-1", "enforce_nonce": true });
    let first = bot.ok("POST", &path, body.clone()).await;
    let second = bot.ok("POST", &path, body).await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(help.messages().len(), 1);
}

#[tokio::test]
async fn an_empty_message_is_refused() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    assert_eq!(bot.refused("POST", &path, json!({ "content": "   " })).await, (400, 50006));
    assert_eq!(bot.refused("POST", &path, json!({ "embeds": [] })).await, (400, 50006));
}

#[tokio::test]
async fn a_bot_changes_only_its_own_messages() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let theirs = guild.owner().post(&help, "mine");
    let path = |id: &str| format!("/channels/{}/messages/{id}", help.id());
    let refused = bot.refused("PATCH", &path(&theirs.id().to_string()), json!({ "content": "x" })).await;
    assert_eq!(refused, (403, 50005));
    let own = bot.ok("POST", &format!("/channels/{}/messages", help.id()), json!({ "content": "one" })).await;
    let edited = bot.ok("PATCH", &path(text(&own["id"])), json!({ "content": "two" })).await;
    assert_eq!((text(&edited["content"]), edited["edited_timestamp"].is_string()), ("two", true));
    assert_eq!(bot.refused("DELETE", &path(&theirs.id().to_string()), json!(null)).await, (403, 50013));
    bot.ok("DELETE", &path(text(&own["id"])), json!(null)).await;
    assert_eq!(bot.event("MESSAGE_DELETE").await["id"], own["id"]);
    assert_eq!(bot.refused("DELETE", &path(text(&own["id"])), json!(null)).await, (404, 10008));
}

#[tokio::test]
async fn content_is_sent_to_those_with_the_intent_or_mentioned() {
    let sim = Sim::builder().content_intent(true).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let (reads, blind) = (Bot::start(&sim, USUAL | CONTENT).await, Bot::start(&sim, USUAL).await);
    guild.owner().post(&help, "secret");
    assert_eq!(reads.event("MESSAGE_CREATE").await["content"], "secret");
    assert_eq!(blind.event("MESSAGE_CREATE").await["content"], "");
    let to_the_bot = format!("<@{}> sync", sim.bot_id());
    guild.owner().post(&help, &to_the_bot);
    assert_eq!(text(&blind.event("MESSAGE_CREATE").await["content"]), to_the_bot);
}

#[tokio::test]
async fn messages_are_listed_newest_first() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let written: Vec<String> = ["a", "b", "c"].map(|word| guild.owner().post(&help, word).id().to_string()).into();
    let path = format!("/channels/{}/messages", help.id());
    let ids = |list: &serde_json::Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|message| text(&message["id"]).to_owned()).collect()
    };
    let newest = bot.ok("GET", &format!("{path}?limit=2"), json!(null)).await;
    assert_eq!(ids(&newest), [written[2].clone(), written[1].clone()]);
    let after = bot.ok("GET", &format!("{path}?after={}", written[0]), json!(null)).await;
    assert_eq!(ids(&after), [written[2].clone(), written[1].clone()]);
    let first = guild.owner();
    let messages = help.messages();
    first.bulk_delete(&[&messages[0], &messages[1]]);
    assert_eq!(bot.event("MESSAGE_DELETE_BULK").await["ids"], json!([written[0], written[1]]));
}

#[tokio::test]
async fn emoji_of_other_guilds_stand_as_text_unless_the_bot_may_use_them() {
    let sim = Sim::start().await;
    let (guild, elsewhere) = (sim.guild("Home").create(), sim.guild("Elsewhere").create());
    let (own, foreign) = (guild.emoji("ours"), elsewhere.emoji("theirs"));
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    let body = json!({ "content": format!("{own} {foreign}"), "embeds": [{ "description": foreign }] });

    let with = bot.ok("POST", &path, body.clone()).await;
    help.set_overwrite(discord_sim::Target::bot(), 0, discord_sim::permissions::USE_EXTERNAL_EMOJIS);
    let without = bot.ok("POST", &path, body).await;

    assert_eq!(text(&with["content"]), format!("{own} {foreign}"));
    assert_eq!(text(&without["content"]), format!("{own} :theirs:"));
    assert_eq!(text(&without["embeds"][0]["description"]), ":theirs:");
}
