//! People close tickets through the bot: with the button, a form, the command.

use std::time::Duration;

use discord_sim::permissions::{BOT_DEFAULT, MANAGE_THREADS, VIEW_AUDIT_LOG};
use discord_sim::{Actor, Fault, Message, Sim, Thread};
use serde_json::json;

use crate::support::{TestBot, Town};

/// What a notice says of a thread that was archived by hand.
pub const REOPEN: &str = "Staff can open it again with `/ticket reopen`.";

/// A ticket of anna's, and a moderator.
pub struct Story<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    pub anna: Actor,
    pub mona: Actor,
    pub inbox: Message,
    pub ticket: Thread,
}

impl<'s> Story<'s> {
    pub async fn begin(sim: &'s Sim) -> Self {
        Self::begin_with(sim, "{}").await
    }

    /// With these settings of the inbox, as stored.
    pub async fn begin_with(sim: &'s Sim, settings: &str) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        bot.store("UPDATE inbox SET settings = $1", settings).await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&anna, &inbox).await;
        bot.settled().await;
        Self { sim, bot, town, anna, mona, inbox, ticket }
    }

    pub fn first_message(&self) -> Message {
        self.ticket.messages().into_iter().next().unwrap()
    }

    /// What the bot has said in the thread, beside the first message.
    pub async fn lines(&self) -> Vec<String> {
        self.bot.settled().await;
        self.sim.quiet().await;
        self.posts().iter().skip(1).map(Message::text).collect()
    }

    pub fn posts(&self) -> Vec<Message> {
        let own = self.ticket.messages().into_iter().filter(|message| message.author_id() == self.sim.bot_id());
        own.filter(|message| message.kind() == 0 && !message.is_private()).collect()
    }

    /// The newest message with buttons.
    pub fn announcement(&self) -> Message {
        self.posts().into_iter().rev().find(|message| !message.buttons().is_empty()).expect("no announcement")
    }

    pub async fn closed(&self) {
        self.bot.wait_for_states(&["closed"]).await;
        self.bot.settled().await;
        self.sim.quiet().await;
        assert!(self.ticket.is_archived());
        assert!(self.posts().iter().all(|message| message.buttons().is_empty()), "dead buttons");
    }
}

#[tokio::test]
async fn staff_close_a_ticket_with_the_button_and_a_reason() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    let form = story.mona.click(&story.first_message(), "Close").await;
    assert_eq!(form.modal().unwrap().title, "Close this ticket");
    let reply = story.mona.submit(&form, &[("value", "We found **it**.\nSee https://evil.example @everyone")]).await;
    story.closed().await;

    assert_eq!(reply.text(), "You have closed this ticket.");
    assert!(reply.is_private() && story.ticket.is_locked());
    let lines = story.lines().await;
    let (anna, mona) = (story.anna.mention(), story.mona.mention());
    let expected = "> We found \\*\\*it\\*\\*\\.\n> See https\\://evil\\.example @\u{200b}everyone";
    assert_eq!(lines, [format!("{anna}, {mona} has closed this ticket.\n{expected}")]);
    let notice = story.posts().pop().unwrap();
    assert_eq!(notice.pinged(), [story.anna.id()].into());
    assert!(!notice.mentions_everyone());
    let by = story.bot.stored("SELECT closed_by FROM ticket").await;
    assert_eq!(by, story.mona.id().cast_signed());
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0, "the reason is gone with the step");
}

#[tokio::test]
async fn an_owner_closes_their_ticket_without_a_reason_and_nobody_is_notified() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    let form = story.anna.click(&story.first_message(), "Close").await;
    story.anna.submit(&form, &[("value", " ")]).await;
    story.closed().await;

    assert_eq!(story.lines().await, [format!("{} has closed this ticket.", story.anna.mention())]);
    assert!(story.posts().pop().unwrap().pinged().is_empty());
}

#[tokio::test]
async fn owners_close_only_where_the_inbox_lets_them_and_strangers_never() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"owners_may_close":false}}"#).await;
    let bert = story.town.member("bert");
    story.mona.add(&story.ticket, &bert);

    let owner = story.anna.click(&story.first_message(), "Close").await;
    let stranger = story.anna.slash("ticket close").at(&story.ticket).send().await;
    let guest = bert.click(&story.first_message(), "Close").await;
    let elsewhere = story.mona.slash("ticket close").at(&story.town.help).send().await;

    assert_eq!(owner.text(), "In this inbox, only the staff may do that.");
    assert_eq!(stranger.text(), "In this inbox, only the staff may do that.");
    assert_eq!(guest.text(), "Only the staff of this inbox may do that.");
    assert!(elsewhere.text().starts_with("This is not a ticket."), "{}", elsewhere.text());
    assert_eq!(story.bot.states().await, ["open"]);
}

