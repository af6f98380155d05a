//! Exports that files or parts stop: files that do not arrive, parts that cannot be delivered, and what goes on after them.

use std::time::Duration;

use discord_sim::{Draft, Fault, Reply, Sim, Thread};
use scraper::Html;

use crate::exports::{count, export, file, files, page, readable, texts};
use crate::exports_in_trouble::{begin_and_hold, elsewhere, long, numbers, pages};
use crate::filling::{question, text};
use crate::working::Story;

const FILE: (&str, &str) = ("GET", "/attachments/{channel}/{attachment}/{filename}");
const FOLLOW_UP: (&str, &str) = ("POST", "/webhooks/{application}/{token}");
const ORIGINAL: (&str, &str) = ("PATCH", "/webhooks/{application}/{token}/messages/@original");

/// A ticket with so many pictures.
async fn with_pictures(sim: &Sim, pictures: usize) -> (Story<'_>, Thread) {
    sim.announce_rate_limits(false);
    let story = Story::begin(sim).await;
    let ticket = story.open().await;
    for number in 0..pictures {
        let name = format!("{number}.png");
        story.anna.post_with(&ticket, Draft::text(&name).file(&name, vec![7; 900], "image/png"));
    }
    (story, ticket)
}

async fn begin_and_hold_file(sim: &Sim, asked: discord_sim::Slash) -> (Reply, discord_sim::FaultHandle) {
    let held = sim.fault(Fault::on(FILE.0, FILE.1).skip(1).hold().always());
    let reply = asked.send().await;
    sim.wait_until("a file that is held", || held.waiting() > 0).await;
    (reply, held)
}

fn assert_listed(page: &Html, pictures: usize, listed: usize) {
    assert_eq!((count(page, "img"), count(page, ".absent")), (pictures, listed));
    let all_say_why = texts(page, ".absent").iter().all(|file| file.ends_with("Discord did not return it"));
    assert!(all_say_why, "{:?}", texts(page, ".absent"));
}

#[tokio::test]
async fn files_that_do_not_arrive_are_listed_when_the_time_is_over() {
    let sim = readable().await;
    let (story, ticket) = with_pictures(&sim, 4).await;
    let (reply, held) = begin_and_hold_file(&sim, export(&story.mona, &ticket)).await;

    sim.advance(Duration::from_mins(14));
    let page = page(&sim, &reply).await;

    assert_listed(&page, 1, 3);
    assert!(reply.text().starts_with("Ticket #1: "), "{}", reply.text());
    assert_eq!(held.hits(), 1, "the others were not asked for");
    held.clear();
    let again = export(&story.mona, &ticket).send().await;
    assert_listed(&crate::exports::page(&sim, &again).await, 4, 0);
}

#[tokio::test]
async fn a_bot_that_stops_does_not_wait_for_files() {
    let sim = readable().await;
    let (mut story, ticket) = with_pictures(&sim, 4).await;
    let (reply, held) = begin_and_hold_file(&sim, export(&story.mona, &ticket)).await;

    story.bot.stop().await;

    assert_eq!(held.hits(), 1);
    assert_listed(&page(&sim, &reply).await, 1, 3);
}

#[tokio::test]
async fn after_three_transfers_in_a_row_that_failed_no_more_files_are_asked_for() {
    let sim = readable().await;
    let (story, ticket) = with_pictures(&sim, 9).await;

    let cut = sim.fault(Fault::on(FILE.0, FILE.1).skip(2).drop_before().always());
    assert_listed(&page(&sim, &export(&story.mona, &ticket).send().await).await, 2, 7);
    assert_eq!(cut.hits(), 3);
    cut.clear();

    // Discord's answer that a file is gone is no failed transfer, and one that arrives ends the row.
    let gone = sim.fault(Fault::on(FILE.0, FILE.1).status(404).times(4));
    let twice = sim.fault(Fault::on(FILE.0, FILE.1).drop_before().times(2));
    let later = sim.fault(Fault::on(FILE.0, FILE.1).skip(1).drop_before().times(1));
    assert_listed(&page(&sim, &export(&story.mona, &ticket).send().await).await, 2, 7);
    assert_eq!((gone.hits(), twice.hits(), later.hits()), (4, 2, 1));
}

