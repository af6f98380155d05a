//! The usual beginnings: a bot with an inbox (`Desk`), and an open ticket in it (`Story`).

use discord_sim::{Actor, Fault, Message, Sim, Thread};

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

/// A bot in a town with an inbox, and anna, who has no ticket yet.
pub struct Desk<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    pub inbox: Message,
    pub anna: Actor,
}

impl<'s> Desk<'s> {
    /// The bot has Manage Threads.
    pub async fn begin(sim: &'s Sim) -> Self {
        Self::begin_with(sim, true).await
    }

    pub async fn begin_with(sim: &'s Sim, moderates: bool) -> Self {
        let bot = TestBot::start(sim).await;
        let town = Town::build(sim);
        if moderates {
            town.let_bot_moderate();
        }
        let inbox = town.create_inbox().await;
        let anna = town.member("anna");
        Self { sim, bot, town, inbox, anna }
    }

    /// A ticket of this member.
    pub async fn open_ticket(&self, member: &Actor) -> Thread {
        self.town.open_ticket(member, &self.inbox).await
    }

    /// A ticket of a new member with this name.
    pub async fn open_another(&self, name: &str) -> Thread {
        self.open_ticket(&self.town.member(name)).await
    }

    /// These members click, the bot is killed while Discord holds a request of each, and starts again. `fault` holds
    /// either the requests, which are lost then, or their answers.
    pub async fn killed_while_opening(&mut self, clickers: &[&Actor], fault: Fault) {
        let held = self.sim.fault(fault.times(clickers.len()));
        for clicker in clickers {
            clicker.begin_click(&self.inbox, CREATE_TICKET);
        }
        self.sim.wait_until("the requests to be held", || held.waiting() == clickers.len()).await;
        self.bot.kill().await;
        let opening = self.bot.states().await.into_iter().filter(|state| state == "opening").count();
        assert_eq!(opening, clickers.len());
        held.clear();
        held.release();
        self.bot.boot().await;
    }
}

/// An open ticket of anna's, and a moderator.
pub struct Story<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    pub inbox: Message,
    pub anna: Actor,
    pub mona: Actor,
    pub thread: Thread,
}

impl<'s> Story<'s> {
    /// The bot has Manage Threads.
    pub async fn begin(sim: &'s Sim) -> Self {
        Self::begin_with(sim, true).await
    }

    pub async fn begin_with(sim: &'s Sim, moderates: bool) -> Self {
        let desk = Desk::begin_with(sim, moderates).await;
        let thread = desk.open_ticket(&desk.anna).await;
        let Desk { sim, bot, town, inbox, anna } = desk;
        let mona = town.moderator("mona");
        Self { sim, bot, town, inbox, anna, mona, thread }
    }

    /// A ticket of a new member with this name.
    pub async fn open_another(&self, name: &str) -> Thread {
        self.town.open_ticket(&self.town.member(name), &self.inbox).await
    }

    /// The bot's messages in the thread after the starter.
    pub fn notices(&self) -> Vec<String> {
        let by_bot = self.thread.messages().into_iter().filter(|message| message.author_id() == self.sim.bot_id());
        by_bot.filter(|message| message.kind() == 0).skip(1).map(|message| message.text()).collect()
    }

    pub fn is_closed(&self) -> bool {
        self.thread.is_archived() && self.thread.is_locked()
    }

    /// Waits until the ticket is closed, its thread archived and locked, with one notice.
    pub async fn closed(&self) {
        let closed = || self.is_closed() && self.notices().len() == 1;
        self.sim.wait_until("the thread to be archived and locked", closed).await;
        self.bot.settled().await;
        self.sim.quiet().await;
        assert_eq!(self.notices().len(), 1, "{:?}", self.notices());
    }
}
