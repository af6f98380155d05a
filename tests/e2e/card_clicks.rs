//! The buttons of a card. Whoever sees it can click them; what counts is what somebody may do in the ticket's channel.

use std::time::Duration;

use discord_sim::permissions::{CREATE_PUBLIC_THREADS, MANAGE_CHANNELS, MANAGE_MESSAGES, MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Fault, Sim, Target, Thread};
use serde_json::json;

use crate::cards::Desk;
use crate::support::{Town, requests_since};

const BUTTON: u64 = 2;
const STAFF_ONLY: &str = "Only the staff of this inbox may do that.";

impl Desk<'_> {
    /// Somebody who is listed as staff, and moderates nothing.
    pub async fn staff(&self, name: &str) -> Actor {
        let staff = self.town.member(name);
        let mention = format!("<@{}>", staff.id());
        let sql = "INSERT INTO inbox_staff (inbox_id, mention, position)
                   VALUES (1, $1, (SELECT count(*) FROM inbox_staff))";
        self.bot.store(sql, mention.as_str()).await;
        staff
    }

    pub async fn click(&self, who: &Actor, label: &str) -> String {
        let reply = who.click(&self.card(), label).await;
        assert!(reply.is_private(), "{} was answered in public", who.name());
        reply.text()
    }
}

#[tokio::test]
async fn staff_join_a_ticket_through_its_card_with_one_request_besides_the_answer() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let sue = desk.staff("sue").await;
    let mark = sim.mark();

    let reply = sue.click(&desk.card(), "Join").await;

    assert!(reply.text().contains("You are in the ticket now") && reply.links_to(&ticket), "{}", reply.text());
    assert!(reply.is_private() && sue.sees(&ticket) && ticket.has_member(&sue));
    assert_eq!(requests_since(&sim, mark).len(), 2);
}

#[tokio::test]
async fn moderators_of_the_tickets_channel_join_and_claim_too() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    // The role of the moderators is staff of a new inbox.
    desk.bot.store("DELETE FROM inbox_staff WHERE inbox_id = $1", 1).await;

    assert!(desk.click(&desk.mona, "Join").await.contains("You are in the ticket now"));
    assert_eq!(desk.click(&desk.mona, "Claim").await, "You have claimed this ticket.");

    desk.bot.cards_are_drawn().await;
    assert!(ticket.has_member(&desk.mona));
    assert!(desk.card().component_text().contains(&desk.mona.mention()));
    let line = format!("{} has claimed this ticket.", desk.mona.mention());
    assert!(ticket.messages().iter().any(|message| message.text() == line));
}

#[tokio::test]
async fn rights_in_the_channel_of_the_cards_give_nothing() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let (owner, eve) = (desk.anna.clone(), desk.town.member("eve"));
    desk.channel.set_overwrite(Target::member(&eve), MANAGE_THREADS | MANAGE_MESSAGES | MANAGE_CHANNELS, 0);
    desk.channel.set_overwrite(Target::member(&owner), MANAGE_THREADS, 0);

    for who in [&eve, &owner] {
        // Owners may close and export.
        let labels: &[&str] = if who.id() == owner.id() {
            &["Join", "Claim", "Discuss"]
        } else {
            &["Join", "Claim", "Close", "Discuss", "Export"]
        };
        for label in labels {
            assert_eq!(desk.click(who, label).await, STAFF_ONLY, "{label} by {}", who.name());
        }
    }

    assert!(!ticket.has_member(&eve) && desk.card().thread().is_none());
    assert_eq!(desk.bot.stored("SELECT count(*) FROM ticket WHERE claimed_by IS NOT NULL").await, 0);
}

