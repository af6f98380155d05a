//! The cost of receiving guilds: settled memory, peak memory, and processor time.

use std::time::Duration;

use discord_sim::{Fill, Sim};

use crate::bot::Contestant;
use crate::figures::{Spread, mib};

/// A typical guild with a ticket bot. Each channel has three overwrites.
pub(crate) const GUILD: Fill = Fill { channels: 20, roles: 20, members: 50, threads: 10 };

/// One run.
pub(crate) struct TakenIn {
    /// MiB.
    pub(crate) resident: f64,
    /// MiB.
    pub(crate) peak: f64,
    /// Milliseconds, including the program's start.
    pub(crate) cpu: f64,
}

pub(crate) async fn print(who: &Contestant, guilds: &[usize], runs: usize) {
    let Fill { channels, roles, members, threads, .. } = GUILD;
    println!("guilds of {channels} channels, {roles} roles, {members} members, {threads} threads");
    println!("{runs} runs each; median (least–most)\n");
    println!("| {}: guilds | resident MiB | peak MiB | CPU ms, start included |\n|---|---|---|---|", who.name);
    for &guilds in guilds {
        let mut taken = Vec::new();
        for _ in 0..runs {
            taken.push(measure(who, guilds).await);
        }
        let [resident, peak, cpu] = columns(&taken);
        println!("| {guilds} | {resident} | {peak} | {cpu} |");
    }
}

pub(crate) fn columns(runs: &[TakenIn]) -> [Spread; 3] {
    let column = |value: fn(&TakenIn) -> f64| Spread(runs.iter().map(value).collect());
    [column(|run| run.resident), column(|run| run.peak), column(|run| run.cpu)]
}

pub(crate) async fn measure(who: &Contestant, guilds: usize) -> TakenIn {
    let sim = Sim::builder().patience(Duration::from_mins(10)).start().await;
    sim.bulk_guilds(guilds, GUILD);
    let bot = who.start(&sim).await;
    bot.settle().await;
    TakenIn { resident: mib(bot.status("VmRSS")), peak: mib(bot.status("VmHWM")), cpu: bot.cpu() }
}
