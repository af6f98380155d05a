//! The kinds of steps for tickets, one file each. A new kind is a file here, a line in [`KINDS`] and a line in
//! `tests/e2e/journeys.rs`, which runs it and kills it at every request.

mod close;
mod discard;
mod look;
mod open;
mod unlock;

use crate::discord::{Refusal, RestError};
use crate::domain::lifecycle::Event;
use crate::error::Result;
use crate::storage::steps::Step;
use crate::tickets::machine::{self, Answer, Progress};
use crate::work::{Kinds, Outcome, Tools};

/// All kinds.
pub const KINDS: Kinds = &[&open::Open, &close::Close, &unlock::Unlock, &discard::Discard, &look::Look];

/// Ends a step with these events.
async fn end(tools: Tools<'_>, step: &Step, events: &[Event]) -> Result<Outcome> {
    end_with(tools, step, events, Progress::NONE).await
}

async fn end_with(tools: Tools<'_>, step: &Step, events: &[Event], progress: Progress) -> Result<Outcome> {
    Ok(match machine::answer(tools.app, step, events, progress).await? {
        Answer::Taken(_) => Outcome::Done,
        Answer::Overtaken => Outcome::Overtaken,
    })
}

/// What a refused request about a thread says about the thread.
fn what_is_gone(fault: &RestError) -> Option<Event> {
    match fault.refusal()? {
        Refusal::Unknown => Some(Event::ThreadGone),
        Refusal::MissingAccess => Some(Event::OutOfSight),
        _ => None,
    }
}
