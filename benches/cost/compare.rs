//! Alternates both bots, measurement by measurement, on the same simulated Discord: one table, with ratios.

use std::time::Duration;

use crate::bot::Contestant;
use crate::click::{Line, World};
use crate::events::{self, KINDS};
use crate::figures::{Spread, quantile};
use crate::growth::{self, Growth};
use crate::guilds::{self, TakenIn};
use crate::start::{self, Starts};
use crate::throughput::{self, Rush};

/// Each one's size.
#[derive(Clone, Copy)]
struct Amounts {
    runs: usize,
    clicks: usize,
    rush: usize,
    events: usize,
    guilds: [usize; 4],
    growth: (usize, usize),
}

const FULL: Amounts = Amounts {
    runs: 3,
    clicks: 300,
    rush: 640,
    events: 10_000,
    guilds: [1, 1_000, 2_000, 2_400],
    growth: (100_000, 10_000),
};
const QUICK: Amounts =
    Amounts { runs: 1, clicks: 20, rush: 128, events: 500, guilds: [1, 10, 20, 24], growth: (2_000, 128) };

/// How to print a figure: as times less, or times more.
enum Better {
    Less,
    More,
}

/// Prints rows once they are known.
struct Table {
    better: Better,
}

impl Table {
    fn row(&self, what: &str, ours: &Spread, theirs: &Spread, target: &str) {
        let (ours_is, theirs_is) = (ours.median(), theirs.median());
        let ratio = match self.better {
            // Below the system's resolution.
            Better::Less if ours_is == 0.0 => "–".to_owned(),
            Better::Less => format!("1/{:.1}", theirs_is / ours_is),
            Better::More => format!("{:.1} ×", ours_is / theirs_is),
        };
        println!("| {what} | {ours} | {theirs} | {ratio} | {target} |");
    }
}

pub(crate) async fn print(ours: &Contestant, theirs: &Contestant, quick: bool) {
    let amounts = if quick { QUICK } else { FULL };
    println!(
        "Median (least–most) of {} runs, or median / 99th percentile of {} tickets.\n",
        amounts.runs, amounts.clicks
    );
    println!("| | {} | {} | ratio | target |\n|---|---|---|---|---|", ours.name, theirs.name);
    starts(ours, theirs, amounts).await;
    memory(ours, theirs, amounts).await;
    clicks(ours, theirs, amounts).await;
    rushes(ours, theirs, amounts).await;
    for (kind, name) in KINDS {
        let mine = events::measure(ours, kind, amounts.events, amounts.runs).await;
        // The full number would take theticketbot a quarter of an hour.
        let events = if kind.is_deletion() { amounts.events / 10 } else { amounts.events };
        let other = events::measure(theirs, kind, events, amounts.runs).await;
        LESS.row(&format!("CPU of {name}, µs"), &mine, &other, "1/10");
    }
    grown(ours, theirs, amounts).await;
}

const LESS: Table = Table { better: Better::Less };
const MORE: Table = Table { better: Better::More };

async fn starts(ours: &Contestant, theirs: &Contestant, amounts: Amounts) {
    let runs = amounts.runs * 3;
    let (Starts { wall, cpu }, other) = (start::measure(ours, runs).await, start::measure(theirs, runs).await);
    LESS.row("start until it listens, ms", &wall, &other.wall, "1/10");
    LESS.row("CPU of a start, ms", &cpu, &other.cpu, "");
    let [mine, other] = [ours, theirs].map(|who| Spread(vec![start::size(who)]));
    LESS.row("size on the disk, MiB (of theticketbot without Python)", &mine, &other, "");
}

async fn memory(ours: &Contestant, theirs: &Contestant, amounts: Amounts) {
    for guilds in amounts.guilds {
        let (mut mine, mut other): (Vec<TakenIn>, Vec<TakenIn>) = (Vec::new(), Vec::new());
        for _ in 0..amounts.runs {
            mine.push(guilds::measure(ours, guilds).await);
            other.push(guilds::measure(theirs, guilds).await);
        }
        let target = match guilds {
            1 => "1/4",
            2_000 => "1/6",
            _ => "",
        };
        let titles = [("resident MiB", target), ("peak MiB", ""), ("CPU ms with the start", "")];
        for (((title, target), mine), other) in
            titles.into_iter().zip(guilds::columns(&mine)).zip(guilds::columns(&other))
        {
            LESS.row(&format!("{guilds} guilds: {title}"), &mine, &other, target);
        }
    }
}

async fn clicks(ours: &Contestant, theirs: &Contestant, amounts: Amounts) {
    let (mut mine, mut other) = (World::build(ours, false).await, World::build(theirs, false).await);
    for latency in [0, 50] {
        let delay = Duration::from_millis(latency);
        let (mine, other) = (mine.measure(amounts.clicks, delay).await, other.measure(amounts.clicks, delay).await);
        let cells = |line: &Line| line.cells().map(|(_, value)| value);
        for (((title, _), mine_is), other_is) in mine.cells().into_iter().zip(cells(&mine)).zip(cells(&other)) {
            println!("| {title}, {latency} ms a request | {mine_is} | {other_is} | | |");
        }
        let of = |line: &Line, percent| Spread(vec![quantile(&line.link, percent)]);
        LESS.row(&format!("click to link, {latency} ms a request: median"), &of(&mine, 50), &of(&other, 50), "1/5");
        LESS.row(
            &format!("click to link, {latency} ms a request: 99th percentile"),
            &of(&mine, 99),
            &of(&other, 99),
            "",
        );
        LESS.row("CPU ms a ticket", &Spread(vec![mine.cpu]), &Spread(vec![other.cpu]), "1/8");
    }
}

async fn rushes(ours: &Contestant, theirs: &Contestant, amounts: Amounts) {
    for (members, target) in [(throughput::MEMBERS, "20 ×"), (1, "")] {
        let (mut mine, mut other): (Vec<Rush>, Vec<Rush>) = (Vec::new(), Vec::new());
        for _ in 0..amounts.runs {
            mine.push(throughput::measure(ours, amounts.rush, members).await);
            other.push(throughput::measure(theirs, amounts.rush, members).await);
        }
        let title = |what: &str| format!("{what}, {members} at once");
        MORE.row(&title("tickets a second"), &throughput::rates(&mine), &throughput::rates(&other), target);
        LESS.row(&title("CPU ms a ticket"), &throughput::cpu(&mine), &throughput::cpu(&other), "1/8");
        let counts =
            [("tickets lost", throughput::lost as fn(&[Rush]) -> usize), ("without a link", throughput::unlinked)];
        for (what, count) in counts {
            let of = amounts.rush * amounts.runs;
            println!("| {} of {of} | {} | {} | | 0 |", title(what), count(&mine), count(&other));
        }
    }
}

async fn grown(ours: &Contestant, theirs: &Contestant, amounts: Amounts) {
    let (events, tickets) = amounts.growth;
    let mine = growth::measure(ours, events, tickets).await;
    let other = growth::measure(theirs, events, tickets).await;
    let titles = ["settled", "after the events", "after the tickets, too"];
    let cells = |grown: Growth| [grown.begun, grown.after_events, grown.after_tickets];
    println!("| growth: {events} events, {tickets} tickets | | | | |");
    for ((title, mine), other) in titles.into_iter().zip(cells(mine)).zip(cells(other)) {
        LESS.row(&format!("resident MiB {title}"), &Spread(vec![mine]), &Spread(vec![other]), "");
    }
}
