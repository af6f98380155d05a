//! Canned replies: admins write them, staff post them.

use std::time::Duration;

use discord_sim::permissions::{MANAGE_THREADS, SEND_MESSAGES_IN_THREADS};
use discord_sim::{Actor, Fault, Reply, Sim, Target, Thread};

use crate::admin::{assert_told, preview};
use crate::working::{Story, choices};

const MESSAGES: &str = "/channels/{id}/messages";

/// Writes a reply for all inboxes.
async fn write(story: &Story<'_>, name: &str, text: &str) -> Reply {
    let form = story.town.admin.slash("replies add").send().await;
    story.town.admin.submit(&form, &[("name", name), ("value", text)]).await
}

/// `/reply`, not yet sent.
fn reply(by: &Actor, ticket: &Thread, name: &str) -> discord_sim::Slash {
    by.slash("reply").string("name", name).at(ticket)
}

#[tokio::test]
async fn an_admin_writes_a_reply_and_staff_post_it_under_their_name() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;

    let saved =
        write(&story, "Hello", "Hello $author, this is inbox $inbox.\nAsk $claimer, ${unknown} or $$author.").await;
    assert_told(&saved, "Saved: **Hello**, for all inboxes.");
    assert!(preview(&saved).contains(&format!("Hello {}", story.town.admin.mention())), "{}", preview(&saved));

    let sent = reply(&story.mona, &ticket, " hELLO ").send().await;

    assert_told(&sent, "I post your reply here.");
    let (mona, anna) = (story.mona.mention(), story.anna.mention());
    let expected = |claimer: &str| {
        format!("{mona} replies:\nHello {anna}, this is inbox Create Ticket.\nAsk {claimer}, ${{unknown}} or $author.")
    };
    assert_eq!(story.lines(&ticket).await, [expected("nobody")]);
    let posted = story.last_post(&ticket).await;
    assert_eq!(posted.pinged().into_iter().collect::<Vec<_>>(), [story.anna.id()], "the owner, and nobody else");

    story.mick.slash("ticket claim").at(&ticket).send().await;
    reply(&story.mona, &ticket, "Hello").send().await;
    assert_eq!(story.lines(&ticket).await.pop(), Some(expected(&story.mick.mention())));
}

#[tokio::test]
async fn whoever_else_is_mentioned_is_only_named() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let text = format!("@everyone @here {} {} $staff", story.bert.mention(), story.town.moderators.mention());
    write(&story, "all", &text).await;

    reply(&story.mona, &ticket, "all").send().await;

    let posted = story.last_post(&ticket).await;
    assert!(posted.text().contains("@everyone @here"), "{}", posted.text());
    assert!(posted.pinged().is_empty() && posted.mentioned_roles().is_empty() && !posted.mentions_everyone());
    assert!(!ticket.has_member(&story.bert), "a mention that is not allowed adds nobody");
}

#[tokio::test]
async fn with_edit_the_text_is_shown_in_a_form_first_and_the_prepared_reply_stays_as_it_is() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello $author!").await;

    let form = reply(&story.mona, &ticket, "Hello").boolean("edit", true).send().await;
    let field = form.modal().unwrap().fields.pop().unwrap();
    assert_eq!((field.value.as_str(), field.required), ("Hello $author!", true));
    assert!(story.lines(&ticket).await.is_empty());

    let invisible = story.mona.submit(&form, &[("value", "\u{200b} ")]).await;
    assert_told(&invisible, "nothing of this reply can be seen");
    let sent = story.mona.submit(&form, &[("value", "Dear $author!")]).await;

    assert_told(&sent, "I post your reply here.");
    let line = format!("{} replies:\nDear {}!", story.mona.mention(), story.anna.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
    assert_eq!(story.bot.stored_text("SELECT text FROM reply").await, "Hello $author!");
}

