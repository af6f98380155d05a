//! Channels and threads as data, and their JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::iso8601;

/// <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>
pub(crate) mod kind {
    pub(crate) const TEXT: u8 = 0;
    pub(crate) const VOICE: u8 = 2;
    pub(crate) const CATEGORY: u8 = 4;
    pub(crate) const ANNOUNCEMENT: u8 = 5;
    pub(crate) const PUBLIC_THREAD: u8 = 11;
    pub(crate) const PRIVATE_THREAD: u8 = 12;
    pub(crate) const FORUM: u8 = 15;
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) guild_id: u64,
    pub(crate) kind: u8,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) position: u16,
    pub(crate) parent_id: Option<u64>,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) slowmode: u32,
    /// Age-restricted.
    #[serde(default)]
    pub(crate) nsfw: bool,
    pub(crate) last_message_id: Option<u64>,
    pub(crate) thread: Option<ThreadData>,
    /// Deleted; kept so that handles stay readable.
    pub(crate) deleted: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ThreadData {
    pub(crate) owner_id: u64,
    /// Members with join times.
    pub(crate) members: BTreeMap<u64, i64>,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) invitable: bool,
    pub(crate) auto_archive: u64,
    pub(crate) archive_ms: i64,
    pub(crate) created_ms: i64,
    pub(crate) message_count: u64,
    pub(crate) total_sent: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Overwrite {
    /// A role or a member.
    pub(crate) id: u64,
    pub(crate) is_member: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

impl Overwrite {
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "type": u8::from(self.is_member),
            "allow": self.allow.to_string(),
            "deny": self.deny.to_string(),
        })
    }
}

impl ThreadData {
    /// Two changes of a thread never have the same time: each is a request of its own.
    pub(crate) fn note_archiving(&mut self, now: i64) {
        self.archive_ms = now.max(self.archive_ms + 1);
    }
}

impl Channel {
    pub(crate) fn is_private_thread(&self) -> bool {
        self.kind == kind::PRIVATE_THREAD
    }

    pub(crate) fn is_active_thread(&self) -> bool {
        !self.deleted && self.thread.as_ref().is_some_and(|thread| !thread.archived)
    }

    /// The channel with the overwrites: a thread has none of its own.
    pub(crate) fn permission_source(&self) -> u64 {
        match (&self.thread, self.parent_id) {
            (Some(_), Some(parent)) => parent,
            _ => self.id,
        }
    }

    /// <https://discord.com/developers/docs/resources/channel#channel-object>, as `viewer` gets it.
    pub(crate) fn json(&self, viewer: u64) -> Value {
        match &self.thread {
            Some(thread) => self.thread_json(thread, viewer),
            None => self.guild_channel_json(),
        }
    }

    fn guild_channel_json(&self) -> Value {
        let mut channel = json!({
            "id": self.id.to_string(),
            "type": self.kind,
            "guild_id": self.guild_id.to_string(),
            "name": self.name,
            "position": self.position,
            "parent_id": self.parent_id.map(|id| id.to_string()),
            "permission_overwrites": self.overwrites.iter().map(Overwrite::json).collect::<Vec<_>>(),
            "nsfw": self.nsfw,
            "flags": 0,
        });
        if self.kind != kind::CATEGORY {
            channel["last_message_id"] = json!(self.last_message_id.map(|id| id.to_string()));
            channel["rate_limit_per_user"] = json!(self.slowmode);
        }
        match self.kind {
            kind::TEXT | kind::ANNOUNCEMENT => channel["topic"] = json!(self.topic),
            kind::FORUM => {
                channel["topic"] = json!(self.topic);
                channel["available_tags"] = json!([]);
                channel["default_reaction_emoji"] = Value::Null;
                channel["default_sort_order"] = Value::Null;
                channel["default_forum_layout"] = json!(0);
            }
            kind::VOICE => {
                channel["bitrate"] = json!(64_000);
                channel["user_limit"] = json!(0);
                channel["rtc_region"] = Value::Null;
            }
            _ => {}
        }
        channel
    }

    fn thread_json(&self, thread: &ThreadData, viewer: u64) -> Value {
        let mut metadata = json!({
            "archived": thread.archived,
            "archive_timestamp": iso8601(thread.archive_ms),
            "auto_archive_duration": thread.auto_archive,
            "locked": thread.locked,
            "create_timestamp": iso8601(thread.created_ms),
        });
        if self.is_private_thread() {
            metadata["invitable"] = json!(thread.invitable);
        }
        let mut channel = json!({
            "id": self.id.to_string(),
            "type": self.kind,
            "guild_id": self.guild_id.to_string(),
            "name": self.name,
            "parent_id": self.parent_id.map(|id| id.to_string()),
            "owner_id": thread.owner_id.to_string(),
            "last_message_id": self.last_message_id.map(|id| id.to_string()),
            "rate_limit_per_user": self.slowmode,
            "message_count": thread.message_count,
            "total_message_sent": thread.total_sent,
            // "stores an approximate member count, but it stops counting at 50" (Discord, threads topic)
            "member_count": thread.members.len().min(50),
            "thread_metadata": metadata,
            "flags": 0,
        });
        if let Some(joined) = thread.members.get(&viewer) {
            channel["member"] = json!({
                "id": self.id.to_string(),
                "user_id": viewer.to_string(),
                "join_timestamp": iso8601(*joined),
                "flags": 0,
            });
        }
        channel
    }

    /// One entry of `thread-members`.
    pub(crate) fn thread_member_json(&self, user_id: u64) -> Option<Value> {
        let joined = self.thread.as_ref()?.members.get(&user_id)?;
        Some(json!({
            "id": self.id.to_string(),
            "user_id": user_id.to_string(),
            "join_timestamp": iso8601(*joined),
            "flags": 0,
        }))
    }
}
