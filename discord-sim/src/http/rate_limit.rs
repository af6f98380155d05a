//! Rate limit buckets. Headers are always sent; 429s only if a test enables enforcement.
//!
//! The figures are plausible, not Discord's: it publishes none but the global 50 per second and asks clients to read
//! the headers. <https://discord.com/developers/docs/topics/rate-limits>

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::call::Route;

/// At most `count` requests in `window_ms`, per top-level resource. `count` 0: no bucket.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) count: u32,
    pub(crate) window_ms: i64,
    /// Whether it counts for the global limit. "Interaction endpoints are not bound to the bot's Global Rate Limit."
    pub(crate) global: bool,
}

pub(crate) const USUAL: Limit = per(10, 10_000);
pub(crate) const UNLIMITED: Limit = Limit { count: 0, window_ms: 0, global: false };
pub(crate) const WEBHOOK: Limit = Limit { count: 5, window_ms: 2_000, global: false };

pub(crate) const fn per(count: u32, window_ms: i64) -> Limit {
    Limit { count, window_ms, global: true }
}

const GLOBAL_PER_SECOND: usize = 50;

#[derive(Default)]
pub(crate) struct RateLimits {
    pub(crate) enforced: bool,
    /// Whether headers are left out.
    pub(crate) silent: bool,
    buckets: HashMap<u64, Bucket>,
    recent: Vec<i64>,
}

#[derive(Clone, Copy)]
struct Bucket {
    used: u32,
    resets_ms: i64,
}

/// A request's rate limit headers.
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) resets_ms: i64,
    pub(crate) bucket: String,
}

/// A request refused with 429.
pub(crate) struct Exceeded {
    pub(crate) retry_after_ms: i64,
    pub(crate) global: bool,
}

impl RateLimits {
    /// Counts a request and returns its bucket's state, or that it is too many.
    pub(crate) fn take(&mut self, route: &Route, path: &str, now_ms: i64) -> (Option<Standing>, Option<Exceeded>) {
        let limit = route.limit;
        let global = self.take_global(limit, now_ms);
        if limit.count == 0 || self.silent {
            return (None, global);
        }
        let name = hash(&(route.method, route.template));
        let key = hash(&(name, top_level_resource(path)));
        let enforced = self.enforced;
        let bucket = self.buckets.entry(key).or_insert(Bucket { used: 0, resets_ms: 0 });
        if bucket.resets_ms <= now_ms || !enforced {
            *bucket = Bucket { used: 0, resets_ms: now_ms + limit.window_ms };
        }
        let exceeded = bucket.used >= limit.count;
        if !exceeded && global.is_none() {
            bucket.used += 1;
        }
        let standing = Standing {
            limit: limit.count,
            remaining: limit.count - bucket.used,
            resets_ms: bucket.resets_ms,
            bucket: format!("{name:016x}"),
        };
        let refused = exceeded.then_some(Exceeded { retry_after_ms: bucket.resets_ms - now_ms, global: false });
        (Some(standing), global.or(refused))
    }

    fn take_global(&mut self, limit: Limit, now_ms: i64) -> Option<Exceeded> {
        if !self.enforced || !limit.global {
            return None;
        }
        self.recent.retain(|at| now_ms - at < 1_000);
        if self.recent.len() < GLOBAL_PER_SECOND {
            self.recent.push(now_ms);
            return None;
        }
        let retry_after_ms = self.recent[0] + 1_000 - now_ms;
        Some(Exceeded { retry_after_ms, global: true })
    }
}

/// "Top-level resources are currently limited to channels, guilds, and webhooks (`webhook_id` + `webhook_token`)."
fn top_level_resource(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).take(3).collect();
    let kept = match parts.first() {
        Some(&"channels" | &"guilds") => 2,
        Some(&"webhooks") => 3,
        _ => 0,
    };
    parts[..kept.min(parts.len())].join("/")
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
