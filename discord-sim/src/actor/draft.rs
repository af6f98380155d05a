//! Messages to write.

use serde_json::{Value, json};

use crate::handles::Message;
use crate::http::call::Upload;
use crate::http::routes::body::point_at_files;
use crate::world::World;
use crate::world::message::kind;
use crate::world::post::NewMessage;

/// A message to write, by a person or a webhook.
#[derive(Clone, Default)]
pub struct Draft {
    pub(crate) content: String,
    pub(crate) files: Vec<Upload>,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) stickers: Vec<String>,
    /// Files marked as spoilers.
    spoilers: Vec<usize>,
    kind: u8,
    /// The message that it replies to.
    replies_to: Option<u64>,
    /// The message that it forwards.
    forwards: Option<u64>,
    /// Further fields of the message, as Discord sends them.
    pub(crate) more: Vec<(String, Value)>,
}

impl Draft {
    pub fn text(content: &str) -> Self {
        Self { content: content.to_owned(), ..Self::default() }
    }

    /// Attaches a file.
    #[must_use]
    pub fn file(mut self, filename: &str, bytes: impl Into<Vec<u8>>, content_type: &str) -> Self {
        self.files.push(Upload {
            index: self.files.len().to_string(),
            filename: filename.to_owned(),
            content_type: Some(content_type.to_owned()),
            bytes: bytes.into(),
        });
        self
    }

    /// Attaches a file that is marked as a spoiler by its flag (since June 2026), not by its name.
    #[must_use]
    pub fn spoiler(mut self, filename: &str, bytes: impl Into<Vec<u8>>, content_type: &str) -> Self {
        self.spoilers.push(self.files.len());
        self.file(filename, bytes, content_type)
    }

    /// Sets a message type other than 0, such as 46 for the result of a poll.
    #[must_use]
    pub fn kind(mut self, kind: u8) -> Self {
        self.kind = kind;
        self
    }

    /// A reply to a message of the same channel. It pings nobody here.
    #[must_use]
    pub fn reply_to(mut self, message: &Message) -> Self {
        self.replies_to = Some(message.id());
        self
    }

    /// Forwards a message. A forward has no text of its own.
    #[must_use]
    pub fn forward(mut self, message: &Message) -> Self {
        self.forwards = Some(message.id());
        self
    }

    /// Sets a field unknown to the simulator: a poll, reactions.
    #[must_use]
    pub fn field(mut self, name: &str, value: Value) -> Self {
        self.more.push((name.to_owned(), value));
        self
    }

    /// Adds a component; only webhooks and bots can.
    #[must_use]
    pub fn component(mut self, component: Value) -> Self {
        self.components.push(component);
        self
    }

    /// Adds an embed; only webhooks and bots can.
    #[must_use]
    pub fn embed(mut self, embed: Value) -> Self {
        self.embeds.push(embed);
        self
    }

    /// Adds a sticker.
    #[must_use]
    pub fn sticker(mut self, name: &str) -> Self {
        self.stickers.push(name.to_owned());
        self
    }

    pub(crate) fn from_json(body: &Value) -> Self {
        let list = |name: &str| body[name].as_array().cloned().unwrap_or_default();
        Self {
            content: body["content"].as_str().unwrap_or_default().to_owned(),
            embeds: list("embeds"),
            components: list("components"),
            ..Self::default()
        }
    }

    /// Whether nothing would be seen of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.files.is_empty()
            && self.stickers.is_empty()
            && self.forwards.is_none()
            && self.more.is_empty()
    }

    pub(crate) fn into_message(mut self, world: &mut World, channel_id: u64) -> NewMessage {
        let guild_id = world.channels.get(&channel_id).map_or(0, |channel| channel.guild_id);
        let reference = |kind: u8, channel_id: u64, message_id: u64| {
            json!({
                "type": kind,
                "message_id": message_id.to_string(),
                "channel_id": channel_id.to_string(),
                "guild_id": guild_id.to_string(),
            })
        };
        let mut referred = None;
        if let Some(replied) = self.replies_to {
            self.kind = kind::REPLY;
            referred = Some(reference(0, channel_id, replied));
        }
        if let Some(forwarded) = self.forwards.and_then(|id| world.messages.get(&id)) {
            referred = Some(reference(1, forwarded.channel_id, forwarded.id));
            let whole = world.message_json(forwarded);
            let shown =
                ["type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions"];
            let part: serde_json::Map<String, Value> =
                shown.iter().map(|field| ((*field).to_owned(), whole[*field].clone())).collect();
            self.more.push(("message_snapshots".to_owned(), json!([{ "message": part }])));
        }
        let stored = world.store_files(channel_id, &self.files, &json!([]), false);
        for index in self.spoilers {
            if let Some(file) = world.files.get_mut(&stored[index]) {
                file.spoiler = true;
            }
        }
        let (mut embeds, mut embedded) = (self.embeds, Vec::new());
        for embed in &mut embeds {
            point_at_files(world, embed, &stored, &mut embedded);
        }
        NewMessage {
            attachments: stored.into_iter().filter(|id| !embedded.contains(id)).collect(),
            embedded,
            content: self.content,
            embeds,
            components: self.components,
            stickers: self.stickers,
            kind: self.kind,
            reference: referred,
            more: self.more,
            ..NewMessage::default()
        }
    }
}
