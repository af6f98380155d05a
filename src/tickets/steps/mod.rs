//! What is done on Discord for tickets, one file a kind of step. A new kind is a file here and a line in [`KINDS`]; its
//! journey, which lets it happen and be killed at every request, is a line in `tests/e2e/journeys.rs`.

mod close;
mod discard;
mod look;
mod open;
mod unlock;

use crate::discord::{Fault, Refusal};
use crate::domain::lifecycle::Event;
use crate::error::Result;
use crate::storage::steps::Step;
use crate::tickets::machine::{self, Answer, Progress};
use crate::work::{Kinds, Outcome, Tools};

/// All of them.
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

/// What a refusal of a request about a thread says of the thread itself.
fn what_is_gone(fault: &Fault) -> Option<Event> {
    match fault.refusal()? {
        Refusal::Unknown => Some(Event::ThreadGone),
        Refusal::MissingAccess => Some(Event::OutOfSight),
        _ => None,
    }
}
