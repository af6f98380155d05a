//! Discord's time. People read an announced time by it, while the machine's clock may be wrong, be set, or jump.
//!
//! Discord tells it with each answer; from then on, the monotonic clock counts. A machine that sleeps stops that clock:
//! then its two clocks have moved apart, and Discord is asked again ([`DiscordTime::is_in_doubt`]).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::domain::clock::{Clock, Timestamp};

/// An answer that took longer says too little: it does not tell when during that time it was given.
const PROMPT: Duration = Duration::from_secs(5);

/// The machine's clocks move apart by less while its time is adjusted as usual.
const JUMP_MS: u64 = 30_000;

pub struct DiscordTime {
    clock: Arc<dyn Clock>,
    told: Mutex<Option<Told>>,
}

/// What Discord said last, and the machine's clocks at that moment.
#[derive(Clone, Copy)]
struct Told {
    at: Timestamp,
    monotonic: Duration,
    local: Timestamp,
}

impl DiscordTime {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, told: Mutex::default() }
    }

    /// The time, to about a second; the machine's as long as Discord has told nothing.
    pub fn now(&self) -> Timestamp {
        match self.told() {
            Some(told) => told.at + self.clock.monotonic().saturating_sub(told.monotonic),
            None => self.clock.now(),
        }
    }

    /// By the monotonic clock: for [`note`](Self::note).
    pub fn begin_request(&self) -> Duration {
        self.clock.monotonic()
    }

    /// Discord's answer to a request that began then has this time.
    pub fn note(&self, at: Timestamp, began: Duration) {
        let monotonic = self.clock.monotonic();
        if monotonic.saturating_sub(began) <= PROMPT {
            let told = Told { at, monotonic, local: self.clock.now() };
            *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
        }
    }

    /// The machine has slept, or its clock was set, since Discord told the time.
    pub fn is_in_doubt(&self) -> bool {
        self.told().is_some_and(|told| {
            let passed = told.local + self.clock.monotonic().saturating_sub(told.monotonic);
            self.clock.now().millis().abs_diff(passed.millis()) > JUMP_MS
        })
    }

    fn told(&self) -> Option<Told> {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for DiscordTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscordTime").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// Seconds of the two clocks.
    #[derive(Default)]
    struct Hands {
        local: AtomicI64,
        monotonic: AtomicI64,
    }

    impl Clock for Hands {
        fn now(&self) -> Timestamp {
            Timestamp::from_seconds(self.local.load(Ordering::Relaxed))
        }

        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.monotonic.load(Ordering::Relaxed).unsigned_abs())
        }
    }

    const NOON: Timestamp = Timestamp::from_seconds(1_700_000_000);

    fn told() -> (Arc<Hands>, DiscordTime) {
        let hands = Arc::new(Hands::default());
        let time = DiscordTime::new(Arc::clone(&hands) as Arc<dyn Clock>);
        time.note(NOON, time.begin_request());
        (hands, time)
    }

    fn pass(hands: &Hands, local: i64, monotonic: i64) {
        hands.local.fetch_add(local, Ordering::Relaxed);
        hands.monotonic.fetch_add(monotonic, Ordering::Relaxed);
    }

    #[test]
    fn it_goes_on_between_two_answers_whatever_the_machines_clock_does() {
        let (hands, time) = told();
        for jump in [0, 3 * 86_400, -5 * 3_600] {
            let before = time.now();
            pass(&hands, 60 + jump, 60);
            assert_eq!(time.now().since(before), Duration::from_mins(1), "{jump}");
        }
        let unknown = DiscordTime::new(Arc::clone(&hands) as Arc<dyn Clock>);
        assert_eq!((unknown.now(), unknown.is_in_doubt()), (hands.now(), false));
    }

    #[test]
    fn it_is_in_doubt_after_a_sleep_and_after_the_clock_was_set_until_discord_tells_it_again() {
        for (local, monotonic, in_doubt) in [(3_600, 3_600, false), (8 * 3_600, 0, true), (-3_600, 1, true)] {
            let (hands, time) = told();
            pass(&hands, local, monotonic);
            assert_eq!(time.is_in_doubt(), in_doubt, "{local}, {monotonic}");
            time.note(NOON, time.begin_request());
            assert!(!time.is_in_doubt());
        }
    }

    #[test]
    fn an_answer_that_took_long_tells_nothing() {
        let (hands, time) = told();
        let began = time.begin_request();
        pass(&hands, 60, 60);
        time.note(NOON, began);
        assert_eq!(time.now(), NOON + Duration::from_mins(1));
    }
}
