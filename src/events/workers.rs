//! Handles the intake's events, a few guilds at a time and each guild's events in order.
//!
//! A handler only uses the database, without requests to Discord: an event's consequence is a step, carried out
//! concurrently with later events.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;

use super::handle;
use crate::discord::BotContext;
use crate::discord::event::Event;
use crate::discord::intake::Turn;

/// How many events are handled at once. They only wait for the database, which has one writer.
const WORKERS: usize = 16;

/// Follow-ups of an event, to be handled before later events.
type Follows = Vec<Event>;

/// Starts the workers. They end when the intake is closed and empty.
pub fn start(state: &Arc<BotContext>) {
    for _ in 0..WORKERS {
        let state = Arc::clone(state);
        tokio::spawn(async move {
            while let Some(turn) = state.intake.next().await {
                state.work.track_future(work_on(turn, &state)).await;
            }
        });
    }
}

async fn work_on(mut turn: Turn, state: &Arc<BotContext>) {
    let Some(event) = turn.take() else { return };
    turn.end(handled(event, Arc::clone(state)).await);
}

/// A panic ends neither the worker nor its guild's queue.
async fn handled(event: Event, state: Arc<BotContext>) -> Follows {
    AssertUnwindSafe(handle(event, &state)).catch_unwind().await.unwrap_or_else(|_panic| {
        tracing::error!("the work on an event panicked");
        Vec::new()
    })
}
