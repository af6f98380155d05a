//! Archived and locked threads.

use discord_sim::{Sim, permissions as perm};
use serde_json::json;

use crate::bot::{Bot, USUAL, text};

#[tokio::test]
async fn writing_reopens_an_archived_thread_but_not_a_locked_one() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[&anna]);
    guild.owner().archive(&thread);
    anna.write(&thread, "one more thing");
    assert!(!thread.is_archived());
    for archived in [true, false] {
        let event = bot.event("THREAD_UPDATE").await;
        assert_eq!(event["thread_metadata"]["archived"], archived);
    }
    assert_eq!(text(&bot.event("THREAD_MEMBER_UPDATE").await["id"]), thread.id().to_string());
    guild.owner().archive_and_lock(&thread);
    let refused = anna.try_write(&thread, "and another").unwrap_err();
    assert!(refused.0.contains("160005"), "{refused}");
}

#[tokio::test]
async fn the_bot_may_archive_its_thread_and_needs_manage_threads_to_lock_it() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[]);
    let path = format!("/channels/{}", thread.id());
    assert_eq!(bot.refused("PATCH", &path, json!({ "archived": true, "locked": true })).await, (403, 50013));
    bot.ok("PATCH", &path, json!({ "archived": true, "locked": false })).await;
    assert!(thread.is_archived() && !thread.is_locked());
    assert_eq!(bot.refused("PATCH", &path, json!({ "name": "new" })).await, (400, 50083));
    assert_eq!(bot.refused("DELETE", &path, json!(null)).await, (403, 50013));
    bot.ok("PATCH", &path, json!({ "archived": false, "name": "new" })).await;
    assert_eq!(thread.name(), "new");
}

#[tokio::test]
async fn a_locked_thread_is_out_of_reach_without_manage_threads() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[]);
    guild.owner().lock(&thread);
    let path = format!("/channels/{}", thread.id());
    let messages = format!("{path}/messages");
    assert_eq!(bot.refused("PATCH", &path, json!({ "archived": true })).await, (403, 160_005));
    assert_eq!(bot.refused("POST", &messages, json!({ "content": "bye" })).await, (403, 160_005));
    guild.bot_role_permissions(perm::BOT_DEFAULT | perm::MANAGE_THREADS);
    bot.ok("POST", &messages, json!({ "content": "bye" })).await;
    bot.ok("PATCH", &path, json!({ "archived": true })).await;
    assert!(thread.is_archived() && thread.is_locked());
}

#[tokio::test]
async fn nobody_is_added_to_or_taken_out_of_an_archived_thread() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let anna = guild.member("anna").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[&anna]);
    sim.thread_timer_archives(&thread);
    let member = format!("/channels/{}/thread-members/{}", thread.id(), anna.id());
    assert_eq!(bot.refused("PUT", &member, json!(null)).await, (400, 50083));
    assert_eq!(bot.refused("DELETE", &member, json!(null)).await, (400, 50083));
    assert!(anna.try_leave(&thread).is_err());
}

#[tokio::test]
async fn active_threads_are_capped() {
    let sim = Sim::builder().threads_cap(2).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    bot.private_thread(help.id(), "one").await;
    bot.private_thread(help.id(), "two").await;
    let path = format!("/channels/{}/threads", help.id());
    assert_eq!(bot.refused("POST", &path, json!({ "name": "three", "type": 12 })).await, (400, 160_006));
    guild.owner().archive(&help.threads()[0]);
    bot.private_thread(help.id(), "three").await;
    assert!(guild.owner().try_unarchive(&help.threads()[0]).is_err());
}

#[tokio::test]
async fn archived_threads_are_listed_page_by_page() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    for name in ["one", "two", "three"] {
        let thread = help.arrange_thread_by_bot(name, &[]);
        sim.advance(std::time::Duration::from_secs(1));
        sim.thread_timer_archives(&thread);
    }
    let joined = format!("/channels/{}/users/@me/threads/archived/private", help.id());
    let page = bot.ok("GET", &format!("{joined}?limit=2"), json!(null)).await;
    let names: Vec<&str> = page["threads"].as_array().unwrap().iter().map(|thread| text(&thread["name"])).collect();
    assert_eq!((names, &page["has_more"]), (vec!["three", "two"], &json!(true)));
    let before = text(&page["threads"][1]["id"]);
    let rest = bot.ok("GET", &format!("{joined}?before={before}"), json!(null)).await;
    assert_eq!(text(&rest["threads"][0]["name"]), "one");
    let all = format!("/channels/{}/threads/archived/private", help.id());
    assert_eq!(bot.refused("GET", &all, json!(null)).await, (403, 50013), "needs Manage Threads");
    guild.bot_role_permissions(perm::BOT_DEFAULT | perm::MANAGE_THREADS);
    let page = bot.ok("GET", &format!("{all}?limit=2"), json!(null)).await;
    let before = text(&page["threads"][1]["thread_metadata"]["archive_timestamp"]).replace('+', "%2B");
    let rest = bot.ok("GET", &format!("{all}?before={before}"), json!(null)).await;
    assert_eq!((text(&rest["threads"][0]["name"]), &rest["has_more"]), ("one", &json!(false)));
    let active = bot.ok("GET", &format!("/guilds/{}/threads/active", guild.id()), json!(null)).await;
    assert_eq!(active["threads"], json!([]));
}
