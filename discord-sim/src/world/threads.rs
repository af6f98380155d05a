//! Creates threads, and manages their members. `thread_edit` changes them.
//!
//! <https://discord.com/developers/docs/topics/threads>

use std::collections::btree_map::Entry;

use super::World;
use super::channel::{Channel, ThreadData, kind};
use super::message::{flag, kind as message_kind};
use super::post::NewMessage;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// A new thread.
pub(crate) struct NewThread {
    pub(crate) name: String,
    pub(crate) kind: u8,
    pub(crate) auto_archive: u64,
    pub(crate) invitable: bool,
    pub(crate) slowmode: u32,
}

impl NewThread {
    pub(crate) fn private(name: &str) -> Self {
        Self { name: name.to_owned(), kind: kind::PRIVATE_THREAD, auto_archive: 1440, invitable: true, slowmode: 0 }
    }
}

impl World {
    /// Starts a thread without a message.
    pub(crate) fn start_thread(
        &mut self,
        by: u64,
        parent_id: u64,
        new: NewThread,
        reason: Option<&str>,
    ) -> Result<u64, ApiError> {
        let needed =
            if new.kind == kind::PRIVATE_THREAD { perm::CREATE_PRIVATE_THREADS } else { perm::CREATE_PUBLIC_THREADS };
        let parent = self.visible_channel(by, parent_id)?;
        let (guild_id, parent_kind) = (parent.guild_id, parent.kind);
        // "Private threads […] can only be created in GUILD_TEXT channels."
        let fits = match new.kind {
            kind::PRIVATE_THREAD => parent_kind == kind::TEXT,
            _ => matches!(parent_kind, kind::TEXT | kind::ANNOUNCEMENT),
        };
        if !fits {
            return Err(ApiError::wrong_channel_type());
        }
        self.permitted_channel(by, parent_id, needed)?;
        self.check_thread_cap(guild_id)?;
        let id = self.arrange_thread(by, parent_id, new);
        self.note_audit(guild_id, "thread_create", by, id, reason);
        Ok(id)
    }

    /// Starts a public thread on a message; the thread has the message's id.
    pub(crate) fn start_thread_on(
        &mut self,
        by: u64,
        parent_id: u64,
        message_id: u64,
        new: NewThread,
        reason: Option<&str>,
    ) -> Result<u64, ApiError> {
        let parent = self.visible_channel(by, parent_id)?;
        let (guild_id, parent_kind) = (parent.guild_id, parent.kind);
        if !matches!(parent_kind, kind::TEXT | kind::ANNOUNCEMENT) {
            return Err(ApiError::wrong_channel_type());
        }
        self.permitted_channel(by, parent_id, perm::CREATE_PUBLIC_THREADS)?;
        if self.message(parent_id, message_id)?.is_private() {
            return Err(ApiError::unknown_message());
        }
        // "A message can only have a single thread created from it."
        if self.channels.contains_key(&message_id) {
            return Err(ApiError::has_thread());
        }
        self.check_thread_cap(guild_id)?;
        self.insert_thread(message_id, by, guild_id, parent_id, new);
        self.emit_thread("THREAD_CREATE", message_id, true);
        self.emit_thread_members(message_id, &[by], &[]);
        self.note_audit(guild_id, "thread_create", by, message_id, reason);
        if let Some(message) = self.messages.get_mut(&message_id) {
            message.flags |= flag::HAS_THREAD;
            let message = message.clone();
            self.emit_message("MESSAGE_UPDATE", &message);
        }
        Ok(message_id)
    }

    /// Makes a thread without checking `owner`'s rights.
    pub(crate) fn arrange_thread(&mut self, owner: u64, parent_id: u64, new: NewThread) -> u64 {
        let guild_id = self.channels[&parent_id].guild_id;
        let id = self.new_id();
        self.insert_thread(id, owner, guild_id, parent_id, new);
        self.emit_thread("THREAD_CREATE", id, true);
        self.emit_thread_members(id, &[owner], &[]);
        id
    }

    fn insert_thread(&mut self, id: u64, owner: u64, guild_id: u64, parent_id: u64, new: NewThread) {
        let now = self.now_ms();
        let kind = match (new.kind, self.channels[&parent_id].kind) {
            (kind::PUBLIC_THREAD, kind::ANNOUNCEMENT) => 10,
            (kind, _) => kind,
        };
        self.insert_channel(Channel {
            id,
            guild_id,
            kind,
            name: new.name,
            topic: None,
            position: 0,
            parent_id: Some(parent_id),
            overwrites: Vec::new(),
            slowmode: new.slowmode,
            nsfw: false,
            last_message_id: None,
            thread: Some(ThreadData {
                owner_id: owner,
                members: [(owner, now)].into(),
                archived: false,
                locked: false,
                invitable: new.invitable,
                auto_archive: new.auto_archive,
                archive_ms: now,
                created_ms: now,
                message_count: 0,
                total_sent: 0,
            }),
            deleted: false,
        });
    }

