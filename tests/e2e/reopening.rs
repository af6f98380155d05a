//! People re-open tickets through the bot, and on Discord.

use std::time::Duration;

use discord_sim::{Channel, Fault, Message, Sim, Target, permissions};
use serde_json::Value;

use crate::closing::Story;
use crate::town::CREATE_TICKET;

const OWNERS_MAY: &str = r#"{"closing":{"owners_may_reopen":true,"reopen_days":7}}"#;

impl Story<'_> {
    async fn close(&self) {
        self.mona.slash("ticket close").at(&self.ticket).send().await;
        self.closed().await;
    }

    /// With a log and cards, both in this channel.
    async fn staff_channel(&self) -> Channel {
        let channel = self.town.guild.text_channel("staff").create();
        let sql = "UPDATE inbox SET log_channel_id = $1, card_channel_id = $1 WHERE id > 0";
        self.bot.store(sql, channel.id().cast_signed()).await;
        channel
    }

    /// What counts of a closing: when and by whom, its notice, when the thread is deleted.
    async fn closing(&self) -> [i64; 4] {
        [
            self.bot.stored("SELECT closed_at FROM ticket").await,
            self.bot.stored("SELECT closed_by FROM ticket").await,
            self.bot.stored("SELECT notice_id FROM ticket").await,
            self.bot.stored("SELECT coalesce(max(due_at), 0) FROM timer").await,
        ]
    }
}

fn newest_card(channel: &Channel) -> Message {
    let cards = channel.messages().into_iter().filter(|message| !message.component_text().is_empty());
    cards.last().expect("a card")
}

/// The lines of the log, oldest first.
fn logged(channel: &Channel) -> Vec<String> {
    let lines = channel.messages().into_iter().filter(|message| !message.is_private());
    lines.map(|message| message.text()).filter(|text| text.starts_with("**#")).collect()
}

#[tokio::test]
async fn staff_re_open_a_ticket_from_anywhere_and_it_is_as_it_was() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    for named in ["1", "#1", &story.ticket.url(), &story.ticket.mention()] {
        story.close().await;
        assert!(story.ticket.is_locked());

        let reply = story.mona.slash("ticket reopen").string("ticket", named).send().await;
        story.bot.wait_for_states(&["open"]).await;
        story.bot.settled().await;

        assert!(
            reply.text().starts_with("The ticket is open again:") && reply.links_to(&story.ticket),
            "{}",
            reply.text()
        );
        assert!(!story.ticket.is_archived() && !story.ticket.is_locked() && story.ticket.has_member(&story.anna));
        assert_eq!(story.first_message().buttons().len(), 1);
        let line = story.posts().pop().unwrap();
        assert_eq!(
            line.text(),
            format!("{}, {} has re-opened this ticket.", story.anna.mention(), story.mona.mention())
        );
        assert_eq!(line.pinged(), [story.anna.id()].into());
    }
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&story.ticket), "the slot is taken again: {}", again.text());
    let twice = story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    assert_eq!(twice.text(), "This ticket is open.");
}

#[tokio::test]
async fn without_room_for_another_ticket_it_stays_closed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.close().await;
    sim.advance(Duration::from_mins(5));
    story.town.open_ticket(&story.anna, &story.inbox).await;

    let reply = story.mona.slash("ticket reopen").string("ticket", "1").send().await;

    assert!(reply.text().starts_with("The owner of this ticket already has"), "{}", reply.text());
    assert!(story.ticket.is_archived());
    assert_eq!(story.bot.states().await, ["closed", "open"]);
}

#[tokio::test]
async fn a_native_re_opening_without_room_rests_and_says_so_once() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.close().await;
    sim.advance(Duration::from_mins(5));
    story.town.open_ticket(&story.anna, &story.inbox).await;
    let before = story.posts().len();

    story.mona.unarchive(&story.ticket);
    story.bot.wait_for_states(&["dormant", "open"]).await;
    story.bot.settled().await;

    let said: Vec<String> = story.posts()[before..].iter().map(discord_sim::Message::text).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("This thread is open again, but it does not count"), "{said:?}");
    assert!(!story.ticket.is_locked());
}

