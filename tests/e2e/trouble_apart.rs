//! Trouble with one ticket or server never delays another: two have trouble at once, at every route and with every kind
//! of answer, while a third proceeds.

use std::time::Duration;

use discord_sim::{Actor, Fault, FaultHandle, Message, Sim, Thread};
use futures_util::StreamExt as _;

use crate::support::{TestBot, Town};

/// Worlds that run side by side: mostly they wait.
const AT_ONCE: usize = 4;

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

/// A server with a re-opened ticket, so that its owner is requested before it is closed.
struct Place {
    town: Town,
    inbox: Message,
    anna: Actor,
    ticket: Thread,
}

impl Place {
    async fn build(sim: &Sim, bot: &TestBot<'_>) -> Self {
        let town = Town::build(sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&anna, &inbox).await;
        mona.archive(&ticket);
        sim.wait_until("the ticket to be closed", || ticket.is_archived() && ticket.is_locked()).await;
        bot.settled().await;
        mona.unarchive(&ticket);
        sim.wait_until("the ticket to be usable again", || !ticket.is_locked()).await;
        bot.settled().await;
        Self { town, inbox, anna, ticket }
    }

    fn trouble(&self, sim: &Sim, (method, route): (&str, &str), answer: Answer) -> FaultHandle {
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
}

#[tokio::test]
async fn two_servers_in_trouble_delay_no_third() {
    let worlds = ROUTES.iter().flat_map(|route| ANSWERS.map(|answer| (*route, answer)));
    let lives = worlds.map(|(route, answer)| async move {
        println!("{route:?} {answer:?}");
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        let mut places = Vec::new();
        for _ in 0..3 {
            places.push(Place::build(&sim, &bot).await);
        }
        let troubles: Vec<_> = places[..2].iter().map(|place| place.trouble(&sim, route, answer)).collect();

        for place in &places {
            place.anna.leave(&place.ticket);
        }

        let [.., calm] = &places[..] else { unreachable!() };
        sim.wait_until("the third to be closed", || calm.ticket.is_archived() && calm.ticket.is_locked()).await;
        calm.town.open_ticket(&calm.town.member("bert"), &calm.inbox).await;
        for trouble in &troubles {
            trouble.clear();
            trouble.release();
        }
        // The backoff grows; none of the first waits is longer than this.
        sim.advance(Duration::from_mins(15));
        bot.settled().await;
        assert!(places[..2].iter().all(|place| place.town.guild.threads().len() == 1));
    });
    futures_util::stream::iter(lives).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}
