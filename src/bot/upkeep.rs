//! Scheduled work: takes over abandoned steps (`work`), deletes expired records (`retention`), and once a day backs up
//! the database and reconciles every guild of this process's shards.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{self, MissedTickBehavior};

use super::retention::Keeper;
use crate::app::background::restarted;
use crate::backups::Daily;
use crate::config::Retention;
use crate::discord::{BotContext, report};
use crate::tickets::{catch_up, steps};
use crate::work::Worker;

const EVERY: Duration = Duration::from_mins(1);

/// How often the clock is read.
const TICK: Duration = Duration::from_secs(1);

/// How often every guild is reconciled, whatever events arrived: one may have been lost.
const ROUND: Duration = Duration::from_hours(24);

/// Runs until the bot stops, by the application's clock.
pub(super) fn start(state: Arc<BotContext>, retention: Retention, backups: Arc<Daily>) {
    let looker = Arc::clone(&state);
    tokio::spawn(async move { restarted("catch-up", || catch_up::work_off(&looker)).await });
    let worker = Worker::new(Arc::clone(&state), steps::KINDS);
    tokio::spawn(async move { restarted("steps", || worker.run()).await });
    tokio::spawn(async move { restarted("upkeep", || keep_up(&state, retention, &backups)).await });
}

async fn keep_up(state: &Arc<BotContext>, retention: Retention, backups: &Arc<Daily>) {
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let begun = state.app.clock.monotonic();
    let mut keeper = Keeper::new(retention);
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
            report::log("forget what is over", work.track_future(keeper.pass(&state.app)).await);
            // Processes that share the shards share the database: one of them backs it up.
            if state.app.share.ids().contains(&0) {
                let (backups, app) = (Arc::clone(backups), Arc::clone(state));
                // A backup may take long; only the end of the program waits for it. After a panic, the next pass
                // restarts it.
                work.spawn(async move { backups.run_if_due(app.app.db.live(), &*app.app.clock).await });
            }
        }
        if now.saturating_sub(last_round) >= ROUND {
            last_round = now;
            report::log("begin a round", catch_up::begin_round(&state.app).await);
        }
    }
}
