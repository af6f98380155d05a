//! Discord's rate limits: wait before a request that would be refused, and once more when it was refused all the same.
//!
//! Real time counts here whatever clock tickets are given, because it is Discord that measures. Waiters of one bucket
//! go in the order in which they came, and nobody waits to report an answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use tokio::time::{self, Instant};

use super::global_limit::GlobalLimit;
use super::route::Bucket;
use crate::discord::fault::Fault;

/// Nobody waits longer than this for one turn: Discord's usual windows are seconds, and a ban lasts an hour.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// How long a window is taken to last until its first answer says better.
const UNKNOWN_PERIOD: Duration = Duration::from_secs(1);

/// From this many buckets on, those that nobody waits for and whose window is over are forgotten, each time that their
/// number has doubled since.
const MANY: usize = 512;

/// So many at most, besides those that are waited for: a flood of clicks has a bucket each. What is forgotten too early
/// costs a 429 and another try.
const MOST: usize = 8_192;

/// What is known of every bucket in use, and of the limit over all of them.
#[derive(Debug, Default)]
pub(super) struct RateLimits {
    buckets: Mutex<Buckets>,
    /// Interactions do not count for it.
    global: GlobalLimit,
}

#[derive(Debug)]
struct Buckets {
    windows: HashMap<Bucket, Arc<Window>>,
    /// How many there may be before the next look at all of them.
    room: usize,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { windows: HashMap::new(), room: MANY }
    }
}

/// One bucket's current window.
#[derive(Debug, Default)]
struct Window {
    /// Held by whoever waits for the next window; the others queue behind.
    queue: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Requests per window, once Discord has said so.
    limit: Option<u32>,
    /// The current window, if there is one: requests left, and when it ends.
    current: Option<(u32, Instant)>,
}

/// What an answer means for the request.
pub(super) enum Verdict {
    Answered(Response),
    /// 429: ask again, after waiting for the next turn.
    TooEarly,
}

impl RateLimits {
    /// Returns when a request of this bucket may be sent.
    pub(super) async fn wait_turn(&self, key: &Bucket) {
        self.window(key).wait_turn().await;
        // Last, because its places are gone a second later.
        if key.global {
            self.global.wait_turn().await;
        }
    }

    /// Learns from an answer.
    pub(super) fn note(&self, key: &Bucket, response: Response) -> Result<Verdict, Fault> {
        let headers = response.headers();
        if response.status().as_u16() == 429 {
            let wait = seconds(headers, "retry-after").or(seconds(headers, "x-ratelimit-reset-after"));
            let wait = wait.unwrap_or(Duration::from_secs(1));
            let is_global = headers.contains_key("x-ratelimit-global");
            tracing::warn!(seconds = wait.as_secs_f64(), is_global, "Discord's rate limit was reached");
            if wait > LONGEST_WAIT {
                return Err(Fault::Limited(wait));
            }
            if is_global {
                self.global.close_for(wait);
            } else {
                self.window(key).close_for(wait);
            }
            return Ok(Verdict::TooEarly);
        }
        if let (Some(limit), Some(remaining), Some(reset)) = (
            number(headers, "x-ratelimit-limit"),
            number(headers, "x-ratelimit-remaining"),
            seconds(headers, "x-ratelimit-reset-after"),
        ) {
            self.window(key).learn(limit, remaining, reset);
        }
        Ok(Verdict::Answered(response))
    }

    fn window(&self, key: &Bucket) -> Arc<Window> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.make_room();
        Arc::clone(buckets.windows.entry(key.clone()).or_default())
    }
}

impl Buckets {
    fn make_room(&mut self) {
        if self.windows.len() < self.room {
            return;
        }
        self.windows.retain(|_, window| Arc::strong_count(window) > 1 || !window.is_over());
        if self.windows.len() >= MOST {
            self.windows.retain(|_, window| Arc::strong_count(window) > 1);
        }
        self.room = (self.windows.len() * 2).clamp(MANY, MOST.max(self.windows.len() + MANY));
    }
}

