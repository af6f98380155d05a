//! A ticket gets another owner.

use std::time::Duration;

use discord_sim::permissions::{MODERATE_MEMBERS, VIEW_CHANNEL};
use discord_sim::{Actor, Fault, FaultHandle, Reply, Sim, Target, Thread};

use crate::admin::assert_told;
use crate::announced::WAYS;
use crate::town::CREATE_TICKET;
use crate::working::Story;

const TRANSFER: &str = "Transfer the ticket";

async fn ask(story: &Story<'_>, ticket: &Thread, to: &Actor) -> Reply {
    story.mona.slash("ticket transfer").user("member", to).at(ticket).send().await
}

/// Mona confirms a transfer, and Discord's answer to letting the new owner in is held.
async fn begin_to_let_in(story: &Story<'_>, ticket: &Thread, to: &Actor) -> (Reply, FaultHandle) {
    let asked = ask(story, ticket, to).await;
    let joins = story.sim.fault(Fault::on("PUT", "/channels/{id}/thread-members/{user}").hold_answer());
    let clicked = story.mona.begin_click(&asked, TRANSFER);
    story.sim.wait_until("the new owner to be added", || joins.waiting() == 1).await;
    (clicked, joins)
}

#[tokio::test]
async fn a_ticket_gets_another_owner_and_the_former_one_stays_as_a_guest() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let asked = ask(&story, &ticket, &story.bert).await;
    assert_told(&asked, "read everything in it");
    assert!(!ticket.has_member(&story.bert), "not before it is confirmed");
    let done = story.mona.click(&asked, TRANSFER).await;

    assert_told(&done, &format!("{} owns this ticket now.", story.bert.mention()));
    assert!(done.buttons().is_empty());
    let lines = story.lines(&ticket).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = story.last_post(&ticket).await;
    assert!(line.pinged().contains(&story.anna.id()) && line.pinged().contains(&story.bert.id()));
    assert!(ticket.has_member(&story.anna) && ticket.has_member(&story.bert));

    // It counts for the new owner, and no longer for the former one.
    assert!(story.bert.click(&story.inbox, CREATE_TICKET).await.links_to(&ticket));
    let own = story.town.open_ticket(&story.anna, &story.inbox).await;
    assert_ne!(own.id(), ticket.id());
    // The guest may go.
    story.anna.leave(&ticket);
    story.settled().await;
    assert_eq!(story.bot.states().await, ["open", "open"]);
    story.bert.leave(&ticket);
    story.bot.wait_for_states(&["closed", "open"]).await;
}

#[tokio::test]
async fn a_former_owner_who_is_removed_has_not_left_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    let ticket = story.open().await;
    let command = story.mona.slash("ticket transfer").user("member", &story.bert).boolean("remove", true);

    let asked = command.at(&ticket).send().await;
    assert_told(&asked, &format!("{} will be removed", story.anna.mention()));
    story.mona.click(&asked, TRANSFER).await;
    story.settled().await;

    assert!(!ticket.has_member(&story.anna) && ticket.has_member(&story.bert));
    assert!(story.anna.was_pinged_in(&ticket), "they were told before");
    assert_eq!(story.bot.states().await, ["open"]);
    assert!(!ticket.is_archived());
    sim.advance(Duration::from_mins(2));
    story.settled().await;
    assert_eq!(story.bot.states().await, ["open"]);
}

#[tokio::test]
async fn a_ticket_is_not_given_to_who_could_not_have_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let robot = story.town.guild.member("robot").bot(true).create();
    let (full, blind, gone) = (story.town.member("full"), story.town.member("blind"), story.town.member("gone"));
    story.town.open_ticket(&full, &story.inbox).await;
    story.town.help.set_overwrite(Target::member(&blind), 0, VIEW_CHANNEL);
    gone.leave_guild();

    assert_told(&ask(&story, &ticket, &robot).await, "that is a bot");
    assert_told(&ask(&story, &ticket, &full).await, "already has as many open tickets");
    assert_told(&ask(&story, &ticket, &gone).await, "is not in this server");
    assert_told(&ask(&story, &ticket, &story.anna).await, "already owns this ticket");
    let asked = ask(&story, &ticket, &blind).await;
    assert_told(&story.mona.click(&asked, TRANSFER).await, "cannot see the channel");

    for person in [&robot, &full, &blind, &gone] {
        assert!(!ticket.has_member(person));
    }
    assert!(story.lines(&ticket).await.is_empty());
}

