//! In which order events take effect, and what a slow Discord or a flood of events holds up.

use discord_sim::{Fault, Sim, Thread};

use crate::support::TestBot;
use crate::town::Town;

/// Enough that a mix-up of two events that are handled at once shows.
const ROUNDS: u32 = 30;

const SLOWMODE: &str = "SELECT slowmode_seconds FROM panel";

/// Waits until everything that was sent for this town so far has taken effect: a change of its language comes last.
async fn wait_for_all(bot: &TestBot<'_>, town: &Town, round: u32) {
    let (locale, query) = if round.is_multiple_of(2) {
        ("de", "SELECT count(*) FROM guild WHERE locale = 'de'")
    } else {
        ("fr", "SELECT count(*) FROM guild WHERE locale = 'fr'")
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

/// What staff do with a ticket's thread, in every order of three, with and without a Discord that is slow to answer.
#[tokio::test]
async fn whatever_staff_do_in_a_row_the_ticket_ends_up_as_its_thread() {
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let inbox = town.create_inbox().await;
    let mona = town.moderator("mona");
    for case in 0..54 {
        let anna = town.member(&format!("anna{case}"));
        let thread = town.open_ticket(&anna, &inbox).await;
        let slow = (case >= 27).then(|| sim.fault(Fault::on("GET", "/guilds/{id}").hold().always()));
        for step in [case % 3, case / 3 % 3, case / 9 % 3] {
            act(&mona, &thread, step);
        }
        if let Some(slow) = slow {
            slow.clear();
            slow.release();
        }

        wait_for_all(&bot, &town, 2 * case).await;
        bot.settled().await;
        wait_for_all(&bot, &town, 2 * case + 1).await;
        let expected = if thread.is_archived() { "closed" } else { "open" };
        let states = bot.states().await;
        assert_eq!(states.last().map(String::as_str), Some(expected), "case {case}");
    }
}

fn act(mona: &discord_sim::Actor, thread: &Thread, step: u32) {
    match step {
        0 if !thread.is_archived() => mona.archive(thread),
        1 if !thread.is_archived() => mona.archive_and_lock(thread),
        2 if thread.is_archived() => mona.unarchive(thread),
        _ => {}
    }
}

/// More servers in trouble than anything that works on events can have hands.
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
    let hang = sim.fault(Fault::on("GET", "/channels/{id}/thread-members/{id}").hold().always());
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
