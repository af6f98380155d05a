//! The threads of closed tickets that stay visible for a while, and what happens to them meanwhile.

use std::time::Duration;

use discord_sim::permissions::BOT_DEFAULT;
use discord_sim::{Fault, Sim};

use crate::closing::Story;

/// Who archives the thread of a closed ticket while it stays visible.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Archived {
    ByStaff,
    /// The same, and the bot is killed between the two requests that lock it.
    ByStaffAndKilled,
    ByTheTimer,
    /// The bot learns of it when the time has come.
    WhileAway,
    /// The bot was removed from it for a while.
    OutOfSight,
}

#[tokio::test]
async fn a_closed_ticket_that_stays_visible_is_locked_however_its_thread_is_archived_meanwhile() {
    for archived in
        [Archived::ByStaff, Archived::ByStaffAndKilled, Archived::ByTheTimer, Archived::WhileAway, Archived::OutOfSight]
    {
        let sim = Sim::start().await;
        let mut story = Story::begin_with(&sim, r#"{"closing":{"visible_hours":24}}"#).await;
        story.mona.slash("ticket close").at(&story.ticket).send().await;
        story.bot.wait_for_closed(1).await;
        sim.advance(Duration::from_hours(2));
        match archived {
            Archived::ByStaff => story.mona.archive(&story.ticket),
            Archived::ByStaffAndKilled => {
                let edits = Fault::on("PATCH", &format!("/channels/{}", story.ticket.id()));
                let half = edits.only_if(|request| request.body["archived"] == false && request.body["locked"] == true);
                let held = sim.fault(half.hold_answer());
                story.mona.archive(&story.ticket);
                sim.wait_until("the thread to be locked", || held.waiting() == 1).await;
                story.bot.kill().await;
                held.clear();
                assert!(!story.ticket.is_archived() && story.ticket.is_locked());
                story.bot.boot().await;
            }
            Archived::ByTheTimer => sim.thread_timer_archives(&story.ticket),
            Archived::WhileAway => {
                story.bot.stop().await;
                story.mona.archive(&story.ticket);
                story.bot.boot().await;
                sim.advance(Duration::from_hours(23));
            }
            Archived::OutOfSight => {
                story.town.guild.bot_role_permissions(BOT_DEFAULT);
                story.mona.remove(&story.ticket, &story.town.guild.bot_member());
                story.bot.wait_for("SELECT count(*) FROM ticket WHERE hidden_since IS NOT NULL", 1).await;
                story.mona.add(&story.ticket, &story.town.guild.bot_member());
                story.bot.wait_for("SELECT count(*) FROM ticket WHERE hidden_since IS NULL", 1).await;
                story.bot.settled().await;
                assert_eq!(story.bot.states().await, ["closed"], "its owner in it does not re-open it");
                story.town.let_bot_moderate();
                story.mona.archive(&story.ticket);
            }
        }

        let is_over = || story.ticket.is_archived() && story.ticket.is_locked();
        sim.wait_until("the thread to be locked", is_over).await;
        story.bot.settled().await;
        assert!(is_over(), "{archived:?}");
        assert_eq!(story.bot.states().await, ["closed"], "{archived:?}");
        assert_eq!(story.lines().await.len(), 1, "nothing more is said: {archived:?}");
        assert!(story.anna.try_write(&story.ticket, "One more thing").is_err());
        sim.advance(Duration::from_hours(25));
        story.bot.settled().await;
        assert!(is_over(), "{archived:?}");
    }
}

#[tokio::test]
async fn a_thread_that_is_archived_before_its_notice_is_posted_stays_visible_and_closed() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"visible_hours":24}}"#).await;
    let place = format!("/channels/{}/messages", story.ticket.id());
    let held = sim.fault(Fault::on("POST", &place).hold());
    story.mona.slash("ticket close").at(&story.ticket).send().await;
    sim.wait_until("the notice", || held.waiting() == 1).await;

    story.mona.archive(&story.ticket);
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'look'", 1).await;
    held.release();
    story.bot.wait_for_closed(1).await;
    sim.quiet().await;

    assert_eq!(story.bot.states().await, ["closed"]);
    assert_eq!(story.lines().await.len(), 1);
    sim.advance(Duration::from_hours(25));
    sim.wait_until("the thread to be locked", || story.ticket.is_archived() && story.ticket.is_locked()).await;
    assert_eq!(story.bot.states().await, ["closed"]);
}
