//! The bot's own client of Discord's HTTP API. It is our own because a request's cost, its retries and the meaning of
//! its failure decide whether a ticket is lost.
//!
//! serenity's client is not used: its rate limiter drops a proxy's address and keeps every channel forever, and its
//! errors print URLs, some of which hold tokens. Here every failure is a [`RestError`].

mod global_limit;
mod rate_limit;
mod route;
mod upload;

pub use route::Route;
pub use upload::{File, Spooled};

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use global_limit::Priority;
use rate_limit::{LONGEST_WAIT, RateLimits, Verdict};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Method, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time;

use super::attachments::Downloader;
use super::rest_error::RestError;
use crate::app::DiscordTime;
use crate::config::Token;
use crate::domain::clock::Timestamp;
use crate::domain::ids::ThreadId;

/// Discord requires the program's address and version (Discord: "Reference", User Agent).
const AGENT: &str = concat!("DiscordBot (https://github.com/ticketbot/ticketbot, ", env!("CARGO_PKG_VERSION"), ")");

/// Discord's own address; another one is that of a substitute, which has its own files.
const DISCORD: &str = "https://discord.com";

/// The time-out of a request, and the least of one with files.
const TIMEOUT: Duration = Duration::from_secs(15);
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(1);

/// The bytes of files that even a slow connection sends in a second.
const SLOWEST_UPLOAD: u64 = 200_000;

/// The patience of a request whose limit a person is told at once: a usual window.
const MOMENT: Duration = Duration::from_secs(2);

/// The least a 429 counts towards the total wait of a request.
const SHORTEST_WAIT: Duration = Duration::from_millis(500);

/// The waits before each retry of a repeatable request.
const WAITS: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(1)];

/// Discord's HTTP API, version 10.
#[derive(Debug)]
pub struct Rest {
    client: reqwest::Client,
    /// Without a trailing slash.
    base: String,
    limits: RateLimits,
    /// Told with each answer.
    time: Arc<DiscordTime>,
    /// For files, which are elsewhere.
    pub downloader: Downloader,
}

/// A request, not sent yet.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'a> {
    rest: &'a Rest,
    method: Method,
    route: Route<'a>,
    body: Option<Value>,
    files: Vec<File>,
    reason: Option<&'a str>,
    repeatable: bool,
    priority: Priority,
    /// The longest wait for Discord's rate limit.
    patience: Duration,
}

impl Rest {
    /// `base`: scheme, host and port of Discord or a substitute.
    pub fn new(base: &str, token: &Token, time: Arc<DiscordTime>) -> Result<Self, RestError> {
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {}", token.expose())).map_err(|_| RestError::Broken("token"))?;
        authorization.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        let is_custom = base.trim_end_matches('/') != DISCORD;
        let client =
            reqwest::Client::builder().default_headers(headers).timeout(TIMEOUT).redirect(Policy::none()).build();
        Ok(Self {
            client: client.map_err(|_| RestError::Broken("client"))?,
            base: format!("{}/api/v10", base.trim_end_matches('/')),
            limits: RateLimits::default(),
            time,
            downloader: Downloader::new(is_custom.then_some(base)).map_err(|_| RestError::Broken("client"))?,
        })
    }

    pub fn get<'a>(&'a self, route: Route<'a>) -> Request<'a> {
        self.request(Method::GET, route)
    }

    /// A POST is not retried by default: it is not idempotent.
    pub fn post<'a>(&'a self, route: Route<'a>) -> Request<'a> {
        self.request(Method::POST, route)
    }

    pub fn put<'a>(&'a self, route: Route<'a>) -> Request<'a> {
        self.request(Method::PUT, route)
    }

    pub fn patch<'a>(&'a self, route: Route<'a>) -> Request<'a> {
        self.request(Method::PATCH, route)
    }

    pub fn delete<'a>(&'a self, route: Route<'a>) -> Request<'a> {
        self.request(Method::DELETE, route)
    }

    /// A ticket's thread was created: requests in it go before new tickets.
    pub fn note_begun(&self, thread: ThreadId) {
        self.limits.note_begun(thread.get());
    }

    fn request<'a>(&'a self, method: Method, route: Route<'a>) -> Request<'a> {
        let repeatable = method != Method::POST;
        Request {
            rest: self,
            method,
            route,
            body: None,
            files: Vec::new(),
            reason: None,
            repeatable,
            priority: Priority::Usual,
            patience: LONGEST_WAIT,
        }
    }
}

