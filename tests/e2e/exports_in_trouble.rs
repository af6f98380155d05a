//! Exports of long tickets, and what happens to them when Discord, the thread or the bot does not hold.

use std::time::Duration;

use discord_sim::{Actor, Draft, Fault, FaultHandle, Reply, Sim, Thread};
use scraper::Html;

use crate::admin::assert_told;
use crate::exports::{count, export, file, files, page, readable, texts};
use crate::working::Story;

const PAGE: (&str, &str) = ("GET", "/channels/{channel}/messages");

/// A ticket with so many messages of its owner, a minute apart.
pub async fn long(sim: &Sim, messages: usize) -> (Story<'_>, Thread) {
    // The pace is not what is tested.
    sim.announce_rate_limits(false);
    let story = Story::begin(sim).await;
    let ticket = story.open().await;
    let anna = story.anna.id();
    let draft = |number: usize| (anna, Draft::text(&format!("message {number} of many")));
    ticket.arrange_messages(Duration::from_mins(1), (1..=messages).map(draft));
    (story, ticket)
}

pub fn elsewhere(story: &Story<'_>) -> discord_sim::Slash {
    story.mona.slash("ticket export").string("ticket", "1").at(&story.town.help)
}

/// Holds the page after so many.
fn hold(sim: &Sim, pages: usize) -> FaultHandle {
    sim.fault(Fault::on(PAGE.0, PAGE.1).skip(pages).hold())
}

pub async fn begin_and_hold(sim: &Sim, asked: discord_sim::Slash, pages: usize) -> (Reply, FaultHandle) {
    let held = hold(sim, pages);
    let reply = asked.send().await;
    sim.wait_until("the page that is held", || held.waiting() > 0).await;
    (reply, held)
}

pub fn numbers(page: &Html) -> Vec<usize> {
    let said = texts(page, ".text");
    let number = |said: &String| said.strip_prefix("message ")?.strip_suffix(" of many")?.parse().ok();
    said.iter().filter_map(number).collect()
}

pub fn pages(files: &[(String, Vec<u8>)]) -> Vec<Html> {
    let parsed = files.iter().map(|(_, bytes)| Html::parse_document(&String::from_utf8(bytes.clone()).unwrap()));
    parsed.inspect(|page| assert!(page.errors.is_empty(), "{:?}", page.errors)).collect()
}

#[tokio::test]
async fn ten_thousand_messages_take_a_request_for_each_hundred() {
    let sim = readable().await;
    let (story, _) = long(&sim, 10_000).await;
    let mark = sim.mark();

    let reply = elsewhere(&story).send().await;
    let page = page(&sim, &reply).await;

    assert_eq!(numbers(&page), (1..=10_000).collect::<Vec<_>>());
    assert_eq!(reply.text(), "Ticket #1: 10001 messages.");
    let asked = sim.requests_since(mark).into_iter().filter(|request| request.is(PAGE.0, PAGE.1)).count();
    assert_eq!(asked, 101);
}

#[tokio::test]
async fn what_fits_into_no_file_comes_in_numbered_parts_without_a_gap() {
    let sim = Sim::builder().content_intent(true).file_limit(300_000).start().await;
    let (story, _) = long(&sim, 1_500).await;

    let reply = elsewhere(&story).send().await;
    let files = files(&sim, &reply).await;

    assert!(files.len() > 2, "{}", reply.text());
    for (number, (name, bytes)) in (1..).zip(&files) {
        assert_eq!(*name, format!("ticket-1-part-{number}.html"));
        assert!(bytes.len() <= 300_000, "{}", bytes.len());
    }
    let pages = pages(&files);
    let all: Vec<usize> = pages.iter().flat_map(numbers).collect();
    assert_eq!(all, (1..=1_500).collect::<Vec<_>>());
    assert_eq!(texts(&pages[0], ".note"), ["This is part 1. The ticket goes on in part 2."]);
    let last = pages.last().unwrap();
    assert!(texts(last, ".note")[0].contains("the last one"), "{:?}", texts(last, ".note"));
    assert!(pages.iter().all(|page| count(page, ".message:not(.more)") > 0 && count(page, ".day") > 0));
    assert!(reply.messages().iter().all(discord_sim::Message::is_private));
    let said = format!("The {} files of ticket #1 are here, with 1501 messages in all.", files.len());
    assert!(reply.text().starts_with(&said), "{}", reply.text());
}

