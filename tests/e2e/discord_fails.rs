//! Discord fails in every way at every request of opening, closing and re-opening a ticket: nothing is lost or
//! duplicated, and the member reads the truth.
//!
//! As in `killed`, the requests come from a first run without accidents.

use std::fmt;
use std::time::Duration;

use discord_sim::{Fault, Sim};
use futures_util::StreamExt as _;

use crate::journeys::{Journey, Point, Scene, is_answer};
use crate::support::TestBot;

/// Worlds that run side by side: mostly they wait.
const AT_ONCE: usize = 4;

#[derive(Clone, Copy, Debug)]
enum Failing {
    Status(u16),
    /// Acts, then reports a failure.
    ActedAndSaid(u16),
    CutBefore,
    CutAfter,
    RateLimited {
        global: bool,
    },
}

const WAYS: [Failing; 8] = [
    Failing::Status(500),
    Failing::Status(502),
    Failing::Status(503),
    Failing::ActedAndSaid(500),
    Failing::CutBefore,
    Failing::CutAfter,
    Failing::RateLimited { global: false },
    Failing::RateLimited { global: true },
];

/// What changes in the world between two requests.
#[derive(Clone, Copy, Debug)]
enum Change {
    BotLosesEverything,
    BotMayNotWriteInThreads,
    ChannelHiddenFromBot,
    ChannelDeleted,
    ThreadDeleted,
    OwnerLeavesGuild,
}

const CHANGES: [Change; 6] = [
    Change::BotLosesEverything,
    Change::BotMayNotWriteInThreads,
    Change::ChannelHiddenFromBot,
    Change::ChannelDeleted,
    Change::ThreadDeleted,
    Change::OwnerLeavesGuild,
];

/// What cannot be made good.
const LOSSES: [Change; 2] = [Change::ThreadDeleted, Change::OwnerLeavesGuild];

/// What people do in a ticket, from opening it to moving it.
const WORK: [Journey; 13] = [
    Journey::OpenForm,
    Journey::StaffArchiveLogged,
    Journey::Claim,
    Journey::StaffClose,
    Journey::ScheduledClose,
    Journey::StaffAsk,
    Journey::OwnerAgrees,
    Journey::StaffReopen,
    Journey::CardPosted,
    Journey::CardFollows,
    Journey::Transfer,
    Journey::Move,
    Journey::MoveElsewhere,
];

/// Prints which world a failed assertion belongs to.
pub struct Naming<T: fmt::Debug>(pub T);

impl<T: fmt::Debug> Drop for Naming<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the world of {:?}", self.0);
        }
    }
}

/// Every kind of step happens on one of these journeys: `killed::every_kind_of_step_happens_on_a_journey`.
#[tokio::test]
async fn every_journey_survives_every_failed_request() {
    let recorded =
        futures_util::stream::iter(Journey::EACH).then(|journey| async move { (journey, points(journey).await.len()) });
    let journeys: Vec<(Journey, usize)> = recorded.collect().await;
    let worlds = journeys.into_iter().flat_map(|(journey, requests)| {
        assert!(requests > 1, "{journey:?} asks nothing");
        // Once: the bot retries. Five times: the retries fail as well. In turn, so that each request meets both.
        let failures = (0..requests).flat_map(|request| {
            WAYS.into_iter().enumerate().map(move |(number, way)| (request, way, [1, 5][(request + number) % 2]))
        });
        failures.map(move |(request, way, times)| async move {
            let _naming = Naming((journey, request, way, times));
            Box::pin(fail_at(journey, request, way, times)).await;
        })
    });
    futures_util::stream::iter(worlds).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

#[tokio::test]
async fn what_people_do_in_a_ticket_survives_every_change_between_two_requests() {
    for journey in [Journey::OpenElsewhere, Journey::StaffArchive] {
        assert_survives_changes(journey, &CHANGES).await;
    }
    for journey in WORK {
        assert_survives_changes(journey, &LOSSES).await;
    }
}

/// Once, and from then on until a while later.
#[tokio::test]
async fn whatever_is_refused_people_are_answered_and_the_ticket_is_right() {
    for journey in WORK {
        let points = points(journey).await;
        let requests = points.iter().filter(|point| !point.is_answer).count();
        let worlds = (0..requests).flat_map(|request| {
            [false, true].map(|for_good| async move {
                let _naming = Naming((journey, request, for_good));
                Box::pin(refuse_at(journey, request, for_good)).await;
            })
        });
        futures_util::stream::iter(worlds).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_leaves_the_ticket_and_its_owner_in_it() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), Journey::Open { moderates: true }).await;
    let held = sim.fault(Fault::on("POST", "/interactions/{id}/{token}/callback").hold());

    scene.begin(Journey::Open { moderates: true });
    sim.wait_until("the answer to be on its way", || held.waiting() == 1).await;
    sim.advance(Duration::from_secs(4));
    held.release();
    bot.wait_for_states(&["open"]).await;
    sim.quiet().await;

    let thread = scene.town.newest_thread();
    assert!(scene.anna.sees(&thread) && scene.anna.was_pinged_in(&thread));
    scene.ledger.check(&sim, &scene.expected(true)).await;
    scene.assert_served().await;
}

