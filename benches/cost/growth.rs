//! Whether memory grows with work: measured after many irrelevant events, and many tickets.

use crate::bot::Contestant;
use crate::events::{Crowd, KINDS};
use crate::figures::mib;
use crate::throughput;

/// Discord allows 50 threads per channel in five minutes: with so many inboxes 10,000 tickets wait for nothing.
const INBOXES: usize = 200;

/// Resident MiB.
pub(crate) struct Growth {
    pub(crate) begun: f64,
    pub(crate) after_events: f64,
    pub(crate) after_tickets: f64,
}

pub(crate) async fn print(who: &Contestant, events: usize, tickets: usize) {
    let grown = measure(who, events, tickets).await;
    println!("| {}: resident MiB | |\n|---|---|", who.name);
    println!("| settled | {:.1} |", grown.begun);
    println!("| after {events} events | {:.1} |", grown.after_events);
    println!("| after {tickets} tickets more | {:.1} |", grown.after_tickets);
}

pub(crate) async fn measure(who: &Contestant, events: usize, tickets: usize) -> Growth {
    let crowd = Crowd::gather(who, INBOXES).await;
    let resident = || mib(crowd.bot.status("VmRSS"));
    let begun = resident();
    // One of each kind of deletion in sixty events: theticketbot never recovers from many thousands.
    let deletions = events / 60;
    let kinds_of_deletion = KINDS.iter().filter(|(kind, _)| kind.is_deletion()).count();
    let others = (events - deletions * kinds_of_deletion) / (KINDS.len() - kinds_of_deletion);
    for (kind, _) in KINDS {
        crowd.send(kind, if kind.is_deletion() { deletions } else { others }).await;
    }
    let after_events = resident();
    // Sequentially: theticketbot loses most at once.
    throughput::open(&crowd.inboxes, 0, tickets, 1).await;
    crowd.sim.quiet().await;
    crowd.bot.settle().await;
    Growth { begun, after_events, after_tickets: resident() }
}
