//! Panels with a menu: a choice opens a ticket, and the menu can be used for the same kind again at once.

use std::time::Duration;

use discord_sim::{Actor, Fault, Message, Reply, Sim, State, Values};
use serde_json::json;

use crate::admin::{assert_told, list};
use crate::panel_kinds::edits;
use crate::support::{TestBot, Town};

const MENU: &str = "opm";
const STRING_MENU: u64 = 3;

/// A panel with a menu of *Create Ticket* and *Billing*, without limits.
async fn panel_with_menu(sim: &Sim, bot: &TestBot<'_>, town: &Town) -> Message {
    let panel = town.create_inbox().await;
    bot.store("UPDATE panel SET style = $1", "menu").await;
    let form = town.begin_add("1").await;
    town.admin.submit(&form, &[("label", "Billing"), ("emoji", "💶"), ("description", "About money")]).await;
    bot.panels_are_drawn().await;
    bot.store("UPDATE inbox SET settings = json_set(settings, '$.opening.cooldown', $1), member_limit = 0", 0).await;
    sim.advance(Duration::from_secs(10));
    panel
}

/// Chooses a kind, and waits for what is said below the panel.
async fn choose(sim: &Sim, actor: &Actor, panel: &Message, kind: &str) -> Reply {
    told(sim, actor.begin_select(panel, MENU, Values::strings([kind]))).await
}

async fn told(sim: &Sim, reply: Reply) -> Reply {
    let private = || reply.messages().into_iter().filter(Message::is_private).count();
    sim.wait_until("a private answer", || private() == 1).await;
    reply
}

#[tokio::test]
async fn a_panel_can_offer_its_kinds_in_a_menu_with_descriptions() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);

    let panel = panel_with_menu(&sim, &bot, &town).await;
    let reply = choose(&sim, &town.member("anna"), &panel, "Billing").await;

    let menu = panel.components()[0]["components"][0].clone();
    assert_eq!((&menu["type"], &menu["placeholder"]), (&json!(3), &json!("What is it about?")));
    let options = list(&menu["options"]);
    assert_eq!((&options[0]["label"], &options[0]["value"]), (&json!("Create Ticket"), &json!("1")));
    assert_eq!((&options[1]["description"], &options[1]["emoji"]["name"]), (&json!("About money"), &json!("💶")));
    let thread = town.newest_thread();
    assert!(reply.text().contains("Your ticket is ready") && reply.links_to(&thread), "{}", reply.text());
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 2);
}

#[tokio::test]
async fn the_same_kind_can_be_chosen_again_at_once_with_four_requests_each_time() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;
    let anna = town.member("anna");
    let mark = sim.mark();

    let mut links = Vec::new();
    for _ in 0..2 {
        let reply = choose(&sim, &anna, &panel, "Billing").await;
        links.extend(reply.links().into_iter().map(|link| link.channel));
    }

    assert_eq!(links.len(), 2);
    assert_ne!(links[0], links[1]);
    assert_eq!(sim.requests_since(mark).len(), 8);
    assert_eq!(edits(&sim, mark, &panel).len(), 0);
    assert_eq!(panel.embeds()[0]["description"], "Do you need help?");
}

#[tokio::test]
async fn a_refusal_resets_the_menu_too() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;
    bot.store("UPDATE inbox SET member_limit = $1", 1).await;
    let anna = town.member("anna");
    choose(&sim, &anna, &panel, "Billing").await;

    let refused = choose(&sim, &anna, &panel, "Billing").await;
    let again = choose(&sim, &anna, &panel, "Billing").await;

    for reply in [refused, again] {
        assert!(reply.text().contains("You already have an open ticket here"), "{}", reply.text());
    }
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 1);
}

