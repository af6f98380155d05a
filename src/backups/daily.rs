//! The daily backup. Existing files decide whether it is due, so a restart changes nothing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Kind, clear, list, names, report, take_in};
use crate::app::InFlight;
use crate::config::Backup;
use crate::domain::clock::Clock;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::storage::Live;

/// Delay before a retry after a failure, so that failures do not flood the log.
const AGAIN_AFTER: Duration = Duration::from_hours(1);

/// Makes daily backups while the bot runs.
#[derive(Debug)]
pub(crate) struct Daily {
    settings: Backup,
    running: InFlight<()>,
    /// The next attempt is not before this time of the monotonic clock.
    not_before: Mutex<Duration>,
}

impl Daily {
    pub(crate) fn new(settings: Backup) -> Self {
        Self { settings, running: InFlight::default(), not_before: Mutex::default() }
    }

    /// Makes a backup if one is due. A failure is only logged.
    pub(crate) async fn run_if_due(&self, live: &Live, clock: &dyn Clock) {
        // Released when this function ends, also by a panic.
        let Some(_running) = self.running.begin_alone(()) else { return };
        if let Err(failure) = self.try_run(live, clock).await {
            tracing::warn!("{failure} The next attempt is in an hour; the bot continues.");
            *self.not_before.lock().unwrap_or_else(PoisonError::into_inner) = clock.monotonic() + AGAIN_AFTER;
        }
    }

    async fn try_run(&self, live: &Live, clock: &dyn Clock) -> Result<(), Failure> {
        let Some(folder) = self.settings.directory.as_ref().filter(|_| self.settings.daily) else { return Ok(()) };
        if clock.monotonic() < *self.not_before.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(());
        }
        let there = list(folder).map_err(|error| super::failed(folder, &error))?;
        let now = clock.now();
        if !names::is_due(&there, now) {
            return Ok(());
        }
        let taken = take_in(folder, Kind::Daily, live, now, Arc::new(Progress::silent())).await?;
        tracing::info!(path = %taken.path.display(), bytes = taken.size, "daily backup made");
        report(clear(folder, self.settings.keep, now).await);
        Ok(())
    }
}
