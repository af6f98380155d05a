//! The machine of one ticket, from its reservation to its deletion: its state, and what follows from what happens to it.
//!
//! A thread's archived and locked flags are facts that drive the state, they are not the state: a thread that Discord's
//! timer archived belongs to a ticket that is dormant, not closed. The rules are pure. `tickets::machine` loads the facts,
//! and saves the new state together with what is still to be done on Discord (a [`Task`], stored as a step); `work` carries
//! that out, and what Discord answers is an event again.
//!
//! The states are in `state`, what is known of a thread in `thread`, what there is to do in `task`, how to tell who archived
//! a thread in `archiving`, and what becomes of an interrupted close in `resuming`.

mod archiving;
mod resuming;
mod state;
mod task;
#[cfg(test)]
mod tests;
mod thread;

pub use archiving::{ArchivedBy, Archiving, archived_by};
pub use resuming::{Resumed, Traces, resume_closing};
pub use state::{Notice, ParseNameError, State};
pub use task::{About, Left, Question, Task};
pub use thread::{Flags, Thread};

/// What happened. Events may come twice, late, in another order, or because of what we did ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Discord answered our request with the thread, or it was found again. Never taken from the gateway.
    ThreadMade,
    /// Owner and first message are in the thread: the ticket is ready.
    Opened,
    /// The thread could not be made, or its owner not be brought in. `discard`: nobody is in the thread, so it goes.
    OpeningFailed { discard: bool },
    /// The member got another answer than the link to this ticket.
    TakenBack,
    /// The thread that had to go is deleted.
    Discarded,
    /// The thread was seen, in an event, in an answer or in a list. `by`: who archived it, if it is archived.
    Seen { flags: Flags, by: ArchivedBy },
    /// The same of a ticket that was taken over from another program, and of which nothing was known until now.
    SeenFirst { flags: Flags, by: ArchivedBy },
    /// The gateway says that the owner is gone. Such an event has no time: it may be from before they came back.
    OwnerSaidGone(Left),
    /// Discord was asked, and the owner is gone.
    OwnerLeft(Left),
    /// The gateway says that the owner was added to the thread.
    OwnerAdded,
    /// Discord was asked, and the owner is in the thread.
    OwnerIsThere,
    /// The bot itself was removed from the thread.
    BotRemoved,
    /// Discord refuses for good to show the thread.
    OutOfSight,
    /// The thread was deleted, or its channel, for which Discord sends no event of its own.
    ThreadGone,
}

/// What a decision is made from, besides the state and the event.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub thread: Thread,
    /// The close is still being carried out: a thread that is un-archived now may be so by our own notice.
    pub is_closing: bool,
    /// The owner's other tickets leave room for one more in this inbox, read in the transaction that takes the slot.
    pub slot_free: bool,
    /// It was once ready.
    pub was_opened: bool,
    /// It was not open all the time since it was ready: an event from before may still be on its way.
    pub was_reopened: bool,
    /// It was opened so short a time ago that events from before may still be waiting.
    pub is_new: bool,
}

/// What becomes of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub state: State,
    pub thread: Thread,
    /// What is to be done on Discord because of it. What is waiting already stays, as long as it
    /// [belongs](Task::belongs_to) to the new state.
    pub task: Option<Task>,
    /// Nothing is left of the ticket: its row goes.
    pub forget: bool,
    /// It does not count as opened: its owner need not wait for another.
    pub unopened: bool,
}

impl Decision {
    fn new(state: State, thread: Thread) -> Self {
        Self { state, thread, task: None, forget: false, unopened: false }
    }

    fn and(self, task: Option<Task>) -> Self {
        Self { task, ..self }
    }
}

/// The state after `event`, and what has to be done for it. A slot is held exactly by what [`State::holds_slot`] says.
pub fn decide(state: State, event: &Event, facts: &Facts) -> Decision {
    use State::{Closed, Dormant, Open, Opening};

    let unchanged = Decision::new(state, facts.thread);
    if facts.thread == Thread::Gone {
        return after_the_end(*event, facts);
    }
    match (*event, state) {
        (Event::ThreadMade, Opening) if facts.thread == Thread::NotMade => {
            Decision::new(Opening, Thread::There(Flags::NEW))
        }
        (Event::Opened, Opening) => match facts.thread {
            // Somebody was quick. If our own first message revived the thread since, the event of that is on its way.
            Thread::There(Flags { archived: true, .. }) | Thread::Hidden(_) => Decision::new(Dormant, facts.thread),
            Thread::There(_) => Decision::new(Open, facts.thread),
            Thread::NotMade | Thread::Gone => give_up(false, facts),
        },
        (Event::OpeningFailed { discard }, Opening) => give_up(discard, facts),
        (Event::TakenBack, Opening | Open | Dormant) => Decision { unopened: true, ..give_up(true, facts) },
        (Event::Discarded, Closed) => Decision { forget: true, ..Decision::new(Closed, Thread::Gone) },
        // The step that opens it finds out by itself, while it is being opened.
        (Event::ThreadGone, _) => {
            let forget = state == Closed && !facts.was_opened;
            Decision { forget, ..Decision::new(Closed, Thread::Gone) }
        }
        (Event::OutOfSight, _) => hide(state, facts),
        (Event::Seen { flags, by }, _) => see(state, flags, by, facts),
        (Event::SeenFirst { flags, by }, Closed) => see_first(flags, by),
        (Event::OwnerSaidGone(left), Opening | Open | Dormant) => {
            // While it is being opened nobody can tell whether they left before or after they asked for it.
            let is_doubtful =
                state == Opening || facts.was_reopened || (left == Left::Guild && facts.is_new && state == Open);
            if is_doubtful {
                unchanged.and(look(Question::owner(Some(left)), facts))
            } else {
                close(left.into(), facts)
            }
        }
        (Event::OwnerLeft(left), Open | Dormant) => close(left.into(), facts),
        (Event::OwnerAdded, Dormant | Closed) if facts.thread.is_active() && !facts.is_closing => {
            unchanged.and(look(Question::owner(None), facts))
        }
        (Event::OwnerIsThere, Dormant | Closed) if facts.thread.is_active() && !facts.is_closing => {
            reopen(state, facts)
        }
        (Event::BotRemoved, _) => unchanged.and(look(Question::thread(), facts)),
        // A ticket that is over, or news that are none.
        _ => unchanged,
    }
}

