//! What became of a ticket that was taken over from theticketbot, which records neither closing nor archiving.
//!
//! Until Discord was asked it counts as closed, so that nobody is refused for it and nothing is posted in it. Threads that
//! lie archived stay as they are, without a word: they may have for years.

use anyhow::Context as _;

use super::catch_up::{Told, how_left};
use super::close::{find, follow, who_archived};
use crate::app::App;
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Sighting};
use crate::discord::{Fault, Refusal};
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::{Event, State, Thread, taken_over};
use crate::error::Result;
use crate::storage::lifecycle::{self, Change, Record};

/// Asks Discord, and stores what it says. `Err`: it did not answer, and is to be asked again.
pub(super) async fn settle(app: &App, rest: &Rest, thread: ThreadId) -> Result<Told<()>> {
    let Some(record) = find(app, thread).await?.filter(|record| record.state == State::Closed) else {
        return Ok(Ok(()));
    };
    match threads::look(rest, thread).await {
        Ok(Some(seen)) => settle_as(app, rest, &record, &seen).await,
        Ok(None) => {
            note(app, thread, None).await?;
            follow(app, rest, &record, Event::ThreadDeleted, None).await.map(Ok)
        }
        Err(fault) => give_up_or(app, &record, fault).await,
    }
}

async fn settle_as(app: &App, rest: &Rest, record: &Record, seen: &Sighting) -> Result<Told<()>> {
    if let Some(parent) = seen.parent {
        lifecycle::set_parent(&app.db, record.ticket, parent).await.context("store a thread's channel")?;
    }
    if seen.flags.archived {
        let state = taken_over(seen.flags, who_archived(app, record, seen));
        return note(app, record.id, Some((state, seen))).await.map(Ok);
    }
    let event = match threads::has_member(rest, record.id, record.owner).await {
        Ok(true) => Event::OwnerJoined,
        Ok(false) => match how_left(rest, record).await {
            Ok(event) => event,
            Err(fault) => return give_up_or(app, record, fault).await,
        },
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => Event::ThreadDeleted,
        Err(fault) => return give_up_or(app, record, fault).await,
    };
    // Not closed: the owner's leaving, which nobody followed, is still to be followed.
    note(app, record.id, Some((State::Dormant, seen))).await?;
    follow(app, rest, record, event, None).await.map(Ok)
}

/// Out of the bot's sight, and for good: it stays closed.
async fn give_up_or(app: &App, record: &Record, fault: Fault) -> Result<Told<()>> {
    if !fault.is_final() {
        return Ok(Err(fault));
    }
    tracing::warn!(ticket.id = %record.ticket, %fault, "could not find out what became of a ticket");
    note(app, record.id, None).await.map(Ok)
}

/// Stores what is known now, unless an event was quicker.
async fn note(app: &App, thread: ThreadId, found: Option<(State, &Sighting)>) -> Result<()> {
    let mut tx = app.db.begin_write().await.context("begin to settle a ticket")?;
    let Some(record) = lifecycle::load(&mut tx, thread).await.context("load a ticket")? else { return Ok(()) };
    if let Some((state, seen)) = found.filter(|_| record.state == State::Closed && record.thread != Thread::Gone) {
        let thread = Thread::There(seen.flags);
        let change = Change { state, slot: None, thread, remaining: record.remaining, at: app.now() };
        lifecycle::save(&mut tx, record.ticket, &change).await.context("settle a ticket")?;
    }
    lifecycle::set_seen(&mut tx, record.ticket, app.now()).await.context("note a ticket as settled")?;
    tx.commit().await.context("commit what became of a ticket")?;
    Ok(())
}
