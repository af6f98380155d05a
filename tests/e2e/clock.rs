//! The clocks of the bot's machine: they follow the simulator's time, unless a test sets them off.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use discord_sim::Sim;
use ticketbot::domain::clock::{Clock, Timestamp};

pub struct SimClock {
    sim: discord_sim::Clock,
    /// Milliseconds by which the calendar time is off.
    off: AtomicI64,
    /// The machine sleeps: its monotonic clock stands at this many milliseconds; 0: it is awake.
    asleep_at: AtomicI64,
    /// Milliseconds of sleep so far.
    slept: AtomicI64,
    /// How many of the next reads panic.
    panics: AtomicU32,
}

impl SimClock {
    pub fn of(sim: &Sim) -> Self {
        let zero = AtomicI64::default;
        Self { sim: sim.clock(), off: zero(), asleep_at: zero(), slept: zero(), panics: AtomicU32::default() }
    }

    pub fn set_off(&self, milliseconds: i64) {
        self.off.store(milliseconds, Ordering::Release);
    }

    pub fn panic_at_next(&self, reads: u32) {
        self.panics.store(reads, Ordering::Release);
    }

    /// The machine sleeps for this time, which the monotonic clock does not count.
    pub fn sleep(&self, time: Duration) {
        self.asleep_at.store(self.sim.now_ms() - self.slept.load(Ordering::Acquire), Ordering::Release);
        self.sim.advance(time);
        self.slept.fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::AcqRel);
        self.asleep_at.store(0, Ordering::Release);
    }
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.sim.now_ms() + self.off.load(Ordering::Acquire))
    }

    fn monotonic(&self) -> Duration {
        let panics = self.panics.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(1));
        assert!(panics.is_err(), "as the test has asked for");
        let now = match self.asleep_at.load(Ordering::Acquire) {
            0 => self.sim.now_ms() - self.slept.load(Ordering::Acquire),
            asleep_at => asleep_at,
        };
        Duration::from_millis(now.unsigned_abs())
    }
}
