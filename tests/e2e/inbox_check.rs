//! `/inbox check`: reports why inboxes do not work, with the consequences.

use std::time::Duration;

use discord_sim::permissions::{
    ADMINISTRATOR, BOT_DEFAULT, CREATE_PRIVATE_THREADS, EMBED_LINKS, MANAGE_ROLES, MANAGE_THREADS,
    READ_MESSAGE_HISTORY, VIEW_CHANNEL,
};
use discord_sim::{Fault, Reply, Sim, Target, Values};
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

async fn check(town: &Town) -> Reply {
    town.admin.slash("inbox check").send().await
}

/// A town whose only inbox works.
async fn sound(sim: &Sim) -> (Town, discord_sim::Message) {
    let town = Town::build(sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    (town, inbox)
}

#[tokio::test]
async fn an_admin_whose_inboxes_work_is_told_so_and_nothing_else() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;

    let checked = check(&town).await;

    assert_told(&checked, "inbox of this server works.");
    assert_eq!(preview(&checked), "");
}

#[tokio::test]
async fn a_server_without_inboxes_has_nothing_to_check() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    sound(&sim).await;

    assert_told(&check(&town).await, "`/inbox create`");
}

#[tokio::test]
async fn each_missing_permission_is_named_with_its_channel_and_what_stops_working() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let desk = town.guild.text_channel("desk").allow_role(&town.moderators, MANAGE_THREADS).create();
    town.create_inbox_to(&desk).await;
    town.help.set_overwrite(Target::bot(), 0, EMBED_LINKS);
    desk.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS | MANAGE_THREADS);

    let checked = check(&town).await;

    assert_told(&checked, "❌ Does not work: 2 · ⚠️ Risks: 0 · ℹ️ Good to know: 1");
    let text = preview(&checked);
    let line = |part: &str| text.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}: {text}"));
    let embeds = line("**Embed Links**");
    assert!(embeds.starts_with('❌') && embeds.contains(&town.help.mention()), "{text}");
    assert!(embeds.contains("`/inbox message`"), "{text}");
    let threads = line("**Create Private Threads**");
    assert!(threads.starts_with('❌') && threads.contains(&desk.mention()), "{text}");
    assert!(threads.contains("no tickets can be opened"), "{text}");
    let locks = line("**Manage Threads**");
    assert!(locks.starts_with('ℹ') && locks.contains("cannot lock"), "{text}");
}

#[tokio::test]
async fn a_german_admin_reads_the_report_in_german() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    town.admin.set_locale("de");

    assert_told(&check(&town).await, "Das Postfach dieses Servers funktioniert.");
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    let checked = check(&town).await;

    assert_told(&checked, "❌ Funktioniert nicht: 2");
    let text = preview(&checked);
    assert!(
        text.contains("Mir fehlt **Kanal ansehen**") && text.contains("was mit offenen Tickets geschieht"),
        "{text}"
    );
    assert!(!text.contains("**Links einbetten**"), "what was not taken away is not missed: {text}");
}

#[tokio::test]
async fn a_message_that_went_while_the_bot_was_away_is_gone_only_once_discord_says_so() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, inbox) = sound(&sim).await;
    bot.stop().await;
    town.guild.owner().delete_message(&inbox);
    bot.boot().await;

    sim.fault(Fault::on("GET", "/channels/{channel}/messages/{message}").status(500).times(3));
    let doubtful = check(&town).await;
    let certain = check(&town).await;

    assert_told(&doubtful, "❌ Does not work: 0 · ⚠️ Risks: 1");
    assert!(preview(&doubtful).contains("because Discord did not answer"), "{}", preview(&doubtful));
    assert_told(&certain, "❌ Does not work: 1");
    assert!(preview(&certain).contains("`/inbox repost`"), "{}", preview(&certain));
}

#[tokio::test]
async fn without_read_message_history_the_report_says_that_it_did_not_look() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    town.help.set_overwrite(Target::bot(), 0, READ_MESSAGE_HISTORY);
    let mark = sim.mark();

    let checked = check(&town).await;

    assert_told(&checked, "❌ Does not work: 0 · ⚠️ Risks: 0 · ℹ️ Good to know: 1");
    assert!(preview(&checked).contains("**Read Message History**"), "{}", preview(&checked));
    let asked = sim.requests_since(mark);
    assert!(!asked.iter().any(|request| request.is("GET", "/channels/{channel}/messages/{message}")));
}

#[tokio::test]
async fn a_deleted_destination_is_told_and_a_doubtful_one_is_not_called_gone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let desk = town.guild.text_channel("desk").allow_role(&town.moderators, MANAGE_THREADS).create();
    town.create_inbox_to(&desk).await;
    desk.delete();
    sim.quiet().await;

    sim.fault(Fault::on("GET", "/channels/{channel}").status(502).times(3));
    let doubtful = check(&town).await;
    let certain = check(&town).await;

    assert!(preview(&doubtful).contains("⚠️ I could not check"), "{}", preview(&doubtful));
    assert!(preview(&certain).contains("❌ The channel for its tickets is gone"), "{}", preview(&certain));
}

