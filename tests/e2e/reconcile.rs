//! The next start finishes or reverts what a crash interrupted: never two threads, never a lost place.

use discord_sim::{Fault, Sim};

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const THREADS: &str = "/channels/{id}/threads";
const MESSAGES: &str = "/channels/{id}/messages";

#[tokio::test]
async fn killed_before_the_thread_was_made_the_place_is_free_again() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let held = sim.fault(Fault::on("POST", THREADS).hold());

    anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the thread to be asked for", || held.waiting() == 1).await;
    bot.kill().await;
    assert_eq!(bot.states().await, ["opening"]);
    held.clear();
    bot.boot().await;

    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    assert!(town.guild.threads().is_empty());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn killed_before_it_heard_of_the_thread_nothing_of_it_stays() {
    for moderates in [true, false] {
        let sim = Sim::start().await;
        let mut bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        if moderates {
            town.let_bot_moderate();
        }
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        let held = sim.fault(Fault::on("POST", THREADS).hold_answer());

        anna.begin_click(&inbox, CREATE_TICKET);
        sim.wait_until("the thread to be made", || held.waiting() == 1).await;
        bot.kill().await;
        held.release();
        bot.boot().await;
        bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
        bot.settled().await;

        let left = town.guild.threads();
        assert!(if moderates { left.is_empty() } else { left.iter().all(discord_sim::Thread::is_archived) });
        town.open_ticket(&anna, &inbox).await;
        bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'open'", 1).await;
    }
}

#[tokio::test]
async fn killed_before_the_starter_was_posted_the_empty_thread_is_taken_away() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let held = sim.fault(Fault::on("POST", MESSAGES).hold());

    anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the starter to be on its way", || held.waiting() == 1).await;
    bot.kill().await;
    held.clear();
    bot.boot().await;

    bot.wait_for("SELECT count(*) FROM ticket", 0).await;
    assert!(town.guild.threads().is_empty());
    town.open_ticket(&anna, &inbox).await;
}

#[tokio::test]
async fn killed_after_the_starter_was_posted_the_ticket_is_finished() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let held = sim.fault(Fault::on("POST", MESSAGES).hold_answer());

    anna.begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the starter to be posted", || held.waiting() == 1).await;
    bot.kill().await;
    held.release();
    bot.boot().await;
    bot.wait_for_states(&["open"]).await;

    let thread = town.newest_thread();
    assert_eq!((town.guild.threads().len(), thread.messages().len()), (1, 1));
    assert!(anna.sees(&thread));
    let again = anna.click(&inbox, CREATE_TICKET).await;
    assert!(again.links_to(&thread), "{}", again.text());
}

#[tokio::test]
async fn a_running_bot_puts_right_what_discord_left_open() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let lost = sim.fault(Fault::on("POST", THREADS).act_then_status(500));
    let blind = sim.fault(Fault::on("GET", "/guilds/{id}/threads/active").status(500).always());

    let told = anna.click(&inbox, CREATE_TICKET).await;
    let states = bot.states().await;
    lost.clear();
    blind.clear();
    sim.advance(std::time::Duration::from_mins(2));
    sim.gateway().close(Some(4009));
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;

    assert!(told.text().contains("Discord did not confirm"), "{}", told.text());
    assert_eq!(states, ["opening"]);
    assert!(town.guild.threads().is_empty());
}

#[tokio::test]
async fn two_half_open_tickets_of_one_name_are_not_taken_for_each_other() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let twins = [town.guild.member("a").nick("Twin").create(), town.guild.member("b").nick("Twin").create()];
    let held = sim.fault(Fault::on("POST", THREADS).hold_answer().times(2));

    for twin in &twins {
        twin.begin_click(&inbox, CREATE_TICKET);
    }
    sim.wait_until("both threads to be made", || held.waiting() == 2).await;
    bot.kill().await;
    held.release();
    bot.boot().await;
    bot.wait_for("SELECT count(*) FROM ticket", 0).await;

    sim.wait_until("both threads to be gone", || town.guild.threads().is_empty()).await;
    for twin in &twins {
        town.open_ticket(twin, &inbox).await;
    }
}

#[tokio::test]
async fn a_left_over_is_not_confused_with_another_members_open_ticket_of_the_same_name() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let twins = [town.guild.member("a").nick("Twin").create(), town.guild.member("b").nick("Twin").create()];
    let first = town.open_ticket(&twins[0], &inbox).await;
    let held = sim.fault(Fault::on("POST", THREADS).hold());

    twins[1].begin_click(&inbox, CREATE_TICKET);
    sim.wait_until("the thread to be asked for", || held.waiting() == 1).await;
    bot.kill().await;
    held.clear();
    bot.boot().await;
    bot.wait_for_states(&["open"]).await;

    assert!(first.exists() && !first.has_member(&twins[1]));
    town.open_ticket(&twins[1], &inbox).await;
}

#[tokio::test]
async fn a_lost_answer_is_not_looked_for_in_another_members_ticket_of_the_same_name() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let twins = [town.guild.member("a").nick("Twin").create(), town.guild.member("b").nick("Twin").create()];
    let first = town.open_ticket(&twins[0], &inbox).await;
    sim.fault(Fault::on("POST", THREADS).drop_before());

    let second = town.open_ticket(&twins[1], &inbox).await;

    assert_ne!(first.id(), second.id());
    assert!(twins[1].sees(&second) && !first.has_member(&twins[1]));
    bot.wait_for_states(&["open", "open"]).await;
}

#[tokio::test]
async fn a_close_that_was_interrupted_is_finished_once() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    let held = sim.fault(Fault::on("PATCH", "/channels/{id}").hold());

    anna.leave(&thread);
    sim.wait_until("the notice to be posted", || held.waiting() == 1).await;
    bot.kill().await;
    held.clear();
    bot.boot().await;
    sim.advance(std::time::Duration::from_mins(1));
    bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM step)", 1).await;

    assert!(thread.is_archived() && thread.is_locked());
    assert_eq!(thread.messages().len(), 2, "the notice was posted twice");
}
