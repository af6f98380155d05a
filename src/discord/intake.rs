//! Events that wait to be handled: one queue for each guild, in the order in which Discord sent them.
//!
//! A queue is made when its guild's first event waits and is gone when it is empty. Of one guild one event is handled at
//! a time; guilds take turns. Events without a guild have a queue of their own. Clicks and commands never wait here.
//!
//! What waits is bounded by weight: once the intake is full the gateway reads no further ([`Intake::is_full`]) until there
//! is room again. The bound is the gateway's to keep. What the bot itself submits, such as the answer of a look, is
//! always taken: whoever handles events must not wait for room in what they empty.
//!
//! Who handles the events is in `events::workers`.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::event::Event;
use crate::domain::ids::GuildId;

/// As many small events may wait; larger ones weigh more.
const ROOM: usize = 16_384;

/// Below this there is room again: neither the bot nor Discord shall be stopped for each single event.
const ROOM_AGAIN: usize = ROOM / 4 * 3;

/// So many empty places are kept for the next events.
const SPARE: usize = 64;

/// The events of one guild, or those that belong to none.
type Lane = Option<GuildId>;

#[derive(Clone, Default)]
pub struct Intake(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queues: Mutex<Queues>,
    /// An event can be handled, or there will be no more.
    ready: Notify,
    /// There is room again.
    room: Notify,
    /// Everything was handled, and there will be no more.
    over: Notify,
}

#[derive(Default)]
struct Queues {
    lanes: HashMap<Lane, Queue>,
    /// Those that have an event waiting and none being handled, the one that has waited longest first.
    ready: VecDeque<Lane>,
    weight: usize,
    is_full: bool,
    is_closed: bool,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Event>,
    /// Whether one of its events is being handled.
    is_held: bool,
    /// Whether it is in the list of those that are ready.
    is_listed: bool,
}

impl Queue {
    /// Adds an event, or lets the last one take it in. Returns how much weight that adds.
    fn push(&mut self, event: Event) -> usize {
        let event = match self.events.back_mut() {
            Some(last) => {
                let before = last.weight();
                match last.absorb(event) {
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

/// One event, and the turn of its guild: the guild's next event is not handled before this is dropped or ended.
pub struct Turn {
    shared: Arc<Shared>,
    lane: Lane,
    event: Option<Event>,
}

impl Intake {
    /// Queues an event of this guild behind those that wait.
    pub fn submit(&self, guild: Option<GuildId>, event: Event) {
        let mut queues = self.0.lock();
        let queue = queues.lanes.entry(guild).or_default();
        let more = queue.push(event);
        let is_ready = queue.events.len() == 1 && !queue.is_held && !queue.is_listed;
        queue.is_listed |= is_ready;
        queues.weight += more;
        queues.is_full |= queues.weight >= ROOM;
        if is_ready {
            queues.ready.push_back(guild);
        }
        drop(queues);
        if is_ready {
            self.0.ready.notify_one();
        }
    }

    /// Whether so much waits that nothing more should be read.
    pub fn is_full(&self) -> bool {
        self.0.lock().is_full
    }

    /// Waits until there is room.
    pub async fn room(&self) {
        loop {
            let mut room = pin!(self.0.room.notified());
            room.as_mut().enable();
            if !self.is_full() {
                return;
            }
            room.await;
        }
    }

    /// The next event that can be handled; `None` once the intake is closed and everything in it has been handled.
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

    /// There will be no more events: whoever handles them may end when there are none left.
    pub fn close(&self) {
        self.0.lock().is_closed = true;
        self.0.note_end();
    }

    /// Waits until the intake is closed and everything in it has been handled.
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

    /// True when the gateway may read again.
    fn note_room(&mut self) -> bool {
        let has_room = self.is_full && self.weight < ROOM_AGAIN;
        self.is_full &= !has_room;
        has_room
    }
}

impl Turn {
    /// The event; `None` if it was taken out before.
    pub fn take(&mut self) -> Option<Event> {
        self.event.take()
    }

    /// Ends the turn. What follows from the event is handled before what came after it.
    pub fn end(self, follows: Vec<Event>) {
        let mut queues = self.shared.lock();
        for event in follows.into_iter().rev() {
            queues.weight += event.weight();
            queues.lanes.entry(self.lane).or_default().events.push_front(event);
        }
        // The rest is done as for every turn that ends.
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
            if queues.lanes.capacity() > SPARE && queues.lanes.is_empty() {
                queues.lanes.shrink_to(SPARE);
                queues.ready.shrink_to(SPARE);
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