#[tokio::test]
async fn staff_who_have_left_and_roles_that_cannot_be_told_are_named() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, inbox) = sound(&sim).await;
    let mona = town.moderator("mona");
    let menu = town.manage("staff", &inbox).await;
    town.admin.select(&menu, "#0", Values::mentionables([&mona], [&town.moderators])).await;
    // A member who leaves while the bot listens is no longer staff.
    bot.stop().await;
    mona.leave_guild();
    bot.boot().await;
    town.moderators.set_mentionable(false);
    sim.quiet().await;

    let text = preview(&check(&town).await);

    assert!(text.contains("have left the server") && text.contains(&format!("<@{}>", mona.id())), "{text}");
    assert!(text.contains("I may not mention these staff roles"), "{text}");
    assert!(text.contains(&town.moderators.mention()), "{text}");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 2, "a check changes nothing");
}

#[tokio::test]
async fn inboxes_with_different_staff_in_one_channel_and_an_administrator_are_warned_of() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _first) = sound(&sim).await;
    let second = town.create_inbox().await;
    assert_told(&check(&town).await, "All 2 inboxes");
    let menu = town.manage("staff", &second).await;
    town.admin.select(&menu, "#0", Values::users([&town.admin])).await;
    town.guild.bot_role_permissions(BOT_DEFAULT | MANAGE_THREADS | MANAGE_ROLES);

    let checked = check(&town).await;

    assert_told(&checked, "❌ Does not work: 0 · ⚠️ Risks: 1 · ℹ️ Good to know: 1");
    let text = preview(&checked);
    assert!(text.contains("inboxes 1, 2 all go to") && text.contains("**Manage Threads**"), "{text}");
    assert!(text.contains("permissions that I do not need: **Manage Roles**"), "{text}");

    town.guild.bot_role_permissions(BOT_DEFAULT | ADMINISTRATOR);
    let text = preview(&check(&town).await);
    assert!(text.contains("I have **Administrator**, which I do not need"), "{text}");
}

#[tokio::test]
async fn a_report_that_is_too_long_says_how_much_is_left_out_and_begins_with_the_worst() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    let rooms: Vec<_> = (0..10).map(|number| town.guild.text_channel(&format!("room-{number}")).create()).collect();
    for room in rooms.iter().cycle().take(60) {
        bot.store(
            "INSERT INTO panel (guild_id, channel_id, message_id, created_at)
             SELECT guild_id, $1, message_id + (SELECT count(*) FROM panel), 0 FROM panel WHERE id = 1",
            i64::try_from(room.id()).unwrap(),
        )
        .await;
        bot.store(
            "INSERT INTO inbox (guild_id, panel_id, destination_id, created_at)
             SELECT guild_id, (SELECT max(id) FROM panel), destination_id, $1 FROM inbox WHERE id = 1",
            0,
        )
        .await;
    }
    bot.store("UPDATE panel SET message_id = NULL WHERE id = $1", 61).await;
    let mark = sim.mark();

    let checked = check(&town).await;

    let text = preview(&checked);
    assert!(text.chars().count() <= 4_096);
    let shown = text.lines().filter(|line| line.starts_with(['❌', '⚠', 'ℹ'])).count();
    let told = checked.text();
    let counts = told.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse::<usize>().ok());
    let left_out = format!("{} more", counts.sum::<usize>() - shown);
    assert!(text.lines().last().unwrap().contains(&left_out), "{left_out}: {text}");
    // Findings of the whole server come first; then a broken inbox before one without staff.
    let (whole, of_inboxes) = text.split_once("\n**").unwrap();
    let first = of_inboxes.lines().nth(1).unwrap();
    assert!(whole.contains("were not checked"), "{text}");
    assert!(first.starts_with('❌') && first.contains("`/inbox repost`"), "{text}");
    let asked = sim.requests_since(mark).len();
    assert!(asked <= 30 + 6, "{asked} requests");
}

#[tokio::test]
async fn a_second_check_of_the_same_server_waits_for_the_first() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    let held = sim.fault(Fault::on("GET", "/guilds/{guild}/channels").hold());
    let first = town.admin.slash("inbox check").begin();
    sim.wait_until("the first check to ask for channels", || held.waiting() == 1).await;

    let second = check(&town).await;
    held.release();

    assert_told(&second, "already checking this server");
    assert_told(&first.finished().await, "inbox of this server works.");
    assert_told(&check(&town).await, "inbox of this server works.");
}

#[tokio::test]
async fn a_check_writes_nothing_and_tells_nobody_else() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    let mark = sim.mark();

    let checked = check(&town).await;

    assert!(checked.is_private());
    let asked = sim.requests_since(mark);
    let writes: Vec<_> = asked.iter().filter(|request| request.method != "GET").collect();
    assert_eq!(writes.len(), 1, "only the answer: {writes:?}");
}

