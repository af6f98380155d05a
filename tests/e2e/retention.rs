//! What the running bot deletes by itself.

use std::time::Duration;

use discord_sim::Sim;
use discord_sim::permissions::MANAGE_THREADS;

use crate::support::{TestBot, Town};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn the_record_of_a_closed_ticket_goes_after_its_time_and_that_of_an_open_one_stays() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));
    let (closed, open) = (town.open_ticket(&anna, &inbox).await, town.open_ticket(&bert, &inbox).await);
    anna.leave(&closed);
    bot.wait_for_states(&["closed", "open"]).await;
    bot.settled().await;

    sim.advance(89 * DAY);
    // A pass is over once it has deleted this row.
    bot.store("INSERT INTO pending_selection (guild_id, user_id, kind, expires_at) VALUES (1, 1, 'repost', $1)", 0_i64)
        .await;
    bot.wait_for("SELECT count(*) FROM pending_selection", 0).await;
    assert_eq!(bot.states().await, ["closed", "open"]);
    sim.advance(2 * DAY);

    bot.wait_for_states(&["open"]).await;
    bot.wait_for_log("deleted records that have served their time").await;
    assert!(!bot.log().contains(&anna.id().to_string()), "the log counts, and names nobody");
    assert!(open.exists() && closed.exists(), "threads are not the bot's to delete");
    // Numbering continues, and the former owner may open another ticket.
    town.open_ticket(&anna, &inbox).await;
    assert_eq!(bot.stored("SELECT max(number) FROM ticket").await, 3);
}

#[tokio::test]
async fn a_server_without_inboxes_and_tickets_is_forgotten() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    assert_eq!(bot.stored("SELECT count(*) FROM guild").await, 1);

    town.delete_inbox(&inbox).await;
    sim.advance(Duration::from_mins(2));

    bot.wait_for("SELECT count(*) FROM guild", 0).await;
}

#[tokio::test]
async fn a_member_who_leaves_the_server_is_staff_no_more_even_if_they_come_back() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let mona = town.member("mona");
    let desk = town.guild.text_channel("desk").allow_member(&mona, MANAGE_THREADS).create();
    let inbox = town.create_inbox_to(&desk).await;
    bot.wait_for("SELECT count(*) FROM inbox_staff", 1).await;

    mona.leave_guild();

    bot.wait_for("SELECT count(*) FROM inbox_staff", 0).await;
    town.guild.join(&mona);
    let thread = town.open_ticket(&town.member("anna"), &inbox).await;
    assert!(!thread.has_member(&mona), "{:?}", thread.members());
}

#[tokio::test]
async fn staff_who_left_while_nobody_listened_are_found_by_the_daily_round() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let (mona, kim) = (town.member("mona"), town.member("kim"));
    let channel = town.guild.text_channel("desk");
    let desk = channel.allow_member(&mona, MANAGE_THREADS).allow_member(&kim, MANAGE_THREADS).create();
    town.create_inbox_to(&desk).await;
    bot.stop().await;
    mona.leave_guild();
    bot.boot().await;
    bot.wait_for("SELECT count(*) FROM inbox_staff", 2).await;

    sim.advance(DAY);

    bot.wait_for("SELECT count(*) FROM inbox_staff", 1).await;
    let left: String = format!("<@{}>", kim.id());
    assert_eq!(bot.stored_text("SELECT mention FROM inbox_staff").await, left);
}
