//! Deleting the threads of closed tickets: by command, and so many days after closing.

use std::time::Duration;

use discord_sim::permissions::{BOT_DEFAULT, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Message, Reply, Sim, Thread};

use crate::support::{TestBot, Town};

/// Threads are deleted two days after closing.
const AFTER_TWO_DAYS: &str = r#"UPDATE inbox SET settings = '{"closing":{"delete_days":2}}' WHERE id >= $1"#;
const NEVER: &str = "UPDATE inbox SET settings = '{}' WHERE id >= $1";

const BUTTON: &str = "Delete the thread";
const DAY: Duration = Duration::from_hours(24);

struct Story<'s> {
    sim: &'s Sim,
    bot: TestBot<'s>,
    town: Town,
    anna: Actor,
    mona: Actor,
    inbox: Message,
    log: Channel,
}

impl<'s> Story<'s> {
    async fn begin(sim: &'s Sim) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        town.let_bot_moderate();
        let inbox = town.create_inbox().await;
        let log = town.guild.text_channel("log").create();
        bot.store("UPDATE inbox SET log_channel_id = $1 WHERE id > 0", log.id().cast_signed()).await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        Self { sim, bot, town, anna, mona, inbox, log }
    }

    async fn open(&self) -> Thread {
        self.town.open_ticket(&self.anna, &self.inbox).await
    }

    async fn close(&self, ticket: &Thread) {
        self.mona.archive(ticket);
        self.sim.wait_until("the ticket to be closed", || ticket.is_locked()).await;
        self.bot.settled().await;
    }

    async fn closed(&self) -> Thread {
        let ticket = self.open().await;
        self.close(&ticket).await;
        ticket
    }

    /// Asks for the deletion of a ticket, far from its thread.
    async fn ask(&self, who: &Actor, ticket: &str) -> Reply {
        who.slash("ticket delete").string("ticket", ticket).at(&self.town.help).send().await
    }

    fn exists(&self, ticket: &Thread) -> bool {
        self.town.guild.threads().iter().any(|thread| thread.id() == ticket.id())
    }

    async fn last_line(&self) -> String {
        self.bot.settled().await;
        self.log.messages().last().map(Message::text).unwrap_or_default()
    }
}

#[tokio::test]
async fn a_moderator_deletes_a_closed_ticket_after_confirming_it_once() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.closed().await;

    let asked = story.ask(&story.mona, "1").await;
    assert!(asked.is_private() && asked.text().contains("cannot be undone"), "{}", asked.text());
    assert!(story.exists(&ticket), "nothing is deleted before it is confirmed");
    let done = story.mona.click(&asked.message(), BUTTON).await;

    assert!(done.text().contains("#1 is deleted"), "{}", done.text());
    assert!(!story.exists(&ticket));
    let line = story.last_line().await;
    assert!(line.contains(&format!("{} has deleted the closed ticket of", story.mona.mention())), "{line}");
    let again = story.ask(&story.mona, &ticket.url()).await;
    assert!(again.text().contains("no longer exists"), "{}", again.text());
}

#[tokio::test]
async fn an_open_ticket_is_not_deleted_and_one_that_was_re_opened_after_the_question_neither() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let open = story.ask(&story.mona, "1").await;
    story.close(&ticket).await;
    let asked = story.ask(&story.mona, "1").await;
    story.mona.unarchive(&ticket);
    story.bot.wait_for_states(&["open"]).await;
    let late = story.mona.click(&asked.message(), BUTTON).await;

    for refused in [&open, &late] {
        assert!(refused.text().contains("not closed"), "{}", refused.text());
    }
    assert!(story.exists(&ticket));
}

#[tokio::test]
async fn who_is_no_moderator_of_the_ticket_cannot_delete_it_by_any_way() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.closed().await;
    let staff = story.town.member("sam");
    let sql = "INSERT INTO inbox_staff (inbox_id, mention, position) VALUES (1, $1, 9)";
    story.bot.store(sql, staff.mention().as_str()).await;
    // Manage Threads somewhere else does not count.
    let role = story.town.guild.role("Elsewhere").create();
    let elsewhere = story.town.guild.text_channel("elsewhere").allow_role(&role, MANAGE_THREADS).create();
    let other = story.town.guild.member("otto").role(&role).create();

    let mut answers = Vec::new();
    for who in [&story.anna, &staff, &other] {
        answers.push(who.slash("ticket delete").string("ticket", "1").at(&elsewhere).send().await);
    }
    let asked = story.ask(&story.mona, "1").await;
    let id = asked.buttons()[0].custom_id.clone().unwrap();
    // The same button for somebody else, in a message that they see.
    let body = serde_json::json!({ "content": "x", "components": [{ "type": 1, "components": [
        { "type": 2, "style": 4, "label": BUTTON, "custom_id": id } ] }] });
    let forged = story.town.help.arrange_message_by_bot(&body);
    answers.push(other.click(&forged, BUTTON).await);

    for (answer, who) in answers.iter().zip(["owner", "staff", "moderator elsewhere", "stranger with the button"]) {
        assert!(!answer.text().contains("is deleted") && answer.is_private(), "{who}: {}", answer.text());
    }
    assert!(answers[1].text().contains("Only people with the permission"), "{}", answers[1].text());
    assert!(story.exists(&ticket));
}