#[tokio::test]
async fn without_a_reason_to_ask_for_the_button_asks_once_privately() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"ask_reason":"never"}}"#).await;

    let asked = story.mona.click(&story.first_message(), "Close").await;
    assert_eq!((asked.text().as_str(), asked.is_private()), ("Do you want to close this ticket?", true));
    assert_eq!(story.bot.states().await, ["open"]);
    let sure = story.mona.click(&asked, "Close").await;
    story.closed().await;

    assert_eq!(sure.text(), "You have closed this ticket.");
    assert!(sure.buttons().is_empty());
}

#[tokio::test]
async fn where_a_reason_is_wanted_the_command_asks_for_it_and_blanks_are_none() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"ask_reason":"always"}}"#).await;

    let form = story.mona.slash("ticket close").at(&story.ticket).send().await;
    let blank = story.mona.submit(&form, &[("value", "\u{200b} ")]).await;
    assert!(blank.text().starts_with("This inbox wants a reason"), "{}", blank.text());
    assert_eq!(story.bot.states().await, ["open"]);
    let done = story.mona.slash("ticket close").at(&story.ticket).string("reason", "Solved").send().await;
    story.closed().await;

    assert_eq!(done.text(), "You have closed this ticket.");
    assert!(story.lines().await[0].ends_with("\n> Solved"));
}

#[tokio::test]
async fn of_two_who_close_at_the_same_time_one_does_and_the_other_is_told() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let (one, other) = (
        story.mona.click(&story.first_message(), "Close").await,
        story.anna.click(&story.first_message(), "Close").await,
    );

    let (mona, anna) = tokio::join!(story.mona.submit(&one, &[]), story.anna.submit(&other, &[]));
    story.closed().await;

    let texts = [mona.text(), anna.text()];
    assert!(texts.contains(&"You have closed this ticket.".to_owned()), "{texts:?}");
    assert!(texts.contains(&"This ticket is closed. Re-open it first.".to_owned()), "{texts:?}");
    assert_eq!(story.lines().await.len(), 1);
}

#[tokio::test]
async fn a_form_or_a_confirmation_of_somebody_else_or_of_another_server_closes_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let other = Town::build(&sim);
    other.create_inbox().await;
    let form = story.mona.click(&story.first_message(), "Close").await;
    let id = form.modal().unwrap().custom_id;
    let mallory = other.moderator("mallory");

    let by_owner = story.anna.forge_form(&story.ticket, &id, "value", "x").await;
    let abroad = mallory.forge_form(&other.help, &id, "value", "x").await;
    let stale = story.mona.forge_component(&story.first_message(), 2, "clc:1", json!({})).await;
    let foreign = mallory.forge_component(&other.inbox_message(), 2, "acl:1:5", json!({})).await;
    let link = mallory.slash("ticket reopen").string("ticket", &story.ticket.url()).send().await;

    for refused in [&by_owner, &abroad, &stale] {
        assert!(refused.text().contains("no longer works"), "{}", refused.text());
    }
    assert_eq!(foreign.text(), "This ticket no longer exists.");
    assert!(link.text().starts_with("I do not know this ticket."), "{}", link.text());
    assert_eq!(story.bot.states().await, ["open"]);
}

#[tokio::test]
async fn a_ticket_that_stays_visible_is_closed_at_once_and_archived_later_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin_with(&sim, r#"{"closing":{"visible_hours":2}}"#).await;

    story.mona.slash("ticket close").at(&story.ticket).send().await;
    story.bot.wait_for_states(&["closed"]).await;
    story.bot.settled().await;
    assert!(!story.ticket.is_archived());
    assert!(story.lines().await[0].contains("It can be read here until"), "{:?}", story.lines().await);
    assert!(story.first_message().buttons().is_empty());
    sim.advance(Duration::from_mins(5));
    let second = story.town.open_ticket(&story.anna, &story.inbox).await;
    assert_ne!(second.id(), story.ticket.id(), "the slot is free");
    story.bot.restart().await;
    sim.advance(Duration::from_mins(114));
    story.bot.settled().await;
    assert!(!story.ticket.is_archived());

    sim.advance(Duration::from_mins(2));
    sim.wait_until("the thread to be archived", || story.ticket.is_archived() && story.ticket.is_locked()).await;
    assert_eq!(story.lines().await.len(), 1, "nothing more is said");
}

#[tokio::test]
async fn whoever_archives_a_thread_is_named_where_the_bot_may_read_the_audit_log() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.bot_role_permissions(BOT_DEFAULT | MANAGE_THREADS | VIEW_AUDIT_LOG);

    story.mona.archive(&story.ticket);
    story.closed().await;

    let expected = format!("{}, {} has closed this ticket. {REOPEN}", story.anna.mention(), story.mona.mention());
    assert_eq!(story.lines().await, [expected]);
    assert_eq!(story.posts().pop().unwrap().pinged(), [story.anna.id()].into());
}

