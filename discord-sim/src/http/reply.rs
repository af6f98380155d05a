//! A reply on the wire: status, JSON, rate limit headers.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::error::ApiError;
use super::rate_limit::Standing;
use crate::clock::http_date;

pub(crate) struct Reply {
    status: u16,
    json: Option<Value>,
    bytes: Vec<u8>,
    headers: Vec<(&'static str, String)>,
}

/// No reply: the connection has been cut.
pub(crate) fn nothing() -> Response {
    Response::new(Body::empty())
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self { status, json: Some(body), bytes: Vec::new(), headers }
    }

    pub(crate) fn empty() -> Self {
        Self { status: 204, json: None, bytes: Vec::new(), headers: Vec::new() }
    }

    pub(crate) fn bytes(kind: Option<String>, bytes: &[u8]) -> Self {
        let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
        Self { status: 200, json: None, bytes: bytes.to_vec(), headers: vec![("content-type", kind)] }
    }

    /// A reply of the network's edge in Discord's place.
    pub(crate) fn page(status: u16, retry_after: Option<u64>) -> Self {
        let bytes = format!("<!DOCTYPE html><title>{status}</title><h1>Error 1015</h1>").into_bytes();
        let mut reply = Self { status, ..Self::bytes(Some("text/html".to_owned()), &bytes) };
        if let Some(seconds) = retry_after {
            reply.header("retry-after", seconds.to_string());
        }
        reply
    }

    pub(crate) fn error(error: &ApiError) -> Self {
        Self::json(error.status, error.body())
    }

    /// <https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit>
    pub(crate) fn rate_limited(retry_after_ms: i64, global: bool) -> Self {
        let seconds = seconds(retry_after_ms);
        let mut reply = Self::json(
            429,
            json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": global }),
        );
        reply.header("retry-after", format!("{}", (retry_after_ms + 999) / 1000));
        reply.header("x-ratelimit-reset-after", format!("{seconds:.3}"));
        reply.header("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned());
        if global {
            reply.header("x-ratelimit-global", "true".to_owned());
        }
        reply
    }

    /// Adds the headers of the request's bucket.
    pub(crate) fn standing(mut self, standing: Option<Standing>, now_ms: i64) -> Self {
        let Some(standing) = standing else {
            return self;
        };
        let reset_after = (standing.resets_ms - now_ms).max(0);
        self.header("x-ratelimit-limit", standing.limit.to_string());
        self.header("x-ratelimit-remaining", standing.remaining.to_string());
        self.header("x-ratelimit-reset", format!("{:.3}", seconds(standing.resets_ms)));
        self.header("x-ratelimit-bucket", standing.bucket);
        if self.status != 429 {
            self.header("x-ratelimit-reset-after", format!("{:.3}", seconds(reset_after)));
        }
        self
    }

    /// With the time of the answer, as every web server says it.
    pub(crate) fn dated(mut self, now_ms: i64) -> Self {
        self.header("date", http_date(now_ms));
        self
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn error_code(&self) -> Option<u64> {
        let json = self.json.as_ref().filter(|_| self.status >= 400)?;
        json["code"].as_u64()
    }

    /// The body, for the transcript.
    pub(crate) fn text(&self) -> String {
        match &self.json {
            Some(json) => json.to_string(),
            None => format!("({} bytes)", self.bytes.len()),
        }
    }

    pub(crate) fn into_response(self) -> Response {
        let body = match self.json {
            Some(json) => Body::from(json.to_string()),
            None => Body::from(self.bytes),
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::IM_A_TEAPOT);
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
        response
    }

    fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century fit a float exactly")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}
