//! Asks Discord about a ticket and returns the answer as events.

use super::machine::sighting;
use crate::discord::rest::Rest;
use crate::discord::threads;
use crate::discord::{Refusal, RestError, guild};
use crate::domain::lifecycle::{About, Event, Left, Question};
use crate::storage::lifecycle::Record;

/// Empty when there is nothing to report. `Err`: Discord did not answer; ask again.
pub(super) async fn ask(rest: &Rest, record: &Record, question: Question) -> Result<Vec<Event>, RestError> {
    let Some(thread) = record.thread_id else { return Ok(Vec::new()) };
    let mut events = Vec::new();
    if question.about == About::Thread {
        match threads::look(rest, thread).await {
            Ok(Some(seen)) => {
                events.push(sighting(record, &seen));
                if seen.flags.archived {
                    return Ok(events);
                }
            }
            Ok(None) => return Ok(vec![Event::ThreadGone]),
            Err(fault) => return out_of_sight_or(record, fault),
        }
    }
    match threads::has_member(rest, thread, record.owner).await {
        Ok(true) => events.push(Event::OwnerIsThere),
        Ok(false) if !question.follows_absence(record.state) => {}
        Ok(false) => events.push(Event::OwnerLeft(how_left(rest, record, question.said).await?)),
        Err(fault) if fault.refusal() == Some(Refusal::Unknown) => return Ok(vec![Event::ThreadGone]),
        Err(fault) => return out_of_sight_or(record, fault),
    }
    Ok(events)
}

/// Whether the owner, who is not in the thread, left only the thread or the whole guild.
async fn how_left(rest: &Rest, record: &Record, said: Option<Left>) -> Result<Left, RestError> {
    match said {
        Some(left) => Ok(left),
        None if guild::has_member(rest, record.guild, record.owner).await? => Ok(Left::Thread),
        None => Ok(Left::Guild),
    }
}

/// A final refusal: the bot cannot see the thread, and the ticket occupies nobody's place.
pub(super) fn out_of_sight_or(record: &Record, fault: RestError) -> Result<Vec<Event>, RestError> {
    if !fault.is_final() {
        return Err(fault);
    }
    tracing::warn!(ticket.id = %record.ticket, %fault, "could not read a ticket's thread");
    Ok(vec![Event::OutOfSight])
}
