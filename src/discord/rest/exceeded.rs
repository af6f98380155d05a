//! Parses a 429: how long, and for which scope (Discord: "Rate Limits", exceeding a rate limit).

use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// A parsed 429.
pub(super) struct Exceeded {
    pub(super) wait: Option<Duration>,
    pub(super) scope: Scope,
}

/// The scope of a 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Bucket,
    /// The global rate limit.
    Everything,
    /// The network edge answered, not Discord: it blocks this address.
    Address,
}

impl Exceeded {
    pub(super) async fn read(response: Response) -> Self {
        let headers = response.headers();
        let waits = [seconds(headers, "retry-after"), seconds(headers, "x-ratelimit-reset-after")];
        let is_global = headers.contains_key("x-ratelimit-global");
        let body = response.bytes().await.unwrap_or_default();
        let body: Option<Value> = serde_json::from_slice(&body).ok();
        let said = body.as_ref().map(|body| (body["retry_after"].as_f64(), body["global"] == true));
        let exact = said.and_then(|(wait, _)| Duration::try_from_secs_f64(wait?).ok());
        let scope = match said {
            None => Scope::Address,
            Some((_, said_global)) if is_global || said_global => Scope::Everything,
            Some(_) => Scope::Bucket,
        };
        Self { wait: exact.into_iter().chain(waits.into_iter().flatten()).next(), scope }
    }
}

pub(super) fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let seconds: f64 = headers.get(name)?.to_str().ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
