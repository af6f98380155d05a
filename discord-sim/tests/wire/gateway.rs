//! Connecting: hello, identify, intents, shards, resume.

use discord_sim::Sim;
use serde_json::json;

use crate::bot::{Bot, End, GUILDS, MEMBERS, MESSAGES, USUAL, text};

#[tokio::test]
async fn a_session_begins_with_hello_ready_and_the_guilds() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").locale("de").create();
    let help = guild.text_channel("help").create();
    help.arrange_thread_by_bot("ticket", &[]);
    let bot = Bot::connect(&sim).await;
    assert_eq!(bot.op(10).await["d"]["heartbeat_interval"], 41_250);
    bot.send(&json!({ "op": 1, "d": null }));
    bot.op(11).await;
    bot.identify(&sim, USUAL, None);
    let ready = bot.event("READY").await;
    assert_eq!(ready["guilds"], json!([{ "id": guild.id().to_string(), "unavailable": true }]));
    assert_eq!(text(&ready["application"]["id"]), sim.application_id().to_string());
    let created = bot.event("GUILD_CREATE").await;
    assert_eq!((text(&created["preferred_locale"]), text(&created["threads"][0]["name"])), ("de", "ticket"));
    assert_eq!(created["members"].as_array().unwrap().len(), 1, "only the bot's own member");
    assert_eq!(sim.gateway().intents(), Some(USUAL));
}

#[tokio::test]
async fn wrong_identifies_are_closed_with_their_codes() {
    let sim = Sim::builder().members_intent(false).start().await;
    let identify = |data: serde_json::Value| json!({ "op": 2, "d": data });
    let token = sim.token();
    let cases = [
        (identify(json!({ "token": "wrong", "intents": 1 })), 4004),
        (identify(json!({ "token": token, "intents": MEMBERS })), 4014),
        (identify(json!({ "token": token, "intents": 1_u64 << 40 })), 4013),
        (identify(json!({ "token": token, "intents": 1, "shard": [2, 2] })), 4010),
        (json!({ "op": 3, "d": {} }), 4003),
        (json!({ "op": 99 }), 4001),
    ];
    for (payload, code) in cases {
        let bot = Bot::connect(&sim).await;
        bot.send(&payload);
        assert_eq!(bot.end().await, End::Close(Some(code)), "{payload}");
    }
    sim.set_members_intent(true);
    Bot::start(&sim, USUAL).await;
}

#[tokio::test]
async fn events_are_sent_for_the_intents_asked_for() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let (guilds, messages) = (Bot::start(&sim, GUILDS).await, Bot::start(&sim, MESSAGES).await);
    guild.owner().post(&help, "hello");
    guild.text_channel("second").create();
    guild.member("anna").create();
    assert_eq!(guilds.pending(&sim).await, ["GUILD_CREATE", "CHANNEL_CREATE"]);
    assert_eq!(messages.pending(&sim).await, ["MESSAGE_CREATE"]);
}

#[tokio::test]
async fn each_shard_has_its_guilds() {
    let sim = Sim::builder().shards(2).start().await;
    let guilds: Vec<_> = (0..8)
        .map(|number| {
            sim.advance(std::time::Duration::from_millis(1));
            sim.guild(&format!("guild {number}")).create()
        })
        .collect();
    let (zero, one) = (Bot::connect(&sim).await, Bot::connect(&sim).await);
    zero.identify(&sim, GUILDS, Some([0, 2]));
    one.identify(&sim, GUILDS, Some([1, 2]));
    sim.wait_ready().await;
    for (number, bot) in [(0, &zero), (1, &one)] {
        let ready = bot.event("READY").await;
        assert_eq!(ready["shard"], json!([number, 2]));
        let expected: Vec<String> = guilds
            .iter()
            .map(discord_sim::Guild::id)
            .filter(|id| (id >> 22) % 2 == number)
            .map(|id| id.to_string())
            .collect();
        let listed: Vec<&str> = ready["guilds"].as_array().unwrap().iter().map(|guild| text(&guild["id"])).collect();
        assert_eq!(listed, expected);
    }
}

