//! Edits, archives, locks and deletes threads.
//!
//! <https://discord.com/developers/docs/resources/channel#modify-channel-json-params-thread>

use serde_json::{Value, json};

use super::World;
use super::ids::made_at_ms;
use super::message::kind as message_kind;
use super::post::NewMessage;
use crate::gateway::intent;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// The changes; `None` keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct ThreadChanges {
    pub(crate) name: Option<String>,
    pub(crate) archived: Option<bool>,
    pub(crate) locked: Option<bool>,
    pub(crate) auto_archive: Option<u64>,
    pub(crate) invitable: Option<bool>,
    pub(crate) slowmode: Option<u32>,
}

impl ThreadChanges {
    fn audited(&self) -> Vec<Value> {
        let change = |key: &str, value: Option<Value>| value.map(|value| json!({ "key": key, "new_value": value }));
        let changes = [
            change("name", self.name.clone().map(Value::from)),
            change("archived", self.archived.map(Value::from)),
            change("locked", self.locked.map(Value::from)),
        ];
        changes.into_iter().flatten().collect()
    }
}

impl World {
    pub(crate) fn edit_thread(
        &mut self,
        by: u64,
        thread_id: u64,
        changes: &ThreadChanges,
        reason: Option<&str>,
    ) -> Result<(), ApiError> {
        self.check_thread_changes(by, thread_id, changes)?;
        let (channel, thread) = self.thread(thread_id)?;
        let (guild_id, was_archived) = (channel.guild_id, thread.archived);
        if was_archived && changes.archived == Some(false) {
            self.check_thread_cap(guild_id)?;
        }
        let renamed = changes.name.clone().filter(|name| *name != channel.name);
        self.apply_thread_changes(thread_id, changes)?;
        self.note_audit(guild_id, "thread_update", by, thread_id, reason);
        self.note_audit_changes(changes.audited());
        self.emit_thread("THREAD_UPDATE", thread_id, false);
        if was_archived && changes.archived == Some(false) {
            self.emit_own_membership(thread_id);
        }
        if let (Some(name), None | Some(false)) = (renamed, changes.archived) {
            let kind = message_kind::CHANNEL_NAME_CHANGE;
            self.post(thread_id, by, NewMessage { kind, content: name, ..NewMessage::default() });
        }
        Ok(())
    }

    pub(crate) fn check_thread_changes(
        &self,
        by: u64,
        thread_id: u64,
        changes: &ThreadChanges,
    ) -> Result<(), ApiError> {
        self.visible_channel(by, thread_id)?;
        let (channel, thread) = self.thread(thread_id)?;
        // "Requires the thread to have archived set to false or be set to false in the request."
        if thread.archived && changes.archived != Some(false) {
            return Err(ApiError::thread_archived());
        }
        let slowmode = changes.slowmode.is_some_and(|slowmode| slowmode != channel.slowmode);
        if self.moderates(by, thread_id) {
            let moderating = thread.locked || changes.locked.is_some() || slowmode || thread.owner_id != by;
            return if moderating { self.check_two_factor(by, channel.guild_id) } else { Ok(()) };
        }
        // "Threads that have locked set to true can only be unarchived by a user with MANAGE_THREADS"; nor may
        // others "update properties like its title".
        if thread.locked {
            return Err(ApiError::thread_locked());
        }
        if changes.locked == Some(true) || slowmode {
            return Err(ApiError::missing_permissions());
        }
        let of_the_creator = changes.name.is_some()
            || changes.archived == Some(true)
            || changes.auto_archive.is_some()
            || changes.invitable.is_some();
        if of_the_creator && thread.owner_id != by {
            return Err(ApiError::missing_permissions());
        }
        if changes.archived == Some(false) && !self.can(by, thread_id, perm::SEND_MESSAGES_IN_THREADS) {
            return Err(ApiError::missing_permissions());
        }
        Ok(())
    }

    fn apply_thread_changes(&mut self, thread_id: u64, changes: &ThreadChanges) -> Result<(), ApiError> {
        let now = self.now_ms();
        let channel = self.channel_mut(thread_id)?;
        if let Some(name) = &changes.name {
            channel.name.clone_from(name);
        }
        channel.slowmode = changes.slowmode.unwrap_or(channel.slowmode);
        let Some(thread) = &mut channel.thread else {
            return Err(ApiError::wrong_channel_type());
        };
        // "archive_timestamp is changed when creating, archiving, or unarchiving a thread, and when changing the
        // auto_archive_duration field."
        if changes.archived.is_some() || changes.auto_archive.is_some() {
            thread.note_archiving(now);
        }
        thread.archived = changes.archived.unwrap_or(thread.archived);
        thread.locked = changes.locked.unwrap_or(thread.locked);
        thread.auto_archive = changes.auto_archive.unwrap_or(thread.auto_archive);
        thread.invitable = changes.invitable.unwrap_or(thread.invitable);
        Ok(())
    }

    /// A message arrives in an archived thread.
    pub(crate) fn unarchive_silently(&mut self, thread_id: u64) {
        let now = self.now_ms();
        if let Ok(thread) = self.thread_mut(thread_id)
            && thread.archived
        {
            thread.archived = false;
            thread.note_archiving(now);
            self.emit_thread("THREAD_UPDATE", thread_id, false);
            self.emit_own_membership(thread_id);
        }
    }

    /// Discord's inactivity timer.
    pub(crate) fn archive_by_timer(&mut self, thread_id: u64) {
        let now = self.now_ms();
        if let Ok(thread) = self.thread_mut(thread_id)
            && !thread.archived
        {
            thread.archived = true;
            thread.note_archiving(now);
            self.emit_thread("THREAD_UPDATE", thread_id, false);
        }
    }

    /// Runs that timer for every thread that has been silent for its time.
    pub(crate) fn archive_silent_threads(&mut self) {
        let now = self.now_ms();
        let is_silent = |channel: &&super::channel::Channel| {
            channel.is_active_thread()
                && channel.thread.as_ref().is_some_and(|thread| {
                    let last = channel.last_message_id.map_or(0, made_at_ms);
                    let since = last.max(thread.archive_ms);
                    now - since >= i64::try_from(thread.auto_archive).unwrap_or(i64::MAX / 60_000) * 60_000
                })
        };
        let silent: Vec<u64> = self.channels.values().filter(is_silent).map(|channel| channel.id).collect();
        for id in silent {
            self.archive_by_timer(id);
        }
    }

    pub(crate) fn delete_thread(&mut self, by: u64, thread_id: u64, reason: Option<&str>) -> Result<(), ApiError> {
        let channel = self.permitted_channel(by, thread_id, perm::MANAGE_THREADS)?;
        let (guild_id, parent_id, kind) = (channel.guild_id, channel.parent_id, channel.kind);
        self.check_two_factor(by, guild_id)?;
        self.emit_in_channel(thread_id, intent::GUILDS, "THREAD_DELETE", |_, _| {
            Some(json!({
                "id": thread_id.to_string(),
                "guild_id": guild_id.to_string(),
                "parent_id": parent_id.map(|id| id.to_string()),
                "type": kind,
            }))
        });
        self.erase_channel(thread_id);
        self.note_audit(guild_id, "thread_delete", by, thread_id, reason);
        Ok(())
    }
}
