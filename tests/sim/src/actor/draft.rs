//! Messages to be written.

use serde_json::{Value, json};

use crate::http::call::Upload;
use crate::world::World;
use crate::world::post::NewMessage;

/// A message to be written by a person or a webhook.
#[derive(Clone, Default)]
pub struct Draft {
    pub(crate) content: String,
    pub(crate) files: Vec<Upload>,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) stickers: Vec<String>,
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
        NewMessage {
            attachments: world.store_files(channel_id, &self.files, &json!([]), false),
            content: self.content,
            embeds: self.embeds,
            components: self.components,
            stickers: self.stickers,
            ..NewMessage::default()
        }
    }
}
