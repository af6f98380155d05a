//! One member's tickets in one inbox: their number never exceeds the limit.

use crate::domain::admission::{self, Held, Slot, has_room, smallest_free_slot};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, TicketId, UserId};
use crate::domain::settings::{InboxSettings, ServerSettings};

use super::world::{Action, World};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

#[derive(Debug)]
pub(crate) struct Desk {
    limit: u32,
    tickets: Vec<(Slot, World)>,
}

impl Desk {
    /// With `limit` tickets at a time; 0 is unlimited.
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit, tickets: Vec::new() }
    }

    /// The member requests another ticket.
    pub(crate) fn click(&mut self) {
        let held = self.held(None);
        let mut inbox = InboxSettings::new(ChannelId::new(1));
        inbox.opening.member_limit = self.limit;
        let member = admission::Member {
            guild: GuildId::new(1),
            user: UserId::new(1),
            roles: &[],
            joined_at: None,
            is_pending: false,
            timed_out_until: None,
            in_destination: None,
        };
        let facts = admission::Facts {
            now: NOW,
            inbox: &inbox,
            server: &ServerSettings::default(),
            by: admission::By::Owner,
            member,
            block: None,
            held: &held,
            last_opened_at: None,
            slowmode: std::time::Duration::ZERO,
            counts: admission::Counts::default(),
        };
        if let Ok(slot) = admission::check(&facts) {
            self.tickets.push((slot, World::new()));
        }
        self.check();
    }

    /// Applies an action to one of the tickets.
    pub(crate) fn act(&mut self, which: usize, action: Action) {
        let Some(which) = which.checked_rem(self.tickets.len()) else { return };
        // One inbox has one limit.
        if matches!(action, Action::LimitIsReached(_)) {
            return;
        }
        let others = self.held(Some(which));
        let (slot, ticket) = &mut self.tickets[which];
        let had_slot = ticket.state.holds_slot();
        ticket.slot_free = has_room(self.limit, &others);
        ticket.act(action);
        if ticket.state.holds_slot() && !had_slot {
            *slot = smallest_free_slot(&others);
        }
        self.check();
    }

    /// All tickets but one.
    fn held(&self, except: Option<usize>) -> Vec<Held> {
        let others = self.tickets.iter().enumerate().filter(|(index, _)| Some(*index) != except);
        let held = others.map(|(index, (slot, ticket))| Held {
            ticket: TicketId::new(i64::try_from(index).unwrap_or(i64::MAX)),
            slot: *slot,
            thread: None,
            state: ticket.state,
        });
        held.collect()
    }

    fn check(&self) {
        let holding = self.tickets.iter().filter(|(_, ticket)| ticket.state.holds_slot());
        let mut slots: Vec<_> = holding.map(|(slot, _)| slot.get()).collect();
        let count = slots.len();
        slots.sort_unstable();
        slots.dedup();
        assert_eq!(slots.len(), count, "two tickets in one slot");
        assert!(self.limit == 0 || slots.iter().all(|slot| (1..=self.limit).contains(slot)), "{slots:?}");
    }
}
