//! Messages and uploaded files as data.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// <https://discord.com/developers/docs/resources/message#message-object-message-types>, the ones used here.
pub(crate) mod kind {
    pub(crate) const DEFAULT: u8 = 0;
    pub(crate) const RECIPIENT_ADD: u8 = 1;
    pub(crate) const RECIPIENT_REMOVE: u8 = 2;
    pub(crate) const CHANNEL_NAME_CHANGE: u8 = 4;
    pub(crate) const REPLY: u8 = 19;
    pub(crate) const CHAT_INPUT_COMMAND: u8 = 20;
    pub(crate) const CONTEXT_MENU_COMMAND: u8 = 23;
}

/// <https://discord.com/developers/docs/resources/message#message-object-message-flags>
pub(crate) mod flag {
    pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(crate) const HAS_THREAD: u64 = 1 << 5;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const FAILED_TO_MENTION_SOME_ROLES_IN_THREAD: u64 = 1 << 8;
    pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(crate) const IS_COMPONENTS_V2: u64 = 1 << 15;
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel_id: u64,
    /// A user, or a webhook if `webhook_name` is set.
    pub(crate) author_id: u64,
    pub(crate) webhook_name: Option<String>,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<u64>,
    /// Files shown inside embeds or components; Discord does not list these as attachments.
    pub(crate) embedded: Vec<u64>,
    pub(crate) stickers: Vec<String>,
    pub(crate) flags: u64,
    pub(crate) created_ms: i64,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) mentions: Vec<u64>,
    pub(crate) mention_roles: Vec<u64>,
    pub(crate) mention_everyone: bool,
    /// The notified users.
    pub(crate) pinged: BTreeSet<u64>,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Value>,
    /// The interaction this message answers.
    pub(crate) interaction: Option<u64>,
    /// The only person who sees it.
    pub(crate) private_to: Option<u64>,
    pub(crate) deleted: bool,
    /// Fields that nothing here reads.
    pub(crate) more: Vec<(String, Value)>,
}

/// An uploaded file; `GET /attachments/…` serves it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) id: u64,
    pub(crate) channel_id: u64,
    pub(crate) filename: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    #[serde(with = "crate::snapshot::hex")]
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) private: bool,
    /// Marked as a spoiler by its flag, whatever its name.
    pub(crate) spoiler: bool,
}

impl Message {
    pub(crate) fn is_private(&self) -> bool {
        self.private_to.is_some()
    }

    /// The message that it replies to.
    pub(crate) fn replied_to(&self) -> Option<u64> {
        let reference = self.reference.as_ref().filter(|_| self.kind == kind::REPLY)?;
        reference["message_id"].as_str()?.parse().ok()
    }

    /// Whether it consists of components only.
    pub(crate) fn is_version_two(&self) -> bool {
        self.flags & flag::IS_COMPONENTS_V2 != 0
    }

    /// Everything that may hold mentions: the content, or the texts among its components.
    pub(crate) fn said(&self) -> String {
        if self.is_version_two() { texts_of(&self.components).join("\n") } else { self.content.clone() }
    }

    /// Whether it has no visible content. Discord answers 50006 for that.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.attachments.is_empty()
            && self.stickers.is_empty()
            && self.components.is_empty()
    }
}

/// The texts among components, in reading order.
pub(crate) fn texts_of(components: &[Value]) -> Vec<String> {
    let mut texts = Vec::new();
    for part in components {
        if part["type"] == 10 {
            texts.extend(part["content"].as_str().map(str::to_owned));
        }
        for inner in ["components", "accessory"] {
            match part.get(inner) {
                Some(Value::Array(items)) => texts.extend(texts_of(items)),
                Some(item @ Value::Object(_)) => texts.extend(texts_of(std::slice::from_ref(item))),
                _ => {}
            }
        }
    }
    texts
}
