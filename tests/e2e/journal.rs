//! The log: what happens to tickets, in a channel of the staff.

use std::time::Duration;

use discord_sim::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use discord_sim::{Actor, Channel, Fault, Message, Sim, Target, Thread};

use crate::support::{TestBot, Town};

/// The inbox's own log.
pub const OWN: &str = "UPDATE inbox SET log_channel_id = $1 WHERE id > 0";

/// The log for all inboxes of the server.
const COMMON: &str = "UPDATE guild SET log_channel_id = $1 WHERE id > 0";

pub struct Story<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    pub anna: Actor,
    pub mona: Actor,
    pub inbox: Message,
    pub log: Channel,
}

impl<'s> Story<'s> {
    pub async fn begin(sim: &'s Sim, which: &'static str) -> Self {
        Self::with(sim, TestBot::start(sim).await, which).await
    }

    pub async fn with(sim: &'s Sim, bot: TestBot<'s>, which: &'static str) -> Self {
        let town = Town::build(sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let log = town.guild.text_channel("log").create();
        bot.store(which, log.id().cast_signed()).await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        Self { sim, bot, town, anna, mona, inbox, log }
    }

    pub async fn open(&self) -> Thread {
        self.town.open_ticket(&self.anna, &self.inbox).await
    }

    /// The log, once nothing is left to do.
    async fn lines(&self) -> Vec<String> {
        self.bot.settled().await;
        self.shown()
    }

    fn shown(&self) -> Vec<String> {
        self.log.messages().iter().filter(|message| !message.is_private()).map(Message::text).collect()
    }

    pub async fn wait_for_lines(&self, count: usize) -> Vec<String> {
        self.sim.wait_until("the lines of the log", || self.shown().len() >= count).await;
        self.lines().await
    }
}

#[tokio::test]
async fn a_log_tells_what_happens_to_a_ticket_and_notifies_nobody() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let (anna, mona) = (story.anna.mention(), story.mona.mention());

    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.mona.slash("ticket release").at(&ticket).send().await;
    story.bot.settled().await;
    story.mona.archive(&ticket);
    story.bot.wait_for_states(&["closed"]).await;
    story.bot.settled().await;
    story.mona.unarchive(&ticket);
    story.bot.wait_for_states(&["open"]).await;
    story.anna.leave(&ticket);
    story.bot.wait_for_states(&["closed"]).await;
    story.bot.settled().await;
    story.town.admin.delete_thread(&ticket);

    let lines = story.wait_for_lines(7).await;
    let of_ticket = format!("**#1** {}", ticket.url());
    let expected = [
        format!("{of_ticket} {anna} has opened a ticket in inbox 1 (Create Ticket)."),
        format!("{of_ticket} {mona} has claimed this ticket."),
        format!("{of_ticket} {mona} has released this ticket."),
        format!("{of_ticket} Somebody has closed the ticket of {anna} by archiving its thread. It was open for"),
        format!("{of_ticket} The ticket of {anna} was re-opened in its thread."),
        format!("{of_ticket} The ticket is closed: its owner {anna} is no longer in it. It was open for"),
        format!("{of_ticket} The thread of the ticket of {anna} was deleted on Discord."),
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (line, expected) in lines.iter().zip(&expected) {
        assert!(line.starts_with(expected.as_str()), "{line}\nis not\n{expected}");
    }
    assert!(story.log.messages().iter().all(|message| message.pinged().is_empty()));
}

#[tokio::test]
async fn kinds_that_are_switched_off_are_not_logged_and_without_a_log_nothing_is() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    story.bot.store(r#"UPDATE inbox SET settings = '{"log":{"opened":false}}' WHERE id >= $1"#, 0).await;

    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    let with_log = story.wait_for_lines(1).await;
    story.bot.store("UPDATE inbox SET log_channel_id = NULL WHERE id >= $1", 0).await;
    story.mona.slash("ticket release").at(&ticket).send().await;
    let without = story.lines().await;

    assert!(with_log.len() == 1 && with_log[0].contains("has claimed"), "{with_log:#?}");
    assert_eq!(without, with_log);
}

#[tokio::test]
async fn the_log_of_the_server_has_the_happenings_of_every_inbox_in_its_language() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, COMMON).await;
    let second = story.town.create_inbox().await;
    story.town.guild.set_locale("de");
    story.sim.quiet().await;

    story.open().await;
    story.town.open_ticket(&story.anna, &second).await;

    let lines = story.wait_for_lines(2).await;
    assert!(lines[0].contains("hat ein Ticket im Postfach 1 (Ticket erstellen) geöffnet"), "{lines:#?}");
    assert!(lines[1].contains("hat ein Ticket im Postfach 2 (Ticket erstellen) geöffnet"), "{lines:#?}");
}

