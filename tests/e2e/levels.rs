//! What works with which rights: the cells of `docs/rights.md` that say something special and are shown nowhere else.
//!
//! The levels are minimal (create private threads, write), Manage Threads, and the members intent.

use std::time::Duration;

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_THREADS, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Reply, Sim, Thread};

use crate::admin::assert_told;
use crate::cards::Desk;
use crate::working::Story;

/// What the bot cannot do without.
const LEAST: u64 = VIEW_CHANNEL | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;

impl<'s> Story<'s> {
    /// Without the members intent, and with or without Manage Threads.
    async fn with_few_rights(sim: &'s Sim, moderates: bool) -> Self {
        let story = Self::begin_without_members(sim).await;
        story.town.guild.bot_role_permissions(if moderates { LEAST | MANAGE_THREADS } else { LEAST });
        story
    }

    async fn close(&self, ticket: &Thread) {
        self.mona.slash("ticket close").at(ticket).send().await;
        self.sim.wait_until("the thread to be archived", || ticket.is_archived()).await;
        self.settled().await;
    }
}

#[tokio::test]
async fn without_the_members_intent_an_owner_who_leaves_is_noticed_within_a_day() {
    for moderates in [false, true] {
        let sim = Sim::start().await;
        let story = Story::with_few_rights(&sim, moderates).await;
        let ticket = story.open().await;

        story.anna.leave(&ticket);
        sim.advance(Duration::from_hours(23));
        story.settled().await;
        assert_eq!(story.bot.states().await, ["open"]);
        sim.advance(Duration::from_hours(2));
        story.bot.wait_for_closed(1).await;

        assert_eq!((ticket.is_archived(), ticket.is_locked()), (true, moderates));
        assert_eq!(story.lines(&ticket).await.len(), 1);
    }
}

#[tokio::test]
async fn whoever_archives_a_thread_closes_it_and_only_a_bot_with_manage_threads_locks_it() {
    for moderates in [false, true] {
        let sim = Sim::start().await;
        let story = Story::with_few_rights(&sim, moderates).await;
        let ticket = story.open().await;

        story.mona.archive(&ticket);
        story.bot.wait_for_closed(1).await;

        assert_eq!((ticket.is_archived(), ticket.is_locked()), (true, moderates));
        assert_eq!(story.lines(&ticket).await.len(), 1, "nobody is named, and nothing is said twice");
    }
}

