//! `/privacy`: what members see and delete of their own data, in servers and in direct messages to the bot.

use std::time::Duration;

use discord_sim::{Actor, Reply, Sim};
use serde_json::Value;

use crate::admin::{assert_told, list, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// Longer than any cooldown: after it a closed ticket affects nothing.
const COOLED_DOWN: Duration = Duration::from_hours(7);

async fn show(person: &Actor) -> Reply {
    person.slash("privacy show").send().await
}

async fn delete(person: &Actor) -> Reply {
    let asked = person.slash("privacy delete").send().await;
    let button = asked.buttons().pop().expect("a button").label;
    person.click(&asked, &button).await
}

/// The file of an answer.
fn file(reply: &Reply) -> Value {
    let files = reply.message().attachments();
    let [file] = &files[..] else { panic!("one file: {files:?}") };
    assert!(file.filename.starts_with("ticketbot-"), "{}", file.filename);
    serde_json::from_slice(&file.bytes).unwrap()
}

#[tokio::test]
async fn a_member_sees_privately_what_is_held_about_them_in_all_servers_and_nobody_elses() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let (inbox, other_inbox) = (town.create_inbox().await, village.create_inbox().await);
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let abroad = village.guild.join(&anna);
    let thread = town.open_ticket(&anna, &inbox).await;
    let elsewhere = village.open_ticket(&abroad, &other_inbox).await;
    let foreign = town.open_ticket(&bert, &inbox).await;

    let reply = show(&anna).await;

    assert_told(&reply, "2 tickets that you opened");
    let summary = preview(&reply);
    for own in [&thread, &elsewhere] {
        assert!(summary.contains(&own.id().to_string()), "{summary}");
    }
    let json = file(&reply);
    assert_eq!((json["user_id"].as_str(), list(&json["tickets"]).len()), (Some(&*anna.id().to_string()), 2));
    let all = format!("{}{summary}{json}", reply.text());
    for hidden in [foreign.id(), bert.id()] {
        assert!(!all.contains(&hidden.to_string()), "{hidden} is somebody else's: {all}");
    }
}

#[tokio::test]
async fn about_somebody_unknown_nothing_is_held() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let anna = town.member("anna");

    for subcommand in ["show", "delete"] {
        let reply = anna.slash(&format!("privacy {subcommand}")).send().await;
        assert_told(&reply, "I keep nothing about you.");
        assert!(reply.buttons().is_empty() && reply.message().attachments().is_empty());
    }
}

#[tokio::test]
async fn in_a_direct_message_and_in_german_it_works_as_in_a_server() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.guild.member("anna").locale("de").create();
    let thread = town.open_ticket(&anna, &inbox).await;
    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    bot.settled().await;
    sim.advance(COOLED_DOWN);
    let anna = anna.in_direct_messages();

    let shown = show(&anna).await;
    let deleted = delete(&anna).await;

    assert_told(&shown, "Ein Ticket, das du geöffnet hast.");
    assert!(preview(&shown).contains("geschlossen"), "{}", preview(&shown));
    assert_eq!(list(&file(&shown)["tickets"]).len(), 1);
    assert_told(&deleted, "Der Eintrag eines Tickets ist gelöscht.");
    assert!(deleted.buttons().is_empty(), "it was meant once");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert_told(&show(&anna).await, "Ich habe nichts über dich gespeichert.");
}

#[tokio::test]
async fn in_a_server_closed_tickets_steps_and_staff_entries_go_at_once() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk =
        town.guild.text_channel("desk").allow_member(&town.admin, discord_sim::permissions::MANAGE_THREADS).create();
    let inbox = town.create_inbox_to(&desk).await;
    let thread = town.open_ticket(&town.admin, &inbox).await;
    town.admin.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    bot.settled().await;
    sim.advance(COOLED_DOWN);
    town.admin.slash("inbox message").send().await;
    let shown = show(&town.admin).await;
    for told in ["One ticket", "One inbox whose new tickets mention you", "One message that you were asked to select"] {
        assert_told(&shown, told);
    }

    let deleted = delete(&town.admin).await;

    assert_told(&deleted, "I keep nothing about you any more.");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 0);
    assert_eq!(bot.stored("SELECT count(*) FROM pending_selection").await, 0);
}

#[tokio::test]
async fn deleting_gives_nobody_a_second_ticket_and_what_stays_goes_by_itself() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;

    let deleted = delete(&anna).await;

    assert_told(&deleted, "One stays for now");
    sim.advance(Duration::from_mins(2));
    let again = anna.click(&inbox, CREATE_TICKET).await;
    assert!(again.links_to(&thread), "the limit holds: {}", again.text());

    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    bot.settled().await;
    assert!(thread.is_archived(), "it was closed as usual");
    sim.advance(COOLED_DOWN);
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
}

#[tokio::test]
async fn what_is_asked_before_a_deletion_promises_nothing_that_does_not_happen() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    town.open_ticket(&anna, &inbox).await;

    for (locale, stays, goes) in [
        ("en-US", "One record stays for now", "The record of one ticket will be deleted"),
        ("en-GB", "One record stays for now", "The record of one ticket will be deleted"),
        ("de", "Ein Eintrag bleibt vorerst", "Der Eintrag eines Tickets wird gelöscht"),
        ("fr", "Un enregistrement reste pour l’instant", "L’enregistrement d’un ticket sera supprimé"),
    ] {
        anna.set_locale(locale);
        let asked = anna.slash("privacy delete").send().await;
        assert!(asked.text().contains(stays) && !asked.text().contains(goes), "{locale}: {}", asked.text());
    }
}

#[tokio::test]
async fn deleting_does_not_shorten_the_wait_between_two_tickets() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    bot.settled().await;

    delete(&anna).await;

    let refused = anna.click(&inbox, CREATE_TICKET).await;
    assert_told(&refused, "You can open the next one");
}

#[tokio::test]
async fn a_forged_button_does_nothing_to_anybody() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, mallory) = (town.member("anna"), town.member("mallory"));
    for person in [&anna, &mallory] {
        let thread = town.open_ticket(person, &inbox).await;
        person.leave(&thread);
    }
    bot.wait_for_states(&["closed", "closed"]).await;
    bot.settled().await;
    sim.advance(COOLED_DOWN);
    let forged = format!("fgt:{}", anna.id());
    let row = serde_json::json!({ "type": 1, "components": [
        { "type": 2, "style": 4, "label": "Free gifts", "custom_id": forged }
    ] });
    let trap = town.help.arrange_message_by_bot(&serde_json::json!({ "content": "!", "components": [row] }));

    let reply = mallory.click(&trap, "Free gifts").await;

    assert_told(&reply, "no longer works");
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 2);
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE unwanted = 1").await, 0);
}