/// A moderator blocks bert, in an inbox or in the whole server.
async fn block(story: &Story<'_>, inbox: Option<&str>) {
    let sheriffs = story.town.guild.role("Sheriffs").permissions(MODERATE_MEMBERS).create();
    let sam = story.town.guild.member("sam").role(&sheriffs).create();
    let command = sam.slash("block add").at(&story.town.help).user("member", &story.bert);
    let command = inbox.into_iter().fold(command, |command, inbox| command.string("inbox", inbox));
    assert_told(&command.send().await, "can no longer open tickets");
}

const BLOCKED: &str = "is blocked from opening tickets";

#[tokio::test]
async fn a_blocked_member_is_given_no_ticket_before_or_after_the_question_until_they_are_staff() {
    for (inbox, is_refused) in [(None, true), (Some("1"), true), (Some("2"), false)] {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        story.town.create_inbox().await;
        let ticket = story.open().await;
        let asked = ask(&story, &ticket, &story.bert).await;
        assert_told(&asked, "read everything in it");

        block(&story, inbox).await;
        story.bot.restart().await;
        if is_refused {
            assert_told(&ask(&story, &ticket, &story.bert).await, BLOCKED);
            assert_told(&story.mona.click(&asked, TRANSFER).await, BLOCKED);
            story.settled().await;
            assert!(!ticket.has_member(&story.bert) && story.lines(&ticket).await.is_empty());
            // Who has become staff of the inbox is blocked no longer.
            story.bert.give_role(&story.town.moderators);
        }

        let asked = ask(&story, &ticket, &story.bert).await;
        assert_told(&story.mona.click(&asked, TRANSFER).await, "owns this ticket now");
    }
}

#[tokio::test]
async fn who_is_blocked_while_they_are_let_in_is_taken_out_again() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let (clicked, joins) = begin_to_let_in(&story, &ticket, &story.bert).await;
    block(&story, None).await;
    joins.release();

    assert_told(&clicked.finished().await, BLOCKED);
    story.settled().await;
    assert!(!ticket.has_member(&story.bert) && story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn no_way_leads_past_the_number_of_open_tickets_that_the_server_allows() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let second = story.town.create_inbox().await;
    let desk = story.town.guild.text_channel("desk").create();
    story.town.create_inbox_to(&desk).await;
    story.bot.store("UPDATE guild SET settings = $1", r#"{"limits":{"member_limit":1}}"#).await;
    let ticket = story.open().await;
    story.town.open_ticket(&story.bert, &second).await;

    assert_told(&ask(&story, &ticket, &story.bert).await, "as many open tickets as this server allows");

    let reopen = async || story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    story.mona.slash("ticket close").at(&ticket).send().await;
    story.bot.wait_for_closed(1).await;
    story.settled().await;
    let other = story.town.open_ticket(&story.anna, &second).await;
    assert_told(&reopen().await, "as many open tickets as this inbox or this server allows");
    story.mona.unarchive(&ticket);
    story.bot.wait_for_states(&["dormant", "open", "open"]).await;
    let line = story.last_post(&ticket).await;
    assert!(line.text().contains("does not count as an open ticket"), "{}", line.text());
    let moved = story.mona.slash("ticket move").string("inbox", "3").at(&ticket).send().await;
    assert_told(&moved, "as many open tickets as this server allows");

    story.mona.slash("ticket close").at(&other).send().await;
    story.bot.wait_for_states(&["dormant", "open", "closed"]).await;
    assert_told(&reopen().await, "The ticket is open again");
    assert_eq!(story.bot.states().await, ["open", "open", "closed"]);
}

#[tokio::test]
async fn who_gets_a_ticket_of_their_own_meanwhile_is_not_let_into_the_other_one() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let (clicked, joins) = begin_to_let_in(&story, &ticket, &story.bert).await;
    let own = story.town.open_ticket(&story.bert, &story.inbox).await;
    joins.release();

    assert_told(&clicked.finished().await, "already has as many open tickets");
    story.settled().await;
    assert!(!ticket.has_member(&story.bert) && own.has_member(&story.bert));
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn a_confirmation_of_an_earlier_owner_and_a_forged_one_change_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let carl = story.town.member("carl");
    let (first, second) = (ask(&story, &ticket, &story.bert).await, ask(&story, &ticket, &carl).await);
    story.mona.click(&first, TRANSFER).await;

    assert_told(&story.mona.click(&second, TRANSFER).await, "meanwhile");
    assert!(!ticket.has_member(&carl));

    let id = second.buttons()[0].custom_id.clone().unwrap();
    let row =
        serde_json::json!({ "type": 1, "components": [{ "type": 2, "style": 4, "label": "!", "custom_id": id }] });
    let trap = story.town.help.arrange_message_by_bot(&serde_json::json!({ "content": "!", "components": [row] }));
    assert_told(&carl.click(&trap, "!").await, "no longer works");
    assert_eq!(story.lines(&ticket).await.len(), 1);
}

