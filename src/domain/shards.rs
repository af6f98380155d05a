//! Assigns guilds to shards, and shards to processes.
//!
//! <https://discord.com/developers/docs/events/gateway#sharding>

use std::fmt;
use std::ops::RangeInclusive;

use super::ids::GuildId;

/// Discord starts at most `max_concurrency` shards every 5 seconds: more would take most of a day.
pub const MOST_SHARDS: u32 = 10_000;

/// A range of the bot's shards: those of one process, or a single one.
///
/// Code that iterates over stored guilds or tickets is limited to its share: the others belong to other running
/// processes, whose current work looks like leftovers of a crash from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardRange {
    total: u32,
    first: u32,
    last: u32,
}

impl ShardRange {
    /// Every guild.
    pub const ALL: Self = Self { total: 1, first: 0, last: 0 };

    /// All `total` shards, at least one.
    pub fn whole(total: u32) -> Self {
        let total = total.max(1);
        Self { total, first: 0, last: total - 1 }
    }

    /// `None` for shards that do not exist among `total`.
    pub fn new(total: u32, ids: RangeInclusive<u32>) -> Option<Self> {
        let (first, last) = ids.into_inner();
        (first <= last && last < total).then_some(Self { total, first, last })
    }

    /// The total number of shards.
    pub fn total(self) -> u32 {
        self.total
    }

    pub fn ids(self) -> RangeInclusive<u32> {
        self.first..=self.last
    }

    pub fn is_whole(self) -> bool {
        self.first == 0 && self.last == self.total - 1
    }

    /// Whether these shards receive the guild's events.
    pub fn has(self, guild: GuildId) -> bool {
        self.ids().contains(&shard_of(guild, self.total))
    }
}

/// As `0-3`, or `2` for a single one.
impl fmt::Display for ShardRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

/// The shard that receives this guild's events.
fn shard_of(guild: GuildId, total: u32) -> u32 {
    // Less than `total`.
    u32::try_from((guild.get() >> 22) % u64::from(total)).unwrap_or_default()
}

/// The identify bucket of a shard: shards of different buckets may identify concurrently (Discord: "Sharding", max
/// concurrency).
pub fn bucket_of(shard: u32, max_concurrency: u32) -> u32 {
    shard % max_concurrency.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_guild_belongs_to_the_shard_that_discords_formula_names() {
        // The example snowflake from Discord's reference.
        let guild = GuildId::new(175_928_847_299_117_063);
        for (total, shard) in [(1, 0), (2, 0), (3, 2), (7, 0), (16, 4)] {
            let with_it: Vec<u32> =
                (0..total).filter(|&id| ShardRange::new(total, id..=id).is_some_and(|one| one.has(guild))).collect();
            assert_eq!(with_it, [shard], "of {total}");
        }
    }

    #[test]
    fn only_shards_that_exist_make_a_share() {
        assert_eq!(ShardRange::new(4, 0..=3), Some(ShardRange::whole(4)));
        assert_eq!(ShardRange::new(1, 0..=0), Some(ShardRange::ALL));
        assert_eq!(ShardRange::whole(0), ShardRange::ALL);
        for (total, first, last) in [(4, 0, 4), (4, 3, 2), (0, 0, 0)] {
            assert_eq!(ShardRange::new(total, first..=last), None, "{first} to {last} of {total}");
        }
    }

    #[test]
    fn shards_of_one_bucket_have_the_same_rest() {
        let buckets = |max_concurrency| (0..6).map(|shard| bucket_of(shard, max_concurrency)).collect::<Vec<_>>();
        assert_eq!(buckets(1), [0; 6]);
        assert_eq!(buckets(4), [0, 1, 2, 3, 0, 1]);
        assert_eq!(buckets(0), [0; 6], "Discord always allows one");
    }

    proptest! {
        #[test]
        fn shares_that_meet_have_each_guild_once(guild in 1..u64::MAX, total in 2_u32..200, cut: prop::sample::Index) {
            let cut = u32::try_from(cut.index(total as usize - 1))?;
            let (low, high) = (ShardRange::new(total, 0..=cut).unwrap(), ShardRange::new(total, cut + 1..=total - 1).unwrap());
            prop_assert_ne!(low.has(GuildId::new(guild)), high.has(GuildId::new(guild)));
            prop_assert!(ShardRange::whole(total).has(GuildId::new(guild)));
        }
    }
}
