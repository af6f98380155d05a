//! The timers of tickets: what becomes of each kind when it is due.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::announced;
use super::close::start_step;
use super::delete;
use super::machine::{self, Progress};
use super::sweep;
use crate::discord::BotContext;
use crate::domain::ids::TicketId;
use crate::domain::lifecycle::{Event, Timer as Kind};
use crate::error::Result;
use crate::storage::lifecycle;
use crate::storage::sweeps::SWEEP;
use crate::storage::timers::{self, DELETION, Timer};

/// The wait for a version that knows the kind of a timer.
const UNKNOWN: Duration = Duration::from_hours(1);

/// Handles a due timer.
pub fn on_due(state: &Arc<BotContext>, timer: Timer) -> Pin<Box<dyn Future<Output = Result<()>> + Send + '_>> {
    Box::pin(async move {
        if timer.kind == DELETION {
            return delete::on_due(state, &timer).await;
        }
        if timer.kind == SWEEP {
            return sweep::on_due(state, &timer).await;
        }
        match timer.kind.parse() {
            Ok(kind @ (Kind::Close | Kind::Ask)) => announced::on_due(state, timer.ticket, kind).await,
            Ok(Kind::Archive) => was_visible(state, timer.ticket).await,
            Err(_) => put_off(state, &timer).await,
        }
    })
}

/// A closed ticket's thread has been visible long enough.
async fn was_visible(state: &Arc<BotContext>, ticket: TicketId) -> Result<()> {
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to archive a thread")?;
    timers::delete(&mut tx, ticket, Kind::Archive.as_str()).await.context("delete a timer")?;
    let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
    let applied = match record {
        Some(record) => Some(machine::apply_in(app, &mut tx, record, Event::WasVisible, Progress::NONE).await?),
        None => None,
    };
    tx.commit().await.context("commit that a thread is archived")?;
    start_step(state, applied.and_then(|applied| applied.committed(app)));
    Ok(())
}

async fn put_off(state: &BotContext, timer: &Timer) -> Result<()> {
    tracing::error!(kind = timer.kind, ticket.id = %timer.ticket, "a timer of an unknown kind is due");
    let mut tx = state.app.db.begin_write().await.context("begin to put a timer off")?;
    let due_at = state.app.now_at_discord() + UNKNOWN;
    timers::set(&mut tx, timer.ticket, &timer.kind, due_at, &timer.payload).await.context("put a timer off")?;
    Ok(tx.commit().await.context("commit that a timer is put off")?)
}
