//! What the notice of a closing says, whom it mentions, and who is named as the closer elsewhere.

use std::time::Duration;

use discord_sim::permissions::{BOT_DEFAULT, MANAGE_THREADS, VIEW_AUDIT_LOG};
use discord_sim::{Channel, Fault, Message, Request, Sim, Thread};

use crate::announced::WAYS;
use crate::cards::Desk;
use crate::closing::{REOPEN, Story};
use crate::support::requests_since;
use crate::working;

const WITH_AUDIT_LOG: u64 = BOT_DEFAULT | MANAGE_THREADS | VIEW_AUDIT_LOG;

const A_WEEK: Duration = Duration::from_hours(7 * 24 + 1);

fn asks_for_member(request: &Request) -> bool {
    request.is("GET", "/channels/{id}/thread-members/{user}")
}

/// What `AutoMod` refuses.
fn automod(sim: &Sim) -> discord_sim::FaultHandle {
    let has_reason = |request: &Request| request.body["content"].as_str().is_some_and(|text| text.contains("Rude"));
    let fault = Fault::on("POST", "/channels/{id}/messages").error(400, 200_000, "Blocked by AutoMod");
    sim.fault(fault.only_if(has_reason).always())
}

#[tokio::test]
async fn an_owner_who_archives_their_ticket_is_named_and_not_mentioned() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.bot_role_permissions(WITH_AUDIT_LOG);
    let nina = story.town.moderator("nina");
    let own = story.town.open_ticket(&nina, &story.inbox).await;
    story.bot.settled().await;

    nina.archive(&own);
    story.bot.wait_for_closed(1).await;
    sim.quiet().await;

    let notice = own.messages().pop().unwrap();
    assert_eq!(notice.text(), format!("{} has closed this ticket. {REOPEN}", nina.mention()));
    assert!(notice.pinged().is_empty());
}

#[tokio::test]
async fn an_owner_who_left_while_the_bot_was_away_is_not_brought_back_by_the_notice() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.bot.stop().await;
    story.anna.leave(&story.ticket);
    story.mona.archive(&story.ticket);

    story.bot.boot().await;
    story.closed().await;

    assert_eq!(story.lines().await, [format!("This ticket has been closed. {REOPEN}")]);
    assert!(!story.ticket.has_member(&story.anna));
}

#[tokio::test]
async fn an_owner_who_may_have_left_unnoticed_is_asked_for_before_a_notice_mentions_them() {
    for leaves in [false, true] {
        let sim = Sim::start().await;
        let story = working::Story::begin_without_members(&sim).await;
        let ticket = story.open().await;
        if leaves {
            story.anna.leave(&ticket);
        }
        let mark = sim.mark();

        story.mona.archive(&ticket);
        story.bot.wait_for_closed(1).await;

        let notice = story.last_post(&ticket).await;
        let expected = if leaves { "This".to_owned() } else { format!("{}, this", story.anna.mention()) };
        assert_eq!(notice.text(), format!("{expected} ticket has been closed. {REOPEN}"));
        assert_eq!(notice.pinged().contains(&story.anna.id()), !leaves);
        assert_eq!(ticket.has_member(&story.anna), !leaves);
        let asked = requests_since(&sim, mark);
        assert_eq!(asked.iter().filter(|request| asks_for_member(request)).count(), 1, "{asked:#?}");
    }
}

/// Staff announce it; Discord's timer archives the thread before it is due.
async fn close_dormant(story: &working::Story<'_>, ticket: &Thread, (command, option): (&str, &str), leaves: bool) {
    story.mona.slash(command).at(ticket).string(option, "8d").send().await;
    story.settled().await;
    story.sim.advance(A_WEEK);
    story.sim.thread_timer_archives(ticket);
    story.bot.wait_for_states(&["dormant"]).await;
    if leaves {
        story.anna.leave_guild();
    }
    story.sim.advance(Duration::from_hours(24));
    story.bot.wait_for_closed(1).await;
}

