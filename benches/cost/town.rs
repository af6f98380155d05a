//! A guild with staff, channels and an inbox, set up by an admin with commands that both bots have.

use std::time::Duration;

use discord_sim::permissions::{MANAGE_GUILD, MANAGE_THREADS};
use discord_sim::{Actor, Channel, Guild, Message, Sim};

use tokio::time;

use crate::bot::{Bot, Contestant};

pub(crate) struct Town {
    pub(crate) guild: Guild,
    admin: Actor,
    pub(crate) help: Channel,
    other: Channel,
}

/// Where people click.
pub(crate) struct Inbox {
    pub(crate) guild: Guild,
    pub(crate) message: Message,
    /// Its tickets' channel.
    pub(crate) tickets: Channel,
}

impl Town {
    pub(crate) fn build(sim: &Sim) -> Self {
        let guild = sim.guild("Town").create();
        let admins = guild.role("Admins").permissions(MANAGE_GUILD).create();
        let admin = guild.member("olga").role(&admins).create();
        let staff = guild.role("Moderators").mentionable(true).create();
        for number in 0..5 {
            guild.member(&format!("moderator{number}")).role(&staff).create();
        }
        let channel = |name| guild.text_channel(name).allow_role(&staff, MANAGE_THREADS).create();
        let (help, other) = (channel("help"), channel("tickets"));
        Self { guild, admin, help, other }
    }

    pub(crate) async fn create_inbox(self, elsewhere: bool) -> Inbox {
        let tickets = if elsewhere { &self.other } else { &self.help };
        let command = self.admin.slash("inbox create").channel("channel", &self.help).channel("destination", tickets);
        command.send().await;
        let text = self.admin.post(&self.help, "Do you need help?");
        let is_inbox = |message: &Message| !message.buttons().is_empty();
        let message = loop {
            let done = self.admin.menu("Select this message", &text).await;
            if let Some(inbox) = self.help.messages().into_iter().rev().find(is_inbox) {
                break inbox;
            }
            // theticketbot asks for the message before it can accept one.
            assert!(done.text().contains("can't select a message right now"), "no inbox: {}", done.text());
            time::sleep(Duration::from_millis(50)).await;
        };
        let tickets = if elsewhere { self.other } else { self.help };
        Inbox { guild: self.guild, message, tickets }
    }
}

/// A bot in several towns, each with an inbox.
pub(crate) async fn settle(sim: &Sim, who: &Contestant, towns: usize, elsewhere: bool) -> (Bot, Vec<Inbox>) {
    let towns: Vec<Town> = (0..towns).map(|_| Town::build(sim)).collect();
    let bot = who.start(sim).await;
    let mut inboxes = Vec::new();
    for town in towns {
        inboxes.push(town.create_inbox(elsewhere).await);
    }
    // The inbox's source message has expired, and no request is in flight.
    sim.quiet().await;
    (bot, inboxes)
}
