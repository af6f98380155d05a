//! How long an export may read: until its time is over, or the bot stops.

use std::time::Duration;

use tokio::time;
use tokio_util::task::TaskTracker;

use super::read::Cut;
use crate::app::App;

/// How often is looked whether it has passed, while something else is waited for.
const LOOK: Duration = Duration::from_millis(250);

pub struct Deadline<'a> {
    app: &'a App,
    /// By the monotonic clock.
    until: Duration,
    /// Closed when the bot stops.
    stop: Option<TaskTracker>,
}

impl<'a> Deadline<'a> {
    pub fn new(app: &'a App, until: Duration, stop: Option<TaskTracker>) -> Self {
        Self { app, until, stop }
    }

    /// The time that is left.
    pub fn left(&self) -> Duration {
        self.until.saturating_sub(self.app.clock.monotonic())
    }

    /// Why it has passed; `None`: it has not.
    pub fn passed(&self) -> Option<Cut> {
        if self.stop.as_ref().is_some_and(TaskTracker::is_closed) {
            return Some(Cut::Stopping);
        }
        (self.left() == Duration::ZERO).then_some(Cut::Time)
    }

    /// The outcome of something that may take long; `None`: the deadline came first.
    pub async fn before<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let passed = async {
            while self.passed().is_none() {
                time::sleep(LOOK).await;
            }
        };
        tokio::select! {
            biased;
            outcome = work => Some(outcome),
            () = passed => None,
        }
    }
}