#[tokio::test]
async fn a_choice_that_takes_long_is_kept_like_a_click_and_an_edit_resets_the_menu() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;
    let anna = town.member("anna");
    let slow = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());
    let mark = sim.mark();

    let reply = anna.begin_select(&panel, MENU, Values::strings(["Billing"]));
    sim.wait_until("the answer to be deferred", || reply.state() == State::Answered).await;
    let promised = bot.stored("SELECT promised FROM ticket").await;
    slow.release();
    sim.wait_until("the ticket to be linked", || !reply.links().is_empty()).await;
    bot.panels_are_drawn().await;
    let again = choose(&sim, &anna, &panel, "Billing").await;

    assert_eq!(promised, 1);
    assert_eq!(edits(&sim, mark, &panel).len(), 1);
    assert_eq!(again.links().len(), 1, "{}", again.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE state = 'open'").await, 2);
}

#[tokio::test]
async fn a_choice_whose_bot_is_killed_ends_as_a_ticket_or_can_be_made_again() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;
    bot.store("UPDATE inbox SET member_limit = $1", 1).await;
    let [anna, bert] = ["anna", "bert"].map(|name| town.member(name));
    let held = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());
    let _unanswered = anna.begin_select(&panel, MENU, Values::strings(["Billing"]));
    sim.wait_until("the thread to be on its way", || held.waiting() == 1).await;

    bot.kill().await;
    held.clear();
    sim.advance(Duration::from_secs(4));
    bot.boot().await;
    bot.settled().await;
    // Discord tells her that it failed, and the client keeps the choice: another one resets it.
    choose(&sim, &anna, &panel, "Create Ticket").await;
    choose(&sim, &bert, &panel, "Billing").await;
    let again = choose(&sim, &anna, &panel, "Billing").await;

    assert_eq!(again.links().len(), 1, "{}", again.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE state = 'open' AND inbox_id = 2").await, 2);
}

#[tokio::test]
async fn forged_choices_open_nothing() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let panel = panel_with_menu(&sim, &bot, &town).await;
    village.create_inbox().await;
    let anna = town.member("anna");
    let theirs = anna.post(&town.help, "Not a panel");

    for (message, value, part) in [
        (&panel, "3", "no longer offered here"),
        (&panel, "99", "no longer offered here"),
        (&panel, "0", "no longer works"),
        (&panel, "create-ticket", "no longer works"),
        (&theirs, "1", "I no longer know this inbox"),
    ] {
        let reply = anna.forge_component(message, STRING_MENU, MENU, json!({ "values": [value] })).await;
        let reply = told(&sim, reply).await;
        assert!(reply.text().contains(part), "{value}: {}", reply.text());
    }
    let nothing = anna.forge_component(&panel, STRING_MENU, MENU, json!({ "values": [] })).await;
    let nothing = told(&sim, nothing).await;

    assert!(nothing.text().contains("no longer works"), "{}", nothing.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
}

#[tokio::test]
async fn two_choices_of_one_member_at_once_open_one_ticket_of_a_kind() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;
    bot.store("UPDATE inbox SET member_limit = $1", 1).await;
    let anna = town.member("anna");

    let replies = [
        anna.forge_component(&panel, STRING_MENU, MENU, json!({ "values": ["2"] })),
        anna.forge_component(&panel, STRING_MENU, MENU, json!({ "values": ["2"] })),
    ];
    let [first, second] = replies;
    let (first, second) = tokio::join!(first, second);
    let (first, second) = (told(&sim, first).await, told(&sim, second).await);

    assert_eq!(first.links().len() + second.links().len(), 1, "{} {}", first.text(), second.text());
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 1);
}

#[tokio::test]
async fn a_panel_with_one_inbox_has_a_button_whatever_its_style() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let panel = panel_with_menu(&sim, &bot, &town).await;

    let deleted = town.admin.click(&town.manage_named("delete", "1").await, "Delete it").await;
    bot.panels_are_drawn().await;

    assert_told(&deleted, "is deleted");
    assert_eq!(panel.buttons()[0].custom_id.as_deref(), Some("create-ticket"));
    town.member("anna").click(&panel, "Billing").await;
    assert_eq!(bot.stored("SELECT inbox_id FROM ticket").await, 2);
}
