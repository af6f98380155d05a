//! What is done again and again without anybody asking: half-done openings and closes are taken up.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::{self, MissedTickBehavior};

use crate::app::App;
use crate::discord::{State, report};
use crate::error::Result;
use crate::storage::{guilds, selections};
use crate::tickets::{close, reconcile};

const EVERY: Duration = Duration::from_mins(1);

/// Younger openings may still get their answer from Discord, which waits out rate limits.
const OPENING_FOR: Duration = Duration::from_mins(1);

/// How long the inboxes and tickets of a guild are kept after the bot was removed from it: it may come back.
const GRACE: Duration = Duration::from_hours(30 * 24);

/// Steps that nobody completed say so when they are tried within this time, and are forgotten after it.
const STEP_REMEMBERED: Duration = Duration::from_hours(24);

/// Runs until the bot stops.
pub(super) fn start(state: Arc<State>) {
    tokio::spawn(async move {
        let mut ticks = time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once; the session's start does the same work.
        ticks.tick().await;
        loop {
            ticks.tick().await;
            let work = state.work.clone();
            if work.is_closed() {
                return;
            }
            work.track_future(pass(&state)).await;
        }
    });
}

async fn pass(state: &State) {
    let (app, rest) = (&state.app, &state.rest);
    report::log("finish openings", reconcile::finish_openings(app, rest, app.now() - OPENING_FOR).await);
    report::log("finish closes", close::finish_closes(app, rest).await);
    report::log("forget what is over", forget(app).await);
}

async fn forget(app: &App) -> Result<()> {
    let guilds = guilds::delete_left(&app.db, app.now() - GRACE).await.context("delete guilds")?;
    if guilds > 0 {
        tracing::info!(guilds, "deleted the records of guilds that the bot has left");
    }
    selections::drop_expired(&app.db, app.now() - STEP_REMEMBERED).await.context("drop pending selections")?;
    Ok(())
}
