//! Edits and deletes messages.

use serde_json::{Value, json};

use super::World;
use super::mentions::Allowed;
use super::message::{Message, flag};
use super::post::{as_received, numbered};
use crate::gateway::intent;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// From this age on, edits of messages are limited, each channel by itself.
const OLD_AFTER_MS: i64 = 60 * 60 * 1_000;
const OLD_EDITS: usize = 3;
const OLD_EDITS_MS: i64 = 6_000;

/// The changes; `None` keeps.
#[derive(Default)]
pub(crate) struct MessageChanges {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    pub(crate) attachments: Option<Vec<u64>>,
    /// Files that embeds or components show.
    pub(crate) embedded: Option<Vec<u64>>,
    pub(crate) flags: Option<u64>,
    pub(crate) allowed: Option<Allowed>,
}

impl World {
    /// Whether that user may change messages in this thread now.
    pub(crate) fn check_thread_open(&self, user_id: u64, channel_id: u64) -> Result<(), ApiError> {
        let channel = self.channel(channel_id)?;
        let Some(thread) = &channel.thread else {
            return Ok(());
        };
        if thread.locked && !self.moderates(user_id, channel_id) {
            return Err(ApiError::thread_locked());
        }
        // "Users cannot edit messages, add reactions, use application commands, or join archived threads."
        if thread.archived {
            return Err(ApiError::thread_archived());
        }
        Ok(())
    }

    /// Applies changes. Edits ping and add nobody here.
    pub(crate) fn edit_message(&mut self, id: u64, changes: MessageChanges) -> Result<(), ApiError> {
        let mut message = self.messages.get(&id).cloned().ok_or_else(ApiError::unknown_message)?;
        let says_anew = changes.content.is_some() || changes.components.is_some();
        if let Some(content) = changes.content {
            message.content = content;
        }
        if let Some(embeds) = changes.embeds {
            message.embeds = as_received(embeds);
        }
        if let Some(components) = changes.components {
            message.components = numbered(components);
        }
        if let Some(attachments) = changes.attachments {
            message.attachments = attachments;
        }
        if let Some(embedded) = changes.embedded {
            message.embedded = embedded;
        }
        if let Some(flags) = changes.flags {
            let changeable = flag::SUPPRESS_EMBEDS | flag::IS_COMPONENTS_V2;
            message.flags = message.flags & !flag::SUPPRESS_EMBEDS | flags & changeable;
        }
        if says_anew {
            self.resolve_mentions(&mut message, &changes.allowed.unwrap_or_default());
        }
        if message.is_version_two() && !(message.content.is_empty() && message.embeds.is_empty()) {
            let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
            let said = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
            return Err(ApiError::form("content", code, said));
        }
        if message.is_empty() {
            return Err(ApiError::empty_message());
        }
        // Clients draw the message anew, with nothing chosen.
        self.chosen.retain(|(_, message, _), _| *message != id);
        message.flags &= !flag::LOADING;
        message.edited_ms = Some(self.now_ms());
        self.messages.insert(id, message.clone());
        self.emit_message("MESSAGE_UPDATE", &message);
        Ok(())
    }

    /// Counts an edit of a message that is older than an hour: three in six seconds in a channel (observed).
    pub(crate) fn check_edits_of_old(&mut self, message_id: u64) -> Result<(), ApiError> {
        let now = self.now_ms();
        let message = self.messages.get(&message_id).ok_or_else(ApiError::unknown_message)?;
        if now - message.created_ms < OLD_AFTER_MS {
            return Ok(());
        }
        let recent = self.old_edits.entry(message.channel_id).or_default();
        recent.retain(|at| now - at < OLD_EDITS_MS);
        if recent.len() >= OLD_EDITS {
            return Err(ApiError::too_many_edits());
        }
        recent.push(now);
        Ok(())
    }

    /// Whether this user may delete that message.
    pub(crate) fn check_may_delete(&self, user_id: u64, message: &Message) -> Result<(), ApiError> {
        let channel = self.visible_channel(user_id, message.channel_id)?;
        let own = message.author_id == user_id;
        if !own && !self.can(user_id, channel.id, perm::MANAGE_MESSAGES) {
            return Err(ApiError::missing_permissions());
        }
        // "Deleting messages […] will only be allowed in locked threads if that thread is also active."
        let closed = channel.thread.as_ref().is_some_and(|thread| thread.locked && thread.archived);
        if closed && !self.moderates(user_id, channel.id) {
            return Err(ApiError::thread_locked());
        }
        Ok(())
    }

    pub(crate) fn delete_message(&mut self, id: u64) {
        let Some(message) = self.forget(id) else {
            return;
        };
        if message.is_private() {
            return;
        }
        self.emit_in_channel(message.channel_id, intent::GUILD_MESSAGES, "MESSAGE_DELETE", |world, _| {
            Some(json!({
                "id": id.to_string(),
                "channel_id": message.channel_id.to_string(),
                "guild_id": world.channels[&message.channel_id].guild_id.to_string(),
            }))
        });
    }

    pub(crate) fn delete_messages(&mut self, channel_id: u64, ids: &[u64]) {
        let gone: Vec<String> =
            ids.iter().filter(|id| self.message(channel_id, **id).is_ok()).map(u64::to_string).collect();
        for id in ids {
            self.forget(*id);
        }
        self.emit_in_channel(channel_id, intent::GUILD_MESSAGES, "MESSAGE_DELETE_BULK", |world, _| {
            Some(json!({
                "ids": gone,
                "channel_id": channel_id.to_string(),
                "guild_id": world.channels[&channel_id].guild_id.to_string(),
            }))
        });
    }

    /// Marks it as deleted.
    fn forget(&mut self, id: u64) -> Option<Message> {
        let message = self.messages.get_mut(&id).filter(|message| !message.deleted)?;
        message.deleted = true;
        let message = message.clone();
        let thread = self.channels.get_mut(&message.channel_id).and_then(|channel| channel.thread.as_mut());
        if let (Some(thread), false) = (thread, message.is_private()) {
            thread.message_count = thread.message_count.saturating_sub(1);
        }
        Some(message)
    }
}
