//! Tickets whose threads the bot can no longer see take nobody's place, and return when it sees them again.

use std::time::Duration;

use discord_sim::{Actor, Message, Sim, Thread};

use crate::admin::{assert_told, preview};
use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const HIDDEN: &str = "SELECT count(*) FROM ticket WHERE state = 'dormant' AND slot IS NULL AND hidden_since IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM step)";

/// An open ticket of anna's in a server that grants the bot only what it needs.
struct Story<'s> {
    bot: TestBot<'s>,
    town: Town,
    inbox: Message,
    anna: Actor,
    mona: Actor,
    ticket: Thread,
}

impl<'s> Story<'s> {
    async fn begin(sim: &'s Sim) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let ticket = town.open_ticket(&anna, &inbox).await;
        // No cooldown prevents another one.
        sim.advance(Duration::from_mins(2));
        Self { bot, town, inbox, anna, mona, ticket }
    }

    async fn opens_another(&self) -> Thread {
        let another = self.town.open_ticket(&self.anna, &self.inbox).await;
        assert_ne!(another.id(), self.ticket.id());
        another
    }

    fn posts(&self) -> usize {
        self.ticket.messages().into_iter().filter(|message| message.kind() == 0).count()
    }
}

#[tokio::test]
async fn a_moderator_who_removes_the_bot_from_a_ticket_leaves_its_owner_free_to_open_another() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.mona.remove(&story.ticket, &story.town.guild.bot_member());
    story.bot.wait_for(HIDDEN, 1).await;
    let posts = story.posts();
    story.anna.leave(&story.ticket);
    sim.quiet().await;

    assert!(story.bot.log().contains("cannot see a ticket's thread any more"), "{}", story.bot.log());
    story.opens_another().await;
    assert_eq!(story.posts(), posts, "nothing is sent to a thread that the bot was removed from");
}

#[tokio::test]
async fn a_bot_that_was_kicked_and_invited_again_holds_nobodys_place_for_what_it_cannot_see() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;

    story.town.guild.remove_bot();
    story.bot.wait_for("SELECT count(*) FROM guild WHERE left_at IS NOT NULL", 1).await;
    story.town.guild.return_bot();

    story.bot.wait_for(HIDDEN, 1).await;
    story.opens_another().await;
}

#[tokio::test]
async fn a_bot_that_may_see_all_threads_goes_on_with_a_ticket_that_it_was_removed_from() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();

    story.mona.remove(&story.ticket, &story.town.guild.bot_member());
    story.bot.settled().await;

    assert_eq!(story.bot.states().await, ["open"]);
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&story.ticket), "{}", again.text());
}

#[tokio::test]
async fn a_ticket_that_the_bot_is_brought_back_into_counts_again() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let bot = story.town.guild.bot_member();
    story.mona.remove(&story.ticket, &bot);
    story.bot.wait_for(HIDDEN, 1).await;

    story.mona.add(&story.ticket, &bot);

    story.bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'open' AND hidden_since IS NULL", 1).await;
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&story.ticket), "{}", again.text());
}

#[tokio::test]
async fn a_ticket_that_comes_back_into_sight_takes_no_place_that_another_has_taken_meanwhile() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let bot = story.town.guild.bot_member();
    story.mona.remove(&story.ticket, &bot);
    story.bot.wait_for(HIDDEN, 1).await;
    let another = story.opens_another().await;

    story.mona.add(&story.ticket, &bot);
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE hidden_since IS NULL", 2).await;
    story.bot.settled().await;

    assert_eq!(story.bot.states().await, ["dormant", "open"]);
    let again = story.anna.click(&story.inbox, CREATE_TICKET).await;
    assert!(again.links_to(&another), "{}", again.text());
}

#[tokio::test]
async fn a_check_names_the_tickets_out_of_sight_and_what_to_do_until_the_bot_sees_them_again() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let bot = story.town.guild.bot_member();
    let told = || async { preview(&story.town.admin.slash("inbox check").send().await) };
    let before = told().await;
    story.mona.remove(&story.ticket, &bot);
    story.bot.wait_for(HIDDEN, 1).await;

    let hidden = story.town.admin.slash("inbox check").send().await;
    story.town.admin.set_locale("de");
    let german = told().await;
    story.mona.add(&story.ticket, &bot);
    story.bot.wait_for("SELECT count(*) FROM ticket WHERE state = 'open' AND hidden_since IS NULL", 1).await;
    let after = told().await;

    assert_told(&hidden, "⚠️ Risks: 1");
    let text = preview(&hidden);
    let line = text.lines().find(|line| line.starts_with("⚠️")).unwrap();
    assert!(line.contains("no longer see one of its tickets") && line.contains("Mention me"), "{text}");
    assert!(line.contains(&story.ticket.id().to_string()), "{text}");
    assert!(german.contains("kann ich nicht mehr sehen"), "{german}");
    for text in [before, after] {
        assert!(!text.contains(&story.ticket.id().to_string()), "{text}");
    }
}
