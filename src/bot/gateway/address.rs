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
    /// What stands in for Discord may not know it.
    session_start_limit: Option<StartLimit>,
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
        let limit = self.session_start_limit.as_ref()?;
        (limit.remaining < self.shards()).then(|| Duration::from_millis(limit.reset_after).min(LONGEST_BLOCK))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn blocked_for(shards: u32, limit: &serde_json::Value) -> Option<Duration> {
        let answer = json!({ "url": "wss://example.org", "shards": shards, "session_start_limit": limit });
        serde_json::from_value::<Address>(answer).unwrap().blocked_for()
    }

    #[test]
    fn nobody_starts_more_sessions_than_discord_still_allows() {
        let left = |remaining: u32| json!({ "remaining": remaining, "reset_after": 60_000 });

        assert_eq!(blocked_for(1, &left(1)), None);
        assert_eq!(blocked_for(1, &left(0)), Some(Duration::from_mins(1)));
        assert_eq!(blocked_for(3, &left(2)), Some(Duration::from_mins(1)));
        assert_eq!(blocked_for(0, &left(0)), Some(Duration::from_mins(1)), "there is always one shard");
        assert_eq!(blocked_for(1, &json!(null)), None);
        assert_eq!(blocked_for(1, &json!({ "remaining": 0, "reset_after": u64::MAX })), Some(LONGEST_BLOCK));
    }
}
