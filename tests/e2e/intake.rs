//! The order in which events take effect, and what a slow Discord or a flood of events delays.

use std::time::Duration;

use discord_sim::{Actor, Fault, Sim, State, Thread};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::support::TestBot;
use crate::town::Town;

/// Enough to reveal a reordering of two concurrent events.
const ROUNDS: u32 = 30;

const SLOWMODE: &str = "SELECT slowmode_seconds FROM panel";

/// Waits until every event sent for this newest town has taken effect: a change of its language comes last.
async fn wait_for_all(bot: &TestBot<'_>, town: &Town, round: u32) {
    let (locale, query) = if round.is_multiple_of(2) {
        ("de", "SELECT locale = 'de' FROM guild ORDER BY id DESC LIMIT 1")
    } else {
        ("fr", "SELECT locale = 'fr' FROM guild ORDER BY id DESC LIMIT 1")
    };
    town.guild.set_locale(locale);
    bot.wait_for(query, 1).await;
}

#[tokio::test]
async fn of_two_changes_of_a_slow_mode_the_last_one_counts() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    for round in 0..ROUNDS {
        town.help.set_slowmode(21_600);
        town.help.set_slowmode(round);

        wait_for_all(&bot, &town, round).await;
        assert_eq!(bot.stored(SLOWMODE).await, i64::from(round));
    }
}

#[tokio::test]
async fn a_change_right_after_a_server_has_arrived_counts() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    for round in 0..ROUNDS {
        town.guild.outage();
        town.help.set_slowmode(21_600);
        town.guild.end_outage();
        town.help.set_slowmode(round);

        wait_for_all(&bot, &town, round).await;
        assert_eq!(bot.stored(SLOWMODE).await, i64::from(round));
    }
}

#[tokio::test]
async fn a_slow_mode_that_was_set_and_lifted_while_the_connection_was_away_is_lifted() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.create_inbox().await;

    for round in 0..ROUNDS / 6 {
        sim.gateway().drop_connections();
        town.help.set_slowmode(21_600);
        town.help.set_slowmode(0);

        wait_for_all(&bot, &town, round).await;
        assert_eq!(bot.stored(SLOWMODE).await, 0);
    }
    assert!(sim.gateway().resume_count() > 0);
}

/// What staff do with a ticket's thread, in every order of three, with a fast and a slow Discord.
#[tokio::test]
async fn whatever_staff_do_in_a_row_the_ticket_ends_up_as_its_thread() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    for is_slow in [false, true] {
        let town = Town::build(&sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let mona = town.moderator("mona");
        if is_slow {
            let ask = Fault::on("GET", "/channels/{id}/thread-members/{id}");
            let _always = sim.fault(ask.delay(Duration::from_millis(50)).always());
        }
        for case in 0..27 {
            let anna = town.member(&format!("anna{case}"));
            let thread = town.open_ticket(&anna, &inbox).await;
            for step in [case % 3, case / 3 % 3, case / 9 % 3] {
                act(&mona, &thread, step);
            }

            wait_for_all(&bot, &town, 2 * case).await;
            bot.settled().await;
            wait_for_all(&bot, &town, 2 * case + 1).await;
            let expected = if thread.is_archived() { "closed" } else { "open" };
            let states = bot.states().await;
            assert_eq!(states.last().map(String::as_str), Some(expected), "case {case}, slow: {is_slow}");
        }
    }
}

fn act(mona: &Actor, thread: &Thread, step: u32) {
    match step {
        0 if !thread.is_archived() => mona.archive(thread),
        1 if !thread.is_archived() => mona.archive_and_lock(thread),
        2 if thread.is_archived() => mona.unarchive(thread),
        _ => {}
    }
}

/// More servers in trouble than there are event workers.
#[tokio::test]
async fn requests_that_hang_in_many_servers_delay_neither_another_server_nor_a_click() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mut leaving = Vec::new();
    for _ in 0..20 {
        let other = Town::build(&sim);
        let inbox = other.create_inbox().await;
        let member = other.member("bert");
        let thread = other.open_ticket(&member, &inbox).await;
        leaving.push((member, thread));
    }
    let hang = sim.fault(Fault::on("PATCH", "/channels/{id}").hold().always());
    for (member, thread) in &leaving {
        member.leave(thread);
    }
    sim.wait_until("every request to hang", || hang.waiting() == leaving.len()).await;

    town.help.set_slowmode(120);

    bot.wait_for("SELECT count(*) FROM panel WHERE slowmode_seconds = 120", 1).await;
    town.open_ticket(&town.member("anna"), &inbox).await;
    assert_eq!(hang.waiting(), leaving.len());
    hang.clear();
    hang.release();
    sim.wait_until("the tickets to be closed", || leaving.iter().all(|(_, thread)| thread.is_archived())).await;
}