#[tokio::test]
async fn in_another_server_the_ids_of_a_card_lead_nowhere() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let village = Town::build(&sim);
    let panel = village.create_inbox().await;
    let mayor = village.admin.clone();

    for route in ["cjn", "ckl", "cds", "ccs", "cro", "xpo"] {
        for id in [format!("{route}:1"), format!("{route}:2")] {
            let reply = mayor.forge_component(&panel, BUTTON, &id, json!({})).await;
            assert_eq!(reply.text(), "This ticket no longer exists.", "{id}");
        }
        for id in [route.to_owned(), format!("{route}:x"), format!("{route}:1:1"), format!("{route}:01")] {
            let reply = mayor.forge_component(&panel, BUTTON, &id, json!({})).await;
            assert!(reply.text().contains("no longer works"), "{id}: {}", reply.text());
        }
    }

    assert!(!ticket.members().contains(&mayor.id()));
    assert!(panel.thread().is_none() && desk.card().thread().is_none());
    assert_eq!(desk.bot.stored("SELECT count(*) FROM ticket WHERE claimed_by IS NOT NULL").await, 0);
}

#[tokio::test]
async fn the_staff_discusses_a_ticket_in_one_thread_on_its_card_and_nothing_of_it_reaches_the_ticket() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let (sue, before) = (desk.staff("sue").await, ticket.messages().len());

    let first = sue.click(&desk.card(), "Discuss").await;
    let second = desk.mona.click(&desk.card(), "Discuss").await;

    let thread = desk.card().thread().expect("a thread on the card");
    assert_eq!(thread.name(), "About ticket #1");
    for reply in [&first, &second] {
        assert!(reply.is_private() && reply.links_to(&thread), "{}", reply.text());
    }
    sue.write(&thread, "Who knows about this?");
    sim.quiet().await;
    assert_eq!(ticket.messages().len(), before);
    assert_eq!(desk.bot.states().await, ["open"], "the thread on the card is no ticket");
    // The card is drawn as before.
    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;
    assert!(desk.card().component_text().contains(&desk.mona.mention()));
}

#[tokio::test]
async fn where_discord_refuses_the_number_in_a_threads_name_it_is_left_out() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    let route = "/channels/{channel}/messages/{message}/threads";
    sim.fault(Fault::on("POST", route).error(400, 20_031, "Words that are not allowed"));

    let reply = desk.mona.click(&desk.card(), "Discuss").await;

    let thread = desk.card().thread().expect("a thread on the card");
    assert!(reply.links_to(&thread), "{}", reply.text());
    assert_eq!(thread.name(), "About this ticket");
}

#[tokio::test]
async fn a_forged_click_on_another_message_starts_no_thread_there() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    let sue = desk.staff("sue").await;
    let other = sue.post(&desk.town.help, "Hello");

    let reply = sue.forge_component(&other, BUTTON, "cds:1", json!({})).await;

    let thread = desk.card().thread().expect("a thread on the card");
    assert!(other.thread().is_none() && reply.links_to(&thread), "{}", reply.text());
}

#[tokio::test]
async fn what_stands_against_a_thread_on_a_card_is_said() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    desk.channel.set_overwrite(Target::Bot, 0, CREATE_PUBLIC_THREADS);

    let told = desk.click(&desk.mona, "Discuss").await;

    assert!(told.contains("I cannot start a thread") && told.contains("Create Public Threads"), "{told}");
}

#[tokio::test]
async fn after_the_discussion_was_deleted_the_card_is_posted_again_and_can_be_discussed() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    let sue = desk.staff("sue").await;
    let first = desk.card();
    desk.click(&sue, "Discuss").await;
    let thread = first.thread().expect("a thread on the card");
    sue.write(&thread, "Who knows about this?");
    desk.town.admin.delete_thread(&thread);
    // A message has one thread in its life.
    let starts = format!("/channels/{}/messages/{}/threads", desk.channel.id(), first.id());
    sim.fault(Fault::on("POST", &starts).error(400, 160_004, "A thread has already been created").always());

    let clicks = [first.clone(), first.clone()].map(|card| sue.begin_click(&card, "Discuss"));
    for click in &clicks {
        let told = click.finished().await.text();
        // The second one may meet no card, or the new one.
        let expected = ["was deleted", "out of date", "Discuss this ticket here"];
        assert!(expected.iter().any(|expected| told.contains(expected)), "{told}");
    }
    desk.bot.cards_are_drawn().await;
    sim.quiet().await;

    let second = desk.card();
    assert_ne!(second.id(), first.id());
    let told = desk.click(&sue, "Discuss").await;
    assert!(told.contains(&second.thread().expect("a thread on the new card").url()), "{told}");
}

