//! How much memory the bot needs, with one guild and with thousands: `cargo bench --bench memory`.
//!
//! The simulator runs in this process and the bot in its own, so that only the bot is measured. Linux only.

mod support;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use discord_sim::{Fill, Sim};
use support::{BotProcess, machine, quantile};
use tokio::time;

/// A guild of the kind that has a ticket bot. Each channel has three overwrites.
const GUILD: Fill = Fill { channels: 20, roles: 20, members: 50, threads: 10 };

/// Settled: this many readings in a row that differ by less than [`STEADY_KIB`].
const READINGS: usize = 5;
const STEADY_KIB: u64 = 64;
const EVERY: Duration = Duration::from_millis(300);

/// Measures the bot's memory with one guild and with many.
#[derive(Parser)]
struct Options {
    /// How many guilds "many" are. Above 2,500 Discord asks for more than one shard.
    #[arg(long, default_value_t = 2_000)]
    guilds: usize,

    /// How often each measurement is made.
    #[arg(long, default_value_t = 5)]
    runs: usize,

    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// MiB after settling, and the most it ever was.
struct Memory {
    resident: f64,
    peak: f64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let Fill { channels, roles, members, threads, .. } = GUILD;
    println!("{}", machine());
    println!("guilds of {channels} channels, {roles} roles, {members} members and {threads} threads");
    println!("{} runs each; median, least and most, in MiB\n", options.runs);
    println!("{:>8}  {:>24}  {:>24}", "guilds", "resident", "peak");
    let mut medians = Vec::new();
    for guilds in [1, options.guilds] {
        let mut runs = Vec::new();
        for _ in 0..options.runs {
            let Some(memory) = measure(guilds).await else {
                eprintln!("This system does not say in /proc/<pid>/status how much memory a process has.");
                return ExitCode::FAILURE;
            };
            runs.push(memory);
        }
        let resident: Vec<f64> = runs.iter().map(|run| run.resident).collect();
        let peak: Vec<f64> = runs.iter().map(|run| run.peak).collect();
        println!("{guilds:>8}  {:>24}  {:>24}", spread(&resident), spread(&peak));
        medians.push(quantile(&resident, 50));
    }
    println!("\n{} guilds need {:.2} times the memory of one.", options.guilds, medians[1] / medians[0]);
    ExitCode::SUCCESS
}

fn spread(values: &[f64]) -> String {
    let [median, least, most] = [50, 0, 100].map(|percent| quantile(values, percent));
    format!("{median:.1} ({least:.1} to {most:.1})")
}

async fn measure(guilds: usize) -> Option<Memory> {
    let sim = Sim::builder().patience(Duration::from_mins(5)).start().await;
    sim.bulk_guilds(guilds, GUILD);
    let bot = BotProcess::start(&sim).await;
    let mut readings = vec![bot.status("VmRSS")?];
    while !is_steady(&readings) {
        time::sleep(EVERY).await;
        readings.push(bot.status("VmRSS")?);
    }
    Some(Memory { resident: mib(*readings.last()?), peak: mib(bot.status("VmHWM")?) })
}

fn is_steady(readings: &[u64]) -> bool {
    let Some(from) = readings.len().checked_sub(READINGS) else { return false };
    let last = &readings[from..];
    last.iter().max().zip(last.iter().min()).is_some_and(|(most, least)| most - least < STEADY_KIB)
}

#[expect(clippy::cast_precision_loss, reason = "a process has less than 2^52 KiB")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
