//! Concurrent members: each opens a ticket as soon as another one has theirs.

use std::time::{Duration, Instant};

use discord_sim::Sim;
use futures_util::future::join_all;

use crate::bot::Contestant;
use crate::figures::{Spread, each};
use crate::town::{self, Inbox};

pub(crate) const MEMBERS: usize = 64;
const INBOXES: usize = 16;

/// Later links never come: an interaction fails after three seconds, an answer that is not edited never ends.
const PATIENCE: Duration = Duration::from_secs(15);

/// One run.
pub(crate) struct Rush {
    /// Tickets a second, counting those with a link.
    pub(crate) rate: f64,
    /// Milliseconds of processor time, each.
    pub(crate) cpu: f64,
    /// Missing or duplicate threads.
    lost: usize,
    /// Members without a link: the answer came too late or never.
    unlinked: usize,
}

pub(crate) async fn print(who: &Contestant, tickets: usize, members: usize, runs: usize) {
    println!(
        "{tickets} tickets a run, {members} members at once over {INBOXES} inboxes; median (least–most) of {runs} runs\n"
    );
    println!("| {} | tickets a second | CPU ms a ticket | lost | without a link |\n|---|---|---|---|---|", who.name);
    let mut rushes = Vec::new();
    for _ in 0..runs {
        rushes.push(measure(who, tickets, members).await);
    }
    println!("| | {} | {} | {} | {} |", rates(&rushes), cpu(&rushes), lost(&rushes), unlinked(&rushes));
}

pub(crate) fn rates(rushes: &[Rush]) -> Spread {
    Spread(rushes.iter().map(|rush| rush.rate).collect())
}

pub(crate) fn cpu(rushes: &[Rush]) -> Spread {
    Spread(rushes.iter().map(|rush| rush.cpu).collect())
}

pub(crate) fn lost(rushes: &[Rush]) -> usize {
    rushes.iter().map(|rush| rush.lost).sum()
}

pub(crate) fn unlinked(rushes: &[Rush]) -> usize {
    rushes.iter().map(|rush| rush.unlinked).sum()
}

pub(crate) async fn measure(who: &Contestant, tickets: usize, members: usize) -> Rush {
    let sim = Sim::builder().patience(PATIENCE).start().await;
    let (bot, inboxes) = town::settle(&sim, who, INBOXES, false).await;
    // Opens connections, as in a bot that runs for weeks.
    open(&inboxes, 0, members, members).await;
    let before = (threads(&inboxes), bot.cpu());
    let (seconds, linked) = open(&inboxes, members, tickets, members).await;
    sim.quiet().await;
    let made = threads(&inboxes) - before.0;
    Rush {
        rate: 1.0 / each(seconds, linked),
        cpu: each(bot.cpu() - before.1, tickets),
        lost: tickets.abs_diff(made),
        unlinked: tickets - linked,
    }
}

/// Opens this many tickets, each for another member. Returns the seconds until the last answer, and how many had a
/// link.
#[expect(clippy::disallowed_methods, reason = "this measures real time")]
pub(crate) async fn open(inboxes: &[Inbox], people: usize, tickets: usize, members: usize) -> (f64, usize) {
    let begin = Instant::now();
    let lines = (0..members).map(|line| async move {
        let mut linked = 0;
        for number in (line..tickets).step_by(members) {
            let inbox = &inboxes[number % inboxes.len()];
            let member = inbox.guild.member(&format!("member{}", people + number)).create();
            linked += usize::from(member.begin_click(&inbox.message, "create-ticket").linked().await);
        }
        linked
    });
    let linked = join_all(lines).await.into_iter().sum();
    (begin.elapsed().as_secs_f64(), linked)
}

fn threads(inboxes: &[Inbox]) -> usize {
    inboxes.iter().map(|inbox| inbox.tickets.threads().len()).sum()
}
