//! Sequential clicks on *Create Ticket*: how long the member waits, and what it costs.
//!
//! In many guilds and within Discord's rate limits: waiting for those would measure them and not the bot.

use std::time::{Duration, Instant};

use discord_sim::{Request, Sim};
use tokio::time;

use crate::bot::{Bot, Contestant};
use crate::figures::{each, millis, quantile, tail};
use crate::town::{self, Inbox};

/// Up to four requests a click, at most 40 a second.
const PACE: Duration = Duration::from_millis(100);

/// Covers the bot's requests after the link.
const LAST_WORDS: Duration = Duration::from_millis(60);

/// Enough to keep each channel below the rate limit of new threads.
const GUILDS: usize = 20;

/// Milliseconds, one for each click, unless noted.
#[derive(Default)]
pub(crate) struct Line {
    /// Until the member's first answer.
    first: Vec<f64>,
    /// Until they are in the thread.
    brought_in: Vec<f64>,
    /// Until the link appears.
    pub(crate) link: Vec<f64>,
    /// Requests per ticket.
    pub(crate) requests: Vec<f64>,
    /// How many waited for the previous one.
    pub(crate) round_trips: Vec<f64>,
    /// From a response, or the click, to the next request.
    pub(crate) own: Vec<f64>,
    /// Processor time per ticket.
    pub(crate) cpu: f64,
}

/// A bot in many guilds.
pub(crate) struct World {
    sim: Sim,
    bot: Bot,
    inboxes: Vec<Inbox>,
    people: usize,
}

pub(crate) async fn print(who: &Contestant, tickets: usize, latency: Duration) {
    println!("{tickets} tickets a line, one after another; milliseconds, median / 99th percentile\n");
    let titles = Line::default().cells().map(|(title, _)| title).join(" | ");
    println!("| {}: tickets go to | a request takes | {titles} |\n|---|---|---|---|---|---|---|---|---|", who.name);
    for (name, elsewhere) in [("the inbox's channel", false), ("another channel", true)] {
        let mut world = World::build(who, elsewhere).await;
        for latency in [Duration::ZERO, latency] {
            let line = world.measure(tickets, latency).await;
            let cells = line.cells().map(|(_, cell)| cell).join(" | ");
            println!("| {name} | {} ms | {cells} |", latency.as_millis());
        }
    }
}

impl Line {
    /// The columns' names and values.
    pub(crate) fn cells(&self) -> [(&'static str, String); 7] {
        [
            ("first answer", tail(&self.first)),
            ("in the thread", tail(&self.brought_in)),
            ("link", tail(&self.link)),
            ("requests", quantile(&self.requests, 50).to_string()),
            ("round trips", quantile(&self.round_trips, 50).to_string()),
            ("own time before a request", tail(&self.own)),
            ("CPU", format!("{:.2}", self.cpu)),
        ]
    }
}

impl World {
    pub(crate) async fn build(who: &Contestant, elsewhere: bool) -> Self {
        let sim = Sim::builder().patience(Duration::from_mins(1)).start().await;
        let (bot, inboxes) = town::settle(&sim, who, GUILDS, elsewhere).await;
        let mut world = Self { sim, bot, inboxes, people: 0 };
        // Warms up connections and caches, as in a bot that runs for weeks.
        world.measure(GUILDS * 2, Duration::ZERO).await;
        world
    }

    pub(crate) async fn measure(&mut self, tickets: usize, latency: Duration) -> Line {
        self.sim.latency(latency);
        let mut line = Line::default();
        let mut pace = time::interval(PACE);
        pace.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let before = self.bot.cpu();
        for inbox in self.inboxes.iter().cycle().take(tickets) {
            self.people += 1;
            pace.tick().await;
            line.click(&self.sim, inbox, self.people).await;
        }
        self.sim.quiet().await;
        line.cpu = each(self.bot.cpu() - before, tickets);
        line
    }
}

impl Line {
    #[expect(clippy::disallowed_methods, reason = "this measures real time")]
    async fn click(&mut self, sim: &Sim, inbox: &Inbox, number: usize) {
        let member = inbox.guild.member(&format!("member{number}")).create();
        let (mark, begin) = (sim.mark(), Instant::now());
        let reply = member.begin_click(&inbox.message, "create-ticket");
        let ((), (), ()) = tokio::join!(
            async {
                sim.wait_until("an answer", || !reply.text().is_empty()).await;
                self.first.push(millis(begin.elapsed()));
            },
            async {
                sim.wait_until("the member to be in a thread", || !member.threads().is_empty()).await;
                self.brought_in.push(millis(begin.elapsed()));
            },
            async {
                sim.wait_until("a link", || reply.links().len() == 1).await;
                self.link.push(millis(begin.elapsed()));
            },
        );
        // Not by heartbeats, as the simulator detects an idle bot: discord.py answers 110 a minute.
        time::sleep(LAST_WORDS).await;
        let requests = sim.requests_since(mark);
        self.requests.push(count(requests.len()));
        self.follow(begin, requests);
    }

    /// The chain of requests that each waited for the last, and the bot's own time between them.
    fn follow(&mut self, click: Instant, mut requests: Vec<Request>) {
        requests.sort_by_key(|request| request.arrived);
        let (mut free, mut trips) = (click, 0);
        for request in requests {
            if request.arrived >= free {
                trips += 1;
                self.own.push(millis(request.arrived - free));
                free = request.answered.unwrap_or(request.arrived);
            } else {
                free = free.max(request.answered.unwrap_or(free));
            }
        }
        self.round_trips.push(count(trips));
    }
}

pub(crate) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::NAN, f64::from)
}
