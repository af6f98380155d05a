//! What a bot costs, measured on a simulated Discord: `cargo bench --bench cost -- click`, and so on.
//!
//! The simulator and its people run in this process and the bot in its own, so that only the bot is measured. `--rival`
//! measures theticketbot instead; `compare` alternates both. Linux only.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop where it is")]

mod bot;
mod burst;
mod catch_up;
mod click;
mod compare;
mod events;
mod export;
mod figures;
mod growth;
mod guilds;
mod lists;
mod rush;
mod start;
mod storage;
mod throughput;
mod town;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand};

use bot::Contestant;

/// Measures what a bot costs.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    what: What,

    /// Measure theticketbot instead: the Python of an environment that has it.
    #[arg(long, global = true)]
    rival: Option<PathBuf>,

    /// Measure this build of ticketbot.
    #[arg(long, global = true)]
    program: Option<PathBuf>,

    /// What cargo adds.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum What {
    /// From the click to the link: answers, requests, round trips, processor time.
    Click {
        /// Tickets a line.
        #[arg(long, default_value_t = 300)]
        tickets: usize,
        /// Added to each request on the simulated network, in milliseconds.
        #[arg(long, default_value_t = 50)]
        latency: u64,
    },
    /// Tickets a second, 64 members at once over 16 inboxes.
    Throughput {
        #[arg(long, default_value_t = 1_280)]
        tickets: usize,
        /// Members at once.
        #[arg(long, default_value_t = throughput::MEMBERS)]
        members: usize,
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Seconds until the first, half and all of many members who click at one instant have their ticket.
    Rush {
        #[arg(long, default_value_t = throughput::MEMBERS)]
        members: usize,
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Memory and processor time for receiving guilds.
    Memory {
        #[arg(long, value_delimiter = ',', default_value = "1,1000,2400")]
        guilds: Vec<usize>,
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Memory before and after many irrelevant events, and many tickets.
    Growth {
        #[arg(long, default_value_t = 100_000)]
        events: usize,
        #[arg(long, default_value_t = 10_000)]
        tickets: usize,
    },
    /// Processor time of irrelevant events, by kind.
    Events {
        /// Events of each kind.
        #[arg(long, default_value_t = 20_000)]
        events: usize,
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// Memory of many events at one instant: peak, and afterwards.
    Burst {
        /// Events of each kind.
        #[arg(long, default_value_t = 20_000)]
        events: usize,
        /// Guilds that arrive at once, with an inbox each, one shard for a thousand.
        #[arg(long, value_delimiter = ',', default_value = "1000,5000")]
        guilds: Vec<usize>,
    },
    /// From the program's start until it listens, fully set up.
    Start {
        #[arg(long, default_value_t = 10)]
        runs: usize,
    },
    /// The statements of one click on a database with a million tickets, and pages of lists. Only ticketbot.
    Storage {
        #[arg(long, default_value_t = 1_000_000)]
        tickets: u32,
        #[arg(long, default_value_t = 10_000)]
        inboxes: u32,
        #[arg(long, default_value_t = 2_000)]
        clicks: u32,
        /// Tickets of the server whose lists are read.
        #[arg(long, default_value_t = 100_000)]
        listed: u32,
    },
    /// What reconciling open tickets after a start costs. Only ticketbot.
    CatchUp {
        #[arg(long, default_value_t = 10)]
        guilds: usize,
        /// Open tickets in each guild.
        #[arg(long, default_value_t = 20)]
        tickets: usize,
    },
    /// Exports of a long ticket, in each format. Only ticketbot.
    Export {
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// All that both support, alternating, with ratios.
    Compare {
        /// Small amounts, to check that it runs.
        #[arg(long)]
        quick: bool,
    },
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let ours = Contestant::ticketbot(options.program);
    let rival = options.rival.map(|python| Contestant::theticketbot(&python));
    println!("{}\n", figures::machine());
    let who = rival.as_ref().unwrap_or(&ours);
    match options.what {
        What::Click { tickets, latency } => click::print(who, tickets, Duration::from_millis(latency)).await,
        What::Throughput { tickets, members, runs } => throughput::print(who, tickets, members, runs).await,
        What::Rush { members, runs } => rush::print(who, members, runs).await,
        What::Memory { guilds, runs } => guilds::print(who, &guilds, runs).await,
        What::Growth { events, tickets } => growth::print(who, events, tickets).await,
        What::Events { events, runs } => events::print(who, events, runs).await,
        What::Burst { events, guilds } => burst::print(who, events, &guilds).await,
        What::Start { runs } => start::print(who, runs).await,
        What::Storage { tickets, inboxes, clicks, listed } => {
            storage::print(tickets, inboxes, clicks).await;
            lists::print(listed, clicks.min(500)).await;
        }
        What::CatchUp { guilds, tickets } => catch_up::print(&ours, guilds, tickets).await,
        What::Export { messages, runs } => export::print(&ours, messages, runs).await,
        What::Compare { quick } => match &rival {
            Some(rival) => compare::print(&ours, rival, quick).await,
            None => eprintln!("There is nobody to compare with: say --rival, or run scripts/compare."),
        },
    }
}
