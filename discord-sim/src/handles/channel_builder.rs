//! Builds channels.

use super::{Channel, Guild, Role, Target};
use crate::actor::Actor;
use crate::world::{World, channel};

/// A new channel.
#[must_use = "call create()"]
pub struct ChannelBuilder {
    guild: Guild,
    channel: channel::Channel,
}

impl ChannelBuilder {
    pub(crate) fn new(guild: &Guild, name: &str, kind: u8) -> Self {
        let channel = channel::Channel {
            id: 0,
            guild_id: guild.id,
            kind,
            name: name.to_owned(),
            topic: None,
            position: 0,
            parent_id: None,
            overwrites: Vec::new(),
            slowmode: 0,
            nsfw: false,
            last_message_id: None,
            thread: None,
            deleted: false,
        };
        Self { guild: guild.clone(), channel }
    }

    /// Seconds a person has to wait between two messages.
    pub fn slowmode(mut self, seconds: u32) -> Self {
        self.channel.slowmode = seconds;
        self
    }

    pub fn topic(mut self, topic: &str) -> Self {
        self.channel.topic = Some(topic.to_owned());
        self
    }

    pub fn position(mut self, position: u16) -> Self {
        self.channel.position = position;
        self
    }

    /// Puts it into a category. Takes its overwrites unless it has its own.
    pub fn in_category(mut self, category: &Channel) -> Self {
        self.channel.parent_id = Some(category.id);
        self
    }

    pub fn deny_everyone(self, bits: u64) -> Self {
        self.overwrite(&Target::Everyone, 0, bits)
    }

    pub fn allow_everyone(self, bits: u64) -> Self {
        self.overwrite(&Target::Everyone, bits, 0)
    }

    pub fn allow_role(self, role: &Role, bits: u64) -> Self {
        self.overwrite(&Target::role(role), bits, 0)
    }

    pub fn deny_role(self, role: &Role, bits: u64) -> Self {
        self.overwrite(&Target::role(role), 0, bits)
    }

    pub fn allow_member(self, member: &Actor, bits: u64) -> Self {
        self.overwrite(&Target::member(member), bits, 0)
    }

    pub fn deny_member(self, member: &Actor, bits: u64) -> Self {
        self.overwrite(&Target::member(member), 0, bits)
    }

    pub fn allow_bot(self, bits: u64) -> Self {
        self.overwrite(&Target::Bot, bits, 0)
    }

    pub fn deny_bot(self, bits: u64) -> Self {
        self.overwrite(&Target::Bot, 0, bits)
    }

    pub fn create(mut self) -> Channel {
        let shared = self.guild.shared.clone();
        let id = shared.write(|world| {
            let id = world.new_id();
            self.channel.id = id;
            let category = self.channel.parent_id.and_then(|parent| world.channels.get(&parent));
            if let (Some(category), true) = (category, self.channel.overwrites.is_empty()) {
                self.channel.overwrites.clone_from(&category.overwrites);
            }
            world.insert_channel(self.channel);
            world.emit_channel("CHANNEL_CREATE", id);
            id
        });
        Channel { shared, id }
    }

    /// Adds to the target's overwrite.
    fn overwrite(mut self, target: &Target, allow: u64, deny: u64) -> Self {
        let bot = self.guild.shared.read(World::bot);
        target.merge_into(&mut self.channel.overwrites, self.guild.id, bot, allow, deny);
        self
    }
}
