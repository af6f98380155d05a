//! Reading messages by requests: what the message content intent leaves out, replies, forwards, many messages.

use std::time::Duration;

use discord_sim::{Draft, Sim};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

async fn list(bot: &Bot, channel: u64) -> Vec<Value> {
    let mut list = bot.ok("GET", &format!("/channels/{channel}/messages"), json!(null)).await;
    list.as_array_mut().unwrap().reverse();
    list.as_array().unwrap().clone()
}

#[tokio::test]
async fn without_the_intent_requests_read_no_more_than_events() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let (anna, mona) = (guild.member("anna").create(), guild.member("mona").create());
    let first = anna.post_with(&help, Draft::text("secret").file("a.txt", b"secret".to_vec(), "text/plain"));
    mona.post_with(&help, Draft::text("an answer").reply_to(&first));
    anna.post(&help, &format!("<@{}> hello", sim.bot_id()));
    let path = format!("/channels/{}/messages", help.id());
    bot.ok("POST", &path, json!({ "content": "mine" })).await;

    let blind = list(&bot, help.id()).await;
    let one = bot.ok("GET", &format!("{path}/{}", first.id()), json!(null)).await;
    sim.set_content_intent(true);
    let seeing = list(&bot, help.id()).await;

    let contents =
        |list: &[Value]| -> Vec<String> { list.iter().map(|message| text(&message["content"]).to_owned()).collect() };
    let to_the_bot = format!("<@{}> hello", sim.bot_id());
    assert_eq!(contents(&blind), ["", "", &to_the_bot, "mine"]);
    assert_eq!(contents(&seeing), ["secret", "an answer", &to_the_bot, "mine"]);
    assert_eq!((text(&one["content"]), &one["attachments"]), ("", &json!([])));
    assert_eq!(blind[1]["referenced_message"]["content"], "", "nor what a message replies to");
    assert_eq!(seeing[1]["referenced_message"]["content"], "secret");
    assert_eq!(seeing[0]["attachments"][0]["filename"], "a.txt");
}

#[tokio::test]
async fn a_reply_names_its_message_until_that_is_deleted() {
    let sim = Sim::builder().content_intent(true).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let first = guild.owner().post(&help, "first");
    guild.owner().post_with(&help, Draft::text("second").reply_to(&first));

    let before = list(&bot, help.id()).await.pop().unwrap();
    guild.owner().delete_message(&first);
    let after = list(&bot, help.id()).await.pop().unwrap();

    assert_eq!((&before["type"], text(&before["referenced_message"]["content"])), (&json!(19), "first"));
    assert!(before["referenced_message"].get("referenced_message").is_none());
    assert_eq!(after["message_reference"]["message_id"], first.id().to_string());
    assert!(after["referenced_message"].is_null());
}

#[tokio::test]
async fn a_forward_holds_a_copy() {
    let sim = Sim::builder().content_intent(true).start().await;
    let guild = sim.guild("Home").create();
    let (help, other) = (guild.text_channel("help").create(), guild.text_channel("other").create());
    let bot = Bot::start(&sim, USUAL).await;
    let first = guild.owner().post(&other, "first");
    guild.owner().post_with(&help, Draft::text("").forward(&first));
    guild.owner().delete_message(&first);

    let shown = list(&bot, help.id()).await.pop().unwrap();
    sim.set_content_intent(false);
    let blind = list(&bot, help.id()).await.pop().unwrap();

    assert_eq!(shown["message_reference"]["type"], 1);
    assert_eq!(shown["message_snapshots"][0]["message"]["content"], "first");
    assert_eq!(blind["message_snapshots"][0]["message"]["content"], "");
}

#[tokio::test]
async fn many_messages_are_there_at_once_and_in_order() {
    let sim = Sim::builder().content_intent(true).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let anna = guild.member("anna").create();
    let thread = help.arrange_thread_by_bot("long", &[&anna]);
    let begun = sim.now_ms();
    let draft = |number: usize| (anna.id(), Draft::text(&number.to_string()));
    thread.arrange_messages(Duration::from_secs(1), (0..250).map(draft));

    let mut read = Vec::new();
    let mut after = 0_u64;
    loop {
        let path = format!("/channels/{}/messages?limit=100&after={after}", thread.id());
        let page = bot.ok("GET", &path, json!(null)).await;
        let Some(newest) = page.as_array().unwrap().first() else { break };
        after = text(&newest["id"]).parse().unwrap();
        read.extend(page.as_array().unwrap().iter().rev().map(|message| text(&message["content"]).to_owned()));
    }

    assert_eq!(read, (0..250).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(sim.now_ms() - begun >= 250_000);
    assert!(thread.messages().iter().all(|message| message.pinged().is_empty()));
}
