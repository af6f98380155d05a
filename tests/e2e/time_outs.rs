//! Members who are timed out could not write in a ticket: nobody gives them one.

use std::time::Duration;

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Sim, Values};

use crate::admin::assert_told;
use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, OPEN_FOR};
use crate::working::Story;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn whoever_is_timed_out_is_told_until_when_wherever_the_tickets_go_and_spends_no_cooldown() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let panels = [town.create_inbox().await, town.create_inbox_to(&tickets).await];
    let anna = town.member("anna");
    anna.time_out(HOUR);
    let until = format!("<t:{}:", anna.timed_out_until_ms().unwrap() / 1_000);

    for panel in &panels {
        let refused = anna.click(panel, CREATE_TICKET).await;
        assert_told(&refused, "No ticket was opened: you are timed out");
        assert_told(&refused, &until);
    }
    assert_eq!(bot.stored("SELECT count(*) FROM ticket").await, 0);
    assert!(town.guild.threads().is_empty());
    sim.advance(HOUR + Duration::from_secs(5));
    for panel in &panels {
        town.open_ticket(&anna, panel).await;
    }
}

#[tokio::test]
async fn the_staff_gives_no_ticket_to_a_member_who_is_timed_out() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let town = &story.town;
    let desk = town.guild.text_channel("desk").allow_role(&town.moderators, MANAGE_THREADS).create();
    town.create_inbox_to(&desk).await;
    let ticket = story.open().await;
    let chosen_later = story.mona.member_menu(OPEN_FOR, &story.bert, &town.help).await;
    for member in [&story.anna, &story.bert] {
        member.time_out(HOUR);
    }
    let threads = town.guild.threads().len();

    let by_command = story.mona.slash("ticket open").string("inbox", "1").user("member", &story.bert).send().await;
    let transfer = story.mona.slash("ticket transfer").user("member", &story.bert).at(&ticket).send().await;
    let moved = story.mona.slash("ticket move").string("inbox", "2").at(&ticket).send().await;
    assert_told(&by_command, &format!("No ticket was opened: {} is timed out", story.bert.mention()));
    assert_told(&transfer, &format!("Nothing has changed: {} is timed out", story.bert.mention()));
    assert_told(&moved, &format!("Nothing has changed: {} is timed out", story.anna.mention()));
    let chosen = story.mona.select(&chosen_later, "#0", Values::strings(["2"])).await;
    assert_told(&chosen, &format!("No ticket was opened: {} is timed out", story.bert.mention()));

    assert_eq!(town.guild.threads().len(), threads);
    assert_eq!(story.bot.states().await, ["open"]);
}
