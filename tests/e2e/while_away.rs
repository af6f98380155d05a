//! The next start catches up on what happened to tickets while the bot was offline.

use std::time::Duration;

use discord_sim::{Actor, Sim, Thread};

use crate::support::TestBot;
use crate::town::{CREATE_TICKET, Town};

/// A running bot that may lock threads, and an open ticket of anna's.
struct Story<'s> {
    bot: TestBot<'s>,
    town: Town,
    anna: Actor,
    mona: Actor,
    ticket: Thread,
}

async fn open_ticket(sim: &Sim) -> Story<'_> {
    let bot = TestBot::start(sim).await;
    let town = Town::build(sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    anna.click(&inbox, CREATE_TICKET).await;
    let ticket = town.help.threads().pop().unwrap();
    Story { bot, town, anna, mona, ticket }
}

fn notices(ticket: &Thread) -> usize {
    ticket.messages().iter().filter(|message| message.text().contains("has been closed")).count()
}

#[tokio::test]
async fn a_ticket_whose_owner_left_is_closed() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.bot.stop().await;
    story.anna.leave(&story.ticket);

    story.bot.boot().await;

    sim.wait_until("the ticket is locked", || story.ticket.is_locked()).await;
    assert!(story.ticket.is_archived());
    assert_eq!(notices(&story.ticket), 1);
}

#[tokio::test]
async fn a_ticket_whose_owner_left_the_server_is_closed() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.bot.stop().await;
    story.anna.leave_guild();

    story.bot.boot().await;

    sim.wait_until("the ticket is locked", || story.ticket.is_locked()).await;
}

#[tokio::test]
async fn a_ticket_that_staff_archived_is_closed_and_locked() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.bot.stop().await;
    story.mona.archive(&story.ticket);

    story.bot.boot().await;

    sim.wait_until("the ticket is locked", || story.ticket.is_locked() && story.ticket.is_archived()).await;
    story.bot.wait_for_states(&["closed"]).await;
    assert_eq!(notices(&story.ticket), 1);
}

#[tokio::test]
async fn a_ticket_that_the_timer_archived_is_dormant_and_can_be_revived_by_its_owner() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.bot.stop().await;
    sim.advance(Duration::from_hours(8 * 24));
    sim.thread_timer_archives(&story.ticket);

    story.bot.boot().await;
    story.bot.wait_for_states(&["dormant"]).await;
    assert!(!story.ticket.is_locked());
    assert_eq!(notices(&story.ticket), 0);

    story.anna.write(&story.ticket, "Is anybody there?");
    story.bot.wait_for_states(&["open"]).await;
}

#[tokio::test]
async fn a_dormant_ticket_whose_owner_left_the_server_does_not_count_when_staff_write_in_it() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    sim.advance(Duration::from_hours(8 * 24));
    sim.thread_timer_archives(&story.ticket);
    story.bot.wait_for_states(&["dormant"]).await;
    story.bot.stop().await;
    story.anna.leave_guild();
    story.bot.boot().await;

    story.mona.unarchive(&story.ticket);

    story.bot.wait_for("SELECT archived FROM ticket", 0).await;
    sim.quiet().await;
    assert_eq!(story.bot.states().await, ["dormant"]);
    assert!(!story.ticket.is_archived());
}

#[tokio::test]
async fn a_ticket_that_staff_reopened_is_open_again_and_counts() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.mona.archive(&story.ticket);
    sim.wait_until("the ticket is locked", || story.ticket.is_locked()).await;
    story.bot.wait_for_states(&["closed"]).await;
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE NOT EXISTS (SELECT 1 FROM step)", 1).await;
    story.bot.stop().await;
    story.mona.unarchive(&story.ticket);

    story.bot.boot().await;
    story.bot.wait_for_states(&["open"]).await;

    let refused = story.anna.click(&story.town.inbox_message(), CREATE_TICKET).await;
    assert!(refused.links_to(&story.ticket), "{}", refused.text());
}

#[tokio::test]
async fn a_deleted_ticket_no_longer_counts() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    story.bot.stop().await;
    story.mona.delete_thread(&story.ticket);

    story.bot.boot().await;
    story.bot.wait_for_states(&["closed"]).await;

    sim.advance(Duration::from_secs(61));
    let reply = story.anna.click(&story.town.inbox_message(), CREATE_TICKET).await;
    assert!(reply.text().contains("ready"), "{}", reply.text());
}

#[tokio::test]
async fn an_open_ticket_with_its_owner_in_it_is_left_alone() {
    let sim = Sim::start().await;
    let mut story = open_ticket(&sim).await;
    let messages = story.ticket.messages().len();
    story.bot.restart().await;

    sim.wait_until("the owner was asked about", || {
        sim.requests().iter().any(|request| request.is("GET", "/channels/{id}/thread-members/{user}"))
    })
    .await;
    sim.quiet().await;

    assert_eq!(story.bot.states().await, ["open"]);
    assert_eq!(story.ticket.messages().len(), messages);
}
