//! The servers of a world.

use discord_sim::{Actor, Channel, Message, Sim, Thread};
use fastrand::Rng;

use crate::support::TestBot;
use crate::town::Town;

/// A server, and who acts in it.
pub(super) struct Place {
    pub(super) town: Town,
    pub(super) inboxes: Vec<Message>,
    pub(super) members: Vec<Actor>,
    pub(super) moderator: Actor,
    /// Of all its inboxes.
    pub(super) cards: Channel,
    pub(super) log: Channel,
    /// The bot was removed from the server, and returns after so many steps at the latest.
    pub(super) away_for: Option<u8>,
}

impl Place {
    pub(super) async fn build(sim: &Sim, bot: &TestBot<'_>, dice: &mut Rng) -> Self {
        let town = Town::build(sim);
        if dice.u8(..4) > 0 {
            town.let_bot_moderate();
        }
        let desk = town.guild.text_channel("desk").allow_role(&town.moderators, 1 << 34).create();
        let inboxes = vec![town.create_inbox().await, town.create_inbox_to(&desk).await];
        let members = ["anna", "bert", "carl", "dora"].map(|name| town.member(name)).into();
        let moderator = town.moderator("mo");
        let channel = |name| town.guild.text_channel(name).create();
        let (cards, log) = (channel("cards"), channel("log"));
        for (sql, channel) in [
            ("UPDATE inbox SET card_channel_id = $1 WHERE card_channel_id IS NULL", &cards),
            ("UPDATE inbox SET log_channel_id = $1 WHERE log_channel_id IS NULL", &log),
        ] {
            bot.store(sql, channel.id().cast_signed()).await;
        }
        Self { town, inboxes, members, moderator, cards, log, away_for: None }
    }

    pub(super) fn is_away(&self) -> bool {
        self.away_for.is_some()
    }

    /// The ids of its private threads.
    pub(super) fn threads(&self) -> Vec<u64> {
        self.town.guild.threads().iter().filter(|thread| thread.is_private()).map(Thread::id).collect()
    }
}
