//! Cards: what is to be done with one, and which is drawn next. Pure rules.
//!
//! A card is a projection of its ticket: what it should be follows from the ticket as it is now, whatever changes led
//! there. So changes need no queue, and several of them cost one request.

use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{ChannelId, MessageId, TicketId};

/// Where a ticket's card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Nowhere,
    /// It is being posted, or may have been posted.
    Begun {
        channel: ChannelId,
        at: Timestamp,
    },
    Posted {
        channel: ChannelId,
        message: MessageId,
    },
}

/// What is done with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// There is none, and none is wanted.
    Nothing,
    Post {
        channel: ChannelId,
    },
    /// A post that may have succeeded is repeated: Discord drops the second one.
    PostAgain {
        channel: ChannelId,
    },
    /// A post that may have succeeded is looked for.
    Search {
        channel: ChannelId,
        since: Timestamp,
    },
    Edit {
        channel: ChannelId,
        message: MessageId,
    },
    /// It is taken off. If one is wanted elsewhere, that is posted next.
    TakeOff,
}

/// How long a nonce reliably prevents a second message (Discord: "Create Message", "in the past few minutes").
pub const NONCE_VALID_FOR: Duration = Duration::from_mins(1);

/// What is to be done with a card that is wanted there, if anywhere.
pub fn plan(wanted_in: Option<ChannelId>, place: Place, now: Timestamp) -> Plan {
    match (wanted_in, place) {
        (None, Place::Nowhere) => Plan::Nothing,
        (Some(channel), Place::Nowhere) => Plan::Post { channel },
        (Some(wanted), Place::Begun { channel, at }) if wanted == channel => {
            // A clock that was set back leaves `at` in the future.
            if at <= now && now.since(at) < NONCE_VALID_FOR {
                Plan::PostAgain { channel }
            } else {
                Plan::Search { channel, since: at }
            }
        }
        (Some(wanted), Place::Posted { channel, message }) if wanted == channel => Plan::Edit { channel, message },
        (_, Place::Begun { .. } | Place::Posted { .. }) => Plan::TakeOff,
    }
}

/// A card to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub ticket: TicketId,
    pub work: Work,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Post {
        opened_at: Timestamp,
    },
    Edit {
        posted_at: Timestamp,
    },
    /// The ticket is as it was; settings or the language have changed.
    Refresh {
        posted_at: Timestamp,
    },
}

/// A card for a ticket that is older than this is not urgent: after downtime, or offered to the open tickets.
const NEW_FOR: Duration = Duration::from_mins(10);

/// Between two requests that are not urgent.
const SLOWLY: Duration = Duration::from_secs(3);

/// From this age on, Discord limits the edits of messages: three in six seconds in a channel (observed; it answers with
/// error 30046: "messages older than 1 hour"). With room for clocks that differ.
const OLD: Duration = Duration::from_mins(50);

const OLD_EDITS: usize = 3;
const OLD_PERIOD: Duration = Duration::from_millis(6_500);

/// The recent requests in a channel, by a clock that only goes forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// The last edits of old cards, oldest first.
    edits: [Option<Duration>; OLD_EDITS],
    /// The last request that was not urgent.
    slow: Option<Duration>,
}

/// What to do in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Draw(Due),
    /// Nothing before that time.
    Wait(Duration),
    Nothing,
}

impl Pace {
    /// Which card is drawn now: those of new tickets, then changed ones, then those of older tickets, then those for which
    /// only settings have changed.
    pub fn next(&self, due: &[Due], now: Timestamp, monotonic: Duration) -> Next {
        let urgency = |due: &&Due| match due.work {
            Work::Post { opened_at } if now.since(opened_at) < NEW_FOR => 0,
            Work::Edit { .. } => 1,
            Work::Post { .. } => 2,
            Work::Refresh { .. } => 3,
        };
        let free_at = |due: &Due| self.free_at(due.work, now).filter(|at| *at > monotonic);
        let free = due.iter().filter(|due| free_at(due).is_none()).min_by_key(urgency);
        match free {
            Some(due) => Next::Draw(*due),
            None => due.iter().filter_map(free_at).min().map_or(Next::Nothing, Next::Wait),
        }
    }

    /// Counts the request for this card.
    pub fn note(&mut self, work: Work, now: Timestamp, monotonic: Duration) {
        if let Work::Edit { posted_at } | Work::Refresh { posted_at } = work
            && is_old(posted_at, now)
        {
            self.edits.rotate_left(1);
            self.edits[OLD_EDITS - 1] = Some(monotonic);
        }
        if is_slow(work, now) {
            self.slow = Some(monotonic);
        }
    }

    /// Nothing that was noted matters any more.
    pub fn is_over(&self, monotonic: Duration) -> bool {
        let last = self.edits.into_iter().chain([self.slow]).flatten().max();
        last.is_none_or(|last| last + OLD_PERIOD <= monotonic)
    }

    /// When this may be done; `None`: at any time.
    fn free_at(&self, work: Work, now: Timestamp) -> Option<Duration> {
        let edit = match work {
            Work::Edit { posted_at } | Work::Refresh { posted_at } if is_old(posted_at, now) => self.edits[0],
            _ => None,
        };
        let slow = self.slow.filter(|_| is_slow(work, now));
        edit.map(|at| at + OLD_PERIOD).max(slow.map(|at| at + SLOWLY))
    }
}

/// Nobody waits for it.
fn is_slow(work: Work, now: Timestamp) -> bool {
    match work {
        Work::Post { opened_at } => now.since(opened_at) >= NEW_FOR,
        Work::Edit { .. } => false,
        Work::Refresh { .. } => true,
    }
}

