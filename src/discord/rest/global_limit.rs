//! The global rate limit: 50 requests in any second (Discord: "Rate Limits", global rate limit).
//!
//! It counts a sliding second, not fixed windows: two bursts at the border of two windows would reach twice Discord's
//! limit.
//!
//! Tickets that have begun go first. The request that begins one is sent only if there is room for those that follow,
//! which is reserved until they come. Without that, a rush would begin every ticket before finishing any.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{self, Instant};

use super::rate_limit::{check_wait, later_of, now};
use crate::discord::rest_error::RestError;

const REQUESTS: usize = 50;

/// A second plus a margin for network delay: a slow request may arrive right before the next one.
const PERIOD: Duration = Duration::from_millis(1_050);

/// Requests that can follow the one which begins a ticket: adding the owner, and the starter message.
const FOLLOWING: usize = 2;

/// A request's role in its ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Priority {
    #[default]
    Usual,
    /// Creates the thread.
    Begins,
    /// Follows in the thread with this id.
    Follows(u64),
    /// The last that follows.
    Ends(u64),
}

impl Priority {
    fn goes_first(self) -> bool {
        matches!(self, Self::Follows(_) | Self::Ends(_))
    }
}

#[derive(Debug, Default)]
pub(super) struct GlobalLimit {
    /// Each is held by the next in line; the others queue in order of arrival.
    first_queue: tokio::sync::Mutex<()>,
    usual_queue: tokio::sync::Mutex<()>,
    /// Requests in the first queue.
    first_waiting: AtomicUsize,
    /// Wakes waiting requests after a change.
    changed: Notify,
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    /// When the last requests were sent, oldest first.
    sent: VecDeque<Instant>,
    kept: Vec<Kept>,
    /// From Discord's last 429.
    closed_until: Option<Instant>,
}

/// A reserved place.
#[derive(Debug)]
struct Kept {
    /// Its thread, once created.
    thread: Option<u64>,
    until: Instant,
}

/// Why a request has to wait.
enum Wait {
    /// No place before that moment, unless a reserved one is released.
    Full(Instant),
    Closed(Instant),
}

impl GlobalLimit {
    /// Returns when a request may be sent.
    ///
    /// # Errors
    ///
    /// [`RestError::Limited`] if Discord's limit outlasts every permitted wait.
    pub(super) async fn wait_turn(&self, priority: Priority) -> Result<(), RestError> {
        if priority.goes_first() {
            let _waiting = Waiting::new(self);
            let _next = self.first_queue.lock().await;
            self.wait_for_place(priority).await
        } else {
            let _next = self.usual_queue.lock().await;
            self.wait_for_place(priority).await
        }
    }

    async fn wait_for_place(&self, priority: Priority) -> Result<(), RestError> {
        loop {
            let changed = self.changed.notified();
            if !priority.goes_first() && self.first_waiting.load(Ordering::SeqCst) > 0 {
                changed.await;
                continue;
            }
            let taken = self.recent().take_place(priority, now());
            let free_at = match taken {
                Ok(()) => return Ok(()),
                Err(Wait::Full(free_at)) => free_at,
                Err(Wait::Closed(until)) => check_wait(until)?,
            };
            tokio::select! {
                () = time::sleep_until(free_at) => {}
                () = changed => {}
            }
        }
    }

    /// The thread was created.
    pub(super) fn note_begun(&self, thread: u64) {
        let mut recent = self.recent();
        let unnamed = recent.kept.iter_mut().filter(|kept| kept.thread.is_none());
        unnamed.take(FOLLOWING).for_each(|kept| kept.thread = Some(thread));
    }

