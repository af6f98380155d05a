//! Messages, as stored.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::Reply;
use super::Thread;
use crate::shared::Shared;
use crate::world::message::{self, File};

/// A message: a live handle, so that re-reading it shows edits. Also readable after its deletion.
#[derive(Clone)]
pub struct Message {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: u64,
}

/// Something with a message to use: the message itself, or the answer to an interaction.
pub trait OnMessage {
    fn on_message(&self) -> Message;
}

impl OnMessage for Message {
    fn on_message(&self) -> Message {
        self.clone()
    }
}

/// An uploaded file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attachment {
    pub id: u64,
    pub filename: String,
    pub content_type: Option<String>,
    pub size: usize,
    pub url: String,
    pub bytes: Vec<u8>,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Button {
    pub label: String,
    pub custom_id: Option<String>,
    pub url: Option<String>,
    pub disabled: bool,
    pub style: u64,
}

impl Message {
    pub fn id(&self) -> u64 {
        self.id
    }

    pub fn channel_id(&self) -> u64 {
        self.look(|message| message.channel_id)
    }

    pub fn author_id(&self) -> u64 {
        self.look(|message| message.author_id)
    }

    pub fn text(&self) -> String {
        self.look(|message| message.content.clone())
    }

    /// The texts among its components, joined by line breaks: what a message of components says.
    pub fn component_text(&self) -> String {
        self.look(|message| message::texts_of(&message.components).join("\n"))
    }

    /// The thread on it.
    pub fn thread(&self) -> Option<Thread> {
        let has = self.shared.read(|world| world.thread(self.id).is_ok());
        has.then(|| Thread { shared: self.shared.clone(), id: self.id })
    }

    pub fn embeds(&self) -> Vec<Value> {
        self.look(|message| message.embeds.clone())
    }

    pub fn components(&self) -> Vec<Value> {
        self.look(|message| message.components.clone())
    }

    /// All buttons, in order.
    pub fn buttons(&self) -> Vec<Button> {
        buttons(&self.components())
    }

    /// Attachments as Discord lists them: without files inside embeds.
    pub fn attachments(&self) -> Vec<Attachment> {
        self.files(|message| message.attachments.clone())
    }

    /// Uploaded files that embeds or components show.
    pub fn embedded_files(&self) -> Vec<Attachment> {
        self.files(|message| message.embedded.clone())
    }

    /// Discord's message type: 0 ordinary, 1 somebody was added, 2 removed, 4 renamed, 19 reply, 20 answer to a command.
    pub fn kind(&self) -> u8 {
        self.look(|message| message.kind)
    }

    /// The users notified.
    pub fn pinged(&self) -> BTreeSet<u64> {
        self.look(|message| message.pinged.clone())
    }

    /// Users it mentions, within its allowed mentions.
    pub fn mentioned_users(&self) -> Vec<u64> {
        self.look(|message| message.mentions.clone())
    }

    pub fn mentioned_roles(&self) -> Vec<u64> {
        self.look(|message| message.mention_roles.clone())
    }

    pub fn mentions_everyone(&self) -> bool {
        self.look(|message| message.mention_everyone)
    }

    /// When it was written, in unix milliseconds.
    pub fn created_ms(&self) -> i64 {
        self.look(|message| message.created_ms)
    }

    /// When it was last edited, in unix milliseconds.
    pub fn edited_ms(&self) -> Option<i64> {
        self.look(|message| message.edited_ms)
    }

    /// Whether it only says "thinking…": an answer that the bot has deferred.
    pub fn is_thinking(&self) -> bool {
        self.shared.read(|world| {
            let message = &world.messages[&self.id];
            let interaction = message.interaction.and_then(|id| world.interactions.get(&id));
            interaction.is_some_and(|interaction| interaction.thinking && interaction.original == Some(self.id))
        })
    }

    /// The interaction that it answers.
    pub fn answers(&self) -> Option<Reply> {
        let id = self.look(|message| message.interaction)?;
        Some(Reply::new(&self.shared, id))
    }

    /// Whether only one person sees it.
    pub fn is_private(&self) -> bool {
        self.look(message::Message::is_private)
    }

    pub fn exists(&self) -> bool {
        self.look(|message| !message.deleted)
    }

    pub fn is_edited(&self) -> bool {
        self.look(|message| message.edited_ms.is_some())
    }

    pub fn url(&self) -> String {
        self.shared.read(|world| {
            let channel_id = world.messages[&self.id].channel_id;
            let guild_id = world.channels[&channel_id].guild_id;
            format!("https://discord.com/channels/{guild_id}/{channel_id}/{}", self.id)
        })
    }

    /// The API's message object.
    pub fn raw(&self) -> Value {
        self.shared.read(|world| world.message_json(&world.messages[&self.id]))
    }

    /// Existing messages of a channel or thread, oldest first.
    pub(crate) fn all_in(shared: &Arc<Shared>, channel_id: u64) -> Vec<Self> {
        Self::collect(shared, |message| message.channel_id == channel_id && !message.deleted)
    }

    pub(crate) fn collect(shared: &Arc<Shared>, wanted: impl Fn(&message::Message) -> bool) -> Vec<Self> {
        let ids: Vec<u64> = shared.read(|world| {
            let messages = world.messages.values();
            messages.filter(|message| wanted(message)).map(|message| message.id).collect()
        });
        ids.into_iter().map(|id| Self { shared: shared.clone(), id }).collect()
    }

    fn files(&self, which: impl FnOnce(&message::Message) -> Vec<u64>) -> Vec<Attachment> {
        self.shared.read(|world| {
            let ids = which(&world.messages[&self.id]);
            let files = ids.iter().filter_map(|id| world.files.get(id));
            files.map(|file| attachment(file, world.file_url(file))).collect()
        })
    }

    fn look<T>(&self, look: impl FnOnce(&message::Message) -> T) -> T {
        self.shared.read(|world| look(&world.messages[&self.id]))
    }
}

pub(crate) fn attachment(file: &File, url: String) -> Attachment {
    Attachment {
        id: file.id,
        filename: file.filename.clone(),
        content_type: file.content_type.clone(),
        size: file.bytes.len(),
        url,
        bytes: file.bytes.to_vec(),
    }
}

/// Every component, nested ones included, in reading order.
pub(crate) fn walk_components(components: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    for component in components {
        found.push(component.clone());
        for inner in ["components", "component", "accessory"] {
            match component.get(inner) {
                Some(Value::Array(items)) => found.extend(walk_components(items)),
                Some(item @ Value::Object(_)) => found.extend(walk_components(std::slice::from_ref(item))),
                _ => {}
            }
        }
    }
    found
}

pub(crate) fn buttons(components: &[Value]) -> Vec<Button> {
    let all = walk_components(components);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    all.iter()
        .filter(|component| component["type"] == 2)
        .map(|button| Button {
            label: text(&button["label"]).unwrap_or_default(),
            custom_id: text(&button["custom_id"]),
            url: text(&button["url"]),
            disabled: button["disabled"].as_bool().unwrap_or(false),
            style: button["style"].as_u64().unwrap_or(0),
        })
        .collect()
}