#[tokio::test]
async fn the_notice_of_a_dormant_ticket_says_who_and_why_and_mentions_an_owner_who_is_still_in_it() {
    for (way, expected) in WAYS.into_iter().zip([
        ["this ticket has been closed, as MONA had announced.", "This ticket has been closed, as MONA had announced."],
        [
            "MONA has asked and nobody has objected, so this ticket has been closed.",
            "MONA has asked and nobody has objected, so this ticket has been closed.",
        ],
    ]) {
        for leaves in [false, true] {
            let sim = Sim::start().await;
            let story = working::Story::begin_without_members(&sim).await;
            let ticket = story.open().await;

            close_dormant(&story, &ticket, way, leaves).await;

            let notice = story.last_post(&ticket).await;
            let expected = expected[usize::from(leaves)].replace("MONA", &story.mona.mention());
            let expected = if leaves { expected } else { format!("{}, {expected}", story.anna.mention()) };
            assert_eq!(notice.text(), expected);
            assert_eq!(notice.pinged().contains(&story.anna.id()), !leaves, "{way:?}");
            assert_eq!(ticket.has_member(&story.anna), !leaves, "{way:?}");
        }
    }
}

#[tokio::test]
async fn staff_who_ask_about_their_own_ticket_are_named_and_not_mentioned() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let nina = story.town.moderator("nina");
    let own = story.town.open_ticket(&nina, &story.inbox).await;
    nina.slash("ticket ask-to-close").at(&own).string("after", "1h").send().await;
    story.bot.settled().await;

    sim.advance(Duration::from_mins(61));
    story.bot.wait_for_closed(1).await;
    sim.quiet().await;

    let notice = own.messages().pop().unwrap();
    let expected = format!("{} has asked and nobody has objected, so this ticket has been closed.", nina.mention());
    assert_eq!(notice.text(), expected);
    assert!(notice.pinged().is_empty());
}

#[tokio::test]
async fn a_dormant_ticket_that_is_closed_from_its_card_mentions_its_owner() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    sim.advance(A_WEEK);
    sim.thread_timer_archives(&ticket);
    desk.bot.wait_for_states(&["dormant"]).await;
    desk.bot.cards_are_drawn().await;

    let form = desk.mona.click(&desk.card(), "Close").await;
    desk.mona.submit(&form, &[]).await;
    desk.bot.wait_for_closed(1).await;
    sim.quiet().await;

    let notice = ticket.messages().pop().unwrap();
    assert_eq!(notice.text(), format!("{}, {} has closed this ticket.", desk.anna.mention(), desk.mona.mention()));
    assert_eq!(notice.pinged(), [desk.anna.id()].into());
}

#[tokio::test]
async fn a_reason_that_automod_refuses_is_left_out_and_everybody_reads_that_the_ticket_is_closed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let refused = automod(&sim);

    let close = story.mona.slash("ticket close").at(&story.ticket);
    close.string("reason", "Rude words").send().await;
    story.closed().await;

    let left_out = "I left the reason out: AutoMod of this server does not let it through.";
    let expected = format!("{}, {} has closed this ticket.\n{left_out}", story.anna.mention(), story.mona.mention());
    assert_eq!(story.lines().await, [expected]);
    assert_eq!(story.posts().pop().unwrap().pinged(), [story.anna.id()].into());
    assert_eq!(refused.hits(), 1);
}

#[tokio::test]
async fn a_closing_is_announced_without_a_reason_that_automod_refuses() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let refused = automod(&sim);

    let close = story.mona.slash("ticket close").at(&story.ticket).string("in", "1h");
    close.string("reason", "Rude words").send().await;
    let lines = story.lines().await;

    assert!(lines[0].contains("will close this ticket"), "{lines:?}");
    assert!(
        lines[0].ends_with("\nI left the reason out: AutoMod of this server does not let it through."),
        "{lines:?}"
    );
    assert_eq!((lines.len(), refused.hits()), (1, 1));
    sim.advance(Duration::from_mins(61));
    story.closed().await;
}

#[tokio::test]
async fn the_card_and_the_info_name_who_archived_the_thread_where_the_bot_may_read_the_audit_log() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.town.guild.bot_role_permissions(WITH_AUDIT_LOG);
    let ticket = desk.open().await;

    desk.mona.archive(&ticket);
    desk.bot.wait_for_closed(1).await;
    desk.bot.cards_are_drawn().await;

    let mona = desk.mona.mention();
    let card = desk.card().component_text();
    assert!(card.contains(&format!("**Closed** by {mona}")), "{card}");
    let info = desk.mona.slash("ticket info").string("ticket", "1").send().await;
    assert!(crate::admin::preview(&info).contains(&mona), "{}", crate::admin::preview(&info));
    assert_eq!(desk.bot.stored("SELECT closed_by FROM ticket").await, desk.mona.id().cast_signed());
}

