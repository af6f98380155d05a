//! The kinds of answers to an interaction, in time and after a deferral.
//!
//! Uses the responder alone, on the wire to the simulator, because no current button needs each of them.

use std::sync::Arc;
use std::time::Duration;

use discord_sim::{Message, Reply as Seen, Sim, State};
use tempfile::TempDir;
use ticketbot::app::{App, DiscordTime, Limits, TextSeal};
use ticketbot::config::Token;
use ticketbot::discord::interaction::Interaction;
use ticketbot::discord::respond::{Answer, Drawing, InteractionResponder, Reply, Waiting};
use ticketbot::discord::rest::Rest;
use ticketbot::domain::clock::SystemClock;
use ticketbot::domain::ids::ApplicationId;
use ticketbot::domain::shards::ShardRange;
use ticketbot::storage;

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;
use ticketbot::i18n::CommonMsg;

const COMPONENT: u8 = 3;

/// A bot that only answers, and clicks on a public message.
struct Desk {
    app: App,
    rest: Rest,
    sent: serde_json::Value,
    /// The message with the button.
    message: Message,
    _home: TempDir,
}

impl Desk {
    async fn build(sim: &Sim) -> Self {
        let mut bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        town.member("anna").click(&inbox, CREATE_TICKET).await;
        let sent = sim.gateway().events("INTERACTION_CREATE").pop().unwrap();
        bot.stop().await;
        let home = TempDir::new().unwrap();
        let db = storage::open(&home.path().join("bot.db"), &[]).await.unwrap();
        let token = Token::parse(sim.token()).unwrap();
        let limits = Limits { attachments: 0, answer_within: Duration::from_millis(50), records_days: 90 };
        let clock = Arc::new(SystemClock::start());
        let time = Arc::new(DiscordTime::new(clock.clone()));
        let app = App::new(db, clock, Arc::clone(&time), limits, ShardRange::ALL, TextSeal::new(&token));
        let rest = Rest::new(sim.base_url(), &token, time).unwrap();
        Self { app, rest, sent, message: inbox, _home: home }
    }

    /// A click with this answer: at once, or after a deferral.
    async fn answer(&self, sim: &Sim, waiting: Waiting, reply: Reply, slow: bool) -> Seen {
        let mut interaction = None;
        let seen = sim.gateway().interact_again(&self.sent, COMPONENT, |json| {
            interaction = Interaction::read(&json.to_string());
        });
        let application: u64 = self.sent["application_id"].as_str().unwrap().parse().unwrap();
        let responder = InteractionResponder::new(&interaction.unwrap(), ApplicationId::new(application));
        let shown = seen.clone();
        let work = async {
            if slow {
                sim.wait_until("the person to be shown that they wait", || shown.state() != State::Waiting).await;
            }
            Answer::from(reply)
        };
        responder.waiting(waiting).answer(&self.app, &self.rest, work).await;
        seen
    }
}

fn drawing(content: &str) -> Reply {
    Reply::Redraw(Drawing { content: content.to_owned(), ..Drawing::default() })
}

#[tokio::test]
async fn a_message_is_drawn_again_for_everybody_at_once_or_later() {
    let sim = Sim::start().await;
    let desk = Desk::build(&sim).await;
    for (content, slow) in [("Claimed by Mona", false), ("Closed", true)] {
        let seen = desk.answer(&sim, Waiting::InPlace, drawing(content), slow).await;

        assert_eq!(seen.messages().len(), usize::from(!slow), "nothing beside the message itself");
        assert_eq!(desk.message.text(), content);
        assert!(!seen.is_private());
    }
}

#[tokio::test]
async fn a_menu_forgets_its_choice_while_the_person_reads_an_answer_of_their_own() {
    let sim = Sim::start().await;
    let desk = Desk::build(&sim).await;
    for (waiting, slow) in [(Waiting::InPlace, false), (Waiting::InPlace, true), (Waiting::Privately, true)] {
        let seen = desk.answer(&sim, waiting, Reply::Reset(CommonMsg::ShuttingDown.into()), slow).await;

        assert!(seen.message().is_private(), "{waiting:?} {slow}");
        assert!(seen.text().contains("I am restarting"), "{}", seen.text());
        assert!(!desk.message.buttons().is_empty(), "the message stays as it is");
    }
}

#[tokio::test]
async fn an_answer_in_words_is_private_however_long_it_takes() {
    let sim = Sim::start().await;
    let desk = Desk::build(&sim).await;
    for (waiting, slow) in
        [(Waiting::Privately, false), (Waiting::Privately, true), (Waiting::InPlace, false), (Waiting::InPlace, true)]
    {
        let seen = desk.answer(&sim, waiting, CommonMsg::ShuttingDown.into(), slow).await;

        assert!(
            seen.message().is_private() && seen.text().contains("I am restarting"),
            "{waiting:?} {slow}: {}",
            seen.text()
        );
    }
}
