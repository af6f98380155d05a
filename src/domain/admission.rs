//! May this member open a ticket now? The limit first, then the cooldown, then whether too many others are at it.
//!
//! The facts are read and the slot is taken in one database transaction by `storage`; nothing here remembers anything.

use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{ThreadId, TicketId};
use super::lifecycle::State;

/// The longest slowmode a channel can have (Discord: "Channel", `rate_limit_per_user`), and so the longest cooldown: after
/// it a ticket that is closed decides nothing any more.
pub const LONGEST_COOLDOWN: Duration = Duration::from_hours(6);

/// Tickets of one inbox that may be on their way at the same time. Discord makes a few threads a second and channel: who
/// would have to wait longer than a minute or two is better told so, and a flood of accounts takes neither rows nor memory
/// without end.
pub const MOST_OPENING: u64 = 100;

/// A place among the tickets one member may have in one inbox at the same time, counted from 1.
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

/// A ticket the member has in this inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub ticket: TicketId,
    pub slot: Slot,
    pub thread: Option<ThreadId>,
    pub state: State,
}

/// What the decision is made from. `held` may list tickets that hold no slot any more: they do not count.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: Timestamp,
    /// Tickets per member and inbox; 0 is no limit.
    pub limit: u32,
    pub held: &'a [Held],
    /// When this member last opened a ticket in this inbox, leaving out openings that failed.
    pub last_opened_at: Option<Timestamp>,
    /// The least time between two tickets, as the inbox's settings say.
    pub cooldown: Duration,
    /// The slowmode of the panel's channel.
    pub slowmode: Duration,
    /// Tickets of anybody in this inbox that are being opened.
    pub opening: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The member has as many tickets as they may; `thread` is the newest open one.
    LimitReached { thread: Option<ThreadId> },
    /// The same, but none of them is ready to be shown.
    StillOpening,
    /// Too many members are at it at once.
    Crowded,
    /// `wait` is never zero, and ends at `until`.
    OnCooldown { until: Timestamp, wait: Duration },
}

/// Grants the smallest free slot, or says what stands against it.
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

/// Whether the limit allows one more ticket beside these; 0 is no limit.
pub fn has_room(limit: u32, held: &[Held]) -> bool {
    limit == 0 || counting(held).count() < limit as usize
}

/// The slot for one more ticket beside these.
pub fn smallest_free_slot(held: &[Held]) -> Slot {
    let taken: Vec<_> = counting(held).map(|held| held.slot.get()).collect();
    Slot((1..u32::MAX).find(|number| !taken.contains(number)).unwrap_or(u32::MAX))
}

fn check_limit(facts: &Facts<'_>) -> Result<(), Refusal> {
    if has_room(facts.limit, facts.held) {
        return Ok(());
    }
    // A thread that is still being opened may not have its owner in it: no link to it yet.
    let open = counting(facts.held).filter(|held| held.state == State::Open);
    let newest = open.max_by_key(|held| held.ticket).ok_or(Refusal::StillOpening)?;
    Err(Refusal::LimitReached { thread: newest.thread })
}

fn check_cooldown(facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(last) = facts.last_opened_at else { return Ok(()) };
    let cooldown = facts.cooldown.max(facts.slowmode);
    // A clock that was set back leaves "last" in the future. Up to one cooldown ahead is believed, as two clicks may
    // race with a small correction; beyond that it would lock the member out until the old time comes round again.
    if last > facts.now + cooldown {
        return Ok(());
    }
    let until = last + cooldown;
    let wait = until.since(facts.now);
    if wait.is_zero() { Ok(()) } else { Err(Refusal::OnCooldown { until, wait }) }
}

#[cfg(test)]
mod tests;
