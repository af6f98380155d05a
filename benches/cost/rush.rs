//! Many members click at one instant, under Discord's rate limit: when the first, half and all of them have their
//! ticket.

use std::time::{Duration, Instant};

use discord_sim::Sim;
use futures_util::future::join_all;

use crate::bot::Contestant;
use crate::figures::Spread;
use crate::town;

const INBOXES: usize = 16;

/// Discord's deadline is for first answers: no wait here.
const PATIENCE: Duration = Duration::from_secs(30);

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
pub(crate) async fn print(who: &Contestant, members: usize, runs: usize) {
    println!(
        "{members} clicks at one instant over {INBOXES} inboxes, 50 requests a second; seconds, median (least–most)\n"
    );
    println!("| {} | first | half | all |\n|---|---|---|---|", who.name);
    let (mut first, mut half, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let sim = Sim::builder().patience(PATIENCE).start().await;
        let (_bot, inboxes) = town::settle(&sim, who, INBOXES, false).await;
        sim.enforce_rate_limits(true);
        let people: Vec<_> = (0..members)
            .map(|number| {
                (inboxes[number % INBOXES].guild.member(&format!("member{number}")).create(), number % INBOXES)
            })
            .collect();
        let begin = Instant::now();
        let clicks = people.iter().map(|(member, inbox)| {
            let reply = member.begin_click(&inboxes[*inbox].message, "create-ticket");
            async move { reply.linked().await.then(|| begin.elapsed().as_secs_f64()) }
        });
        let mut ready: Vec<f64> = join_all(clicks).await.into_iter().flatten().collect();
        ready.sort_by(f64::total_cmp);
        assert_eq!(ready.len(), members, "somebody has no ticket");
        first.push(ready[0]);
        half.push(ready[members / 2 - 1]);
        all.push(ready[members - 1]);
    }
    println!("| | {} | {} | {} |", Spread(first), Spread(half), Spread(all));
}
