//! Two people do something with one ticket at the same instant: each pair of things. Both are answered, and the ticket is
//! in one state, which its thread, its card and the log agree with.

use std::collections::BTreeMap;

use discord_sim::{Actor, Channel, Message, Reply, Sim, Slash, State, Thread};
use futures_util::StreamExt as _;

use crate::discord_fails::Naming;
use crate::invariants::staff::cards_in;
use crate::invariants::{Expected, Row};
use crate::journeys::announcement;
use crate::working::Story;

/// Worlds that run side by side: mostly they wait.
const AT_ONCE: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    CloseWithTheButton,
    Schedule,
    Ask,
    Agree,
    KeepOpen,
    Claim,
    ClaimOnTheCard,
    Transfer,
    Move,
    MoveElsewhere,
    Archive,
    OwnerLeaves,
    // In a closed ticket.
    Reopen,
    ReopenOnTheCard,
    ReopenInTheLog,
    Unarchive,
    Delete,
}

const OPEN: [Act; 12] = [
    Act::CloseWithTheButton,
    Act::Schedule,
    Act::Ask,
    Act::Agree,
    Act::KeepOpen,
    Act::Claim,
    Act::ClaimOnTheCard,
    Act::Transfer,
    Act::Move,
    Act::MoveElsewhere,
    Act::Archive,
    Act::OwnerLeaves,
];

const CLOSED: [Act; 5] = [Act::Reopen, Act::ReopenOnTheCard, Act::ReopenInTheLog, Act::Unarchive, Act::Delete];

/// What somebody is about to do. It is done without waiting; an answer comes only from the bot.
type Ready = Box<dyn FnOnce() -> Option<Reply>>;

#[tokio::test]
async fn whatever_two_people_do_with_an_open_ticket_at_once_both_are_answered_and_it_has_one_state() {
    each_pair(&OPEN).await;
}

#[tokio::test]
async fn whatever_two_people_do_with_a_closed_ticket_at_once_both_are_answered_and_it_has_one_state() {
    each_pair(&CLOSED).await;
}

async fn each_pair(acts: &'static [Act]) {
    let pairs = acts.iter().enumerate().flat_map(|(at, one)| acts[at..].iter().map(move |other| (*one, *other)));
    let worlds = pairs.map(|pair| async move {
        let _naming = Naming(pair);
        Box::pin(at_once(pair)).await;
    });
    futures_util::stream::iter(worlds).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

struct Scene<'s> {
    story: Story<'s>,
    ticket: Thread,
    cards: Channel,
    log: Channel,
}

async fn at_once((one, other): (Act, Act)) {
    let sim = Sim::start().await;
    let scene = Scene::set(&sim, one).await;
    if [one, other].iter().any(|act| matches!(act, Act::Agree | Act::KeepOpen)) {
        scene.story.mona.slash("ticket ask-to-close").at(&scene.ticket).send().await;
        scene.story.settled().await;
    }
    let first = scene.prepare(one, &scene.story.mona).await;
    let second = scene.prepare(other, &scene.story.mick).await;
    sim.quiet().await;

    let replies = [first(), second()];

    for reply in replies.iter().flatten() {
        let reply = reply.finished().await;
        assert_eq!(reply.state(), State::Answered);
    }
    sim.quiet().await;
    scene.story.bot.cards_are_drawn().await;
    scene.story.settled().await;
    scene.check(one, other, &replies.iter().flatten().map(Reply::text).collect::<Vec<_>>()).await;
}

impl<'s> Scene<'s> {
    /// A ticket, closed if the act needs that.
    async fn set(sim: &'s Sim, act: Act) -> Self {
        let story = Story::begin(sim).await;
        story.town.let_bot_moderate();
        story.town.create_inbox().await;
        let moderate = discord_sim::permissions::MANAGE_THREADS;
        let desk = story.town.guild.text_channel("desk").allow_role(&story.town.moderators, moderate).create();
        story.town.create_inbox_to(&desk).await;
        let [cards, log] = ["cards", "log"].map(|name| story.town.guild.text_channel(name).create());
        story.bot.store("UPDATE inbox SET card_channel_id = $1", cards.id().cast_signed()).await;
        story.bot.store("UPDATE inbox SET log_channel_id = $1", log.id().cast_signed()).await;
        let ticket = story.open().await;
        story.bot.cards_are_drawn().await;
        if CLOSED.contains(&act) {
            story.mona.archive(&ticket);
            story.bot.wait_for_closed(1).await;
            story.bot.cards_are_drawn().await;
            sim.wait_until("the line of the closing", || log.messages().len() == 2).await;
        }
        sim.quiet().await;
        Self { story, ticket, cards, log }
    }

