//! Who may do what: overwrites, implicit rules, time-outs.

use std::time::Duration;

use discord_sim::{Sim, Target, permissions as perm};
use serde_json::json;

use crate::bot::{Bot, USUAL};

#[tokio::test]
async fn overwrites_apply_everyone_then_roles_then_member() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let (blind, seeing) = (guild.role("blind").create(), guild.role("seeing").create());
    let channel = guild
        .text_channel("help")
        .allow_everyone(perm::MANAGE_MESSAGES)
        .deny_role(&blind, perm::VIEW_CHANNEL)
        .allow_role(&seeing, perm::VIEW_CHANNEL)
        .create();
    let anna = guild.member("anna").role(&blind).create();
    let both = guild.member("both").role(&blind).role(&seeing).create();
    assert!(!anna.sees(&channel));
    assert_eq!(anna.permissions_in(&channel), 0, "without VIEW_CHANNEL nothing is left");
    assert!(both.sees(&channel), "allowing one role wins over denying another");
    channel.set_overwrite(Target::member(&anna), perm::VIEW_CHANNEL, 0);
    assert!(anna.sees(&channel));
    assert_eq!(anna.permissions_in(&channel) & perm::MANAGE_MESSAGES, perm::MANAGE_MESSAGES);
}

#[tokio::test]
async fn owners_and_administrators_can_do_everything_everywhere() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let admins = guild.role("Admins").permissions(perm::ADMINISTRATOR).create();
    let hidden = guild.text_channel("hidden").deny_everyone(perm::VIEW_CHANNEL).create();
    let admin = guild.member("ada").role(&admins).create();
    assert_eq!(admin.permissions_in(&hidden), perm::ALL);
    assert_eq!(guild.owner().permissions_in(&hidden), perm::ALL);
}

#[tokio::test]
async fn a_timed_out_member_only_reads_until_the_time_is_over() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let channel = guild.text_channel("help").create();
    let anna = guild.member("anna").timed_out(Duration::from_mins(1)).create();
    assert_eq!(anna.permissions_in(&channel), perm::VIEW_CHANNEL | perm::READ_MESSAGE_HISTORY);
    assert!(anna.try_write(&channel, "hello").is_err());
    sim.advance(Duration::from_secs(61));
    anna.write(&channel, "hello");
}

#[tokio::test]
async fn the_bot_is_refused_with_discords_codes() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let hidden = guild.text_channel("hidden").deny_bot(perm::VIEW_CHANNEL).create();
    let silent = guild.text_channel("silent").deny_bot(perm::SEND_MESSAGES | perm::CREATE_PRIVATE_THREADS).create();
    let news = guild.announcement_channel("news").create();
    let bot = Bot::start(&sim, USUAL).await;
    let message = json!({ "content": "hello" });
    let thread = json!({ "name": "t", "type": 12 });
    let post = |id: u64, what: &str| format!("/channels/{id}/{what}");
    assert_eq!(bot.refused("POST", &post(1, "messages"), message.clone()).await, (404, 10003));
    assert_eq!(bot.refused("POST", &post(hidden.id(), "messages"), message.clone()).await, (403, 50001));
    assert_eq!(bot.refused("POST", &post(silent.id(), "messages"), message).await, (403, 50013));
    assert_eq!(bot.refused("POST", &post(silent.id(), "threads"), thread.clone()).await, (403, 50013));
    assert_eq!(bot.refused("POST", &post(news.id(), "threads"), thread).await, (400, 50024));
}

#[tokio::test]
async fn in_threads_only_the_right_for_threads_counts() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let channel = guild.text_channel("help").deny_bot(perm::SEND_MESSAGES).create();
    let mute = guild.text_channel("mute").deny_bot(perm::SEND_MESSAGES_IN_THREADS).create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = bot.private_thread(channel.id(), "talk").await;
    bot.ok("POST", &format!("/channels/{thread}/messages"), json!({ "content": "hello" })).await;
    let thread = bot.private_thread(mute.id(), "mute").await;
    let refused = bot.refused("POST", &format!("/channels/{thread}/messages"), json!({ "content": "hello" })).await;
    assert_eq!(refused, (403, 50013));
}

#[tokio::test]
async fn a_wrong_token_is_unauthorized() {
    let sim = Sim::start().await;
    let url = format!("{}/api/v10/users/@me", sim.base_url());
    let request = reqwest::Client::new().get(url).header("authorization", "Bot wrong");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 401);
}
