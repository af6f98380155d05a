//! Closed tickets as files in the log of their inbox, and what is said where threads are deleted.

use std::time::Duration;

use discord_sim::permissions::{ATTACH_FILES, READ_MESSAGE_HISTORY};
use discord_sim::{Channel, Draft, Fault, Message, Reply, Sim, Target, Thread, Values};
use scraper::Html;
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::exports::{count, files, readable, texts};
use crate::filling::{question, text};
use crate::working::Story;

const EXPORTED: &str = r#"{"log":{"attach_export":true}}"#;
const PAGE: (&str, &str) = ("GET", "/channels/{channel}/messages");

/// A story whose inbox has a log with exports.
async fn logged(sim: &Sim) -> (Story<'_>, Channel) {
    sim.announce_rate_limits(false);
    let story = Story::begin(sim).await;
    story.town.let_bot_moderate();
    let log = story.town.guild.text_channel("log").create();
    story.bot.store("UPDATE inbox SET log_channel_id = $1 WHERE id > 0", log.id().cast_signed()).await;
    story.set(EXPORTED).await;
    (story, log)
}

fn assert_shows(page: &Reply, part: &str) {
    assert!(preview(page).contains(part), "expected {part:?} in: {}", preview(page));
}

/// The messages with files, once there are so many and nothing is left to do.
async fn posted(story: &Story<'_>, log: &Channel, count: usize) -> Vec<Message> {
    let with_files = || log.messages().into_iter().filter(|message| !message.attachments().is_empty());
    story.sim.wait_until("the files in the log", || with_files().count() >= count).await;
    story.settled().await;
    let posted: Vec<Message> = with_files().collect();
    assert_eq!(posted.len(), count, "{:#?}", posted.iter().map(Message::text).collect::<Vec<_>>());
    posted
}

fn read(message: &Message) -> Html {
    let page = Html::parse_document(&String::from_utf8(message.attachments().remove(0).bytes).unwrap());
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

/// Messages of the owner: more of them than a file has room for.
const MANY: usize = 5_600;
const LARGEST: usize = 10 << 20;

fn fill(story: &Story<'_>, ticket: &Thread, messages: usize) {
    let (anna, filling) = (story.anna.id(), "x".repeat(1_900));
    let draft = |number: usize| (anna, Draft::text(&format!("message {number} of many\n{filling}")));
    ticket.arrange_messages(Duration::from_secs(10), (1..=messages).map(draft));
}

fn numbers(page: &Html) -> Vec<usize> {
    let number = |said: &String| said.strip_prefix("message ")?.split_once(" of many")?.0.parse().ok();
    texts(page, ".text").iter().filter_map(number).collect()
}

#[tokio::test]
async fn a_closed_ticket_is_in_the_log_as_a_page_with_its_last_notice() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let ticket = story.open().await;
    story.anna.post(&ticket, "Where is my key?");
    story.mona.slash("ticket close").string("reason", "It was at the bar").at(&ticket).send().await;

    let file = posted(&story, &log, 1).await.remove(0);

    let page = read(&file);
    assert_eq!(file.attachments()[0].filename, "ticket-1.html");
    assert_eq!(texts(&page, "h1"), ["Ticket #1 closed"]);
    let said = texts(&page, ".said");
    assert!(said.iter().any(|said| said.starts_with("Where is my key?")), "{said:?}");
    assert!(said.last().unwrap().contains("It was at the bar"), "the notice is the last message: {said:?}");
    let text = file.text();
    assert!(text.starts_with(&format!("**#1** {} The ticket as a file · <t:", ticket.url())), "{text}");
    assert!(text.ends_with(&format!("{} messages.", count(&page, ".message, .system"))), "{text}");
    assert!(file.pinged().is_empty());
    assert!(!story.bot.log().contains("key") && !story.bot.log().contains("the bar"));

    let line = log.messages().into_iter().find(|message| !message.buttons().is_empty()).expect("a line with buttons");
    assert_eq!(line.buttons().iter().map(|button| button.label.as_str()).collect::<Vec<_>>(), ["Re-open", "Export"]);
    assert_eq!(files(&sim, &story.mona.click(&line, "Export").await).await[0].0, "ticket-1.html");
    assert_told(&story.bert.click(&line, "Export").await, "Only the staff");
}

