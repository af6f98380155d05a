//! *Open a ticket about this*: a ticket that quotes a message, for whoever asks or, by staff, for its author.

use discord_sim::permissions::{ATTACH_FILES, EMBED_LINKS, MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Draft, Fault, Message, Reply, Sim, State, Target, Thread, Values};
use futures_util::future::join_all;
use serde_json::json;

use crate::admin::{assert_told, preview};
use crate::filling::{fill, question, text};
use crate::town::OPEN_ABOUT;
use crate::working::Story;

const OPEN: &str = "Open a ticket";
const FOR_AUTHOR: &str = "Open it for the author";

/// The labels of the buttons of an answer.
fn labels(reply: &Reply) -> Vec<String> {
    reply.buttons().into_iter().map(|button| button.label).collect()
}

/// What the bot has posted after the first message: the line, and the quote below it.
async fn quoted(story: &Story<'_>, ticket: &Thread) -> (String, String) {
    let last = story.last_post(ticket).await;
    let quote = last.embeds().first().map(|embed| embed["description"].as_str().unwrap_or_default().to_owned());
    (last.text(), quote.unwrap_or_default())
}

async fn ask(by: &Actor, message: &Message) -> Reply {
    by.menu(OPEN_ABOUT, message).await
}

#[tokio::test]
async fn a_member_opens_a_ticket_that_quotes_a_message_inertly_and_notifies_nobody_by_it() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    let message = story.bert.post(&elsewhere, "**Look** @everyone https://evil.example <@1>");

    let asked = ask(&story.anna, &message).await;
    assert_told(&asked, "I can open a ticket for you");
    assert_eq!(labels(&asked), [OPEN], "not for bert: anna is no staff");
    assert!(preview(&asked).starts_with(r"\*\*Look\*\*"), "{}", preview(&asked));
    let shown = preview(&asked);
    let opened = story.anna.click(&asked, OPEN).await;

    let ticket = story.town.newest_thread();
    assert!(opened.links_to(&ticket) && opened.buttons().is_empty(), "{}", opened.text());
    assert_eq!(ticket.parent_id(), story.town.help.id(), "wherever the command was used");
    let (line, quote) = quoted(&story, &ticket).await;
    assert_eq!(line, format!("About {} by {}:", message.url(), story.bert.mention()));
    assert_eq!(quote, shown, "as it was shown before");
    for part in ["@everyone", "https://", "<@1"] {
        assert!(!quote.contains(part), "{quote}");
    }
    assert!(story.last_post(&ticket).await.pinged().is_empty());
    assert!(ticket.has_member(&story.anna) && !ticket.has_member(&story.bert), "the author is never added");
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0, "nothing is kept");
}

#[tokio::test]
async fn texts_of_embeds_and_names_of_files_are_quoted_too() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let embed = json!({ "title": "Alarm", "description": "Disk full", "fields": [{ "name": "Host", "value": "a1" }] });
    let alarm = story.town.guild.webhook_post(&story.town.help, Draft::text("").embed(embed));
    let picture = story.bert.post_with(&story.town.help, Draft::text("").file("a b.png", *b"1", "image/png"));

    let of_webhook = ask(&story.mona, &alarm).await;
    let of_file = ask(&story.mona, &picture).await;

    assert_eq!(preview(&of_webhook), "Alarm\n\nDisk full\n\nHost\n\na1");
    assert_eq!(labels(&of_webhook), [OPEN], "a webhook owns no ticket");
    let shown = of_file.embeds()[0]["description"].as_str().unwrap().to_owned();
    assert!(shown.starts_with("📎 a") && shown.ends_with(r"\.png"), "{shown}");
    story.mona.click(&of_file, OPEN).await;
    let (line, quote) = quoted(&story, &story.town.newest_thread()).await;
    assert!(line.contains(&picture.url()) && quote == shown, "{line} {quote}");
}

