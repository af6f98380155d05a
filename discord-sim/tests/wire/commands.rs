//! Commands: registering them, and whether the client offers them.

use discord_sim::{Sim, permissions as perm};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

fn inbox() -> Value {
    let channel = |name: &str, required: bool| {
        json!({
            "type": 7, "name": name, "description": "d", "required": required, "channel_types": [0],
        })
    };
    let create = json!({
        "type": 1, "name": "create", "description": "d",
        "options": [channel("channel", true), channel("destination", false)],
    });
    let starter = json!({ "type": 1, "name": "starter", "description": "d" });
    let group = json!({ "type": 2, "name": "new-tickets", "description": "d", "options": [starter] });
    json!([
        {
            "type": 1, "name": "inbox", "description": "d", "options": [create, group],
            "default_member_permissions": perm::MANAGE_GUILD.to_string(), "contexts": [0],
        },
        { "type": 3, "name": "Select this message", "contexts": [0] },
    ])
}

#[tokio::test]
async fn commands_keep_their_ids_when_they_are_registered_again() {
    let sim = Sim::start().await;
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/applications/{}/commands", sim.application_id());
    let first = bot.ok("PUT", &path, inbox()).await;
    let second = bot.ok("PUT", &path, inbox()).await;
    assert_eq!(first[0]["id"], second[0]["id"]);
    assert_ne!(first[0]["version"], second[0]["version"]);
    assert_eq!(sim.commands().len(), 2);
    let one = format!("{path}/{}", text(&first[1]["id"]));
    bot.ok("DELETE", &one, json!(null)).await;
    assert_eq!(bot.refused("GET", &one, json!(null)).await, (404, 10063));
    let foreign = bot.refused("PUT", "/applications/1/commands", json!([])).await;
    assert_eq!(foreign, (403, 20012));
}

#[tokio::test]
async fn a_slash_command_arrives_as_it_was_typed() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    bot.ok("PUT", &format!("/applications/{}/commands", sim.application_id()), inbox()).await;
    let reply = guild.owner().slash("inbox create").channel("channel", &help).begin();
    let interaction = bot.event("INTERACTION_CREATE").await;
    let data = &interaction["data"];
    assert_eq!((&data["name"], &data["options"][0]["name"]), (&json!("inbox"), &json!("create")));
    let option = &data["options"][0]["options"][0];
    assert_eq!((&option["name"], &option["type"]), (&json!("channel"), &json!(7)));
    assert_eq!(option["value"], json!(help.id().to_string()));
    assert_eq!(data["resolved"]["channels"][help.id().to_string()]["name"], "help");
    bot.answer(&interaction, json!({ "type": 4, "data": { "content": "Now select a message", "flags": 64 } })).await;
    assert_eq!(reply.finished().await.text(), "Now select a message");
    guild.owner().slash("inbox new-tickets starter").begin();
    let group = bot.event("INTERACTION_CREATE").await["data"]["options"][0].take();
    assert_eq!((&group["type"], &group["options"][0]["name"]), (&json!(2), &json!("starter")));
}

#[tokio::test]
async fn the_client_does_not_offer_what_does_not_fit() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let voice = guild.voice_channel("voice").create();
    let (anna, owner) = (guild.member("anna").create(), guild.owner());
    let refusal = |slash: discord_sim::Slash| slash.try_begin().err().unwrap().0;
    assert!(refusal(owner.slash("inbox create")).contains("not registered"));
    let bot = Bot::start(&sim, USUAL).await;
    bot.ok("PUT", &format!("/applications/{}/commands", sim.application_id()), inbox()).await;
    assert!(refusal(anna.slash("inbox create").channel("channel", &help)).contains("MANAGE_GUILD"));
    assert!(refusal(owner.slash("inbox create")).contains("required option"));
    assert!(refusal(owner.slash("inbox create").channel("channel", &voice)).contains("type 2"));
    assert!(refusal(owner.slash("inbox create").string("channel", "x")).contains("type 3"));
    assert!(refusal(owner.slash("inbox create").channel("nope", &help)).contains("finds no option"));
    assert!(refusal(owner.slash("inbox remove")).contains("finds no subcommand"));
    assert!(refusal(owner.slash("inbox")).contains("subcommand"));
}

#[tokio::test]
async fn a_message_command_brings_the_message_with_its_content() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    bot.ok("PUT", &format!("/applications/{}/commands", sim.application_id()), inbox()).await;
    let message = guild.owner().post(&help, "Our rules");
    assert_eq!(bot.event("MESSAGE_CREATE").await["content"], "", "no message content intent");
    guild.owner().begin_menu("Select this message", &message);
    let data = bot.event("INTERACTION_CREATE").await["data"].take();
    assert_eq!(text(&data["target_id"]), message.id().to_string());
    assert_eq!(data["resolved"]["messages"][message.id().to_string()]["content"], "Our rules");
}
