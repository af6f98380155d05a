//! The card of a ticket in a channel for the staff: what it shows, and that it stays true. `card_clicks` uses its
//! buttons, `card_trouble` is about failures.

use std::time::Duration;

use discord_sim::{Actor, Channel, Fault, Mark, Message, Sim, Thread, Values};

use crate::support::{TestBot, Town};

const EDIT: (&str, &str) = ("PATCH", "/channels/{id}/messages/{message}");

/// A bot with an inbox whose cards are in a channel of their own.
pub struct Desk<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    pub anna: Actor,
    pub mona: Actor,
    pub inbox: Message,
    pub channel: Channel,
}

impl<'s> Desk<'s> {
    pub async fn set_up(sim: &'s Sim) -> Self {
        Self::set_up_in(sim, "en-US", "").await
    }

    pub async fn set_up_in(sim: &'s Sim, locale: &str, config: &str) -> Self {
        let mut bot = TestBot::configured(sim, config);
        bot.boot().await;
        let town = Town::build_in(sim, locale);
        let inbox = if locale == "en-US" { town.create_inbox().await } else { create_inbox_abroad(&town).await };
        let channel = town.guild.text_channel("cards").create();
        let (anna, mona) = (town.member("anna"), town.moderator("mona"));
        let desk = Self { sim, bot, town, anna, mona, inbox, channel };
        desk.put_cards_in(&desk.channel).await;
        desk
    }

    /// What the page of settings does.
    pub async fn put_cards_in(&self, channel: &Channel) {
        self.bot.store("UPDATE inbox SET card_channel_id = $1", channel.id().cast_signed()).await;
    }

    pub async fn open(&self) -> Thread {
        self.open_by(&self.anna).await
    }

    pub async fn open_by(&self, member: &Actor) -> Thread {
        let before = self.town.guild.threads().len();
        let label = self.inbox.buttons()[0].label.clone();
        member.click(&self.inbox, &label).await;
        assert_eq!(self.town.guild.threads().len(), before + 1, "no ticket was opened");
        self.bot.cards_are_drawn().await;
        self.town.newest_thread()
    }

    /// The cards in a channel, oldest first.
    pub fn cards_in(&self, channel: &Channel) -> Vec<Message> {
        let own = channel.messages().into_iter().filter(|message| message.author_id() == self.sim.bot_id());
        own.filter(|message| !message.component_text().is_empty()).collect()
    }

    /// The only card.
    pub fn card(&self) -> Message {
        let mut cards = self.cards_in(&self.channel);
        assert_eq!(cards.len(), 1, "not one card: {:?}", cards.iter().map(Message::component_text).collect::<Vec<_>>());
        cards.pop().unwrap()
    }

    pub async fn claim(&self, ticket: &Thread) {
        let reply = self.mona.slash("ticket claim").at(ticket).send().await;
        assert!(reply.text().contains("claimed"), "{}", reply.text());
    }

    pub fn labels(message: &Message) -> Vec<String> {
        message.buttons().into_iter().map(|button| button.label).collect()
    }
}

/// `create_inbox` reads English answers.
async fn create_inbox_abroad(town: &Town) -> Message {
    town.run_create(&town.help, None).await;
    let text = town.admin.post(&town.help, "Hilfe?");
    town.admin.menu(crate::town::SELECT, &text).await;
    town.inbox_message()
}

/// The requests to cards since then: posts, edits and deletions.
pub fn to_cards(sim: &Sim, mark: Mark, channel: &Channel) -> Vec<String> {
    let prefix = format!("/channels/{}/", channel.id());
    let requests = sim.requests_since(mark).into_iter().filter(|request| request.path.starts_with(&prefix));
    requests.filter(|request| request.method != "GET").map(|request| request.method).collect()
}

#[tokio::test]
async fn a_new_ticket_gets_a_card_with_its_facts_that_pings_nobody() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;

    let ticket = desk.open().await;

    let card = desk.card();
    let text = card.component_text();
    for fact in ["Ticket #1", &ticket.mention(), "**Open**", &desk.anna.mention(), "Claimed** by nobody", ":R>"] {
        assert!(text.contains(fact), "{fact}: {text}");
    }
    assert!(text.contains(&format!("**Inbox:** Create Ticket (1) · {}", desk.inbox.url())), "{text}");
    assert!(!text.contains("anna"), "it shows no text of anybody: {text}");
    assert_eq!(Desk::labels(&card), ["Go to the ticket", "Join", "Claim", "Close", "Discuss", "Export"]);
    assert_eq!(card.buttons()[0].url, Some(ticket.url()));
    assert!(card.pinged().is_empty() && card.mentioned_users().is_empty());
}

#[tokio::test]
async fn a_card_speaks_the_language_of_its_server() {
    for (locale, open, join) in [("de", "**Offen**", "Beitreten"), ("fr", "**Ouvert**", "Rejoindre")] {
        let sim = Sim::start().await;
        let desk = Desk::set_up_in(&sim, locale, "").await;

        desk.open().await;

        let card = desk.card();
        assert!(card.component_text().contains(open), "{}", card.component_text());
        assert_eq!(Desk::labels(&card)[1], join);
    }
}

