//! The state machine of one ticket, from its reservation to its deletion.
//!
//! A thread's archived and locked flags are facts that drive the state, not the state itself: a ticket whose thread
//! Discord's timer archived is dormant, not closed. The rules are pure. `tickets::machine` loads the facts and saves
//! the new state with the resulting effect (a [`Task`], stored as a step); `work` carries it out, and Discord's answer
//! is another event.
//!
//! `state` has the states and the known facts about a thread, `task` the effects, `timer` what happens at a time,
//! `archiving` what a thread's times show.

mod archiving;
mod state;
mod task;
#[cfg(test)]
mod tests;
mod timer;

pub use archiving::{ArchivedBy, Archiving, Resumed, Traces, archived_by, resume_closing};
pub use state::{Flags, Notice, ParseNameError, State, Thread};
pub use task::{About, Closing, Left, Question, Restoring, Said, Task};
pub use timer::Timer;

/// An event. Events may be duplicated, late, reordered, or caused by the bot itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Discord answered the request with the thread, or the thread was found. Never derived from the gateway.
    ThreadMade,
    /// Owner and first message are in the thread: the ticket is ready.
    Opened,
    /// The thread could not be created, or its owner not added. `discard`: nobody is in the thread, so delete it.
    OpeningFailed { discard: bool },
    /// The member got another answer than the link to this ticket.
    TakenBack,
    /// The discarded thread is deleted.
    Discarded,
    /// The thread was reported by an event, an answer or a list. `by`: who archived it, if it is archived.
    Seen { flags: Flags, by: ArchivedBy },
    /// The first report about the thread of an imported ticket.
    SeenFirst { flags: Flags, by: ArchivedBy },
    /// The gateway reports the owner gone. The event has no time: it may predate their return.
    OwnerSaidGone(Left),
    /// Discord was asked: the owner is gone.
    OwnerLeft(Left),
    /// The gateway reports the owner added to the thread.
    OwnerAdded,
    /// Discord was asked: the owner is in the thread.
    OwnerIsThere,
    /// The same, after somebody has just re-opened the thread or brought the owner back.
    OwnerIsBack,
    /// Its successor in another channel is open, and a line in the thread says so.
    MovedAway,
    /// A person closes it through the bot, or had it scheduled. `stays`: the thread stays visible for a while.
    Closed { notice: Notice, stays: bool },
    /// A closed ticket's thread has been visible long enough.
    WasVisible,
    /// A person re-opens it through the bot.
    Reopened,
    /// Discord does not let the bot un-archive the thread: back to this state.
    NotReopened { otherwise: State },
    /// The owner cannot be brought back into the thread.
    OwnerOutOfReach,
    /// The bot itself was removed from the thread.
    BotRemoved,
    /// Discord finally refuses to show the thread.
    OutOfSight,
    /// The thread was deleted, or its channel, for whose threads Discord sends no events.
    ThreadGone,
}

/// The facts of a decision, besides the state and the event.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub thread: Thread,
    /// The close is still running: its own notice may un-archive the thread.
    pub is_closing: bool,
    /// It is closed, and its thread stays visible for a while.
    pub stays_visible: bool,
    /// The thread is still to be made usable.
    pub is_restoring: bool,
    /// It is being re-opened through the bot. Where that fails, it returns to this state.
    pub returns_to: Option<State>,
    /// The first message shows no buttons.
    pub lacks_buttons: bool,
    /// The owner's other tickets leave room for this one in its inbox and guild, read in the transaction that takes it.
    pub slot_free: bool,
    /// It was once ready.
    pub was_opened: bool,
    /// It was not open all the time since it was ready: an older event may still arrive.
    pub was_reopened: bool,
    /// It was opened so recently that older events may still be queued.
    pub is_new: bool,
}

/// The result for the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub state: State,
    pub thread: Thread,
    /// The resulting effect on Discord. A pending one stays while it [belongs](Task::belongs_to) to the new state.
    pub task: Option<Task>,
    /// The ticket's row is deleted.
    pub forget: bool,
    /// It does not count as opened: no cooldown for its owner.
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

