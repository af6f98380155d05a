//! Where the gateway is, how many shards Discord recommends, and how many sessions it still allows.
//!
//! <https://discord.com/developers/docs/events/gateway#get-gateway-bot>

use std::time::Duration;

use serde::Deserialize;

use crate::discord::Fault;
use crate::discord::rest::{Rest, Route};

/// Discord's answer.
#[derive(Debug, Deserialize)]
pub(super) struct Address {
    url: String,
    shards: u32,
    session_start_limit: StartLimit,
}

#[derive(Debug, Deserialize)]
struct StartLimit {
    remaining: u32,
    /// Milliseconds.
    reset_after: u64,
}

/// A limit that is said to last longer is asked about again after this.
const LONGEST_BLOCK: Duration = Duration::from_hours(1);

impl Address {
    pub(super) async fn ask(rest: &Rest) -> Result<Self, Fault> {
        rest.get(Route::GatewayBot).fetch().await
    }

    /// Without the version, which serenity adds.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// At least one.
    pub(super) fn shards(&self) -> u32 {
        self.shards.max(1)
    }

    /// Each shard's start uses up one of 1,000 a day; who goes on after the last one has their token reset (Discord:
    /// "Gateway", session start limit).
    pub(super) fn blocked_for(&self) -> Option<Duration> {
        let limit = &self.session_start_limit;
        (limit.remaining < self.shards()).then(|| Duration::from_millis(limit.reset_after).min(LONGEST_BLOCK))
    }
}
