//! The rules of opening: who is refused a ticket, and what they are told.

use std::time::Duration;

use discord_sim::{Actor, Message, Reply, Sim, Values};
use futures_util::future::join_all;

use crate::admin::{assert_told, chosen, preview};
use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

const DAY: Duration = Duration::from_hours(24);

/// Sets the rules of all inboxes, as JSON.
async fn set_inbox(bot: &TestBot<'_>, settings: &str) {
    bot.store("UPDATE inbox SET settings = $1", settings).await;
}

/// Sets the rules of all servers, as JSON.
async fn set_server(bot: &TestBot<'_>, settings: &str) {
    bot.store("UPDATE guild SET settings = $1", settings).await;
}

async fn page(town: &Town, inbox: &Message, group: &str) -> Reply {
    let overview = town.manage("settings", inbox).await;
    town.admin.select(&overview, "#0", Values::strings([group])).await
}

async fn write(town: &Town, page: &Reply, button: &str, text: &str) -> Reply {
    let form = town.admin.click(page, button).await;
    town.admin.submit(&form, &[("value", text)]).await
}

/// All of them at the same moment; returns how many got a ticket.
async fn rush(members: &[Actor], inbox: &Message) -> (usize, Vec<Reply>) {
    let clicks: Vec<Reply> = members.iter().map(|member| member.begin_click(inbox, CREATE_TICKET)).collect();
    join_all(clicks.iter().map(Reply::finished)).await;
    (clicks.iter().filter(|reply| reply.text().contains("is ready")).count(), clicks)
}

fn members(town: &Town, count: usize) -> Vec<Actor> {
    (0..count).map(|number| town.member(&format!("member{number}"))).collect()
}

/// A mark of this moment, with date and hour.
fn moment(milliseconds: i64) -> String {
    format!("<t:{}:f>", milliseconds / 1_000)
}

#[tokio::test]
async fn who_has_none_of_the_required_roles_is_told_which_and_with_one_of_them_gets_a_ticket_at_once() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (gold, silver) = (town.guild.role("Gold").create(), town.guild.role("Silver").create());
    let page = page(&town, &inbox, "access").await;

    let set = town.admin.select(&page, "#0", Values::roles([&silver, &gold])).await;
    assert_told(&set, &format!("Saved. **Required roles**: {} {}", gold.mention(), silver.mention()));
    assert_eq!(chosen(&set), [gold.id(), silver.id()]);
    let anna = town.member("anna");
    let refused = anna.click(&inbox, CREATE_TICKET).await;
    assert_told(&refused, &format!("you need one of these roles: {} {}", gold.mention(), silver.mention()));
    assert!(town.guild.threads().is_empty());
    // A refusal spends neither the cooldown nor the limit.
    anna.give_role(&silver);
    town.open_ticket(&anna, &inbox).await;

    let none = town.admin.select(&set, "#0", Values::none()).await;
    assert_told(&none, "Saved. **Required roles**: none");
    town.open_ticket(&town.member("bert"), &inbox).await;
}

#[tokio::test]
async fn who_has_a_refused_role_is_told_so_in_their_language() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (muted, other) = (town.guild.role("Muted").create(), town.guild.role("Other").create());
    let rules = format!(r#"{{"access":{{"refused_roles":["{}","{}"]}}}}"#, muted.id(), other.id());
    set_inbox(&bot, &rules).await;
    let anna = town.guild.member("anna").role(&muted).locale("de").create();

    let refused = anna.click(&inbox, CREATE_TICKET).await;

    assert_told(&refused, &format!("Mitglieder mit der Rolle {} können hier keine Tickets öffnen", muted.mention()));
    town.open_ticket(&town.member("bert"), &inbox).await;
}

#[tokio::test]
async fn a_new_account_and_a_new_member_are_told_from_when_they_can_open_a_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, elsewhere) = (Town::build(&sim), Town::build(&sim));
    let inbox = town.create_inbox().await;
    set_inbox(&bot, r#"{"access":{"account_age":604800,"membership_age":86400}}"#).await;
    let old = elsewhere.member("otto");
    sim.advance(DAY * 30);
    let (new, joined_ms) = (town.member("nora"), sim.now_ms());
    let otto = town.guild.join(&old);

    let account = new.click(&inbox, CREATE_TICKET).await;
    assert_told(&account, "Your account is still too new");
    let seven_days = 7 * 86_400_000;
    assert!((0..60_000).step_by(1_000).any(|off| account.text().contains(&moment(joined_ms - off + seven_days))));
    let membership = otto.click(&inbox, CREATE_TICKET).await;
    assert_told(&membership, "You joined this server too recently");

    sim.advance(DAY);
    town.open_ticket(&otto, &inbox).await;
    assert_told(&new.click(&inbox, CREATE_TICKET).await, "Your account is still too new");
    sim.advance(DAY * 6);
    town.open_ticket(&new, &inbox).await;
}

