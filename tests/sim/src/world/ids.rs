//! Snowflakes: unique, increasing, and carrying the virtual time they were made at.
//!
//! <https://discord.com/developers/docs/reference#snowflakes>

const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

#[derive(Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    pub(crate) fn next(&mut self, now_ms: i64) -> u64 {
        let of_now = u64::try_from(now_ms - DISCORD_EPOCH_MS).unwrap_or(0) << 22;
        self.last = of_now.max(self.last + 1);
        self.last
    }
}

/// When a snowflake was made, in milliseconds since 1970.
pub(crate) fn made_at_ms(id: u64) -> i64 {
    i64::try_from(id >> 22).unwrap_or(0) + DISCORD_EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::{Snowflakes, made_at_ms};

    #[test]
    fn ids_of_one_millisecond_differ_and_carry_their_time() {
        let mut ids = Snowflakes::default();
        let (first, second) = (ids.next(1_795_232_160_123), ids.next(1_795_232_160_123));
        assert!(second > first);
        assert_eq!(made_at_ms(second), 1_795_232_160_123);
    }
}
