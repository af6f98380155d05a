//! Every component of messages and every field of forms, also those that the bot does not use: a stand-in answers for it.

use serde_json::{Value, json};
use ticketbot_playground::Options;

use crate::accessible;
use crate::desk::{Desk, WIDE};
use crate::webdriver::ENTER;

/// A picture of four pixels.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0, 253, 212, 154,
    115, 0, 0, 0, 19, 73, 68, 65, 84, 120, 218, 99, 224, 207, 74, 252, 117, 103, 1, 3, 16, 3, 89, 0, 46, 126, 6, 161,
    201, 7, 169, 163, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn options() -> Value {
    json!([
        { "label": "Keys", "value": "keys", "description": "Lost and found", "emoji": { "name": "🔑", "id": null } },
        { "label": "Boats", "value": "boats", "description": "Rent, repair, return" },
        { "label": "Other", "value": "other" },
    ])
}

fn row(parts: Value) -> Value {
    json!({ "type": 1, "components": parts })
}

/// One message with Components V2, as a card of a ticket could look.
fn card(picture: &str) -> Value {
    let button = |style: u64, label: &str| json!({ "type": 2, "style": style, "label": label, "custom_id": format!("b{style}") });
    let menu = |kind: u64, more: Value| {
        let mut menu =
            json!({ "type": kind, "custom_id": format!("menu{kind}"), "placeholder": format!("Menu of type {kind}") });
        menu.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row(json!([menu]))
    };
    let container = json!({ "type": 17, "accent_color": 0x0f_6a_61, "components": [
        { "type": 9, "components": [{ "type": 10, "content": "### Ticket 42\nOpen since <t:1781272800:R>" }],
          "accessory": { "type": 11, "media": { "url": picture }, "description": "Two by two pixels" } },
        { "type": 14, "divider": true, "spacing": 2 },
        { "type": 12, "items": [{ "media": { "url": picture } }, { "media": { "url": "https://example.org/far.png" } }] },
        row(json!([button(1, "Join"), button(2, "Claim"), button(3, "Re-open"), button(4, "Close"),
            { "type": 2, "style": 5, "label": "Website", "url": "https://example.org" }])),
        menu(3, json!({ "options": options() })),
        menu(5, json!({ "min_values": 0, "max_values": 3 })),
        menu(6, json!({})),
        menu(7, json!({ "disabled": true })),
        menu(8, json!({ "channel_types": [0] })),
    ] });
    json!({ "components": [{ "type": 10, "content": "A message with **Components V2**" }, container] })
}

fn label(name: &str, component: Value) -> Value {
    json!({ "type": 18, "label": name, "description": format!("About {name}"), "component": component })
}

fn general(desk: &Desk) -> discord_sim::Channel {
    let channels = desk.running.playground.guild.channels();
    channels.into_iter().find(|channel| channel.name() == "general").unwrap()
}

async fn answer(desk: &Desk, body: Value) {
    assert!(try_answer(desk, body).await, "the answer was refused");
}

/// Answers the last interaction as a bot does, over HTTP.
async fn try_answer(desk: &Desk, body: Value) -> bool {
    let sim = &desk.running.playground.sim;
    let last = sim.gateway().events("INTERACTION_CREATE").pop().unwrap();
    let text = |key: &str| last[key].as_str().unwrap().to_owned();
    let url = format!("{}/api/v10/interactions/{}/{}/callback", sim.base_url(), text("id"), text("token"));
    let answered = reqwest::Client::builder().no_proxy().build().unwrap().post(url).json(&body).send().await.unwrap();
    answered.status().is_success()
}

/// The bot is gone, and its session stays: what it would be sent can be read.
async fn without_bot() -> Option<Desk> {
    let desk = Desk::set_up(Options::default(), WIDE).await?;
    let bot = &desk.running.playground.bot;
    bot.kill().unwrap();
    bot.ended().await;
    Some(desk)
}