fn is_old(posted_at: Timestamp, now: Timestamp) -> bool {
    now.since(posted_at) >= OLD
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const HERE: ChannelId = ChannelId::new(1);
    const THERE: ChannelId = ChannelId::new(2);
    const CARD: MessageId = MessageId::new(3);

    #[test]
    fn what_is_done_follows_from_where_the_card_is_and_where_it_is_wanted() {
        let begun = |seconds| Place::Begun { channel: HERE, at: NOW - Duration::from_secs(seconds) };
        let posted = Place::Posted { channel: HERE, message: CARD };
        let since = |seconds| NOW - Duration::from_secs(seconds);
        for (wanted, place, expected) in [
            (None, Place::Nowhere, Plan::Nothing),
            (Some(HERE), Place::Nowhere, Plan::Post { channel: HERE }),
            (Some(HERE), begun(0), Plan::PostAgain { channel: HERE }),
            (Some(HERE), begun(59), Plan::PostAgain { channel: HERE }),
            (Some(HERE), begun(60), Plan::Search { channel: HERE, since: since(60) }),
            (Some(THERE), begun(0), Plan::TakeOff),
            (None, begun(0), Plan::TakeOff),
            (Some(HERE), posted, Plan::Edit { channel: HERE, message: CARD }),
            (Some(THERE), posted, Plan::TakeOff),
            (None, posted, Plan::TakeOff),
        ] {
            assert_eq!(plan(wanted, place, NOW), expected, "{wanted:?}, {place:?}");
        }
        let ahead = Place::Begun { channel: HERE, at: NOW + Duration::from_mins(5) };
        assert!(matches!(plan(Some(HERE), ahead, NOW), Plan::Search { .. }), "the clock was set back");
    }

    fn post(ticket: i64, minutes_ago: u64) -> Due {
        let opened_at = NOW - Duration::from_mins(minutes_ago);
        Due { ticket: TicketId::new(ticket), work: Work::Post { opened_at } }
    }

    fn edit(ticket: i64, minutes_ago: u64) -> Due {
        let posted_at = NOW - Duration::from_mins(minutes_ago);
        Due { ticket: TicketId::new(ticket), work: Work::Edit { posted_at } }
    }

    #[test]
    fn cards_of_new_tickets_come_first_and_those_of_old_tickets_last() {
        let pace = Pace::default();
        let all = [post(1, 600), edit(2, 600), edit(3, 1), post(4, 0), post(5, 0)];
        let next = |due: &[Due]| pace.next(due, NOW, Duration::ZERO);
        assert_eq!(next(&all), Next::Draw(post(4, 0)));
        assert_eq!(next(&all[..3]), Next::Draw(edit(2, 600)));
        assert_eq!(next(&all[..1]), Next::Draw(post(1, 600)));
        assert_eq!(next(&[]), Next::Nothing);
    }

    #[test]
    fn old_cards_are_edited_three_times_in_six_seconds_and_new_ones_meanwhile() {
        let mut pace = Pace::default();
        let due = [edit(1, 600)];
        for tenths in [0, 1, 2] {
            let at = Duration::from_millis(100 * tenths);
            assert_eq!(pace.next(&due, NOW, at), Next::Draw(due[0]));
            pace.note(due[0].work, NOW, at);
        }
        assert_eq!(pace.next(&due, NOW, Duration::from_secs(6)), Next::Wait(Duration::from_millis(6_500)));
        let with_new = [edit(1, 600), edit(2, 5)];
        assert_eq!(pace.next(&with_new, NOW, Duration::from_secs(6)), Next::Draw(with_new[1]));
        assert_eq!(pace.next(&due, NOW, Duration::from_millis(6_500)), Next::Draw(due[0]));
    }

    #[test]
    fn cards_that_look_different_by_a_setting_come_last_and_leave_room_for_changes() {
        let mut pace = Pace::default();
        let refresh = Due { work: Work::Refresh { posted_at: NOW - Duration::from_hours(10) }, ..edit(9, 600) };
        let all = [refresh, post(1, 600), edit(2, 600)];
        assert_eq!(pace.next(&all, NOW, Duration::ZERO), Next::Draw(edit(2, 600)));
        assert_eq!(pace.next(&all[..2], NOW, Duration::ZERO), Next::Draw(post(1, 600)));
        for seconds in [0, 3] {
            let at = Duration::from_secs(seconds);
            assert_eq!(pace.next(&all[..1], NOW, at), Next::Draw(refresh));
            pace.note(refresh.work, NOW, at);
            assert_eq!(pace.next(&all[..1], NOW, at), Next::Wait(at + SLOWLY));
            assert_eq!(pace.next(&[edit(2, 600)], NOW, at), Next::Draw(edit(2, 600)), "after {seconds} s");
        }
    }

    #[test]
    fn offered_cards_are_posted_one_in_three_seconds() {
        let mut pace = Pace::default();
        let due = [post(1, 600), post(2, 600)];
        assert_eq!(pace.next(&due, NOW, Duration::ZERO), Next::Draw(due[0]));
        pace.note(due[0].work, NOW, Duration::ZERO);
        assert_eq!(pace.next(&due[1..], NOW, Duration::from_secs(1)), Next::Wait(SLOWLY));
        assert_eq!(pace.next(&due[1..], NOW, SLOWLY), Next::Draw(due[1]));
        assert!(!pace.is_over(SLOWLY) && pace.is_over(Duration::from_secs(7)));
    }
}
