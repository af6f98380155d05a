//! The servers of a world.

use discord_sim::{Actor, Message, Sim};
use fastrand::Rng;

use crate::town::Town;

/// A server, and who acts in it.
pub(super) struct Place {
    pub(super) town: Town,
    pub(super) inboxes: Vec<Message>,
    pub(super) members: Vec<Actor>,
    pub(super) moderator: Actor,
}

impl Place {
    pub(super) async fn build(sim: &Sim, dice: &mut Rng) -> Self {
        let town = Town::build(sim);
        if dice.u8(..4) > 0 {
            town.let_bot_moderate();
        }
        let desk = town.guild.text_channel("desk").allow_role(&town.moderators, 1 << 34).create();
        let inboxes = vec![town.create_inbox().await, town.create_inbox_to(&desk).await];
        let members = ["anna", "bert", "carl", "dora"].map(|name| town.member(name)).into();
        let moderator = town.moderator("mo");
        Self { town, inboxes, members, moderator }
    }
}