    /// Never shortens the wait.
    pub(super) fn close_for(&self, wait: Duration) {
        let mut recent = self.recent();
        recent.closed_until = Some(later_of(recent.closed_until, wait));
        drop(recent);
        self.changed.notify_waiters();
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        // A panic leaves times whole.
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a request in the first queue, also if it is cancelled.
struct Waiting<'a>(&'a GlobalLimit);

impl<'a> Waiting<'a> {
    fn new(limit: &'a GlobalLimit) -> Self {
        limit.first_waiting.fetch_add(1, Ordering::SeqCst);
        Self(limit)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.first_waiting.fetch_sub(1, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }
}

impl Recent {
    fn take_place(&mut self, priority: Priority, now: Instant) -> Result<(), Wait> {
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            return Err(Wait::Closed(until));
        }
        self.kept.retain(|kept| kept.until > now);
        while self.sent.front().is_some_and(|oldest| *oldest + PERIOD <= now) {
            self.sent.pop_front();
        }
        let (own, others) = match priority {
            Priority::Usual => (1, self.kept.len()),
            Priority::Begins => (1 + FOLLOWING, self.kept.len()),
            Priority::Follows(_) | Priority::Ends(_) => (1, 0),
        };
        if self.sent.len() + own + others > REQUESTS {
            let given_back = self.kept.iter().map(|kept| kept.until);
            let ends = self.sent.front().map(|oldest| *oldest + PERIOD).into_iter().chain(given_back).min();
            return Err(Wait::Full(ends.unwrap_or(now)));
        }
        self.sent.push_back(now);
        let is_own = |kept: &Kept, thread| kept.thread == Some(thread);
        match priority {
            Priority::Usual => {}
            Priority::Begins => {
                self.kept.extend((0..FOLLOWING).map(|_| Kept { thread: None, until: now + PERIOD }));
            }
            Priority::Follows(thread) => {
                if let Some(place) = self.kept.iter().position(|kept| is_own(kept, thread)) {
                    self.kept.remove(place);
                }
            }
            Priority::Ends(thread) => self.kept.retain(|kept| !is_own(kept, thread)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_than_fifty_requests_wherever_it_begins() {
        for priority in [Priority::Usual, Priority::Begins, Priority::Follows(1)] {
            let limit = GlobalLimit::default();
            let mut sent = Vec::new();
            for number in 0..125 {
                if number == 10 {
                    time::sleep(Duration::from_millis(900)).await;
                }
                limit.wait_turn(priority).await.unwrap();
                sent.push(now());
            }
            for (number, first) in sent.iter().enumerate() {
                let within = sent[number..].iter().filter(|at| **at - *first < Duration::from_secs(1)).count();
                assert!(within <= REQUESTS, "{within} within a second of request {number}");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_goes_before_discord_said_so_and_a_shorter_word_does_not_count() {
        let limit = GlobalLimit::default();
        let start = now();
        limit.close_for(Duration::from_secs(7));
        limit.close_for(Duration::from_secs(1));

        limit.wait_turn(Priority::Usual).await.unwrap();

        assert_eq!(now() - start, Duration::from_secs(7));
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_wait_are_told_at_once_when_discord_closes_everything_for_hours() {
        let limit = Arc::new(GlobalLimit::default());
        for _ in 0..REQUESTS {
            limit.wait_turn(Priority::Usual).await.unwrap();
        }
        let waiting: Vec<_> = [Priority::Usual, Priority::Begins, Priority::Ends(1), Priority::Usual]
            .into_iter()
            .map(|priority| {
                let limit = Arc::clone(&limit);
                tokio::spawn(async move { limit.wait_turn(priority).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let start = now();

        limit.close_for(Duration::from_hours(23));

        for waiting in waiting {
            assert_eq!(waiting.await.unwrap(), Err(RestError::Limited(Duration::from_hours(23))));
        }
        assert_eq!(now(), start);
    }

    /// Of 64 clicks at one instant half have their ticket before the second window of requests is used up.
    #[tokio::test(start_paused = true)]
    async fn in_a_rush_tickets_that_have_begun_are_finished_before_others_begin() {
        for following in [1, FOLLOWING] {
            let limit = Arc::new(GlobalLimit::default());
            let ready = Arc::new(Mutex::new(Vec::new()));
            let start = now();
            let clicks: Vec<_> = (0..64_u64)
                .map(|thread| {
                    let (limit, ready) = (Arc::clone(&limit), Arc::clone(&ready));
                    tokio::spawn(async move {
                        limit.wait_turn(Priority::Begins).await.unwrap();
                        time::sleep(Duration::from_millis(50)).await;
                        limit.note_begun(thread);
                        for _ in 1..following {
                            limit.wait_turn(Priority::Follows(thread)).await.unwrap();
                            time::sleep(Duration::from_millis(50)).await;
                        }
                        limit.wait_turn(Priority::Ends(thread)).await.unwrap();
                        ready.lock().unwrap().push((thread, now() - start));
                    })
                })
                .collect();
            for click in clicks {
                click.await.unwrap();
            }

            let ready = ready.lock().unwrap();
            let order: Vec<_> = ready.iter().map(|(thread, _)| *thread).collect();
            assert!(order.is_sorted(), "{following}: first come, first served: {order:?}");
            let half = ready[31].1;
            assert!(half < Duration::from_millis(1_500), "{following}: half were ready after {half:?}");
            let last = ready[63].1;
            let at_best = PERIOD * u32::try_from(64 * (1 + following) / REQUESTS).unwrap();
            assert!(last < at_best + PERIOD, "{following}: the limit was not used: {last:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn places_kept_for_a_ticket_that_comes_to_nothing_are_given_back() {
        let limit = GlobalLimit::default();
        let start = now();
        for _ in 0..2 * REQUESTS {
            limit.wait_turn(Priority::Begins).await.unwrap();
        }

        // 16 a period, each with two unused places.
        assert!(now() - start <= PERIOD * 7, "{:?}", now() - start);
    }
}
