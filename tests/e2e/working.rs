//! The setting for what people do in a ticket: an owner, two moderators, a guest, and what the bot says.

use discord_sim::{Actor, Message, Sim, Slash, Thread};
use serde_json::Value;

use crate::support::{TestBot, Town};

pub struct Story<'s> {
    pub sim: &'s Sim,
    pub bot: TestBot<'s>,
    pub town: Town,
    /// Owns the tickets.
    pub anna: Actor,
    /// A member without any rights.
    pub bert: Actor,
    /// Staff by their role.
    pub mona: Actor,
    pub mick: Actor,
    pub inbox: Message,
}

impl<'s> Story<'s> {
    pub async fn begin(sim: &'s Sim) -> Self {
        Self::begin_with(sim, TestBot::start(sim).await).await
    }

    /// Without the members intent.
    pub async fn begin_without_members(sim: &'s Sim) -> Self {
        sim.set_members_intent(false);
        let mut bot = TestBot::configured(sim, "bot.intents.members = false\n");
        bot.boot().await;
        Self::begin_with(sim, bot).await
    }

    async fn begin_with(sim: &'s Sim, bot: TestBot<'s>) -> Self {
        let town = Town::build(sim);
        let inbox = town.create_inbox().await;
        let (anna, bert) = (town.member("anna"), town.member("bert"));
        let (mona, mick) = (town.moderator("mona"), town.moderator("mick"));
        Self { sim, bot, town, anna, bert, mona, mick, inbox }
    }

    pub async fn open(&self) -> Thread {
        let thread = self.town.open_ticket(&self.anna, &self.inbox).await;
        self.settled().await;
        thread
    }

    /// Sets all settings of all inboxes that are not columns, as JSON.
    pub async fn set(&self, settings: &str) {
        self.bot.store("UPDATE inbox SET settings = $1", settings).await;
    }

    pub async fn settled(&self) {
        self.bot.settled().await;
        self.sim.quiet().await;
    }

    /// What the bot has said in the thread, beside the first message.
    pub async fn lines(&self, thread: &Thread) -> Vec<String> {
        self.settled().await;
        self.posts(thread).into_iter().skip(1).map(|message| message.text()).collect()
    }

    /// What the bot has posted in the thread.
    pub fn posts(&self, thread: &Thread) -> Vec<Message> {
        let own = thread.messages().into_iter().filter(|message| message.author_id() == self.sim.bot_id());
        own.filter(|message| message.kind() == 0 && !message.is_private()).collect()
    }

    /// The last of it.
    pub async fn last_post(&self, thread: &Thread) -> Message {
        self.settled().await;
        self.posts(thread).pop().expect("a message of the bot")
    }
}

/// What is offered while this option is typed: name and value.
pub async fn choices(slash: Slash, option: &str) -> Vec<(String, String)> {
    let reply = slash.try_begin_suggest(option).unwrap();
    let reply = reply.finished().await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let choices = reply.choices().expect("choices");
    choices.iter().map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
}
