//! One open ticket per member and inbox, and a cooldown between two, under concurrency.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_sim::{Reply, Sim};
use futures_util::future::join_all;

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

#[tokio::test]
async fn fifty_members_clicking_at_the_same_instant_get_fifty_tickets() {
    let sim = Sim::builder().answer_within(Duration::from_mins(5)).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members: Vec<_> = (0..50).map(|number| town.member(&format!("member{number}"))).collect();

    let clicks: Vec<Reply> = members.iter().map(|member| member.begin_click(&inbox, CREATE_TICKET)).collect();
    join_all(clicks.iter().map(Reply::finished)).await;

    assert_eq!(town.help.threads().len(), 50);
    let mut linked = BTreeSet::new();
    for (member, reply) in members.iter().zip(&clicks) {
        let links = reply.links();
        assert_eq!(links.len(), 1, "{}: {}", member.name(), reply.text());
        assert!(member.sees(&links[0].channel) && member.was_pinged_in(&links[0].channel));
        linked.insert(links[0].channel);
    }
    assert_eq!(linked.len(), 50);
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE state = 'open'").await, 50);
    assert_eq!(bot.stored("SELECT count(DISTINCT number) FROM ticket").await, 50);
}

#[tokio::test]
async fn one_member_clicking_ten_times_at_once_gets_exactly_one_ticket_and_ten_answers() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");

    let clicks: Vec<Reply> = (0..10).map(|_| anna.begin_click(&inbox, CREATE_TICKET)).collect();
    join_all(clicks.iter().map(Reply::finished)).await;

    assert_eq!(town.help.threads().len(), 1);
    assert_eq!(bot.states().await, ["open"]);
    assert!(clicks.iter().all(|reply| reply.is_private() && !reply.text().is_empty()));
    assert_eq!(clicks.iter().filter(|reply| reply.text().contains("is ready")).count(), 1);
}

#[tokio::test]
async fn a_second_click_names_the_open_ticket() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    sim.advance(Duration::from_hours(1));

    let second = anna.click(&inbox, CREATE_TICKET).await;

    assert!(second.text().contains("already have an open ticket") && second.links_to(&thread), "{}", second.text());
    assert!(second.is_private());
    assert_eq!(town.help.threads().len(), 1);
}

#[tokio::test]
async fn a_restart_forgets_neither_the_open_ticket_nor_the_wait() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;

    bot.restart().await;
    let limited = anna.click(&inbox, CREATE_TICKET).await;
    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    bot.restart().await;
    let too_soon = anna.click(&inbox, CREATE_TICKET).await;
    sim.advance(Duration::from_mins(1));
    town.open_ticket(&anna, &inbox).await;

    assert!(limited.links_to(&thread), "{}", limited.text());
    assert!(too_soon.text().contains("just now"), "{}", too_soon.text());
    assert_eq!(town.help.threads().len(), 2);
}

#[tokio::test]
async fn the_wait_ends_after_sixty_seconds_and_says_when() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let opened = sim.now_ms() / 1_000;
    let thread = town.open_ticket(&anna, &inbox).await;
    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;

    let too_soon = anna.click(&inbox, CREATE_TICKET).await;

    let mark = (opened..opened + 10).map(|at| format!("<t:{}:R>", at + 60)).find(|mark| too_soon.text().contains(mark));
    assert!(mark.is_some(), "{}", too_soon.text());
}

#[tokio::test]
async fn a_slow_mode_longer_than_a_minute_counts_instead_and_a_change_counts_at_once() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.help.set_slowmode(300);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    anna.leave(&thread);
    bot.wait_for_states(&["closed"]).await;
    sim.advance(Duration::from_mins(4));

    let in_slow_mode = anna.click(&inbox, CREATE_TICKET).await;
    town.help.set_slowmode(600);
    bot.wait_for("SELECT slowmode_seconds FROM panel", 600).await;
    sim.advance(Duration::from_mins(2));
    let in_longer_slow_mode = anna.click(&inbox, CREATE_TICKET).await;
    town.help.set_slowmode(0);
    bot.wait_for("SELECT slowmode_seconds FROM panel", 0).await;
    town.open_ticket(&anna, &inbox).await;

    assert!(in_slow_mode.text().contains("just now"), "{}", in_slow_mode.text());
    assert!(in_longer_slow_mode.text().contains("just now"), "{}", in_longer_slow_mode.text());
}

#[tokio::test]
async fn a_slow_mode_changed_while_the_bot_was_away_counts() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;
    bot.stop().await;

    town.help.set_slowmode(900);
    bot.boot().await;

    bot.wait_for("SELECT slowmode_seconds FROM panel", 900).await;
}

#[tokio::test]
async fn the_limit_holds_where_tickets_go_to_another_channel() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let tickets = town.guild.text_channel("tickets").create();
    let inbox = town.create_inbox_to(&tickets).await;
    let anna = town.member("anna");

    let clicks: Vec<Reply> = (0..3).map(|_| anna.begin_click(&inbox, CREATE_TICKET)).collect();
    join_all(clicks.iter().map(Reply::finished)).await;
    bot.restart().await;
    sim.advance(Duration::from_hours(1));
    let later = anna.click(&inbox, CREATE_TICKET).await;

    assert_eq!(tickets.threads().len(), 1);
    assert!(later.links_to(&tickets.threads()[0]), "{}", later.text());
}

#[tokio::test]
async fn each_inbox_and_each_member_counts_alone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let first = town.create_inbox().await;
    let second = town.create_inbox().await;
    let (anna, bert) = (town.member("anna"), town.member("bert"));

    town.open_ticket(&anna, &first).await;
    town.open_ticket(&anna, &second).await;
    town.open_ticket(&bert, &first).await;

    assert_eq!(anna.threads().len(), 2);
    assert_eq!(bert.threads().len(), 1);
}

#[tokio::test]
async fn a_higher_limit_allows_that_many_tickets_with_a_wait_between_them() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET member_limit = $1", 2).await;
    let anna = town.member("anna");

    town.open_ticket(&anna, &inbox).await;
    let too_soon = anna.click(&inbox, CREATE_TICKET).await;
    sim.advance(Duration::from_mins(1));
    let second = town.open_ticket(&anna, &inbox).await;
    sim.advance(Duration::from_mins(1));
    let third = anna.click(&inbox, CREATE_TICKET).await;

    assert!(too_soon.text().contains("just now"), "{}", too_soon.text());
    assert!(third.links_to(&second), "{}", third.text());
    assert_eq!(town.help.threads().len(), 2);
}

#[tokio::test]
async fn a_limit_of_zero_is_no_limit() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    let anna = town.member("anna");

    for _ in 0..4 {
        town.open_ticket(&anna, &inbox).await;
        sim.advance(Duration::from_mins(1));
    }

    assert_eq!(anna.threads().len(), 4);
}

#[tokio::test]
async fn ten_clicks_at_once_are_one_ticket_even_where_more_are_allowed() {
    for limit in [0, 5] {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let town = Town::build(&sim);
        let inbox = town.create_inbox().await;
        bot.store("UPDATE inbox SET member_limit = $1", limit).await;
        let anna = town.member("anna");

        let clicks: Vec<Reply> = (0..10).map(|_| anna.begin_click(&inbox, CREATE_TICKET)).collect();
        join_all(clicks.iter().map(Reply::finished)).await;

        assert_eq!(anna.threads().len(), 1);
        assert_eq!(bot.states().await, ["open"]);
    }
}
