//! The reconcile queue: each guild at most once, in the order of insertion.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::domain::ids::{ChannelId, GuildId, RoleId};

/// Facts that a guild's inboxes and tickets depend on and that its lists did not show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    pub channels: BTreeSet<ChannelId>,
    pub roles: BTreeSet<RoleId>,
    /// Threads of tickets that are not open are active: their owners may have returned.
    pub owners: bool,
    /// Nobody has told who left or changed roles: some may have claimed tickets.
    pub claimers: bool,
    /// The guild itself: the session began without it.
    pub guild: bool,
}

impl Missing {
    /// Only the owners are uncertain.
    pub const OWNERS: Self = Self::only(true, false);

    /// Only the guild itself is uncertain.
    pub const GUILD: Self = Self::only(false, true);

    const fn only(owners: bool, guild: bool) -> Self {
        Self { channels: BTreeSet::new(), roles: BTreeSet::new(), owners, claimers: false, guild }
    }

    fn add(&mut self, other: Self) {
        self.channels.extend(other.channels);
        self.roles.extend(other.roles);
        self.owners |= other.owners;
        self.claimers |= other.claimers;
        self.guild |= other.guild;
    }
}

#[derive(Debug, Default)]
pub struct ReconcileQueue {
    waiting: Mutex<Waiting>,
    added: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    order: VecDeque<GuildId>,
    /// `None`: there was no list to compare with yet.
    missing: HashMap<GuildId, Option<Missing>>,
    /// Failed attempts since.
    attempts: HashMap<GuildId, usize>,
}

impl ReconcileQueue {
    /// Merges uncertain facts; a comparison replaces none.
    pub fn add(&self, guild: GuildId, missing: Option<Missing>) {
        let mut waiting = self.lock();
        match (waiting.missing.get_mut(&guild), missing) {
            (None, missing) => {
                waiting.missing.insert(guild, missing);
                waiting.order.push_back(guild);
            }
            (Some(known), Some(newer)) => known.get_or_insert_default().add(newer),
            (Some(_), None) => {}
        }
        drop(waiting);
        self.added.notify_one();
    }

    /// Queues a guild again after this many failed attempts.
    pub fn add_again(&self, guild: GuildId, missing: Option<Missing>, attempts: usize) {
        self.lock().attempts.insert(guild, attempts);
        self.add(guild, missing);
    }

    /// Waits for the next guild; returns it with its failed attempts.
    pub async fn next(&self) -> (GuildId, Option<Missing>, usize) {
        loop {
            if let Some(next) = self.pop() {
                return next;
            }
            self.added.notified().await;
        }
    }

    fn pop(&self) -> Option<(GuildId, Option<Missing>, usize)> {
        let mut waiting = self.lock();
        let guild = waiting.order.pop_front()?;
        let missing = waiting.missing.remove(&guild).flatten();
        let attempts = waiting.attempts.remove(&guild).unwrap_or(0);
        Some((guild, missing, attempts))
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Each change is complete in one step.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_guild_that_is_named_twice_is_looked_over_once_for_everything_that_is_in_doubt() {
        let queue = ReconcileQueue::default();
        let seen = Missing { channels: [ChannelId::new(7)].into(), ..Missing::default() };
        queue.add(GuildId::new(2), None);
        queue.add(GuildId::new(1), Some(Missing::default()));
        queue.add(GuildId::new(2), Some(seen.clone()));
        queue.add(GuildId::new(2), None);
        queue.add(GuildId::new(2), Some(Missing::OWNERS));

        assert_eq!(queue.next().await, (GuildId::new(2), Some(Missing { owners: true, ..seen }), 0));
        assert_eq!(queue.next().await, (GuildId::new(1), Some(Missing::default()), 0));
        assert_eq!(queue.pop(), None);
    }
}