#[tokio::test]
async fn staff_may_choose_the_author_as_the_owner() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let message = story.anna.post(&story.town.help, "My login is broken.");

    let asked = ask(&story.mona, &message).await;
    assert_eq!(labels(&asked), [OPEN, FOR_AUTHOR]);
    let opened = story.mona.click(&asked, FOR_AUTHOR).await;

    let ticket = story.town.newest_thread();
    assert_told(&opened, &format!("{} has a ticket now", story.anna.mention()));
    assert!(ticket.name().ends_with("anna") && ticket.has_member(&story.anna) && ticket.has_member(&story.mona));
    let lines = story.lines(&ticket).await;
    assert_eq!(lines[0], format!("{} has opened this ticket for {}.", story.mona.mention(), story.anna.mention()));
    assert!(lines[1].starts_with("About "), "{lines:?}");
    assert_eq!(labels(&ask(&story.mona, &story.inbox).await), [OPEN], "not for a bot");
}

#[tokio::test]
async fn with_several_inboxes_one_is_chosen_and_the_choice_works_after_a_restart() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let billing = story.town.guild.text_channel("billing").allow_role(&story.town.moderators, MANAGE_THREADS).create();
    story.town.create_inbox_to(&billing).await;
    let message = story.anna.post(&story.town.help, "Where is my money?");

    let own = ask(&story.anna, &message).await;
    let by_staff = ask(&story.mona, &message).await;
    story.bot.restart().await;
    let opened = story.anna.select(&own, "#0", Values::strings(["2"])).await;

    let ticket = story.town.newest_thread();
    assert!(opened.links_to(&ticket) && ticket.parent_id() == billing.id(), "{}", opened.text());
    assert_eq!(quoted(&story, &ticket).await.1, "Where is my money?");
    let for_author = story.mona.select(&by_staff, "#1", Values::strings(["2"])).await;
    assert_told(&for_author, "already has as many open tickets");
    let for_author = story.mona.select(&by_staff, "#1", Values::strings(["1"])).await;
    assert_told(&for_author, &format!("{} has a ticket now", story.anna.mention()));
    assert_eq!(story.town.newest_thread().parent_id(), story.town.help.id());
}

#[tokio::test]
async fn who_could_not_read_the_ticket_gets_none_and_is_told() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    let message = story.bert.post(&elsewhere, "Hello");
    let (asked, by_staff) = (ask(&story.anna, &message).await, ask(&story.mona, &message).await);
    for member in [&story.anna, &story.bert] {
        story.town.help.set_overwrite(Target::member(member), 0, VIEW_CHANNEL);
    }

    assert_told(&story.anna.click(&asked, OPEN).await, "I do not know this inbox");
    assert_told(&ask(&story.anna, &message).await, "There is no inbox here");
    assert_told(&story.mona.click(&by_staff, FOR_AUTHOR).await, &format!("{} cannot see", story.bert.mention()));
    story.bert.leave_guild();
    sim.quiet().await;
    assert_told(&story.mona.click(&by_staff, FOR_AUTHOR).await, "is not in this server");
    assert!(story.town.guild.threads().is_empty() && story.bot.states().await.is_empty());
}

#[tokio::test]
async fn where_the_bot_may_not_post_embeds_the_quote_is_text() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.help.set_overwrite(Target::Bot, 0, EMBED_LINKS);
    let elsewhere = story.town.guild.text_channel("elsewhere").create();
    let message = story.bert.post(&elsewhere, "One\ntwo");
    let asked = ask(&story.anna, &message).await;

    story.anna.click(&asked, OPEN).await;

    let (line, quote) = quoted(&story, &story.town.newest_thread()).await;
    assert_eq!(line, format!("About {} by {}:\n> One\n> two", message.url(), story.bert.mention()));
    assert!(quote.is_empty());
}

#[tokio::test]
async fn an_inbox_with_a_form_asks_it_first_and_the_quote_stands_in_the_ticket_all_the_same() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.ask(&[question("name", "short")]).await;
    let message = story.bert.post(&story.town.help, "Look at this");
    let asked = ask(&story.anna, &message).await;

    let form = story.anna.click(&asked, OPEN).await;
    assert!(form.modal().is_some() && story.bot.states().await.is_empty(), "{}", form.text());
    story.bot.restart().await;
    let opened = fill(&story.anna, &form, &[("name", text("Ada"))]).await;

    let ticket = story.town.newest_thread();
    assert!(opened.links_to(&ticket), "{}", opened.text());
    story.settled().await;
    assert!(story.posts(&ticket)[0].text().contains("> Ada"));
    assert_eq!(quoted(&story, &ticket).await.1, "Look at this");
}

