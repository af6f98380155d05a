//! Messages to write.

use serde_json::{Value, json};

use crate::http::call::Upload;
use crate::http::routes::body::point_at_files;
use crate::world::World;
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

    /// Sets a field unknown to the simulator: a poll, a forwarded message.
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

    pub(crate) fn into_message(self, world: &mut World, channel_id: u64) -> NewMessage {
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
            more: self.more,
            ..NewMessage::default()
        }
    }
}
