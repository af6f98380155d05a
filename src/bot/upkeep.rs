//! What is done again and again without anybody asking: half-done openings and closes are taken up, and every guild of
//! this process's shards is looked over and the database backed up once a day.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::{self, MissedTickBehavior};

use crate::app::App;
use crate::backups::Daily;
use crate::discord::{State, report};
use crate::error::Result;
use crate::storage::{guilds, selections};
use crate::tickets::{catch_up, effects, reconcile};

const EVERY: Duration = Duration::from_mins(1);

/// Younger openings may still get their answer from Discord, which waits out rate limits.
const OPENING_FOR: Duration = Duration::from_mins(1);

/// How long the inboxes and tickets of a guild are kept after the bot was removed from it: it may come back.
const GRACE: Duration = Duration::from_hours(30 * 24);

/// Steps that nobody completed say so when they are tried within this time, and are forgotten after it.
const STEP_REMEMBERED: Duration = Duration::from_hours(24);

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// How often every guild is looked over, whatever was heard of it: an event may have been lost without a trace.
const ROUND: Duration = Duration::from_hours(24);

/// Runs until the bot stops. Time is taken from the clock that everything else goes by.
pub(super) fn start(state: Arc<State>, backups: Arc<Daily>) {
    let worker = Arc::clone(&state);
    tokio::spawn(async move { catch_up::work_off(&worker.app, &worker.rest, &worker.work).await });
    tokio::spawn(async move {
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The start of the session does the same work.
        let begun = state.app.clock.monotonic();
        let (mut last_pass, mut last_round) = (begun, begun);
        loop {
            ticks.tick().await;
            let work = state.work.clone();
            if work.is_closed() {
                return;
            }
            let now = state.app.clock.monotonic();
            if now.saturating_sub(last_pass) >= EVERY {
                last_pass = now;
                work.track_future(pass(&state)).await;
                // Processes that share the load share the database as well: one of them backs it up.
                if state.app.share.ids().contains(&0) {
                    let (backups, app) = (Arc::clone(&backups), Arc::clone(&state));
                    // It may take long, and nothing else waits for it but the end of the program.
                    work.spawn(async move { backups.run_if_due(app.app.db.live(), &*app.app.clock).await });
                }
            }
            if now.saturating_sub(last_round) >= ROUND {
                last_round = now;
                report::log("begin a round", catch_up::begin_round(&state.app).await);
            }
        }
    });
}

async fn pass(state: &State) {
    let (app, rest) = (&state.app, &state.rest);
    report::log("finish openings", reconcile::finish_openings(app, rest, app.share, app.now() - OPENING_FOR).await);
    report::log("finish closes", effects::finish_closes(app, rest, app.share).await);
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
