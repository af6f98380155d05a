//! What admins do with a panel that has several inboxes: replace its message, post it again, list and check it.

use discord_sim::{Draft, Sim};
use serde_json::Value;

use crate::admin::{assert_told, preview};
use crate::panel_kinds::{ids, labels};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

#[tokio::test]
async fn a_new_message_replaces_the_content_of_a_panel_and_all_its_kinds_stay() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox_with("1", "Billing", "💶").await;
    bot.panels_are_drawn().await;

    town.manage_selected("message", &panel).await;
    let draft = Draft::text("New").file("new.txt", *b"new", "text/plain");
    let done = town.select(&town.admin.post_with(&town.help, draft)).await;
    sim.advance(std::time::Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_told(&done, "shows the new message");
    assert_eq!(panel.embeds()[0]["description"], "New");
    assert_eq!(panel.attachments().len(), 1);
    assert_eq!(ids(&panel), ["create-ticket:1", "create-ticket:2"]);
    assert_eq!(panel.components()[0]["components"][1]["emoji"]["name"], "💶");
}

#[tokio::test]
async fn a_panel_is_posted_again_with_all_its_kinds() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox_with("1", "Billing", "💶").await;
    bot.panels_are_drawn().await;
    town.guild.owner().delete_message(&panel);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    let refused = town.begin_add("1").await;
    let asked = town.manage_named("repost", "2").await;
    let done = town.select(&town.admin.post(&town.help, "Again")).await;
    sim.advance(std::time::Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_told(&refused, "is gone");
    assert_told(&asked, "will be posted");
    let again = town.inbox_message();
    assert!(done.links_to_message(&again), "{}", done.text());
    assert_eq!(labels(&again), [CREATE_TICKET, "Billing"]);
    assert_eq!(again.components()[0]["components"][1]["emoji"]["name"], "💶");
    town.member("anna").click(&again, "Billing").await;
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 2);
}

#[tokio::test]
async fn a_list_and_a_check_show_panels_with_their_inboxes() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    town.add_inbox("1", "**Billing**").await;
    town.create_inbox().await;
    bot.panels_are_drawn().await;
    let desk = town.desk("desk");
    town.redirect("2", &desk).await;
    desk.delete();

    let listed = town.admin.slash("inbox list").send().await;
    let mark = sim.mark();
    let checked = town.admin.slash("inbox check").send().await;

    let lines: Vec<String> = preview(&listed).lines().map(str::to_owned).collect();
    assert_eq!(lines[0], format!("**Panel** with 2 inboxes: {}", panel.url()));
    assert_eq!(lines[1], format!("**1** · Create Ticket · tickets go to {}", town.help.mention()));
    assert!(lines[2].starts_with(r"**2** · \*\*Billing\*\* · tickets go to "), "{lines:#?}");
    assert!(lines[3].starts_with("❌ The channel for its tickets is gone"), "{lines:#?}");
    assert!(lines[4].starts_with("**3** · https://"), "{lines:#?}");
    assert!(preview(&checked).contains(r"**2** · \*\*Billing\*\* · "), "{}", preview(&checked));
    let looks = sim.requests_since(mark).into_iter();
    let looks = looks.filter(|request| request.method == "GET" && request.path.ends_with(&panel.id().to_string()));
    assert_eq!(looks.count(), 1, "the message is looked at once");
}

#[tokio::test]
async fn what_admins_write_on_a_button_is_shown_on_one_line_and_within_discords_limits() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = town.create_inbox().await;
    for (label, description) in [("x".repeat(80), "y".repeat(100)), ("  A \u{202e}B ".to_owned(), String::new())] {
        let form = town.begin_add("1").await;
        let told = town.admin.submit(&form, &[("label", &label), ("description", &description)]).await;
        assert_told(&told, "is on the panel");
    }
    town.add_inbox("1", "\u{200b}").await;
    sim.advance(std::time::Duration::from_secs(20));
    bot.panels_are_drawn().await;

    let long = "x".repeat(80);
    assert_eq!(labels(&panel), [CREATE_TICKET, &long, "A B", CREATE_TICKET]);
    assert_eq!(bot.stored("SELECT count(settings ->> '$.panel.label') FROM inbox").await, 2);
    let _no_emoji: Option<Value> = panel.components()[0]["components"][0].get("emoji").cloned();
}
