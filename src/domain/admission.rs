//! Decides whether a member may open a ticket now: blocks, pauses, hours, roles, ages, limits, the cooldown, the load.
//!
//! What the member cannot change soon comes first, so that nobody waits for a cooldown to be told of a missing role.
//! `storage` reads the facts and takes the slot in one database transaction; nothing here keeps state.

use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{GuildId, RoleId, ThreadId, TicketId, UserId};
use super::lifecycle::State;
use super::permissions::{self, Permissions};
use super::settings::{Access, InboxSettings, OpeningHours, Outside, ServerSettings};
use super::zone::Zone;

/// The longest slowmode a channel can have (Discord: "Channel", `rate_limit_per_user`), and so the longest cooldown:
/// after it, a closed ticket no longer matters.
pub const LONGEST_COOLDOWN: Duration = Duration::from_hours(6);

/// Tickets of one inbox that may be opening at the same time. Discord creates a few threads per second and channel:
/// beyond this, a member would wait longer than a minute or two, and a flood of accounts would take rows and memory
/// without bound.
pub const MOST_OPENING: u64 = 100;

/// The time in which the openings of a guild are counted.
pub const MINUTE: Duration = Duration::from_mins(1);

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

/// Who asks for the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Its owner.
    Owner,
    /// Staff, for the owner: they know why the rules about members and times do not matter.
    Staff,
}

/// The owner of the ticket, as far as the request shows.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub guild: GuildId,
    pub user: UserId,
    /// Without @everyone.
    pub roles: &'a [RoleId],
    /// `None`: Discord did not send it.
    pub joined_at: Option<Timestamp>,
    /// Has yet to pass the guild's screening.
    pub is_pending: bool,
    /// Until when they are timed out, or were.
    pub timed_out_until: Option<Timestamp>,
    /// What they may do in the channel of the tickets; `None`: nobody can tell.
    pub in_destination: Option<Permissions>,
}

impl Member<'_> {
    fn has(&self, role: RoleId) -> bool {
        role == self.guild.everyone() || self.roles.contains(&role)
    }
}

/// How many tickets there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tickets of all members in this inbox that are opening.
    pub opening: u64,
    /// Open tickets of all members in this inbox; 0 where it has no limit.
    pub in_inbox: u64,
    /// Open tickets of the member in the guild.
    pub of_member: u64,
    /// Tickets opened in the guild within the last [`MINUTE`].
    pub in_minute: u64,
    /// When the first of the newest ones was requested that fill the guild's limit: its minute has to pass. `None`: there is
    /// room.
    pub minute_began_at: Option<Timestamp>,
}

/// The member is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// `None`: until it is taken back.
    pub ends_at: Option<Timestamp>,
    /// They are staff of the inbox or an admin by now, whom a block does not hold.
    pub is_void: bool,
}

/// The facts of the decision. Tickets in `held` that hold no slot are ignored.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub now: Timestamp,
    pub inbox: &'a InboxSettings,
    pub server: &'a ServerSettings,
    pub by: By,
    pub member: Member<'a>,
    /// The longest block that has not ended.
    pub block: Option<Block>,
    pub held: &'a [Held],
    /// When this member last opened a ticket in this inbox; failed openings excluded.
    pub last_opened_at: Option<Timestamp>,
    /// The slowmode of the panel's channel.
    pub slowmode: Duration,
    pub counts: Counts,
}

/// Which age is too low.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    OfAccount,
    OfMembership,
}

/// Why no ticket is opened now, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The member is blocked, until it is taken back or ends.
    Blocked { ends_at: Option<Timestamp> },
    /// No new tickets for now, in this inbox or in the whole guild.
    Paused { text: Option<String>, until: Option<Timestamp> },
    /// Outside the opening hours.
    Closed { opens: Timestamp },
    /// The member has not passed the guild's screening.
    Pending,
    /// The member cannot write anywhere until then.
    TimedOut { until: Timestamp },
    /// The member could not see the ticket.
    CannotSee,
    /// The member could not write in the ticket.
    CannotSpeak,
    /// The member has none of these roles.
    RoleMissing { roles: Vec<RoleId> },
    /// The member has these roles, which are refused.
    RoleRefused { roles: Vec<RoleId> },
    /// Old enough at `until`.
    TooNew { age: Age, until: Timestamp },
    /// The member has reached the inbox's limit; `thread` is their newest open ticket.
    LimitReached { thread: Option<ThreadId> },
    /// The member has reached the limit, but no ticket is ready to link.
    StillOpening,
    /// The member has as many open tickets in the guild as one may have.
    ServerLimitReached { limit: u32 },
    /// The inbox has as many open tickets as it may have.
    InboxFull,
    /// `wait` is never zero, and ends at `until`.
    OnCooldown { until: Timestamp, wait: Duration },
    /// As many tickets were opened in the guild as may be within [`MINUTE`].
    TooFast { until: Timestamp },
    /// Too many tickets are opening.
    Crowded,
}

