//! What people do with threads.

use super::{Actor, NotPossible, OrFail};
use crate::handles::{Channel, Thread};
use crate::world::thread_edit::ThreadChanges;
use crate::world::threads::NewThread;

impl Actor {
    /// Starts a private thread of their own.
    #[track_caller]
    pub fn private_thread(&self, channel: &Channel, name: &str) -> Thread {
        self.try_private_thread(channel, name).or_fail()
    }

    pub fn try_private_thread(&self, channel: &Channel, name: &str) -> Result<Thread, NotPossible> {
        let what = "start a private thread";
        let new = NewThread::private(name);
        let id = self.act(what, |world, user| world.start_thread(user, channel.id, new, None))?;
        Ok(Thread { shared: self.shared.clone(), id })
    }

    #[track_caller]
    pub fn leave(&self, thread: &Thread) {
        self.try_leave(thread).or_fail();
    }

    pub fn try_leave(&self, thread: &Thread) -> Result<(), NotPossible> {
        self.act("leave the thread", |world, user| world.remove_from_thread(user, thread.id, user))
    }

    #[track_caller]
    pub fn join(&self, thread: &Thread) {
        self.try_join(thread).or_fail();
    }

    pub fn try_join(&self, thread: &Thread) -> Result<(), NotPossible> {
        self.act("join the thread", |world, user| world.add_to_thread(user, thread.id, user))
    }

    #[track_caller]
    pub fn add(&self, thread: &Thread, other: &Actor) {
        self.try_add(thread, other).or_fail();
    }

    pub fn try_add(&self, thread: &Thread, other: &Actor) -> Result<(), NotPossible> {
        self.act("add people to the thread", |world, user| world.add_to_thread(user, thread.id, other.id()))
    }

    #[track_caller]
    pub fn remove(&self, thread: &Thread, other: &Actor) {
        self.try_remove(thread, other).or_fail();
    }

    pub fn try_remove(&self, thread: &Thread, other: &Actor) -> Result<(), NotPossible> {
        self.act("remove people from the thread", |world, user| world.remove_from_thread(user, thread.id, other.id()))
    }

    #[track_caller]
    pub fn archive(&self, thread: &Thread) {
        self.try_archive(thread).or_fail();
    }

    pub fn try_archive(&self, thread: &Thread) -> Result<(), NotPossible> {
        let changes = ThreadChanges { archived: Some(true), ..ThreadChanges::default() };
        self.edit_thread("archive the thread", thread, &changes)
    }

    #[track_caller]
    pub fn unarchive(&self, thread: &Thread) {
        self.try_unarchive(thread).or_fail();
    }

    pub fn try_unarchive(&self, thread: &Thread) -> Result<(), NotPossible> {
        let changes = ThreadChanges { archived: Some(false), ..ThreadChanges::default() };
        self.edit_thread("un-archive the thread", thread, &changes)
    }

    #[track_caller]
    pub fn lock(&self, thread: &Thread) {
        self.try_lock(thread).or_fail();
    }

    pub fn try_lock(&self, thread: &Thread) -> Result<(), NotPossible> {
        let changes = ThreadChanges { locked: Some(true), ..ThreadChanges::default() };
        self.edit_thread("lock the thread", thread, &changes)
    }

    /// The client's "Close and lock": both in one request.
    #[track_caller]
    pub fn archive_and_lock(&self, thread: &Thread) {
        self.try_archive_and_lock(thread).or_fail();
    }

    pub fn try_archive_and_lock(&self, thread: &Thread) -> Result<(), NotPossible> {
        let changes = ThreadChanges { archived: Some(true), locked: Some(true), ..ThreadChanges::default() };
        self.edit_thread("close and lock the thread", thread, &changes)
    }

    #[track_caller]
    pub fn unlock(&self, thread: &Thread) {
        self.try_unlock(thread).or_fail();
    }

    pub fn try_unlock(&self, thread: &Thread) -> Result<(), NotPossible> {
        let changes = ThreadChanges { locked: Some(false), ..ThreadChanges::default() };
        self.edit_thread("unlock the thread", thread, &changes)
    }

    #[track_caller]
    pub fn rename(&self, thread: &Thread, name: &str) {
        self.try_rename(thread, name).or_fail();
    }

    pub fn try_rename(&self, thread: &Thread, name: &str) -> Result<(), NotPossible> {
        let changes = ThreadChanges { name: Some(name.to_owned()), ..ThreadChanges::default() };
        self.edit_thread("rename the thread", thread, &changes)
    }

    #[track_caller]
    pub fn delete_thread(&self, thread: &Thread) {
        self.try_delete_thread(thread).or_fail();
    }

    pub fn try_delete_thread(&self, thread: &Thread) -> Result<(), NotPossible> {
        self.act("delete the thread", |world, user| world.delete_thread(user, thread.id, None))
    }

    fn edit_thread(&self, what: &str, thread: &Thread, changes: &ThreadChanges) -> Result<(), NotPossible> {
        self.act(what, |world, user| world.edit_thread(user, thread.id, changes, None))
    }
}
