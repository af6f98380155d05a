//! A ticket's own state, and what follows from what happens to it.
//!
//! A thread's archived and locked flags are facts that drive the state, they are not the state: a thread that Discord's
//! timer archived belongs to a ticket that is dormant, not closed. The rules are pure. `tickets::close` and
//! `tickets::reconcile` gather the facts, save the new state together with the effects on our records, and only then
//! carry out the effects on Discord, so that a crash in between is found again by the record.
//!
//! The states are in `state`, what is known of a thread in `thread`, how to tell who archived it in `archiving`, and what
//! becomes of an interrupted close in `resuming`.

mod archiving;
mod resuming;
mod state;
#[cfg(test)]
mod tests;
mod thread;

pub use archiving::{ArchivedBy, Archiving, archived_by};
pub use resuming::{Resumed, Traces, resume_closing};
pub use state::{Notice, ParseNameError, State};
pub use thread::{Flags, Thread};

use super::clock::Timestamp;

/// What happened. Events may come twice, late, in another order, or because of what we did ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Discord answered our request with the thread. Never taken from the gateway.
    ThreadMade,
    /// The owner is in the thread: the ticket is ready.
    Opened,
    /// The thread could not be made, or its owner not be brought in.
    OpeningFailed,
    /// Discord's event has no time: of a ticket that was re-opened, ask first whether its owner is really gone, lest an
    /// event from before closes it again. The same goes for the next.
    OwnerLeftThread,
    OwnerLeftGuild,
    /// Staff have added the owner to the thread again.
    OwnerJoined,
    /// `at`: when the message was sent.
    OwnerWrote {
        at: Timestamp,
    },
    /// `at`: the thread's `archive_timestamp`. `locked`: as it is now.
    ThreadArchived {
        at: Timestamp,
        by: ArchivedBy,
        locked: bool,
    },
    /// `at`: the thread's `archive_timestamp`.
    ThreadUnarchived {
        at: Timestamp,
    },
    ThreadDeleted,
    /// Discord sends no event for the threads in a channel that is deleted.
    ParentDeleted,
    /// The bot was removed from the guild.
    GuildLeft,
}

impl Event {
    /// What a look at the thread comes to, be it in an event, in an answer or in a list. `by` says who archived it, if it
    /// is archived.
    pub fn seen(flags: Flags, by: ArchivedBy) -> Option<Self> {
        let at = flags.changed_at?;
        let archived = Self::ThreadArchived { at, by, locked: flags.locked };
        Some(if flags.archived { archived } else { Self::ThreadUnarchived { at } })
    }
}

/// What the record says about the effects of the last close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closing {
    /// Some are still to be carried out: an un-archiving now is the trace of our own notice.
    Underway,
    /// There was none, or all is done.
    Finished,
}

/// What a decision is made from, besides the state and the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub thread: Thread,
    pub closing: Closing,
    /// The bot has Manage Threads in the parent channel.
    pub can_lock: bool,
    /// What [`has_room`](super::admission::has_room) says of the owner's other tickets in this inbox, read in the
    /// transaction that takes the slot.
    pub slot_free: bool,
    /// Only looked at when a ticket may be open again: one request, on a rare path.
    pub owner_in_thread: bool,
}

/// What to do, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    // On our records, saved together with the state.
    FreeSlot,
    TakeSlot,
    /// The opening failed: its owner need not wait for another try.
    ReturnCooldown,
    /// Store [`Thread::Gone`].
    ForgetThread,

    // On Discord, afterwards. Those of a close are done under [`Closing::Underway`].
    PostNotice(Notice),
    /// One request for both flags.
    Archive {
        lock: bool,
    },
    Unlock,
    /// Removes a thread that never became a ticket: deletes it, or else archives it.
    DiscardThread {
        delete: bool,
    },
}

impl Effect {
    pub const fn is_on_records(self) -> bool {
        matches!(self, Self::FreeSlot | Self::TakeSlot | Self::ReturnCooldown | Self::ForgetThread)
    }
}

/// The state after `event`, and what has to be done for it. The slot is taken and freed exactly with the state.
pub fn decide(state: State, event: &Event, facts: &Facts) -> (State, Vec<Effect>) {
    let (next, effects) = react(state, *event, facts);
    let slot = match (state.holds_slot(), next.holds_slot()) {
        (true, false) => Some(Effect::FreeSlot),
        (false, true) => Some(Effect::TakeSlot),
        (true, true) | (false, false) => None,
    };
    (next, slot.into_iter().chain(effects).collect())
}

/// What is left of a close: `notice` is `None` when it was posted before. Also how a close is finished after a crash.
pub fn finish_closing(notice: Option<Notice>, thread: Thread, can_lock: bool) -> Vec<Effect> {
    let Thread::There(flags) = thread else { return Vec::new() };
    // Locked and archived is what we are after, and nobody can post there without opening it again. Locked and not
    // archived is out of reach without Manage Threads.
    if flags.locked && (flags.archived || !can_lock) {
        return Vec::new();
    }
    // Posting un-archives the thread.
    let is_done = notice.is_none() && flags.archived && !can_lock;
    let archive = (!is_done).then_some(Effect::Archive { lock: can_lock });
    notice.map(Effect::PostNotice).into_iter().chain(archive).collect()
}