#[tokio::test]
async fn a_claim_and_a_close_show_on_the_card_each_with_one_request() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let mark = sim.mark();

    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;

    assert_eq!(to_cards(&sim, mark, &desk.channel), ["PATCH"]);
    let text = desk.card().component_text();
    assert!(text.contains(&format!("**Claimed** by {}", desk.mona.mention())), "{text}");

    let mark = sim.mark();
    desk.mona.archive(&ticket);
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;

    assert_eq!(to_cards(&sim, mark, &desk.channel), ["PATCH"]);
    let card = desk.card();
    assert!(card.component_text().contains("**Closed**"), "{}", card.component_text());
    assert_eq!(Desk::labels(&card), ["Go to the ticket", "Re-open", "Discuss", "Export"]);
    assert!(card.pinged().is_empty());
}

#[tokio::test]
async fn a_reopened_ticket_shows_as_open_again() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.town.let_bot_moderate();
    let ticket = desk.open().await;
    desk.anna.leave(&ticket);
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;

    desk.mona.unarchive(&ticket);
    desk.mona.add(&ticket, &desk.anna);
    desk.bot.wait_for_states(&["open"]).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.card().component_text().contains("**Open**"), "{}", desk.card().component_text());
}

#[tokio::test]
async fn the_staff_is_mentioned_where_the_inbox_wants_it_and_only_by_the_first_post() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.bot.store(r#"UPDATE inbox SET settings = '{"work":{"mention_on_card":true}}' WHERE id >= $1"#, 0).await;
    let mention = format!("<@&{}>", desk.town.moderators.id());

    let ticket = desk.open().await;
    assert_eq!(desk.card().pinged(), [desk.mona.id()].into(), "one of the role, and not the owner");
    let mark = sim.mark();
    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;

    let edit = sim.requests_since(mark).into_iter().find(|request| request.is(EDIT.0, EDIT.1)).unwrap();
    assert_eq!(edit.body["allowed_mentions"]["roles"], serde_json::json!([]));
    assert!(desk.card().component_text().contains(&mention));
}

#[tokio::test]
async fn changes_that_come_while_a_card_is_drawn_cost_one_more_request() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let held = sim.fault(Fault::on(EDIT.0, EDIT.1).hold());
    let mark = sim.mark();

    desk.claim(&ticket).await;
    sim.wait_until("the card to be drawn", || held.waiting() == 1).await;
    for _ in 0..3 {
        desk.mona.slash("ticket release").at(&ticket).send().await;
        desk.claim(&ticket).await;
    }
    held.release();
    desk.bot.cards_are_drawn().await;

    assert_eq!(to_cards(&sim, mark, &desk.channel), ["PATCH"; 2]);
    assert!(desk.card().component_text().contains(&desk.mona.mention()));
}

#[tokio::test]
async fn a_deleted_card_is_posted_again_with_the_next_change() {
    // Without its intent, the bot does not hear of the deletion: it meets a message that is gone.
    for (config, expected) in [("", vec!["POST"]), ("bot.intents.guild_messages = false\n", vec!["PATCH", "POST"])] {
        let sim = Sim::start().await;
        let desk = Desk::set_up_in(&sim, "en-US", config).await;
        let ticket = desk.open().await;
        desk.town.guild.owner().delete_message(&desk.card());
        if config.is_empty() {
            desk.bot.wait_for("SELECT count(*) FROM ticket WHERE card_id IS NOT NULL", 0).await;
        }
        assert!(desk.cards_in(&desk.channel).is_empty());
        let mark = sim.mark();

        desk.claim(&ticket).await;
        desk.bot.cards_are_drawn().await;

        assert_eq!(to_cards(&sim, mark, &desk.channel), expected);
        assert!(desk.card().component_text().contains(&desk.mona.mention()));
    }
}

#[tokio::test]
async fn a_card_moves_with_the_next_change_after_the_channel_was_changed() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    let other = desk.town.guild.text_channel("more-cards").create();

    desk.put_cards_in(&other).await;
    assert_eq!(desk.cards_in(&desk.channel).len(), 1);
    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.cards_in(&desk.channel).is_empty());
    let moved = desk.cards_in(&other);
    assert!(moved.len() == 1 && moved[0].component_text().contains(&desk.mona.mention()));
}

#[tokio::test]
async fn a_card_goes_with_the_next_change_after_cards_were_switched_off() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;

    desk.bot.store("UPDATE inbox SET card_channel_id = NULL WHERE id >= $1", 0).await;
    desk.claim(&ticket).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.cards_in(&desk.channel).is_empty());
}