#[tokio::test]
async fn who_waits_reads_how_far_it_is() {
    let sim = readable().await;
    let (story, _) = long(&sim, 350).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;
    assert_eq!(reply.text(), "I am reading ticket #1. Its file follows here.");

    sim.advance(Duration::from_secs(6));
    let next = hold(&sim, 1);
    held.release();
    sim.wait_until("the third page", || next.waiting() > 0).await;

    assert_eq!(reply.text(), "I am reading ticket #1: 200 of about 351 messages.");
    next.release();
    assert_eq!(numbers(&page(&sim, &reply).await).len(), 350);
}

#[tokio::test]
async fn after_fourteen_minutes_what_was_read_is_sent_and_a_button_goes_on() {
    let sim = readable().await;
    let (story, _) = long(&sim, 450).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;

    sim.advance(Duration::from_mins(14));
    held.release();
    let first = page(&sim, &reply).await;

    assert_eq!(numbers(&first), (1..200).collect::<Vec<_>>(), "the first message is the bot's");
    assert!(texts(&first, ".note")[0].starts_with("This file is not complete"), "{:?}", texts(&first, ".note"));
    assert!(reply.text().contains("After 14 minutes"), "{}", reply.text());

    let more = story.mona.click(&reply, "Go on").await;
    let second = page(&sim, &more).await;

    assert_eq!(numbers(&second), (200..=450).collect::<Vec<_>>());
    assert_eq!(files(&sim, &more).await[0].0, "ticket-1-part-2.html");
    assert!(texts(&second, ".note")[0].contains("part 2, the last one"), "{:?}", texts(&second, ".note"));
    sim.advance(Duration::from_mins(16));
    assert_told(&story.mona.click(&reply, "Go on").await, "too old to be used");
}