#[tokio::test]
async fn two_clicks_at_the_same_moment_open_one_ticket_with_one_quote() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let message = story.anna.post(&story.town.help, "Hello");
    let (own, by_staff) = (ask(&story.anna, &message).await, ask(&story.mona, &message).await);

    let replies = [
        story.anna.begin_click(&own, OPEN),
        story.anna.begin_click(&own, OPEN),
        story.mona.begin_click(&by_staff, FOR_AUTHOR),
    ];
    join_all(replies.iter().map(Reply::finished)).await;
    story.settled().await;

    assert_eq!((story.bot.states().await.len(), story.town.guild.threads().len()), (1, 1));
    let lines = story.lines(&story.town.newest_thread()).await;
    assert_eq!(lines.iter().filter(|line| line.starts_with("About ")).count(), 1, "{lines:?}");
}

#[tokio::test]
async fn a_preview_is_for_who_asked_and_a_made_up_id_opens_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let message = story.bert.post(&story.town.help, "Hello");
    let asked = ask(&story.anna, &message).await;
    let id = asked.buttons()[0].custom_id.clone().unwrap();

    for id in [id.as_str(), "abt:1:2:1", "aut:1:2:1"] {
        assert_told(&story.bert.forge_component(&story.inbox, 2, id, json!({})).await, "no longer works");
    }
    for id in ["abm:1:2", "aum:1:2"] {
        assert_told(
            &story.bert.forge_component(&story.inbox, 3, id, json!({ "values": ["1"] })).await,
            "no longer works",
        );
    }
    assert!(story.bot.states().await.is_empty());
}

#[tokio::test]
async fn the_quote_survives_a_kill_and_stands_in_the_database_encrypted_only() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    let message = story.bert.post(&story.town.help, "A secret word");
    let asked = ask(&story.anna, &message).await;
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").skip(1).hold());
    let reply = story.anna.begin_click(&asked, OPEN);
    sim.wait_until("the quote to be posted", || held.waiting() == 1).await;

    let stored = story.bot.stored_text("SELECT payload || hex(sealed) FROM step WHERE kind = 'quote'").await;
    story.bot.kill().await;
    held.clear();
    held.release();
    story.bot.boot().await;
    let ticket = story.town.newest_thread();

    assert!(!stored.contains("secret") && !stored.contains("73656372"), "{stored}");
    assert_eq!(reply.state(), State::Answered);
    assert_eq!(quoted(&story, &ticket).await.1, "A secret word");
    assert_eq!(story.lines(&ticket).await.len(), 1);
    assert_eq!(story.bot.stored("SELECT count(*) FROM step").await, 0);
}

#[tokio::test]
async fn files_are_copied_into_the_ticket_also_through_a_form_that_is_filled_in_again_and_after_a_kill() {
    let sim = Sim::start().await;
    let mut story = Story::begin(&sim).await;
    story.ask(&[question("age", "number")]).await;
    let draft = Draft::text("Look").file("a.png", [1, 2], "image/png").spoiler("b.png", [3], "image/png");
    let message = story.bert.post_with(&story.town.help, draft);
    let asked = ask(&story.anna, &message).await;
    assert_told(&asked, "The files below are copied into the ticket.");

    let form = story.anna.click(&asked, OPEN).await;
    let wrong = fill(&story.anna, &form, &[("age", text("old"))]).await;
    assert_eq!(wrong.embeds()[0]["description"], "Look\n\n📎 a\\.png\n📎 b\\.png", "the quote stays at hand");
    let form = story.anna.click(&wrong, "Fill in again").await;
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").skip(1).hold());
    let filled = story.anna.try_begin_submit_filled(&form, &[("age", text("20"))]).unwrap();
    sim.wait_until("the quote to be posted", || held.waiting() == 1).await;
    let stored = story.bot.stored_text("SELECT payload || hex(sealed) FROM step WHERE kind = 'quote'").await;
    story.bot.kill().await;
    held.clear();
    held.release();
    story.bot.boot().await;

    let ticket = story.town.newest_thread();
    let posted = story.last_post(&ticket).await;
    assert_eq!(filled.state(), State::Answered);
    assert!(!stored.contains("a.png"), "{stored}");
    assert!(quoted(&story, &ticket).await.1.starts_with("Look"));
    let files: Vec<_> = posted.attachments().into_iter().map(|file| (file.filename, file.bytes)).collect();
    assert_eq!(files, [("a.png".to_owned(), vec![1, 2]), ("SPOILER_b.png".to_owned(), vec![3])]);
}