/// What a ticket of another program is, whose thread lies archived since before we knew of it. One that the timer archived
/// can be woken by its owner; for any other it is over, whether or not its program got round to locking it.
pub fn taken_over(archived: Flags, by: ArchivedBy) -> State {
    if archived.locked || by == ArchivedBy::Person { State::Closed } else { State::Dormant }
}

fn react(state: State, event: Event, facts: &Facts) -> (State, Vec<Effect>) {
    use State::{Closed, Dormant, Open, Opening};

    let unchanged = (state, Vec::new());
    if facts.thread == Thread::Gone {
        return (Closed, Vec::new());
    }
    match (event, state) {
        (Event::ThreadDeleted | Event::ParentDeleted, _) => (Closed, forget(state, facts)),
        (Event::Opened, Opening) => match facts.thread {
            // Somebody was quick. If our own starter revived the thread since, the event of that is on its way.
            Thread::There(Flags { archived: true, .. }) => (Dormant, Vec::new()),
            Thread::There(_) => (Open, Vec::new()),
            Thread::NotMade | Thread::Gone => unchanged,
        },
        (Event::OpeningFailed, Opening) => (Closed, give_up(facts)),
        // The answer came after the opening had been given up: nobody is in that thread.
        (Event::ThreadMade, Closed) if facts.thread == Thread::NotMade => {
            (Closed, vec![Effect::DiscardThread { delete: facts.can_lock }])
        }
        (Event::OwnerLeftThread, Opening | Open | Dormant) => close(Notice::OwnerLeftThread, facts.thread, facts),
        (Event::OwnerLeftGuild, Opening | Open | Dormant) => close(Notice::OwnerLeftGuild, facts.thread, facts),
        (Event::ThreadArchived { at, by, locked }, Open | Dormant) => {
            archive(state, at, by, locked, facts).unwrap_or(unchanged)
        }
        (Event::ThreadUnarchived { at }, Dormant | Closed) if is_news(facts.thread, false, at) => reopen(state, facts),
        (Event::OwnerJoined, Dormant | Closed) if is_active(facts.thread) => reopen(state, facts),
        (Event::OwnerWrote { at }, Dormant) if !is_before_archiving(facts.thread, at) => reopen(state, facts),
        // A guild that the bot has left keeps its threads, and may take the bot back: reconciling decides then.
        _ => unchanged,
    }
}

fn is_there(thread: Thread) -> bool {
    matches!(thread, Thread::There(_))
}

fn is_active(thread: Thread) -> bool {
    matches!(thread, Thread::There(Flags { archived: false, .. }))
}

fn is_news(thread: Thread, archived: bool, at: Timestamp) -> bool {
    matches!(thread, Thread::There(flags) if !flags.knows(archived, at))
}

/// A message from before the thread was archived does not revive it, however late we hear of it.
fn is_before_archiving(thread: Thread, at: Timestamp) -> bool {
    matches!(thread, Thread::There(Flags { archived: true, changed_at: Some(last), .. }) if at <= last)
}

fn close(notice: Notice, thread: Thread, facts: &Facts) -> (State, Vec<Effect>) {
    (State::Closed, finish_closing(Some(notice), thread, facts.can_lock))
}

/// `None`: known already.
fn archive(state: State, at: Timestamp, by: ArchivedBy, locked: bool, facts: &Facts) -> Option<(State, Vec<Effect>)> {
    if !is_news(facts.thread, true, at) {
        return None;
    }
    let thread = Thread::There(Flags { archived: true, locked, changed_at: Some(at) });
    match (by, state) {
        (ArchivedBy::Person, _) => Some(close(Notice::ArchivedByPerson, thread, facts)),
        (ArchivedBy::Timer, State::Open) => Some((State::Dormant, Vec::new())),
        (ArchivedBy::Timer, _) => None,
    }
}

/// Somebody un-archived the thread, or brought its owner back. What a person re-opened is never archived again by us for
/// that.
///
/// Without its owner a ticket stays as it is: staff may go on among themselves in the thread, which is why they removed
/// the owner, and a ticket that its owner cannot see must not count towards their limit. Of a dormant one the owner may
/// have gone without our hearing of it.
fn reopen(state: State, facts: &Facts) -> (State, Vec<Effect>) {
    let was_closed = state == State::Closed;
    if !facts.owner_in_thread || (was_closed && facts.closing == Closing::Underway) {
        return (state, Vec::new());
    }
    let next = if facts.slot_free { State::Open } else { State::Dormant };
    // The lock was ours: an open ticket in which its owner cannot write would still count.
    let is_locked = matches!(facts.thread, Thread::There(Flags { locked: true, .. }));
    let unlock = (was_closed && facts.can_lock && is_locked).then_some(Effect::Unlock);
    (next, unlock.into_iter().collect())
}

fn give_up(facts: &Facts) -> Vec<Effect> {
    let discard = is_there(facts.thread).then_some(Effect::DiscardThread { delete: facts.can_lock });
    std::iter::once(Effect::ReturnCooldown).chain(discard).collect()
}

fn forget(state: State, facts: &Facts) -> Vec<Effect> {
    let cooldown = (state == State::Opening).then_some(Effect::ReturnCooldown);
    let thread = is_there(facts.thread).then_some(Effect::ForgetThread);
    cooldown.into_iter().chain(thread).collect()
}
