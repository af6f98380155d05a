//! New messages: stores them, un-archives the thread, pings, and dispatches events.

use std::collections::BTreeMap;

use serde_json::Value;

use super::World;
use super::access::send_bit;
use super::channel::kind as channel_kind;
use super::mentions::Allowed;
use super::message::{File, Message, flag, kind as message_kind};
use crate::http::call::Upload;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// A message to post, with its context. The author's rights have been checked.
#[derive(Default)]
pub(crate) struct NewMessage {
    pub(crate) webhook_name: Option<String>,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<u64>,
    pub(crate) embedded: Vec<u64>,
    pub(crate) stickers: Vec<String>,
    pub(crate) flags: u64,
    pub(crate) allowed: Allowed,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Value>,
    pub(crate) interaction: Option<u64>,
    pub(crate) private_to: Option<u64>,
    /// Mentioned without being in the text, as by system messages.
    pub(crate) mentions: Vec<u64>,
    /// Fields that nothing here reads.
    pub(crate) more: Vec<(String, Value)>,
}

impl World {
    /// Whether this user may write here: sees it, may send, and the thread is not locked for them.
    pub(crate) fn check_may_write(&self, user_id: u64, channel_id: u64) -> Result<(), ApiError> {
        let channel = self.visible_channel(user_id, channel_id)?;
        match channel.kind {
            channel_kind::CATEGORY => return Err(ApiError::non_text_channel()),
            channel_kind::FORUM => return Err(ApiError::no_message_in_forum()),
            _ => {}
        }
        let member = self.guilds[&channel.guild_id].members.get(&user_id);
        // A member before the guild's screening only reads.
        let is_pending = member.is_some_and(|member| member.pending);
        if is_pending || !self.can(user_id, channel_id, send_bit(channel)) {
            return Err(ApiError::missing_permissions());
        }
        let locked = channel.thread.as_ref().is_some_and(|thread| thread.locked);
        // "Users (including bot users) without MANAGE_THREADS […] won't be able to create or update messages in
        // locked threads."
        if locked && !self.moderates(user_id, channel_id) {
            return Err(ApiError::thread_locked());
        }
        Ok(())
    }

    /// Stores a message as if it had been there before: without events, and notifying nobody.
    pub(crate) fn post_silently(&mut self, channel_id: u64, author_id: u64, new: NewMessage) {
        let message = self.new_message(channel_id, author_id, new);
        if let Some(channel) = self.channels.get_mut(&channel_id) {
            channel.last_message_id = Some(message.id);
            if let Some(thread) = &mut channel.thread {
                thread.message_count += 1;
                thread.total_sent += 1;
            }
        }
        self.messages.insert(message.id, message);
    }

    /// Stores a message and dispatches its events. Returns its id.
    pub(crate) fn post(&mut self, channel_id: u64, author_id: u64, new: NewMessage) -> u64 {
        let mut message = self.new_message(channel_id, author_id, new);
        let id = message.id;
        if message.is_private() {
            message.flags |= flag::EPHEMERAL;
            self.messages.insert(id, message);
            return id;
        }
        self.enter_thread(&mut message);
        self.emit_message("MESSAGE_CREATE", &message);
        self.messages.insert(id, message);
        id
    }

    fn new_message(&mut self, channel_id: u64, author_id: u64, new: NewMessage) -> Message {
        let id = self.new_id();
        let mut message = Message {
            id,
            channel_id,
            author_id,
            webhook_name: new.webhook_name,
            kind: new.kind,
            content: new.content,
            embeds: as_received(new.embeds),
            components: numbered(new.components),
            attachments: new.attachments,
            embedded: new.embedded,
            stickers: new.stickers,
            flags: new.flags,
            created_ms: self.now_ms(),
            nonce: new.nonce,
            reference: new.reference,
            interaction: new.interaction,
            private_to: new.private_to,
            more: new.more,
            ..Message::default()
        };
        self.resolve_mentions(&mut message, &new.allowed);
        message.mentions.extend(new.mentions);
        message
    }

