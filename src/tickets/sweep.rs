//! Tickets that an admin closes together, after having seen their number: each is closed by a timer of its own, like by
//! a person, so that a restart loses none and trouble with one holds up no other.

use std::sync::Arc;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::close::start_step;
use super::closing;
use super::machine::{self, Progress};
use crate::app::App;
use crate::discord::BotContext;
use crate::domain::happening::Happening;
use crate::domain::ids::{GuildId, UserId};
use crate::domain::lifecycle::{Event, Notice, State};
use crate::error::Result;
use crate::journal;
use crate::storage::lifecycle;
use crate::storage::sweeps::{self, SWEEP, Sweep};
use crate::storage::timers::{self, Timer};

/// What a timer knows.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Payload {
    by: UserId,
}

/// Begins to close the tickets. Returns their number.
pub async fn begin(app: &App, guild: GuildId, by: UserId, sweep: &Sweep) -> Result<u64> {
    let payload = serde_json::to_string(&Payload { by }).context("write a timer's payload")?;
    let mut tx = app.db.begin_write().await.context("begin to close many tickets")?;
    let count = sweeps::begin(&mut tx, sweep, app.now(), &payload).await.context("set timers of many tickets")?;
    if count > 0 {
        let happening = Happening::ClosedMany { by, inbox: sweep.inbox, count };
        let (noted, _) = journal::note_block(app, &mut tx, guild, &[sweep.inbox], by, happening, None).await?;
        tx.commit().await.context("commit that many tickets are closed")?;
        drop(noted);
        app.alarm.ring();
    }
    tracing::info!(guild.id = %guild, inbox.id = %sweep.inbox, count, "many tickets are being closed");
    Ok(count)
}

/// It is the ticket's turn, unless it was closed meanwhile.
pub(super) async fn on_due(state: &Arc<BotContext>, timer: &Timer) -> Result<()> {
    let app = &state.app;
    let Payload { by } = serde_json::from_str(&timer.payload).context("read a timer's payload")?;
    let mut tx = app.db.begin_write().await.context("begin to close one of many tickets")?;
    timers::delete(&mut tx, timer.ticket, SWEEP).await.context("end a timer")?;
    let record = lifecycle::load_ticket(&mut tx, timer.ticket).await.context("load a ticket")?;
    let mut applied = None;
    if let Some(record) = record.filter(|record| matches!(record.state, State::Open | State::Dormant)) {
        let archive_at = closing::archive_at(&closing::settings_of(app, &record).await?, app.now());
        let progress = Progress { by: Some(by), archive_at, ..Progress::NONE };
        let event = Event::Closed { notice: Notice::Closed, stays: archive_at.is_some() };
        applied = Some(machine::apply_in(app, &mut tx, record, event, progress).await?);
    }
    tx.commit().await.context("commit that one of many tickets is closed")?;
    start_step(state, applied.and_then(|applied| applied.committed(app)));
    Ok(())
}
