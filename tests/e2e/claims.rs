//! Claiming tickets: who of the staff works on one.

use discord_sim::{Actor, Message, Request, Sim, Thread};

use crate::support::{TestBot, Town, requests_since};

/// Switches the *Claim* button of all inboxes on.
const CLAIM_BUTTON: &str = r#"UPDATE inbox SET settings = '{"beginning":{"claim_button":true}}' WHERE id >= $1"#;

/// One claim only, and the button.
const ONE_CLAIMER: &str =
    r#"UPDATE inbox SET settings = '{"beginning":{"claim_button":true},"work":{"one_claimer":true}}' WHERE id >= $1"#;

/// Without the *Claim* button.
struct Story<'s> {
    sim: &'s Sim,
    bot: TestBot<'s>,
    town: Town,
    anna: Actor,
    mona: Actor,
    mick: Actor,
    inbox: Message,
}

impl<'s> Story<'s> {
    async fn begin(sim: &'s Sim, settings: &'static str) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        bot.store(settings, 0).await;
        let (anna, mona, mick) = (town.member("anna"), town.moderator("mona"), town.moderator("mick"));
        Self { sim, bot, town, anna, mona, mick, inbox }
    }

    async fn open(&self) -> Thread {
        self.town.open_ticket(&self.anna, &self.inbox).await
    }

    /// What the bot has said in the thread, beside the first message.
    async fn lines(&self, thread: &Thread) -> Vec<String> {
        self.bot.settled().await;
        self.sim.quiet().await;
        let own = thread.messages().into_iter().filter(|message| message.author_id() == self.sim.bot_id());
        own.filter(|message| message.kind() == 0 && !message.is_private())
            .skip(1)
            .map(|message| message.text())
            .collect()
    }
}

fn first_message(thread: &Thread) -> Message {
    thread.messages().into_iter().find(|message| !message.buttons().is_empty()).expect("a message with buttons")
}

#[tokio::test]
async fn staff_claim_a_ticket_with_a_button_and_everybody_in_it_reads_who() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, CLAIM_BUTTON).await;
    let ticket = story.open().await;
    let mark = sim.mark();

    let reply = story.mona.click(&first_message(&ticket), "Claim").await;

    assert_eq!(reply.text(), "You have claimed this ticket.");
    assert!(reply.is_private());
    let line = format!("{} has claimed this ticket.", story.mona.mention());
    assert_eq!(story.lines(&ticket).await, [line]);
    assert!(ticket.has_member(&story.mona));
    let joins = |request: &&Request| request.is("PUT", "/channels/{id}/thread-members/{user}");
    let asked = requests_since(&sim, mark);
    assert_eq!(asked.iter().filter(|request| !joins(request)).count(), 2, "the answer and the line: {asked:?}");
}

#[tokio::test]
async fn who_is_not_staff_cannot_claim() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, CLAIM_BUTTON).await;
    let ticket = story.open().await;

    let reply = story.anna.click(&first_message(&ticket), "Claim").await;

    assert_eq!(reply.text(), "Only the staff of this inbox may do that.");
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn a_second_claim_takes_over_and_one_by_the_same_person_changes_nothing() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, CLAIM_BUTTON).await;
    let ticket = story.open().await;
    story.mona.click(&first_message(&ticket), "Claim").await;

    let again = story.mona.slash("ticket claim").at(&ticket).send().await;
    let over = story.mick.click(&first_message(&ticket), "Claim").await;

    assert!(again.text().contains("already claimed"), "{}", again.text());
    assert_eq!(over.text(), "You have claimed this ticket.");
    let lines = story.lines(&ticket).await;
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains(&story.mick.mention()) && lines[1].contains(&story.mona.mention()), "{}", lines[1]);
}

#[tokio::test]
async fn with_one_claimer_only_a_second_claim_is_refused_and_told_who() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, ONE_CLAIMER).await;
    let ticket = story.open().await;
    story.mona.click(&first_message(&ticket), "Claim").await;

    let refused = story.mick.click(&first_message(&ticket), "Claim").await;
    let released = story.mona.slash("ticket release").at(&ticket).send().await;
    let claimed = story.mick.click(&first_message(&ticket), "Claim").await;

    assert!(refused.text().contains(&story.mona.mention()), "{}", refused.text());
    assert_eq!(released.text(), "This ticket is free for others again.");
    assert_eq!(claimed.text(), "You have claimed this ticket.");
    assert_eq!(story.lines(&ticket).await.len(), 3);
}

#[tokio::test]
async fn of_two_claims_at_the_same_time_one_wins() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim, ONE_CLAIMER).await;
    let ticket = story.open().await;
    let first = first_message(&ticket);

    let (mona, mick) = tokio::join!(story.mona.click(&first, "Claim"), story.mick.click(&first, "Claim"));

    let won = [&mona, &mick].into_iter().filter(|reply| reply.text() == "You have claimed this ticket.").count();
    assert_eq!(won, 1, "{} / {}", mona.text(), mick.text());
    assert_eq!(story.lines(&ticket).await.len(), 1);
}
