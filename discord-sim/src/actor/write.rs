//! Writing, editing and deleting messages, and moderating channels and people.

use super::{Actor, Draft, NotPossible, OrFail};
use crate::handles::{Channel, Message, Place};
use crate::http::error::ApiError;
use crate::permissions as perm;
use crate::world::World;
use crate::world::messages::MessageChanges;

/// Without a subscription.
const LONGEST_MESSAGE: usize = 2_000;

impl Actor {
    /// Writes a message.
    #[track_caller]
    pub fn post(&self, place: &impl Place, text: &str) -> Message {
        self.post_with(place, Draft::text(text))
    }

    /// The same as [`post`](Self::post); reads better in threads.
    #[track_caller]
    pub fn write(&self, place: &impl Place, text: &str) -> Message {
        self.post(place, text)
    }

    pub fn try_write(&self, place: &impl Place, text: &str) -> Result<Message, NotPossible> {
        self.try_post_with(place, Draft::text(text))
    }

    /// Writes a message with files or a sticker.
    #[track_caller]
    pub fn post_with(&self, place: &impl Place, draft: Draft) -> Message {
        self.try_post_with(place, draft).or_fail()
    }

    pub fn try_post_with(&self, place: &impl Place, draft: Draft) -> Result<Message, NotPossible> {
        if !draft.embeds.is_empty() || !draft.components.is_empty() {
            return self.refuse("is a person and cannot send embeds or components");
        }
        if draft.is_empty() || draft.content.chars().count() > LONGEST_MESSAGE {
            return self.refuse("cannot send an empty message, nor one above 2,000 characters");
        }
        let channel_id = place.place_id();
        let id = self.act("write there", |world, user| {
            world.check_may_write(user, channel_id)?;
            if !draft.files.is_empty() && !world.can(user, channel_id, perm::ATTACH_FILES) {
                return Err(ApiError::missing_permissions());
            }
            check_slowmode(world, user, channel_id)?;
            let new = draft.into_message(world, channel_id);
            Ok(world.post(channel_id, user, new))
        })?;
        Ok(Message { shared: self.shared.clone(), id })
    }

    /// Edits an own message.
    #[track_caller]
    pub fn edit_message(&self, message: &Message, text: &str) {
        self.try_edit_message(message, text).or_fail();
    }

    pub fn try_edit_message(&self, message: &Message, text: &str) -> Result<(), NotPossible> {
        self.act("edit that message", |world, user| {
            let stored = world.messages.get(&message.id).ok_or_else(ApiError::unknown_message)?;
            if stored.author_id != user {
                return Err(ApiError::edit_of_others());
            }
            world.check_thread_open(user, stored.channel_id)?;
            let changes = MessageChanges { content: Some(text.to_owned()), ..MessageChanges::default() };
            world.edit_message(message.id, changes)
        })
    }

    #[track_caller]
    pub fn delete_message(&self, message: &Message) {
        self.try_delete_message(message).or_fail();
    }

    pub fn try_delete_message(&self, message: &Message) -> Result<(), NotPossible> {
        self.act("delete that message", |world, user| {
            let channel_id = message_channel(world, message)?;
            let stored = world.message(channel_id, message.id)?.clone();
            world.check_may_delete(user, &stored)?;
            world.delete_message(message.id);
            Ok(())
        })
    }

    /// Deletes many messages of one channel at once, as moderation bots do.
    #[track_caller]
    pub fn bulk_delete(&self, messages: &[&Message]) {
        self.act("delete those messages", |world, user| {
            let Some(first) = messages.first() else {
                return Ok(());
            };
            let channel_id = message_channel(world, first)?;
            world.permitted_channel(user, channel_id, perm::MANAGE_MESSAGES)?;
            let ids: Vec<u64> = messages.iter().map(|message| message.id).collect();
            world.delete_messages(channel_id, &ids);
            Ok(())
        })
        .or_fail();
    }

    #[track_caller]
    pub fn delete_channel(&self, channel: &Channel) {
        self.try_delete_channel(channel).or_fail();
    }

    pub fn try_delete_channel(&self, channel: &Channel) -> Result<(), NotPossible> {
        self.act("delete that channel", |world, user| {
            world.permitted_channel(user, channel.id, perm::MANAGE_CHANNELS)?;
            world.delete_channel(user, channel.id, None);
            Ok(())
        })
    }

    /// Removes another person from the guild.
    #[track_caller]
    pub fn kick(&self, other: &Actor) {
        self.try_kick(other).or_fail();
    }

    pub fn try_kick(&self, other: &Actor) -> Result<(), NotPossible> {
        self.act("kick people", |world, user| {
            if world.base_permissions(self.guild_id, user) & perm::KICK_MEMBERS == 0 {
                return Err(ApiError::missing_permissions());
            }
            world.note_audit(self.guild_id, "member_kick", user, other.id(), None);
            world.member_leaves(self.guild_id, other.id());
            Ok(())
        })
    }
}

fn message_channel(world: &World, message: &Message) -> Result<u64, ApiError> {
    let stored = world.messages.get(&message.id).ok_or_else(ApiError::unknown_message)?;
    Ok(stored.channel_id)
}

/// "Amount of seconds a user has to wait before sending another message; bots, as well as users with the permission
/// `BYPASS_SLOWMODE`, are unaffected." Since February 2026 no moderation right replaces that one.
fn check_slowmode(world: &World, user: u64, channel_id: u64) -> Result<(), ApiError> {
    let slowmode = i64::from(world.channel(channel_id)?.slowmode) * 1000;
    if slowmode == 0 || world.can(user, channel_id, perm::BYPASS_SLOWMODE) {
        return Ok(());
    }
    let since = world.now_ms() - slowmode;
    let recent = world.messages.values().rev().take_while(|message| message.created_ms > since);
    let mut own = recent.filter(|message| message.channel_id == channel_id && message.author_id == user);
    if own.next().is_some() {
        return Err(ApiError::new(429, 20016, "This action cannot be performed due to slowmode rate limit."));
    }
    Ok(())
}