#[tokio::test]
async fn a_reply_that_would_be_cut_is_given_back_and_one_without_room_for_all_staff_says_so() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello $author!").await;
    let form = reply(&story.mona, &ticket, "Hello").boolean("edit", true).send().await;
    let long = format!("{}The end.", "$author ".repeat(180));

    let refused = story.mona.submit(&form, &[("value", &long)]).await;

    assert_told(&refused, "Nothing was posted");
    assert_eq!(preview(&refused), long);
    assert!(refused.is_private() && story.lines(&ticket).await.is_empty());
    // One that fits where it was written, and not into this ticket.
    story.bot.store("UPDATE reply SET text = $1", long.as_str()).await;
    assert_told(&reply(&story.mona, &ticket, "Hello").send().await, "Shorten it with `edit`.");
    assert!(story.lines(&ticket).await.is_empty());

    story.bot.store("UPDATE reply SET text = $1", "Ask one of them: $staff").await;
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO inbox_staff (inbox_id, position, mention)
         SELECT 1, 100 + i, '<@' || (9000000000000000000 + i) || '>' FROM n";
    story.bot.store(sql, 90).await;
    let sent = reply(&story.mona, &ticket, "Hello").send().await;
    assert_told(&sent, "There is no room in it to mention all of the staff");
    assert_eq!(story.lines(&ticket).await.len(), 1);
}

#[tokio::test]
async fn only_the_staff_of_a_ticket_reply_and_only_where_something_can_be_posted() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello!").await;
    story.town.help.set_overwrite(Target::bot(), 0, SEND_MESSAGES_IN_THREADS);
    assert_told(&reply(&story.mona, &ticket, "Hello").send().await, "I lack **Send Messages in Threads**");
    story.town.help.clear_overwrite(Target::bot());

    assert_told(&reply(&story.anna, &ticket, "Hello").send().await, "Only the staff of this inbox may do that.");
    assert_told(&reply(&story.mona, &ticket, "Bye").send().await, "I know no such reply for this inbox");
    let elsewhere = story.mona.slash("reply").string("name", "Hello").at(&story.town.help).send().await;
    assert_told(&elsewhere, "This is not a ticket");

    let form = reply(&story.mona, &ticket, "Hello").boolean("edit", true).send().await;
    story.set(r#"{"closing":{"visible_hours":5}}"#).await;
    story.mick.slash("ticket close").string("reason", "Solved.").at(&ticket).send().await;
    story.settled().await;
    let said = story.lines(&ticket).await.len();
    assert_told(&reply(&story.mona, &ticket, "Hello").send().await, "This ticket is closed. Re-open it first.");
    assert_told(&story.mona.submit(&form, &[]).await, "This ticket is closed");
    assert_eq!(story.lines(&ticket).await.len(), said);
}

#[tokio::test]
async fn while_a_name_is_typed_the_staff_of_the_ticket_are_offered_what_fits_its_inbox() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let desk = story.town.guild.text_channel("desk").allow_role(&story.town.moderators, MANAGE_THREADS).create();
    story.town.create_inbox_to(&desk).await;
    let ticket = story.open().await;
    for name in ["Closing", "How to close", "Hello"] {
        write(&story, name, "Text.").await;
    }
    let form = story.town.admin.slash("replies add").string("inbox", "2").send().await;
    let saved = story.town.admin.submit(&form, &[("name", "Close elsewhere"), ("value", "Text.")]).await;
    assert_told(&saved, "for inbox 2 (Create Ticket).");
    let typing = async |by: &Actor, text: &str| -> Vec<String> {
        choices(reply(by, &ticket, text), "name").await.into_iter().map(|(name, _)| name).collect()
    };

    assert_eq!(typing(&story.mona, "clos").await, ["Closing", "How to close"]);
    assert_eq!(typing(&story.mona, "").await.len(), 3);
    assert!(typing(&story.anna, "").await.is_empty(), "not staff");
    assert_told(&reply(&story.mona, &ticket, "Close elsewhere").send().await, "I know no such reply for this inbox");

    for number in 0..30 {
        write(&story, &format!("More {number}"), "Text.").await;
    }
    assert_eq!(typing(&story.mona, "more").await.len(), 25);
    let named = choices(story.town.admin.slash("replies edit").string("name", "elsewhere"), "name").await;
    assert_eq!(named.len(), 1, "admins are offered those of all inboxes");
    let scopes = choices(story.town.admin.slash("replies add").string("inbox", ""), "inbox").await;
    assert_eq!(scopes.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["all", "1", "2"]);
}

