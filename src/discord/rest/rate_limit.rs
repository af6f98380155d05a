//! Discord's rate limits: waits before a request that would exceed one, and again after a 429.
//!
//! A 429 is obeyed: a bucket, or everything, stays closed for its duration. A request that would wait longer than
//! [`LONGEST_WAIT`] fails at once with the remaining time, without being sent.
//!
//! Uses real time, not the tickets' clock, because Discord measures it. Requests of one bucket wait in order of
//! arrival, and recording a response never waits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderMap;
use tokio::sync::Notify;
use tokio::time::{self, Instant};

use super::global_limit::{GlobalLimit, Priority};
use super::route::Bucket;
use super::{Exceeded, Scope, seconds};
use crate::discord::rest_error::RestError;

/// The longest wait for one turn: Discord's usual windows are seconds, and a person should not watch a deferred answer
/// for longer.
pub(super) const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Longer than any of Discord's limits, the daily ones included: an absurd number must not close anything forever.
const LONGEST_LIMIT: Duration = Duration::from_hours(7 * 24);

/// A window's assumed length before its first response.
const UNKNOWN_PERIOD: Duration = Duration::from_secs(1);

/// From this many buckets on, idle ones whose window is over are dropped, each time that the number has doubled since.
const MANY: usize = 512;

/// The most buckets kept, besides those with waiting requests: a flood of clicks has a bucket each. Dropping one too
/// early costs a 429 and a retry.
const MOST: usize = 8_192;

/// The state of every bucket in use, and of the global limit.
#[derive(Debug, Default)]
pub(super) struct RateLimits {
    buckets: Mutex<Buckets>,
    /// Interactions bypass it.
    global: GlobalLimit,
}

#[derive(Debug)]
struct Buckets {
    windows: HashMap<Bucket, Arc<Window>>,
    /// The number of buckets at which to drop idle ones.
    room: usize,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { windows: HashMap::new(), room: MANY }
    }
}

/// One bucket's window.
#[derive(Debug, Default)]
struct Window {
    /// Held while waiting for the next window; the others queue.
    queue: tokio::sync::Mutex<()>,
    /// A 429 has closed it.
    closed: Notify,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Requests per window, once known.
    limit: Option<u32>,
    /// The current window, if any: requests left, and its end.
    current: Option<(u32, Instant)>,
    /// From Discord's last 429.
    closed_until: Option<Instant>,
}

/// A response's consequence.
pub(super) enum Verdict {
    Answered(Response),
    /// 429: retry after the next turn, which is this far off.
    TooEarly(Duration),
}

impl RateLimits {
    /// Returns when a request of this bucket may be sent, after a wait of at most `patience`.
    ///
    /// # Errors
    ///
    /// [`RestError::Limited`] if the wait is too long.
    pub(super) async fn wait_turn(
        &self,
        key: &Bucket,
        priority: Priority,
        patience: Duration,
    ) -> Result<(), RestError> {
        self.window(key).wait_turn(patience).await?;
        // Last, because its places expire after a second.
        if key.global {
            self.global.wait_turn(priority).await?;
        }
        Ok(())
    }

    pub(super) fn note_begun(&self, thread: u64) {
        self.global.note_begun(thread);
    }

    /// Learns from a response. `usual_wait`: the duration of a 429 that names none.
    pub(super) async fn note(&self, key: &Bucket, response: Response, usual_wait: Duration) -> Verdict {
        if response.status().as_u16() == 429 {
            let limit = Exceeded::read(response).await;
            let wait = limit.wait.unwrap_or(usual_wait).min(LONGEST_LIMIT);
            let scope = limit.scope;
            tracing::warn!(
                seconds = wait.as_secs_f64(),
                ?scope,
                bucket = key.resource,
                "Discord's rate limit was reached"
            );
            // A request outside the global limit waits for its own bucket only.
            if scope == Scope::Bucket || !key.global {
                self.window(key).close_for(wait);
            }
            if scope != Scope::Bucket {
                self.global.close_for(wait);
            }
            return Verdict::TooEarly(wait);
        }
        let headers = response.headers();
        if let (Some(limit), Some(remaining), Some(reset)) = (
            number(headers, "x-ratelimit-limit"),
            number(headers, "x-ratelimit-remaining"),
            seconds(headers, "x-ratelimit-reset-after"),
        ) {
            self.window(key).learn(limit, remaining, reset);
        }
        Verdict::Answered(response)
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
            // A closed bucket is kept, except those of interactions, which are too many.
            self.windows.retain(|key, window| Arc::strong_count(window) > 1 || (key.global && window.is_closed()));
        }
        self.room = (self.windows.len() * 2).clamp(MANY, MOST.max(self.windows.len() + MANY));
    }
}