/// Another program holds the database, which has one writer.
async fn hold_the_database(bot: &TestBot<'_>) -> SqliteConnection {
    let mut other = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    other
}

async fn let_go_of_the_database(mut other: SqliteConnection) {
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
}

/// While the database is held: the events of this town wait, and a flood of large ones fills the intake. `owner` leaves
/// their ticket.
fn flood(sim: &Sim, town: &Town, owner: &Actor, thread: &Thread) {
    // Each waits five seconds for the database before it is given up and the next one waits: longer than any test, in all.
    for slowmode in 1..=60 {
        town.help.set_slowmode(slowmode);
    }
    owner.leave(thread);
    // More than the intake holds.
    let guild = town.guild.id().to_string();
    let removed: Vec<String> = (1_000_000..1_002_000).map(|member: u64| member.to_string()).collect();
    let update = json!({ "id": "1", "guild_id": guild, "member_count": 1, "removed_member_ids": removed });
    for _ in 0..150 {
        sim.gateway().dispatch_raw("THREAD_MEMBERS_UPDATE", &update);
    }
}

#[tokio::test]
async fn a_bot_with_too_much_to_do_reads_no_further_stays_connected_and_loses_nothing() {
    let sim = Sim::builder().heartbeat(Duration::from_secs(3)).start().await;
    let bot = TestBot::start(&sim).await;
    let (town, other) = (Town::build(&sim), Town::build(&sim));
    other.create_inbox().await;
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    // A command that only reads.
    let village = Town::build(&sim);
    let list = || village.admin.slash("inbox list");
    let held = hold_the_database(&bot).await;
    assert_eq!(list().send().await.state(), State::Answered);
    flood(&sim, &town, &anna, &thread);
    let unread = list().begin();
    other.help.set_slowmode(120);

    // The bot cannot read the answers to those heartbeats.
    let before = sim.gateway().heartbeat_count();
    sim.wait_until("more heartbeats", || sim.gateway().heartbeat_count() > before + 2).await;
    assert_ne!(unread.state(), State::Answered);
    let_go_of_the_database(held).await;

    bot.wait_for("SELECT count(*) FROM panel WHERE slowmode_seconds = 120", 1).await;
    sim.wait_until("the ticket to be closed", || thread.is_archived()).await;
    assert_eq!((sim.gateway().identify_count(), sim.gateway().resume_count()), (1, 0));
}

#[tokio::test]
async fn a_bot_that_is_told_to_stop_with_too_much_to_do_stops_and_goes_on_at_the_next_start() {
    let sim = Sim::start().await;
    let mut bot = TestBot::configured(&sim, "shutdown.grace_seconds = 1\n");
    bot.boot().await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let anna = town.member("anna");
    let thread = town.open_ticket(&anna, &inbox).await;
    let held = hold_the_database(&bot).await;
    flood(&sim, &town, &anna, &thread);

    bot.stop().await;
    let_go_of_the_database(held).await;
    bot.boot().await;

    sim.wait_until("the ticket to be closed", || thread.is_archived()).await;
}

#[tokio::test]
async fn a_vanished_server_that_discord_cannot_tell_of_hides_no_other() {
    let sim = Sim::start().await;
    let mut bot = TestBot::start(&sim).await;
    let towns = [(); 3].map(|()| Town::build(&sim));
    for town in &towns {
        town.create_inbox().await;
    }
    bot.stop().await;
    for town in &towns {
        town.guild.remove_bot();
    }
    let troubled = format!("/guilds/{}", towns[0].guild.id());
    sim.fault(Fault::on("GET", "/guilds/{id}").only_if(move |asked| asked.path == troubled).status(503).always());

    bot.launch().await;

    bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 2).await;
}