    /// Emoji of other guilds become text in a message of a bot without `USE_EXTERNAL_EMOJIS`.
    pub(crate) fn spell_out_foreign_emoji(&self, channel_id: u64, content: &mut String, embeds: &mut [Value]) {
        if self.can(self.bot(), channel_id, perm::USE_EXTERNAL_EMOJIS) {
            return;
        }
        let own = &self.guilds[&self.channels[&channel_id].guild_id].emoji;
        *content = spelled_out(content, own);
        for embed in embeds {
            if let Some(description) = embed["description"].as_str() {
                embed["description"] = spelled_out(description, own).into();
            }
        }
    }

    /// A message's effect on its channel or thread.
    fn enter_thread(&mut self, message: &mut Message) {
        let channel_id = message.channel_id;
        let wrote = [message_kind::DEFAULT, message_kind::REPLY].contains(&message.kind);
        let user_wrote = wrote && message.webhook_name.is_none() && message.interaction.is_none();
        if self.channels[&channel_id].thread.is_some() {
            // "Sending a message will automatically unarchive the thread, unless the thread has been locked."
            self.unarchive_silently(channel_id);
            let newcomers = self.newcomers_by_mention(message);
            if self.mentions_too_large_a_role(message) {
                message.flags |= flag::FAILED_TO_MENTION_SOME_ROLES_IN_THREAD;
            }
            let author = user_wrote.then_some(message.author_id);
            self.join_thread(channel_id, author.into_iter().chain(newcomers));
        }
        message.pinged = self.pinged_by(message);
        if let Some(channel) = self.channels.get_mut(&channel_id) {
            channel.last_message_id = Some(message.id);
            if let Some(thread) = &mut channel.thread {
                thread.message_count += 1;
                thread.total_sent += 1;
            }
        }
    }

    /// Stores uploads; returns their ids with each one's index.
    pub(crate) fn store_files(
        &mut self,
        channel_id: u64,
        uploads: &[Upload],
        described: &Value,
        private: bool,
    ) -> Vec<u64> {
        let mut ids = Vec::new();
        for upload in uploads {
            let id = self.new_id();
            let description = described
                .as_array()
                .into_iter()
                .flatten()
                .find(|item| item["id"].as_str().map_or_else(|| item["id"].to_string(), str::to_owned) == upload.index)
                .and_then(|item| item["description"].as_str());
            let file = File {
                id,
                channel_id,
                filename: safe_filename(&upload.filename),
                description: description.map(str::to_owned),
                content_type: upload.content_type.clone(),
                bytes: upload.bytes.as_slice().into(),
                private,
                spoiler: false,
            };
            self.files.insert(id, file);
            ids.push(id);
        }
        ids
    }
}

/// `<:name:id>` of other emoji becomes `:name:`.
fn spelled_out(text: &str, own: &BTreeMap<u64, String>) -> String {
    let mut parts = text.split('<');
    let mut spelled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let emoji = part.split_once('>').and_then(|(inner, rest)| {
            let (name, id) = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':'))?.split_once(':')?;
            Some((name, id.parse::<u64>().ok()?, rest))
        });
        match emoji {
            Some((name, id, rest)) if !own.contains_key(&id) => spelled.extend([":", name, ":", rest]),
            _ => spelled.extend(["<", part]),
        }
    }
    spelled
}

/// Discord replaces invalid characters in a file's name on its CDN.
fn safe_filename(name: &str) -> String {
    let safe = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
    name.chars().map(|letter| if safe(letter) { letter } else { '_' }).collect()
}

/// Embeds as returned: "type" is always "rich".
pub(crate) fn as_received(embeds: Vec<Value>) -> Vec<Value> {
    let with_type = |mut embed: Value| {
        if embed.get("type").is_none() {
            embed["type"] = "rich".into();
        }
        embed
    };
    embeds.into_iter().map(with_type).collect()
}

/// Components as returned: each with a number.
pub(crate) fn numbered(mut components: Vec<Value>) -> Vec<Value> {
    let mut next = 1;
    for component in &mut components {
        number(component, &mut next);
    }
    components
}

fn number(component: &mut Value, next: &mut u64) {
    if component.get("id").is_none_or(|id| id == 0) {
        component["id"] = (*next).into();
    }
    *next += 1;
    for inner in ["components", "component", "accessory"] {
        match component.get_mut(inner) {
            Some(Value::Array(items)) => items.iter_mut().for_each(|item| number(item, next)),
            Some(item @ Value::Object(_)) => number(item, next),
            _ => {}
        }
    }
}