#[tokio::test]
async fn a_log_that_does_not_answer_delays_neither_the_ticket_nor_another_log() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let common = story.town.guild.text_channel("common").create();
    story.bot.store(COMMON, common.id().cast_signed()).await;
    let held = sim.fault(Fault::on("POST", &format!("/channels/{}/messages", story.log.id())).hold().always());

    let ticket = story.open().await;
    story.mona.archive(&ticket);
    story.sim.wait_until("the thread to be closed", || ticket.is_locked()).await;
    story.sim.wait_until("the other log", || common.messages().len() == 2).await;

    assert!(story.shown().is_empty());
    held.clear();
    held.release();
    assert_eq!(story.wait_for_lines(2).await.len(), 2);
}

#[tokio::test]
async fn where_the_bot_may_not_write_the_newest_lines_wait_and_come_when_it_may() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let ticket = story.open().await;
    story.wait_for_lines(1).await;
    story.log.set_overwrite(Target::Bot, 0, SEND_MESSAGES);
    for _ in 0..12 {
        story.mona.slash("ticket claim").at(&ticket).send().await;
        story.mona.slash("ticket release").at(&ticket).send().await;
    }
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log'", 20).await;
    assert_eq!(story.shown().len(), 1);

    story.log.set_overwrite(Target::Bot, SEND_MESSAGES | VIEW_CHANNEL, 0);
    sim.advance(Duration::from_hours(1));

    let lines = story.wait_for_lines(21).await;
    assert_eq!(lines.len(), 21, "{lines:#?}");
    let (claimed, released): (Vec<_>, Vec<_>) = lines[1..].iter().partition(|line| line.contains("has claimed"));
    assert_eq!((claimed.len(), released.len()), (10, 10));
    assert!(lines[1..].iter().all(|line| line.contains("The line is late")), "{lines:#?}");
}

#[tokio::test]
async fn a_deleted_log_channel_ends_the_log_and_harms_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    story.town.guild.owner().delete_channel(&story.log);

    let ticket = story.open().await;
    story.mona.archive(&ticket);

    story.sim.wait_until("the thread to be closed", || ticket.is_locked()).await;
    story.bot.settled().await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0);
}

/// How the bot may write again.
#[derive(Clone, Copy, Debug)]
enum Mended {
    InTheChannel,
    ByARole,
    ByAnotherRoleOfTheBot,
    /// The bot hears of nothing.
    AndChecked,
    ByAnInvitation,
    WhileAway,
}

#[tokio::test]
async fn a_permission_that_comes_back_is_used_at_once() {
    let ways = [
        Mended::InTheChannel,
        Mended::ByARole,
        Mended::ByAnotherRoleOfTheBot,
        Mended::AndChecked,
        Mended::ByAnInvitation,
        Mended::WhileAway,
    ];
    for way in ways {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim, OWN).await;
        let scribes = story.town.guild.role("Scribes").create();
        if let Mended::ByARole = way {
            story.town.guild.bot_member().give_role(&scribes);
        }
        let place = format!("/channels/{}/messages", story.log.id());
        let refused = sim.fault(Fault::on("POST", &place).error(403, 50013, "Missing Permissions").always());
        let ticket = story.open().await;
        story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log' AND cause LIKE 'status 403%'", 1).await;
        // So long that no wait ends by itself meanwhile.
        story.bot.store("UPDATE step SET due_at = due_at + $1", 3_600_000).await;

        refused.clear();
        match way {
            Mended::InTheChannel => story.log.set_overwrite(Target::Bot, SEND_MESSAGES | VIEW_CHANNEL, 0),
            Mended::ByARole => scribes.set_permissions(SEND_MESSAGES),
            Mended::ByAnotherRoleOfTheBot => story.town.guild.bot_member().give_role(&scribes),
            Mended::ByAnInvitation => {
                story.town.guild.remove_bot();
                story.bot.wait_for("SELECT left_at IS NOT NULL FROM guild", 1).await;
                story.town.guild.return_bot();
            }
            Mended::WhileAway => story.bot.restart().await,
            Mended::AndChecked => drop(story.town.admin.slash("inbox check").at(&story.town.help).send().await),
        }

        let lines = story.wait_for_lines(1).await;
        assert!(lines[0].contains(&ticket.url()), "{way:?}: {lines:#?}");
    }
}

#[tokio::test]
async fn a_closing_is_logged_once_with_the_number_of_people_even_if_that_cannot_be_read_each_time() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.wait_for_lines(2).await;
    let place = format!("/channels/{}/messages", story.log.id());
    sim.fault(Fault::on("POST", &place).act_then_status(500).times(3));

    story.mona.slash("ticket close").at(&ticket).send().await;
    story.wait_for_lines(3).await;
    // The answer was lost, and Discord has forgotten the nonce.
    sim.fault(Fault::on("GET", &format!("/channels/{}", ticket.id())).status(503).always());
    sim.advance(Duration::from_mins(3));

    let lines = story.lines().await;
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[2].ends_with("2 people were in it."), "{lines:#?}");
}

