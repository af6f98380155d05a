//! Stopping ends in every state of the gateway.

use std::time::Duration;

use discord_sim::{Fault, Sim};
use rustix::process::Signal;

use crate::on_discord::{home_on, start};
use crate::running::Running;
use crate::support::Outcome;

fn ended_well(outcome: &Outcome, state: &str) {
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), ""), "{state}: {}", outcome.stderr);
    outcome.last_line_holds(&["stopped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_it_connects_again_it_ends_whatever_signal_asks_for_it() {
    for signal in [Signal::TERM, Signal::INT] {
        let sim = Sim::start().await;
        let home = home_on(&sim);
        let running = start(&sim, &home, &[]).await;
        let begun = sim.gateway().identify_count();

        sim.gateway().close(None);
        running.signal(signal);
        let outcome = running.end();

        ended_well(&outcome, "cut off");
        assert_eq!(sim.gateway().identify_count(), begun, "it stopped before another session began");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_looks_for_the_gateway_or_waits_between_two_looks_it_ends() {
    let sim = Sim::start().await;
    let held = sim.fault(Fault::on("GET", "/gateway/bot").hold().always());
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    sim.wait_until("the gateway to be looked for", || held.waiting() > 0).await;
    ended_well(&running.stop(), "looking for the gateway");
    held.release();

    let sim = Sim::start().await;
    sim.fault(Fault::on("GET", "/gateway/bot").status(503).always());
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    running.wait_for("trying again");
    ended_well(&running.stop(), "waiting between two looks");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_refused_again_and_again_it_ends() {
    let sim = Sim::start().await;
    sim.fault(Fault::on("GET", "/gateway/bot").error(403, 0, "403: Forbidden").always());
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    running.wait_for("trying again");
    running.wait_for("trying again");
    ended_well(&running.stop(), "refused to say where the gateway is");

    let sim = Sim::start().await;
    sim.fault(Fault::on("GET", "/users/@me").rate_limited(Duration::from_hours(23), true).always());
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    running.wait_for("waiting until Discord lets the bot log in");
    let outcome = running.stop();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_its_connections_are_refused_it_ends() {
    let sim = Sim::start().await;
    sim.gateway().refuse_connections(true);
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    let refused = || sim.transcript().contains("gateway: connection refused");
    sim.wait_until("a connection to be refused", refused).await;

    ended_well(&running.stop(), "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_discord_ends_its_session_it_ends() {
    for what in ["op 9", "4009", "op 7", "cut"] {
        let sim = Sim::start().await;
        let home = home_on(&sim);
        let running = start(&sim, &home, &[]).await;

        match what {
            "op 9" => sim.gateway().invalid_session(false),
            "4009" => sim.gateway().close(Some(4009)),
            "op 7" => sim.gateway().reconnect(),
            _ => sim.gateway().drop_connections(),
        }

        ended_well(&running.stop(), what);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_discord_does_not_answer_its_goodbye_it_ends() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;

    sim.gateway().freeze(true);
    let outcome = running.stop();

    ended_well(&outcome, "frozen");
    assert!(!sim.transcript().contains("connection closed"), "{}", sim.transcript());
    sim.gateway().freeze(false);
}
