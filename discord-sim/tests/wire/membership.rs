//! Private threads: who is in them, who sees them, and who gets in by being mentioned.

use discord_sim::{Sim, Thread, permissions as perm};
use serde_json::json;

use crate::bot::{Bot, GUILDS, MESSAGES, USUAL, text};

fn only(threads: Vec<Thread>) -> Thread {
    assert_eq!(threads.len(), 1);
    threads.into_iter().next().unwrap()
}

#[tokio::test]
async fn only_members_and_moderators_see_a_private_thread() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let moderators = guild.role("Moderators").permissions(perm::MANAGE_THREADS).create();
    let help = guild.text_channel("help").create();
    let (anna, ben) = (guild.member("anna").create(), guild.member("ben").create());
    let mod_ = guild.member("mo").role(&moderators).create();
    let bot = Bot::start(&sim, USUAL).await;
    let id = bot.private_thread(help.id(), "ticket").await;
    bot.ok("PUT", &format!("/channels/{id}/thread-members/{}", anna.id()), json!(null)).await;
    let thread = only(help.threads());
    assert!(anna.sees(&thread) && mod_.sees(&thread) && !ben.sees(&thread));
    assert_eq!(ben.threads().len(), 0);
    assert_eq!(thread.owner_id(), sim.bot_id());
    assert!(!thread.invitable() && thread.is_private());
    assert_eq!(thread.messages()[0].kind(), 1, "adding somebody leaves a system message");
}

#[tokio::test]
async fn a_mention_adds_the_mentioned_who_can_view_the_channel() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let helpers = guild.role("Helpers").mentionable(true).create();
    let quiet = guild.role("Quiet").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let helper = guild.member("helga").role(&helpers).create();
    let silent = guild.member("sil").role(&quiet).create();
    let outside = guild.member("out").create();
    help.set_overwrite(discord_sim::Target::member(&outside), 0, perm::VIEW_CHANNEL);
    let bot = Bot::start(&sim, USUAL).await;
    let id = bot.private_thread(help.id(), "ticket").await;
    let content =
        [anna.mention(), outside.mention(), helpers.mention(), quiet.mention(), "@everyone".to_owned()].join(" ");
    bot.ok("POST", &format!("/channels/{id}/messages"), json!({ "content": content })).await;
    let thread = only(help.threads());
    assert!(thread.has_member(&anna) && thread.has_member(&helper));
    assert!(!thread.has_member(&silent), "a role that is not mentionable adds nobody");
    assert!(!thread.has_member(&outside), "whoever cannot view the channel is not added");
    assert!(anna.was_pinged_in(&thread) && helper.was_pinged_in(&thread));
    assert!(!silent.was_pinged_in(&thread) && !outside.was_pinged_in(&thread));
}

#[tokio::test]
async fn what_allowed_mentions_leaves_out_neither_pings_nor_adds() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let (anna, ben) = (guild.member("anna").create(), guild.member("ben").create());
    let bot = Bot::start(&sim, USUAL).await;
    let id = bot.private_thread(help.id(), "ticket").await;
    let body = json!({
        "content": format!("{} {}", anna.mention(), ben.mention()),
        "allowed_mentions": { "parse": [], "users": [anna.id().to_string()] },
    });
    bot.ok("POST", &format!("/channels/{id}/messages"), body).await;
    let thread = only(help.threads());
    assert!(thread.has_member(&anna) && !thread.has_member(&ben));
    assert_eq!(thread.messages()[0].pinged(), [anna.id()].into());
}

#[tokio::test]
async fn a_role_is_pinged_with_mention_everyone_even_if_it_is_not_mentionable() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let staff = guild.role("Staff").create();
    let help = guild.text_channel("help").allow_bot(perm::MENTION_EVERYONE).create();
    let member = guild.member("sam").role(&staff).create();
    let bot = Bot::start(&sim, USUAL).await;
    let id = bot.private_thread(help.id(), "ticket").await;
    bot.ok("POST", &format!("/channels/{id}/messages"), json!({ "content": staff.mention() })).await;
    assert!(only(help.threads()).has_member(&member));
}