#[tokio::test]
async fn a_page_that_fails_once_costs_nothing_and_one_that_fails_always_ends_it_with_a_button() {
    let sim = readable().await;
    let (story, _) = long(&sim, 250).await;

    let once = sim.fault(Fault::on(PAGE.0, PAGE.1).skip(1).status(500));
    assert_eq!(numbers(&page(&sim, &elsewhere(&story).send().await).await).len(), 250);
    assert_eq!(once.hits(), 1);

    let always = sim.fault(Fault::on(PAGE.0, PAGE.1).skip(1).status(500).always());
    let reply = elsewhere(&story).send().await;
    let cut = page(&sim, &reply).await;
    assert_eq!(numbers(&cut).len(), 99);
    assert!(reply.text().contains("the export is not complete"), "{}", reply.text());
    always.clear();
    let rest = story.mona.click(&reply, "Go on").await;
    assert_eq!(numbers(&page(&sim, &rest).await), (100..=250).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_long_rate_limit_ends_it_and_says_when_it_goes_on() {
    let sim = readable().await;
    let (story, _) = long(&sim, 150).await;
    sim.fault(Fault::on(PAGE.0, PAGE.1).skip(1).rate_limited(Duration::from_mins(20), false));

    let reply = elsewhere(&story).send().await;

    assert_eq!(numbers(&page(&sim, &reply).await).len(), 99);
    assert!(reply.text().contains("Discord lets me read on <t:"), "{}", reply.text());
    assert_eq!(reply.buttons().len(), 1);
}

#[tokio::test]
async fn a_thread_that_is_deleted_meanwhile_leaves_what_was_read() {
    let sim = readable().await;
    let (story, ticket) = long(&sim, 250).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;

    story.town.admin.delete_thread(&ticket);
    held.release();

    assert_eq!(numbers(&page(&sim, &reply).await).len(), 99);
    assert!(reply.text().contains("deleted or hidden while I was reading it"), "{}", reply.text());
    assert!(reply.buttons().is_empty(), "there is nothing to go on with");
}

#[tokio::test]
async fn a_message_that_is_deleted_meanwhile_is_missing_and_nothing_else() {
    let sim = readable().await;
    let (story, ticket) = long(&sim, 250).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;

    for number in [50, 150, 250] {
        let said = format!("message {number} of many");
        let message = ticket.messages().into_iter().find(|message| message.text() == said).unwrap();
        story.anna.delete_message(&message);
    }
    held.release();

    let read = numbers(&page(&sim, &reply).await);
    let expected: Vec<usize> = (1..=250).filter(|number| ![150, 250].contains(number)).collect();
    assert_eq!(read, expected, "what was read before is there");
}

#[tokio::test]
async fn if_nothing_can_be_read_the_person_is_told_so() {
    let sim = readable().await;
    let (story, _) = long(&sim, 5).await;
    sim.fault(Fault::on(PAGE.0, PAGE.1).status(503).always());

    let reply = elsewhere(&story).send().await;
    assert!(files(&sim, &reply).await.is_empty());

    assert_told(&reply, "Discord did not answer properly");
    assert!(reply.buttons().is_empty());
}

#[tokio::test]
async fn files_are_in_the_page_while_they_fit_and_listed_otherwise() {
    let sim = Sim::builder().content_intent(true).file_limit(700_000).start().await;
    sim.announce_rate_limits(false);
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let attach = |name: &str, bytes: usize| {
        story.anna.post_with(&ticket, Draft::text(name).file(name, vec![7; bytes], "image/png"));
    };
    attach("first.png", 300_000);
    attach("second.png", 300_000);
    attach("third.png", 1_000);
    let gone = sim.fault(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").skip(1).status(404));

    let reply = export(&story.mona, &ticket).send().await;
    let page = page(&sim, &reply).await;

    assert_eq!((gone.hits(), count(&page, "img")), (1, 1));
    assert_eq!(texts(&page, "figcaption"), ["first.png · 300 kB"]);
    assert_eq!(
        texts(&page, ".absent"),
        [
            "second.png · 300 kB · not in this export, which would be too large",
            "third.png · 1 kB · not in this export: Discord did not return it",
        ]
    );
}

#[tokio::test]
async fn ten_megabytes_of_files_go_in_as_far_as_discord_takes_them() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    for (name, bytes) in [("a.bin", 5_000_000), ("b.bin", 5_000_000), ("c.bin", 1_500_000)] {
        story.anna.post_with(&ticket, Draft::text(name).file(name, vec![7; bytes], "application/zip"));
    }

    let reply = export(&story.mona, &ticket).send().await;
    let text = file(&sim, &reply).await;
    let page = Html::parse_document(&text);

    assert!(text.len() < 10 << 20, "{}", text.len());
    assert_eq!(texts(&page, "a.file"), ["a.bin", "c.bin"]);
    assert_eq!(texts(&page, ".absent").len(), 1);
    story.town.guild.set_premium_tier(2);
    let boosted = file(&sim, &export(&story.mona, &ticket).send().await).await;
    assert_eq!(texts(&Html::parse_document(&boosted), "a.file"), ["a.bin", "b.bin", "c.bin"]);
}

#[tokio::test]
async fn a_person_has_one_export_at_a_time_and_all_have_a_bound() {
    let sim = readable().await;
    let (story, _) = long(&sim, 5).await;
    let held = sim.fault(Fault::on(PAGE.0, PAGE.1).hold().times(4));
    let people: Vec<Actor> = ["a", "b", "c", "d", "e"].iter().map(|name| story.town.moderator(name)).collect();
    let ask = |by: &Actor| by.slash("ticket export").string("ticket", "1").at(&story.town.help);
    let mut replies = Vec::new();
    for person in &people[..4] {
        replies.push(ask(person).send().await);
    }
    sim.wait_until("four pages that are held", || held.waiting() == 4).await;

    assert_told(&ask(&people[0]).send().await, "Your last export is not finished yet");
    assert_told(&ask(&people[4]).send().await, "Several people are exporting");
    held.release();
    for reply in &replies {
        assert_eq!(files(&sim, reply).await.len(), 1);
    }
    assert_eq!(files(&sim, &ask(&people[0]).send().await).await.len(), 1);
    assert_eq!(files(&sim, &ask(&people[4]).send().await).await.len(), 1);
}

#[tokio::test]
async fn after_a_crash_nothing_is_left_and_the_person_asks_again() {
    let sim = readable().await;
    let (mut story, _) = long(&sim, 250).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;

    story.bot.kill().await;
    held.clear();
    story.bot.boot().await;

    assert_eq!(reply.text(), "I am reading ticket #1. Its file follows here.", "nobody goes on with it");
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0);
    let again = elsewhere(&story).send().await;
    assert_eq!(numbers(&page(&sim, &again).await).len(), 250);
}

#[tokio::test]
async fn a_bot_that_stops_says_so_and_does_not_wait_for_the_end() {
    let sim = readable().await;
    let (mut story, _) = long(&sim, 1_000).await;
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;

    story.bot.begin_stop();
    held.release();
    story.bot.stop().await;

    assert!(reply.text().contains("I am being restarted"), "{}", reply.text());
    assert!(numbers(&page(&sim, &reply).await).len() < 1_000);
}
