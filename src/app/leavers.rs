//! Members who left a guild recently: one may leave while their ticket is reserved, before it can be found by its
//! owner. An entry only makes the bot ask Discord. Kept briefly, in memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, UserId};

/// Longer than opening a ticket takes, even when Discord is slow.
const REMEMBERED: Duration = Duration::from_mins(15);

/// Upper bound: a raided or pruned server loses thousands of members at once.
const MANY: usize = 10_000;

/// A click may have waited this long before it was handled.
const MAY_HAVE_WAITED: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub struct Leavers(Mutex<VecDeque<(Timestamp, GuildId, UserId)>>);

impl Leavers {
    pub fn note(&self, guild: GuildId, user: UserId, at: Timestamp) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while left.len() >= MANY || left.front().is_some_and(|(then, ..)| at.since(*then) > REMEMBERED) {
            left.pop_front();
        }
        left.push_back((at, guild, user));
    }

    /// Whether the member may have left since that moment. Both times are from the local clock.
    pub fn may_have_left_since(&self, guild: GuildId, user: UserId, moment: Timestamp) -> bool {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.iter().any(|&(at, from, who)| (from, who) == (guild, user) && at + MAY_HAVE_WAITED >= moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    #[test]
    fn who_left_is_remembered_for_that_guild_and_for_a_while() {
        let (here, there, anna) = (GuildId::new(1), GuildId::new(2), UserId::new(3));
        let leavers = Leavers::default();
        leavers.note(here, anna, NOW);

        assert!(leavers.may_have_left_since(here, anna, NOW - Duration::from_secs(30)));
        assert!(!leavers.may_have_left_since(there, anna, NOW - Duration::from_secs(30)));
        assert!(!leavers.may_have_left_since(here, anna, NOW + Duration::from_mins(1)), "they came back before that");

        leavers.note(there, anna, NOW + Duration::from_hours(1));
        assert!(!leavers.may_have_left_since(here, anna, NOW - Duration::from_secs(30)));
    }

    #[test]
    fn however_many_leave_no_more_than_a_bound_are_remembered() {
        let leavers = Leavers::default();
        for user in 0..=MANY as u64 {
            leavers.note(GuildId::new(1), UserId::new(user), NOW);
        }
        assert_eq!(leavers.0.lock().unwrap().len(), MANY);
    }
}
