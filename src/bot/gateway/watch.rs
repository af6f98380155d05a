//! Notices a shard of which nothing is heard, although its thread runs: a connection that is never answered, a session
//! that never begins, a task that has died.
//!
//! serenity tells its manager when a shard changes its stage, and the latency at each heartbeat that is acknowledged. A
//! latency is measured in nanoseconds: one that stays the same was not measured again.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ConnectionStage, ShardManager};

/// What is known of one shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pulse {
    connected: bool,
    latency: Option<Duration>,
}

/// Looks without change after which a shard that is not connected counts as silent, at two looks a second: 30 s. serenity
/// pauses for 5 s before it identifies anew, twice at most.
const CONNECTING: u32 = 60;

/// The same for a connected one: 150 s. Discord asks for a heartbeat about every 41 s.
const CONNECTED: u32 = 300;

#[derive(Debug)]
pub(super) struct Watch {
    shards: u32,
    before: HashMap<u32, Pulse>,
    /// Looks since the last change.
    still: HashMap<u32, u32>,
}

impl Watch {
    pub(super) fn over(shards: u32) -> Self {
        Self { shards, before: HashMap::new(), still: HashMap::new() }
    }

    /// To be called twice a second. True when a shard is silent.
    pub(super) fn look(&mut self, now: HashMap<u32, Pulse>) -> bool {
        let changed: HashSet<u32> = (0..self.shards).filter(|shard| now.get(shard) != self.before.get(shard)).collect();
        let mut silent = false;
        for shard in 0..self.shards {
            let pulse = now.get(&shard);
            // Shards start one after another: who is not there yet waits for those who are.
            let moved = changed.contains(&shard) || pulse.is_none() && !changed.is_empty();
            let still = self.still.entry(shard).or_default();
            *still = if moved { 0 } else { *still + 1 };
            let patience = if pulse.is_some_and(|pulse| pulse.connected) { CONNECTED } else { CONNECTING };
            silent |= *still >= patience;
        }
        self.before = now;
        silent
    }
}

/// What the manager knows.
pub(super) async fn pulses(manager: &ShardManager) -> HashMap<u32, Pulse> {
    let runners = manager.runners.lock().await;
    let pulse = |info: &serenity::ShardRunnerInfo| Pulse {
        connected: info.stage == ConnectionStage::Connected,
        latency: info.latency,
    };
    runners.iter().map(|(shard, info)| (shard.0, pulse(info))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITING: Pulse = Pulse { connected: false, latency: None };

    fn heard(nanoseconds: u64) -> Pulse {
        Pulse { connected: true, latency: Some(Duration::from_nanos(nanoseconds)) }
    }

    /// The number of looks after which the watch calls a shard silent.
    fn patience(watch: &mut Watch, shards: &[(u32, Pulse)]) -> u32 {
        (0..1_000).find(|_| watch.look(shards.iter().copied().collect())).unwrap()
    }

    #[test]
    fn a_shard_that_never_connects_is_silent_after_half_a_minute() {
        for shards in [&[][..], &[(0, WAITING)]] {
            let looks = patience(&mut Watch::over(1), shards);
            assert!((59..=60).contains(&looks), "{looks}");
        }
    }

    #[test]
    fn a_connected_shard_is_silent_when_no_heartbeat_is_acknowledged_any_more() {
        let mut watch = Watch::over(1);
        for beat in 0..1_000 {
            assert!(!watch.look(HashMap::from([(0, heard(beat / 100))])));
        }

        assert!((299..=300).contains(&patience(&mut watch, &[(0, heard(9))]).saturating_add(99)));
    }

    #[test]
    fn shards_that_wait_for_their_turn_are_not_silent_but_one_of_many_can_be() {
        let mut watch = Watch::over(100);
        let mut started = HashMap::new();
        for shard in 0..100 {
            for beat in 0..10 {
                started.extend((0..=shard).map(|shard| (shard, heard(u64::from(shard) + beat))));
                assert!(!watch.look(started.clone()), "shard {shard}");
            }
        }
        started.insert(7, WAITING);

        assert!((59..=60).contains(&patience(&mut watch, &started.into_iter().collect::<Vec<_>>())));
    }
}
