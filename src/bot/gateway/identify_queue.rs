//! When a shard may identify: one of each bucket every 5 seconds, within Discord's daily limit.
//!
//! It does not know other processes of the same bot; if they collide, Discord refuses the later one, which costs a
//! start and a few seconds.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time;

use super::address::Address;
use super::disconnect::Disconnect;
use crate::discord::RestError;
use crate::discord::rest::Rest;
use crate::domain::clock::Clock;
use crate::domain::shards::bucket_of;

/// Between two shards of one bucket (Discord: "Sharding", max concurrency), plus a margin for clock drift.
const IDENTIFY_INTERVAL: Duration = Duration::from_millis(5_050);

/// How often the clock is read while waiting.
const LOOK: Duration = Duration::from_millis(100);

/// How long shards that start together share one response.
const ADDRESS_VALID_FOR: Duration = Duration::from_mins(1);

/// When the last shard of a bucket identified.
type Last = Option<Duration>;

pub(super) struct IdentifyQueue {
    clock: Arc<dyn Clock>,
    /// Held during the request: waiting shards share its response.
    known: tokio::sync::Mutex<Option<Known>>,
    /// Each is held by the shard that identifies; the others queue.
    buckets: Mutex<HashMap<u32, Arc<tokio::sync::Mutex<Last>>>>,
}

struct Known {
    address: Address,
    asked_at: Duration,
    /// Starts since then.
    used: u32,
}

/// The right to identify one shard. Dropped when Discord has answered, or on failure.
pub(super) struct Turn {
    last: OwnedMutexGuard<Last>,
    clock: Arc<dyn Clock>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.last = Some(self.clock.monotonic());
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn").field("last", &*self.last).finish_non_exhaustive()
    }
}

impl IdentifyQueue {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, known: tokio::sync::Mutex::default(), buckets: Mutex::default() }
    }

    /// Discord's recommended number of shards.
    pub(super) async fn recommended(&self, rest: &Rest) -> Result<u32, RestError> {
        let mut known = self.known.lock().await;
        let address = Address::ask(rest).await?;
        let shards = address.shards();
        *known = Some(self.known_now(address));
        Ok(shards)
    }

    /// Waits for this shard's turn, and requests the address. `anew`: ignores a recent answer.
    pub(super) async fn turn(&self, shard: u32, rest: &Rest, anew: bool) -> Result<(Turn, Address), Disconnect> {
        let last = self.bucket(shard).await.lock_owned().await;
        self.wait_after(*last).await;
        let address = self.use_start(rest, anew).await?;
        Ok((Turn { last, clock: Arc::clone(&self.clock) }, address))
    }

    async fn bucket(&self, shard: u32) -> Arc<tokio::sync::Mutex<Last>> {
        let known = self.known.lock().await;
        let max_concurrency = known.as_ref().map_or(1, |known| known.address.max_concurrency());
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(buckets.entry(bucket_of(shard, max_concurrency)).or_default())
    }

    async fn wait_after(&self, last: Last) {
        let Some(last) = last else { return };
        loop {
            let left = IDENTIFY_INTERVAL.saturating_sub(self.clock.monotonic().saturating_sub(last));
            if left.is_zero() {
                return;
            }
            time::sleep(left.min(LOOK)).await;
        }
    }

    async fn use_start(&self, rest: &Rest, anew: bool) -> Result<Address, Disconnect> {
        let mut known = self.known.lock().await;
        let is_usable = |known: &Known| {
            let age = self.clock.monotonic().saturating_sub(known.asked_at);
            age < ADDRESS_VALID_FOR && known.address.blocked_for(known.used).is_none()
        };
        let mut current = match known.take().filter(|known| !anew && is_usable(known)) {
            Some(current) => current,
            None => self.known_now(Address::ask(rest).await.map_err(Disconnect::NoAddress)?),
        };
        let address = current.address.clone();
        let blocked = address.blocked_for(current.used);
        if blocked.is_none() {
            current.used += 1;
        }
        *known = Some(current);
        blocked.map_or(Ok(address), |wait| Err(Disconnect::NoStartsLeft(wait)))
    }

    fn known_now(&self, address: Address) -> Known {
        Known { address, asked_at: self.clock.monotonic(), used: 0 }
    }
}