#[tokio::test]
async fn what_happens_while_the_bot_is_away_is_on_the_card_afterwards() {
    let sim = Sim::start().await;
    let mut desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    desk.bot.stop().await;
    desk.mona.archive(&ticket);
    sim.advance(Duration::from_hours(3));

    desk.bot.boot().await;
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.card().component_text().contains("**Closed**"), "{}", desk.card().component_text());
}

#[tokio::test]
async fn the_card_of_a_deleted_ticket_goes() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    desk.mona.archive(&ticket);
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;

    // Also of one that was closed before.
    desk.mona.delete_thread(&ticket);
    desk.bot.wait_for("SELECT thread_gone FROM ticket", 1).await;
    desk.bot.cards_are_drawn().await;

    assert!(desk.cards_in(&desk.channel).is_empty());
}

#[tokio::test]
async fn the_card_of_a_ticket_whose_record_is_deleted_goes() {
    for by_owner in [false, true] {
        let sim = Sim::start().await;
        let desk = Desk::set_up(&sim).await;
        let ticket = desk.open().await;
        desk.mona.archive(&ticket);
        desk.bot.wait_for_states(&["closed"]).await;
        desk.bot.cards_are_drawn().await;

        if by_owner {
            sim.advance(Duration::from_hours(7));
            let asked = desk.anna.slash("privacy delete").send().await;
            desk.anna.click(&asked, &asked.buttons().pop().unwrap().label).await;
        } else {
            sim.advance(Duration::from_hours(24 * 91));
        }
        desk.bot.wait_for_states(&[]).await;
        desk.bot.cards_are_drawn().await;

        assert!(desk.cards_in(&desk.channel).is_empty());
        let gone = sim.requests().into_iter().filter(|request| request.method == "DELETE").count();
        assert_eq!(gone, 1);
    }
}

#[tokio::test]
async fn a_card_that_moved_links_the_discussion_on_the_former_one() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    let ticket = desk.open().await;
    desk.mona.click(&desk.card(), "Discuss").await;
    let discussion = desk.card().thread().expect("a thread on the card");
    let other = desk.town.guild.text_channel("more-cards").create();

    desk.put_cards_in(&other).await;
    desk.claim(&ticket).await;
    sim.wait_until("the former card to go", || desk.cards_in(&desk.channel).is_empty()).await;
    desk.bot.cards_are_drawn().await;

    let link = format!("**Earlier discussion:** {}", discussion.mention());
    let card = desk.cards_in(&other).pop().unwrap();
    assert!(discussion.exists() && card.component_text().contains(&link), "{}", card.component_text());

    desk.put_cards_in(&desk.channel).await;
    desk.mona.slash("ticket release").at(&ticket).send().await;
    sim.wait_until("the second card to go", || desk.cards_in(&other).is_empty()).await;
    desk.bot.cards_are_drawn().await;
    assert!(desk.card().component_text().contains(&link), "nobody has discussed on the second card");
}

#[tokio::test]
async fn another_language_staff_or_label_shows_on_the_cards_of_open_tickets_soon() {
    let sim = Sim::start().await;
    let desk = Desk::set_up(&sim).await;
    desk.bot.store(r#"UPDATE inbox SET settings = '{"work":{"mention_on_card":true}}' WHERE id >= $1"#, 0).await;
    let closed = desk.open().await;
    desk.mona.archive(&closed);
    desk.bot.wait_for_states(&["closed"]).await;
    desk.bot.cards_are_drawn().await;
    let open = desk.open_by(&desk.town.member("bert")).await;
    let mark = sim.mark();
    let text = |card: &Message| card.component_text();

    desk.town.guild.set_locale("de");
    sim.wait_until("the card in German", || text(&desk.cards_in(&desk.channel)[1]).contains("**Offen**")).await;
    desk.bot.cards_are_drawn().await;
    assert_eq!(to_cards(&sim, mark, &desk.channel), ["PATCH"], "a closed ticket's card can wait");
    assert!(text(&desk.cards_in(&desk.channel)[1]).contains(&desk.town.moderators.mention()));
    desk.town.moderators.delete();
    sim.advance(Duration::from_secs(3));
    let mention = desk.town.moderators.mention();
    sim.wait_until("the staff to go", || !text(&desk.cards_in(&desk.channel)[1]).contains(&mention)).await;
    let overview = desk.town.manage("settings", &desk.inbox).await;
    let page = desk.town.admin.select(&overview, "#0", Values::strings(["panel"])).await;
    let form = desk.town.admin.click(&page, "Label …").await;
    desk.town.admin.submit(&form, &[("value", "Bills & *more*")]).await;
    sim.advance(Duration::from_secs(3));
    let labelled = r"**Postfach:** Bills & \*more\* (1)";
    sim.wait_until("the label", || text(&desk.cards_in(&desk.channel)[1]).contains(labelled)).await;

    assert!(text(&desk.cards_in(&desk.channel)[0]).contains("**Closed**"));
    assert!(text(&desk.cards_in(&desk.channel)[1]).contains(&open.mention()));
}
