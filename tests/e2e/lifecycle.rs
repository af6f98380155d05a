//! How tickets close, sleep and re-open: by their owner, staff, Discord's timer, or deletion.

use std::time::Duration;

use discord_sim::permissions::MANAGE_THREADS;
use discord_sim::{Fault, Sim};

use crate::closing::REOPEN;
use crate::story::Story;
use crate::support::{TestBot, Town, requests_since};
use crate::town::CREATE_TICKET;

#[tokio::test]
async fn an_owner_who_leaves_closes_the_ticket_with_one_notice() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.anna.leave(&story.thread);
    story.closed().await;

    assert_eq!(story.notices().len(), 1);
    assert!(story.notices()[0].contains("no longer in it"), "{:?}", story.notices());
    let notice = story.thread.messages().pop().unwrap();
    assert!(notice.pinged().is_empty() && !story.thread.has_member(&story.anna));
}

#[tokio::test]
async fn an_owner_who_is_removed_closes_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.mona.remove(&story.thread, &story.anna);
    story.closed().await;

    story.bot.wait_for_states(&["closed"]).await;
}

#[tokio::test]
async fn an_owner_who_leaves_the_server_closes_all_their_tickets_with_one_notice_each() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let second_inbox = story.town.create_inbox().await;
    let second = story.town.open_ticket(&story.anna, &second_inbox).await;

    story.anna.leave_guild();
    story.closed().await;
    sim.wait_until("the second thread to be closed", || second.is_archived() && second.is_locked()).await;
    story.bot.wait_for_closed(2).await;
    sim.quiet().await;

    assert_eq!(story.notices().len(), 1, "{:?}", story.notices());
    assert!(story.notices()[0].contains("left the server") || story.notices()[0].contains("no longer in it"));
    assert_eq!(second.messages().len(), 2);
}

#[tokio::test]
async fn a_ticket_whose_inbox_message_is_gone_closes_all_the_same() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.owner().delete_message(&story.inbox);
    story.bot.wait_for("SELECT count(*) FROM panel WHERE message_id IS NULL", 1).await;

    story.anna.leave_guild();

    story.closed().await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn staff_who_archive_a_ticket_close_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.mona.archive(&story.thread);
    story.closed().await;

    assert_eq!(story.notices(), [format!("{}, this ticket has been closed. {REOPEN}", story.anna.mention())]);
}

#[tokio::test]
async fn staff_who_close_and_lock_a_ticket_are_not_overruled() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.mona.archive_and_lock(&story.thread);
    story.bot.wait_for_closed(1).await;
    sim.quiet().await;

    assert!(story.thread.is_archived() && story.thread.is_locked());
}

#[tokio::test]
async fn without_manage_threads_a_ticket_is_closed_but_not_locked() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, false).await;

    story.anna.leave(&story.thread);
    story.bot.wait_for_closed(1).await;

    assert!(story.thread.is_archived() && !story.thread.is_locked());
    assert_eq!(story.notices().len(), 1);
}

#[tokio::test]
async fn a_ticket_that_the_timer_archives_sleeps_until_its_owner_writes() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    sim.advance(Duration::from_hours(7 * 24));

    sim.thread_timer_archives(&story.thread);
    story.bot.wait_for_states(&["dormant"]).await;
    sim.quiet().await;
    let asleep = (story.thread.is_archived(), story.thread.is_locked(), story.notices());
    story.anna.write(&story.thread, "Still there?");
    story.bot.wait_for_states(&["open"]).await;
    sim.quiet().await;

    assert_eq!(asleep, (true, false, Vec::new()));
    assert!(!story.thread.is_archived());
    assert!(story.notices().is_empty());
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&story.thread), "{}", again.text());
}

#[tokio::test]
async fn a_sleeping_ticket_leaves_room_for_another_and_does_not_take_it_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    sim.advance(Duration::from_hours(7 * 24));
    sim.thread_timer_archives(&story.thread);
    story.bot.wait_for_states(&["dormant"]).await;

    let second = story.town.open_ticket(&story.anna, &story.inbox).await;
    story.anna.write(&story.thread, "Here again");
    sim.quiet().await;
    let third = story.anna.click(&story.inbox, CREATE_TICKET).await;

    assert!(third.links_to(&second), "{}", third.text());
    assert_eq!(story.bot.states().await, ["dormant", "open"]);
}