#[tokio::test]
async fn an_audit_log_that_fails_delays_no_notice() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let broken = sim.fault(Fault::on("GET", "/guilds/{id}/audit-logs").status(500).always());

    story.mona.archive(&story.ticket);
    story.closed().await;

    assert!(broken.hits() > 0);
    let expected = format!("{}, this ticket has been closed. {REOPEN}", story.anna.mention());
    assert_eq!(story.lines().await, [expected]);
    assert_eq!(story.posts().pop().unwrap().pinged(), [story.anna.id()].into());
}

#[tokio::test]
async fn an_older_ticket_gets_its_button_at_its_next_event_and_only_once() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"beginning":{"close_button":false}}"#).await;
    assert!(story.first_message().buttons().is_empty());
    story.bot.store("UPDATE inbox SET settings = '{}' WHERE id >= $1", 0).await;
    story.bot.store("UPDATE ticket SET starter_id = NULL WHERE id >= $1", 0).await;
    let mark = sim.mark();

    story.mona.rename(&story.ticket, "anna's key");
    sim.wait_until("the button", || story.first_message().buttons().len() == 1).await;
    story.bot.settled().await;
    story.mona.rename(&story.ticket, "the key of anna");
    sim.quiet().await;
    story.bot.settled().await;

    let asked = crate::support::requests_since(&sim, mark);
    assert_eq!(asked.len(), 2, "{asked:#?}");
    assert_eq!(
        story.bot.stored("SELECT count(*) FROM ticket WHERE starter_id IS NOT NULL AND has_buttons = 1").await,
        1
    );
}

#[tokio::test]
async fn buttons_of_open_tickets_follow_the_settings_at_their_next_event() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let labels = || story.first_message().buttons().into_iter().map(|button| button.label).collect::<Vec<_>>();
    let text = story.first_message().text();
    assert_eq!(labels(), ["Close"]);
    let steps = [
        (r#"{"beginning":{"claim_button":true}}"#, vec!["Close", "Claim"]),
        (r#"{"beginning":{"claim_button":true,"close_button":false}}"#, vec!["Claim"]),
        (r#"{"beginning":{"close_button":false}}"#, vec![]),
        ("{}", vec!["Close"]),
    ];
    for (number, (settings, expected)) in steps.into_iter().enumerate() {
        story.bot.store("UPDATE inbox SET settings = $1", settings).await;
        let mark = sim.mark();
        sim.advance(std::time::Duration::from_mins(11));

        story.mona.rename(&story.ticket, &format!("name {number}"));
        sim.wait_until("the buttons", || labels() == expected).await;
        story.bot.settled().await;

        assert_eq!(crate::support::requests_since(&sim, mark).len(), 1, "{settings}");
        assert_eq!(story.first_message().text(), text);
    }
}

/// What the bot has said in the ticket before is not taken for the notice.
#[tokio::test]
async fn a_notice_that_was_lost_for_minutes_is_posted_once_whatever_the_bot_has_said_before() {
    for acts in [false, true] {
        for before in ["nothing", "a claim", "a re-opening", "a question"] {
            let sim = Sim::start().await;
            let story = Story::begin(&sim).await;
            match before {
                "a claim" => drop(story.mona.slash("ticket claim").at(&story.ticket).send().await),
                "a re-opening" => {
                    story.mona.slash("ticket close").at(&story.ticket).send().await;
                    story.closed().await;
                    story.mona.slash("ticket reopen").string("ticket", "1").send().await;
                }
                "a question" => drop(story.mona.slash("ticket ask-to-close").at(&story.ticket).send().await),
                _ => {}
            }
            story.bot.settled().await;
            sim.advance(Duration::from_secs(5));
            let said = story.posts().len();
            let fault = Fault::on("POST", "/channels/{id}/messages");
            let failing = sim.fault(if acts { fault.act_then_status(500) } else { fault.status(500) }.always());

            story.mona.slash("ticket close").at(&story.ticket).send().await;
            sim.wait_until("the notice to be lost", || failing.hits() >= 2).await;
            sim.quiet().await;
            sim.advance(Duration::from_mins(2));
            sim.quiet().await;
            failing.clear();
            sim.advance(Duration::from_mins(2));
            story.closed().await;

            let notices = story.posts().split_off(said);
            let texts: Vec<String> = notices.iter().map(Message::text).collect();
            assert_eq!(texts.len(), 1, "after {before}, acts: {acts}: {texts:?}");
            assert!(texts[0].contains("has closed this ticket"), "after {before}, acts: {acts}: {texts:?}");
        }
    }
}
