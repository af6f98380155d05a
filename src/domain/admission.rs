//! Decides whether a member may open a ticket now: first the limit, then the cooldown, then the load.
//!
//! `storage` reads the facts and takes the slot in one database transaction; nothing here keeps state.

use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{ThreadId, TicketId};
use super::lifecycle::State;

/// The longest slowmode a channel can have (Discord: "Channel", `rate_limit_per_user`), and so the longest cooldown:
/// after it, a closed ticket no longer matters.
pub const LONGEST_COOLDOWN: Duration = Duration::from_hours(6);

/// Tickets of one inbox that may be opening at the same time. Discord creates a few threads per second and channel:
/// beyond this, a member would wait longer than a minute or two, and a flood of accounts would take rows and memory
/// without bound.
pub const MOST_OPENING: u64 = 100;

/// A place among the tickets that one member may have in one inbox at the same time, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u32);

impl Slot {
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A ticket of the member in this inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub ticket: TicketId,
    pub slot: Slot,
    pub thread: Option<ThreadId>,
    pub state: State,
}

/// The facts of the decision. Tickets in `held` that hold no slot are ignored.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: Timestamp,
    /// Tickets per member and inbox; 0 is unlimited.
    pub limit: u32,
    pub held: &'a [Held],
    /// When this member last opened a ticket in this inbox; failed openings excluded.
    pub last_opened_at: Option<Timestamp>,
    /// The least time between two tickets, from the inbox's settings.
    pub cooldown: Duration,
    /// The slowmode of the panel's channel.
    pub slowmode: Duration,
    /// Tickets of all members in this inbox that are opening.
    pub opening: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The member has reached the limit; `thread` is their newest open ticket.
    LimitReached { thread: Option<ThreadId> },
    /// The member has reached the limit, but no ticket is ready to link.
    StillOpening,
    /// Too many tickets are opening.
    Crowded,
    /// `wait` is never zero, and ends at `until`.
    OnCooldown { until: Timestamp, wait: Duration },
}

/// Grants the smallest free slot, or refuses.
pub fn check(facts: &Facts<'_>) -> Result<Slot, Refusal> {
    check_limit(facts)?;
    check_cooldown(facts)?;
    if facts.opening >= MOST_OPENING {
        return Err(Refusal::Crowded);
    }
    Ok(smallest_free_slot(facts.held))
}

fn counting(held: &[Held]) -> impl Iterator<Item = &Held> {
    held.iter().filter(|held| held.state.holds_slot())
}

/// Whether the limit allows one more ticket; 0 is unlimited.
pub fn has_room(limit: u32, held: &[Held]) -> bool {
    limit == 0 || counting(held).count() < limit as usize
}

/// The slot for one more ticket.
pub fn smallest_free_slot(held: &[Held]) -> Slot {
    let taken: Vec<_> = counting(held).map(|held| held.slot.get()).collect();
    Slot((1..u32::MAX).find(|number| !taken.contains(number)).unwrap_or(u32::MAX))
}

fn check_limit(facts: &Facts<'_>) -> Result<(), Refusal> {
    if has_room(facts.limit, facts.held) {
        return Ok(());
    }
    // An opening thread may not contain its owner yet: do not link it.
    let open = counting(facts.held).filter(|held| held.state == State::Open);
    let newest = open.max_by_key(|held| held.ticket).ok_or(Refusal::StillOpening)?;
    Err(Refusal::LimitReached { thread: newest.thread })
}

fn check_cooldown(facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(last) = facts.last_opened_at else { return Ok(()) };
    let cooldown = facts.cooldown.max(facts.slowmode);
    // A clock that was set back leaves "last" in the future. Up to one cooldown ahead is accepted, because two clicks
    // may race with a small correction; more would lock the member out until the clock catches up.
    if last > facts.now + cooldown {
        return Ok(());
    }
    let until = last + cooldown;
    let wait = until.since(facts.now);
    if wait.is_zero() { Ok(()) } else { Err(Refusal::OnCooldown { until, wait }) }
}

#[cfg(test)]
mod tests;
