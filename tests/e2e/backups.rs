//! The daily backup, made beside everything else.

use std::fs;
use std::time::Duration;

use discord_sim::Sim;

use crate::support::{TestBot, Town};

/// The names of the complete backups.
fn backups(bot: &TestBot<'_>) -> Vec<String> {
    let folder = fs::read_dir(bot.home().join("backups"));
    let names = folder.into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.contains("partial")).collect()
}

#[tokio::test]
async fn a_running_bot_makes_one_backup_a_day() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    assert!(backups(&bot).is_empty());

    sim.advance(Duration::from_mins(2));
    bot.wait_for_log("daily backup made").await;
    let first = backups(&bot);
    assert!(first.len() == 1 && first[0].ends_with("Z-daily.db.gz"), "{first:?}");

    sim.advance(Duration::from_hours(24));
    sim.wait_until("the next day's backup", || backups(&bot).len() == 2).await;
}

#[tokio::test]
async fn a_backup_that_cannot_be_made_is_logged_and_the_bot_goes_on() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    fs::write(bot.home().join("backups"), "in the way").unwrap();

    sim.advance(Duration::from_mins(2));
    bot.wait_for_log("The next attempt is in an hour; the bot continues.").await;

    let reply = town.member("anna").click(&inbox, "Create Ticket").await;
    assert!(!reply.links().is_empty(), "{}", reply.text());
}

#[tokio::test]
async fn background_work_that_panics_is_logged_and_started_again() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;

    // Maintenance reads the clock every second, and nothing else does while the bot is idle.
    sim.quiet().await;
    bot.panic_at_the_clock(1);
    bot.wait_for_log("background work panicked; it is started again").await;

    // The time counts from the restart, which cannot be observed.
    let is_backed_up = || {
        sim.advance(Duration::from_mins(2));
        !backups(&bot).is_empty()
    };
    sim.wait_until("the daily backup", is_backed_up).await;
    sim.wait_until("the session", || sim.gateway().connected() == 1).await;
    let reply = town.member("anna").click(&inbox, "Create Ticket").await;
    assert!(!reply.links().is_empty(), "{}", reply.text());
}
