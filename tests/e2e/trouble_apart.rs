//! Trouble with one ticket or server never delays another: two have trouble at once, of the same and of different kinds,
//! at every route and with every kind of answer, while a third proceeds.

use std::time::Duration;

use discord_sim::{Actor, Fault, FaultHandle, Message, Sim, Thread};
use futures_util::StreamExt as _;

use crate::support::{TestBot, Town};

/// Worlds that run side by side: mostly they wait.
const AT_ONCE: usize = 8;

/// The requests about a ticket when it is closed, re-opened or checked.
const ROUTES: [(&str, &str); 4] = [
    ("POST", "/channels/{id}/messages"),
    ("PATCH", "/channels/{id}"),
    ("GET", "/channels/{id}/thread-members/{user}"),
    ("GET", "/channels/{id}"),
];

#[derive(Clone, Copy, Debug)]
enum Answer {
    Status(u16),
    Refused(u16, u64),
    Cut,
    Limited,
    Silence,
}

const ANSWERS: [Answer; 8] = [
    Answer::Status(500),
    Answer::Status(503),
    // An unknown error code.
    Answer::Refused(400, 99_999),
    Answer::Refused(403, 50_001),
    Answer::Refused(404, 10_003),
    Answer::Cut,
    Answer::Limited,
    Answer::Silence,
];

/// A re-opened ticket, so that its owner is requested before it is closed.
struct Place {
    owner: Actor,
    ticket: Thread,
}

impl Place {
    async fn build(sim: &Sim, bot: &TestBot<'_>, town: &Town, inbox: &Message) -> Self {
        let (owner, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&owner, inbox).await;
        mona.archive(&ticket);
        sim.wait_until("the ticket to be closed", || ticket.is_archived() && ticket.is_locked()).await;
        bot.settled().await;
        mona.unarchive(&ticket);
        sim.wait_until("the ticket to be usable again", || !ticket.is_locked()).await;
        bot.settled().await;
        Self { owner, ticket }
    }

    fn trouble(&self, sim: &Sim, Trouble((method, route), answer): Trouble) -> FaultHandle {
        let thread = self.ticket.id().to_string();
        let fault = Fault::on(method, route).only_if(move |request| request.path.contains(&thread)).always();
        sim.fault(match answer {
            Answer::Status(status) => fault.status(status),
            Answer::Refused(status, code) => fault.error(status, code, "no"),
            Answer::Cut => fault.drop_before(),
            // The limiter waits in real time, which the test cannot advance.
            Answer::Limited => fault.rate_limited(Duration::from_secs(3), false),
            Answer::Silence => fault.hold(),
        })
    }

    fn is_closed(&self) -> bool {
        self.ticket.is_archived() && self.ticket.is_locked()
    }
}

/// What a route answers.
#[derive(Clone, Copy, Debug)]
struct Trouble((&'static str, &'static str), Answer);

/// Every trouble, together with another one: with itself, then with others of other routes and answers.
fn pairs(alike: bool) -> Vec<[Trouble; 2]> {
    let each = ROUTES.iter().flat_map(|route| ANSWERS.map(|answer| Trouble(*route, answer)));
    let all: Vec<Trouble> = each.collect();
    // Seven is coprime to their number, and no multiple of the answers': each gets a partner of another kind.
    let partner = |at: usize| if alike { all[at] } else { all[(at * 7 + 9) % all.len()] };
    (0..all.len()).map(|at| [all[at], partner(at)]).collect()
}

#[tokio::test]
async fn two_servers_in_trouble_delay_no_third() {
    for alike in [true, false] {
        let lives = pairs(alike).into_iter().map(|troubles| survive(troubles, false));
        futures_util::stream::iter(lives).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    }
}

#[tokio::test]
async fn two_tickets_of_one_channel_in_different_trouble_delay_no_third() {
    let lives = pairs(false).into_iter().map(|troubles| survive(troubles, true));
    futures_util::stream::iter(lives).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

async fn survive(troubles: [Trouble; 2], same_channel: bool) {
    println!("{troubles:?}, in one channel: {same_channel}");
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (mut towns, mut places) = (Vec::new(), Vec::new());
    for number in 0..3 {
        if number == 0 || !same_channel {
            let town = Town::build(&sim);
            town.let_bot_moderate();
            let inbox = town.create_inbox().await;
            towns.push((town, inbox));
        }
        let (town, inbox) = towns.last().unwrap();
        places.push(Place::build(&sim, &bot, town, inbox).await);
    }
    let faults: Vec<_> = places.iter().zip(troubles).map(|(place, trouble)| place.trouble(&sim, trouble)).collect();

    for place in &places {
        place.owner.leave(&place.ticket);
    }

    sim.wait_until("the third to be closed", || places[2].is_closed()).await;
    let (town, inbox) = towns.last().unwrap();
    town.open_ticket(&town.member("bert"), inbox).await;
    for fault in &faults {
        fault.clear();
        fault.release();
    }
    // The backoff grows; none of the first waits is longer than this.
    sim.advance(Duration::from_mins(15));
    bot.settled().await;
    let threads: usize = towns.iter().map(|(town, _)| town.guild.threads().len()).sum();
    assert_eq!(threads, 4, "{troubles:?}");
}
