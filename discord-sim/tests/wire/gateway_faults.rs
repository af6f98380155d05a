//! A gateway that misbehaves as Discord's does at times.

use discord_sim::Sim;
use serde_json::json;

use crate::bot::{Bot, End, USUAL, text};

#[tokio::test]
async fn connections_end_as_a_test_wants() {
    let sim = Sim::start().await;
    for code in [Some(4000), None] {
        let bot = Bot::start(&sim, USUAL).await;
        sim.gateway().close(code);
        assert_eq!(bot.end().await, End::Close(code));
        assert_eq!(sim.gateway().connected(), 0);
    }
    let bot = Bot::start(&sim, USUAL).await;
    sim.gateway().reconnect();
    bot.op(7).await;
    sim.gateway().invalid_session(true);
    assert_eq!(bot.op(9).await["d"], true);
    sim.gateway().stop_acking();
    bot.send(&json!({ "op": 1, "d": null }));
    sim.wait_until("a heartbeat", || sim.gateway().heartbeat_count() == 1).await;
    sim.gateway().resume_acking();
    bot.send(&json!({ "op": 1, "d": null }));
    bot.op(11).await;
}

#[tokio::test]
async fn refused_connections_fail_until_they_are_allowed_again() {
    let sim = Sim::start().await;
    sim.gateway().refuse_connections(true);
    let url = sim.base_url().replacen("http", "ws", 1);
    assert!(tokio_tungstenite::connect_async(&url).await.is_err());
    sim.gateway().refuse_connections(false);
    Bot::start(&sim, USUAL).await;
}

#[tokio::test]
async fn events_can_come_twice_and_in_the_wrong_order() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    sim.gateway().hold();
    let (first, second) = (guild.owner().post(&help, "first"), guild.owner().post(&help, "second"));
    assert!(!bot.pending_now().contains(&"MESSAGE_CREATE".to_owned()));
    sim.gateway().release_reversed();
    for message in [&second, &first] {
        assert_eq!(text(&bot.event("MESSAGE_CREATE").await["id"]), message.id().to_string());
    }
    sim.gateway().replay_last(1);
    assert_eq!(text(&bot.event("MESSAGE_CREATE").await["id"]), second.id().to_string());
}

#[tokio::test]
async fn unknown_events_can_be_sent() {
    let sim = Sim::start().await;
    let bot = Bot::start(&sim, USUAL).await;
    sim.gateway().dispatch_raw("SOMETHING_NEW", &json!({ "a": 1 }));
    assert_eq!(bot.event("SOMETHING_NEW").await["a"], 1);
    assert_eq!(sim.gateway().events("SOMETHING_NEW"), [json!({ "a": 1 })]);
    sim.gateway().send_raw(&json!({ "op": 42 }));
    bot.op(42).await;
}

#[tokio::test]
async fn events_can_come_in_a_shape_that_nobody_knows() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    sim.gateway().garble("MESSAGE_CREATE", 1);
    guild.owner().post(&help, "first");
    assert_eq!(bot.event("MESSAGE_CREATE").await, json!({ "shape": "never seen" }));
    let second = guild.owner().post(&help, "second");
    assert_eq!(text(&bot.event("MESSAGE_CREATE").await["id"]), second.id().to_string());
}

#[tokio::test]
async fn a_resume_can_be_sent_away_and_its_session_still_lives() {
    let sim = Sim::start().await;
    let first = Bot::start(&sim, USUAL).await;
    let session = sim.gateway().sessions().remove(0);
    sim.gateway().drop_connections();
    assert_eq!(first.end().await, End::Cut);
    let resume = json!({ "op": 6, "d": { "token": sim.token(), "session_id": session.id, "seq": session.seq } });
    sim.gateway().close_resumes(Some(4000));
    let second = Bot::connect(&sim).await;
    second.send(&resume);
    assert_eq!(second.end().await, End::Close(Some(4000)));
    sim.gateway().close_resumes(None);
    let third = Bot::connect(&sim).await;
    third.send(&resume);
    third.event("RESUMED").await;
    assert_eq!(sim.gateway().resume_count(), 2);
}

#[tokio::test]
async fn a_frozen_gateway_reads_nothing_until_it_thaws() {
    let sim = Sim::start().await;
    let bot = Bot::start(&sim, USUAL).await;
    sim.gateway().freeze(true);
    bot.send(&json!({ "op": 1, "d": null }));
    sim.guild("Home").create();
    bot.event("GUILD_CREATE").await;
    assert_eq!(sim.gateway().heartbeat_count(), 0);
    sim.gateway().freeze(false);
    bot.op(11).await;
}