    async fn prepare(&self, act: Act, who: &Actor) -> Ready {
        let Story { town, anna, bert, .. } = &self.story;
        let (who, owner, ticket) = (who.clone(), anna.clone(), self.ticket.clone());
        let click = |message: Message, label: &'static str, who: Actor| -> Ready {
            Box::new(move || Some(who.begin_click(&message, label)))
        };
        let run = |command: Slash| -> Ready { Box::new(move || Some(command.begin())) };
        let card = || cards_in(self.story.sim, &self.cards).pop().expect("a card");
        match act {
            Act::CloseWithTheButton => {
                let form = who.click(&ticket.messages()[0], "Close").await;
                Box::new(move || Some(who.begin_submit(&form, &[("value", "Solved.")])))
            }
            Act::Schedule => run(who.slash("ticket close").at(&ticket).string("in", "1h")),
            Act::Ask => run(who.slash("ticket ask-to-close").at(&ticket)),
            Act::Agree => click(announcement(&ticket), "Close it", owner),
            Act::KeepOpen => click(announcement(&ticket), "Keep it open", who),
            Act::Claim => run(who.slash("ticket claim").at(&ticket)),
            Act::ClaimOnTheCard => click(card(), "Claim", who),
            Act::Transfer => {
                let asked = who.slash("ticket transfer").user("member", bert).boolean("remove", true).at(&ticket);
                click(asked.send().await.message(), "Transfer the ticket", who)
            }
            Act::Move => run(who.slash("ticket move").string("inbox", "2").at(&ticket)),
            Act::MoveElsewhere => {
                let asked = who.slash("ticket move").string("inbox", "3").at(&ticket).send().await;
                click(asked.message(), "Move the ticket", who)
            }
            Act::Archive => Box::new(move || {
                // Somebody may have been quicker.
                who.try_archive(&ticket).ok();
                None
            }),
            Act::OwnerLeaves => Box::new(move || {
                owner.try_leave(&ticket).ok();
                None
            }),
            Act::Reopen => run(who.slash("ticket reopen").string("ticket", &ticket.url()).at(&town.help)),
            Act::ReopenOnTheCard => click(card(), "Re-open", who),
            Act::ReopenInTheLog => click(self.log.messages().pop().expect("a line"), "Re-open", who),
            Act::Unarchive => Box::new(move || {
                who.try_unarchive(&ticket).ok();
                None
            }),
            Act::Delete => {
                let asked = who.slash("ticket delete").string("ticket", &ticket.url()).at(&town.help).send().await;
                click(asked.message(), "Delete the thread", who)
            }
        }
    }

    async fn check(&self, one: Act, other: Act, answers: &[String]) {
        let Self { story, ticket, cards, log } = self;
        let is_closed_first = CLOSED.contains(&one);
        let expected = Expected {
            guilds: vec![&story.town.guild],
            // It was closed and opened before.
            reopened: is_closed_first.then_some((ticket.id(), 1)).into_iter().collect::<BTreeMap<_, _>>(),
            left: [ticket.id()].into(),
            cards: vec![cards.clone()],
            logs: vec![log.clone()],
            ..Expected::default()
        };
        story.bot.ledger().check_soon(story.sim, &expected).await;
        assert!(answers.iter().all(|answer| !answer.is_empty()), "{answers:#?}");

        let rows = story.bot.ledger().rows().await;
        let has_moved = [one, other].contains(&Act::MoveElsewhere) && rows.len() == 2;
        assert!(rows.len() == 1 || has_moved, "{rows:#?}");
        let threads = story.town.guild.threads();
        for row in &rows {
            assert_agrees(row, &threads);
        }
        let lines: Vec<String> = self.ticket_lines();
        for part in [
            "has transferred this ticket",
            "has moved this ticket to another inbox",
            "It goes on here",
            "has re-opened this",
        ] {
            let count = lines.iter().filter(|line| line.contains(part)).count();
            assert!(count <= 1, "“{part}” {count} times: {lines:#?}\n{answers:#?}");
        }
    }

    fn ticket_lines(&self) -> Vec<String> {
        if !self.ticket.exists() {
            return Vec::new();
        }
        self.story.posts(&self.ticket).into_iter().map(|message| message.text()).collect()
    }
}

/// An open ticket's thread can be written in, and a closed one's cannot.
fn assert_agrees(row: &Row, threads: &[Thread]) {
    let thread = threads.iter().find(|thread| row.thread_id == Some(thread.id().cast_signed()));
    let Some(thread) = thread else {
        assert_eq!((row.state.as_str(), row.thread_gone), ("closed", 1), "{row:#?}");
        return;
    };
    let is_closed = row.state == "closed";
    assert_eq!((thread.is_archived(), thread.is_locked()), (is_closed, is_closed), "{row:#?}");
}
