//! What a person may do, without doing it: what a client shows and hides.

use super::{Actor, NotPossible};
use crate::handles::{Channel, Message, Place, Reply, Thread};
use crate::http::error::ApiError;
use crate::permissions as perm;
use crate::sim::AuditEntry;
use crate::world::World;
use crate::world::interaction::kind;
use crate::world::thread_edit::ThreadChanges;

impl Actor {
    /// Whether they may write there. `Err` says why not.
    pub fn may_write(&self, place: &impl Place) -> Result<(), NotPossible> {
        self.may("write there", |world, user| world.check_may_write(user, place.place_id()))
    }

    /// Whether they may write there and attach files.
    pub fn may_attach(&self, place: &impl Place) -> bool {
        self.may_write(place).is_ok() && self.permissions_in(place) & perm::ATTACH_FILES != 0
    }

    pub fn may_archive(&self, thread: &Thread) -> bool {
        self.may_edit(thread, &ThreadChanges { archived: Some(true), ..ThreadChanges::default() })
    }

    pub fn may_unarchive(&self, thread: &Thread) -> bool {
        thread.is_archived()
            && self.may_edit(thread, &ThreadChanges { archived: Some(false), ..ThreadChanges::default() })
    }

    /// Locking and unlocking.
    pub fn may_lock(&self, thread: &Thread) -> bool {
        self.may_edit(thread, &ThreadChanges { locked: Some(!thread.is_locked()), ..ThreadChanges::default() })
    }

    pub fn may_rename(&self, thread: &Thread) -> bool {
        self.may_edit(thread, &ThreadChanges { name: Some("renamed".to_owned()), ..ThreadChanges::default() })
    }

    pub fn may_delete_thread(&self, thread: &Thread) -> bool {
        self.may("delete the thread", |world, user| {
            world.permitted_channel(user, thread.id, perm::MANAGE_THREADS).map(|_| ())
        })
        .is_ok()
    }

    pub fn may_delete_channel(&self, channel: &Channel) -> bool {
        self.may("delete the channel", |world, user| {
            world.permitted_channel(user, channel.id(), perm::MANAGE_CHANNELS).map(|_| ())
        })
        .is_ok()
    }

    /// Whether they may bring others into the thread.
    pub fn may_add_to(&self, thread: &Thread) -> bool {
        self.may("add people to the thread", |world, user| {
            let (_, data) = world.thread(thread.id)?;
            let closed = data.archived || data.locked && !world.moderates(user, thread.id);
            let writes = world.can(user, thread.id, perm::SEND_MESSAGES_IN_THREADS);
            let allowed = !closed && writes && world.may_add_to_thread(user, thread.id);
            if allowed {
                world.visible_channel(user, thread.id).map(|_| ())
            } else {
                Err(ApiError::missing_permissions())
            }
        })
        .is_ok()
    }

    /// Whether they may take others out of the thread.
    pub fn may_remove_from(&self, thread: &Thread) -> bool {
        self.may("remove people from the thread", |world, user| {
            world.visible_channel(user, thread.id)?;
            let (channel, data) = world.thread(thread.id)?;
            let own_private = channel.is_private_thread() && data.owner_id == user;
            let allowed = !data.archived && (own_private || world.moderates(user, thread.id));
            if allowed { Ok(()) } else { Err(ApiError::missing_permissions()) }
        })
        .is_ok()
    }

    /// Whether they may start a private thread of their own there.
    pub fn may_start_private_thread(&self, place: &impl Place) -> bool {
        self.permissions_in(place) & perm::CREATE_PRIVATE_THREADS != 0 && self.may_write(place).is_ok()
    }

    pub fn may_edit_message(&self, message: &Message) -> bool {
        self.sees_message(message) && message.author_id() == self.id() && self.may_write(&message.channel_id()).is_ok()
    }

    pub fn may_delete_message(&self, message: &Message) -> bool {
        self.may("delete that message", |world, user| {
            let stored = world.messages.get(&message.id).ok_or_else(ApiError::unknown_message)?;
            world.visible_channel(user, stored.channel_id)?;
            world.check_may_delete(user, stored)
        })
        .is_ok()
    }

    /// The guild's audit log, newest first, if they may view it.
    pub fn audit_log(&self) -> Result<Vec<AuditEntry>, NotPossible> {
        if self.base_permissions() & perm::VIEW_AUDIT_LOG == 0 {
            return self.refuse("may not view the audit log");
        }
        Ok(self.shared.read(|world| {
            let own = world.audit.iter().rev().filter(|entry| entry.guild_id == self.guild_id);
            own.map(AuditEntry::of).collect()
        }))
    }

    /// Their own interactions there, oldest first, without suggestions while typing.
    pub fn interactions(&self, place: &impl Place) -> Vec<Reply> {
        let id = place.place_id();
        let ids: Vec<u64> = self.shared.read(|world| {
            let own = world
                .interactions
                .values()
                .filter(|one| one.user_id == self.id() && one.channel_id == id && one.kind != kind::AUTOCOMPLETE);
            own.map(|one| one.id).collect()
        });
        ids.into_iter().map(|id| Reply::new(&self.shared, id)).collect()
    }

    fn may_edit(&self, thread: &Thread, changes: &ThreadChanges) -> bool {
        self.may("change the thread", |world, user| world.check_thread_changes(user, thread.id, changes)).is_ok()
    }

    fn may(&self, what: &str, check: impl FnOnce(&World, u64) -> Result<(), ApiError>) -> Result<(), NotPossible> {
        let result = self.shared.read(|world| {
            let is_member =
                world.guilds.get(&self.guild_id).is_some_and(|guild| guild.members.contains_key(&self.id()));
            if is_member { check(world, self.id()) } else { Err(ApiError::missing_access()) }
        });
        result
            .map_err(|error| NotPossible(format!("{} cannot {what}: {} ({})", self.name(), error.message, error.code)))
    }
}
