//! Many members at once. Everybody gets one ticket, nobody gets two, in order of arrival.
//!
//! Every test run includes a small part. The full load, a minute of 64 members without a pause and 1,000 members within
//! ten seconds: `TICKETBOT_LOAD=full cargo test --release --test e2e load -- --nocapture`.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_sim::{Actor, Message, Reply, Sim, SimBuilder};
use futures_util::future::join_all;

use crate::invariants::{Click, Expected};
use crate::support::TestBot;
use crate::town::{CREATE_TICKET, Town};

const TOWNS: usize = 4;
const INBOXES_EACH: usize = 4;

fn is_full() -> bool {
    std::env::var_os("TICKETBOT_LOAD").is_some_and(|load| load == "full")
}

/// Discord's deadline of three seconds counts only under the full load.
fn hurried_only_when_full() -> SimBuilder {
    let sim = Sim::builder().patience(Duration::from_mins(5));
    if is_full() { sim } else { sim.answer_within(Duration::from_mins(5)) }
}

#[tokio::test]
async fn sixty_four_members_who_click_again_and_again_get_every_ticket() {
    let sim = hurried_only_when_full().start().await;
    let bot = TestBot::start(&sim).await;
    let places = Places::build(&sim).await;
    let members = places.members(64 / TOWNS);
    let rounds = if is_full() { 60 } else { 2 };

    let mut left = BTreeSet::new();
    for round in 0..rounds {
        let clicks = places.click_all(&members, round);
        join_all(clicks.iter().map(Reply::finished)).await;
        for (place, reply) in members.iter().zip(&clicks) {
            let id = only_link(place, reply);
            assert!(left.insert(id), "a thread was handed out twice");
            let thread = places.towns[place.town].guild.threads().into_iter().find(|thread| thread.id() == id).unwrap();
            assert!(place.member.sees(&thread), "{} cannot see their ticket", place.member.name());
            place.member.leave(&thread);
        }
        bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed' OR EXISTS (SELECT 1 FROM step)", 0).await;
        sim.advance(Duration::from_secs(61));
    }

    let tickets = i64::try_from(64 * rounds).unwrap();
    assert_eq!(bot.stored("SELECT count(*) FROM ticket WHERE opened_at IS NOT NULL").await, tickets);
    assert_eq!(bot.stored("SELECT sum(counter) FROM inbox").await, tickets, "a number was skipped or given twice");
    places.check(&sim, &bot, Vec::new(), left).await;
}

#[tokio::test]
async fn a_thousand_members_within_ten_seconds_get_a_thousand_tickets() {
    let (each, pause) = if is_full() { (250, Duration::from_millis(10)) } else { (40, Duration::ZERO) };
    rush(each, pause, false).await;
}

#[tokio::test]
async fn a_rush_under_discords_rate_limits_loses_nobody() {
    // The simulator allows a channel 50 new threads in five minutes; later members are told when to retry.
    let (each, pause) = if is_full() { (50, Duration::from_millis(10)) } else { (10, Duration::ZERO) };
    rush(each, pause, true).await;
}

/// This many members of each town click once, one after another.
async fn rush(each: usize, pause: Duration, rate_limits: bool) {
    let sim = hurried_only_when_full().start().await;
    let bot = TestBot::start(&sim).await;
    let places = Places::build(&sim).await;
    let members = places.members(each);
    sim.enforce_rate_limits(rate_limits);

    let mut clicks = Vec::new();
    for place in &members {
        clicks.push(place.member.begin_click(places.inbox(place, 0), CREATE_TICKET));
        tokio::time::sleep(pause).await;
    }
    join_all(clicks.iter().map(Reply::finished)).await;

    let mut threads = BTreeSet::new();
    for (place, reply) in members.iter().zip(&clicks) {
        threads.insert(only_link(place, reply));
    }
    assert_eq!(threads.len(), members.len(), "a thread was handed out twice");
    sim.enforce_rate_limits(false);
    let clicks = members.into_iter().map(|place| place.member).zip(clicks);
    let clicks = clicks.map(|(member, reply)| Click { member, reply }).collect();
    places.check(&sim, &bot, clicks, BTreeSet::new()).await;
}

#[tokio::test]
async fn who_comes_first_is_served_first_when_discord_makes_everybody_wait() {
    let wave = 10;
    let sim = Sim::builder().patience(Duration::from_mins(5)).answer_within(Duration::from_mins(5)).start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let members: Vec<_> = (0..2 * wave).map(|number| town.member(&format!("member{number}"))).collect();
    sim.enforce_rate_limits(true);

    let mut clicks = Vec::new();
    for (number, member) in members.iter().enumerate() {
        if number == wave {
            bot.wait_for("SELECT count(*) FROM ticket", wave.try_into().unwrap()).await;
        }
        clicks.push(member.begin_click(&inbox, CREATE_TICKET));
    }
    join_all(clicks.iter().map(Reply::finished)).await;

    // Ids grow with the threads' creation time.
    let threads: Vec<u64> = clicks.iter().map(|reply| reply.links()[0].channel).collect();
    let (first, second) = threads.split_at(wave);
    assert!(first.iter().max() < second.iter().min(), "{threads:?}");
}

fn only_link(place: &Place, reply: &Reply) -> u64 {
    let links = reply.links();
    assert_eq!(links.len(), 1, "{} was told: {}", place.member.name(), reply.text());
    links[0].channel
}

/// A member, and where they click.
struct Place {
    town: usize,
    number: usize,
    member: Actor,
}

struct Places {
    towns: Vec<Town>,
    inboxes: Vec<Vec<Message>>,
}

impl Places {
    async fn build(sim: &Sim) -> Self {
        let towns: Vec<_> = (0..TOWNS).map(|_| Town::build(sim)).collect();
        let mut inboxes = Vec::new();
        for town in &towns {
            town.let_bot_moderate();
            let mut here = Vec::new();
            for _ in 0..INBOXES_EACH {
                here.push(town.create_inbox().await);
            }
            inboxes.push(here);
        }
        Self { towns, inboxes }
    }

    /// From all towns in turn.
    fn members(&self, each: usize) -> Vec<Place> {
        let places = (0..each).flat_map(|number| (0..self.towns.len()).map(move |town| (number, town)));
        places
            .map(|(number, town)| Place { town, number, member: self.towns[town].member(&format!("m{town}x{number}")) })
            .collect()
    }

    /// Another one in each round.
    fn inbox(&self, place: &Place, round: usize) -> &Message {
        &self.inboxes[place.town][(place.number + round) % INBOXES_EACH]
    }

    fn click_all(&self, members: &[Place], round: usize) -> Vec<Reply> {
        members.iter().map(|place| place.member.begin_click(self.inbox(place, round), CREATE_TICKET)).collect()
    }

    async fn check(&self, sim: &Sim, bot: &TestBot<'_>, clicks: Vec<Click>, left: BTreeSet<u64>) {
        let guilds = self.towns.iter().map(|town| &town.guild).collect();
        bot.ledger().check_soon(sim, &Expected { guilds, clicks, left, ..Expected::default() }).await;
    }
}
