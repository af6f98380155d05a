//! Where Discord recently refused something for a missing permission: to lock a thread of a channel, to show a guild's
//! audit log. The next ticket there costs one request less, and a refused request counts towards Discord's limit of
//! invalid requests. Kept briefly, in memory, so that a permission that is granted soon counts.
//!
//! Not stored: a forgotten refusal costs one request, while a stored one would need a write at each refusal and would
//! outlive the granting of the permission.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::clock::Timestamp;

const REMEMBERED: Duration = Duration::from_mins(10);

/// Upper bound for the places.
const MANY: usize = 10_000;

#[derive(Debug)]
pub struct Refusals<K: Copy + Eq + Hash>(Mutex<HashMap<K, Timestamp>>);

impl<K: Copy + Eq + Hash> Default for Refusals<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash> Refusals<K> {
    pub fn note(&self, place: K, now: Timestamp) {
        let mut refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.len() >= MANY {
            refused.retain(|_, at| is_recent(*at, now));
        }
        if refused.len() < MANY {
            refused.insert(place, now);
        }
    }

    pub fn is_refused(&self, place: K, now: Timestamp) -> bool {
        let refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        refused.get(&place).is_some_and(|at| is_recent(*at, now))
    }
}

/// Both times are from the local clock. One that was set back leaves `at` in the future.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    at <= now && now.since(at) < REMEMBERED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ChannelId;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    #[test]
    fn a_refusal_holds_for_its_place_and_for_ten_minutes() {
        let refusals = Refusals::default();
        refusals.note(ChannelId::new(1), NOW);

        assert!(refusals.is_refused(ChannelId::new(1), NOW + Duration::from_mins(9)));
        assert!(!refusals.is_refused(ChannelId::new(2), NOW));
        assert!(!refusals.is_refused(ChannelId::new(1), NOW + Duration::from_mins(10)));
        assert!(!refusals.is_refused(ChannelId::new(1), NOW - Duration::from_mins(1)), "the clock was set back");
    }

    #[test]
    fn however_many_channels_refuse_no_more_than_a_bound_are_remembered() {
        let refusals = Refusals::default();
        for channel in 1..=MANY as u64 + 1 {
            refusals.note(ChannelId::new(channel), NOW);
        }
        assert_eq!(refusals.0.lock().unwrap().len(), MANY);

        refusals.note(ChannelId::new(1), NOW + REMEMBERED);
        assert_eq!(refusals.0.lock().unwrap().len(), 1, "what is forgotten makes room");
    }
}