    /// Whether one more thread may be active.
    pub(crate) fn check_thread_cap(&self, guild_id: u64) -> Result<(), ApiError> {
        let active = self.channels_of(guild_id).filter(|channel| channel.is_active_thread()).count();
        if active >= self.threads_cap {
            return Err(ApiError::too_many_threads());
        }
        Ok(())
    }

    /// Whether this user may add others to a thread: its starter, a moderator, or anyone if it is invitable.
    pub(crate) fn may_add_to_thread(&self, by: u64, thread_id: u64) -> bool {
        let Ok((channel, thread)) = self.thread(thread_id) else {
            return false;
        };
        thread.owner_id == by || thread.invitable || !channel.is_private_thread() || self.moderates(by, thread_id)
    }

    /// Adds a member, as `PUT thread-members` and the client's "add people" do.
    pub(crate) fn add_to_thread(&mut self, by: u64, thread_id: u64, user_id: u64) -> Result<(), ApiError> {
        self.visible_channel(by, thread_id)?;
        let (channel, thread) = self.thread(thread_id)?;
        let known = self.guilds[&channel.guild_id].members.contains_key(&user_id);
        if thread.archived {
            return Err(ApiError::thread_archived());
        }
        if thread.locked && !self.moderates(by, thread_id) {
            return Err(ApiError::thread_locked());
        }
        if by != user_id {
            // "Requires the ability to send messages in the thread."
            if !self.can(by, thread_id, perm::SEND_MESSAGES_IN_THREADS) || !self.may_add_to_thread(by, thread_id) {
                return Err(ApiError::missing_permissions());
            }
            if !known {
                return Err(ApiError::unknown_member());
            }
            if !self.views_parent(thread_id, user_id) {
                return Err(ApiError::missing_access());
            }
        }
        if self.thread(thread_id)?.1.members.contains_key(&user_id) {
            return Ok(());
        }
        self.join_thread(thread_id, [user_id]);
        if by != user_id {
            self.system_message(thread_id, by, message_kind::RECIPIENT_ADD, user_id);
        }
        Ok(())
    }

    /// Removes a member, or lets one leave.
    pub(crate) fn remove_from_thread(&mut self, by: u64, thread_id: u64, user_id: u64) -> Result<(), ApiError> {
        self.visible_channel(by, thread_id)?;
        let (channel, thread) = self.thread(thread_id)?;
        if thread.archived {
            return Err(ApiError::thread_archived());
        }
        // "Requires the MANAGE_THREADS permission, or the creator of the thread if it is a PRIVATE_THREAD."
        let own_private = channel.is_private_thread() && thread.owner_id == by;
        if by != user_id && !own_private && !self.moderates(by, thread_id) {
            return Err(ApiError::missing_permissions());
        }
        if !thread.members.contains_key(&user_id) {
            return if by == user_id { Ok(()) } else { Err(ApiError::unknown_member()) };
        }
        if by != user_id {
            self.system_message(thread_id, by, message_kind::RECIPIENT_REMOVE, user_id);
        }
        self.thread_mut(thread_id)?.members.remove(&user_id);
        self.emit_thread_members(thread_id, &[], &[user_id]);
        Ok(())
    }

    /// Adds people who are not members yet, with events.
    pub(crate) fn join_thread(&mut self, thread_id: u64, users: impl IntoIterator<Item = u64>) {
        let now = self.now_ms();
        let Ok(thread) = self.thread_mut(thread_id) else {
            return;
        };
        let mut added = Vec::new();
        for user in users {
            if let Entry::Vacant(place) = thread.members.entry(user) {
                place.insert(now);
                added.push(user);
            }
        }
        if added.is_empty() {
            return;
        }
        // "Whenever a user is added to a private thread, the Gateway also sends a Thread Create event."
        if added.contains(&self.bot()) {
            self.emit_thread("THREAD_CREATE", thread_id, false);
        }
        self.emit_thread_members(thread_id, &added, &[]);
    }

    /// "`RECIPIENT_ADD` and `RECIPIENT_REMOVE` have been repurposed to also send when a user is added to or removed from a
    /// thread by someone else."
    fn system_message(&mut self, thread_id: u64, by: u64, kind: u8, about: u64) {
        self.post(thread_id, by, NewMessage { kind, mentions: vec![about], ..NewMessage::default() });
    }
}