/// The state after `event`, and the resulting effect. [`State::holds_slot`] alone decides whether a slot is held.
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
            // Archived already. If the bot's first message has revived the thread since, that event will follow.
            Thread::There(Flags { archived: true, .. }) | Thread::Hidden(_) => Decision::new(Dormant, facts.thread),
            Thread::There(_) => Decision::new(Open, facts.thread),
            Thread::NotMade | Thread::Gone => give_up(false, facts),
        },
        (Event::OpeningFailed { discard }, Opening) => give_up(discard, facts),
        (Event::TakenBack, Opening | Open | Dormant) => Decision { unopened: true, ..give_up(true, facts) },
        (Event::Discarded, Closed) => Decision { forget: true, ..Decision::new(Closed, Thread::Gone) },
        // An opening step detects this itself.
        (Event::ThreadGone, _) => {
            let forget = state == Closed && !facts.was_opened;
            Decision { forget, ..Decision::new(Closed, Thread::Gone) }
        }
        (Event::OutOfSight, _) => hide(state, facts),
        (Event::Seen { flags, by }, _) => see(state, flags, by, facts),
        (Event::SeenFirst { flags, by }, Closed) => see_first(flags, by),
        (Event::OwnerSaidGone(left), Opening | Open | Dormant) => {
            // During the opening, nothing shows whether they left before or after they asked for it.
            if state == Opening || facts.was_reopened || (left == Left::Guild && facts.is_new && state == Open) {
                unchanged.and(look(Question::owner(Some(left)), facts))
            } else {
                close(Closing::with(left.into()), facts)
            }
        }
        (Event::OwnerLeft(left), Open | Dormant) => close(Closing::with(left.into()), facts),
        (Event::MovedAway, Open | Dormant) => close(Closing::LATER, facts),
        // It stays closed while it can still be read.
        (Event::OwnerAdded | Event::OwnerIsThere | Event::OwnerIsBack, Closed) if facts.stays_visible => unchanged,
        (Event::OwnerAdded, Dormant | Closed) if facts.thread.is_active() && !facts.is_closing => {
            unchanged.and(look(Question::returned(), facts))
        }
        (Event::OwnerIsThere | Event::OwnerIsBack, Dormant | Closed)
            if facts.thread.is_active() && !facts.is_closing =>
        {
            reopen(state, *event == Event::OwnerIsBack, facts)
        }
        (Event::Closed { notice, stays }, Open | Dormant) => {
            close(Closing { stays: stays && facts.thread.is_active(), ..Closing::with(notice) }, facts)
        }
        (Event::WasVisible, Closed) if facts.thread.is_active() && !facts.is_closing => {
            unchanged.and(Some(Task::Close(Closing::LATER)))
        }
        (Event::Reopened, Dormant | Closed) if may_reopen(facts) => {
            let restoring = Restoring { otherwise: Some(state), says: Some(Said::Reopened) };
            Decision::new(Open, facts.thread).and(Some(Task::Restore(restoring)))
        }
        (Event::NotReopened { otherwise }, Open | Dormant) => {
            // A person may have un-archived it meanwhile: then it is open if its owner is in it.
            let question = if facts.thread.is_active() { look(Question::returned(), facts) } else { None };
            Decision::new(otherwise, facts.thread).and(question)
        }
        (Event::OwnerOutOfReach, Open) => Decision::new(Dormant, facts.thread),
        (Event::BotRemoved, _) => unchanged.and(look(Question::thread(), facts)),
        // The ticket is over, or the event is not new.
        _ => unchanged,
    }
}

/// Whether a ticket can be re-opened through the bot now. Its thread may be archived and locked.
pub fn may_reopen(facts: &Facts) -> bool {
    facts.slot_free && !facts.is_closing && matches!(facts.thread, Thread::There(_))
}

/// The state of an imported ticket whose thread was archived before the import. The owner can revive one that the timer
/// archived; any other is closed, whether or not its program locked it.
pub fn imported(archived: Flags, by: ArchivedBy) -> State {
    if archived.locked || by == ArchivedBy::Person { State::Closed } else { State::Dormant }
}