#[tokio::test]
async fn inbox_check_names_a_log_in_which_nothing_is_written_and_the_lines_that_wait() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let common = story.town.guild.text_channel("common").create();
    story.bot.store(COMMON, common.id().cast_signed()).await;
    common.delete();
    story.log.set_overwrite(Target::Bot, 0, SEND_MESSAGES);
    story.open().await;
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log' AND cause LIKE 'status 403%'", 1).await;

    let checked = story.town.admin.slash("inbox check").at(&story.town.help).send().await;

    let report = checked.embeds()[0]["description"].as_str().unwrap_or_default().to_owned();
    assert!(report.contains("The channel of the log no longer exists"), "{report}");
    let lacks = format!("I lack **Send Messages** in {}, the channel of the log", story.log.mention());
    assert!(report.contains(&lacks), "{report}");
    assert!(report.contains("One line of the log waits"), "{report}");
}

#[tokio::test]
async fn lines_that_wait_go_with_the_data_of_a_person_whom_they_name() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    story.log.set_overwrite(Target::Bot, 0, SEND_MESSAGES);
    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    let other = story.town.open_ticket(&story.town.member("ben"), &story.inbox).await;
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log'", 3).await;

    let asked = story.anna.slash("privacy delete").at(&story.town.help).send().await;
    let button = asked.buttons()[0].label.clone();
    story.anna.click(&asked.message(), &button).await;

    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log'", 1).await;
    story.log.set_overwrite(Target::Bot, SEND_MESSAGES | VIEW_CHANNEL, 0);
    let lines = story.wait_for_lines(1).await;
    assert!(lines.len() == 1 && lines[0].contains(&other.url()), "{lines:#?}");
}

#[tokio::test]
async fn staff_re_open_a_ticket_from_the_log_and_others_cannot() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let ticket = story.open().await;
    story.mona.archive(&ticket);
    story.bot.wait_for_states(&["closed"]).await;
    story.wait_for_lines(2).await;
    let closed = story.log.messages().pop().unwrap();

    let refused = story.town.member("otto").click(&closed, "Re-open").await;
    assert!(refused.is_private() && ticket.is_archived(), "{}", refused.text());
    story.mona.click(&closed, "Re-open").await;

    story.bot.wait_for_states(&["open"]).await;
    assert!(!ticket.is_archived() && !ticket.is_locked());
    let lines = story.wait_for_lines(3).await;
    assert!(lines[2].contains(&format!("{} has re-opened the ticket", story.mona.mention())), "{lines:#?}");
    let again = story.mona.click(&closed, "Re-open").await;
    assert!(again.is_private() && story.lines().await.len() == 3, "{}", again.text());
}

#[tokio::test]
async fn a_reason_is_in_the_log_of_one_inbox_and_not_in_the_common_one() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let common = story.town.guild.text_channel("common").create();
    story.bot.store(COMMON, common.id().cast_signed()).await;
    let ticket = story.open().await;

    story.mona.slash("ticket close").string("reason", "Solved by @everyone").at(&ticket).send().await;
    story.bot.wait_for_states(&["closed"]).await;

    let lines = story.wait_for_lines(2).await;
    assert!(lines[1].contains("has closed the ticket") && lines[1].contains("> Solved by"), "{lines:#?}");
    assert!(!lines[1].contains("@everyone"), "{lines:#?}");
    sim.wait_until("the common log", || common.messages().len() == 2).await;
    let common = common.messages().pop().unwrap();
    assert!(common.text().contains("has closed the ticket") && !common.text().contains("Solved"), "{}", common.text());
    assert!(common.pinged().is_empty());
}

#[tokio::test]
async fn a_reason_that_could_not_be_posted_in_time_is_left_out() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let ticket = story.open().await;
    story.wait_for_lines(1).await;
    let place = format!("/channels/{}/messages", story.log.id());
    let down = sim.fault(Fault::on("POST", &place).status(503).always());
    story.mona.slash("ticket close").string("reason", "Solved").at(&ticket).send().await;
    story.bot.wait_for_states(&["closed"]).await;
    sim.wait_until("the first try", || down.hits() > 1).await;

    sim.advance(Duration::from_mins(10));
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'log' AND sealed IS NULL", 1).await;
    down.clear();
    sim.advance(Duration::from_mins(10));

    let lines = story.wait_for_lines(2).await;
    assert!(lines[1].contains("has closed") && lines[1].contains("The line is late"), "{lines:#?}");
    assert!(!lines[1].contains("Solved"), "{lines:#?}");
}

#[tokio::test]
async fn a_line_is_not_posted_again_because_the_inbox_has_another_name_by_then() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, OWN).await;
    let place = format!("/channels/{}/messages", story.log.id());
    let lost = sim.fault(Fault::on("POST", &place).act_then_status(500).times(2));
    story.bot.store("UPDATE inbox SET settings = $1", r#"{"panel":{"label":"Bills *now*"}}"#).await;
    story.open().await;
    sim.wait_until("the answers to be lost", || lost.hits() == 2).await;

    story.bot.store("UPDATE inbox SET settings = $1", r#"{"panel":{"label":"Invoices"}}"#).await;
    sim.advance(Duration::from_mins(3));

    let lines = story.lines().await;
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].ends_with("in inbox 1 (Bills \\*now\\*)."), "{lines:#?}");
}
