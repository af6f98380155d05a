//! Stopping always ends, and lets clicks that were already made finish.

use discord_sim::{Fault, Sim, State};
use rustix::process::Signal;

use crate::on_discord::{Town, home_on, home_with, start};
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn sigint_and_sigterm_end_it_with_0_and_close_the_session() {
    for signal in [Signal::INT, Signal::TERM] {
        let sim = Sim::start().await;
        let running = start(&sim, &home_on(&sim), &[]).await;

        running.signal(signal);
        let outcome = running.end();

        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), ""), "{}", outcome.stderr);
        outcome.last_line_holds(&["stopped"]);
        assert!(sim.transcript().contains("connection closed, code Some(1000)"), "{}", sim.transcript());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_while_it_logs_in_ends_it_as_well() {
    let sim = Sim::start().await;
    let held = sim.fault(Fault::on("GET", "/users/@me").hold().always());
    let home = home_on(&sim);
    let running = Running::start(&home, &[]);
    sim.wait_until("the bot to log in", || held.waiting() > 0).await;

    let outcome = running.stop();

    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    held.release();
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_has_begun_is_finished_before_the_end() {
    let sim = Sim::start().await;
    let town = Town::build(&sim);
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;
    let inbox = town.create_inbox().await;
    let held = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());
    let reply = town.member.begin_click(&inbox, "Create Ticket");
    sim.wait_until("the bot to make the thread", || held.waiting() > 0).await;

    running.signal(Signal::TERM);
    running.wait_for("stopping");
    held.release();
    let outcome = running.end();

    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.last_line_holds(&["stopped"]);
    let thread = town.channel.threads().pop().expect("the ticket was made");
    assert!(reply.finished().await.links_to(&thread) && town.member.sees(&thread));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once_whatever_it_waits_for() {
    let sim = Sim::start().await;
    let town = Town::build(&sim);
    let home = home_with(&sim, "shutdown.grace_seconds = 300");
    let running = start(&sim, &home, &[]).await;
    let inbox = town.create_inbox().await;
    let held = sim.fault(Fault::on("POST", "/channels/{id}/threads").hold());
    let reply = town.member.begin_click(&inbox, "Create Ticket");
    sim.wait_until("the bot to make the thread", || held.waiting() > 0).await;

    running.signal(Signal::TERM);
    running.wait_for("stopping");
    running.signal(Signal::TERM);
    let outcome = running.end();

    assert_eq!(outcome.code, Some(130), "128 and the number of SIGINT: {}", outcome.stderr);
    assert!(matches!(reply.state(), State::Waiting | State::Thinking));
    held.release();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_reset_while_it_runs_ends_it_with_2() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let running = start(&sim, &home, &[]).await;

    sim.gateway().close(Some(4004));
    let outcome = running.end();

    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    outcome.last_line_holds(&["Discord refused the bot token.", "Copy the token again"]);
}