/// Grants the smallest free slot, or refuses. The first rule that refuses is told.
pub fn check(facts: &Facts<'_>) -> Result<Slot, Refusal> {
    if let Some(block) = facts.block.filter(|block| !block.is_void) {
        return Err(Refusal::Blocked { ends_at: block.ends_at });
    }
    if facts.by == By::Owner {
        check_pause(facts)?;
        if let (Outside::Refuse, Some(opens)) = (facts.inbox.hours.outside, next_opening(facts.inbox, facts.now)) {
            return Err(Refusal::Closed { opens });
        }
    }
    check_presence(&facts.member, facts.now)?;
    if facts.by == By::Owner {
        check_roles(facts)?;
        check_ages(facts)?;
    }
    check_limits(facts)?;
    if facts.by == By::Owner {
        check_cooldown(facts)?;
    }
    check_rates(facts)?;
    Ok(smallest_free_slot(facts.held))
}

/// When the staff is back; `None`: it is there.
pub fn next_opening(inbox: &InboxSettings, now: Timestamp) -> Option<Timestamp> {
    let OpeningHours { zone, week, .. } = &inbox.hours;
    week.as_ref()?.next_opening(&zone.clone().unwrap_or_else(Zone::utc), now)
}

/// That of the guild is told first.
fn check_pause(facts: &Facts<'_>) -> Result<(), Refusal> {
    let (server, inbox) = (&facts.server.pause, &facts.inbox.pause);
    if server.lasts(facts.now) {
        return Err(Refusal::Paused { text: server.text.clone(), until: server.until });
    }
    if inbox.lasts(facts.now) {
        return Err(Refusal::Paused { text: inbox.text.clone(), until: inbox.until });
    }
    Ok(())
}

/// Whoever could not use the ticket is told before anything is made.
fn check_presence(member: &Member<'_>, now: Timestamp) -> Result<(), Refusal> {
    if member.is_pending {
        return Err(Refusal::Pending);
    }
    if let Some(until) = member.timed_out_until.filter(|until| *until > now) {
        return Err(Refusal::TimedOut { until });
    }
    let lacks = |needed| member.in_destination.is_some_and(|has| !permissions::missing(needed, has).is_empty());
    if lacks(Permissions::VIEW_CHANNEL) {
        return Err(Refusal::CannotSee);
    }
    if lacks(permissions::OWNER_NEEDS) { Err(Refusal::CannotSpeak) } else { Ok(()) }
}

/// Roles that were deleted are had by nobody: if all required ones were, everybody is refused.
fn check_roles(facts: &Facts<'_>) -> Result<(), Refusal> {
    let Access { required_roles: required, refused_roles: refused, .. } = &facts.inbox.access;
    let refused: Vec<RoleId> = refused.iter().copied().filter(|role| facts.member.has(*role)).collect();
    if !refused.is_empty() {
        return Err(Refusal::RoleRefused { roles: refused });
    }
    if required.is_empty() || required.iter().any(|role| facts.member.has(*role)) {
        return Ok(());
    }
    Err(Refusal::RoleMissing { roles: required.clone() })
}

/// Of two ages that are too low, the one that is reached later. A membership of unknown age is old enough.
fn check_ages(facts: &Facts<'_>) -> Result<(), Refusal> {
    let Access { account_age, membership_age, .. } = &facts.inbox.access;
    let account = Some((Age::OfAccount, *account_age, facts.member.user.created_at()));
    let membership = facts.member.joined_at.map(|at| (Age::OfMembership, *membership_age, at));
    // Without a rule, a clock that is behind Discord's makes nobody too new.
    let asked = [account, membership].into_iter().flatten().filter(|(_, least, _)| !least.is_zero());
    let too_new = asked.map(|(age, least, since)| (age, since + least)).filter(|(_, until)| *until > facts.now);
    match too_new.max_by_key(|(_, until)| *until) {
        Some((age, until)) => Err(Refusal::TooNew { age, until }),
        None => Ok(()),
    }
}

fn check_limits(facts: &Facts<'_>) -> Result<(), Refusal> {
    check_limit(facts)?;
    let limit = facts.server.limits.member_limit;
    if !has_room_in_guild(limit, facts.counts.of_member) {
        return Err(Refusal::ServerLimitReached { limit });
    }
    if is_reached(facts.inbox.opening.inbox_limit, facts.counts.in_inbox) {
        return Err(Refusal::InboxFull);
    }
    Ok(())
}

/// Whether the guild lets a member with so many open tickets have one more; 0 is unlimited.
pub fn has_room_in_guild(limit: u32, open: u64) -> bool {
    !is_reached(limit, open)
}

/// Whether a limit refuses one more; 0 is unlimited.
fn is_reached(limit: u32, count: u64) -> bool {
    limit > 0 && count >= limit.into()
}

fn check_rates(facts: &Facts<'_>) -> Result<(), Refusal> {
    let counts = facts.counts;
    if is_reached(facts.server.limits.minute_limit, counts.in_minute) {
        return Err(Refusal::TooFast { until: counts.minute_began_at.unwrap_or(facts.now) + MINUTE });
    }
    if counts.opening >= MOST_OPENING {
        return Err(Refusal::Crowded);
    }
    Ok(())
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
    if has_room(facts.inbox.opening.member_limit, facts.held) {
        return Ok(());
    }
    // An opening thread may not contain its owner yet: do not link it.
    let open = counting(facts.held).filter(|held| held.state == State::Open);
    let newest = open.max_by_key(|held| held.ticket).ok_or(Refusal::StillOpening)?;
    Err(Refusal::LimitReached { thread: newest.thread })
}

fn check_cooldown(facts: &Facts<'_>) -> Result<(), Refusal> {
    let Some(last) = facts.last_opened_at else { return Ok(()) };
    let cooldown = facts.inbox.opening.cooldown.max(facts.slowmode);
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
