//! Discord is down at start: briefly, which nobody notices, or permanently, which is reported.

use std::time::Duration;

use discord_sim::{Fault, Sim};

use crate::on_discord::{home_on, start};

/// The requests before the bot listens.
const REQUESTS: [(&str, &str); 4] = [
    ("GET", "/users/@me"),
    ("GET", "/oauth2/applications/@me"),
    ("PUT", "/applications/{id}/commands"),
    ("GET", "/gateway/bot"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_any_request_at_the_start_is_got_over() {
    for status in [500, 502, 503] {
        let sim = Sim::start().await;
        let home = home_on(&sim);
        let failing = REQUESTS.map(|(method, path)| sim.fault(Fault::on(method, path).status(status)));

        let running = start(&sim, &home, &[]).await;

        assert!(failing.iter().all(|fault| fault.hits() == 1), "a request was not asked");
        assert_eq!(running.stop().code, Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discord_that_stays_down_ends_the_start_with_a_word_about_it() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    sim.fault(Fault::on("GET", "/users/@me").status(503).always());

    let outcome = home.run(&[]);

    assert_eq!(outcome.code, Some(1));
    for part in ["Discord cannot be reached", "503", "Check the network connection"] {
        assert!(outcome.stderr.contains(part), "{part} is missing:\n{}", outcome.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_blocked_is_said_and_not_blamed_on_the_bot() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    sim.fault(Fault::on("GET", "/users/@me").page(403, None).always());

    let outcome = home.run(&[]);

    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    outcome.last_line_holds(&["Discord cannot be used from here", "blocks the address", "wait an hour"]);
    assert!(!outcome.stderr.contains("Please report"), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_somebody_waits_for_says_how_long_discord_lets_nothing_through() {
    for page in [false, true] {
        let sim = Sim::start().await;
        let home = home_on(&sim);
        let fault = Fault::on("GET", "/users/@me").always();
        let asked = sim.fault(if page {
            fault.page(429, Some(7_200))
        } else {
            fault.rate_limited(Duration::from_hours(2), true)
        });

        let outcome = home.run(&["check"]);

        assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
        outcome.last_line_holds(&["lets nothing of this bot through", "more seconds"]);
        assert_eq!(asked.hits(), 1);
    }
}