#[tokio::test]
async fn owners_re_open_where_and_as_long_as_the_inbox_lets_them() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, OWNERS_MAY).await;
    let reopen = || story.anna.slash("ticket reopen").string("ticket", "1");
    story.close().await;

    let reply = reopen().send().await;
    assert!(reply.text().starts_with("The ticket is open again:"), "{}", reply.text());
    assert_eq!(story.posts().pop().unwrap().text(), format!("{} has re-opened this ticket.", story.anna.mention()));
    story.close().await;
    sim.advance(Duration::from_hours(7 * 24));
    let late = reopen().send().await;
    story.bot.store("UPDATE inbox SET settings = '{}' WHERE id >= $1", 0).await;
    let not_here = reopen().send().await;

    assert!(late.text().starts_with("It is too late"), "{}", late.text());
    assert_eq!(not_here.text(), "In this inbox, only the staff may do that.");
    assert_eq!(story.bot.states().await, ["closed"]);
}

#[tokio::test]
async fn an_owner_who_left_or_cannot_see_the_channel_is_not_brought_back_and_it_says_why() {
    let sim = Sim::start().await;
    for leaves in [true, false] {
        let story = Story::begin(&sim).await;
        if leaves {
            story.anna.leave_guild();
            story.bot.wait_for_states(&["closed"]).await;
        } else {
            story.close().await;
            story.mona.unarchive(&story.ticket);
            story.bot.wait_for_states(&["open"]).await;
            story.bot.settled().await;
            story.mona.remove(&story.ticket, &story.anna);
            story.bot.wait_for_states(&["closed"]).await;
            story.town.help.set_overwrite(Target::Member(story.anna.id()), 0, permissions::VIEW_CHANNEL);
        }
        story.bot.settled().await;

        let reply = story.mona.slash("ticket reopen").string("ticket", "1").send().await;
        story.bot.settled().await;

        assert!(reply.text().starts_with("The thread is open again, but I could not"), "{}", reply.text());
        let expected = if leaves { "Its owner has left the server" } else { "Its owner cannot see this channel" };
        let line = story.posts().pop().unwrap().text();
        assert!(line.contains(expected), "{line}");
        assert_eq!(story.bot.states().await, ["dormant"]);
        assert!(!story.ticket.is_archived());
    }
}

#[tokio::test]
async fn where_the_bot_may_no_longer_unlock_the_ticket_stays_closed_and_the_asker_is_told() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.close().await;
    story.town.guild.bot_role_permissions(permissions::BOT_DEFAULT);

    let reply = story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    story.bot.settled().await;

    let lacks = format!("its thread is locked, and I lack **Manage Threads** in {}", story.town.help.mention());
    assert!(reply.text().starts_with(&format!("I could not re-open the ticket: {lacks}")), "{}", reply.text());
    assert_eq!(story.bot.states().await, ["closed"]);
    assert!(story.ticket.is_archived() && story.ticket.is_locked());
}

/// How Discord does not let the bot re-open a thread.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Refused {
    /// It has no Manage Threads any more.
    Unlocking,
    OutOfSight,
    Deleted,
    /// It does not answer for a day.
    NoAnswer,
}

#[tokio::test]
async fn a_re_opening_that_discord_refuses_leaves_the_closing_as_it_was() {
    for refused in [Refused::Unlocking, Refused::OutOfSight, Refused::Deleted, Refused::NoAnswer] {
        let sim = Sim::start().await;
        let settings = r#"{"closing":{"owners_may_reopen":true,"reopen_days":2,"delete_days":9}}"#;
        let story = Story::begin_with(&sim, settings).await;
        let channel = story.staff_channel().await;
        story.close().await;
        sim.advance(Duration::from_hours(24));
        story.bot.cards_are_drawn().await;
        let (before, card, lines) = (story.closing().await, newest_card(&channel), logged(&channel));
        assert!(before[3] > 0, "it is to be deleted");
        assert_eq!(lines.len(), 1, "{lines:#?}");
        let shown = card.component_text();
        let edit = Fault::on("PATCH", &format!("/channels/{}", story.ticket.id()));
        match refused {
            Refused::Unlocking => story.town.guild.bot_role_permissions(permissions::BOT_DEFAULT),
            Refused::OutOfSight => drop(sim.fault(edit.error(403, 50001, "Missing Access").always())),
            Refused::Deleted => drop(sim.fault(edit.error(404, 10003, "Unknown Channel").always())),
            Refused::NoAnswer => drop(sim.fault(edit.status(503).always())),
        }

        let reply = story.mona.slash("ticket reopen").string("ticket", "1").send().await;
        sim.advance(Duration::from_hours(25));
        story.bot.wait_for_states(&["closed"]).await;
        story.bot.settled().await;
        story.bot.cards_are_drawn().await;

        let is_pending = refused == Refused::NoAnswer;
        assert_eq!(reply.text().starts_with("I could not re-open the ticket"), !is_pending, "{}", reply.text());
        if refused == Refused::Deleted {
            assert!(logged(&channel).iter().all(|line| !line.contains("re-opened")), "{refused:?}");
        } else {
            assert_eq!(logged(&channel), lines, "{refused:?}");
            assert_eq!(newest_card(&channel).component_text(), shown, "{refused:?}");
        }
        assert_eq!(story.closing().await, before, "{refused:?}");
        let late = story.anna.slash("ticket reopen").string("ticket", "1").send().await;
        assert!(late.text().starts_with("It is too late"), "{refused:?}: {}", late.text());
    }
}