#[tokio::test]
async fn one_shard_takes_at_most_2500_guilds() {
    let sim = Sim::start().await;
    for number in 0..2501 {
        sim.guild(&number.to_string()).create();
    }
    let bot = Bot::connect(&sim).await;
    bot.identify(&sim, GUILDS, None);
    assert_eq!(bot.end().await, End::Close(Some(4011)));
}

#[tokio::test]
async fn what_was_missed_is_sent_when_a_session_resumes() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    bot.event("GUILD_CREATE").await;
    let session = sim.gateway().sessions().remove(0);
    sim.gateway().drop_connections();
    assert_eq!(bot.end().await, End::Cut);
    guild.owner().post(&help, "while you were away");
    let again = Bot::connect(&sim).await;
    let resume = |seq: u64, id: &str| json!({ "op": 6, "d": { "token": sim.token(), "session_id": id, "seq": seq } });
    again.send(&resume(session.seq, &session.id));
    again.event("RESUMED").await;
    again.event("MESSAGE_CREATE").await;
    assert_eq!((sim.gateway().resume_count(), sim.gateway().identify_count()), (1, 1));
    let stranger = Bot::connect(&sim).await;
    stranger.send(&resume(1, "unknown"));
    assert_eq!(stranger.op(9).await["d"], false);
}

#[tokio::test]
async fn only_shards_of_different_buckets_may_identify_at_once() {
    let sim = Sim::builder().shards(3).max_concurrency(2).start().await;
    sim.enforce_rate_limits(true);
    let bots = [Bot::connect(&sim).await, Bot::connect(&sim).await, Bot::connect(&sim).await];
    for (number, bot) in (0..).zip(&bots) {
        bot.identify(&sim, GUILDS, Some([number, 3]));
        match number {
            2 => assert_eq!(bot.op(9).await["d"], false),
            _ => assert_eq!(bot.event("READY").await["shard"], json!([number, 3])),
        }
    }
    let identifies: Vec<_> = sim.gateway().identifies().iter().map(|one| one.shard[0]).collect();
    assert_eq!(identifies, [0, 1, 2]);
}

#[tokio::test]
async fn a_session_that_is_started_with_no_start_left_is_a_violation() {
    let sim = Sim::builder().session_starts(1).start().await;
    Bot::start(&sim, GUILDS).await;
    assert!(sim.violations().is_empty());
    Bot::start(&sim, GUILDS).await;
    assert!(sim.forgive_gaps()[0].contains("no session start was left"));
    sim.advance(std::time::Duration::from_hours(24));
    Bot::start(&sim, GUILDS).await;
    assert!(sim.violations().is_empty());
}

#[tokio::test]
async fn what_is_done_to_one_shard_is_not_done_to_another() {
    let sim = Sim::builder().shards(2).start().await;
    let (zero, one) = (Bot::connect(&sim).await, Bot::connect(&sim).await);
    zero.identify(&sim, GUILDS, Some([0, 2]));
    one.identify(&sim, GUILDS, Some([1, 2]));
    sim.wait_ready().await;
    let guild = sim.guild("Home").on_shard(1, 2).create();
    sim.gateway().shard(0).close(Some(4009));
    assert_eq!(zero.end().await, End::Close(Some(4009)));
    assert_eq!(text(&one.event("GUILD_CREATE").await["id"]), guild.id().to_string());
    assert_eq!(sim.gateway().connected(), 1);
}

#[tokio::test]
async fn identifying_too_often_is_refused_while_limits_are_enforced() {
    let sim = Sim::start().await;
    sim.enforce_rate_limits(true);
    Bot::start(&sim, GUILDS).await;
    let second = Bot::connect(&sim).await;
    second.identify(&sim, GUILDS, None);
    assert_eq!(second.op(9).await["d"], false);
    sim.advance(std::time::Duration::from_secs(5));
    second.identify(&sim, GUILDS, None);
    second.event("READY").await;
}
