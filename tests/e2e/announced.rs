//! Closings that are announced: scheduled by staff, or asked of the owner.

use std::time::Duration;

use discord_sim::permissions::{BOT_DEFAULT, READ_MESSAGE_HISTORY};
use discord_sim::{Fault, Reply, Sim, Target};

use crate::closing::Story;
use crate::support::TestBot;
use crate::town::Town;

const AFTER_ONE_HOUR: Duration = Duration::from_mins(61);

/// The commands that announce a closing, and their options with the time.
pub const WAYS: [(&str, &str); 2] = [("ticket close", "in"), ("ticket ask-to-close", "after")];

const POST: (&str, &str) = ("POST", "/channels/{id}/messages");

impl Story<'_> {
    /// Mona announces that the ticket will be closed in one hour.
    async fn announce(&self, (command, option): (&str, &str)) -> Reply {
        self.mona.slash(command).at(&self.ticket).string(option, "1h").send().await
    }

    /// Nothing is planned any more, and the ticket stays open.
    async fn stays_open(&self) {
        self.bot.wait_for("SELECT count(*) FROM timer", 0).await;
        self.sim.advance(AFTER_ONE_HOUR);
        self.bot.settled().await;
        self.sim.quiet().await;
        assert_eq!(self.bot.states().await, ["open"]);
        assert!(!self.ticket.is_archived());
    }

    fn not_announced(&self) -> String {
        let mona = self.mona.mention();
        format!(
            "{mona}, your question or announcement about closing this ticket could not be posted. The ticket stays open."
        )
    }
}

#[tokio::test]
async fn a_scheduled_closing_is_announced_with_its_reason_and_happens_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;

    let close = story.mona.slash("ticket close").at(&story.ticket);
    let reply = close.string("in", "1h").string("reason", "Solved?").send().await;
    let announced = story.lines().await;
    story.bot.restart().await;
    sim.advance(Duration::from_mins(59));
    story.bot.settled().await;
    assert_eq!(story.bot.states().await, ["open"]);
    sim.advance(Duration::from_mins(2));
    story.closed().await;

    assert!(reply.text().contains("<t:") && reply.is_private(), "{}", reply.text());
    let (anna, mona) = (story.anna.mention(), story.mona.mention());
    assert!(announced[0].starts_with(&format!("{anna}, {mona} will close this ticket <t:")), "{announced:?}");
    assert!(announced[0].ends_with("\n> Solved?"), "{announced:?}");
    assert_eq!(story.lines().await[1], format!("{anna}, this ticket has been closed, as {mona} had announced."));
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
}

#[tokio::test]
async fn a_message_of_the_owner_cancels_a_scheduled_closing_and_nobody_elses_does() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "1h").send().await;
    story.bot.settled().await;
    let announcement = story.announcement();

    story.mona.write(&story.ticket, "Just in case.");
    sim.quiet().await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 1);
    story.anna.write(&story.ticket, "Wait, one more thing!");
    story.bot.wait_for("SELECT count(*) FROM timer", 0).await;
    story.bot.settled().await;
    sim.advance(AFTER_ONE_HOUR);
    story.bot.settled().await;

    assert_eq!(story.bot.states().await, ["open"]);
    assert!(announcement.buttons().is_empty());
    assert_eq!(announcement.text(), format!("This ticket stays open: {} has written.", story.anna.mention()));
}

#[tokio::test]
async fn a_message_that_the_owner_wrote_while_the_bot_was_away_cancels_it_too() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "1h").send().await;
    story.bot.settled().await;
    let announcement = story.announcement();
    story.bot.stop().await;

    story.anna.write(&story.ticket, "Wait!");
    sim.advance(AFTER_ONE_HOUR);
    story.bot.boot().await;
    story.bot.wait_for("SELECT count(*) FROM timer", 0).await;
    story.bot.settled().await;

    assert_eq!(story.bot.states().await, ["open"]);
    assert!(announcement.text().contains("has written"), "{}", announcement.text());
}

#[tokio::test]
async fn a_button_cancels_a_scheduled_closing_and_later_ones_are_told_that_it_is_decided() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "1h").send().await;
    story.bot.settled().await;
    let announcement = story.announcement();

    let (one, other) =
        tokio::join!(story.anna.click(&announcement, "Cancel"), story.mona.click(&announcement, "Cancel"));
    story.bot.settled().await;

    let mut texts = [one.text(), other.text()];
    texts.sort();
    assert_eq!(texts, ["That is already decided.", "This ticket stays open."]);
    assert!(announcement.text().contains("has cancelled its closing") && announcement.buttons().is_empty());
}

#[tokio::test]
async fn a_closing_that_is_set_anew_replaces_the_earlier_one() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "1h").send().await;
    story.bot.settled().await;
    let first = story.announcement();
    story.mona.slash("ticket close").at(&story.ticket).string("in", "3h").send().await;
    story.bot.settled().await;

    assert!(first.buttons().is_empty());
    sim.advance(AFTER_ONE_HOUR);
    story.bot.settled().await;
    assert_eq!(story.bot.states().await, ["open"]);
    sim.advance(Duration::from_hours(2));
    story.closed().await;
}

