//! What goes by itself, deleted in small batches and counted in the log; afterwards nothing of it is left in the files.
//!
//! Which rows those are is `storage::retention`'s to say; how long they stay is the operator's, or said here.

use std::time::Duration;

use anyhow::Context as _;

use crate::app::App;
use crate::config::Retention;
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::error::Result;
use crate::storage::retention::{self, Over};
use crate::storage::{Database, personal};

/// How long the inboxes and tickets of a guild are kept after the bot was removed from it: it may come back.
const GRACE: Duration = Duration::from_hours(30 * 24);

/// Steps that nobody completed say so when they are tried within this time, and are forgotten after it.
const STEP_REMEMBERED: Duration = Duration::from_hours(24);

/// The most batches of one kind in one pass; the next pass goes on.
const BATCHES: usize = 20;

/// How long somebody who is reading may hold up the emptying of the write-ahead log. It is tried again with the next pass.
const PATIENCE: Duration = Duration::from_millis(100);

/// What has been deleted, and whether the files still show it.
pub(super) struct Keeper {
    settings: Retention,
    /// True at first: what was deleted before a crash may still stand in the write-ahead log.
    log_is_due: bool,
}

impl Keeper {
    pub(super) fn new(settings: Retention) -> Self {
        Self { settings, log_is_due: true }
    }

    /// One pass over everything that has an end.
    pub(super) async fn pass(&mut self, app: &App) -> Result<()> {
        let (db, now) = (&app.db, app.now());
        let before = now - GRACE;
        let mut tickets = 0;
        for over in [
            Over::Closed { before: now - days(self.settings.closed_tickets_days) },
            Over::Dormant { before: now - days(self.settings.dormant_tickets_days) },
            Over::Unwanted { cooled_down: now - LONGEST_COOLDOWN },
            Over::TicketsOfLeft { before },
        ] {
            tickets += delete(db, over).await?;
        }
        let empty = retention::delete_empty_guilds(db).await.context("delete guilds without records")?;
        let guilds = delete(db, Over::Left { before }).await? + empty;
        let steps = delete(db, Over::Steps { before: now - STEP_REMEMBERED }).await?;
        if tickets + guilds + steps > 0 {
            self.log_is_due = true;
            tracing::info!(tickets, guilds, steps, "deleted records that have served their time");
        }
        if self.log_is_due {
            self.log_is_due = !personal::empty_log(db, PATIENCE).await.context("empty the write-ahead log")?;
        }
        Ok(())
    }
}

/// Batch after batch, until one is not full. Whoever waits for the writer gets it in between.
async fn delete(db: &Database, over: Over) -> Result<u64> {
    let mut deleted = 0;
    for _ in 0..BATCHES {
        let gone = retention::delete_batch(db, over).await.context("delete records that have served their time")?;
        deleted += gone;
        if gone < retention::BATCH {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(deleted)
}

fn days(days: u16) -> Duration {
    Duration::from_hours(u64::from(days) * 24)
}
