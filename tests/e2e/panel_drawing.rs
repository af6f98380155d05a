//! The message of a panel while Discord refuses its edits, answers are lost and the bot is killed: members can use it
//! all the while, and in the end it shows everything.

use std::time::Duration;

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Fault, Sim, Target};
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::panel_kinds::{edits, labels};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const EDIT: (&str, &str) = ("PATCH", "/channels/{id}/messages/{message}");

/// Killed before Discord hears of the edit, or after it has made it.
#[tokio::test]
async fn an_inbox_that_was_added_is_on_the_panel_after_a_kill() {
    for has_acted in [false, true] {
        let sim = Sim::start().await;
        let mut bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let panel = town.create_inbox().await;
        let form = town.begin_add("1").await;
        let fault = Fault::on(EDIT.0, EDIT.1);
        let held = sim.fault(if has_acted { fault.hold_answer() } else { fault.hold() });
        let _unanswered = town.admin.begin_submit(&form, &[("label", "Billing")]);
        sim.wait_until("the edit to be on its way", || held.waiting() == 1).await;

        bot.kill().await;
        held.clear();
        bot.boot().await;
        bot.panels_are_drawn().await;

        assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
        town.member("anna").click(&panel, CREATE_TICKET).await;
        town.member("bert").click(&panel, "Billing").await;
        assert_eq!(bot.stored("SELECT count(DISTINCT inbox_id) FROM ticket").await, 2);
    }
}

#[tokio::test]
async fn a_lost_answer_to_an_edit_is_made_good() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let lost = sim.fault(Fault::on(EDIT.0, EDIT.1).drop_before().times(4));

    town.add_inbox("1", "Billing").await;
    sim.wait_until("the edit to be lost", || lost.hits() >= 3).await;
    sim.advance(Duration::from_mins(1));
    bot.panels_are_drawn().await;

    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
}

#[tokio::test]
async fn changes_that_come_while_a_panel_is_drawn_cost_one_more_edit_some_seconds_later() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let held = sim.fault(Fault::on(EDIT.0, EDIT.1).hold());
    let mark = sim.mark();

    let first = town.admin.begin_submit(&town.begin_add("1").await, &[("label", "A")]);
    sim.wait_until("the panel to be drawn", || held.waiting() == 1).await;
    for label in ["B", "C", "D"] {
        let told = town.add_inbox("1", label).await;
        assert!(preview(&told).contains("does not show this yet"), "{}", preview(&told));
    }
    held.release();
    first.finished().await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_eq!(edits(&sim, mark, &panel).len(), 2);
    assert_eq!(labels(&panel), [CREATE_TICKET, "A", "B", "C", "D"]);
}

#[tokio::test]
async fn where_the_bot_may_not_edit_the_old_panel_works_until_it_may_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.desk("desk");
    let panel = town.create_inbox_to(&desk).await;
    let form =
        town.admin.slash("inbox create").string("panel", "1").channel("destination", &desk).at(&desk).send().await;
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);

    let told = town.admin.submit(&form, &[("label", "Billing")]).await;
    let checked = town.admin.slash("inbox check").at(&desk).send().await;
    let clicked = town.member("anna").click(&panel, CREATE_TICKET).await;

    assert!(preview(&told).contains("does not show this yet"), "{}", preview(&told));
    assert!(preview(&checked).contains("**View Channel**"), "{}", preview(&checked));
    assert_eq!(clicked.links().len(), 1, "{}", clicked.text());
    assert_eq!(labels(&panel), [CREATE_TICKET]);
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 1);
    town.help.clear_overwrite(Target::bot());
    bot.panels_are_drawn().await;
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
}

#[tokio::test]
async fn a_check_says_that_a_panel_does_not_show_its_newest_state() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let broken = sim.fault(Fault::on(EDIT.0, EDIT.1).status(500).always());
    town.add_inbox("1", "Billing").await;
    bot.wait_for_log("its channel waits").await;

    let checked = town.admin.slash("inbox check").send().await;
    broken.clear();
    sim.advance(Duration::from_mins(2));
    bot.panels_are_drawn().await;

    assert!(preview(&checked).contains("does not show the newest changes"), "{}", preview(&checked));
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
}

#[tokio::test]
async fn discords_limit_of_edits_of_old_messages_is_waited_out() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let limited = Fault::on(EDIT.0, EDIT.1).error(429, 30046, "Maximum number of edits reached").times(3);
    let limited = sim.fault(limited);

    let told = town.add_inbox("1", "Billing").await;
    sim.wait_until("the edit to be refused", || limited.hits() >= 1).await;
    for _ in 0..10 {
        sim.advance(Duration::from_secs(30));
        sim.quiet().await;
    }
    bot.panels_are_drawn().await;

    assert_told(&told, "Inbox 2 is on the panel");
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
}

