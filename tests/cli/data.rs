//! `ticketbot data`: exports and deletes what is stored about a person, beside a running bot and without one.

use discord_sim::Sim;
use serde_json::Value;

use crate::on_discord::{Town, home_on, start};
use crate::running::Running;
use crate::support::Home;
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ticketbot");

/// A running bot, and a member's id with one open ticket.
async fn with_ticket(sim: &Sim, home: &Home) -> (Running, Town, String) {
    let town = Town::build(sim);
    let running = start(sim, home, &[]).await;
    let inbox = town.create_inbox().await;
    let reply = town.member.click(&inbox, "Create Ticket").await;
    assert!(!reply.links().is_empty(), "{}", reply.text());
    let member = town.member.id().to_string();
    (running, town, member)
}

fn export(home: &Home, user: &str) -> Value {
    let outcome = home.run(&["data", "export", "--user", user]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&outcome.stdout).expect("the export is JSON")
}

/// Makes all stored tickets look old in the database.
async fn age(home: &Home) {
    use sqlx::ConnectOptions as _;

    let path = home.path(".local/share/ticketbot/ticketbot.db");
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.expect("a database");
    sqlx::query("UPDATE ticket SET reserved_at = 0").execute(&mut connection).await.expect("an update");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_beside_a_running_bot_holds_the_ticket_and_says_what_the_logs_hold() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town, member) = with_ticket(&sim, &home).await;

    let json = export(&home, &member);

    let tickets = json["tickets"].as_array().expect("tickets");
    let thread = town.channel.threads().pop().expect("a ticket").id().to_string();
    assert_eq!((tickets.len(), tickets[0]["thread_id"].as_str()), (1, Some(&*thread)), "{json}");
    assert_eq!((&json["user_id"], &json["log_files"]["kept_for_days"]), (&Value::from(member), &Value::from(90)));
    assert_eq!(running.stop().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_needs_a_yes_and_explains_what_stays() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, town, member) = with_ticket(&sim, &home).await;

    home.run(&["data", "delete", "--user", &member]).is_refused_with(&["has to be confirmed", "--yes"]);
    let kept = home.run(&["data", "delete", "--user", &member, "--yes"]);
    assert_eq!((kept.code, kept.stderr.as_str()), (Some(0), ""));
    assert!(kept.stdout.contains("Deleted: 0 tickets"), "{}", kept.stdout);
    assert!(!kept.stdout.contains("could not be"), "not even a running bot stands in the way: {}", kept.stdout);
    assert!(kept.stdout.contains("Kept for now: 1 ticket, not closed"), "{}", kept.stdout);

    // The running bot is unaffected: it closes the ticket as usual.
    let thread = town.channel.threads().pop().expect("a ticket");
    town.member.leave(&thread);
    sim.wait_until("the ticket to be closed", || thread.is_archived()).await;
    assert_eq!(running.stop().code, Some(0));
    age(&home).await;
    let gone = home.run(&["data", "delete", "--user", &member, "--yes"]);
    assert!(gone.stdout.contains("Deleted: 1 ticket,") && !gone.stdout.contains("Kept"), "{}", gone.stdout);
    assert_eq!(export(&home, &member)["tickets"], Value::Array(Vec::new()));
    let nothing = home.run(&["data", "delete", "--user", &member]);
    assert_eq!((nothing.code, nothing.stdout), (Some(0), format!("Nothing is held about {member}.\n")));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_terminal_it_asks_and_anything_but_yes_is_no() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let (running, _town, member) = with_ticket(&sim, &home).await;
    assert_eq!(running.stop().code, Some(0));

    for (answer, code, last) in [("y\r", 1, "Nothing was deleted."), ("yes\r", 0, "Deleted: 0 tickets")] {
        let terminal = Terminal::start(&home, PROGRAM, &["data", "delete", "--user", &member]);
        terminal.wait_for("1 ticket (1 not closed)");
        terminal.wait_for("Type yes:");
        terminal.write(answer);
        terminal.wait_for(last);
        assert_eq!(terminal.end().0, Some(code), "{answer:?}");
    }
}

#[test]
fn without_a_database_nothing_is_made_and_it_says_where_it_looked() {
    let home = Home::with_config("");

    for arguments in [&["data", "export", "--user", "1"][..], &["data", "delete", "--user", "1", "--yes"]] {
        home.run(arguments).is_refused(1, &["There is no database at", "ticketbot.db", "db.path"]);
    }
    assert_eq!(home.files().len(), 1, "only the configuration: {:?}", home.files());
}

#[test]
fn what_is_no_id_is_refused() {
    for id in ["", "0", "anna", "<@1>", "-1"] {
        let outcome = Home::new().run(&["data", "export", "--user", id]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{id:?}: {}", outcome.stderr);
    }
}