#[tokio::test]
async fn only_the_staff_transfer() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let reply = story.anna.slash("ticket transfer").user("member", &story.bert).at(&ticket).send().await;

    assert_told(&reply, "Only the staff of this inbox");
}

#[tokio::test]
async fn a_late_report_that_the_former_owner_left_does_not_close_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let asked = ask(&story, &ticket, &story.bert).await;
    let joins = sim.fault(Fault::on("PUT", "/channels/{id}/thread-members/{user}").hold_answer());
    let clicked = story.mona.begin_click(&asked, TRANSFER);
    sim.wait_until("bert to be added", || joins.waiting() == 1).await;
    sim.gateway().hold();
    story.anna.leave_guild();
    joins.release();
    clicked.finished().await;
    sim.gateway().release();
    story.settled().await;

    assert_eq!(story.bot.states().await, ["open"]);
    assert!(ticket.has_member(&story.bert));
}

#[tokio::test]
async fn what_the_former_owner_wants_deleted_is_not_the_new_owners_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let delete = async || {
        let asked = story.anna.slash("privacy delete").send().await;
        let button = asked.buttons().pop().expect("a button").label;
        story.anna.click(&asked, &button).await
    };
    delete().await;
    let asked = ask(&story, &ticket, &story.bert).await;
    story.mona.click(&asked, TRANSFER).await;
    story.settled().await;
    delete().await;

    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE unwanted = 1").await, 0);
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE opened_by = 0").await, 1);
    let info = story.mona.slash("ticket info").at(&ticket).send().await;
    assert!(crate::admin::preview(&info).contains("Opened by somebody else"), "{}", crate::admin::preview(&info));
}

#[tokio::test]
async fn what_was_announced_to_the_former_owner_ends_with_the_transfer() {
    for (command, option) in WAYS {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        let ticket = story.open().await;
        story.mona.slash(command).at(&ticket).string(option, "1h").send().await;
        let announcement = story.last_post(&ticket).await;

        let asked = ask(&story, &ticket, &story.bert).await;
        story.mona.click(&asked, TRANSFER).await;
        story.settled().await;

        let expected = format!("This ticket stays open: it belongs to {} now.", story.bert.mention());
        assert_eq!(announcement.text(), expected, "{command}");
        assert!(announcement.buttons().is_empty(), "{command}");
        story.bot.restart().await;
        sim.advance(Duration::from_mins(61));
        story.settled().await;
        assert_eq!(story.bot.states().await, ["open"], "{command}");
        assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
    }
}

#[tokio::test]
async fn of_a_transfer_and_an_answer_of_the_former_owner_at_the_same_time_one_holds() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.mona.slash("ticket ask-to-close").at(&ticket).send().await;
    let question = story.last_post(&ticket).await;
    let asked = ask(&story, &ticket, &story.bert).await;

    let (transferred, agreed) =
        tokio::join!(story.mona.click(&asked, TRANSFER), story.anna.click(&question, "Close it"));
    story.settled().await;

    let texts = format!("{} / {}", transferred.text(), agreed.text());
    match story.bot.states().await[0].as_str() {
        "open" => assert!(texts.contains("owns this ticket now"), "{texts}"),
        "closed" => assert!(agreed.text().contains("You have closed this ticket"), "{texts}"),
        state => panic!("{state}: {texts}"),
    }
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
    assert!(question.buttons().is_empty(), "{texts}");
}