#[tokio::test]
async fn without_the_setting_or_a_log_no_ticket_is_posted() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    story.set("{}").await;
    story.mona.archive(&story.open().await);
    story.bot.wait_for_states(&["closed"]).await;
    story.set(EXPORTED).await;
    story.bot.store("UPDATE inbox SET log_channel_id = NULL WHERE id > $1", 0).await;
    let other = story.town.open_ticket(&story.town.member("ben"), &story.inbox).await;
    story.settled().await;
    story.mona.archive(&other);
    story.bot.wait_for_states(&["closed", "closed"]).await;

    assert!(posted(&story, &log, 0).await.is_empty());
}

#[tokio::test]
async fn a_long_ticket_comes_in_parts_and_several_tickets_wait_for_each_other() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let first = story.open().await;
    fill(&story, &first, MANY);
    let others = [("ben", 3), ("carl", 5), ("dora", 7)].map(|(name, messages)| (story.town.member(name), messages));
    for (owner, messages) in &others {
        let ticket = story.town.open_ticket(owner, &story.inbox).await;
        fill(&story, &ticket, *messages);
    }
    story.settled().await;
    let mark = story.town.guild.threads();
    for ticket in &mark {
        story.mona.archive(ticket);
    }

    story.bot.wait_for_states(&["closed"; 4]).await;
    story.bot.wait_for("SELECT count(*) FROM step", 0).await;
    let all: Vec<Message> = log.messages().into_iter().filter(|message| !message.attachments().is_empty()).collect();

    let parts: Vec<&Message> = all.iter().filter(|message| message.text().starts_with("**#1**")).collect();
    assert!(parts.len() > 1);
    for (number, part) in (1..).zip(&parts) {
        assert!(part.text().contains(&format!("The ticket as a file, part {number} ·")), "{}", part.text());
        assert!(part.attachments()[0].bytes.len() <= LARGEST);
    }
    let all_numbers: Vec<usize> = parts.iter().flat_map(|part| numbers(&read(part))).collect();
    assert_eq!(all_numbers, (1..=MANY).collect::<Vec<_>>());
    assert_eq!(all.len() - parts.len(), 3, "one file of each other ticket");
}

#[tokio::test]
async fn an_export_that_a_crash_interrupts_goes_on_after_the_last_part() {
    let sim = readable().await;
    let (mut story, log) = logged(&sim).await;
    let asks = json!({ "log": { "attach_export": true }, "form": { "questions": [question("order", "short")] } });
    story.set(&asks.to_string()).await;
    let ticket = story.open_filled(&[("order", text("4711"))]).await;
    fill(&story, &ticket, MANY);
    let held = sim.fault(Fault::on(PAGE.0, &format!("/channels/{}/messages", ticket.id())).skip(54).hold());
    story.mona.archive(&ticket);
    sim.wait_until("the page that is held", || held.waiting() > 0).await;
    let before = log.messages().iter().filter(|message| !message.attachments().is_empty()).count();
    assert!(before > 0);

    story.bot.kill().await;
    held.clear();
    story.bot.boot().await;
    story.bot.wait_for("SELECT count(*) FROM step", 0).await;

    let parts: Vec<Message> = log.messages().into_iter().filter(|message| !message.attachments().is_empty()).collect();
    assert!(parts.len() > before);
    let all: Vec<usize> = parts.iter().flat_map(|part| numbers(&read(part))).collect();
    assert_eq!(all, (1..=MANY).collect::<Vec<_>>(), "nothing is missing, nothing is there twice");
    for part in &parts {
        assert_eq!(texts(&read(part), ".answers dd"), ["4711"], "the answers stand at the top of each part");
    }
}

#[tokio::test]
async fn a_part_whose_answer_was_lost_is_not_posted_again() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let ticket = story.open().await;
    story.anna.post(&ticket, "Hello");
    let place = format!("/channels/{}/messages", log.id());
    story.mona.archive(&ticket);
    // The line of the closing comes first.
    let lost = sim.fault(Fault::on("POST", &place).skip(1).act_then_status(500).times(3));
    sim.wait_until("a lost answer", || lost.hits() > 0).await;
    // By then, Discord has forgotten the nonce.
    sim.advance(Duration::from_mins(3));

    posted(&story, &log, 1).await;
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0);
}

