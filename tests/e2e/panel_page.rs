//! The page of a panel: its style and the order of its inboxes.

use std::time::Duration;

use discord_sim::{Actor, Message, Reply, Sim, Values};
use serde_json::json;

use crate::admin::{assert_told, list, preview};
use crate::panel_kinds::{edits, labels};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const BUTTON: u64 = 2;

/// A panel with *Create Ticket*, *Billing* and *Appeals*.
async fn three_kinds(sim: &Sim, bot: &TestBot<'_>, town: &Town) -> Message {
    let panel = town.create_inbox().await;
    for label in ["Billing", "Appeals"] {
        town.add_inbox("1", label).await;
        sim.advance(Duration::from_secs(10));
    }
    bot.panels_are_drawn().await;
    panel
}

/// The page of the panel, reached from the settings of an inbox.
async fn open_page(admin: &Actor, inbox: &str) -> Reply {
    let overview = admin.slash("inbox settings").string("inbox", inbox).send().await;
    let group = admin.select(&overview, "#0", Values::strings(["panel"])).await;
    admin.click(&group, "Panel …").await
}

/// The inboxes by the lines of the page; the chosen one is marked.
fn order(page: &Reply) -> Vec<String> {
    let lines = preview(page);
    let lines = lines.lines().filter(|line| line.contains("tickets go to"));
    lines.map(|line| line.split(" · ").take(2).collect::<Vec<_>>().join(" ")).collect()
}

fn ids_on(page: &Reply) -> Vec<String> {
    let components = page.components();
    let parts = components.iter().flat_map(|row| list(&row["components"]));
    parts.filter_map(|part| part["custom_id"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn an_admin_moves_an_inbox_up_and_the_panel_follows_in_place() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = three_kinds(&sim, &bot, &town).await;
    let page = open_page(&town.admin, "3").await;
    let before = order(&page);
    let mark = sim.mark();

    town.admin.click(&page, "Up").await;
    town.admin.click(&page, "Up").await;
    let after = order(&page);
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert!(page.is_private() && page.links_to_message(&panel));
    assert_eq!(before, ["**1** Create Ticket", "**2** Billing", "▸ **3** Appeals"]);
    assert_eq!(after, ["▸ **3** Appeals", "**1** Create Ticket", "**2** Billing"]);
    assert_eq!(labels(&panel), ["Appeals", CREATE_TICKET, "Billing"]);
    assert!(edits(&sim, mark, &panel).len() <= 2);
    for label in ["Appeals", CREATE_TICKET, "Billing"] {
        town.member(&label.to_lowercase().replace(' ', "_")).click(&panel, label).await;
    }
    assert_eq!(bot.stored("SELECT count(DISTINCT inbox_id) FROM ticket").await, 3);
    town.admin.click(&page, "Up").await;
    assert_told(&page, "Nothing changed");
}

#[tokio::test]
async fn another_inbox_is_chosen_in_the_menu_and_its_settings_are_one_click_away() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = three_kinds(&sim, &bot, &town).await;
    let page = open_page(&town.admin, "1").await;

    town.admin.select(&page, "#0", Values::strings(["2"])).await;
    let chosen = order(&page);
    town.admin.click(&page, "Down").await;
    let moved = order(&page);
    let settings = town.admin.click(&page, "Look of its button").await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_eq!(chosen, ["**1** Create Ticket", "▸ **2** Billing", "**3** Appeals"]);
    assert_eq!(moved, ["**1** Create Ticket", "**3** Appeals", "▸ **2** Billing"]);
    assert_eq!(settings.embeds()[0]["title"], "Inbox 2 · Billing · Panel");
    assert_eq!(labels(&panel), [CREATE_TICKET, "Appeals", "Billing"]);
}

#[tokio::test]
async fn buttons_become_a_menu_and_a_menu_buttons() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = three_kinds(&sim, &bot, &town).await;
    let page = open_page(&town.admin, "1").await;

    town.admin.select(&page, "#1", Values::strings(["menu"])).await;
    assert_told(&page, "Saved");
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;
    let as_menu = (panel.buttons().len(), list(&panel.components()[0]["components"][0]["options"]).len());
    let reply = town.member("anna").begin_select(&panel, "opm", Values::strings(["Billing"]));
    sim.wait_until("the ticket to be linked", || !reply.links().is_empty()).await;
    town.admin.select(&page, "#1", Values::strings(["buttons"])).await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_eq!(as_menu, (0, 3));
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 2);
    assert_eq!(labels(&panel), [CREATE_TICKET, "Billing", "Appeals"]);
    assert_eq!(panel.embeds()[0]["description"], "Do you need help?");
}