/// The thread is gone: its ticket stays closed, and one that was never ready is deleted.
fn after_the_end(event: Event, facts: &Facts) -> Decision {
    let ends_opening = matches!(event, Event::Opened | Event::OpeningFailed { .. } | Event::Discarded);
    Decision { forget: ends_opening && !facts.was_opened, ..Decision::new(State::Closed, Thread::Gone) }
}

fn look(question: Question, facts: &Facts) -> Option<Task> {
    // A deleted thread cannot be asked about.
    (facts.thread != Thread::Gone).then_some(Task::Look(question))
}

/// Locked and archived is the goal: nobody can post without re-opening the thread.
fn close(closing: Closing, facts: &Facts) -> Decision {
    let is_over = match facts.thread {
        Thread::There(flags) => flags.archived && flags.locked,
        Thread::NotMade | Thread::Hidden(_) | Thread::Gone => true,
    };
    Decision::new(State::Closed, facts.thread).and((!is_over).then_some(Task::Close(closing)))
}

/// Undoes an opening. Without a thread, the ticket is deleted.
fn give_up(discard: bool, facts: &Facts) -> Decision {
    match facts.thread {
        Thread::NotMade | Thread::Gone => Decision { forget: true, ..Decision::new(State::Closed, Thread::Gone) },
        Thread::Hidden(_) => Decision::new(State::Closed, facts.thread),
        Thread::There(_) => Decision::new(State::Closed, facts.thread).and(discard.then_some(Task::Discard)),
    }
}

/// The bot cannot see the thread any more: release the slot; a later sighting restores it.
fn hide(state: State, facts: &Facts) -> Decision {
    let next = match state {
        State::Opening | State::Closed => State::Closed,
        State::Open | State::Dormant => facts.returns_to.unwrap_or(State::Dormant),
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
            close(Closing::with(Notice::ArchivedByPerson), &Facts { thread: seen, ..*facts })
        }
        (State::Open, true) if is_news => Decision::new(State::Dormant, seen),
        // Not stored until the look decides: a stored sighting would cause no look. The notice of a close whose thread
        // stays visible un-archives it.
        (State::Closed, archived) if is_news && facts.is_closing && (!archived || facts.stays_visible) => {
            Decision::new(state, facts.thread).and(look(Question::seen(flags), facts))
        }
        // It stays visible no longer: nothing more is said.
        (State::Closed, true) if is_news && facts.stays_visible => {
            close(Closing::LATER, &Facts { thread: seen, ..*facts })
        }
        // Without its owner a ticket stays as it is: staff may have removed the owner to continue among themselves, and
        // a ticket that its owner cannot see must not count towards their limit.
        (State::Dormant | State::Closed, false) if is_news => stays.and(look(Question::returned(), facts)),
        _ => stays,
    }
}

/// Until Discord was asked, the ticket counted as closed, so that it blocked nobody.
fn see_first(flags: Flags, by: ArchivedBy) -> Decision {
    let seen = Thread::There(flags);
    if flags.archived {
        return Decision::new(imported(flags, by), seen);
    }
    // Not closed: the owner may have left unnoticed, so check that.
    Decision::new(State::Dormant, seen).and(Some(Task::Look(Question::absence())))
}

/// Somebody un-archived the thread or added its owner again. The bot never re-archives what a person re-opened.
fn reopen(state: State, is_news: bool, facts: &Facts) -> Decision {
    let next = if facts.slot_free { State::Open } else { State::Dormant };
    let was_closed = state == State::Closed;
    // The bot locked it: an open ticket in which its owner cannot write would still count.
    let is_locked = matches!(facts.thread, Thread::There(Flags { locked: true, .. }));
    let says = (next == State::Dormant && (was_closed || is_news)).then_some(Said::NoRoom);
    let is_needed = says.is_some() || (was_closed && (is_locked || facts.lacks_buttons));
    let task = (is_needed && !facts.is_restoring).then_some(Task::Restore(Restoring { otherwise: None, says }));
    Decision::new(next, facts.thread).and(task)
}
