//! `/inbox delete`: asks for confirmation and explains the consequences.

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Fault, Sim, State, Target};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};

const COUNT: &str = "SELECT count(*) FROM inbox";

#[tokio::test]
async fn deleting_asks_first_and_says_what_happens_to_open_tickets() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    let none = town.manage("delete", &inbox).await;
    town.open_ticket(&town.member("anna"), &inbox).await;
    let one = town.manage("delete", &inbox).await;
    town.open_ticket(&town.member("bert"), &inbox).await;
    let two = town.manage_named("delete", "#1").await;

    assert_told(&none, "no open tickets");
    assert_told(&one, "Its open ticket stays");
    assert_told(&two, "Its 2 open tickets stay");
    assert!(inbox.exists());
    assert_eq!(bot.stored(COUNT).await, 1);
}

#[tokio::test]
async fn confirming_deletes_the_inbox_and_its_message_in_place() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let asked = town.manage("delete", &inbox).await;

    let done = town.admin.click(&asked, "Delete it").await;

    assert_eq!(done.message().id(), asked.message().id());
    assert_told(&done, "is deleted");
    assert!(done.components().is_empty());
    assert!(!inbox.exists());
    assert_eq!(bot.stored(COUNT).await, 0);
    assert_eq!(bot.stored("SELECT count(*) FROM inbox_staff").await, 0);
}

#[tokio::test]
async fn open_tickets_stay_and_still_close_when_their_owners_leave() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let first = town.open_ticket(&anna, &inbox).await;
    let second = town.open_ticket(&bert, &inbox).await;

    town.delete_inbox(&inbox).await;
    sim.quiet().await;
    let stay = !first.is_archived() && !second.is_archived();
    anna.leave(&first);
    bert.leave_guild();
    bot.wait_for_states(&["closed", "closed"]).await;
    bot.settled().await;

    assert!(stay);
    for thread in [first, second] {
        assert!(thread.is_archived() && thread.is_locked(), "{}", thread.name());
    }
}

#[tokio::test]
async fn a_confirmation_works_after_a_restart_and_a_second_one_says_that_the_inbox_is_gone() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (first, second) = (town.manage("delete", &inbox).await, town.manage("delete", &inbox).await);
    bot.restart().await;

    let done = town.admin.click(&first, "Delete it").await;
    let gone = town.admin.click(&second, "Delete it").await;

    assert_told(&done, "is deleted");
    assert_told(&gone, "no longer exists");
}

#[tokio::test]
async fn an_inbox_whose_message_is_gone_already_can_be_deleted() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.guild.owner().delete_message(&inbox);
    bot.wait_for("SELECT count(message_id) FROM panel", 0).await;
    let asked = town.manage_named("delete", "1").await;

    let done = town.admin.click(&asked, "Delete it").await;

    assert_told(&done, "is deleted");
    assert_eq!(bot.stored(COUNT).await, 0);
}

#[tokio::test]
async fn an_inbox_of_another_server_cannot_be_deleted() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, village) = (Town::build(&sim), Town::build(&sim));
    let foreign = village.create_inbox().await;

    let by_number = town.manage_named("delete", "1").await;
    let by_link = town.manage_named("delete", &foreign.url()).await;

    assert_told(&by_number, "no longer exists");
    assert_told(&by_link, "no longer exists");
    assert_eq!(bot.stored(COUNT).await, 1);
}

#[tokio::test]
async fn numbers_are_not_used_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    town.delete_inbox(&inbox).await;

    town.create_inbox().await;

    assert_eq!(bot.stored("SELECT id FROM inbox").await, 2);
}

#[tokio::test]
async fn a_message_that_discord_is_slow_to_delete_does_not_keep_the_admin_waiting() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let asked = town.manage("delete", &inbox).await;
    let slow = sim.fault(Fault::on("DELETE", "/channels/{id}/messages/{id}").hold());
    let done = town.admin.begin_click(&asked, "Delete it");
    sim.wait_until("the interaction to be deferred", || done.state() == State::Thinking).await;
    slow.release();
    done.finished().await;

    assert_told(&done, "is deleted");
    assert_eq!(bot.stored(COUNT).await, 0);
}

#[tokio::test]
async fn a_message_that_the_bot_cannot_delete_any_more_does_not_keep_the_inbox() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let desk = town.guild.text_channel("desk").create();
    let inbox = town.create_inbox().await;
    town.help.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    let command = town.admin.slash("inbox delete").string("inbox", &inbox.url()).at(&desk);
    let asked = command.send().await;

    let done = town.admin.click(&asked, "Delete it").await;
    let clicked = town.member("anna").click(&inbox, "Create Ticket").await;

    assert_told(&done, "is deleted");
    assert_told(&clicked, "I no longer know this inbox");
    assert_eq!(bot.stored(COUNT).await, 0);
}
