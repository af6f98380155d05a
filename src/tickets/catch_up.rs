//! What happened to a guild's tickets while nobody listened: before the start, or between two sessions.
//!
//! The list of active threads that comes with a guild shows what is open. Absence from it proves nothing: a ticket that
//! is missing there is asked for, and so is the owner of one that is not. That is one request per open ticket, sent one
//! after another with a pause, whatever the number of guilds, so that clicks never wait behind them.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time;
use tokio_util::task::TaskTracker;

use super::close::{finish_closes, follow, on_sight};
use crate::app::App;
use crate::discord::Fault;
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Sighting};
use crate::domain::ids::{GuildId, ThreadId};
use crate::domain::lifecycle::{Event, State};
use crate::error::Result;
use crate::storage::lifecycle::{self, Record};

/// Between two requests: a tenth of what Discord allows a bot in all (Discord: "Rate Limits", 50 requests per second).
const PACE: Duration = Duration::from_millis(200);

/// One guild's tickets. Ends early when the bot stops; what is left is caught up with at the next start.
pub async fn catch_up(app: &App, rest: &Rest, work: &TaskTracker, guild: GuildId, active: &[Sighting]) -> Result<()> {
    for seen in active {
        if let Some(record) = lifecycle::find(&app.db, seen.thread).await.context("find a ticket")? {
            on_sight(app, rest, &record, seen).await?;
        }
    }
    // The start of the session has begun these, but left alone whatever was being looked at just now.
    finish_closes(app, rest).await?;
    let listed: HashSet<ThreadId> = active.iter().map(|seen| seen.thread).collect();
    for record in lifecycle::list_open(&app.db, guild).await.context("list open tickets")? {
        let _turn = app.background.lock().await;
        if work.is_closed() {
            return Ok(());
        }
        if let Err(fault) = ask_about(app, rest, &record, listed.contains(&record.id)).await? {
            tracing::warn!(ticket.id = %record.ticket, %fault, "could not find out what became of a ticket");
        }
        time::sleep(PACE).await;
    }
    Ok(())
}

async fn ask_about(app: &App, rest: &Rest, record: &Record, is_active: bool) -> Result<std::result::Result<(), Fault>> {
    let event = if is_active {
        match threads::has_member(rest, record.id, record.owner).await {
            Ok(true) => return Ok(Ok(())),
            Ok(false) => Event::OwnerLeftThread,
            Err(fault) => return Ok(Err(fault)),
        }
    } else {
        match threads::look(rest, record.id).await {
            Ok(Some(seen)) => return on_sight(app, rest, record, &seen).await.map(Ok),
            Ok(None) => Event::ThreadDeleted,
            Err(fault) => return Ok(Err(fault)),
        }
    };
    debug_assert!(record.state == State::Open, "only open tickets are asked about");
    follow(app, rest, record, event, None).await.map(Ok)
}