fn data(desk: &Desk) -> Value {
    desk.running.playground.sim.gateway().events("INTERACTION_CREATE").pop().unwrap()["data"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_component_is_shown_and_used() {
    let Some(desk) = without_bot().await else { return };
    let general = general(&desk);
    let anna = desk.running.playground.person("anna").unwrap();
    let posted = anna.post_with(&general, discord_sim::Draft::text("Look").file("dots.png", PNG, "image/png"));
    general.arrange_message_by_bot(&card(&posted.attachments()[0].url));
    desk.open(&format!("as/anna/{}", general.id())).await;
    desk.sees("Ticket 42").await;
    desk.sees("not loaded").await;
    accessible::check_if_possible(&desk, "components").await;
    desk.picture("40-components").await;
    desk.click("Claim").await;
    desk.sees("Waiting for the bot").await;
    assert_eq!(data(&desk)["custom_id"], "b2");
    answer(&desk, json!({ "type": 4, "data": { "content": "It is yours.", "flags": 64 } })).await;
    desk.sees("It is yours.").await;
    desk.click("Menu of type 3").await;
    desk.picture("41-menu").await;
    desk.click("Boats").await;
    desk.until("the choice", async || data(&desk)["values"] == json!(["boats"])).await;
    desk.click("Menu of type 5").await;
    for name in ["Mona", "Bert"] {
        desk.click_path(&format!("//details[@open]//label[contains(@class, 'option')][contains(., '{name}')]")).await;
    }
    desk.picture("42-people").await;
    desk.click("Done").await;
    desk.until("two people", async || data(&desk)["values"].as_array().is_some_and(|all| all.len() == 2)).await;
    desk.click("Menu of type 8").await;
    assert!(
        !desk.text("details[open]").await.contains("moderators"),
        "anna is offered a channel that she does not see"
    );
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_a_form_is_filled_in_and_sent() {
    let Some(desk) = without_bot().await else { return };
    let general = general(&desk);
    let ask = json!({ "type": 2, "style": 1, "label": "Ask", "custom_id": "ask" });
    general.arrange_message_by_bot(&json!({ "content": "A form", "components": [row(json!([ask]))] }));
    desk.open(&format!("as/bert/{}", general.id())).await;
    desk.click("Ask").await;
    desk.sees("Waiting for the bot").await;
    let fields = json!([
        { "type": 10, "content": "Please tell us **what happened**." },
        label("Subject", json!({ "type": 4, "custom_id": "subject", "style": 1, "max_length": 40 })),
        label("Kind", json!({ "type": 21, "custom_id": "kind", "options": options() })),
        label("Also", json!({ "type": 22, "custom_id": "also", "options": options(), "required": false })),
        label("Agreed", json!({ "type": 23, "custom_id": "agreed" })),
    ]);
    answer(&desk, json!({ "type": 9, "data": { "custom_id": "form", "title": "Report", "components": fields } })).await;
    desk.find("dialog[open]").await;
    accessible::check_if_possible(&desk, "form").await;
    desk.type_into("dialog [name='field.subject']", "A lost oar").await;
    desk.click_css("dialog input[type=radio][value=boats]").await;
    desk.click_css("dialog input[name='field.also'][value=keys]").await;
    desk.click_css("dialog input[name='field.also'][value=other]").await;
    desk.click_css("dialog input[name='field.agreed']").await;
    desk.picture("43-form").await;
    desk.click("Submit").await;
    desk.until("the form to be sent", async || data(&desk)["custom_id"] == "form").await;
    let sent = data(&desk);
    let value = |index: usize, key: &str| sent["components"][index]["component"][key].clone();
    assert_eq!((value(1, "value"), value(2, "value")), (json!("A lost oar"), json!("boats")));
    assert_eq!((value(3, "values"), value(4, "value")), (json!(["keys", "other"]), json!(true)));
    answer(&desk, json!({ "type": 4, "data": { "content": "Thank you.", "flags": 64 } })).await;
    desk.sees("Thank you.").await;

    desk.click("Ask").await;
    desk.sees("Waiting for the bot").await;
    let fields = json!([
        label("Story", json!({ "type": 4, "custom_id": "story", "style": 2, "required": false })),
        label("Boat", json!({ "type": 3, "custom_id": "boat", "options": options() })),
        label("Who", json!({ "type": 5, "custom_id": "who", "required": false, "max_values": 2 })),
        label("Where", json!({ "type": 8, "custom_id": "where", "channel_types": [0] })),
        label("Proof", json!({ "type": 19, "custom_id": "proof" })),
    ]);
    answer(&desk, json!({ "type": 9, "data": { "custom_id": "more", "title": "More", "components": fields } })).await;
    desk.find("dialog[open]").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oar.png");
    std::fs::write(&file, PNG).unwrap();
    desk.type_into("dialog input[type=file]", file.to_str().unwrap()).await;
    desk.choose("dialog [name='field.boat']", "Keys – Lost and found").await;
    desk.choose("dialog [name='field.where']", "#general").await;
    desk.picture("44-form").await;
    desk.click("Submit").await;
    desk.until("the form to be sent", async || data(&desk)["custom_id"] == "more").await;
    let sent = data(&desk);
    let values = |index: usize| sent["components"][index]["component"]["values"].clone();
    assert_eq!((values(1), values(2)), (json!(["keys"]), json!([])));
    assert_eq!(values(3), json!([general.id().to_string()]));
    let upload = values(4)[0].as_str().unwrap().to_owned();
    assert_eq!(sent["resolved"]["attachments"][&upload]["filename"], "oar.png");
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_come_while_an_option_is_typed() {
    let Some(desk) = without_bot().await else { return };
    let sim = &desk.running.playground.sim;
    let town = json!({ "name": "town", "description": "Where to", "type": 3, "autocomplete": true, "required": true });
    let times = json!({ "name": "times", "description": "How often", "type": 4, "min_value": 1 });
    let trip = json!({ "name": "trip", "description": "Plan a trip", "type": 1, "options": [town, times],
        "name_localizations": { "fr": "voyage" } });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/api/v10/applications/{}/commands", sim.base_url(), sim.application_id());
    let put = client.put(url).header("authorization", format!("Bot {}", sim.token())).json(&json!([trip]));
    assert!(put.send().await.unwrap().status().is_success());
    // Claire's client is French.
    desk.open(&format!("as/claire/{}", general(&desk).id())).await;
    desk.type_into("form.write textarea", &format!("/voyage{ENTER}")).await;
    // The answer must come within three seconds, on a machine that may be slower than that: it is typed again then.
    let mut offered = false;
    while !offered {
        let before = desk.running.playground.sim.gateway().events("INTERACTION_CREATE").len();
        desk.clear("form.command input[role=combobox]").await;
        desk.type_into("form.command input[role=combobox]", "Ber").await;
        let typed = async || {
            let all = desk.running.playground.sim.gateway().events("INTERACTION_CREATE");
            all.len() > before && all.last().is_some_and(|last| last["data"]["options"][0]["value"] == "Ber")
        };
        desk.until("what is typed", typed).await;
        let choices = json!([{ "name": "Berlin", "value": "b" }]);
        offered = try_answer(&desk, json!({ "type": 8, "data": { "choices": choices } })).await;
    }
    desk.click_css(".suggestions [data-value=b]").await;
    desk.type_into("form.command input[type=number]", "2").await;
    desk.click_css("form.command .primary").await;
    desk.until("the command", async || data(&desk)["options"][1]["value"] == 2).await;
    assert_eq!(data(&desk)["options"][0]["value"], "b");
    desk.leave().await;
}
