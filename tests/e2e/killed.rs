//! Kills the program at every step of opening, closing and re-opening a ticket and starts it again. It must repair
//! everything within one pass, without help.
//!
//! No step is listed here: a first run without accidents records the program's requests and counts its commits, and
//! every state between two of them becomes a separate world. A new step is covered automatically.

use std::collections::BTreeSet;
use std::time::Duration;

use discord_sim::{Fault, Sim};

use crate::daemon::Daemon;
use crate::journeys::{Journey, Point, Scene};
use crate::support::TestBot;

#[tokio::test]
async fn opening_a_ticket() {
    assert_survives(Journey::Open { moderates: true }, 3).await;
}

#[tokio::test]
async fn opening_a_ticket_without_manage_threads() {
    assert_survives(Journey::Open { moderates: false }, 3).await;
}

#[tokio::test]
async fn opening_a_ticket_in_another_channel() {
    assert_survives(Journey::OpenElsewhere, 4).await;
}

#[tokio::test]
async fn opening_a_ticket_for_a_member() {
    assert_survives(Journey::OpenFor, 8).await;
}

#[tokio::test]
async fn opening_a_ticket_about_a_message() {
    assert_survives(Journey::OpenAbout, 4).await;
}

#[tokio::test]
async fn opening_a_ticket_while_the_member_is_shown_that_it_takes_time() {
    assert_survives(Journey::OpenSlowly, 4).await;
}

#[tokio::test]
async fn opening_a_ticket_with_the_answers_of_a_form() {
    assert_survives(Journey::OpenForm, 5).await;
}

#[tokio::test]
async fn taking_back_a_ticket_whose_first_message_is_refused() {
    assert_survives(Journey::OpenRefused, 4).await;
}

/// A new kind of step is covered by a journey that causes it.
#[tokio::test]
async fn every_kind_of_step_happens_on_a_journey() {
    let kinds: BTreeSet<String> = ticketbot::step_kinds().map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    for journey in Journey::EACH {
        let sim = Sim::start().await;
        let bot = TestBot::start(&sim).await;
        bot.remember_steps().await;
        let mut scene = Scene::prepare(&sim, bot.ledger(), journey).await;
        scene.begin(journey);
        scene.arrive(journey).await;
        seen.extend(bot.remembered_steps().await);
    }
    assert_eq!(seen, kinds);
}

#[tokio::test]
async fn closing_a_ticket_whose_owner_leaves() {
    assert_survives(Journey::OwnerLeaves, 2).await;
}

#[tokio::test]
async fn closing_a_ticket_whose_owner_leaves_the_server() {
    assert_survives(Journey::OwnerLeavesGuild, 2).await;
}

#[tokio::test]
async fn claiming_a_ticket() {
    assert_survives(Journey::Claim, 2).await;
}

#[tokio::test]
async fn sending_a_canned_reply() {
    assert_survives(Journey::Reply, 2).await;
}

#[tokio::test]
async fn ending_the_claim_of_somebody_who_is_no_longer_staff() {
    assert_survives(Journey::ClaimEnds, 4).await;
}

#[tokio::test]
async fn transferring_a_ticket() {
    assert_survives(Journey::Transfer, 5).await;
}

#[tokio::test]
async fn moving_a_ticket_within_its_channel() {
    assert_survives(Journey::Move, 2).await;
}

#[tokio::test]
async fn moving_a_ticket_to_another_channel() {
    assert_survives(Journey::MoveElsewhere, 10).await;
}

#[tokio::test]
async fn closing_a_ticket_that_staff_archive() {
    assert_survives(Journey::StaffArchive, 2).await;
}

#[tokio::test]
async fn closing_a_ticket_of_an_inbox_with_a_log() {
    assert_survives(Journey::StaffArchiveLogged, 3).await;
}

#[tokio::test]
async fn closing_a_ticket_whose_export_goes_into_the_log() {
    assert_survives(Journey::StaffArchiveExported, 3).await;
}

#[tokio::test]
async fn deleting_a_closed_ticket() {
    assert_survives(Journey::ModeratorDeletes, 2).await;
}

#[tokio::test]
async fn deleting_an_inbox_with_its_message() {
    assert_survives(Journey::AdminDeletesInbox, 2).await;
}

#[tokio::test]
async fn applying_a_file_with_a_new_panel() {
    assert_survives(Journey::AdminAppliesFile, 4).await;
}

#[tokio::test]
async fn closing_a_ticket_with_the_button() {
    assert_survives(Journey::StaffClose, 4).await;
}

#[tokio::test]
async fn closing_a_ticket_at_the_time_that_was_set() {
    assert_survives(Journey::ScheduledClose, 4).await;
}

