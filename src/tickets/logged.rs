//! What a change of a ticket's state means for the log. What people do to a ticket without changing its state is logged
//! where it is done.

use crate::domain::happening::{Cause, Deleted, Happening};
use crate::domain::ids::UserId;
use crate::domain::lifecycle::{Event, Left, Notice, State, Thread};
use crate::storage::lifecycle::Record;

/// What has happened to a ticket by this event. `before`: the ticket as it was; `state`, `thread`: as it is now; `by`: the
/// person who decided it through the bot; `opener`: who opens it for its owner; `deleted`: how the bot deletes its thread,
/// if it does.
pub(super) fn happening(
    event: &Event,
    before: &Record,
    state: State,
    thread: Thread,
    by: Option<UserId>,
    opener: Option<UserId>,
    deleted: Option<Deleted>,
) -> Option<Happening> {
    let is_ready = matches!(state, State::Open | State::Dormant);
    let was_opened = before.opened_at.is_some();
    match (before.state, *event) {
        (State::Opening, Event::Opened) if is_ready => Some(match opener {
            Some(by) => Happening::OpenedFor { by, owner: before.owner },
            None => Happening::Opened { by: before.owner },
        }),
        (_, Event::ThreadGone) if thread == Thread::Gone && before.thread != Thread::Gone && was_opened => {
            Some(Happening::Deleted { how: deleted.unwrap_or(Deleted::ByHand) })
        }
        (State::Open | State::Dormant, event) if state == State::Closed => {
            cause(event, by).map(|cause| Happening::Closed { cause })
        }
        // The state of an imported ticket becomes known.
        // Discord may refuse a re-opening: it is logged when its step ends.
        (State::Closed, Event::SeenFirst { .. } | Event::Reopened) => None,
        (State::Closed, _) if is_ready => Some(Happening::Reopened { by }),
        _ => None,
    }
}

/// Why an event has closed a ticket; `None`: it was taken back, and nobody has used it.
fn cause(event: Event, by: Option<UserId>) -> Option<Cause> {
    match event {
        Event::OwnerSaidGone(left) | Event::OwnerLeft(left) => Some(match left {
            Left::Thread => Cause::OwnerLeft,
            Left::Guild => Cause::OwnerLeftGuild,
        }),
        Event::Closed { notice: Notice::Unanswered, .. } => by.map(|by| Cause::Unanswered { by }),
        Event::Closed { .. } => by.map(|by| Cause::Person { by }),
        Event::Seen { .. } => Some(Cause::Archived { by: None }),
        _ => None,
    }
}
