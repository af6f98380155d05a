//! Exponential backoff with jitter.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// The first wait's upper bound.
const FIRST: Duration = Duration::from_millis(500);

/// The longest wait.
const LONGEST: Duration = Duration::from_mins(1);

/// From 0 up to 1.
pub(super) fn random() -> f64 {
    // A hasher with fresh keys is random enough, without another dependency.
    let random = RandomState::new().hash_one(0_u8);
    f64::from((random & 0xFFFF) as u16) / 65_536.0
}

#[derive(Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Between half of the full wait and all of it: bots that lost Discord together must not return together.
    pub(super) fn next(&mut self) -> Duration {
        self.next_with(random())
    }

    /// `random` from 0 to 1.
    fn next_with(&mut self, random: f64) -> Duration {
        let full = FIRST.saturating_mul(1 << self.tries.min(16)).min(LONGEST);
        self.tries = self.tries.saturating_add(1);
        full / 2 + (full / 2).mul_f64(random)
    }

    pub(super) fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_begin_anew() {
        let mut waits = Backoff::default();
        let all: Vec<_> = (0..40).map(|_| waits.next_with(0.0).as_millis()).collect();
        assert_eq!(all[..9], [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert!(all[9..].iter().all(|wait| *wait == 30_000));

        waits.reset();

        assert_eq!(waits.next_with(0.999).as_millis(), 499);
        for _ in 0..100 {
            assert!(waits.next() <= LONGEST);
        }
    }
}