/// The story's inbox logs into a new channel.
async fn log_of(story: &Story<'_>) -> Channel {
    let log = story.town.guild.text_channel("log").create();
    story.bot.store("UPDATE inbox SET log_channel_id = $1", log.id().cast_signed()).await;
    log
}

fn lines(log: &Channel) -> Vec<String> {
    log.messages().iter().map(Message::text).collect()
}

#[tokio::test]
async fn the_log_names_who_archived_the_thread_where_the_bot_may_read_the_audit_log() {
    for locks in [false, true] {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        story.town.guild.bot_role_permissions(WITH_AUDIT_LOG);
        let log = log_of(&story).await;

        if locks {
            story.mona.archive_and_lock(&story.ticket);
        } else {
            story.mona.archive(&story.ticket);
        }
        story.bot.wait_for_closed(1).await;
        sim.wait_until("the line of the log", || lines(&log).len() == 1).await;

        let (anna, mona) = (story.anna.mention(), story.mona.mention());
        let expected = format!("{mona} has closed the ticket of {anna} by archiving its thread.");
        assert!(lines(&log)[0].contains(&expected), "locks: {locks}: {:?}", lines(&log));
        assert!(log.messages()[0].pinged().is_empty());
        assert_eq!(story.bot.stored("SELECT closed_by FROM ticket").await, story.mona.id().cast_signed());
    }
}

#[tokio::test]
async fn a_closing_is_logged_once_even_if_the_audit_log_cannot_be_read_each_time() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.bot_role_permissions(WITH_AUDIT_LOG);
    let log = log_of(&story).await;
    let unreadable = sim.fault(Fault::on("GET", "/guilds/{id}/audit-logs").status(503).always());
    let place = format!("/channels/{}/messages", log.id());
    let lost = sim.fault(Fault::on("POST", &place).act_then_status(500).always());

    story.mona.archive_and_lock(&story.ticket);
    sim.wait_until("the answers to be lost", || lost.hits() > 1).await;
    unreadable.clear();
    lost.clear();
    // Discord has forgotten the nonce.
    sim.advance(Duration::from_mins(3));
    story.bot.wait_for_closed(1).await;
    story.bot.wait_for("SELECT count(*) FROM step", 0).await;

    assert_eq!(lines(&log).len(), 1, "{:?}", lines(&log));
    assert!(lines(&log)[0].contains("Somebody has closed the ticket"), "{:?}", lines(&log));
    assert_eq!(story.bot.stored("SELECT closed_by FROM ticket").await, story.mona.id().cast_signed());
}

#[tokio::test]
async fn the_closer_of_a_later_closing_is_not_taken_for_that_of_an_earlier_one() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let log = log_of(&story).await;
    let place = format!("/channels/{}/messages", log.id());
    let down = sim.fault(Fault::on("POST", &place).status(503).always());
    story.mona.archive_and_lock(&story.ticket);
    story.bot.wait_for_states(&["closed"]).await;
    sim.wait_until("the line to fail", || down.hits() > 1).await;
    story.mona.slash("ticket reopen").string("ticket", "1").send().await;
    story.bot.wait_for_states(&["open"]).await;
    sim.advance(Duration::from_secs(5));

    let nina = story.town.moderator("nina");
    nina.slash("ticket close").at(&story.ticket).send().await;
    story.bot.wait_for_states(&["closed"]).await;
    down.clear();
    sim.advance(Duration::from_hours(1));
    sim.wait_until("the lines of the log", || lines(&log).len() == 3).await;

    assert!(lines(&log)[0].contains("Somebody has closed the ticket"), "{:?}", lines(&log));
    assert!(lines(&log)[2].contains(&nina.mention()), "{:?}", lines(&log));
}

#[tokio::test]
async fn a_log_line_whose_reason_automod_refuses_is_posted_without_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let log = log_of(&story).await;
    let refused = automod(&sim);

    let close = story.mona.slash("ticket close").at(&story.ticket);
    close.string("reason", "Rude words").send().await;
    sim.wait_until("the line of the log", || lines(&log).len() == 1).await;
    story.closed().await;

    assert!(lines(&log)[0].contains("has closed the ticket") && !lines(&log)[0].contains("Rude"), "{:?}", lines(&log));
    assert_eq!(refused.hits(), 2, "the notice and the line");
}
