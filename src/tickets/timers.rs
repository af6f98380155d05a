//! The timers of tickets: what becomes of each kind when it is due.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::delete;
use crate::discord::BotContext;
use crate::error::Result;
use crate::storage::timers::{self, DELETION, Timer};

/// The wait for a version that knows the kind of a timer.
const UNKNOWN: Duration = Duration::from_hours(1);

/// Handles a due timer.
pub fn on_due(state: &Arc<BotContext>, timer: Timer) -> Pin<Box<dyn Future<Output = Result<()>> + Send + '_>> {
    Box::pin(async move {
        if timer.kind == DELETION {
            return delete::on_due(state, &timer).await;
        }
        tracing::error!(kind = timer.kind, ticket.id = %timer.ticket, "a timer of an unknown kind is due");
        let mut tx = state.app.db.begin_write().await.context("begin to put a timer off")?;
        let due_at = state.app.now() + UNKNOWN;
        timers::set(&mut tx, timer.ticket, &timer.kind, due_at, &timer.payload).await.context("put a timer off")?;
        Ok(tx.commit().await.context("commit that a timer is put off")?)
    })
}