#[tokio::test]
async fn ages_are_written_as_people_write_them_and_a_wrong_one_is_told() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "access").await;

    let saved = write(&town, &page, "Age of account …", " 1 week ").await;
    assert_told(&saved, "Saved. **Age of account**: 7\u{a0}d");
    assert!(preview(&saved).contains("**Age of account: 7\u{a0}d** (default: none)"), "{}", preview(&saved));
    let form = town.admin.click(&saved, "Age of account …").await.modal().expect("a form");
    assert_eq!(form.fields[0].value, "7d");
    for wrong in ["soon", "7", "-1d", "20000d", "30s"] {
        let told = write(&town, &saved, "Age of account …", wrong).await;
        assert_told(&told, "Not saved: **Age of account** is written like `12h`");
        assert!(told.text().contains("3650\u{a0}d"), "{}", told.text());
    }
    assert_eq!(bot.stored("SELECT settings ->> '$.access.account_age' FROM inbox").await, 7 * 86_400);
    assert_told(&write(&town, &saved, "Age of account …", "0").await, "**Age of account**: none");
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, "{}");
}

#[tokio::test]
async fn the_last_place_of_an_inbox_goes_to_one_of_those_who_click_at_the_same_moment() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    set_inbox(&bot, r#"{"opening":{"inbox_limit":3}}"#).await;

    let (opened, clicks) = rush(&members(&town, 8), &inbox).await;

    assert_eq!((opened, town.help.threads().len()), (3, 3));
    let full = clicks.iter().filter(|reply| reply.text().contains("as many tickets are open here")).count();
    assert_eq!(full, 5);
    bot.settled().await;
    town.admin.archive(&town.newest_thread());
    bot.wait_for("SELECT count(*) FROM ticket WHERE slot IS NOT NULL", 2).await;
    town.open_ticket(&town.member("late"), &inbox).await;
}

#[tokio::test]
async fn in_a_minute_no_more_tickets_are_opened_in_a_server_than_its_admins_allow() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, other) = (Town::build(&sim), Town::build(&sim));
    let (inbox, elsewhere) = (town.create_inbox().await, other.create_inbox().await);
    set_server(&bot, r#"{"limits":{"minute_limit":2}}"#).await;
    // Another server has its own.
    other.open_ticket(&other.member("olaf"), &elsewhere).await;
    let began = sim.now_ms();

    let (opened, clicks) = rush(&members(&town, 6), &inbox).await;
    assert_eq!((opened, town.help.threads().len()), (2, 2));
    let refused = clicks.iter().find(|reply| reply.text().contains("many tickets are being opened")).unwrap();
    let marks = (0..10).map(|second| format!("<t:{}:R>", began / 1_000 + second + 60));
    assert!(marks.into_iter().any(|mark| refused.text().contains(&mark)), "{}", refused.text());
    bot.restart().await;
    assert_told(&town.member("mia").click(&inbox, CREATE_TICKET).await, "many tickets are being opened");

    sim.advance(Duration::from_mins(1));
    town.open_ticket(&town.member("max"), &inbox).await;
}

#[tokio::test]
async fn after_the_limit_of_a_minute_was_lowered_the_time_to_try_again_is_true() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mut newest = 0;
    for member in members(&town, 3) {
        sim.advance(Duration::from_secs(15));
        newest = sim.now_ms();
        town.open_ticket(&member, &inbox).await;
    }
    set_server(&bot, r#"{"limits":{"minute_limit":1}}"#).await;
    let late = town.member("late");

    let refused = late.click(&inbox, CREATE_TICKET).await;

    let marks = (0..10).map(|second| format!("<t:{}:R>", newest / 1_000 + second + 60));
    assert!(marks.into_iter().any(|mark| refused.text().contains(&mark)), "{} / {newest}", refused.text());
    sim.advance(Duration::from_mins(1));
    town.open_ticket(&late, &inbox).await;
}

#[tokio::test]
async fn a_member_has_no_more_open_tickets_in_all_inboxes_together_than_the_server_allows() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, other) = (Town::build(&sim), Town::build(&sim));
    let (first, second, third) = (town.create_inbox().await, town.create_inbox().await, town.create_inbox().await);
    let elsewhere = other.create_inbox().await;
    let anna = town.member("anna");
    // What somebody has open in another server does not count.
    other.open_ticket(&other.guild.join(&anna), &elsewhere).await;
    let page = town.admin.slash("inbox settings").send().await;
    let page = town.admin.select(&page, "#0", Values::strings(["limits"])).await;
    assert_told(&write(&town, &page, "Tickets per member …", "2").await, "**Tickets per member**: at most 2");

    let ticket = town.open_ticket(&anna, &first).await;
    let begun = [anna.begin_click(&second, CREATE_TICKET), anna.begin_click(&third, CREATE_TICKET)];
    join_all(begun.iter().map(Reply::finished)).await;
    let opened: Vec<_> = begun.iter().filter(|reply| reply.text().contains("is ready")).collect();
    assert_eq!(opened.len(), 1, "{} / {}", begun[0].text(), begun[1].text());
    let refused = begun.iter().find(|reply| !reply.text().contains("is ready")).unwrap();
    assert_told(refused, "You already have 2 open tickets in this server");

    bot.settled().await;
    anna.leave(&ticket);
    bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'closed'", 1).await;
    sim.advance(Duration::from_mins(1));
    let left = if begun[0].text().contains("is ready") { &third } else { &second };
    town.open_ticket(&anna, left).await;
}

