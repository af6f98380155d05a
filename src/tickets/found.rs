//! Which of the threads that the bot has made is a ticket's, when Discord's answer was lost: found again by where, when and
//! under which name it was asked for.
//!
//! Members of one name have tickets of one name. So a thread is claimed in the database before it is used, and one that
//! may belong to a click that is still running is left alone.

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

pub(super) async fn claim<'a>(app: &App, plan: Plan<'_>, made: &'a [MadeThread]) -> Result<Search<'a>> {
    let mut planned: Vec<_> =
        made.iter().filter(|thread| thread.is_planned(plan.parent, plan.name_digest, plan.since)).collect();
    planned.sort_by_key(|thread| thread.id);
    for thread in planned {
        if reservations::is_others_thread(&app.db, plan.ticket, thread.id).await? {
            continue;
        }
        let namesakes = reservations::namesakes(&app.db, plan.ticket, plan.parent, plan.name_digest).await?;
        if namesakes.into_iter().any(|namesake| app.opening.contains(namesake)) {
            return Ok(Search::Unclear);
        }
        if reservations::set_thread(&app.db, plan.ticket, thread.id).await? {
            return Ok(Search::Claimed(thread));
        }
    }
    Ok(Search::Nowhere)
}