#[tokio::test]
async fn a_discussion_that_cannot_be_looked_at_is_linked_as_before() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    desk.click(&desk.mona, "Discuss").await;
    let thread = desk.card().thread().expect("a thread on the card");
    sim.fault(Fault::on("GET", &format!("/channels/{}", thread.id())).status(503).always());

    let told = desk.click(&desk.mona, "Discuss").await;

    assert!(told.contains(&thread.url()), "{told}");
}

#[tokio::test]
async fn who_cannot_see_the_tickets_channel_is_told_so() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let sue = desk.staff("sue").await;
    desk.town.help.set_overwrite(Target::member(&sue), 0, VIEW_CHANNEL);

    let told = desk.click(&sue, "Join").await;

    assert!(told.contains("you do not see") && told.contains(&desk.town.help.mention()), "{told}");
    assert!(!ticket.has_member(&sue));
}

#[tokio::test]
async fn joining_wakes_a_dormant_ticket_and_is_refused_at_a_closed_one() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket: Thread = desk.open().await;
    let sue = desk.staff("sue").await;
    sim.advance(Duration::from_hours(7 * 24));
    sim.thread_timer_archives(&ticket);
    desk.bot.wait_for_states(&["dormant"]).await;
    desk.bot.cards_are_drawn().await;
    let card = desk.card();
    assert!(card.component_text().contains("**Dormant**"), "{}", card.component_text());

    let joined = desk.click(&sue, "Join").await;

    assert!(joined.contains("You are in the ticket now"), "{joined}");
    desk.bot.wait_for_states(&["open"]).await;
    assert!(ticket.has_member(&sue) && !ticket.is_archived());

    desk.mona.archive(&ticket);
    desk.bot.wait_for_states(&["closed"]).await;
    let late = desk.staff("tom").await;
    let told = late.forge_component(&card, BUTTON, "cjn:1", json!({})).await.text();
    assert_eq!(told, "This ticket is closed. Re-open it first.");
}

#[tokio::test]
async fn a_card_that_is_left_behind_says_that_its_ticket_is_gone() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.open().await;
    let sue = desk.staff("sue").await;
    let card = desk.card();
    desk.bot.store("DELETE FROM ticket WHERE id = $1", 1).await;

    for label in ["Join", "Claim", "Close", "Discuss", "Export"] {
        assert_eq!(sue.click(&card, label).await.text(), "This ticket no longer exists.");
    }
}

#[tokio::test]
async fn a_ticket_is_closed_with_a_reason_and_reopened_through_its_card() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.town.let_bot_moderate();
    let ticket = desk.open().await;
    let sue = desk.staff("sue").await;

    let form = sue.click(&desk.card(), "Close").await;
    let closed = sue.submit(&form, &[("value", "Solved")]).await;
    assert!(closed.is_private(), "{}", closed.text());
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;
    assert!(ticket.is_archived() && ticket.messages().iter().any(|message| message.text().contains("Solved")));
    let text = desk.card().component_text();
    assert!(text.contains(&format!("**Closed** by {}", sue.mention())) && !text.contains("Solved"), "{text}");

    let reopened = sue.click(&desk.card(), "Re-open").await;
    assert!(reopened.is_private() && reopened.links_to(&ticket), "{}", reopened.text());
    desk.bot.wait_for_states(&["open"]).await;
    desk.bot.cards_are_drawn().await;
    assert!(!ticket.is_archived() && desk.card().component_text().contains("**Open**"));
}
