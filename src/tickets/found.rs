//! Which of the threads that the bot has made is a ticket's, when Discord's answer was lost: found again by where, when and
//! under which name it was asked for; or, if somebody renamed it at once, by being the only one of its time that is nobody's.
//!
//! Members of one name have tickets of one name. So a thread is claimed in the database before it is used, and one that
//! may belong to a click that is still running is left alone.

use std::time::Duration;

use crate::app::App;
use crate::discord::threads::MadeThread;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, TicketId};
use crate::storage::{Result, reservations};

/// What is known of a thread that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub ticket: TicketId,
    pub parent: ChannelId,
    pub name_digest: &'a str,
    /// By Discord's clock, as the times of threads are.
    pub since: Timestamp,
}

#[derive(Debug)]
pub(super) enum Search<'a> {
    /// It is stored as the ticket's.
    Claimed(&'a MadeThread),
    Nowhere,
    /// There is one, but it may be that of another click, which is still running.
    Unclear,
}

/// A click and its thread may be counted to the same millisecond, and Discord's machines are a little apart.
const APART: Duration = Duration::from_secs(2);

/// So long after the click a thread may have been made for it that has another name now. Longer waits for a rate limit are
/// possible; then it is found by its name only.
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

/// `name`: only those who asked for a thread of this name may be waiting for it; `None`: anybody.
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
