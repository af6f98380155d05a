//! What the bot is sent, by when it must answer, and what the answers do.

use std::time::Duration;

use discord_sim::{Guild, Message, Reply, Sim, State, permissions as perm};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

/// A guild with a channel and a panel of the bot in it.
fn panel(sim: &Sim) -> (Guild, Message) {
    let guild = sim.guild("Home").locale("de").create();
    let help = guild.text_channel("help").create();
    let button = json!({ "type": 2, "style": 1, "label": "Create Ticket", "custom_id": "create-ticket" });
    let row = json!({ "type": 1, "components": [button] });
    let message = help.arrange_message_by_bot(&json!({ "content": "Need help?", "components": [row] }));
    (guild, message)
}

async fn clicked(sim: &Sim) -> (Bot, Reply, Value) {
    let (guild, message) = panel(sim);
    let anna = guild.member("anna").nick("Änna").locale("fr").create();
    let bot = Bot::start(sim, USUAL).await;
    let reply = anna.begin_click(&message, "Create Ticket");
    let interaction = bot.event("INTERACTION_CREATE").await;
    (bot, reply, interaction)
}

const PRIVATE: u64 = 64;

#[tokio::test]
async fn a_click_brings_everything_discord_sends() {
    let sim = Sim::start().await;
    let (_, reply, interaction) = clicked(&sim).await;
    assert_eq!(interaction["type"], 3);
    assert_eq!(interaction["data"]["custom_id"], "create-ticket");
    assert_eq!((&interaction["locale"], &interaction["guild_locale"]), (&json!("fr"), &json!("de")));
    assert_eq!(interaction["member"]["nick"], "Änna");
    assert_eq!(interaction["message"]["content"], "Need help?");
    let granted: u64 = text(&interaction["app_permissions"]).parse().unwrap();
    assert_eq!(granted & perm::BOT_DEFAULT, perm::BOT_DEFAULT);
    for field in ["entitlements", "authorizing_integration_owners", "context", "attachment_size_limit", "channel"] {
        assert!(!interaction[field].is_null(), "{field}");
    }
    assert_eq!(reply.state(), State::Waiting);
}

#[tokio::test]
async fn a_private_answer_is_seen_by_one_person_and_told_to_nobody() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    let answer = json!({ "type": 4, "data": { "content": "Creating your ticket…", "flags": PRIVATE } });
    assert_eq!(bot.answer(&interaction, answer).await.0, 204);
    let message = reply.finished().await.message();
    assert!(reply.is_private() && message.is_private());
    let other = sim.guild("Other").create().owner();
    assert!(!other.sees_message(&message));
    assert!(!bot.pending(&sim).await.contains(&"MESSAGE_CREATE".to_owned()));
    let path = format!("/channels/{}/messages/{}", message.channel_id(), message.id());
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (404, 10008));
}

#[tokio::test]
async fn the_first_answer_must_come_within_three_seconds() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    sim.advance(Duration::from_secs(3));
    assert_eq!(reply.state(), State::Failed);
    let (status, body) = bot.answer(&interaction, json!({ "type": 5 })).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    assert_eq!(reply.finished().await.text(), "");
}

#[tokio::test]
async fn a_second_first_answer_is_refused() {
    let sim = Sim::start().await;
    let (bot, _, interaction) = clicked(&sim).await;
    assert_eq!(bot.answer(&interaction, json!({ "type": 6 })).await.0, 204);
    let (status, body) = bot.answer(&interaction, json!({ "type": 5 })).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
}

#[tokio::test]
async fn a_deferred_answer_shows_thinking_until_it_is_filled() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    bot.answer(&interaction, json!({ "type": 5, "data": { "flags": PRIVATE } })).await;
    assert_eq!((reply.state(), reply.text()), (State::Thinking, String::new()));
    let edit = bot.webhook(&interaction, "/messages/@original");
    bot.ok("PATCH", &edit, json!({ "content": "Ready: <#12>" })).await;
    let reply = reply.finished().await;
    assert_eq!((reply.text(), reply.links()[0].channel), ("Ready: <#12>".to_owned(), 12));
    bot.ok("POST", &bot.webhook(&interaction, ""), json!({ "content": "Anything else?", "flags": PRIVATE })).await;
    assert_eq!(reply.text(), "Ready: <#12>\nAnything else?");
    bot.ok("DELETE", &edit, json!(null)).await;
    assert_eq!(reply.text(), "Anything else?");
}

#[tokio::test]
async fn the_first_followup_of_a_deferred_answer_fills_it() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    bot.answer(&interaction, json!({ "type": 5, "data": { "flags": PRIVATE } })).await;
    bot.ok("POST", &bot.webhook(&interaction, ""), json!({ "content": "Done" })).await;
    assert_eq!(reply.finished().await.messages().len(), 1);
    assert!(reply.is_private(), "an answer stays as private as it was deferred");
}

