//! Channels, roles, guilds and the bot coming and going.

use discord_sim::{Sim, Target, permissions as perm};
use serde_json::json;

use crate::bot::{Bot, USUAL, text};

#[tokio::test]
async fn deleting_a_channel_deletes_its_threads_without_a_word() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[]);
    help.delete();
    assert_eq!(text(&bot.event("CHANNEL_DELETE").await["id"]), help.id().to_string());
    assert!(!thread.exists());
    assert!(!bot.pending(&sim).await.contains(&"THREAD_DELETE".to_owned()));
    let path = format!("/channels/{}", thread.id());
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (404, 10003));
}

#[tokio::test]
async fn a_deleted_thread_and_role_are_told() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let role = guild.role("Staff").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[]);
    guild.owner().delete_thread(&thread);
    let event = bot.event("THREAD_DELETE").await;
    assert_eq!(text(&event["parent_id"]), help.id().to_string());
    role.delete();
    assert_eq!(text(&bot.event("GUILD_ROLE_DELETE").await["role_id"]), role.id().to_string());
}

#[tokio::test]
async fn an_outage_and_a_removal_are_told_apart() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let bot = Bot::start(&sim, USUAL).await;
    bot.event("GUILD_CREATE").await;
    guild.outage();
    assert_eq!(bot.event("GUILD_DELETE").await["unavailable"], true);
    guild.end_outage();
    bot.event("GUILD_CREATE").await;
    guild.remove_bot();
    assert_eq!(bot.event("GUILD_DELETE").await.get("unavailable"), None);
    assert_eq!(bot.refused("GET", &format!("/guilds/{}", guild.id()), json!(null)).await, (404, 10004));
    guild.return_bot();
    let back = bot.event("GUILD_CREATE").await;
    assert_eq!(text(&back["id"]), guild.id().to_string());
}

#[tokio::test]
async fn gaining_access_to_a_channel_synchronises_its_threads() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    help.arrange_thread_by_bot("ticket", &[]);
    help.set_overwrite(Target::bot(), 0, perm::VIEW_CHANNEL);
    let bot = Bot::start(&sim, USUAL).await;
    assert_eq!(bot.event("GUILD_CREATE").await["threads"], json!([]));
    help.clear_overwrite(Target::bot());
    bot.event("CHANNEL_UPDATE").await;
    let event = bot.event("THREAD_LIST_SYNC").await;
    assert_eq!(text(&event["threads"][0]["name"]), "ticket");
}

#[tokio::test]
async fn audit_reasons_are_decoded_and_kept() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/threads", help.id());
    let body = json!({ "name": "ticket", "type": 12 });
    let headers = [("x-audit-log-reason", "created%20by%20%C3%84nna")];
    let (status, _, thread) = bot.call_with("POST", &path, body, &headers).await;
    assert_eq!(status, 201);
    let entry = sim.audit_log(&guild).pop().unwrap();
    assert_eq!((entry.action, entry.reason.as_deref()), ("thread_create", Some("created by Änna")));
    assert_eq!(entry.target_id.to_string(), text(&thread["id"]));
    let request = sim.requests().into_iter().find(|request| request.is("POST", "/channels/{id}/threads")).unwrap();
    assert_eq!((request.status, request.reason.as_deref()), (Some(201), Some("created by Änna")));
}

#[tokio::test]
async fn the_application_names_its_owner_or_its_team() {
    let sim = Sim::start().await;
    let bot = Bot::start(&sim, USUAL).await;
    let alone = bot.ok("GET", "/oauth2/applications/@me", json!(null)).await;
    assert_eq!(text(&alone["owner"]["id"]), sim.owner_id().to_string());
    let sim = Sim::builder().team(true).start().await;
    let guild = sim.guild("Home").create();
    let dev = sim.team_member(&guild, "dev", "developer");
    let bot = Bot::start(&sim, USUAL).await;
    let team = bot.ok("GET", "/oauth2/applications/@me", json!(null)).await["team"].take();
    assert_eq!(text(&team["members"][1]["user"]["id"]), dev.id().to_string());
    assert_eq!(text(&team["owner_user_id"]), sim.owner_id().to_string());
}

#[tokio::test]
async fn where_moderation_demands_two_factor_the_bot_may_not_moderate_and_may_do_all_else() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").bot_permissions(perm::BOT_DEFAULT | perm::MANAGE_THREADS).create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}", bot.private_thread(help.id(), "ticket").await);

    guild.demand_two_factor(true);

    let demanded = bot.ok("GET", &format!("/guilds/{}", guild.id()), json!(null)).await;
    assert_eq!(demanded["mfa_level"], 1);
    let locks = json!({ "archived": true, "locked": true });
    assert_eq!(bot.refused("PATCH", &path, locks.clone()).await, (403, 60003));
    assert_eq!(bot.refused("DELETE", &path, json!(null)).await, (403, 60003));
    bot.ok("PATCH", &path, json!({ "archived": true })).await;
    assert_eq!(bot.ok("GET", "/users/@me", json!(null)).await["mfa_enabled"], false);
    sim.set_two_factor(true);
    assert_eq!(bot.ok("GET", "/users/@me", json!(null)).await["mfa_enabled"], true);
    bot.ok("PATCH", &path, json!({ "archived": false })).await;
    bot.ok("PATCH", &path, locks).await;
}

#[tokio::test]
async fn whoever_has_not_passed_the_screening_only_reads() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let new = guild.member("nora").pending(true).create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/guilds/{}/members/{}", guild.id(), new.id());

    assert_eq!(bot.ok("GET", &path, json!(null)).await["pending"], true);
    assert!(new.sees(&help) && new.try_write(&help, "hello").is_err());
    new.pass_screening();

    assert_eq!(bot.ok("GET", &path, json!(null)).await["pending"], false);
    new.write(&help, "hello");
}

#[tokio::test]
async fn the_audit_log_tells_who_archived_a_thread_to_those_who_may_read_it() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let thread = help.arrange_thread_by_bot("ticket", &[]);
    let path = format!("/guilds/{}/audit-logs?action_type=111&limit=10", guild.id());
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (403, 50013));

    guild.bot_role_permissions(perm::BOT_DEFAULT | perm::VIEW_AUDIT_LOG);
    guild.owner().rename(&thread, "solved");
    guild.owner().archive(&thread);
    let log = bot.ok("GET", &path, json!(null)).await;

    let entry = &log["audit_log_entries"][0];
    assert_eq!(text(&entry["user_id"]), guild.owner().id().to_string());
    assert_eq!(text(&entry["target_id"]), thread.id().to_string());
    assert_eq!(entry["changes"], json!([{ "key": "archived", "new_value": true }]));
    assert_eq!(log["audit_log_entries"][1]["changes"], json!([{ "key": "name", "new_value": "solved" }]));
}