#[tokio::test]
async fn an_emoji_that_discord_refuses_is_left_out_and_reported_and_the_rest_is_drawn() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let leaf = town.guild.emoji("leaf");
    let shown = town.add_inbox_with("1", "Leaf", &leaf).await;
    bot.panels_are_drawn().await;
    let before = panel.components()[0]["components"][1]["emoji"].clone();
    town.guild.delete_emoji(&leaf);
    sim.advance(Duration::from_secs(10));

    let refused = town.add_inbox_with("1", "Wrong", "<:gone:12345>").await;
    bot.panels_are_drawn().await;
    let checked = town.admin.slash("inbox check").send().await;

    assert!(!shown.text().contains("refuses") && before["name"] == "leaf", "{before}");
    assert_told(&refused, "Inbox 3 is on the panel");
    assert!(preview(&refused).contains("Discord refuses the emoji"), "{}", preview(&refused));
    assert_eq!(labels(&panel), [CREATE_TICKET, "Leaf", "Wrong"]);
    let emoji = |place: usize| panel.components()[0]["components"][place]["emoji"].clone();
    assert!(emoji(1).is_null() && emoji(2).is_null());
    assert_eq!(preview(&checked).matches("Discord refuses its emoji").count(), 2, "{}", preview(&checked));
    let page = town.manage_named("settings", "3").await;
    let page = town.admin.select(&page, "#0", discord_sim::Values::strings(["panel"])).await;
    assert!(preview(&page).contains("Discord refuses this emoji"), "{}", preview(&page));
    sim.advance(Duration::from_secs(10));
    let form = town.admin.click(&page, "Emoji …").await;
    let saved = town.admin.submit(&form, &[("value", "🪴")]).await;
    bot.panels_are_drawn().await;
    assert!(!preview(&saved).contains("refuses"), "{}", preview(&saved));
    assert_eq!(emoji(2)["name"], "🪴");
    assert!(emoji(1).is_null());
}

#[tokio::test]
async fn what_is_no_emoji_is_left_out_before_discord_sees_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;

    let told = town.add_inbox_with("1", "Billing", ":money:").await;
    let page = town.manage_named("settings", "2").await;
    let page = town.admin.select(&page, "#0", discord_sim::Values::strings(["panel"])).await;
    let form = town.admin.click(&page, "Emoji …").await;
    let refused = town.admin.submit(&form, &[("value", "money")]).await;
    bot.panels_are_drawn().await;

    assert!(preview(&told).contains("That is not an emoji"), "{}", preview(&told));
    assert_told(&refused, "**Emoji** must be one emoji");
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing"]);
    assert_eq!(bot.stored("SELECT count(settings ->> '$.panel.emoji') FROM inbox").await, 0);
}

#[tokio::test]
async fn a_panel_that_was_deleted_meanwhile_is_detached_and_can_be_posted_again_with_all_its_kinds() {
    let sim = Sim::start().await;
    // Without its intent, the bot does not hear of the deletion: it meets a message that is gone.
    let mut bot = TestBot::configured(&sim, "bot.intents.guild_messages = false\n");
    bot.boot().await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let form = town.begin_add("1").await;
    town.guild.owner().delete_message(&panel);

    let told = town.admin.submit(&form, &[("label", "Billing")]).await;
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;
    town.manage_named("repost", "1").await;
    town.select(&town.admin.post(&town.help, "Again")).await;

    assert_told(&told, "Inbox 2 is on the panel");
    assert_eq!(labels(&town.inbox_message()), [CREATE_TICKET, "Billing"]);
    assert_eq!(bot.stored("SELECT count(*) FROM panel WHERE drawn < shown").await, 0);
}

#[tokio::test]
async fn buttons_of_an_old_state_open_their_own_kind_or_say_that_it_is_gone() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    let broken = sim.fault(Fault::on(EDIT.0, EDIT.1).status(500).always());
    town.add_inbox("1", "Billing").await;
    // Moved behind the other one: the only button that is shown goes on standing for it.
    bot.store("UPDATE inbox SET position = $1 WHERE id = 1", 9).await;
    let [anna, bert] = ["anna", "bert"].map(|name| town.member(name));

    let kept = anna.click(&panel, CREATE_TICKET).await;
    let asked = town.manage_named("delete", "1").await;
    let deleted = town.admin.click(&asked, "Delete it").await;
    let gone = bert.click(&panel, CREATE_TICKET).await;
    broken.clear();
    sim.advance(Duration::from_mins(5));
    bot.panels_are_drawn().await;
    let drawn = bert.click(&panel, "Billing").await;

    assert_eq!(kept.links().len(), 1, "{}", kept.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE inbox_id IS NULL").await, 1);
    assert_told(&deleted, "is deleted");
    assert!(preview(&deleted).contains("does not show this yet"), "{}", preview(&deleted));
    assert_told(&gone, "no longer offered here");
    assert_eq!(drawn.links().len(), 1, "{}", drawn.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE inbox_id = 2").await, 1);
}

#[tokio::test]
async fn a_button_of_a_deleted_kind_says_so_and_one_of_a_moved_kind_still_works() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox("1", "Billing").await;
    bot.panels_are_drawn().await;
    bot.store("DELETE FROM inbox WHERE id = $1", 1).await;
    let anna = town.member("anna");

    let gone = anna.click(&panel, CREATE_TICKET).await;
    let stays = anna.click(&panel, "Billing").await;

    assert_told(&gone, "no longer offered here");
    assert_eq!(stays.links().len(), 1, "{}", stays.text());
}

#[tokio::test]
async fn a_panel_that_discord_refuses_for_good_does_not_hold_up_the_others_of_its_channel() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let first = town.create_inbox().await;
    let second = town.create_inbox().await;
    let path = format!("/channels/{}/messages/{}", first.channel_id(), first.id());
    let refused = json!({ "code": 50035, "message": "Invalid Form Body", "errors": {} });
    let refused = Fault::on("PATCH", "*").only_if(move |request| request.path == path).answer(400, refused);
    let refused = sim.fault(refused.always());

    town.add_inbox("1", "Billing").await;
    town.add_inbox("2", "Appeals").await;
    for _ in 0..10 {
        sim.advance(Duration::from_mins(1));
        sim.quiet().await;
    }
    bot.panels_are_drawn().await;

    assert_eq!(labels(&second), [CREATE_TICKET, "Appeals"]);
    assert!(refused.hits() <= 4, "{}", refused.hits());
    assert_eq!(labels(&first), [CREATE_TICKET]);
    town.open_ticket(&town.member("anna"), &first).await;
}