#[tokio::test]
async fn staff_can_talk_among_themselves_after_the_owner_left_until_they_bring_the_owner_back() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.remove(&story.thread, &story.anna);
    story.closed().await;

    story.mona.write(&story.thread, "What do we make of this?");
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE archived = 0", 1).await;
    assert!(!story.thread.has_member(&story.anna) && story.thread.is_locked());
    assert_eq!(story.bot.states().await, ["closed"]);

    story.mona.add(&story.thread, &story.anna);
    story.bot.wait_for_states(&["open"]).await;
    sim.wait_until("the thread to be usable", || !story.thread.is_locked()).await;
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&story.thread), "{}", again.text());
}

#[tokio::test]
async fn a_ticket_that_was_opened_again_can_be_closed_again() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.archive(&story.thread);
    story.closed().await;
    story.mona.unarchive(&story.thread);
    story.bot.wait_for_states(&["open"]).await;
    sim.wait_until("the thread to be unlocked", || !story.thread.is_locked()).await;
    sim.quiet().await;

    sim.advance(Duration::from_secs(5));
    story.mona.archive(&story.thread);

    sim.wait_until("the second notice", || story.notices().len() == 2 && story.thread.is_locked()).await;
    story.bot.wait_for_states(&["closed"]).await;
}

#[tokio::test]
async fn a_deleted_thread_or_channel_frees_its_owner() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let tickets = story.town.guild.text_channel("tickets").create();
    let second_inbox = story.town.create_inbox_to(&tickets).await;
    story.town.open_ticket(&story.anna, &second_inbox).await;

    story.mona.delete_thread(&story.thread);
    tickets.delete();
    story.bot.wait_for_states(&["closed", "closed"]).await;
    sim.advance(Duration::from_mins(1));

    story.town.open_ticket(&story.anna, &story.inbox).await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE thread_gone = 1").await, 2);
}

#[tokio::test]
async fn threads_that_are_no_tickets_are_left_alone() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    town.let_bot_moderate();
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let foreign = mona.private_thread(&town.help, "staff only");
    let ours = town.help.arrange_thread_by_bot("old", &[&anna]);
    let mark = sim.mark();

    mona.archive(&foreign);
    anna.leave(&ours);
    mona.archive(&ours);
    sim.quiet().await;

    assert!(requests_since(&sim, mark).is_empty());
}

#[tokio::test]
async fn a_notice_is_written_in_the_servers_language_even_after_it_changed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.set_locale("xx");
    sim.quiet().await;
    story.bot.wait_for("SELECT count(*) FROM guild WHERE locale = 'xx'", 1).await;

    story.anna.leave(&story.thread);

    story.closed().await;
    assert!(story.notices()[0].starts_with("The owner of this ticket"), "{:?}", story.notices());
}

#[tokio::test]
async fn a_bot_without_any_permission_to_close_records_the_end_all_the_same() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, false).await;
    let denied = discord_sim::permissions::SEND_MESSAGES_IN_THREADS | MANAGE_THREADS;
    story.town.help.set_overwrite(discord_sim::Target::bot(), 0, denied);

    story.anna.leave(&story.thread);

    story.bot.wait_for_closed(1).await;
    assert!(story.notices().is_empty());
}

#[tokio::test]
async fn a_close_that_could_not_be_finished_ends_with_its_thread() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let down = sim.fault(Fault::on("POST", "/channels/{id}/messages").status(500).always());
    story.anna.leave(&story.thread);
    sim.wait_until("the notice to be tried", || down.hits() > 0).await;
    sim.quiet().await;
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE EXISTS (SELECT 1 FROM step)", 1).await;

    story.mona.delete_thread(&story.thread);

    story
        .bot
        .wait_for("SELECT count(*) FROM ticket WHERE thread_gone = 1 AND NOT EXISTS (SELECT 1 FROM step)", 1)
        .await;
}

#[tokio::test]
async fn staff_who_reopen_a_ticket_in_the_moment_it_is_closed_are_heard() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let held = sim.fault(Fault::on("PATCH", "/channels/{id}").hold_answer());
    story.mona.archive(&story.thread);
    sim.wait_until("the close to be done, but not yet confirmed", || {
        held.waiting() == 1 && story.thread.is_archived() && story.thread.is_locked()
    })
    .await;

    story.mona.write(&story.thread, "One more thing");
    held.release();

    story.bot.wait_for_states(&["open"]).await;
    sim.wait_until("the thread to be usable", || !story.thread.is_locked()).await;
}