#[tokio::test]
async fn asking_the_owner_whether_a_ticket_can_be_closed() {
    assert_survives(Journey::StaffAsk, 2).await;
}

#[tokio::test]
async fn closing_a_ticket_whose_owner_agrees() {
    assert_survives(Journey::OwnerAgrees, 4).await;
}

#[tokio::test]
async fn keeping_a_ticket_open_whose_owner_was_asked() {
    assert_survives(Journey::OwnerKeeps, 2).await;
}

#[tokio::test]
async fn reopening_a_ticket_with_the_command() {
    assert_survives(Journey::StaffReopen, 4).await;
}

#[tokio::test]
async fn reopening_a_ticket_whose_owner_is_brought_back() {
    assert_survives(Journey::StaffBringBack, 2).await;
}

#[tokio::test]
async fn posting_the_card_of_a_new_ticket() {
    assert_survives(Journey::CardPosted, 4).await;
}

#[tokio::test]
async fn changing_the_card_of_a_ticket_that_is_closed() {
    assert_survives(Journey::CardFollows, 3).await;
}

#[tokio::test]
async fn moving_the_card_of_a_ticket_to_another_channel() {
    assert_survives(Journey::CardMoves, 4).await;
}

/// Where the program is when it is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Discord has not received the request yet.
    Before(usize),
    /// Discord has acted, and the answer is on its way.
    After(usize),
    End,
}

/// `at_least`: requests that the journey needs, to detect an empty recording.
async fn assert_survives(journey: Journey, at_least: usize) {
    let points = record(journey).await;
    assert!(points.len() >= at_least, "{journey:?} has only {} steps", points.len());
    // A read-only request changes nothing.
    let moments = points.iter().flat_map(|point| {
        let after = (!point.is_read).then_some(Moment::After(point.request));
        std::iter::once(Moment::Before(point.request)).chain(after)
    });
    let (mut known, mut worlds) = (0, 0);
    for moment in moments.chain([Moment::End]) {
        let committed = kill_at(journey, moment, None).await;
        worlds += 1;
        // Transactions since the last moment were committed one by one.
        for between in known + 1..committed {
            kill_at(journey, moment, Some(between)).await;
            worlds += 1;
        }
        known = known.max(committed);
    }
    assert!(known > 0, "the program committed nothing");
    println!("{journey:?}: killed in {worlds} states, {known} of them commits");
}

async fn record(journey: Journey) -> Vec<Point> {
    let sim = Sim::start().await;
    let daemon = Daemon::start(&sim).await;
    Scene::prepare(&sim, daemon.ledger(), journey).await.record(journey).await
}

/// Kills the program there, keeps only that many transactions, starts it again and checks everything. Returns how many
/// it had committed.
async fn kill_at(journey: Journey, moment: Moment, kept: Option<usize>) -> usize {
    println!("{journey:?}, {moment:?}, kept {kept:?}");
    let sim = Sim::start().await;
    let mut daemon = Daemon::start(&sim).await;
    let mut scene = Scene::prepare(&sim, daemon.ledger(), journey).await;
    let before = daemon.wal().commits();
    let held = match moment {
        Moment::Before(request) => Some(sim.fault(Fault::on("*", "*").skip(request).hold())),
        Moment::After(request) => Some(sim.fault(Fault::on("*", "*").skip(request).hold_answer())),
        Moment::End => None,
    };
    scene.begin(journey);
    match held {
        None => scene.arrive(journey).await,
        Some(ref held) => scene.arrive_or(journey, || held.waiting() == 1).await,
    }
    daemon.kill().await;
    if let Some(held) = held {
        held.clear();
    }
    let committed = daemon.wal().commits() - before;
    if let Some(kept) = kept {
        daemon.wal().keep(before + kept);
    }
    come_back(&sim, &mut daemon, &mut scene, journey).await;
    committed
}

/// After a restart everything must be right without anybody's action.
async fn come_back(sim: &Sim, daemon: &mut Daemon<'_>, scene: &mut Scene<'_>, journey: Journey) {
    scene.end_slowness();
    if scene.reply.is_some() {
        // Discord tells the member about the failure, unless they see "thinking…".
        sim.advance(Duration::from_secs(4));
    }
    daemon.boot().await;
    scene.ledger.settled().await;
    scene.ensure(journey).await;
    scene.ledger.cards_are_drawn().await;
    sim.quiet().await;
    scene.ledger.check(sim, &scene.expected(true)).await;
    scene.assert_end(journey).await;
    scene.assert_no_dead_buttons(journey);
}