impl Window {
    async fn wait_turn(&self, patience: Duration) -> Result<(), RestError> {
        let _first = self.queue.lock().await;
        loop {
            let closed = self.closed.notified();
            let taken = self.state().take_turn(now());
            let Some(free_at) = taken else { return Ok(()) };
            let free_at = check_wait_of(free_at, patience)?;
            tokio::select! {
                () = time::sleep_until(free_at) => {}
                () = closed => {}
            }
        }
    }

    /// Never shortens the wait.
    fn close_for(&self, wait: Duration) {
        let mut state = self.state();
        state.closed_until = Some(later_of(state.closed_until, wait));
        drop(state);
        self.closed.notify_waiters();
    }

    fn learn(&self, limit: u32, remaining: u32, reset_after: Duration) {
        self.state().learn(limit, remaining, now(), reset_after.min(LONGEST_LIMIT));
    }

    fn is_closed(&self) -> bool {
        self.state().closed_until.is_some_and(|until| until > now())
    }

    fn is_over(&self) -> bool {
        !self.is_closed() && self.state().current.is_none_or(|(_, ends)| ends <= now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic leaves numbers whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes a place in the current window, or returns its end.
    fn take_turn(&mut self, now: Instant) -> Option<Instant> {
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            return Some(until);
        }
        match &mut self.current {
            Some((remaining, ends)) if *ends > now => {
                if *remaining == 0 {
                    return Some(*ends);
                }
                *remaining -= 1;
            }
            // A new window. Its first response gives its length.
            _ => {
                let ends = now + UNKNOWN_PERIOD;
                self.current = self.limit.map(|limit| (limit.saturating_sub(1), ends));
            }
        }
        None
    }

    /// Responses may arrive out of order: within a window the lowest count is the newest.
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

/// The end of a limit that lasts `wait` from now, or `before` if that is later.
pub(super) fn later_of(before: Option<Instant>, wait: Duration) -> Instant {
    let until = now() + wait;
    before.map_or(until, |before| before.max(until))
}

/// That moment, unless it exceeds the longest wait.
pub(super) fn check_wait(until: Instant) -> Result<Instant, RestError> {
    check_wait_of(until, LONGEST_WAIT)
}

fn check_wait_of(until: Instant, patience: Duration) -> Result<Instant, RestError> {
    let wait = until.saturating_duration_since(now());
    if wait > patience { Err(RestError::Limited(wait)) } else { Ok(until) }
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
            window.wait_turn(LONGEST_WAIT).await.unwrap();
        }
        assert_eq!(now(), start);

        window.wait_turn(LONGEST_WAIT).await.unwrap();

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
    async fn whoever_would_wait_longer_than_a_minute_is_told_at_once_for_how_long() {
        for (told, wait) in [
            (Duration::from_secs(61), Duration::from_secs(61)),
            (Duration::from_mins(5), Duration::from_mins(5)),
            (Duration::from_hours(23), Duration::from_hours(23)),
            (Duration::MAX, LONGEST_LIMIT),
        ] {
            let window = Window::default();
            let start = now();
            window.learn(5, 0, told);
            for _ in 0..3 {
                assert_eq!(window.wait_turn(LONGEST_WAIT).await, Err(RestError::Limited(wait)));
            }
            assert_eq!(now(), start);

            time::sleep(wait.saturating_sub(Duration::from_secs(1))).await;
            window.wait_turn(LONGEST_WAIT).await.unwrap();

            assert_eq!(now() - start, wait);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_bucket_that_discord_has_closed_opens_neither_by_a_shorter_word_nor_by_a_late_answer() {
        let window = Window::default();
        let start = now();
        window.close_for(Duration::from_secs(50));
        window.close_for(Duration::from_secs(1));
        window.learn(5, 4, Duration::from_secs(1));

        window.wait_turn(LONGEST_WAIT).await.unwrap();

        assert_eq!(now() - start, Duration::from_secs(50));
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_is_told_at_once_when_the_bucket_is_closed_for_hours() {
        let window = Arc::new(Window::default());
        window.learn(5, 0, Duration::from_secs(30));
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let window = Arc::clone(&window);
                tokio::spawn(async move { window.wait_turn(LONGEST_WAIT).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let start = now();

        window.close_for(Duration::from_hours(2));

        for waiting in waiting {
            assert_eq!(waiting.await.unwrap(), Err(RestError::Limited(Duration::from_hours(2))));
        }
        assert_eq!(now(), start);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_taken_in_while_others_wait() {
        let window = Arc::new(Window::default());
        window.close_for(LONGEST_WAIT);
        let waiting = tokio::spawn({
            let window = Arc::clone(&window);
            async move { window.wait_turn(LONGEST_WAIT).await }
        });
        tokio::task::yield_now().await;

        window.learn(5, 0, Duration::from_secs(1));

        waiting.await.unwrap().unwrap();
    }
}
