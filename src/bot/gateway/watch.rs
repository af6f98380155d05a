//! Notices a shard of which nothing is heard, although its thread runs: a connection that is never answered, a session
//! that never begins, a task that has died.
//!
//! serenity tells its manager when a shard changes its stage, and the latency at each heartbeat that is acknowledged. A
//! latency is measured in nanoseconds: one that stays the same was not measured again.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ConnectionStage, ShardId, ShardManager};

/// What is known of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pulse {
    connected: bool,
    latency: Option<Duration>,
}

/// Looks without change after which a shard that is not connected counts as silent, at two looks a second: 30 s.
const CONNECTING: u32 = 60;

/// The same for a connected one: 150 s. Discord asks for a heartbeat about every 41 s.
const CONNECTED: u32 = 300;

#[derive(Debug, Default)]
pub(super) struct Watch {
    /// `None` while the shard is not started.
    before: Option<Pulse>,
    /// Looks since the last change.
    still: u32,
}

impl Watch {
    /// To be called twice a second. True when the shard is silent.
    pub(super) fn look(&mut self, now: Option<Pulse>) -> bool {
        self.still = if now == self.before { self.still + 1 } else { 0 };
        self.before = now;
        let patience = if now.is_some_and(|pulse| pulse.connected) { CONNECTED } else { CONNECTING };
        self.still >= patience
    }
}

/// What the manager knows.
pub(super) async fn pulse(manager: &ShardManager, shard: u32) -> Option<Pulse> {
    let runners = manager.runners.lock().await;
    runners
        .get(&ShardId(shard))
        .map(|info| Pulse { connected: info.stage == ConnectionStage::Connected, latency: info.latency })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITING: Pulse = Pulse { connected: false, latency: None };

    fn heard(nanoseconds: u64) -> Pulse {
        Pulse { connected: true, latency: Some(Duration::from_nanos(nanoseconds)) }
    }

    /// The number of looks after which the watch calls a shard silent.
    fn patience(watch: &mut Watch, shard: Option<Pulse>) -> u32 {
        (0..1_000).find(|_| watch.look(shard)).unwrap()
    }

    #[test]
    fn a_shard_that_never_connects_is_silent_after_half_a_minute() {
        for shard in [None, Some(WAITING)] {
            let looks = patience(&mut Watch::default(), shard);
            assert!((59..=60).contains(&looks), "{looks}");
        }
    }

    #[test]
    fn a_connected_shard_is_silent_when_no_heartbeat_is_acknowledged_any_more() {
        let mut watch = Watch::default();
        for beat in 0..1_000 {
            assert!(!watch.look(Some(heard(beat / 100))));
        }

        assert!((299..=300).contains(&patience(&mut watch, Some(heard(9))).saturating_add(99)));
    }
}
