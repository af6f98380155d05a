//! What a 429 says: for how long, and about what (Discord: "Rate Limits", exceeding a rate limit).

use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// What a 429 says.
pub(super) struct Exceeded {
    pub(super) wait: Option<Duration>,
    pub(super) scope: Scope,
}

/// What it is said about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Bucket,
    /// The limit of all requests together.
    Everything,
    /// The network's edge has answered and not Discord: it lets nothing from this address through.
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