impl<'a> Request<'a> {
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_value(body).ok();
        self
    }

    /// Uploads files with the message in the body, in this order. An edit removes all others from the message.
    pub fn files(self, files: Vec<File>) -> Self {
        self.files_beside(&[], files)
    }

    /// The same in an edit that keeps those attachments of the message.
    pub fn files_beside(mut self, kept: &[u64], files: Vec<File>) -> Self {
        if let Some(Value::Object(message)) = &mut self.body {
            message.insert("attachments".to_owned(), upload::listed(kept, &files));
        }
        self.files = files;
        self
    }

    /// The same for a first answer to an interaction, whose message is nested in the body.
    pub fn files_of_answer(mut self, files: Vec<File>) -> Self {
        if let Some(Value::Object(message)) = self.body.as_mut().and_then(|body| body.get_mut("data")) {
            message.insert("attachments".to_owned(), upload::listed(&[], &files));
        }
        self.files = files;
        self
    }

    /// The guild's audit log entry (at most 512 characters, Discord: "Audit Log").
    pub fn reason(mut self, reason: &'a str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Creates a ticket's thread.
    pub fn begins_ticket(mut self) -> Self {
        self.priority = Priority::Begins;
        self
    }

    /// Belongs to a ticket that has begun; goes before new tickets.
    pub fn follows_in(mut self, thread: ThreadId) -> Self {
        self.priority = Priority::Follows(thread.get());
        self
    }

    /// The same, as the last request.
    pub fn ends_in(mut self, thread: ThreadId) -> Self {
        self.priority = Priority::Ends(thread.get());
        self
    }

    /// Fails at once with the remaining time, where Discord's rate limit lasts longer than a moment.
    pub fn impatient(mut self) -> Self {
        self.patience = MOMENT;
        self
    }

    /// Sends the request; ignores the response's body.
    pub async fn send(self) -> Result<(), RestError> {
        self.exchange().await.map(|_| ())
    }

    /// Sends the request and parses the body.
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T, RestError> {
        let bytes = self.exchange().await?;
        serde_json::from_slice(&bytes).map_err(|_| RestError::Uncertain("unreadable answer".to_owned()))
    }

    /// The response's body. Boxed: this future is large, and nearly every other one contains it.
    fn exchange(self) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, RestError>> + Send + 'a>> {
        Box::pin(async move {
            let mut waits = WAITS.into_iter();
            loop {
                let fault = match self.answer_in_turn().await {
                    Ok(body) => return Ok(body),
                    Err(fault) => fault,
                };
                let safe = self.repeatable && fault.may_have_acted() || matches!(fault, RestError::NotSent(_));
                match waits.next() {
                    Some(wait) if safe => time::sleep(wait).await,
                    _ => return Err(fault),
                }
            }
        })
    }

    /// Waits for its turn, and for another one after a 429: for its patience in all.
    async fn answer_in_turn(&self) -> Result<Vec<u8>, RestError> {
        let key = self.route.bucket(&self.method);
        let limits = &self.rest.limits;
        let (mut waited, mut usual_wait) = (Duration::ZERO, Duration::from_secs(1));
        loop {
            limits.wait_turn(&key, self.priority, self.patience).await?;
            let began = self.rest.time.begin_request();
            let response = self.transmit().await?;
            if let Some(at) = date(response.headers()) {
                self.rest.time.note(at, began);
            }
            match limits.note(&key, response, usual_wait).await {
                Verdict::Answered(response) if response.status().is_success() => {
                    let body = response.bytes().await.map_err(|error| RestError::from_transfer(&error))?;
                    return Ok(body.into());
                }
                Verdict::Answered(response) => return Err(RestError::from_response(response).await),
                Verdict::TooEarly(wait) => {
                    // A zero wait counts, too: retries always end.
                    waited += wait.max(SHORTEST_WAIT);
                    usual_wait *= 2;
                    if waited > self.patience {
                        return Err(RestError::Limited(wait));
                    }
                }
            }
        }
    }

    async fn transmit(&self) -> Result<Response, RestError> {
        let address = format!("{}{}", self.rest.base, self.route.path());
        let mut request = self.rest.client.request(self.method.clone(), address);
        if let Some(reason) = self.reason {
            request = request.header("X-Audit-Log-Reason", percent_encode(reason));
        }
        if !self.files.is_empty() {
            let sending: u64 = self.files.iter().map(|file| file.size() / SLOWEST_UPLOAD).sum();
            request = request
                .timeout(UPLOAD_TIMEOUT.max(TIMEOUT + Duration::from_secs(sending)))
                .multipart(upload::form(self.body.as_ref(), &self.files)?);
        } else if let Some(body) = &self.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        request.send().await.map_err(|error| RestError::from_transfer(&error))
    }
}

/// Headers are ASCII; Discord decodes the reason (Discord: "Audit Log", `X-Audit-Log-Reason`).
fn percent_encode(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b" -_.,!?':".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A parsed 429: how long, and for which scope (Discord: "Rate Limits", exceeding a rate limit).
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

/// When an answer was given.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    Timestamp::from_http_date(headers.get(DATE)?.to_str().ok()?)
}

#[cfg(test)]
mod tests {
    use super::percent_encode;

    #[test]
    fn a_reason_in_any_language_fits_into_a_header() {
        assert_eq!(percent_encode("A member opened a ticket"), "A member opened a ticket");
        assert_eq!(percent_encode("Ein Mitglied hat 100% geöffnet"), "Ein Mitglied hat 100%25 ge%C3%B6ffnet");
        assert_eq!(percent_encode("a\r\nb"), "a%0D%0Ab");
    }
}
