//! Finds a ticket's thread when Discord's answer was lost: by parent, time and name; or, if it was renamed at once, as
//! the only unclaimed thread of its time.
//!
//! Tickets of members with the same name share a thread name. So a thread is claimed in the database before use, and
//! one that may belong to a running click is skipped.

use std::time::Duration;

use crate::app::App;
use crate::discord::threads::MadeThread;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, TicketId};
use crate::storage::{Result, reservations};

/// The known facts about a requested thread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub ticket: TicketId,
    pub parent: ChannelId,
    pub name_digest: &'a str,
    /// By Discord's clock, like the times of threads.
    pub since: Timestamp,
}

#[derive(Debug)]
pub(super) enum Search<'a> {
    /// It is stored as the ticket's.
    Claimed(&'a MadeThread),
    Nowhere,
    /// A thread exists, but may belong to another click that is still running.
    Unclear,
}

/// A click and its thread may share a millisecond, and the clocks of Discord's machines differ slightly.
const APART: Duration = Duration::from_secs(2);

/// A thread created this soon after the click may be its thread under another name. Rate limits can delay it longer;
/// then only the name identifies it.
const RENAMED_WITHIN: Duration = Duration::from_mins(1);

pub(super) async fn claim<'a>(app: &App, plan: Plan<'_>, made: &'a [MadeThread]) -> Result<Search<'a>> {
    let of_its_time = |thread: &&MadeThread| thread.parent == plan.parent && thread.made_at + APART >= plan.since;
    let mut candidates: Vec<_> = made.iter().filter(of_its_time).collect();
    candidates.sort_by_key(|thread| thread.id);
    let (named, renamed): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|thread| thread.has_name_like(plan.name_digest));
    for thread in named {
        match try_claim(app, plan, thread, Some(plan.name_digest)).await? {
            Search::Nowhere => {}
            found => return Ok(found),
        }
    }
    for thread in renamed.into_iter().filter(|thread| thread.made_at <= plan.since + RENAMED_WITHIN) {
        match try_claim(app, plan, thread, None).await? {
            Search::Nowhere => {}
            found => return Ok(found),
        }
    }
    Ok(Search::Nowhere)
}

/// `name`: only clicks that requested a thread of this name compete for it; `None`: any click.
async fn try_claim<'a>(app: &App, plan: Plan<'_>, thread: &'a MadeThread, name: Option<&str>) -> Result<Search<'a>> {
    if reservations::is_others_thread(&app.db, plan.ticket, thread.id).await? {
        return Ok(Search::Nowhere);
    }
    if reservations::is_awaited(&app.db, plan.ticket, plan.parent, name).await? {
        return Ok(Search::Unclear);
    }
    let is_claimed = reservations::set_thread(&app.db, plan.ticket, thread.id).await?;
    Ok(if is_claimed { Search::Claimed(thread) } else { Search::Nowhere })
}
