//! The next start finishes or reverts what a crash interrupted: never two threads, never a lost place.

use std::time::Duration;

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Actor, Fault, Sim, Target, Thread};

use crate::story::{Desk, Story};
use crate::town::CREATE_TICKET;

const THREADS: &str = "/channels/{id}/threads";
const MESSAGES: &str = "/channels/{id}/messages";

/// Two members whose tickets have the same name.
fn twins(desk: &Desk<'_>) -> [Actor; 2] {
    ["a", "b"].map(|name| desk.town.guild.member(name).nick("Twin").create())
}

#[tokio::test]
async fn killed_before_the_thread_was_made_the_place_is_free_again() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin_with(&sim, false).await;
    let anna = desk.anna.clone();

    desk.killed_while_opening(&[&anna], Fault::on("POST", THREADS).hold()).await;

    desk.bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    assert!(desk.town.guild.threads().is_empty());
    desk.open_ticket(&anna).await;
}

#[tokio::test]
async fn killed_before_it_heard_of_the_thread_nothing_of_it_stays() {
    for moderates in [true, false] {
        let sim = Sim::start().await;
        let mut desk = Desk::begin_with(&sim, moderates).await;
        let anna = desk.anna.clone();

        desk.killed_while_opening(&[&anna], Fault::on("POST", THREADS).hold_answer()).await;
        desk.bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
        desk.bot.settled().await;

        let left = desk.town.guild.threads();
        assert!(if moderates { left.is_empty() } else { left.iter().all(Thread::is_archived) });
        desk.open_ticket(&anna).await;
        desk.bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'open'", 1).await;
    }
}

#[tokio::test]
async fn a_thread_that_nobody_heard_of_is_taken_away_once_its_hidden_channel_is_seen_again() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let anna = desk.anna.clone();
    let held = sim.fault(Fault::on("POST", THREADS).hold_answer());
    anna.begin_click(&desk.inbox, CREATE_TICKET);
    sim.wait_until("the thread to be made", || held.waiting() == 1).await;
    desk.bot.kill().await;
    held.release();
    desk.town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);

    desk.bot.boot().await;
    desk.bot.wait_for("SELECT count(*) FROM step WHERE cause = 'status 403, code 50001'", 1).await;
    assert_eq!((desk.bot.states().await, desk.town.guild.threads().len()), (vec!["opening".to_owned()], 1));
    desk.town.help.clear_overwrite(Target::bot());
    sim.advance(Duration::from_mins(1));

    desk.bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    assert!(desk.town.guild.threads().is_empty());
    desk.open_ticket(&anna).await;
}

#[tokio::test]
async fn killed_before_the_starter_was_posted_the_empty_thread_is_taken_away() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let anna = desk.anna.clone();

    desk.killed_while_opening(&[&anna], Fault::on("POST", MESSAGES).hold()).await;

    desk.bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    assert!(desk.town.guild.threads().is_empty());
    desk.open_ticket(&anna).await;
}

#[tokio::test]
async fn killed_after_the_starter_was_posted_the_ticket_is_finished() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin_with(&sim, false).await;
    let anna = desk.anna.clone();

    desk.killed_while_opening(&[&anna], Fault::on("POST", MESSAGES).hold_answer()).await;
    desk.bot.wait_for_states(&["open"]).await;

    let thread = desk.town.newest_thread();
    assert_eq!((desk.town.guild.threads().len(), thread.messages().len()), (1, 1));
    assert!(anna.sees(&thread));
    let again = anna.click(&desk.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&thread), "{}", again.text());
}

#[tokio::test]
async fn a_running_bot_puts_right_what_discord_left_open() {
    let sim = Sim::start().await;
    let desk = Desk::begin(&sim).await;
    let lost = sim.fault(Fault::on("POST", THREADS).act_then_status(500));
    let blind = sim.fault(Fault::on("GET", "/guilds/{id}/threads/active").status(500).always());

    let told = desk.anna.click(&desk.inbox, CREATE_TICKET).await;
    let states = desk.bot.states().await;
    lost.clear();
    blind.clear();
    sim.advance(Duration::from_mins(2));
    sim.gateway().close(Some(4009));
    desk.bot.wait_for("SELECT count(*) FROM ticket", 0).await;

    assert!(told.text().contains("Discord did not confirm"), "{}", told.text());
    assert_eq!(states, ["opening"]);
    assert!(desk.town.guild.threads().is_empty());
}

#[tokio::test]
async fn two_half_open_tickets_of_one_name_are_not_taken_for_each_other() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let twins = twins(&desk);

    desk.killed_while_opening(&[&twins[0], &twins[1]], Fault::on("POST", THREADS).hold_answer()).await;
    desk.bot.wait_for("SELECT count(*) FROM ticket", 0).await;

    sim.wait_until("both threads to be gone", || desk.town.guild.threads().is_empty()).await;
    for twin in &twins {
        desk.open_ticket(twin).await;
    }
}

#[tokio::test]
async fn a_left_over_is_not_confused_with_another_members_open_ticket_of_the_same_name() {
    let sim = Sim::start().await;
    let mut desk = Desk::begin(&sim).await;
    let [open, interrupted] = twins(&desk);
    let first = desk.open_ticket(&open).await;

    desk.killed_while_opening(&[&interrupted], Fault::on("POST", THREADS).hold()).await;
    desk.bot.wait_for_states(&["open"]).await;

    assert!(first.exists() && !first.has_member(&interrupted));
    desk.open_ticket(&interrupted).await;
}

#[tokio::test]
async fn a_lost_answer_is_not_looked_for_in_another_members_ticket_of_the_same_name() {
    let sim = Sim::start().await;
    let desk = Desk::begin_with(&sim, false).await;
    let [open, other] = twins(&desk);
    let first = desk.open_ticket(&open).await;
    sim.fault(Fault::on("POST", THREADS).drop_before());

    let second = desk.open_ticket(&other).await;

    assert_ne!(first.id(), second.id());
    assert!(other.sees(&second) && !first.has_member(&other));
    desk.bot.wait_for_states(&["open", "open"]).await;
}

#[tokio::test]
async fn a_close_that_was_interrupted_is_finished_once() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let held = sim.fault(Fault::on("PATCH", "/channels/{id}").hold());

    story.anna.leave(&story.thread);
    sim.wait_until("the notice to be posted", || held.waiting() == 1).await;
    story.bot.kill().await;
    held.clear();
    story.bot.boot().await;
    sim.advance(Duration::from_mins(1));

    story.closed().await;
}