#[tokio::test]
async fn what_another_admin_changed_meanwhile_is_shown_instead_of_overwritten() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    three_kinds(&sim, &bot, &town).await;
    let other = town.guild.owner();
    let (old, also_old) = (open_page(&town.admin, "1").await, open_page(&town.admin, "1").await);
    let theirs = open_page(&other, "3").await;

    other.click(&theirs, "Up").await;
    town.admin.click(&old, "Down").await;
    town.admin.select(&also_old, "#1", Values::strings(["menu"])).await;

    for page in [&old, &also_old] {
        assert_told(page, "Not saved: somebody changed this panel");
        assert_eq!(order(page), ["▸ **1** Create Ticket", "**3** Appeals", "**2** Billing"]);
    }
    town.admin.click(&old, "Down").await;
    assert_eq!(order(&old), ["**3** Appeals", "▸ **1** Create Ticket", "**2** Billing"]);
    assert_eq!(bot.stored("SELECT count(*) FROM panel WHERE style = 'buttons'").await, 1);
}

#[tokio::test]
async fn the_page_works_after_a_restart_and_without_a_message() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = three_kinds(&sim, &bot, &town).await;
    let page = open_page(&town.admin, "1").await;
    bot.restart().await;
    town.guild.owner().delete_message(&panel);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;

    town.admin.click(&page, "Down").await;
    let moved = order(&page);
    town.manage_named("repost", "1").await;
    town.select(&town.admin.post(&town.help, "Again")).await;

    assert_eq!(moved, ["**2** Billing", "▸ **1** Create Ticket", "**3** Appeals"]);
    assert!(preview(&page).contains("is gone"), "{}", preview(&page));
    assert_eq!(labels(&town.inbox_message()), ["Billing", CREATE_TICKET, "Appeals"]);
}

#[tokio::test]
async fn the_page_is_of_no_use_to_others_and_reaches_no_other_server() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let panel = three_kinds(&sim, &bot, &town).await;
    village.create_inbox().await;
    let page = open_page(&town.admin, "1").await;
    let anna = town.member("anna");
    let before = bot.stored_text("SELECT group_concat(revision || style) FROM panel").await;

    for id in ids_on(&page) {
        let forged = anna.forge_component(&panel, BUTTON, &id, json!({ "values": ["menu"] })).await;
        assert_told(&forged, "no longer works");
    }
    for id in ["ppg:1:1", "pst:1:1:0", "pmv:1:1:up:0"] {
        let invented = village.admin.forge_component(&panel, BUTTON, id, json!({ "values": ["menu"] })).await;
        assert!(invented.text().contains("no longer works"), "{}", invented.text());
    }

    assert_eq!(bot.stored_text("SELECT group_concat(revision || style) FROM panel").await, before);
}

#[tokio::test]
async fn the_look_of_a_button_is_changed_on_the_pages_of_its_inbox() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = three_kinds(&sim, &bot, &town).await;
    let overview = town.manage_named("settings", "2").await;
    let page = town.admin.select(&overview, "#0", Values::strings(["panel"])).await;

    town.admin.select(&page, "#0", Values::strings(["red"])).await;
    let form = town.admin.click(&page, "Label …").await;
    let current = form.modal().unwrap().field("value").unwrap().value.clone();
    town.admin.submit(&form, &[("value", "Money")]).await;
    let form = town.admin.click(&page, "Emoji …").await;
    town.admin.submit(&form, &[("value", "💶")]).await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;

    assert_eq!(current, "Billing");
    let button = panel.components()[0]["components"][1].clone();
    assert_eq!((&button["label"], &button["style"]), (&json!("Money"), &json!(4)));
    assert_eq!(button["emoji"]["name"], "💶");
    assert!(preview(&page).contains("**Emoji: 💶** (default: none)"), "{}", preview(&page));
    let form = town.admin.click(&page, "Label …").await;
    town.admin.submit(&form, &[("value", "")]).await;
    sim.advance(Duration::from_secs(10));
    bot.panels_are_drawn().await;
    assert_eq!(labels(&panel)[1], CREATE_TICKET);
}
