//! What reconciling open tickets costs after a start, and once a day: requests, and the time at the bot's own pace.
//!
//! Measured in a small world and real time. A large one scales linearly: one request for each open ticket and one for
//! each guild that has any, in sequence.

use std::time::{Duration, Instant};

use discord_sim::Sim;
use tokio::time;

use crate::bot::Contestant;
use crate::click::count;
use crate::throughput;
use crate::town;

/// The work is over after this long without a request.
const OVER: Duration = Duration::from_secs(5);

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
pub(crate) async fn print(who: &Contestant, guilds: usize, tickets: usize) {
    let sim = Sim::builder().patience(Duration::from_mins(5)).start().await;
    let (bot, inboxes) = town::settle(&sim, who, guilds, false).await;
    throughput::open(&inboxes, 0, guilds * tickets, throughput::MEMBERS).await;
    let home = bot.end();
    while sim.gateway().connected() > 0 {
        time::sleep(Duration::from_millis(5)).await;
    }
    let (mark, before) = (sim.mark(), Instant::now());
    let bot = who.start_in(&sim, home).await;
    let mut asked = sim.requests_since(mark);
    while asked.iter().any(|request| request.arrived.elapsed() < OVER) {
        time::sleep(Duration::from_millis(100)).await;
        asked = sim.requests_since(mark);
    }
    // The others belong to the start.
    asked.retain(|request| request.path.contains("/threads/") || request.path.contains("/thread-members/"));
    let (first, last) = (asked.iter().map(|r| r.arrived).min(), asked.iter().map(|r| r.arrived).max());
    let took = last.zip(first).map_or(0.0, |(last, first)| (last - first).as_secs_f64());
    let open = guilds * tickets;
    println!(
        "| open tickets | guilds | requests | one for each | seconds | requests a second | CPU ms in all |\n|---|---|---|---|---|---|---|"
    );
    let rate = count(asked.len()) / took;
    println!("| {open} | {guilds} | {} | {} | {took:.1} | {rate:.2} | {:.0} |", asked.len(), open + guilds, bot.cpu());
    let large: usize = 10_000 + 1_000;
    println!(
        "\n10,000 open tickets in 1,000 guilds: {large} requests, {:.0} minutes at this rate.",
        count(large) / rate / 60.0
    );
    println!("Seen from the start of the program: {:.1} s.", last.map_or(0.0, |last| (last - before).as_secs_f64()));
}
