//! Determines the state of a ticket imported from theticketbot, which records neither closing nor archiving.
//!
//! Until Discord was asked it counts as closed, so that it blocks nobody and nothing is posted in it. Archived threads
//! stay untouched, without a notice: they may be years old.

use std::sync::Arc;

use anyhow::Context as _;

use super::asking::out_of_sight_or;
use super::close::go_on;
use super::machine::{self, Progress, Which};
use crate::discord::threads;
use crate::discord::{BotContext, RestError};
use crate::domain::lifecycle::{self, Event};
use crate::error::Result;
use crate::storage::lifecycle::{self as tickets, Record};

/// Asks Discord and stores the answer. `Err`: Discord did not answer; ask again.
pub(super) async fn settle(state: &Arc<BotContext>, listed: &Record) -> Result<std::result::Result<(), RestError>> {
    let app = &state.app;
    let record = tickets::find_ticket(&app.db, listed.ticket).await.context("find a ticket")?;
    let is_closed = |record: &Record| record.state == lifecycle::State::Closed;
    let Some((record, thread)) = record
        .filter(is_closed)
        .and_then(|record| Some((record.thread_id?, record)).map(|(thread, record)| (record, thread)))
    else {
        return Ok(Ok(()));
    };
    let events = match threads::look(&state.rest, thread).await {
        Ok(Some(seen)) => {
            if let Some(parent) = seen.parent {
                tickets::set_parent(&app.db, record.ticket, parent).await.context("store a thread's channel")?;
            }
            vec![Event::SeenFirst { flags: seen.flags, by: machine::who_archived(&record, &seen) }]
        }
        Ok(None) => vec![Event::ThreadGone],
        // The bot can no longer see the thread: the ticket stays closed.
        Err(fault) => match out_of_sight_or(&record, fault) {
            Ok(events) => events,
            Err(fault) => return Ok(Err(fault)),
        },
    };
    let progress = Progress { was_imported: true, ..Progress::NONE };
    for event in events {
        go_on(state, machine::hear_with(app, Which::Ticket(record.ticket), event, progress).await?);
    }
    Ok(Ok(()))
}
