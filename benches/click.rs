//! What one click on *Create Ticket* costs: requests, round trips, and the time until the member reads the link.
//!
//! `cargo bench --bench click`. The bot runs in its own process. People click one after another, in many guilds and no
//! faster than Discord's limits allow: waiting for those would measure them and not the bot.

mod support;

use std::time::{Duration, Instant};

use clap::Parser;
use discord_sim::permissions::{MANAGE_GUILD, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Guild, Message, Sim};
use support::{BotProcess, machine, quantile};
use tokio::time;

/// Up to four requests a click, at most 40 a second.
const PACE: Duration = Duration::from_millis(100);

/// Enough that none of their channels comes near the rate limit of new threads.
const GUILDS: usize = 20;

/// Measures the way from the click to the link.
#[derive(Parser)]
struct Options {
    /// How many tickets are opened for each line.
    #[arg(long, default_value_t = 300)]
    clicks: usize,

    /// What each request takes longer on the simulated network, in milliseconds.
    #[arg(long, default_value_t = 50)]
    latency: u64,

    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

struct Line {
    requests: usize,
    /// Milliseconds from the click to the link, one for each.
    times: Vec<f64>,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    println!("{}", machine());
    println!("{} tickets a line, one after another; click to link in milliseconds\n", options.clicks);
    println!("{:<28} {:>8} {:>14} {:>8} {:>8} {:>8}", "tickets go to", "requests", "a request", "p50", "p99", "most");
    for (name, elsewhere) in [("the inbox's channel", false), ("another channel", true)] {
        let world = World::build(elsewhere).await;
        let mut medians = Vec::new();
        for latency in [0, options.latency] {
            let line = world.measure(options.clicks, Duration::from_millis(latency)).await;
            let [median, p99, most] = [50, 99, 100].map(|percent| quantile(&line.times, percent));
            println!("{name:<28} {:>8} {:>11} ms {median:>8.1} {p99:>8.1} {most:>8.1}", line.requests, latency);
            medians.push(median);
        }
        #[expect(clippy::cast_precision_loss, reason = "a latency of some milliseconds")]
        let round_trips = (medians[1] - medians[0]) / options.latency as f64;
        println!("{:<28} {round_trips:.1} round trips, one after another\n", "");
    }
}

/// The bot in many guilds.
struct World {
    sim: Sim,
    inboxes: Vec<Inbox>,
    _bot: BotProcess,
}

/// A guild with an inbox.
struct Inbox {
    guild: Guild,
    message: Message,
}

impl World {
    async fn build(elsewhere: bool) -> Self {
        let sim = Sim::builder().patience(Duration::from_secs(30)).start().await;
        let towns: Vec<Town> = (0..GUILDS).map(|_| Town::build(&sim)).collect();
        let bot = BotProcess::start(&sim).await;
        let mut inboxes = Vec::new();
        for town in towns {
            let message = town.create_inbox(elsewhere).await;
            inboxes.push(Inbox { guild: town.guild, message });
        }
        Self { sim, inboxes, _bot: bot }
    }

    #[expect(clippy::disallowed_methods, reason = "this measures real time")]
    async fn measure(&self, clicks: usize, latency: Duration) -> Line {
        self.sim.latency(latency);
        let mut line = Line { requests: 0, times: Vec::new() };
        let mut pace = time::interval(PACE);
        pace.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        for (number, inbox) in self.inboxes.iter().cycle().take(clicks).enumerate() {
            let member = inbox.guild.member(&format!("member{number}")).create();
            pace.tick().await;
            let (mark, begin) = (self.sim.mark(), Instant::now());
            let reply = member.click(&inbox.message, "create-ticket").await;
            line.times.push(begin.elapsed().as_secs_f64() * 1000.0);
            assert!(reply.links().len() == 1 && member.threads().len() == 1, "no ticket: {}", reply.text());
            self.sim.quiet().await;
            line.requests = line.requests.max(self.sim.requests_since(mark).len());
        }
        line
    }
}

/// A guild before it has an inbox.
struct Town {
    guild: Guild,
    admin: Actor,
    help: Channel,
    other: Channel,
}

impl Town {
    fn build(sim: &Sim) -> Self {
        let guild = sim.guild("Town").create();
        let admins = guild.role("Admins").permissions(MANAGE_GUILD).create();
        let admin = guild.member("olga").role(&admins).create();
        let staff = guild.role("Moderators").mentionable(true).create();
        for number in 0..5 {
            guild.member(&format!("moderator{number}")).role(&staff).create();
        }
        let channel = |name| guild.text_channel(name).allow_role(&staff, MANAGE_THREADS).create();
        let (help, other) = (channel("help"), channel("tickets"));
        Self { guild, admin, help, other }
    }

    async fn create_inbox(&self, elsewhere: bool) -> Message {
        let tickets = if elsewhere { &self.other } else { &self.help };
        let command = self.admin.slash("inbox create").channel("channel", &self.help).channel("destination", tickets);
        command.send().await;
        let text = self.admin.post(&self.help, "Do you need help?");
        let done = self.admin.menu("Select this message", &text).await;
        let is_inbox = |message: &Message| !message.buttons().is_empty();
        let inbox = self.help.messages().into_iter().rev().find(is_inbox);
        inbox.unwrap_or_else(|| panic!("no inbox: {}", done.text()))
    }
}