#[tokio::test]
async fn a_reply_whose_answer_is_lost_is_posted_once() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello!").await;
    let lost = sim.fault(Fault::on("POST", MESSAGES).drop_after());

    reply(&story.mona, &ticket, "Hello").send().await;

    assert_eq!(story.lines(&ticket).await.len(), 1);
    assert_eq!(lost.hits(), 1);
}

#[tokio::test]
async fn after_a_kill_a_reply_is_found_by_its_whole_text_and_its_text_was_never_readable_in_the_database() {
    for is_posted in [true, false] {
        let sim = Sim::start().await;
        let mut story = Story::begin(&sim).await;
        let ticket = story.open().await;
        write(&story, "Hello", "Hello!").await;
        // Another one of the same person, just before: its first line is the same.
        reply(&story.mona, &ticket, "Hello").send().await;
        story.settled().await;
        let fault = Fault::on("POST", MESSAGES);
        let held = sim.fault(if is_posted { fault.hold_answer() } else { fault.hold() });
        let form = reply(&story.mona, &ticket, "Hello").boolean("edit", true).send().await;
        story.mona.submit(&form, &[("value", "Unmistakable words.")]).await;
        sim.wait_until("the reply to be on its way", || held.waiting() == 1).await;
        story.bot.kill().await;
        held.clear();
        for file in std::fs::read_dir(story.bot.home()).unwrap().map(|entry| entry.unwrap().path()) {
            let bytes = std::fs::read(&file).unwrap_or_default();
            assert!(!bytes.windows(12).any(|part| part == b"Unmistakable"), "{}", file.display());
        }
        // Discord has forgotten the nonce.
        sim.advance(Duration::from_mins(10));

        story.bot.boot().await;

        let lines = story.lines(&ticket).await;
        assert_eq!(lines.len(), 2, "posted before: {is_posted}: {lines:#?}");
        assert!(lines[1].ends_with("Unmistakable words."), "{lines:#?}");
    }
}

#[tokio::test]
async fn whoever_sent_a_reply_that_discord_refuses_is_told_in_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello!").await;
    sim.fault(Fault::on("POST", MESSAGES).error(400, 200_000, "Message was blocked by automatic moderation"));

    reply(&story.mona, &ticket, "Hello").send().await;

    let told = story.last_post(&ticket).await;
    assert!(told.text().contains("your reply could not be posted"), "{}", told.text());
    assert_eq!(told.pinged().into_iter().collect::<Vec<_>>(), [story.mona.id()]);
    assert_eq!(story.lines(&ticket).await.len(), 1);
}

#[tokio::test]
async fn two_replies_at_the_same_time_are_posted_one_after_the_other() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    write(&story, "Hello", "Hello!").await;

    tokio::join!(reply(&story.mona, &ticket, "Hello").send(), reply(&story.mick, &ticket, "Hello").send());

    let mut lines = story.lines(&ticket).await;
    lines.sort();
    let mut expected = [&story.mona, &story.mick].map(|by| format!("{} replies:\nHello!", by.mention()));
    expected.sort();
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn what_everybody_reads_is_in_the_servers_language() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.guild.set_locale("de");
    sim.quiet().await;
    let ticket = story.open().await;
    write(&story, "Hallo", "Frag $claimer.").await;

    reply(&story.mona, &ticket, "Hallo").send().await;

    assert_eq!(story.lines(&ticket).await, [format!("{} antwortet:\nFrag niemand.", story.mona.mention())]);
}