#[tokio::test]
async fn files_that_are_gone_too_large_or_refused_cost_nothing_but_themselves() {
    for trouble in ["gone", "too large", "forbidden"] {
        let sim = Sim::start().await;
        let story = Story::begin(&sim).await;
        let large = if trouble == "too large" { 10_000_001 } else { 5 };
        let draft = Draft::text("Look").file("a.bin", vec![0; large], "application/octet-stream");
        let message = story.bert.post_with(&story.town.help, draft.file("b.txt", [7], "text/plain"));
        let asked = ask(&story.anna, &message).await;
        let mut expected = vec!["b.txt"];
        match trouble {
            "gone" => {
                sim.fault(Fault::on("GET", "/attachments/{c}/{a}/{f}").status(404).times(1));
            }
            "forbidden" => {
                story.town.help.set_overwrite(Target::Bot, 0, ATTACH_FILES);
                expected.clear();
            }
            _ => {}
        }

        story.anna.click(&asked, OPEN).await;

        let ticket = story.town.newest_thread();
        let posted = story.last_post(&ticket).await;
        let files: Vec<_> = posted.attachments().into_iter().map(|file| file.filename).collect();
        assert_eq!(files, expected, "{trouble}");
        assert!(quoted(&story, &ticket).await.1.contains(r"📎 a\.bin"), "{trouble}");
    }
}

#[tokio::test]
async fn files_of_an_age_restricted_channel_are_linked_only_unless_the_tickets_are_in_one() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let grown = story.town.guild.text_channel("grown-ups").create();
    grown.set_age_restricted(true);
    let of_thread = story.bert.private_thread(&grown, "in here");
    story.bert.add(&of_thread, &story.anna);
    for place in ["channel", "thread"] {
        for tickets_too in [false, true] {
            story.bot.store("UPDATE inbox SET member_limit = $1", 0).await;
            sim.advance(std::time::Duration::from_mins(2));
            story.town.help.set_age_restricted(tickets_too);
            let draft = || Draft::text("Look").file("a.png", [1], "image/png");
            let message = match place {
                "channel" => story.bert.post_with(&grown, draft()),
                _ => story.bert.post_with(&of_thread, draft()),
            };
            let asked = ask(&story.anna, &message).await;
            let said = if tickets_too { "The files below are copied" } else { "Its file is not copied" };
            assert_told(&asked, said);
            story.anna.click(&asked, OPEN).await;

            let posted = story.last_post(&story.town.newest_thread()).await;
            assert_eq!(posted.attachments().len(), usize::from(tickets_too), "{place}, {tickets_too}");
            assert!(posted.text().contains(&message.url()), "{}", posted.text());
        }
    }
}

#[tokio::test]
async fn with_more_inboxes_than_a_menu_shows_the_preview_says_so() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let message = story.anna.post(&story.town.help, "Help");
    let copy = "WITH RECURSIVE many (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM many WHERE n < $1)
        INSERT INTO inbox (guild_id, panel_id, destination_id, created_at)
        SELECT guild_id, panel_id, destination_id, created_at FROM inbox, many WHERE id = 1";
    story.bot.store(copy, 25).await;
    let enough = ask(&story.anna, &message).await;
    story.bot.store(copy, 2).await;
    let more = ask(&story.anna, &message).await;

    assert!(!enough.text().contains("more inboxes"), "{}", enough.text());
    assert_told(&more, "There are more inboxes than fit into a menu; `/ticket open` knows all of them");
}
