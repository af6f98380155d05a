//! What people do, from the first message to a ticket that is opened again.

use ticketbot_playground::{Options, Scene};

use crate::desk::{Desk, WIDE};
use crate::webdriver::ENTER;

/// The arrow key.
const DOWN: &str = "\u{e015}";

fn with_an_inbox() -> Options {
    Options { scene: Scene::Inbox, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_makes_an_inbox_and_a_ticket_is_opened_closed_and_opened_again() {
    let Some(desk) = Desk::set_up(Options::default(), WIDE).await else { return };
    desk.be("olga").await;
    desk.sees_in("#head", "help").await;
    desk.write("## Need help?").await;
    desk.picture("01-before").await;
    desk.type_into("form.write textarea", "/inbox create").await;
    desk.find("#commands:not([hidden])").await;
    desk.picture("02-commands").await;
    desk.type_into("form.write textarea", ENTER).await;
    desk.choose("form.command select", "#help").await;
    desk.picture("03-command").await;
    desk.click_css("form.command .primary").await;
    desk.sees("Only you can see this").await;
    desk.pick_on_message("Need help?", "Select this message").await;
    desk.offers("Create Ticket").await;
    desk.sees("Your inbox is ready").await;
    desk.picture("04-inbox").await;

    desk.be_here("anna").await;
    desk.click("Create Ticket").await;
    desk.sees("Your ticket is ready").await;
    desk.picture("05-private-answer").await;
    desk.click_css("#messages .private a.mention").await;
    desk.is_live().await;
    desk.sees("thank you for your ticket").await;
    desk.write("I lost my key to the boathouse.").await;
    desk.picture("06-ticket").await;

    desk.be_here("mona").await;
    desk.write("Found it!").await;
    desk.click("Thread").await;
    desk.picture("07-thread-menu").await;
    desk.click("Close (archive)").await;
    desk.sees_in("#head", "locked").await;
    desk.sees("closed").await;
    desk.picture("08-closed").await;
    desk.click("Thread").await;
    desk.click("Re-open (un-archive)").await;
    desk.until("the ticket to be open", async || !desk.text("#head").await.contains("locked")).await;
    desk.picture("09-open-again").await;
    assert!(desk.running.playground.sim.gaps().is_empty());
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_answer_is_seen_by_one_person_only() {
    let Some(desk) = Desk::set_up(with_an_inbox(), WIDE).await else { return };
    desk.be("anna").await;
    desk.click("Create Ticket").await;
    desk.sees("Your ticket is ready").await;
    desk.be_here("bert").await;
    desk.offers("Create Ticket").await;
    assert!(!desk.text("body").await.contains("Your ticket is ready"));
    assert!(!desk.text("#places").await.contains("Anna"), "bert sees the ticket of anna");
    desk.be_here("anna").await;
    desk.sees("Only you can see this").await;
    desk.click("Dismiss").await;
    desk.until("it to be gone", async || !desk.text("#messages").await.contains("Your ticket is ready")).await;
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_was_killed_fails_clicks_and_serves_them_after_its_start() {
    let Some(desk) = Desk::set_up(with_an_inbox(), WIDE).await else { return };
    desk.be("anna").await;
    desk.click("Operator").await;
    desk.sees_in("#bot-state", "running and connected").await;
    desk.click("Kill").await;
    desk.sees_in("#bot-state", "was killed").await;
    desk.click("Create Ticket").await;
    desk.sees("Waiting for the bot").await;
    desk.click("+ 1 minute").await;
    desk.sees("This interaction failed").await;
    desk.picture("10-killed").await;
    desk.click("Start").await;
    desk.sees_in("#bot-state", "running and connected").await;
    desk.click("Create Ticket").await;
    desk.sees("Your ticket is ready").await;
    desk.click("Ask the bot now").await;
    desk.until("the answer of /inbox check", async || {
        let text = desk.text("#checkup").await;
        text.len() > 20 && !text.contains("Waiting")
    })
    .await;
    desk.run("document.getElementById('op-check').scrollIntoView()").await;
    desk.picture("11-operator").await;
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_in_and_everything_works_by_keyboard() {
    let Some(desk) = Desk::set_up(with_an_inbox(), WIDE).await else { return };
    desk.be("olga").await;
    desk.type_into("form.write textarea", "/inbox new-tickets starter").await;
    desk.type_into("form.write textarea", DOWN).await;
    desk.type_into("#commands .option:focus", ENTER).await;
    desk.type_into("form.command input[type=text]", "1").await;
    desk.type_into("form.command input[type=text]", ENTER).await;
    desk.find("dialog[open]").await;
    desk.picture("12-form").await;
    desk.clear("dialog textarea").await;
    desk.type_into("dialog textarea", "$author, hello! $staff").await;
    desk.type_into("dialog button.primary", ENTER).await;
    desk.until("the form to close", async || desk.count("dialog").await == 0).await;
    desk.sees("Only you can see this").await;

    desk.be_here("anna").await;
    desk.type_into("#messages .row button", ENTER).await;
    desk.sees("Your ticket is ready").await;
    desk.type_into("#messages .private a.mention", ENTER).await;
    desk.sees("hello!").await;
    desk.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_afternoon_is_shown_and_everybody_sees_their_own() {
    let Some(desk) = Desk::set_up(Options { scene: Scene::Busy, ..Options::default() }, WIDE).await else { return };
    desk.be("mona").await;
    desk.picture("13-busy").await;
    let seen = desk.count("#places .threads a").await;
    assert!(seen > 20, "mona sees {seen} tickets");
    desk.be("member03").await;
    let seen = desk.count("#places .threads a").await;
    assert!(seen <= 1, "a member sees {seen} tickets");
    desk.leave().await;
}
