//! What is done again and again without anybody asking: half-done openings and closes are taken up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{self, MissedTickBehavior};

use crate::discord::{State, report};
use crate::tickets::{close, reconcile};

const EVERY: Duration = Duration::from_mins(1);

/// Younger openings may still get their answer from Discord, which waits out rate limits.
const OPENING_FOR: Duration = Duration::from_mins(1);

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
}
