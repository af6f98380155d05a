//! Servers that remove the bot and add it again.

use std::time::Duration;

use discord_sim::Sim;

use crate::support::TestBot;
use crate::town::Town;

#[tokio::test]
async fn an_inbox_works_again_when_the_bot_is_invited_back() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.guild.member("anna").create();

    town.guild.remove_bot();
    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 1).await;
    town.guild.return_bot();
    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NULL", 1).await;

    let reply = anna.click(&inbox, "Create Ticket").await;
    assert!(reply.text().contains("ready"), "{}", reply.text());
}

#[tokio::test]
async fn an_outage_is_not_a_removal() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    town.guild.outage();
    town.guild.end_outage();
    sim.quiet().await;

    assert_eq!(bot.stored("SELECT count(*) FROM guild WHERE left_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_removal_while_the_bot_was_away_is_found_out_at_the_next_start() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    bot.stop().await;
    town.guild.remove_bot();
    bot.boot().await;

    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 1).await;
}

#[tokio::test]
async fn the_language_of_a_server_is_followed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    town.guild.set_locale("de");

    bot.wait_for("SELECT count(*) FROM guild WHERE locale = 'de'", 1).await;
}

#[tokio::test]
async fn a_longer_slow_mode_holds_back_the_next_ticket() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.guild.member("anna").create();
    anna.click(&inbox, "Create Ticket").await;
    let thread = town.help.threads().pop().unwrap();
    anna.leave(&thread);
    sim.wait_until("the ticket is closed", || thread.is_archived()).await;

    town.help.set_slowmode(600);
    bot.wait_for("SELECT slowmode_seconds FROM panel", 600).await;
    sim.advance(Duration::from_mins(5));

    let reply = anna.click(&inbox, "Create Ticket").await;
    assert!(reply.text().contains("You can open the next one"), "{}", reply.text());
}