#[tokio::test]
async fn a_ticket_of_another_server_does_not_exist_here() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.closed().await;
    let elsewhere = Town::build(&sim);

    let command = elsewhere.admin.slash("ticket delete").string("ticket", &ticket.url());
    let answer = command.at(&elsewhere.help).send().await;

    assert!(answer.text().contains("do not know this ticket"), "{}", answer.text());
    assert!(story.exists(&ticket));
}

#[tokio::test]
async fn without_manage_threads_a_moderator_is_told_what_the_bot_lacks() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.closed().await;
    let asked = story.ask(&story.mona, "1").await;
    story.town.guild.bot_role_permissions(BOT_DEFAULT & !MANAGE_THREADS);

    let late = story.mona.click(&asked.message(), BUTTON).await;
    let refused = story.ask(&story.mona, "1").await;

    assert!(late.text().contains("did not let me"), "{}", late.text());
    assert!(refused.text().contains("Manage Threads"), "{}", refused.text());
    assert!(story.exists(&ticket));
}

#[tokio::test]
async fn threads_are_deleted_so_many_days_after_closing_also_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let before = story.town.open_ticket(&story.town.member("ben"), &story.inbox).await;
    story.close(&before).await;
    story.bot.store(AFTER_TWO_DAYS, 0).await;
    let ticket = story.closed().await;

    sim.advance(DAY);
    story.bot.restart().await;
    assert!(story.exists(&ticket));
    sim.advance(DAY);

    story.bot.wait_for("SELECT count(*) FROM ticket WHERE thread_gone = 1", 1).await;
    assert!(!story.exists(&ticket));
    assert!(story.exists(&before), "it was closed before this was switched on");
    let line = story.last_line().await;
    assert!(line.contains("was deleted 2 days after it was closed"), "{line}");
}

#[tokio::test]
async fn re_opening_ends_the_deletion_and_closing_again_begins_it_anew() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.bot.store(AFTER_TWO_DAYS, 0).await;
    let ticket = story.closed().await;
    sim.advance(DAY);
    story.mona.unarchive(&ticket);
    story.bot.wait_for_states(&["open"]).await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM timer").await, 0);
    story.bot.settled().await;
    story.close(&ticket).await;

    sim.advance(DAY + Duration::from_hours(1));
    story.open().await;
    story.bot.settled().await;
    assert!(story.exists(&ticket), "two days have passed since the first closing only");
    sim.advance(DAY);

    story.bot.wait_for("SELECT count(*) FROM ticket WHERE thread_gone = 1", 1).await;
}

#[tokio::test]
async fn nothing_is_deleted_once_the_inbox_deletes_no_more() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.bot.store(AFTER_TWO_DAYS, 0).await;
    let ticket = story.closed().await;
    story.bot.store(NEVER, 0).await;

    sim.advance(DAY * 3);

    story.bot.wait_for("SELECT count(*) FROM timer", 0).await;
    story.bot.settled().await;
    assert!(story.exists(&ticket));
}

#[tokio::test]
async fn a_deletion_that_is_refused_is_tried_again_each_day() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.bot.store(AFTER_TWO_DAYS, 0).await;
    let ticket = story.closed().await;
    story.town.guild.bot_role_permissions(BOT_DEFAULT & !MANAGE_THREADS);
    let due = story.bot.stored("SELECT due_at FROM timer").await;

    sim.advance(DAY * 2);
    story
        .bot
        .wait_for("SELECT count(*) FROM timer WHERE due_at > (SELECT closed_at FROM ticket) + 3 * 86400000 - 1000", 1)
        .await;
    story.bot.settled().await;
    assert!(story.exists(&ticket) && story.bot.stored("SELECT due_at FROM timer").await > due);
    story.town.let_bot_moderate();
    sim.advance(DAY);

    story.bot.wait_for("SELECT count(*) FROM ticket WHERE thread_gone = 1", 1).await;
    assert!(!story.exists(&ticket));
}

#[tokio::test]
async fn a_thread_is_deleted_before_its_record_goes_whatever_the_inbox_says() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let longer = r#"UPDATE inbox SET settings = '{"closing":{"delete_days":3000}}' WHERE id >= $1"#;
    story.bot.store(longer, 0).await;
    let ticket = story.closed().await;

    sim.advance(DAY * 89 + Duration::from_mins(23 * 60 + 30));

    sim.wait_until("the thread to be deleted", || !story.exists(&ticket)).await;
}
