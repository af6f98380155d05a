//! Permanent refusals have a fallback: if Discord refuses one half of a request, the other half is done, and the ticket
//! reaches its end.
//!
//! The example is a server that requires two-factor authentication of moderators and a bot whose owner has none:
//! Discord answers everything that needs Manage Threads with 60003 despite the permission.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use discord_sim::{Fault, FaultHandle, Sim};

use crate::journeys::{Journey, Scene};
use crate::support::TestBot;
use crate::town::CREATE_TICKET;

const TWO_FACTOR: u64 = 60_003;
const MISSING_PERMISSIONS: u64 = 50_013;

/// Those that end the same where moderation is refused.
const JOURNEYS: [Journey; 6] = [
    Journey::Open { moderates: true },
    Journey::OpenElsewhere,
    Journey::OwnerLeaves,
    Journey::OwnerLeavesGuild,
    Journey::StaffArchive,
    Journey::StaffBringBack,
];

/// Prints which world a failed assertion belongs to.
struct Naming<T: fmt::Debug>(T);

impl<T: fmt::Debug> Drop for Naming<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the world of {:?}", self.0);
        }
    }
}

/// Refuses to lock, unlock and delete threads.
fn refuse_moderation(sim: &Sim, code: u64) -> [FaultHandle; 2] {
    let locks = |request: &discord_sim::Request| !request.body["locked"].is_null();
    [
        sim.fault(Fault::on("PATCH", "/channels/{id}").only_if(locks).error(403, code, "refused").always()),
        sim.fault(Fault::on("DELETE", "/channels/{id}").error(403, code, "refused").always()),
    ]
}

#[tokio::test]
async fn without_moderation_every_ticket_still_comes_to_its_end() {
    for code in [TWO_FACTOR, MISSING_PERMISSIONS] {
        for journey in JOURNEYS {
            let _naming = Naming((journey, code));
            let sim = Sim::start().await;
            let bot = TestBot::start(&sim).await;
            let refused = refuse_moderation(&sim, code);
            let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;

            scene.begin(journey);
            scene.arrive(journey).await;

            if journey.end() == "closed" {
                let thread = scene.thread.as_ref().unwrap();
                assert!(thread.is_archived() && !thread.is_locked());
            }
            // Nothing is retried forever.
            let tries: usize = refused.iter().map(FaultHandle::hits).sum();
            sim.advance(Duration::from_mins(5));
            scene.ledger.settled().await;
            sim.quiet().await;
            assert_eq!(refused.iter().map(FaultHandle::hits).sum::<usize>(), tries);
        }
    }
}

#[tokio::test]
async fn a_ticket_that_may_not_be_locked_keeps_no_other_from_being_closed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    refuse_moderation(&sim, TWO_FACTOR);
    let scene = Scene::prepare(&sim, bot.ledger(), Journey::OwnerLeaves).await;
    let bert = scene.town.member("bert");
    let other = scene.town.open_ticket(&bert, &scene.inbox).await;
    let first = scene.thread.as_ref().unwrap();

    scene.anna.leave(first);
    bert.leave(&other);
    sim.wait_until("both to be archived", || first.is_archived() && other.is_archived()).await;

    bot.wait_for_states(&["closed", "closed"]).await;
}

#[tokio::test]
async fn an_opening_that_fails_is_taken_back_as_far_as_that_is_allowed() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    refuse_moderation(&sim, TWO_FACTOR);
    let scene = Scene::prepare(&sim, bot.ledger(), Journey::Open { moderates: true }).await;
    sim.fault(Fault::on("POST", "/channels/{id}/messages").error(403, MISSING_PERMISSIONS, "Missing Permissions"));

    let reply = scene.anna.click(&scene.inbox, CREATE_TICKET).await;

    assert!(reply.links().is_empty(), "{}", reply.text());
    bot.wait_for("SELECT count(*) FROM ticket WHERE state <> 'closed'", 0).await;
    assert!(scene.town.newest_thread().is_archived());
}

/// Whatever is refused, with a fallback or not: it ends. What is written for the staff waits for the permission, with
/// growing waits and an end of its own (`journal`, `card_trouble`).
#[tokio::test]
async fn whatever_is_refused_for_good_is_not_asked_without_end() {
    for journey in Journey::EACH.into_iter().filter(|journey| !journey.writes_for_staff()) {
        for (method, route) in changes_of(journey).await {
            let _naming = Naming((journey, method.clone(), route.clone()));
            let sim = Sim::start().await;
            let bot = TestBot::start(&sim).await;
            let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
            let refused = sim.fault(Fault::on(&method, &route).error(403, TWO_FACTOR, "refused").always());

            scene.begin(journey);
            scene.arrive_or(journey, || refused.hits() > 0).await;
            sim.advance(Duration::from_mins(2));
            scene.ledger.settled().await;
            let tries = refused.hits();
            sim.advance(Duration::from_mins(5));
            scene.ledger.settled().await;
            sim.quiet().await;

            assert_eq!(refused.hits(), tries, "it is asked again and again");
        }
    }
}

/// Every request of a journey that changes something, once each.
async fn changes_of(journey: Journey) -> BTreeSet<(String, String)> {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
    let mark = sim.mark();
    scene.record(journey).await;
    let asked = sim.requests_since(mark).into_iter();
    let changes = asked.filter(|request| request.method != "GET" && !request.path.starts_with("/interactions/"));
    changes.map(|request| (request.method, request.route)).collect()
}