#[tokio::test]
async fn what_the_bot_may_not_post_waits_and_is_not_read_again_and_again() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let ticket = story.open().await;
    log.set_overwrite(Target::Bot, 0, ATTACH_FILES);
    story.mona.archive(&ticket);
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'attach' AND cause LIKE 'status 403%'", 1).await;
    let mark = sim.mark();
    let pages = || {
        let asked = sim.requests_since(mark).into_iter();
        asked.filter(|request| request.is(PAGE.0, &format!("/channels/{}/messages", ticket.id()))).count()
    };
    sim.advance(Duration::from_mins(2));
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'attach' AND attempts >= 1 AND holder IS NULL", 1).await;
    assert_eq!(pages(), 0);

    log.set_overwrite(Target::Bot, ATTACH_FILES, 0);
    sim.advance(Duration::from_hours(1));

    posted(&story, &log, 1).await;
}

#[tokio::test]
async fn after_a_day_without_the_right_to_read_it_is_given_up() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let ticket = story.open().await;
    story.town.help.set_overwrite(Target::Bot, 0, READ_MESSAGE_HISTORY);
    story.mona.archive(&ticket);
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'attach' AND cause LIKE 'status 403%'", 1).await;

    sim.advance(Duration::from_hours(25));
    story.bot.wait_for("SELECT count(*) FROM step", 0).await;

    assert!(posted(&story, &log, 0).await.is_empty());
}

#[tokio::test]
async fn a_deleted_thread_or_log_ends_it_without_harm() {
    for deletes_log in [true, false] {
        let sim = readable().await;
        let (story, log) = logged(&sim).await;
        let ticket = story.open().await;
        let held = sim.fault(Fault::on(PAGE.0, &format!("/channels/{}/messages", ticket.id())).hold());
        story.mona.archive(&ticket);
        sim.wait_until("the page that is held", || held.waiting() > 0).await;

        if deletes_log {
            log.delete();
        } else {
            story.town.admin.delete_thread(&ticket);
        }
        held.release();

        story.bot.wait_for("SELECT count(*) FROM step", 0).await;
    }
}

#[tokio::test]
async fn who_deletes_a_thread_is_offered_its_export_first() {
    let sim = readable().await;
    let (story, log) = logged(&sim).await;
    let ticket = story.open().await;
    log.set_overwrite(Target::Bot, 0, ATTACH_FILES);
    story.mona.archive(&ticket);
    story.bot.wait_for("SELECT count(*) FROM step WHERE kind = 'attach' AND cause LIKE 'status 403%'", 1).await;
    let ask = || story.mona.slash("ticket delete").string("ticket", "1").at(&story.town.help).send();

    let asked = ask().await;
    assert_shows(&asked, "The file for the log is not posted yet");
    assert_eq!(files(&sim, &story.mona.click(&asked, "Export").await).await.len(), 1);

    log.set_overwrite(Target::Bot, ATTACH_FILES, 0);
    sim.advance(Duration::from_hours(1));
    posted(&story, &log, 1).await;
    assert!(ask().await.embeds().is_empty());
}

#[tokio::test]
async fn the_settings_say_what_exports_lack_and_offer_them_where_threads_are_deleted() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    let log = story.town.guild.text_channel("log").create();
    let admin = &story.town.admin;
    story.set(r#"{"closing":{"delete_days":30}}"#).await;

    let overview = story.town.manage("settings", &story.inbox).await;
    let closing = admin.select(&overview, "#0", Values::strings(["closing"])).await;
    assert_shows(&closing, "What is deleted is gone. With **Exports**");
    let page = admin.click(&closing, "Exports").await;
    log.set_overwrite(Target::Bot, 0, ATTACH_FILES);
    story.town.help.set_overwrite(Target::Bot, 0, READ_MESSAGE_HISTORY);
    let on = admin.click(&page, "Export on closing").await;
    assert_shows(&on, "No file is posted, because there is no log channel");
    let set = admin.select(&on, "#0", Values::channels([&log])).await;

    let lacks = |permission: &str, channel: &str| format!("I lack **{permission}** in {channel}: closed tickets");
    assert_told(&set, &lacks("Attach Files", &log.mention()));
    assert_told(&set, &lacks("Read Message History", &story.town.help.mention()));
    assert_told(&set, "I cannot read what members write");
    let checked = admin.slash("inbox check").at(&story.town.help).send().await;
    assert_shows(&checked, &lacks("Attach Files", &log.mention()));
    assert_shows(&checked, &lacks("Read Message History", &story.town.help.mention()));
    let overview = story.town.manage("settings", &story.inbox).await;
    let closing = admin.select(&overview, "#0", Values::strings(["closing"])).await;
    assert_shows(&closing, &format!("Each ticket is posted in {} as a file", log.mention()));
    assert!(closing.buttons().iter().any(|button| button.label == "Exports"));
}