#[tokio::test]
async fn when_every_required_role_was_deleted_nobody_opens_a_ticket_and_check_and_page_say_so() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (gold, muted) = (town.guild.role("Gold").create(), town.guild.role("Muted").create());
    let rules = format!(
        r#"{{"access":{{"required_roles":["{}"],"refused_roles":["{}","{}"]}}}}"#,
        gold.id(),
        muted.id(),
        town.moderators.id()
    );
    set_inbox(&bot, &rules).await;
    let anna = town.guild.member("anna").role(&gold).create();
    gold.delete();
    muted.delete();

    assert_told(&anna.click(&inbox, CREATE_TICKET).await, "you need the role");
    let check = town.admin.slash("inbox check").send().await;
    assert!(
        preview(&check).contains("❌ Nobody can open tickets: every required role was deleted"),
        "{}",
        preview(&check)
    );
    assert!(preview(&check).contains("ℹ️ Deleted roles stand in its rules"), "{}", preview(&check));
    let page = page(&town, &inbox, "access").await;
    assert!(preview(&page).contains("❌ Nobody can open tickets"), "{}", preview(&page));
    assert_eq!(chosen(&page), [town.moderators.id()], "a menu offers no deleted role");

    let old = self::page(&town, &inbox, "access").await;
    let removed = town.admin.click(&page, "Remove deleted roles").await;
    assert_told(&removed, "Saved. The deleted roles were removed.");
    assert!(!preview(&removed).contains("Nobody can open"), "{}", preview(&removed));
    assert!(removed.buttons().iter().all(|button| button.label != "Remove deleted roles"));
    let left = format!(r#"{{"access":{{"refused_roles":["{}"]}}}}"#, town.moderators.id());
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, left);
    assert_told(&town.admin.click(&old, "Remove deleted roles").await, "Nothing changed");
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn rules_that_contradict_each_other_are_said_at_once_and_by_a_check() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (gold, silver) = (town.guild.role("Gold").create(), town.guild.role("Silver").create());
    let page = page(&town, &inbox, "access").await;
    let page = town.admin.select(&page, "#0", Values::roles([&gold, &silver])).await;

    let both = town.admin.select(&page, "#1", Values::roles([&gold])).await;
    assert!(preview(&both).contains("⚠️ These roles are required and refused at once"), "{}", preview(&both));
    let all = town.admin.select(&both, "#1", Values::roles([&gold, &silver])).await;
    assert!(
        preview(&all).contains("❌ Nobody can open tickets: every required role is also refused"),
        "{}",
        preview(&all)
    );
    let check = town.admin.slash("inbox check").send().await;
    assert!(preview(&check).contains("❌ Nobody can open tickets: every required role is also refused"));
}

#[tokio::test]
async fn everyone_is_no_role_for_a_rule() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let page = page(&town, &inbox, "access").await;

    let told = town.admin.select(&page, "#1", Values::roles([&town.guild.everyone()])).await;

    assert_told(&told, "Nothing changed");
    assert_eq!(bot.stored_text("SELECT settings FROM inbox").await, "{}");
}

#[tokio::test]
async fn a_click_under_many_rules_costs_as_many_requests_as_one_without_and_a_refusal_only_its_answer() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let gold = town.guild.role("Gold").create();
    let rules = format!(
        r#"{{"opening":{{"inbox_limit":5}},"access":{{"required_roles":["{}"],"account_age":60,"membership_age":60}}}}"#,
        gold.id()
    );
    set_inbox(&bot, &rules).await;
    set_server(&bot, r#"{"limits":{"minute_limit":2,"member_limit":2}}"#).await;
    let (anna, bert) = (town.guild.member("anna").role(&gold).create(), town.member("bert"));
    sim.advance(Duration::from_hours(1));
    sim.quiet().await;

    let mark = sim.mark();
    bert.click(&inbox, CREATE_TICKET).await;
    sim.quiet().await;
    assert_eq!(requests_since(&sim, mark).len(), 1);
    let mark = sim.mark();
    town.open_ticket(&anna, &inbox).await;
    bot.settled().await;
    assert_eq!(requests_since(&sim, mark).len(), 3);
}
