//! When the commands are registered with Discord, and when not.

use discord_sim::Sim;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::on_discord::{home_on, registrations, start};
use crate::support::Home;

/// Starts the program until it listens, and stops it.
async fn run_once(sim: &Sim, home: &Home, arguments: &[&str]) {
    let running = start(sim, home, arguments).await;
    let outcome = running.stop();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    sim.wait_until("the session to end", || sim.gateway().connected() == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_registers_and_exits_without_opening_the_gateway() {
    let sim = Sim::start().await;
    let home = home_on(&sim);

    for times in 1..=2 {
        let outcome = home.run(&["--sync"]);

        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), ""), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("commands registered"), "{}", outcome.stderr);
        assert_eq!(registrations(&sim), times, "asked for, it is done even when nothing changed");
    }
    assert!(!sim.commands().is_empty());
    assert_eq!(sim.gateway().identify_count(), 0);
    assert!(!sim.transcript().contains("gateway: connection opened"), "{}", sim.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_does_not_register_again() {
    let sim = Sim::start().await;
    let home = home_on(&sim);

    run_once(&sim, &home, &[]).await;
    assert_eq!(registrations(&sim), 1);
    run_once(&sim, &home, &[]).await;
    assert_eq!(registrations(&sim), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sync_never_registers() {
    let sim = Sim::start().await;

    run_once(&sim, &home_on(&sim), &["--no-sync"]).await;

    assert!(registrations(&sim) == 0 && sim.commands().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_a_release_changed_are_registered_at_its_first_start() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    run_once(&sim, &home, &[]).await;
    let database = home.path(".local/share/ticketbot/ticketbot.db");
    let mut earlier = SqliteConnectOptions::new().filename(database).connect().await.expect("the bot's database");
    let changed = sqlx::query("UPDATE setting SET value = 'of an earlier release' WHERE name LIKE 'commands.%'")
        .execute(&mut earlier)
        .await
        .expect("the fingerprint is kept there");
    assert_eq!(changed.rows_affected(), 1);
    drop(earlier);

    run_once(&sim, &home, &["--no-sync"]).await;
    assert_eq!(registrations(&sim), 1);
    run_once(&sim, &home, &[]).await;
    assert_eq!(registrations(&sim), 2);
    run_once(&sim, &home, &[]).await;
    assert_eq!(registrations(&sim), 2);
}
