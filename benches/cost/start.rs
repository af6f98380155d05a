//! From the program's start until it listens, with configuration, database and registered commands in place.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use discord_sim::Sim;
use tokio::time;

use crate::bot::Contestant;
use crate::figures::{Spread, mib, millis};
use crate::town::Town;

pub(crate) struct Starts {
    /// Milliseconds.
    pub(crate) wall: Spread,
    /// Milliseconds of processor time until then.
    pub(crate) cpu: Spread,
}

pub(crate) async fn print(who: &Contestant, runs: usize) {
    let starts = measure(who, runs).await;
    println!("| {}: {runs} starts | median (least–most) |\n|---|---|", who.name);
    println!("| until it listens, ms | {} |", starts.wall);
    println!("| processor time until then, ms | {} |", starts.cpu);
    println!("| size on the disk, MiB | {:.1} |", size(who));
}

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
pub(crate) async fn measure(who: &Contestant, runs: usize) -> Starts {
    let sim = Sim::builder().patience(Duration::from_mins(1)).start().await;
    let _town = Town::build(&sim);
    let mut home = who.start(&sim).await.end();
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        while sim.gateway().connected() > 0 {
            time::sleep(Duration::from_millis(5)).await;
        }
        let begin = Instant::now();
        let bot = who.spawn(&sim, home);
        sim.wait_ready().await;
        wall.push(millis(begin.elapsed()));
        bot.listens(&sim).await;
        cpu.push(bot.cpu());
        home = bot.end();
    }
    Starts { wall: Spread(wall), cpu: Spread(cpu) }
}

/// MiB on disk: of the program, or of its packages in the interpreter.
pub(crate) fn size(who: &Contestant) -> f64 {
    mib(who.installed().iter().map(|place| bytes_in(place)).sum::<u64>() / 1024)
}

fn bytes_in(place: &Path) -> u64 {
    match fs::read_dir(place) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| bytes_in(&entry.path())).sum(),
        Err(_) => fs::metadata(place).map_or(0, |file| file.len()),
    }
}
