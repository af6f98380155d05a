//! A ticket that goes to another channel takes along what it began with: the first message, the answers, the files.

use std::time::Duration;

use discord_sim::permissions::{ATTACH_FILES, MANAGE_THREADS, READ_MESSAGE_HISTORY};
use discord_sim::{Channel, Fault, Filled, Message, Sim, Target, Thread};
use serde_json::json;

use crate::filling::{file, question, text, with};
use crate::working::Story;

const POST: &str = "/channels/{channel}/messages";

struct Answered<'s> {
    story: Story<'s>,
    desk: Channel,
    ticket: Thread,
    /// What the bot has posted in it.
    posts: Vec<Message>,
}

impl<'s> Answered<'s> {
    /// A ticket with answers that fill several messages, and with files.
    async fn begin(sim: &'s Sim) -> Self {
        let story = Story::begin(sim).await;
        story.town.let_bot_moderate();
        let desk = story.town.guild.text_channel("desk").allow_role(&story.town.moderators, MANAGE_THREADS).create();
        let long = with(question("long", "long"), &json!({ "most": 4000 }));
        story.ask(&[long, with(question("proof", "file"), &json!({ "most": 2 })), question("end", "short")]).await;
        let many = "x".repeat(3_990);
        let files = Filled::Files(vec![file("a.png", 5), file("b.png", 7)]);
        let ticket = story.open_filled(&[("long", text(&many)), ("proof", files), ("end", text("The *end*"))]).await;
        let posts = story.posts(&ticket);
        assert!(posts.len() > 3 && posts.last().unwrap().attachments().len() == 2, "{}", posts.len());
        story.town.create_inbox_to(&desk).await;
        Self { story, desk, ticket, posts }
    }

    /// Moves a ticket, and returns the new thread.
    async fn move_to(&self, ticket: &Thread, inbox: &str) {
        let asked = self.story.mona.slash("ticket move").string("inbox", inbox).at(ticket).send().await;
        self.story.mona.click(&asked, "Move the ticket").await;
    }

    async fn arrived(&self) -> Thread {
        self.story.bot.wait_for_states(&["closed", "open"]).await;
        self.story.settled().await;
        self.story.town.newest_thread()
    }

    /// All that the ticket began with is there, once and in order.
    fn assert_repeated(&self, successor: &Thread) {
        let there = self.story.posts(successor);
        let quoted = there[1..].iter().take_while(|post| post.attachments().is_empty()).map(Message::text);
        let quoted: Vec<String> = quoted.collect();
        let (_, below) = quoted[0].split_once('\n').expect("a quote below the line");
        let begun = self.posts.iter().take_while(|post| post.attachments().is_empty()).map(Message::text);
        let repeated = std::iter::once(below).chain(quoted[1..].iter().map(String::as_str)).collect::<String>();
        assert_eq!(bare(&repeated), bare(&begun.collect::<String>()), "{quoted:#?}");
        let last = there.last().unwrap();
        assert_eq!(last.text(), "**About proof**");
        let files: Vec<(String, Vec<u8>)> =
            last.attachments().into_iter().map(|file| (file.filename, file.bytes)).collect();
        assert_eq!(files, [("a.png".to_owned(), vec![b'x'; 5]), ("b.png".to_owned(), vec![b'x'; 7])]);
        assert!(there[1..].iter().all(|post| post.pinged().is_empty()), "somebody was notified again");
    }
}

/// Without the marks of quotes, and however it is divided.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| !"> \n".contains(*letter)).collect()
}

#[tokio::test]
async fn every_answer_and_every_file_goes_along_also_on_the_second_move() {
    let sim = Sim::start().await;
    let begun = Answered::begin(&sim).await;
    begun.move_to(&begun.ticket, "2").await;
    let successor = begun.arrived().await;
    begun.assert_repeated(&successor);

    let town = &begun.story.town;
    let third = town.guild.text_channel("third").allow_role(&town.moderators, MANAGE_THREADS).create();
    town.create_inbox_to(&third).await;
    begun.move_to(&successor, "3").await;
    begun.story.bot.wait_for_states(&["closed", "closed", "open"]).await;
    begun.story.settled().await;

    let newest = begun.story.town.newest_thread();
    assert_eq!(newest.parent_id(), third.id());
    begun.assert_repeated(&newest);
    assert!(begun.story.posts(&newest)[1].text().contains(&successor.url()));
}

#[tokio::test]
async fn what_members_and_staff_have_written_meanwhile_is_not_repeated() {
    let sim = Sim::start().await;
    let begun = Answered::begin(&sim).await;
    begun.story.anna.write(&begun.ticket, "**Fake**\n> answer");
    begun.story.mona.slash("ticket claim").at(&begun.ticket).send().await;
    begun.story.settled().await;

    begun.move_to(&begun.ticket, "2").await;

    begun.assert_repeated(&begun.arrived().await);
}

#[tokio::test]
async fn after_a_kill_and_after_lost_answers_each_message_is_there_once() {
    for at in 1..6 {
        let sim = Sim::start().await;
        let mut begun = Answered::begin(&sim).await;
        let lost = sim.fault(Fault::on("POST", POST).skip(at).act_then_status(500).times(2));
        begun.move_to(&begun.ticket, "2").await;
        sim.wait_until("an answer to be lost", || lost.hits() == 2).await;
        begun.story.bot.kill().await;
        // Discord has forgotten the nonces.
        sim.advance(Duration::from_mins(10));
        begun.story.bot.boot().await;

        let successor = begun.arrived().await;
        begun.assert_repeated(&successor);
    }
}

#[tokio::test]
async fn files_that_may_not_be_posted_are_named_and_the_former_thread_is_linked() {
    let sim = Sim::start().await;
    let begun = Answered::begin(&sim).await;
    begun.desk.set_overwrite(Target::Bot, 0, ATTACH_FILES);

    begun.move_to(&begun.ticket, "2").await;

    let successor = begun.arrived().await;
    let texts: Vec<String> = begun.story.posts(&successor).iter().map(Message::text).collect();
    let [.., files, note] = texts.as_slice() else { panic!("{texts:#?}") };
    assert_eq!(files, "**About proof**\n> a\\.png\n> b\\.png");
    assert!(note.contains("could be repeated here") && note.contains(&begun.ticket.url()), "{note}");
}

#[tokio::test]
async fn where_the_bot_may_not_read_the_former_thread_the_new_one_says_where_the_answers_are() {
    let sim = Sim::start().await;
    let begun = Answered::begin(&sim).await;
    begun.story.town.help.set_overwrite(Target::Bot, 0, READ_MESSAGE_HISTORY);

    begun.move_to(&begun.ticket, "2").await;

    let successor = begun.arrived().await;
    let texts: Vec<String> = begun.story.posts(&successor).iter().map(Message::text).collect();
    assert_eq!(texts.len(), 3, "{texts:#?}");
    assert!(texts[1].contains("has moved here from") && texts[2].contains(&begun.ticket.url()), "{texts:#?}");
    assert!(texts[2].contains("could be repeated here"), "{texts:#?}");
}
