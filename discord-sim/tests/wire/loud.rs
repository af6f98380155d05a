//! What is not simulated is said, never guessed.

use discord_sim::Sim;
use serde_json::json;

use crate::bot::{Bot, USUAL};

#[tokio::test]
async fn an_unknown_route_and_field_are_gaps() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let (status, body) = bot.call("GET", "/guilds/1/emojis", json!(null)).await;
    assert_eq!(status, 501);
    assert!(body["message"].as_str().unwrap().contains("/guilds/1/emojis"));
    let path = format!("/channels/{}/messages", help.id());
    let (status, _) = bot.call("POST", &path, json!({ "content": "x", "poll": { "question": {} } })).await;
    assert_eq!(status, 501);
    let (status, _) = bot.call("GET", &format!("{path}?around=1"), json!(null)).await;
    assert_eq!(status, 501);
    let gaps = sim.forgive_gaps();
    assert_eq!(gaps.len(), 3, "{gaps:?}");
    assert!(gaps[1].contains("`poll`") && gaps[2].contains("`around`"));
    assert_eq!(help.messages().len(), 0);
}

#[tokio::test]
async fn an_unforgiven_gap_fails_the_test() {
    let failed = tokio::spawn(async {
        let sim = Sim::start().await;
        let bot = Bot::start(&sim, USUAL).await;
        bot.call("GET", "/voice/regions", json!(null)).await;
        drop(sim);
    })
    .await;
    let panic = failed.unwrap_err().into_panic();
    assert!(panic.downcast_ref::<String>().unwrap().contains("/voice/regions"));
}

#[tokio::test]
async fn a_transcript_tells_what_happened_without_tokens() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let row = json!({ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Go", "custom_id": "go" }] });
    let panel = help.arrange_message_by_bot(&json!({ "content": "Panel", "components": [row] }));
    let bot = Bot::start(&sim, USUAL).await;
    let reply = guild.owner().begin_click(&panel, "Go");
    let interaction = bot.event("INTERACTION_CREATE").await;
    bot.answer(&interaction, json!({ "type": 4, "data": { "content": "Gone", "flags": 64 } })).await;
    reply.finished().await;
    let transcript = sim.transcript();
    for expected in ["☞ owner: clicks \"Go\"", "⇢ INTERACTION_CREATE", "→ POST /interactions/", "← 204"] {
        assert!(transcript.contains(expected), "{expected} is not in\n{transcript}");
    }
    assert!(!transcript.contains(interaction["token"].as_str().unwrap()), "{transcript}");
    assert!(!transcript.contains(sim.token()));
}