/// What is left of a close that has to be carried out, if anything is.
///
/// Locked and archived is what we are after, and nobody can post there without opening it again.
pub fn closing(notice: Notice, flags: Flags) -> Option<Task> {
    (!(flags.archived && flags.locked)).then_some(Task::Close(Some(notice)))
}

/// What a ticket of another program is, whose thread lies archived since before we knew of it. One that the timer archived
/// can be woken by its owner; for any other it is over, whether or not its program got round to locking it.
pub fn imported(archived: Flags, by: ArchivedBy) -> State {
    if archived.locked || by == ArchivedBy::Person { State::Closed } else { State::Dormant }
}

/// The thread is gone: its ticket stays closed for ever, and one that never was ready leaves nothing.
fn after_the_end(event: Event, facts: &Facts) -> Decision {
    let ends_opening = matches!(event, Event::Opened | Event::OpeningFailed { .. } | Event::Discarded);
    Decision { forget: ends_opening && !facts.was_opened, ..Decision::new(State::Closed, Thread::Gone) }
}

fn look(question: Question, facts: &Facts) -> Option<Task> {
    // Of a thread that nobody has heard of there is nothing to ask.
    (facts.thread != Thread::Gone).then_some(Task::Look(question))
}

fn close(notice: Notice, facts: &Facts) -> Decision {
    let task = match facts.thread {
        Thread::There(flags) => closing(notice, flags),
        Thread::NotMade | Thread::Hidden(_) | Thread::Gone => None,
    };
    Decision::new(State::Closed, facts.thread).and(task)
}

/// Takes an opening back. Without a thread nothing is left of it.
fn give_up(discard: bool, facts: &Facts) -> Decision {
    match facts.thread {
        Thread::NotMade | Thread::Gone => Decision { forget: true, ..Decision::new(State::Closed, Thread::Gone) },
        Thread::Hidden(_) => Decision::new(State::Closed, facts.thread),
        Thread::There(_) => Decision::new(State::Closed, facts.thread).and(discard.then_some(Task::Discard)),
    }
}

/// The bot cannot see the thread any more: it holds nobody's place, and a sighting brings it back.
fn hide(state: State, facts: &Facts) -> Decision {
    let next = match state {
        State::Opening | State::Closed => State::Closed,
        State::Open | State::Dormant => State::Dormant,
    };
    match facts.thread {
        Thread::NotMade | Thread::Gone => give_up(false, facts),
        Thread::There(flags) | Thread::Hidden(flags) => Decision::new(next, Thread::Hidden(flags)),
    }
}

fn see(state: State, flags: Flags, by: ArchivedBy, facts: &Facts) -> Decision {
    let (stored, was_hidden) = match facts.thread {
        Thread::There(stored) => (stored, false),
        Thread::Hidden(stored) => (stored, true),
        Thread::NotMade | Thread::Gone => return Decision::new(state, facts.thread),
    };
    let is_news = was_hidden || !stored.knows_all_of(flags);
    let seen = Thread::There(stored.updated(flags));
    let stays = Decision::new(state, seen);
    match (state, flags.archived) {
        (State::Open | State::Dormant, true) if is_news && by == ArchivedBy::Person => {
            close(Notice::ArchivedByPerson, &Facts { thread: seen, ..*facts })
        }
        (State::Open, true) if is_news => Decision::new(State::Dormant, seen),
        // Not stored before it is decided on: what is known already is not looked at again.
        (State::Closed, false) if is_news && facts.is_closing => {
            Decision::new(state, facts.thread).and(look(Question::seen(flags), facts))
        }
        // Without its owner a ticket stays as it is: staff may go on among themselves in the thread, which is why they
        // removed the owner, and a ticket that its owner cannot see must not count towards their limit.
        (State::Dormant | State::Closed, false) if is_news => stays.and(look(Question::owner(None), facts)),
        _ => stays,
    }
}

/// Until Discord was asked the ticket counted as closed, so that nobody was refused for it.
fn see_first(flags: Flags, by: ArchivedBy) -> Decision {
    let seen = Thread::There(flags);
    if flags.archived {
        return Decision::new(imported(flags, by), seen);
    }
    // Not closed: the owner's leaving, which nobody followed, is still to be followed.
    Decision::new(State::Dormant, seen).and(Some(Task::Look(Question::absence())))
}

/// Somebody un-archived the thread, or brought its owner back. What a person re-opened is never archived again by us for
/// that.
fn reopen(state: State, facts: &Facts) -> Decision {
    let next = if facts.slot_free { State::Open } else { State::Dormant };
    // The lock was ours: an open ticket in which its owner cannot write would still count.
    let is_locked = matches!(facts.thread, Thread::There(Flags { locked: true, .. }));
    Decision::new(next, facts.thread).and((state == State::Closed && is_locked).then_some(Task::Unlock))
}