#[tokio::test]
async fn what_goes_on_has_the_answers_at_its_top_and_counts_on() {
    let sim = readable().await;
    sim.announce_rate_limits(false);
    let story = Story::begin(&sim).await;
    story.ask(&[question("order", "short"), question("size", "short")]).await;
    let ticket = story.open_filled(&[("order", text("4711")), ("size", text("L"))]).await;
    let anna = story.anna.id();
    let draft = |number: usize| (anna, Draft::text(&format!("message {number} of many")));
    ticket.arrange_messages(Duration::from_mins(1), (1..=450).map(draft));
    let (reply, held) = begin_and_hold(&sim, elsewhere(&story), 1).await;
    sim.advance(Duration::from_mins(14));
    held.release();
    let first = page(&sim, &reply).await;
    assert_eq!(texts(&first, ".answers dd"), ["4711", "L"]);
    let before = numbers(&first).len();

    // The first page is read for the answers.
    let mark = sim.mark();
    let held = sim.fault(Fault::on("GET", "/channels/{channel}/messages").skip(2).hold());
    let more = story.mona.click(&reply, "Go on").await;
    sim.wait_until("the page that is held", || held.waiting() > 0).await;
    sim.advance(Duration::from_secs(6));
    let next = sim.fault(Fault::on("GET", "/channels/{channel}/messages").hold());
    held.release();
    sim.wait_until("the last page", || next.waiting() > 0).await;
    assert_eq!(more.text(), "I am reading ticket #1: 400 of about 451 messages.");
    next.release();
    let second = page(&sim, &more).await;

    assert_eq!(texts(&second, ".answers dd"), ["4711", "L"]);
    assert_eq!(numbers(&second), (before + 1..=450).collect::<Vec<_>>());
    let read = sim.requests_since(mark).into_iter().filter(|request| request.is("GET", "/channels/{channel}/messages"));
    assert_eq!(read.count(), 4);
}

#[tokio::test]
async fn after_a_part_that_could_not_be_delivered_the_button_makes_only_the_rest() {
    let sim = Sim::builder().content_intent(true).file_limit(300_000).start().await;
    let (story, _) = long(&sim, 1_500).await;
    let failing = sim.fault(Fault::on(FOLLOW_UP.0, FOLLOW_UP.1).skip(2).status(500).always());

    let reply = elsewhere(&story).send().await;
    let delivered = files(&sim, &reply).await;
    assert_eq!(delivered.len(), 2);
    assert!(reply.text().contains("the export is not complete"), "{}", reply.text());
    failing.clear();
    let rest = files(&sim, &story.mona.click(&reply.messages()[0], "Go on").await).await;

    assert_eq!(rest[0].0, "ticket-1-part-3.html");
    let all: Vec<usize> = pages(&delivered).iter().chain(&pages(&rest)).flat_map(numbers).collect();
    assert_eq!(all, (1..=1_500).collect::<Vec<_>>(), "nothing is missing, nothing is there twice");
}

#[tokio::test]
async fn the_only_file_is_made_again_if_it_could_not_be_delivered() {
    let sim = readable().await;
    let (story, _) = long(&sim, 20).await;
    let with_file = |request: &discord_sim::Request| !request.files.is_empty();
    let failing = sim.fault(Fault::on(ORIGINAL.0, ORIGINAL.1).only_if(with_file).status(500).always());

    let reply = elsewhere(&story).send().await;
    assert!(files(&sim, &reply).await.is_empty());
    assert!(reply.text().contains("the export is not complete"), "{}", reply.text());
    failing.clear();
    let again = file(&sim, &story.mona.click(&reply, "Go on").await).await;
    assert_eq!(numbers(&Html::parse_document(&again)), (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_too_large_for_its_place_is_not_offered_again() {
    let sim = readable().await;
    let (story, _) = long(&sim, 20).await;
    let with_file = |request: &discord_sim::Request| !request.files.is_empty();
    let large = Fault::on(ORIGINAL.0, ORIGINAL.1).only_if(with_file).error(413, 40_005, "Request entity too large");
    sim.fault(large.always());

    let reply = elsewhere(&story).send().await;
    assert!(files(&sim, &reply).await.is_empty());

    assert!(reply.text().contains("too large"), "{}", reply.text());
    assert!(reply.buttons().is_empty());
}
