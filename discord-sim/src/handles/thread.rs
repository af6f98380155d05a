//! Threads, as stored. Ask a person for what they see of them.

use std::sync::Arc;
use std::time::Duration;

use super::{Message, Place};
use crate::actor::{Actor, Draft};
use crate::shared::Shared;
use crate::world::channel::{self, ThreadData};

/// A thread. Also readable after its deletion; see [`Thread::exists`].
#[derive(Clone)]
pub struct Thread {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: u64,
}

impl Place for Thread {
    fn place_id(&self) -> u64 {
        self.id
    }
}

impl Thread {
    pub fn id(&self) -> u64 {
        self.id
    }

    pub fn name(&self) -> String {
        self.look(|channel, _| channel.name.clone())
    }

    pub fn owner_id(&self) -> u64 {
        self.look(|_, thread| thread.owner_id)
    }

    /// When it was started, in unix milliseconds.
    pub fn created_ms(&self) -> i64 {
        self.look(|_, thread| thread.created_ms)
    }

    pub fn parent_id(&self) -> u64 {
        self.look(|channel, _| channel.parent_id.unwrap_or_default())
    }

    pub fn members(&self) -> Vec<u64> {
        self.look(|_, thread| thread.members.keys().copied().collect())
    }

    pub fn has_member(&self, actor: &Actor) -> bool {
        self.look(|_, thread| thread.members.contains_key(&actor.id()))
    }

    /// Whether neither it nor its channel was deleted.
    pub fn exists(&self) -> bool {
        self.look(|channel, _| !channel.deleted)
    }

    pub fn is_archived(&self) -> bool {
        self.look(|_, thread| thread.archived)
    }

    pub fn is_locked(&self) -> bool {
        self.look(|_, thread| thread.locked)
    }

    pub fn is_private(&self) -> bool {
        self.look(|channel, _| channel.is_private_thread())
    }

    /// Whether people who do not moderate may add others.
    pub fn invitable(&self) -> bool {
        self.look(|_, thread| thread.invitable)
    }

    /// Minutes.
    pub fn auto_archive_duration(&self) -> u64 {
        self.look(|_, thread| thread.auto_archive)
    }

    /// All messages here, oldest first, system messages included ([`Message::kind`]), deleted ones not.
    pub fn messages(&self) -> Vec<Message> {
        Message::all_in(&self.shared, self.id)
    }

    /// Many messages from before the test, by these authors: nobody is notified of them, and no event tells of them. The
    /// virtual time goes on by `apart` before each.
    pub fn arrange_messages(&self, apart: Duration, messages: impl IntoIterator<Item = (u64, Draft)>) {
        self.shared.write(|world| {
            for (author, draft) in messages {
                world.clock.advance(apart);
                let new = draft.into_message(world, self.id);
                world.post_silently(self.id, author, new);
            }
        });
    }

    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    pub fn url(&self) -> String {
        format!("https://discord.com/channels/{}/{}", self.look(|channel, _| channel.guild_id), self.id)
    }

    fn look<T>(&self, look: impl FnOnce(&channel::Channel, &ThreadData) -> T) -> T {
        self.shared.read(|world| {
            let channel = &world.channels[&self.id];
            let thread = channel.thread.as_ref().expect("a handle of a thread is of a thread");
            look(channel, thread)
        })
    }
}
