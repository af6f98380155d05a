//! Requests that go wrong.

use std::time::Duration;

use discord_sim::{Fault, Sim};
use serde_json::json;

use crate::bot::{Bot, USUAL};

#[tokio::test]
async fn a_fault_strikes_as_often_as_asked() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    let fault = Fault::on("POST", "/channels/{id}/messages").error(403, 50013, "Missing Permissions");
    let fault = sim.fault(fault.skip(1).times(2).only_if(|request| request.body["content"] != "other"));
    let hello = json!({ "content": "hello" });
    bot.ok("POST", &path, hello.clone()).await;
    assert_eq!(bot.refused("POST", &path, hello.clone()).await, (403, 50013));
    bot.ok("POST", &path, json!({ "content": "other" })).await;
    assert_eq!(bot.refused("POST", &path, hello.clone()).await, (403, 50013));
    bot.ok("POST", &path, hello).await;
    assert_eq!((fault.hits(), help.messages().len()), (2, 3));
}

#[tokio::test]
async fn a_connection_can_be_cut_before_and_after_acting() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    let send = || bot.request("POST", &path).json(&json!({ "content": "hello" })).send();
    sim.fault(Fault::on("POST", "/channels/{id}/messages").drop_before());
    assert!(send().await.is_err());
    assert_eq!(help.messages().len(), 0);
    sim.fault(Fault::on("POST", "/channels/{id}/messages").drop_after());
    assert!(send().await.is_err());
    assert_eq!(help.messages().len(), 1);
    sim.fault(Fault::on("POST", "/channels/{id}/messages").act_then_status(500));
    assert_eq!(send().await.unwrap().status(), 500);
    assert_eq!(help.messages().len(), 2);
}

#[tokio::test]
async fn a_held_request_waits_for_its_release() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    for acts_first in [false, true] {
        let fault = Fault::on("POST", "/channels/{id}/messages");
        let fault = sim.fault(if acts_first { fault.hold_answer() } else { fault.hold() });
        let before = help.messages().len();
        let request = tokio::spawn(bot.request("POST", &path).json(&json!({ "content": "hello" })).send());
        sim.wait_until("the request to be held", || fault.waiting() == 1).await;
        assert_eq!(help.messages().len(), before + usize::from(acts_first));
        fault.release();
        assert_eq!(request.await.unwrap().unwrap().status(), 200);
        assert_eq!(help.messages().len(), before + 1);
    }
}

#[tokio::test]
async fn a_delay_is_waited_and_a_429_says_for_how_long() {
    let sim = Sim::start().await;
    let help = sim.guild("Home").create().text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    sim.fault(Fault::on("*", "/channels/{id}/messages").delay(Duration::from_millis(5)));
    bot.ok("POST", &path, json!({ "content": "hello" })).await;
    sim.fault(Fault::on("*", "/channels/{id}/messages").rate_limited(Duration::from_millis(1500), true));
    let (status, headers, body) = bot.call_with("POST", &path, json!({ "content": "hello" }), &[]).await;
    assert_eq!((status, &body["retry_after"], &body["global"]), (429, &json!(1.5), &json!(true)));
    assert_eq!(headers["retry-after"], "2");
    assert_eq!(headers["x-ratelimit-global"], "true");
}