#[tokio::test]
async fn a_bot_in_time_out_is_told_as_that_and_not_as_permissions_that_somebody_has_to_grant() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    town.guild.bot_member().time_out(Duration::from_mins(10));

    let checked = check(&town).await;
    let created = town.run_create(&town.help, None).await;
    let redirected = town.redirect("1", &town.guild.text_channel("desk").create()).await;
    sim.advance(Duration::from_mins(11));
    let later = check(&town).await;

    assert_told(&checked, "❌ Does not work: 1 · ⚠️ Risks: 0 · ℹ️ Good to know: 0");
    assert!(preview(&checked).contains("I am timed out"), "{}", preview(&checked));
    for refused in [created, redirected] {
        assert_told(&refused, "I am timed out");
        assert!(!refused.text().contains("**"), "no permission is named: {}", refused.text());
    }
    assert_told(&later, "this server works");
}

#[tokio::test]
async fn where_two_factor_authentication_is_demanded_and_missing_the_report_says_what_follows() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, _inbox) = sound(&sim).await;
    let mark = sim.mark();
    assert_told(&check(&town).await, "this server works");
    assert!(!sim.requests_since(mark).iter().any(|request| request.is("GET", "/users/@me")), "asked for nothing");

    town.guild.demand_two_factor(true);
    let missing = check(&town).await;
    sim.set_two_factor(true);
    let there = check(&town).await;

    assert_told(&missing, "❌ Does not work: 0 · ⚠️ Risks: 1 · ℹ️ Good to know: 0");
    assert!(preview(&missing).contains("two-factor authentication"), "{}", preview(&missing));
    assert_told(&there, "this server works");
}

#[tokio::test]
async fn a_message_that_another_application_has_posted_is_told_by_check_list_and_message_until_it_is_posted_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, own) = sound(&sim).await;
    let former = town.guild.member("former").bot(true).create();
    let button = json!({ "type": 2, "style": 1, "label": CREATE_TICKET, "custom_id": "create-ticket" });
    let row = json!({ "type": 1, "components": [button] });
    let foreign = town.help.arrange_message_by(&former, &json!({ "content": "Help!", "components": [row] }));
    bot.store("UPDATE panel SET message_id = $1", i64::try_from(foreign.id()).unwrap()).await;
    town.guild.owner().delete_message(&own);

    let checked = check(&town).await;
    let listed = preview(&town.admin.slash("inbox list").send().await);
    town.manage("message", &foreign).await;
    let refused = town.select(&town.admin.post(&town.help, "New text")).await;

    assert_told(&checked, "❌ Does not work: 1");
    for text in [preview(&checked), listed, refused.text()] {
        assert!(text.contains("another application") && text.contains("`/inbox repost`"), "{text}");
    }
    town.manage("repost", &foreign).await;
    town.select(&town.admin.post(&town.help, "Help!")).await;
    assert_told(&check(&town).await, "this server works");
    let again = preview(&town.admin.slash("inbox list").send().await);
    assert!(!again.contains('❌'), "{again}");
}

#[tokio::test]
async fn a_staff_role_that_a_list_leaves_out_is_gone_only_when_discord_says_so() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let (town, inbox) = sound(&sim).await;
    bot.stop().await;
    town.moderators.delete();
    let doubtful = sim.fault(Fault::on("GET", "/guilds/{guild}/roles/{role}").status(503).always());
    bot.boot().await;

    let checked = preview(&check(&town).await);
    town.manage("staff", &inbox).await;

    assert!(!checked.contains("no longer exist") && checked.contains("not checked"), "{checked}");
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 1);
    doubtful.clear();
    town.manage("staff", &inbox).await;
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 0);
}

#[tokio::test]
async fn a_staff_role_that_is_too_large_for_tickets_is_told_and_staff_by_name_are_brought_in_all_the_same() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, inbox) = sound(&sim).await;
    let mona = town.member("mona");
    let menu = town.manage("staff", &inbox).await;
    town.admin.select(&menu, "#0", Values::mentionables([&mona], [&town.moderators])).await;
    assert_told(&check(&town).await, "this server works");
    let many: Vec<_> = (0..101).map(|number| town.moderator(&format!("mo{number}"))).collect();

    let checked = check(&town).await;
    let ticket = town.open_ticket(&town.member("anna"), &inbox).await;

    assert_told(&checked, "❌ Does not work: 0 · ⚠️ Risks: 1 · ℹ️ Good to know: 0");
    let text = preview(&checked);
    assert!(text.contains("so many members") && text.contains(&town.moderators.mention()), "{text}");
    assert!(ticket.has_member(&mona) && !many.iter().any(|member| ticket.has_member(member)));
    bot.wait_for_log("added nobody of a staff role").await;
}