#[tokio::test]
async fn a_token_dies_after_fifteen_minutes() {
    let sim = Sim::start().await;
    let (bot, _, interaction) = clicked(&sim).await;
    let followup = bot.webhook(&interaction, "");
    assert_eq!(bot.refused("POST", &followup, json!({ "content": "early" })).await, (404, 10015));
    bot.answer(&interaction, json!({ "type": 4, "data": { "content": "hello", "flags": PRIVATE } })).await;
    sim.advance(Duration::from_mins(15));
    assert_eq!(bot.refused("POST", &followup, json!({ "content": "late" })).await, (401, 50027));
}

#[tokio::test]
async fn an_answer_can_change_the_message_it_came_from() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    let change = json!({ "type": 7, "data": { "content": "Closed", "components": [] } });
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        text(&interaction["id"]),
        text(&interaction["token"])
    );
    let answer = bot.ok("POST", &path, change).await;
    assert_eq!(answer["resource"]["message"]["content"], "Closed");
    assert_eq!(reply.finished().await.text(), "Closed");
    assert_eq!(bot.event("MESSAGE_UPDATE").await["content"], "Closed");
}

#[tokio::test]
async fn a_refused_answer_leaves_the_interaction_open() {
    let sim = Sim::start().await;
    let (bot, reply, interaction) = clicked(&sim).await;
    let (status, body) = bot.answer(&interaction, json!({ "type": 4, "data": { "content": "" } })).await;
    assert_eq!((status, &body["code"]), (400, &json!(50006)));
    assert_eq!(reply.state(), State::Waiting);
    assert_eq!(bot.answer(&interaction, json!({ "type": 6 })).await.0, 204);
    assert!(reply.finished().await.is_silent());
}

#[tokio::test]
async fn a_command_in_a_direct_message_brings_a_user_and_no_guild() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let anna = guild.member("anna").nick("Änna").locale("fr").create();
    let bot = Bot::start(&sim, USUAL).await;
    let everywhere = json!({ "name": "about", "description": "About", "type": 1, "contexts": [0, 1] });
    let servers = json!({ "name": "manage", "description": "Manage", "type": 1, "contexts": [0] });
    let path = format!("/applications/{}/commands", bot.application);
    bot.ok("PUT", &path, json!([everywhere, servers])).await;

    assert!(anna.in_direct_messages().slash("manage").try_begin().is_err(), "it is for servers");
    let reply = anna.in_direct_messages().slash("about").begin();
    let interaction = bot.event("INTERACTION_CREATE").await;

    assert_eq!(interaction["user"]["id"], json!(anna.id().to_string()));
    for absent in ["guild", "guild_id", "guild_locale", "member"] {
        assert!(interaction.get(absent).is_none(), "{absent}");
    }
    assert_eq!((&interaction["context"], &interaction["channel"]["type"]), (&json!(1), &json!(1)));
    assert_eq!(interaction["authorizing_integration_owners"], json!({ "0": "0" }));
    let button = json!({ "type": 2, "style": 4, "label": "Go on", "custom_id": "go-on" });
    let rows = json!([{ "type": 1, "components": [button] }]);
    let answer = json!({ "type": 4, "data": { "content": "Hello", "flags": PRIVATE, "components": rows } });
    assert_eq!(bot.answer(&interaction, answer).await.0, 204);
    assert!(reply.finished().await.is_private());

    let olga = guild.member("olga").create();
    assert!(olga.in_direct_messages().try_click(&reply, "Go on").await.is_err(), "it is somebody else's");
    anna.in_direct_messages().begin_click(&reply, "Go on");
    let click = bot.event("INTERACTION_CREATE").await;
    assert_eq!((&click["data"]["custom_id"], click.get("guild_id")), (&json!("go-on"), None));
    assert_eq!(click["message"]["content"], "Hello");
}

#[tokio::test]
async fn who_shares_no_guild_with_the_bot_is_shown_none_of_its_commands() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let command = json!({ "name": "about", "description": "About", "type": 1, "contexts": [0, 1] });
    bot.ok("PUT", &format!("/applications/{}/commands", bot.application), json!([command])).await;

    anna.leave_guild();

    assert!(anna.in_direct_messages().slash("about").try_begin().is_err());
}

#[tokio::test]
async fn with_an_endpoint_for_interactions_none_comes_over_the_gateway() {
    let sim = Sim::start().await;
    let (guild, message) = panel(&sim);
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    sim.set_interactions_endpoint(Some("https://example.org/interactions"));
    sim.set_code_grant(true);

    let _lost = anna.begin_click(&message, "Create Ticket");

    assert!(!bot.pending(&sim).await.contains(&"INTERACTION_CREATE".to_owned()));
    let application = bot.ok("GET", "/applications/@me", json!(null)).await;
    assert_eq!(text(&application["interactions_endpoint_url"]), "https://example.org/interactions");
    assert_eq!(application["bot_require_code_grant"], true);
}