#[tokio::test]
async fn without_manage_threads_a_ticket_that_stayed_visible_is_archived_and_not_locked() {
    let sim = Sim::start().await;
    let story = Story::with_few_rights(&sim, false).await;
    story.set(r#"{"closing":{"visible_hours":2}}"#).await;
    let ticket = story.open().await;

    story.mona.slash("ticket close").at(&ticket).send().await;
    story.bot.wait_for_closed(1).await;
    assert!(!ticket.is_archived());
    sim.advance(Duration::from_mins(121));

    sim.wait_until("the thread to be archived", || ticket.is_archived()).await;
    assert!(!ticket.is_locked());
}

#[tokio::test]
async fn a_visible_thread_that_is_archived_by_hand_stays_closed_and_only_a_bot_with_manage_threads_locks_it() {
    for moderates in [false, true] {
        let sim = Sim::start().await;
        let story = Story::with_few_rights(&sim, moderates).await;
        story.set(r#"{"closing":{"visible_hours":2}}"#).await;
        let ticket = story.open().await;
        story.mona.slash("ticket close").at(&ticket).send().await;
        story.bot.wait_for_closed(1).await;

        story.mona.archive(&ticket);
        sim.quiet().await;
        story.bot.wait_for_closed(1).await;
        sim.advance(Duration::from_hours(3));
        story.settled().await;

        assert_eq!((ticket.is_archived(), ticket.is_locked()), (true, moderates));
        assert_eq!(story.bot.states().await, ["closed"]);
        assert_eq!(story.lines(&ticket).await.len(), 1);
    }
}

#[tokio::test]
async fn a_closed_ticket_is_re_opened_by_writing_unless_the_bot_could_lock_it() {
    for moderates in [false, true] {
        let sim = Sim::start().await;
        let story = Story::with_few_rights(&sim, moderates).await;
        let ticket = story.open().await;
        story.close(&ticket).await;

        let written = story.anna.try_write(&ticket, "One more thing");

        if moderates {
            assert!(written.is_err() && story.anna.try_unarchive(&ticket).is_err());
            story.mona.unarchive(&ticket);
        } else {
            // Whatever the setting: owners may not re-open here.
            written.unwrap();
        }
        story.bot.wait_for_states(&["open"]).await;
        story.settled().await;
        assert!(!ticket.is_archived() && !ticket.is_locked());
    }
}

#[tokio::test]
async fn a_thread_that_is_not_locked_is_re_opened_with_the_command_also_without_manage_threads() {
    let sim = Sim::start().await;
    let story = Story::with_few_rights(&sim, false).await;
    let ticket = story.open().await;
    story.close(&ticket).await;

    let reply = story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    story.settled().await;

    assert_told(&reply, "The ticket is open again");
    assert!(!ticket.is_archived() && ticket.has_member(&story.anna));
}

#[tokio::test]
async fn without_manage_threads_the_old_thread_of_a_moved_ticket_is_archived_and_not_locked() {
    let sim = Sim::start().await;
    let story = Story::with_few_rights(&sim, false).await;
    let elsewhere = story.town.guild.text_channel("desk").create();
    story.town.create_inbox_to(&elsewhere).await;
    let ticket = story.open().await;

    let asked = story.mona.slash("ticket move").string("inbox", "2").at(&ticket).send().await;
    story.mona.click(&asked, "Move the ticket").await;
    story.bot.wait_for_states(&["closed", "open"]).await;
    story.settled().await;

    assert_eq!((ticket.is_archived(), ticket.is_locked()), (true, false));
    assert_eq!(story.town.newest_thread().parent_id(), elsewhere.id());
}

/// A walk through what staff do with a ticket.
#[tokio::test]
async fn with_the_least_rights_staff_work_in_a_ticket_as_with_all_of_them() {
    let sim = Sim::start().await;
    let story = Story::with_few_rights(&sim, false).await;
    let ticket = story.open().await;
    let command = |name: &str| story.mona.slash(&format!("ticket {name}")).at(&ticket);
    let told = |reply: Reply, expected: &str| assert_told(&reply, expected);

    told(command("claim").send().await, "You have claimed this ticket");
    told(command("assign").user("member", &story.mick).send().await, "works on this ticket now");
    told(command("release").send().await, "free for others again");
    told(command("add").user("member", &story.bert).send().await, "is in this ticket now");
    story.settled().await;
    assert!(ticket.has_member(&story.mona) && ticket.has_member(&story.mick) && ticket.has_member(&story.bert));
    told(command("add").role("role", &story.town.moderators).send().await, "I add everybody");
    told(command("remove").user("member", &story.bert).send().await, "is no longer in this ticket");
    assert!(!ticket.has_member(&story.bert));
    told(command("rename").string("name", "Broken lamp").send().await, "This ticket has a new name");
    assert_eq!(ticket.name(), "Broken lamp");
    told(command("priority").integer("level", 3).send().await, "Urgent");
    let asked = command("transfer").user("member", &story.bert).send().await;
    told(story.mona.click(&asked, "Transfer the ticket").await, "owns this ticket now");
    told(command("info").send().await, "Ticket 1");
    story.settled().await;
    assert!(ticket.has_member(&story.anna) && ticket.has_member(&story.bert));
}

async fn join(desk: &Desk<'_>, who: &Actor) -> String {
    who.click(&desk.card(), "Join").await.text()
}

#[tokio::test]
async fn a_locked_ticket_is_joined_through_its_card_only_if_the_bot_has_manage_threads() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let nina = desk.town.moderator("nina");
    desk.mona.lock(&ticket);
    sim.quiet().await;

    let refused = join(&desk, &nina).await;
    assert!(refused.contains("locked") && !ticket.has_member(&nina), "{refused}");
    desk.town.let_bot_moderate();
    let joined = join(&desk, &nina).await;

    assert!(joined.contains("You are in the ticket now") && ticket.has_member(&nina), "{joined}");
}