#[tokio::test]
async fn whoever_cannot_view_the_channel_cannot_be_added() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let staff_room = guild
        .text_channel("staff")
        .deny_everyone(perm::VIEW_CHANNEL)
        .allow_bot(perm::VIEW_CHANNEL | perm::CREATE_PRIVATE_THREADS)
        .create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let id = bot.private_thread(staff_room.id(), "ticket").await;
    let put = format!("/channels/{id}/thread-members/{}", anna.id());
    assert_eq!(bot.refused("PUT", &put, json!(null)).await, (403, 50001));
    let (status, members) = bot.call("GET", &format!("/channels/{id}/thread-members"), json!(null)).await;
    assert_eq!((status, members.as_array().unwrap().len()), (200, 1));
}

#[tokio::test]
async fn leaving_and_removing_are_told_with_the_members_intent_only() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let (anna, ben) = (guild.member("anna").create(), guild.member("ben").create());
    let with = Bot::start(&sim, USUAL).await;
    let without = Bot::start(&sim, GUILDS | MESSAGES).await;
    let id = with.private_thread(help.id(), "ticket").await;
    for person in [&anna, &ben] {
        with.ok("PUT", &format!("/channels/{id}/thread-members/{}", person.id()), json!(null)).await;
    }
    let thread = only(help.threads());
    anna.leave(&thread);
    guild.owner().remove(&thread, &ben);
    for _ in 0..3 {
        with.event("THREAD_MEMBERS_UPDATE").await;
    }
    let left = with.event("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(left["removed_member_ids"], json!([anna.id().to_string()]));
    let removed = with.event("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(removed["removed_member_ids"], json!([ben.id().to_string()]));
    let own = without.event("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(text(&own["added_members"][0]["user_id"]), sim.bot_id().to_string());
    assert!(!without.pending(&sim).await.contains(&"THREAD_MEMBERS_UPDATE".to_owned()));
    assert!(!anna.sees(&thread));
}

#[tokio::test]
async fn leaving_the_guild_leaves_its_threads_too() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[&anna]);
    anna.leave_guild();
    let event = bot.event("GUILD_MEMBER_REMOVE").await;
    assert_eq!(text(&event["user"]["id"]), anna.id().to_string());
    for _joined in ["the bot", "anna"] {
        bot.event("THREAD_MEMBERS_UPDATE").await;
    }
    let left = bot.event("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(left["removed_member_ids"], json!([anna.id().to_string()]));
    assert!(!thread.has_member(&anna));
}

#[tokio::test]
async fn a_thread_the_bot_is_added_to_is_introduced_to_it() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = anna.private_thread(&help, "mine");
    let path = format!("/channels/{}", thread.id());
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (403, 50001));
    anna.write(&thread, &format!("<@{}>", sim.bot_id()));
    let event = bot.event("THREAD_CREATE").await;
    assert_eq!(text(&event["id"]), thread.id().to_string());
    assert_eq!(event.get("newly_created"), None);
    assert_eq!(text(&event["member"]["user_id"]), sim.bot_id().to_string());
    let seen = bot.ok("GET", &path, json!(null)).await;
    assert_eq!(text(&seen["owner_id"]), anna.id().to_string());
}

#[tokio::test]
async fn a_role_that_is_too_large_adds_nobody_and_the_answer_says_so_in_a_flag() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let small = guild.role("small").mentionable(true).create();
    let large = guild.role("large").mentionable(true).create();
    let help = guild.text_channel("help").create();
    let one = guild.member("one").role(&small).create();
    let many: Vec<_> = (0..101).map(|number| guild.member(&format!("m{number}")).role(&large).create()).collect();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", bot.private_thread(help.id(), "ticket").await);

    let said = bot.ok("POST", &path, json!({ "content": small.mention() })).await;
    let both = json!({ "content": format!("{} {}", small.mention(), large.mention()) });
    let failed = bot.ok("POST", &path, both).await;

    let flag = |message: &serde_json::Value| message["flags"].as_u64().unwrap() & (1 << 8);
    assert_eq!((flag(&said), flag(&failed)), (0, 1 << 8));
    let thread = only(help.threads());
    assert!(thread.has_member(&one) && !many.iter().any(|member| thread.has_member(member)));
}