async fn points(journey: Journey) -> Vec<Point> {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    Scene::prepare(&sim, bot.ledger(), journey).await.record(journey).await
}

/// `for_good`: that request and all later ones but answers.
async fn refuse_at(journey: Journey, request: usize, for_good: bool) {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
    let fault = Fault::on("*", "*").only_if(|asked| !is_answer(asked)).skip(request);
    let fault = fault.error(403, 50_013, "Missing Permissions");
    let refused = sim.fault(if for_good { fault.always() } else { fault });

    scene.begin(journey);
    scene.arrive_or(journey, || refused.hits() > 0).await;
    if let Some(reply) = &scene.reply {
        reply.finished().await;
    }
    sim.quiet().await;
    refused.clear();
    sim.advance(Duration::from_mins(2));
    sim.quiet().await;
    scene.ledger.check_soon(&sim, &scene.expected(false)).await;
}

async fn fail_at(journey: Journey, request: usize, way: Failing, times: usize) {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
    let fault = Fault::on("*", "*").skip(request).times(times);
    let moment = Duration::from_millis(50);
    let failing = sim.fault(match way {
        Failing::Status(status) => fault.status(status),
        Failing::ActedAndSaid(status) => fault.act_then_status(status),
        Failing::CutBefore => fault.drop_before(),
        Failing::CutAfter => fault.drop_after(),
        Failing::RateLimited { global } => fault.rate_limited(moment, global),
    });

    scene.begin(journey);
    scene.arrive_or(journey, || failing.hits() > 0).await;
    if let Some(reply) = &scene.reply {
        // If the answer itself fails, only Discord's own deadline ends it.
        tokio::select! {
            _told = reply.finished() => {}
            () = given_up(&bot) => {
                // What follows the answer repeats lost requests at once, not a quarter of an hour later.
                sim.quiet().await;
                sim.advance(Duration::from_mins(16));
            }
        }
    }
    failing.clear();
    scene.end_slowness();
    make_up(&sim, &scene, journey).await;
    scene.ledger.check_soon(&sim, &scene.expected(true)).await;
    scene.assert_end(journey).await;
}

/// The bot has logged that its answer cannot be shown.
async fn given_up(bot: &TestBot<'_>) {
    while !bot.log().contains("could not show an answer") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Discord works again: one pass later everything must be right.
async fn make_up(sim: &Sim, scene: &Scene<'_>, journey: Journey) {
    sim.quiet().await;
    sim.advance(Duration::from_mins(2));
    scene.ledger.settled().await;
    scene.ensure(journey).await;
    sim.quiet().await;
}

async fn assert_survives_changes(journey: Journey, changes: &'static [Change]) {
    let requests = points(journey).await.len();
    let worlds = (0..requests).flat_map(|request| {
        changes.iter().map(move |&change| async move {
            let _naming = Naming((journey, request, change));
            Box::pin(change_at(journey, request, change)).await;
        })
    });
    futures_util::stream::iter(worlds).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

async fn change_at(journey: Journey, request: usize, change: Change) {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
    let held = sim.fault(Fault::on("*", "*").skip(request).hold());
    scene.begin(journey);
    scene.arrive_or(journey, || held.waiting() == 1).await;
    change.happen(&scene);
    held.release();
    if let Some(reply) = &scene.reply {
        reply.finished().await;
    }
    sim.advance(Duration::from_mins(2));
    scene.ledger.settled().await;
    sim.quiet().await;
    let mut expected = scene.expected(true);
    if change.takes_the_ticket_away() {
        // Once the last request is on its way, its outcome is unknown.
        let links = scene.reply.iter().flat_map(discord_sim::Reply::links);
        expected.left.extend(links.map(|link| link.channel));
    }
    scene.ledger.check_soon(&sim, &expected).await;
}

impl Change {
    fn takes_the_ticket_away(self) -> bool {
        matches!(self, Self::ChannelDeleted | Self::ThreadDeleted | Self::OwnerLeavesGuild)
    }

    fn happen(self, scene: &Scene<'_>) {
        use discord_sim::Target;
        use discord_sim::permissions::{SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};

        let town = &scene.town;
        let place = town.guild.channels().into_iter().find(|channel| channel.name() == "desk");
        let place = place.unwrap_or_else(|| town.help.clone());
        match self {
            Self::BotLosesEverything => {
                town.guild.bot_role_permissions(0);
                place.set_overwrite(Target::Bot, 0, u64::MAX);
            }
            Self::BotMayNotWriteInThreads => place.set_overwrite(Target::Bot, 0, SEND_MESSAGES_IN_THREADS),
            Self::ChannelHiddenFromBot => place.set_overwrite(Target::Bot, 0, VIEW_CHANNEL),
            Self::ChannelDeleted => town.guild.owner().delete_channel(&place),
            Self::ThreadDeleted => {
                if let Some(thread) = town.guild.threads().pop() {
                    town.guild.owner().delete_thread(&thread);
                }
            }
            Self::OwnerLeavesGuild => scene.anna.leave_guild(),
        }
    }
}
