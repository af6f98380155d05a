//! Irrelevant events: a bot receives thousands for each relevant one.
//!
//! They are those of busy channels beside the inbox, with the intents that both bots request.

use std::time::Duration;

use discord_sim::{Actor, Channel, Guild, Sim};
use serde_json::{Value, json};

use crate::bot::{Bot, Contestant};
use crate::figures::{Spread, each};
use crate::town;

/// The kinds of events, and their labels.
pub(crate) const KINDS: [(Kind, &str); 6] = [
    (Kind::Message, "a message"),
    (Kind::Edit, "an edited message"),
    (Kind::Deletion, "a deleted message"),
    (Kind::DeletionBesideInbox, "a deleted message in an inbox's channel"),
    (Kind::Thread, "a change of somebody's thread"),
    (Kind::Member, "a change of a member"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Message,
    Edit,
    Deletion,
    DeletionBesideInbox,
    Thread,
    Member,
}

impl Kind {
    /// theticketbot works for milliseconds on each.
    pub(crate) fn is_deletion(self) -> bool {
        matches!(self, Self::Deletion | Self::DeletionBesideInbox)
    }
}

/// A busy guild in which the bot has an inbox.
pub(crate) struct Crowd {
    pub(crate) sim: Sim,
    pub(crate) bot: Bot,
    pub(crate) inboxes: Vec<town::Inbox>,
    guild: Guild,
    channel: Channel,
    author: Actor,
}

pub(crate) async fn print(who: &Contestant, events: usize, runs: usize) {
    println!("{events} events a run; microseconds of processor time for each, median (least–most) of {runs} runs\n");
    println!("| {} | CPU µs |\n|---|---|", who.name);
    for (kind, name) in KINDS {
        println!("| {name} | {} |", measure(who, kind, events, runs).await);
    }
}

pub(crate) async fn measure(who: &Contestant, kind: Kind, events: usize, runs: usize) -> Spread {
    let crowd = Crowd::gather(who, 1).await;
    crowd.send(kind, events / 10).await;
    let mut times = Vec::new();
    for _ in 0..runs {
        let before = crowd.bot.cpu();
        crowd.send(kind, events).await;
        times.push(each((crowd.bot.cpu() - before) * 1000.0, events));
    }
    Spread(times)
}

impl Crowd {
    pub(crate) async fn gather(who: &Contestant, inboxes: usize) -> Self {
        let sim = Sim::builder().patience(Duration::from_mins(10)).start().await;
        let (bot, inboxes) = town::settle(&sim, who, inboxes, false).await;
        let guild = inboxes[0].guild.clone();
        let (channel, author) = (guild.text_channel("lounge").create(), guild.member("anna").nick("Änna").create());
        bot.settle().await;
        Self { sim, bot, inboxes, guild, channel, author }
    }

    /// Sends this many events and waits until they are handled.
    pub(crate) async fn send(&self, kind: Kind, events: usize) {
        let (name, data) = self.event(kind);
        let gateway = self.sim.gateway();
        let sessions = || (gateway.connected(), gateway.identify_count(), gateway.resume_count());
        let before = sessions();
        // Limits the backlog: theticketbot opens the database anew, on its own thread, for each deleted message, and
        // never recovers from 2,500 at once. But each stop requests heartbeats, and discord.py answers 110 a
        // minute.
        let at_once = if kind.is_deletion() { 500 } else { 5_000 };
        for number in 1..=events {
            gateway.dispatch_raw(name, &data);
            if number % at_once == 0 {
                self.sim.quiet().await;
            }
        }
        self.sim.quiet().await;
        self.bot.settle().await;
        assert_eq!(
            sessions(),
            before,
            "the bot was connected anew, and was not sent all of it: is the machine too busy?"
        );
    }

    fn event(&self, kind: Kind) -> (&'static str, Value) {
        let (guild, author) = (self.guild.id().to_string(), self.author.id().to_string());
        let channel = if kind == Kind::DeletionBesideInbox { self.inboxes[0].tickets.id() } else { self.channel.id() };
        let id = "1300000000000000000";
        let user = json!({
            "id": author, "username": "anna", "global_name": "Anna", "avatar": "8342729096ea3675442027381ff50dfe",
            "discriminator": "0", "public_flags": 0, "clan": null, "primary_guild": null,
            "avatar_decoration_data": null, "collectibles": null, "display_name_styles": null,
        });
        let member = json!({
            "roles": ["1200000000000000001", "1200000000000000002", "1200000000000000003"], "nick": "Änna",
            "premium_since": null, "pending": false, "mute": false, "deaf": false, "flags": 0, "banner": null,
            "joined_at": "2024-05-01T12:00:00.000000+00:00", "communication_disabled_until": null, "avatar": null,
        });
        match kind {
            Kind::Message | Kind::Edit => {
                // Without its intent Discord sends no content.
                let message = json!({
                    "id": id, "channel_id": channel.to_string(), "guild_id": guild, "author": user, "member": member,
                    "content": "", "timestamp": "2026-05-01T12:00:00.000000+00:00", "edited_timestamp": null,
                    "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
                    "embeds": [], "components": [], "pinned": false, "type": 0, "flags": 0, "nonce": id,
                    "channel_type": 0,
                });
                (if kind == Kind::Message { "MESSAGE_CREATE" } else { "MESSAGE_UPDATE" }, message)
            }
            Kind::Deletion | Kind::DeletionBesideInbox => {
                ("MESSAGE_DELETE", json!({ "id": id, "channel_id": channel.to_string(), "guild_id": guild }))
            }
            Kind::Thread => ("THREAD_UPDATE", thread(id, &guild, &author, channel)),
            Kind::Member => {
                let mut changed = member;
                changed["user"] = user;
                changed["guild_id"] = json!(guild);
                ("GUILD_MEMBER_UPDATE", changed)
            }
        }
    }
}

fn thread(id: &str, guild: &str, owner: &str, parent: u64) -> Value {
    json!({
        "id": id, "type": 11, "guild_id": guild, "parent_id": parent.to_string(), "owner_id": owner,
        "name": "What do you think of it?", "last_message_id": id, "rate_limit_per_user": 0, "message_count": 40,
        "member_count": 7, "total_message_sent": 41, "flags": 0, "last_pin_timestamp": null,
        "thread_metadata": {
            "archived": false, "locked": false, "auto_archive_duration": 4320,
            "archive_timestamp": "2026-05-01T12:00:00.000000+00:00",
            "create_timestamp": "2026-05-01T12:00:00.000000+00:00",
        },
    })
}
