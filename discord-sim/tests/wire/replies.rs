//! Going on from an answer: menus, forms, buttons on private messages.

use discord_sim::{Actor, Sim, Values};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

async fn opened(sim: &Sim, data: Value, kind: u64) -> (Bot, Actor, discord_sim::Reply) {
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let row = json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Open", "custom_id": "open" }] });
    let panel = help.arrange_message_by_bot(&json!({ "content": "Panel", "components": [row] }));
    let bot = Bot::start(sim, USUAL).await;
    let reply = anna.begin_click(&panel, "open");
    let interaction = bot.event("INTERACTION_CREATE").await;
    let (status, body) = bot.answer(&interaction, json!({ "type": kind, "data": data })).await;
    assert!(status < 300, "{body}");
    (bot, anna, reply.finished().await)
}

#[tokio::test]
async fn a_mentionable_menu_comes_back_with_the_objects_behind_the_ids() {
    let sim = Sim::start().await;
    let menu = json!({ "type": 7, "custom_id": "staff", "min_values": 0, "max_values": 2 });
    let data = json!({ "content": "Staff?", "flags": 64, "components": [{ "type": 1, "components": [menu] }] });
    let (bot, anna, reply) = opened(&sim, data, 4).await;
    let role = anna.guild().role("Staff").create();
    let too_many = Values::mentionables([&anna, &anna], [&role]);
    assert!(anna.try_select(&reply, "staff", too_many).await.is_err());
    let pending = anna.begin_select(&reply, "#0", Values::mentionables([&anna], [&role]));
    let interaction = bot.event("INTERACTION_CREATE").await;
    let values = json!([anna.id().to_string(), role.id().to_string()]);
    assert_eq!((&interaction["data"]["component_type"], &interaction["data"]["values"]), (&json!(7), &values));
    let resolved = &interaction["data"]["resolved"];
    assert_eq!(resolved["roles"][role.id().to_string()]["name"], "Staff");
    assert_eq!(resolved["users"][anna.id().to_string()]["username"], "anna");
    assert_eq!(interaction["message"]["flags"], 64);
    bot.answer(&interaction, json!({ "type": 6 })).await;
    assert!(pending.finished().await.is_silent());
}

#[tokio::test]
async fn a_form_comes_back_filled_in() {
    let sim = Sim::start().await;
    let input = |id: &str, more: Value| {
        let mut input = json!({ "type": 4, "custom_id": id, "label": id, "style": 1 });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "type": 1, "components": [input] })
    };
    let rows = json!([
        input("name", json!({ "value": "$counter", "max_length": 10 })),
        input("note", json!({ "required": false })),
    ]);
    let modal = json!({ "custom_id": "form", "title": "Name", "components": rows });
    let (bot, anna, reply) = opened(&sim, modal.clone(), 9).await;
    let form = reply.modal().unwrap();
    assert_eq!((form.title.as_str(), form.field("name").unwrap().value.as_str()), ("Name", "$counter"));
    assert!(anna.try_submit(&reply, &[("name", "much too long a name")]).await.is_err());
    assert!(anna.try_submit(&reply, &[("name", "")]).await.is_err());
    let pending = anna.begin_submit(&reply, &[("note", "hello")]);
    let interaction = bot.event("INTERACTION_CREATE").await;
    assert_eq!((interaction["type"].as_u64(), text(&interaction["data"]["custom_id"])), (Some(5), "form"));
    let sent = &interaction["data"]["components"];
    assert_eq!(sent[0]["components"][0]["value"], "$counter");
    assert_eq!(sent[1]["components"][0]["value"], "hello");
    let (status, _) = bot.answer(&interaction, json!({ "type": 9, "data": modal })).await;
    assert_eq!(status, 400, "a form cannot follow a form");
    bot.answer(&interaction, json!({ "type": 4, "data": { "content": "Saved", "flags": 64 } })).await;
    assert_eq!(pending.finished().await.text(), "Saved");
}

#[tokio::test]
async fn buttons_on_a_private_answer_work_for_its_reader_only() {
    let sim = Sim::start().await;
    let row = json!({ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Yes", "custom_id": "yes" },
        { "type": 2, "style": 1, "label": "No", "custom_id": "no", "disabled": true },
        { "type": 2, "style": 5, "label": "Help", "url": "https://example.org/help" },
    ]});
    let data = json!({ "content": "Sure?", "flags": 64, "components": [row] });
    let (bot, anna, reply) = opened(&sim, data, 4).await;
    let ben = anna.guild().member("ben").create();
    assert!(ben.try_click(&reply, "Yes").await.is_err());
    assert!(anna.try_click(&reply, "No").await.is_err());
    assert!(anna.try_click(&reply, "Help").await.is_err());
    assert!(anna.try_click(&reply, "Maybe").await.is_err());
    let pending = anna.begin_click(&reply, "Yes");
    let interaction = bot.event("INTERACTION_CREATE").await;
    bot.answer(&interaction, json!({ "type": 7, "data": { "content": "Done", "components": [] } })).await;
    assert_eq!(pending.finished().await.text(), "Done");
    assert_eq!(reply.text(), "Done");
}

#[tokio::test]
async fn a_click_in_an_archived_thread_reopens_it_unless_it_is_locked() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[&anna]);
    let row = json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Close", "custom_id": "close" }] });
    let body = json!({ "content": "Welcome", "components": [row] });
    bot.ok("POST", &format!("/channels/{}/messages", thread.id()), body).await;
    let message = thread.messages().remove(0);
    guild.owner().archive(&thread);
    anna.begin_click(&message, "Close");
    assert!(!thread.is_archived());
    guild.owner().archive_and_lock(&thread);
    assert!(anna.try_click(&message, "Close").await.is_err());
}
