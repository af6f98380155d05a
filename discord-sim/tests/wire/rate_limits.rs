//! Rate limits: always announced, enforced when asked.

use std::time::Duration;

use discord_sim::Sim;
use serde_json::json;

use crate::bot::{Bot, USUAL};

#[tokio::test]
async fn buckets_are_announced_and_enforced_per_channel() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let (one, two) = (guild.text_channel("one").create(), guild.text_channel("two").create());
    let bot = Bot::start(&sim, USUAL).await;
    sim.enforce_rate_limits(true);
    let path = |id: u64| format!("/channels/{id}/messages");
    let hello = json!({ "content": "hello" });
    for remaining in (0..5).rev() {
        let (status, headers, _) = bot.call_with("POST", &path(one.id()), hello.clone(), &[]).await;
        assert_eq!(status, 200);
        assert_eq!(headers["x-ratelimit-remaining"], remaining.to_string().as_str());
        assert!(headers.contains_key("x-ratelimit-bucket"));
    }
    let (status, headers, body) = bot.call_with("POST", &path(one.id()), hello.clone(), &[]).await;
    assert_eq!((status, &body["global"]), (429, &json!(false)));
    assert_eq!(headers["x-ratelimit-scope"], "user");
    bot.ok("POST", &path(two.id()), hello.clone()).await;
    sim.advance(Duration::from_secs(5));
    bot.ok("POST", &path(one.id()), hello).await;
}

#[tokio::test]
async fn the_global_limit_is_fifty_a_second() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    for number in 0..60 {
        guild.text_channel(&format!("c{number}")).create();
    }
    let bot = Bot::start(&sim, USUAL).await;
    sim.enforce_rate_limits(true);
    let mut refused = 0;
    let mut sent = 0;
    // A slow machine must not refill the bucket: go on until the limit is met.
    while refused == 0 {
        for channel in guild.channels() {
            let (status, body) = bot.call("GET", &format!("/channels/{}", channel.id()), json!(null)).await;
            sent += 1;
            if status == 429 && body["global"] == true {
                refused += 1;
                break;
            }
        }
        assert!(sent < 10_000, "the limit is never met");
    }
    assert!(sent > 50);
}

#[tokio::test]
async fn nothing_is_refused_unless_a_test_wants_it() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    for _ in 0..20 {
        bot.ok("POST", &format!("/channels/{}/messages", help.id()), json!({ "content": "hello" })).await;
    }
    assert_eq!(help.messages().len(), 20);
}

#[tokio::test]
async fn limits_that_are_not_announced_refuse_nothing() {
    let sim = Sim::start().await;
    sim.announce_rate_limits(false);
    sim.enforce_rate_limits(true);
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    for _ in 0..12 {
        let path = format!("/channels/{}/messages", help.id());
        let (status, headers, _) = bot.call_with("POST", &path, json!({ "content": "Hello" }), &[]).await;
        assert_eq!((status, headers.get("x-ratelimit-limit").is_none()), (200, true));
    }
}