#[tokio::test]
async fn a_re_opening_is_logged_once_the_thread_is_usable_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let channel = story.staff_channel().await;
    story.close().await;
    let down = sim.fault(Fault::on("PATCH", &format!("/channels/{}", story.ticket.id())).status(503).always());

    story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    sim.quiet().await;
    let meanwhile = logged(&channel);
    down.clear();
    story.bot.restart().await;
    story.bot.wait_for_states(&["open"]).await;
    story.bot.settled().await;

    assert_eq!(meanwhile.len(), 1, "{meanwhile:#?}");
    let lines = logged(&channel);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[1].contains(&format!("{} has re-opened", story.mona.mention())), "{lines:#?}");
}

#[tokio::test]
async fn a_ticket_that_is_closed_again_before_its_thread_is_re_opened_tells_both_in_the_log() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let channel = story.staff_channel().await;
    story.close().await;
    story.bot.cards_are_drawn().await;
    let down = sim.fault(Fault::on("PATCH", &format!("/channels/{}", story.ticket.id())).status(503).always());

    story.mona.click(&newest_card(&channel), "Re-open").await;
    sim.wait_until("the card", || newest_card(&channel).component_text().contains("**Open**")).await;
    let form = story.anna.click(&newest_card(&channel), "Close").await;
    story.anna.submit(&form, &[]).await;
    story.bot.wait_for_states(&["closed"]).await;
    down.clear();
    sim.advance(Duration::from_mins(10));
    story.bot.settled().await;

    let lines = logged(&channel);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[1].contains(&format!("{} has re-opened", story.mona.mention())), "{lines:#?}");
    assert!(lines[2].contains(&format!("{} has closed", story.anna.mention())), "{lines:#?}");
    assert!(story.ticket.is_archived() && story.ticket.is_locked());
    assert_eq!(story.bot.stored("SELECT closed_by FROM ticket").await, story.anna.id().cast_signed());
}

#[tokio::test]
async fn whoever_types_is_offered_only_tickets_that_they_may_re_open() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, OWNERS_MAY).await;
    let bert = story.town.member("bert");
    story.close().await;
    let choices = async |actor: &discord_sim::Actor, typed: &str| {
        let reply = actor.slash("ticket reopen").string("ticket", typed).try_begin_suggest("ticket").unwrap();
        sim.wait_until("the choices", || reply.choices().is_some()).await;
        reply.choices().unwrap()
    };

    let for_owner = choices(&story.anna, "").await;
    let for_admin = choices(&story.town.admin, "1").await;
    let names =
        |found: &[Value]| found.iter().map(|found| found["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&for_owner), ["1"]);
    let name = for_owner[0]["name"].as_str().unwrap();
    assert!(name.starts_with("#1 · ") && name.ends_with(" · closed · yours"), "{name}");
    assert_eq!(names(&for_admin), ["1"]);
    for (who, typed) in [(&story.anna, "2"), (&story.anna, "x"), (&bert, "")] {
        assert!(choices(who, typed).await.is_empty(), "{typed:?}");
    }
    sim.advance(Duration::from_hours(8 * 24));
    assert!(choices(&story.anna, "").await.is_empty(), "it is too late");
}