impl Window {
    async fn wait_turn(&self) {
        let _first = self.queue.lock().await;
        loop {
            let taken = self.state().take_turn(now());
            match taken {
                None => return,
                Some(ends) => time::sleep_until(ends).await,
            }
        }
    }

    fn close_for(&self, wait: Duration) {
        self.state().current = Some((0, now() + wait));
    }

    fn learn(&self, limit: u32, remaining: u32, reset_after: Duration) {
        // After the longest wait one request finds out; a number without sense must not stop a bucket for ever.
        self.state().learn(limit, remaining, now(), reset_after.min(LONGEST_WAIT));
    }

    fn is_over(&self) -> bool {
        self.state().current.is_none_or(|(_, ends)| ends <= now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Numbers are whole after any panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes a place in the current window, or says when that ends.
    fn take_turn(&mut self, now: Instant) -> Option<Instant> {
        match &mut self.current {
            Some((remaining, ends)) if *ends > now => {
                if *remaining == 0 {
                    return Some(*ends);
                }
                *remaining -= 1;
            }
            // A new window. How long it lasts is learned from the first answer in it.
            _ => {
                let ends = now + UNKNOWN_PERIOD;
                self.current = self.limit.map(|limit| (limit.saturating_sub(1), ends));
            }
        }
        None
    }

    /// Answers may come in another order than their requests: within a window the lowest count is the newest.
    fn learn(&mut self, limit: u32, remaining: u32, now: Instant, reset_after: Duration) {
        let ends = now + reset_after;
        let known = self.current.filter(|(_, ends)| self.limit == Some(limit) && *ends > now);
        self.limit = Some(limit);
        self.current = Some(known.map_or((remaining, ends), |(known, _)| (known.min(remaining), ends)));
    }
}

#[expect(clippy::disallowed_methods, reason = "Discord measures real time, whatever clock tickets are given")]
pub(super) fn now() -> Instant {
    Instant::now()
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let seconds: f64 = headers.get(name)?.to_str().ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::discord::rest::Route;
    use crate::domain::ids::InteractionId;

    #[tokio::test(start_paused = true)]
    async fn a_window_lets_through_what_it_has_left_and_then_makes_wait() {
        let window = Window::default();
        let start = now();
        window.learn(5, 2, Duration::from_secs(4));
        for _ in 0..2 {
            window.wait_turn().await;
        }
        assert_eq!(now(), start);

        window.wait_turn().await;

        assert_eq!(now() - start, Duration::from_secs(4));
    }

    #[tokio::test(start_paused = true)]
    async fn however_many_interactions_there_are_only_so_many_buckets_are_kept() {
        let limits = RateLimits::default();
        let route = |id| Route::Callback(InteractionId::new(id), "x").bucket(&Method::POST);
        let waited_for = limits.window(&route(1));
        waited_for.close_for(LONGEST_WAIT);

        let mut most = 0;
        for id in 2..50_000 {
            limits.window(&route(id)).learn(5, 0, LONGEST_WAIT);
            most = most.max(limits.buckets.lock().unwrap().windows.len());
        }

        assert!(most <= MOST + MANY, "{most}");
        assert!(Arc::ptr_eq(&waited_for, &limits.window(&route(1))), "a bucket that is waited for stays");
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_without_end_is_not_waited_for() {
        let window = Window::default();
        let start = now();
        window.learn(5, 0, Duration::MAX);

        window.wait_turn().await;

        assert_eq!(now() - start, LONGEST_WAIT);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_taken_in_while_others_wait() {
        let window = Arc::new(Window::default());
        window.close_for(Duration::from_mins(1));
        let waiting = tokio::spawn({
            let window = Arc::clone(&window);
            async move { window.wait_turn().await }
        });
        tokio::task::yield_now().await;

        window.learn(5, 0, Duration::from_secs(1));

        waiting.await.unwrap();
    }
}