#[tokio::test]
async fn a_time_that_cannot_be_read_or_is_too_long_is_refused() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    for (text, expected) in [("soon", "I do not understand this time."), ("31d", "The time must be between")] {
        let reply = story.mona.slash("ticket close").at(&story.ticket).string("in", text).send().await;
        assert!(reply.text().starts_with(expected), "{}", reply.text());
    }
    assert!(story.lines().await.is_empty());
}

#[tokio::test]
async fn without_the_events_of_messages_tickets_are_closed_only_at_once() {
    let sim = Sim::start().await;
    let mut bot = TestBot::configured(&sim, "bot.intents.guild_messages = false\n");
    bot.boot().await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let (anna, mona) = (town.member("anna"), town.moderator("mona"));
    let ticket = town.open_ticket(&anna, &inbox).await;

    let refused = mona.slash("ticket close").at(&ticket).string("in", "1h").send().await;
    let unasked = mona.slash("ticket ask-to-close").at(&ticket).string("after", "1h").send().await;
    let asked = mona.slash("ticket ask-to-close").at(&ticket).send().await;

    for refused in [&refused, &unasked] {
        assert!(refused.text().contains("bot.intents.guild_messages"), "{}", refused.text());
    }
    assert_eq!(asked.text(), "I have asked the owner of this ticket.");
}

#[tokio::test]
async fn an_owner_who_is_asked_agrees_even_where_owners_may_not_close() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"owners_may_close":false}}"#).await;
    story.mona.slash("ticket ask-to-close").at(&story.ticket).send().await;
    story.bot.settled().await;
    let question = story.announcement();
    let (anna, mona) = (story.anna.mention(), story.mona.mention());
    assert_eq!(question.text(), format!("{anna}, {mona} asks whether this ticket can be closed."));
    assert_eq!(question.pinged(), [story.anna.id()].into());

    let refused = story.mona.click(&question, "Close it").await;
    let agreed = story.anna.click(&question, "Close it").await;
    story.closed().await;

    assert_eq!(refused.text(), "Only the owner of this ticket can agree to that.");
    assert_eq!(agreed.text(), "You have closed this ticket.");
    assert_eq!(story.lines().await[1], format!("{anna} has agreed to close this ticket."));
}

#[tokio::test]
async fn an_owner_who_wants_to_keep_the_ticket_says_so_with_a_button_or_a_message() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    for by_message in [false, true] {
        let ask = story.mona.slash("ticket ask-to-close").at(&story.ticket);
        ask.string("after", "1h").send().await;
        story.bot.settled().await;
        let question = story.announcement();
        if by_message {
            story.anna.write(&story.ticket, "No!");
            story.bot.wait_for("SELECT count(*) FROM timer", 0).await;
        } else {
            assert_eq!(story.anna.click(&question, "Keep it open").await.text(), "This ticket stays open.");
        }
        story.bot.settled().await;
        sim.advance(AFTER_ONE_HOUR);
        story.bot.settled().await;
        assert_eq!(story.bot.states().await, ["open"]);
        assert!(question.text().starts_with("This ticket stays open:") && question.buttons().is_empty());
    }
}

#[tokio::test]
async fn without_an_answer_a_ticket_is_closed_also_when_its_thread_was_archived_meanwhile() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ask = story.mona.slash("ticket ask-to-close").at(&story.ticket);
    ask.string("after", "8d").send().await;
    story.bot.settled().await;
    sim.advance(Duration::from_hours(7 * 24 + 1));
    sim.thread_timer_archives(&story.ticket);
    story.bot.wait_for_states(&["dormant"]).await;

    sim.advance(Duration::from_hours(24));
    story.closed().await;

    let (anna, mona) = (story.anna.mention(), story.mona.mention());
    let expected = format!("{anna}, {mona} has asked and nobody has objected, so this ticket has been closed.");
    assert_eq!(story.lines().await[1..], [expected], "the question and one notice");
    assert_eq!(story.posts().pop().unwrap().pinged(), [story.anna.id()].into());
}

#[tokio::test]
async fn a_question_that_was_decided_otherwise_has_one_outcome() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket ask-to-close").at(&story.ticket).send().await;
    story.bot.settled().await;
    let question = story.announcement();

    let (closed, agreed) = tokio::join!(
        story.mona.slash("ticket close").at(&story.ticket).send(),
        story.anna.click(&question, "Close it")
    );
    story.closed().await;

    let known = ["You have closed this ticket.", "This ticket is closed. Re-open it first."];
    for reply in [&closed, &agreed] {
        assert!(known.contains(&reply.text().as_str()), "{}", reply.text());
    }
    assert_eq!(story.lines().await.len(), 2, "the question and one notice");
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
}

