//! Queues events to be handled: one queue for each guild, in Discord's order.
//!
//! A guild's queue exists while it has events. Each guild's events are handled one at a time; guilds take turns. Events
//! without a guild share a queue. Interactions bypass the intake.
//!
//! The queues are bounded by weight: while the intake is full the gateway stops reading ([`Intake::is_full`]). Only the
//! gateway keeps this bound. Events that the bot itself submits, such as a thread's snapshot, are always accepted: a
//! worker must not wait for room in the queues it empties.
//!
//! `events::workers` handles the events.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::event::Event;
use crate::domain::ids::GuildId;

/// The bound, in small events; larger ones weigh more.
const CAPACITY: usize = 16_384;

/// Reading resumes below this weight, so that it does not stop for each single event.
const RESUME_BELOW: usize = CAPACITY / 4 * 3;

/// The spare capacity kept for the next events.
const KEPT_CAPACITY: usize = 64;

/// The queue of one guild, or of events without one.
type Lane = Option<GuildId>;

#[derive(Clone, Default)]
pub struct Intake(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queues: Mutex<Queues>,
    /// An event can be handled, or the intake has ended.
    ready: Notify,
    /// Room is available.
    room: Notify,
    /// All events were handled, and the intake is closed.
    over: Notify,
}

#[derive(Default)]
struct Queues {
    lanes: HashMap<Lane, Queue>,
    /// Queues with an event waiting and none being handled, longest wait first.
    ready: VecDeque<Lane>,
    weight: usize,
    is_full: bool,
    is_closed: bool,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Event>,
    /// Whether an event is being handled.
    is_held: bool,
    /// Whether it is listed as ready.
    is_listed: bool,
}

impl Queue {
    /// Adds an event, or merges it into the last one. Returns the added weight.
    fn push(&mut self, event: Event) -> usize {
        let event = match self.events.back_mut() {
            Some(last) => {
                let before = last.weight();
                match last.merge(event) {
                    Some(event) => event,
                    None => return last.weight() - before,
                }
            }
            None => event,
        };
        let weight = event.weight();
        self.events.push_back(event);
        weight
    }
}

/// One event, and its guild's turn: the guild's next event waits until this is dropped or ended.
pub struct Turn {
    shared: Arc<Shared>,
    lane: Lane,
    event: Option<Event>,
}

impl Intake {
    /// Queues an event of this guild.
    pub fn submit(&self, guild: Option<GuildId>, event: Event) {
        let mut queues = self.0.lock();
        let queue = queues.lanes.entry(guild).or_default();
        let more = queue.push(event);
        let is_ready = queue.events.len() == 1 && !queue.is_held && !queue.is_listed;
        queue.is_listed |= is_ready;
        queues.weight += more;
        queues.is_full |= queues.weight >= CAPACITY;
        if is_ready {
            queues.ready.push_back(guild);
        }
        drop(queues);
        if is_ready {
            self.0.ready.notify_one();
        }
    }

    /// Whether the gateway should stop reading.
    pub fn is_full(&self) -> bool {
        self.0.lock().is_full
    }

    /// Waits until there is room.
    pub async fn wait_for_room(&self) {
        loop {
            let mut room = pin!(self.0.room.notified());
            room.as_mut().enable();
            if !self.is_full() {
                return;
            }
            room.await;
        }
    }

    /// The next event to handle; `None` once the intake is closed and empty.
    pub async fn next(&self) -> Option<Turn> {
        loop {
            let mut ready = pin!(self.0.ready.notified());
            ready.as_mut().enable();
            {
                let mut queues = self.0.lock();
                if let Some((lane, event)) = queues.take() {
                    let has_room = queues.note_room();
                    drop(queues);
                    if has_room {
                        self.0.room.notify_waiters();
                    }
                    return Some(Turn { shared: Arc::clone(&self.0), lane, event: Some(event) });
                }
                if queues.is_over() {
                    return None;
                }
            }
            ready.await;
        }
    }

    /// Ends the intake: workers end when it is empty.
    pub fn close(&self) {
        self.0.lock().is_closed = true;
        self.0.note_end();
    }

    /// Waits until the intake is closed and everything was handled.
    pub async fn is_over(&self) {
        loop {
            let mut over = pin!(self.0.over.notified());
            over.as_mut().enable();
            if self.0.lock().is_over() {
                return;
            }
            over.await;
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queues> {
        // Each change is complete in one step.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_end(&self) {
        if self.lock().is_over() {
            self.ready.notify_waiters();
            self.over.notify_waiters();
        }
    }
}

impl Queues {
    fn take(&mut self) -> Option<(Lane, Event)> {
        let lane = self.ready.pop_front()?;
        let queue = self.lanes.get_mut(&lane)?;
        queue.is_listed = false;
        let event = queue.events.pop_front()?;
        queue.is_held = true;
        self.weight = self.weight.saturating_sub(event.weight());
        Some((lane, event))
    }

    fn is_over(&self) -> bool {
        self.is_closed && self.lanes.is_empty()
    }

    /// True if reading may resume.
    fn note_room(&mut self) -> bool {
        let has_room = self.is_full && self.weight < RESUME_BELOW;
        self.is_full &= !has_room;
        has_room
    }
}

impl Turn {
    /// The event; `None` if already taken.
    pub fn take(&mut self) -> Option<Event> {
        self.event.take()
    }

    /// Ends the turn. Handles `follows` before the guild's next event.
    pub fn end(self, follows: Vec<Event>) {
        let mut queues = self.shared.lock();
        for event in follows.into_iter().rev() {
            queues.weight += event.weight();
            queues.lanes.entry(self.lane).or_default().events.push_front(event);
        }
        // `Drop` does the rest.
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queues = self.shared.lock();
        let Some(queue) = queues.lanes.get_mut(&self.lane) else { return };
        queue.is_held = false;
        let is_over = queue.events.is_empty();
        if is_over {
            queues.lanes.remove(&self.lane);
            if queues.lanes.capacity() > KEPT_CAPACITY && queues.lanes.is_empty() {
                queues.lanes.shrink_to(KEPT_CAPACITY);
                queues.ready.shrink_to(KEPT_CAPACITY);
            }
        } else {
            queue.is_listed = true;
            queues.ready.push_back(self.lane);
        }
        drop(queues);
        if is_over {
            self.shared.note_end();
        } else {
            self.shared.ready.notify_one();
        }
    }
}

#[cfg(test)]
mod tests;
