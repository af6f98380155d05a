//! The limit of all requests together: 50 in any second (Discord: "Rate Limits", global rate limit).
//!
//! Counted over the last second and not from window to window: two bursts at the border of two windows would be twice as
//! many as Discord allows.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{self, Instant};

use super::rate_limit::now;

const REQUESTS: usize = 50;

/// A second, and what the network may take from it: a request that was slow to arrive has the next one on its heels.
const PERIOD: Duration = Duration::from_millis(1_050);

#[derive(Debug, Default)]
pub(super) struct GlobalLimit {
    /// Held by whoever waits; the others queue behind.
    queue: tokio::sync::Mutex<()>,
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    /// When the last requests were sent, oldest first.
    sent: VecDeque<Instant>,
    /// Discord said not to come back earlier.
    closed_until: Option<Instant>,
}

impl GlobalLimit {
    /// Returns when a request may be sent.
    pub(super) async fn wait_turn(&self) {
        let _first = self.queue.lock().await;
        loop {
            let taken = self.recent().take_turn(now());
            match taken {
                None => return,
                Some(free_at) => time::sleep_until(free_at).await,
            }
        }
    }

    pub(super) fn close_for(&self, wait: Duration) {
        self.recent().closed_until = Some(now() + wait);
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        // Times are whole after any panic.
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recent {
    /// Takes a place, or says when to ask again.
    fn take_turn(&mut self, now: Instant) -> Option<Instant> {
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            return Some(until);
        }
        if self.sent.len() == REQUESTS {
            let free_at = self.sent.front().map(|oldest| *oldest + PERIOD).filter(|free_at| *free_at > now);
            if free_at.is_some() {
                return free_at;
            }
            self.sent.pop_front();
        }
        self.sent.push_back(now);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_than_fifty_requests_wherever_it_begins() {
        let limit = GlobalLimit::default();
        let mut sent = Vec::new();
        for number in 0..125 {
            if number == 10 {
                time::sleep(Duration::from_millis(900)).await;
            }
            limit.wait_turn().await;
            sent.push(now());
        }
        for (number, first) in sent.iter().enumerate() {
            let within = sent[number..].iter().filter(|at| **at - *first < Duration::from_secs(1)).count();
            assert!(within <= REQUESTS, "{within} within a second of request {number}");
        }
        assert!(*sent.last().unwrap() - sent[0] < Duration::from_secs(4));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_goes_before_discord_said_so() {
        let limit = GlobalLimit::default();
        let start = now();
        limit.close_for(Duration::from_secs(7));

        limit.wait_turn().await;

        assert_eq!(now() - start, Duration::from_secs(7));
    }
}
