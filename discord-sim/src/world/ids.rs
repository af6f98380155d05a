//! Snowflakes: unique, increasing, and with the virtual time of their creation.
//!
//! <https://discord.com/developers/docs/reference#snowflakes>

const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    pub(crate) fn next(&mut self, now_ms: i64) -> u64 {
        let of_now = u64::try_from(now_ms - DISCORD_EPOCH_MS).unwrap_or(0) << 22;
        self.last = of_now.max(self.last + 1);
        self.last
    }

    /// The next one that belongs to the shard `[number, total]`.
    pub(crate) fn next_on(&mut self, now_ms: i64, [number, total]: [u64; 2]) -> u64 {
        let mut id = self.next(now_ms);
        while shard_of(id, total) != number {
            id = ((id >> 22) + 1) << 22;
        }
        self.last = id;
        id
    }
}

/// <https://discord.com/developers/docs/events/gateway#sharding>
pub(crate) fn shard_of(guild_id: u64, total: u64) -> u64 {
    (guild_id >> 22) % total
}

/// A snowflake's creation, in milliseconds since 1970.
pub(crate) fn made_at_ms(id: u64) -> i64 {
    i64::try_from(id >> 22).unwrap_or(0) + DISCORD_EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::{Snowflakes, made_at_ms, shard_of};

    #[test]
    fn ids_of_one_millisecond_differ_and_carry_their_time() {
        let mut ids = Snowflakes::default();
        let (first, second) = (ids.next(1_795_232_160_123), ids.next(1_795_232_160_123));
        assert!(second > first);
        assert_eq!(made_at_ms(second), 1_795_232_160_123);
    }

    #[test]
    fn an_id_can_be_made_for_a_shard_and_stays_unique() {
        let mut ids = Snowflakes::default();
        for number in [2, 0, 0, 1] {
            let before = ids.next(1_795_232_160_123);
            let id = ids.next_on(1_795_232_160_123, [number, 3]);
            assert!(id > before && shard_of(id, 3) == number);
        }
    }
}
