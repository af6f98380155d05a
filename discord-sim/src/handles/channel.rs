//! Channels that are not threads.

use std::sync::Arc;

use serde_json::Value;

use super::{Message, Place, Role, Thread};
use crate::actor::{Actor, Draft};
use crate::shared::Shared;
use crate::world::World;
use crate::world::channel::{self, Overwrite, kind};
use crate::world::threads::NewThread;

/// An overwrite's subject.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    Everyone,
    Role(u64),
    Member(u64),
    /// The bot as a member (its managed role is a [`Target::role`]).
    Bot,
}

impl Target {
    pub fn everyone() -> Self {
        Self::Everyone
    }

    pub fn role(role: &Role) -> Self {
        Self::Role(role.id)
    }

    pub fn member(member: &Actor) -> Self {
        Self::Member(member.id())
    }

    pub fn bot() -> Self {
        Self::Bot
    }

    fn resolve(self, guild_id: u64, bot: u64) -> (u64, bool) {
        match self {
            Self::Everyone => (guild_id, false),
            Self::Role(id) => (id, false),
            Self::Member(id) => (id, true),
            Self::Bot => (bot, true),
        }
    }

    pub(crate) fn merge_into(self, overwrites: &mut Vec<Overwrite>, guild_id: u64, bot: u64, allow: u64, deny: u64) {
        let (id, is_member) = self.resolve(guild_id, bot);
        match overwrites.iter_mut().find(|overwrite| overwrite.id == id) {
            Some(overwrite) => {
                overwrite.allow |= allow;
                overwrite.deny |= deny;
            }
            None => overwrites.push(Overwrite { id, is_member, allow, deny }),
        }
    }
}

/// The kind of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelKind {
    Text,
    Announcement,
    Voice,
    Category,
    Forum,
}

/// A channel.
#[derive(Clone)]
pub struct Channel {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: u64,
}

impl Place for Channel {
    fn place_id(&self) -> u64 {
        self.id
    }
}

impl Channel {
    pub fn id(&self) -> u64 {
        self.id
    }

    pub fn name(&self) -> String {
        self.look(|channel| channel.name.clone())
    }

    pub fn kind(&self) -> ChannelKind {
        self.look(|channel| match channel.kind {
            kind::ANNOUNCEMENT => ChannelKind::Announcement,
            kind::VOICE => ChannelKind::Voice,
            kind::CATEGORY => ChannelKind::Category,
            kind::FORUM => ChannelKind::Forum,
            _ => ChannelKind::Text,
        })
    }

    pub fn topic(&self) -> Option<String> {
        self.look(|channel| channel.topic.clone())
    }

    pub fn position(&self) -> u16 {
        self.look(|channel| channel.position)
    }

    /// The category that it is in.
    pub fn category_id(&self) -> Option<u64> {
        self.look(|channel| channel.parent_id)
    }

    /// What the target's overwrite allows and denies.
    pub fn overwrite(&self, target: Target) -> (u64, u64) {
        self.shared.read(|world| {
            let channel = &world.channels[&self.id];
            let (id, _) = target.resolve(channel.guild_id, world.bot());
            let found = channel.overwrites.iter().find(|overwrite| overwrite.id == id);
            found.map_or((0, 0), |overwrite| (overwrite.allow, overwrite.deny))
        })
    }

    pub fn exists(&self) -> bool {
        self.look(|channel| !channel.deleted)
    }

    pub fn slowmode(&self) -> u32 {
        self.look(|channel| channel.slowmode)
    }

    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    pub fn url(&self) -> String {
        format!("https://discord.com/channels/{}/{}", self.look(|channel| channel.guild_id), self.id)
    }

    /// Replaces the target's overwrite.
    pub fn set_overwrite(&self, target: Target, allow: u64, deny: u64) {
        self.clear_then(target, |overwrites, guild_id, bot| {
            target.merge_into(overwrites, guild_id, bot, allow, deny);
        });
    }

    pub fn clear_overwrite(&self, target: Target) {
        self.clear_then(target, |_, _, _| {});
    }

    pub fn set_slowmode(&self, seconds: u32) {
        self.shared.write(|world| world.channel_changed(self.id, |channel| channel.slowmode = seconds));
    }

    /// Only for adults.
    pub fn set_age_restricted(&self, restricted: bool) {
        self.shared.write(|world| world.channel_changed(self.id, |channel| channel.nsfw = restricted));
    }

    pub fn set_name(&self, name: &str) {
        self.shared.write(|world| {
            world.channel_changed(self.id, |channel| name.clone_into(&mut channel.name));
        });
    }

    /// Deletes it, with its threads.
    pub fn delete(&self) {
        self.shared.write(|world| {
            let owner = world.channels.get(&self.id).map_or(0, |channel| world.guilds[&channel.guild_id].owner_id);
            world.delete_channel(owner, self.id, None);
        });
    }

    /// Threads of this channel that exist, archived ones included, oldest first.
    pub fn threads(&self) -> Vec<Thread> {
        let ids: Vec<u64> = self.shared.read(|world| {
            let guild_id = world.channels[&self.id].guild_id;
            let threads = world.channels_of(guild_id);
            threads
                .filter(|thread| thread.thread.is_some() && thread.parent_id == Some(self.id))
                .map(|thread| thread.id)
                .collect()
        });
        ids.into_iter().map(|id| Thread { shared: self.shared.clone(), id }).collect()
    }

    /// All messages here, oldest first, private answers included, deleted messages not.
    pub fn messages(&self) -> Vec<Message> {
        Message::all_in(&self.shared, self.id)
    }

    /// A message of the bot from before the test, such as a panel of an earlier version: a JSON body as the bot would
    /// have sent it. Nothing is checked.
    pub fn arrange_message_by_bot(&self, body: &Value) -> Message {
        self.arrange_message(self.shared.read(World::bot), body)
    }

    /// The same, of another bot.
    pub fn arrange_message_by(&self, author: &Actor, body: &Value) -> Message {
        self.arrange_message(author.id(), body)
    }

    fn arrange_message(&self, author: u64, body: &Value) -> Message {
        let id = self.shared.write(|world| {
            let draft = Draft::from_json(body);
            let new = draft.into_message(world, self.id);
            world.post(self.id, author, new)
        });
        Message { shared: self.shared.clone(), id }
    }

    /// A private thread of the bot, not invitable, from before the test, with these members besides the bot.
    pub fn arrange_thread_by_bot(&self, name: &str, members: &[&Actor]) -> Thread {
        let id = self.shared.write(|world| {
            let bot = world.bot();
            let new = NewThread { invitable: false, ..NewThread::private(name) };
            let id = world.arrange_thread(bot, self.id, new);
            world.join_thread(id, members.iter().map(|member| member.id()));
            id
        });
        Thread { shared: self.shared.clone(), id }
    }

    fn clear_then(&self, target: Target, then: impl FnOnce(&mut Vec<Overwrite>, u64, u64)) {
        self.shared.write(|world| {
            let bot = world.bot();
            world.channel_changed(self.id, |channel| {
                let (id, _) = target.resolve(channel.guild_id, bot);
                channel.overwrites.retain(|overwrite| overwrite.id != id);
                then(&mut channel.overwrites, channel.guild_id, bot);
            });
        });
    }

    fn look<T>(&self, look: impl FnOnce(&channel::Channel) -> T) -> T {
        self.shared.read(|world| look(&world.channels[&self.id]))
    }
}
