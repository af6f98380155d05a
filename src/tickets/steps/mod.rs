//! The kinds of steps for tickets, one file each. A new kind is a file here, a line in [`KINDS`] and a line in
//! `tests/e2e/journeys.rs`, which runs it and kills it at every request.

mod announce;
mod claimer;
mod close;
mod delete;
mod due;
mod line;
pub(super) mod look;
mod moved;
mod moved_here;
mod open;
mod quote;
mod reply;
mod restore;
mod settle;
mod thread;

use crate::discord::channel_posts::first_line;
use crate::discord::{Refusal, RestError};
use crate::domain::lifecycle::Event;
use crate::error::Result;
use crate::i18n::{self, Locale};
use crate::storage::steps::Step;
use crate::tickets::TicketMsg;
use crate::tickets::cards::Remove;
use crate::tickets::label;
use crate::tickets::machine::{self, Finished, Progress};
use crate::work::{Attempt, Kind, Kinds, Outcome, Tools};
use crate::{export, inboxes, journal};

/// All kinds.
pub const KINDS: Kinds = &[
    &open::Open,
    &close::Close,
    &restore::Restore,
    &thread::DISCARD,
    &delete::Delete,
    &look::LOOK,
    &line::PostLine,
    &quote::Quote,
    &moved::Moved,
    &claimer::Claimer,
    &announce::Announce,
    &reply::PostReply,
    &settle::SETTLE,
    &due::Due,
    &journal::LINE,
    &export::Attach { label },
    &Remove,
    &inboxes::REMOVE_PANEL,
    &inboxes::WRITE_PANEL,
];

pub(super) use announce::add as add_announcement;
pub(super) use claimer::add as add_claimer;
pub(super) use delete::{add as add_deletion, how as how_deleted, is_pending as deletion_is_pending};
pub(super) use due::{add as add_due, is_of as is_due_of};
pub(super) use line::{add as add_line, insert as insert_line, opener_among};
pub(super) use moved::add as add_moved;
pub(super) use quote::add as add_quote;
pub(super) use reply::add as add_reply;
pub(super) use settle::add as add_settling;

/// A kind that leaves the ticket as it is when given up.
struct Plain {
    name: &'static str,
    carry_out: for<'a> fn(Tools<'a>, &'a Step) -> Attempt<'a>,
}

impl Kind for Plain {
    fn name(&self) -> &'static str {
        self.name
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        (self.carry_out)(tools, step)
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step, &[]))
    }
}

/// Ends a step with these events.
async fn end(tools: Tools<'_>, step: &Step, events: &[Event]) -> Result<Outcome> {
    end_with(tools, step, events, Progress::NONE).await
}

async fn end_with(tools: Tools<'_>, step: &Step, events: &[Event], progress: Progress) -> Result<Outcome> {
    Ok(match machine::finish(tools.app, step, events, progress).await? {
        Finished::Applied(_) => Outcome::Done,
        Finished::Overtaken => Outcome::Overtaken,
    })
}

/// Whether the guild's `AutoMod` has refused a text for the reason that a person gave, which stands below its first line.
fn is_reason_blocked(fault: &RestError, text: &str) -> bool {
    fault.refusal() == Some(Refusal::AutoMod) && text.contains('\n')
}

/// The same text without the reason, and why.
fn without_reason(text: &str, locale: &Locale) -> String {
    format!("{}\n{}", first_line(text), i18n::render(locale, &TicketMsg::ReasonBlocked))
}

/// What a refused request about a thread says about the thread.
fn what_is_gone(fault: &RestError) -> Option<Event> {
    match fault.refusal()? {
        Refusal::Unknown => Some(Event::ThreadGone),
        Refusal::MissingAccess => Some(Event::OutOfSight),
        _ => None,
    }
}
