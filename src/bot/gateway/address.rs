//! The gateway's address, the recommended number of shards, and how many sessions may still start.
//!
//! <https://discord.com/developers/docs/events/gateway#get-gateway-bot>

use std::time::Duration;

use serde::Deserialize;

use crate::discord::RestError;
use crate::discord::rest::{Rest, Route};

/// Discord's answer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Address {
    url: String,
    shards: u32,
    /// A substitute for Discord may omit it.
    session_start_limit: Option<StartLimit>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct StartLimit {
    remaining: u32,
    /// Milliseconds.
    reset_after: u64,
    #[serde(default)]
    max_concurrency: u32,
}

/// The longest wait before asking again about an exhausted limit.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

impl Address {
    pub(super) async fn ask(rest: &Rest) -> Result<Self, RestError> {
        rest.get(Route::GatewayBot).fetch().await
    }

    /// Without a version.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The recommended number, at least one.
    pub(super) fn shards(&self) -> u32 {
        self.shards.max(1)
    }

    /// How many shards may identify within 5 seconds, at least one.
    pub(super) fn max_concurrency(&self) -> u32 {
        self.session_start_limit.map_or(1, |limit| limit.max_concurrency).max(1)
    }

    /// Each shard's start uses up one of 1,000 a day; Discord resets the token of a bot that exceeds them (Discord:
    /// "Gateway", session start limit). `used`: starts since this response.
    pub(super) fn blocked_for(&self, used: u32) -> Option<Duration> {
        let limit = self.session_start_limit?;
        (limit.remaining <= used).then(|| Duration::from_millis(limit.reset_after).min(LONGEST_WAIT))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::*;

    pub(in super::super) fn address(limit: &Value) -> Address {
        let answer = json!({ "url": "wss://example.org", "shards": 3, "session_start_limit": limit });
        serde_json::from_value(answer).unwrap()
    }

    #[test]
    fn nobody_starts_more_sessions_than_discord_still_allows() {
        let blocked_for = |remaining: u32, used: u32| {
            address(&json!({ "remaining": remaining, "reset_after": 60_000 })).blocked_for(used)
        };

        assert_eq!(blocked_for(1, 0), None);
        assert_eq!(blocked_for(0, 0), Some(Duration::from_mins(1)));
        assert_eq!(blocked_for(3, 2), None);
        assert_eq!(blocked_for(3, 3), Some(Duration::from_mins(1)));
        assert_eq!(address(&json!(null)).blocked_for(1_000), None);
        let for_ever = address(&json!({ "remaining": 0, "reset_after": u64::MAX }));
        assert_eq!(for_ever.blocked_for(0), Some(LONGEST_WAIT));
    }

    #[test]
    fn one_shard_may_always_identify() {
        for limit in [json!(null), json!({ "remaining": 1, "reset_after": 1, "max_concurrency": 0 })] {
            assert_eq!(address(&limit).max_concurrency(), 1);
        }
    }
}