#[tokio::test]
async fn a_question_that_is_decided_leaves_a_scheduled_closing_that_is_due_alone() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.mona.slash("ticket close").at(&story.ticket).string("in", "1h").send().await;
    story.mona.slash("ticket ask-to-close").at(&story.ticket).send().await;
    story.bot.settled().await;
    let question = story.announcement();
    let unreadable = sim.fault(Fault::on("GET", "/channels/{id}/messages").status(503).always());
    sim.advance(AFTER_ONE_HOUR);
    sim.wait_until("the closing to be due", || unreadable.hits() > 0).await;

    let kept = story.mona.click(&question, "Keep it open").await;
    unreadable.clear();
    sim.advance(Duration::from_mins(2));
    story.closed().await;

    assert_eq!(kept.text(), "This ticket stays open.");
    assert!(question.text().contains("wants to keep it"), "{}", question.text());
}

#[tokio::test]
async fn in_a_thread_where_the_bot_may_not_write_nothing_is_announced_and_nothing_is_closed() {
    for way in WAYS {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        story.town.guild.bot_role_permissions(BOT_DEFAULT);
        story.mona.lock(&story.ticket);
        story.bot.wait_for("SELECT locked FROM ticket", 1).await;

        let reply = story.announce(way).await;
        story.stays_open().await;

        let expected = "Nothing has changed: the thread of this ticket is archived or locked.";
        assert!(reply.text().starts_with(expected), "{way:?}: {}", reply.text());
        assert!(story.lines().await.is_empty());
    }
}

#[tokio::test]
async fn a_form_that_is_sent_after_the_thread_was_archived_announces_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin_with(&sim, r#"{"closing":{"ask_reason":"always"}}"#).await;
    sim.advance(Duration::from_hours(7 * 24 + 1));
    let form = story.announce(WAYS[0]).await;
    sim.thread_timer_archives(&story.ticket);
    story.bot.wait_for_states(&["dormant"]).await;

    let reply = story.mona.submit(&form, &[("value", "Solved.")]).await;
    sim.advance(AFTER_ONE_HOUR);
    story.bot.settled().await;

    assert!(reply.text().starts_with("Nothing has changed: the thread of this ticket"), "{}", reply.text());
    assert_eq!(story.bot.states().await, ["dormant"]);
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
}

#[tokio::test]
async fn what_discord_does_not_let_the_bot_announce_does_not_happen_and_a_line_says_so() {
    for way in WAYS {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        let refused = sim.fault(Fault::on(POST.0, POST.1).error(403, 160_005, "Thread is locked"));

        story.announce(way).await;
        story.stays_open().await;

        assert_eq!(refused.hits(), 1);
        assert_eq!(story.lines().await, [story.not_announced()], "{way:?}");
        assert_eq!(story.posts().pop().unwrap().pinged(), [story.mona.id()].into());
    }
}

#[tokio::test]
async fn an_announcement_that_comes_after_its_time_closes_nothing_also_after_a_restart() {
    for (way, restarts) in [(WAYS[0], false), (WAYS[0], true), (WAYS[1], true)] {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        let failing = sim.fault(Fault::on(POST.0, POST.1).status(503).always());
        story.announce(way).await;
        sim.wait_until("the announcement to fail", || failing.hits() > 1).await;
        sim.quiet().await;

        sim.advance(AFTER_ONE_HOUR);
        if restarts {
            story.bot.restart().await;
        }
        failing.clear();
        sim.advance(AFTER_ONE_HOUR);
        story.stays_open().await;

        assert_eq!(story.lines().await, [story.not_announced()], "{way:?}, restarts: {restarts}");
    }
}

#[tokio::test]
async fn a_question_that_could_not_be_posted_for_a_day_is_given_up() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let failing = sim.fault(Fault::on(POST.0, POST.1).status(503).always());
    story.mona.slash("ticket ask-to-close").at(&story.ticket).send().await;
    sim.wait_until("the question to fail", || failing.hits() > 1).await;
    sim.quiet().await;

    sim.advance(Duration::from_hours(25));
    story.bot.wait_for("SELECT count(*) FROM timer", 0).await;
    failing.clear();
    story.stays_open().await;

    assert_eq!(story.lines().await, [story.not_announced()]);
}

/// Discord has posted it, but its answers were lost for so long that the nonce holds no longer.
#[tokio::test]
async fn an_announcement_whose_answers_were_lost_holds_if_it_is_found_and_else_closes_nothing() {
    for reads in [true, false] {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        if !reads {
            story.town.help.set_overwrite(Target::Bot, 0, READ_MESSAGE_HISTORY);
        }
        let lost = sim.fault(Fault::on(POST.0, POST.1).act_then_status(500).always());
        story.announce(WAYS[1]).await;
        sim.wait_until("the answers to be lost", || lost.hits() > 1).await;
        sim.quiet().await;
        sim.advance(Duration::from_mins(2));
        story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'announce'", 0).await;
        lost.clear();

        if reads {
            sim.advance(AFTER_ONE_HOUR);
            story.closed().await;
            assert_eq!(story.lines().await.len(), 2, "the question and one notice");
        } else {
            sim.advance(Duration::from_mins(2));
            story.stays_open().await;
            assert!(story.lines().await.contains(&story.not_announced()), "{:?}", story.lines().await);
        }
    }
}
