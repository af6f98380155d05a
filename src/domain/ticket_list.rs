//! A list of tickets as somebody asks for it: which ones, in which order, and from where on.
//!
//! All of it fits into the id of a button, so that nothing is kept in memory between two pages. A page begins at a
//! ticket, not at a number of pages: it is right whatever has changed before it.

use std::time::Duration;

use super::custom_id::{Content, digits, from_digits};
use super::ids::{InboxId, TicketId, UserId};
use super::lifecycle::State;
use super::priority::Priority;

/// Which tickets are listed, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    pub kind: Kind,
    pub states: States,
    pub inbox: Option<InboxId>,
    pub claimed_by: Option<UserId>,
    pub owner: Option<UserId>,
    /// Requested at least so long ago, in whole minutes; at most [`MOST_AGE`].
    pub older_than: Option<Duration>,
    pub order: Order,
}

/// The longest age that can be asked for: ten years, longer than any record is kept.
pub const MOST_AGE: Duration = Duration::from_hours(3_650 * 24);

/// How the list is headed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Tickets,
    /// What is known of one member's tickets.
    History,
}

/// The states of listed tickets. A ticket that is being opened is never listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum States {
    Open,
    Dormant,
    Closed,
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Newest,
    Oldest,
    /// The most urgent first, the oldest first among equals.
    Priority,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Start,
    After(Mark),
    Before(Mark),
}

/// The place of a ticket in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub ticket: TicketId,
    pub priority: Priority,
}

impl States {
    const EACH: [Self; 4] = [Self::Open, Self::Dormant, Self::Closed, Self::All];

    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Open => &[State::Open],
            Self::Dormant => &[State::Dormant],
            Self::Closed => &[State::Closed],
            Self::All => &[State::Open, State::Dormant, State::Closed],
        }
    }
}

impl Order {
    const EACH: [Self; 3] = [Self::Newest, Self::Oldest, Self::Priority];
}

impl Kind {
    const EACH: [Self; 2] = [Self::Tickets, Self::History];
}

/// The lengths of the parts of a written list, in digits of base 64.
const FLAGS: usize = 1;
const ID: usize = 11;
const MINUTES: usize = 4;
const PARTS: [usize; 8] = [FLAGS, FLAGS, FLAGS, ID, MINUTES, ID, ID, ID];

impl Content for (Listing, Place) {
    fn write(&self) -> String {
        let (Listing { kind, states, inbox, claimed_by, owner, older_than, order }, place) = *self;
        let (direction, mark) = match place {
            Place::Start => (0, None),
            Place::After(mark) => (1, Some(mark)),
            Place::Before(mark) => (2, Some(mark)),
        };
        let row = |id: Option<i64>| id.unwrap_or(0).cast_unsigned();
        let user = |user: Option<UserId>| user.map_or(0, UserId::get);
        let priority = mark.map_or(0, |mark| index(&Priority::EACH, mark.priority));
        let values = [
            index(&Kind::EACH, kind) << 2 | index(&States::EACH, states),
            index(&Order::EACH, order),
            direction << 2 | priority,
            row(mark.map(|mark| mark.ticket.get())),
            older_than.map_or(0, |age| age.as_secs() / 60),
            row(inbox.map(InboxId::get)),
            user(claimed_by),
            user(owner),
        ];
        values.into_iter().zip(PARTS).map(|(value, length)| digits(value.into(), length)).collect()
    }

    fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut values = [0; PARTS.len()];
        for (value, length) in values.iter_mut().zip(PARTS) {
            let (part, behind) = rest.split_at_checked(length)?;
            *value = from_digits(part)?;
            rest = behind;
        }
        let [what, order, place, ticket, minutes, inbox, claimed_by, owner] = values;
        let row = |value: u64| i64::try_from(value).ok().filter(|id| *id > 0);
        let user = |value: u64| Some(value).filter(|id| *id > 0).map(UserId::new);
        let mark = |priority| Some(Mark { ticket: TicketId::new(row(ticket)?), priority });
        let priority = at(&Priority::EACH, place & 3)?;
        let place = match place >> 2 {
            0 => Place::Start,
            1 => Place::After(mark(priority)?),
            2 => Place::Before(mark(priority)?),
            _ => return None,
        };
        let listing = Listing {
            kind: at(&Kind::EACH, what >> 2)?,
            states: at(&States::EACH, what & 3)?,
            inbox: row(inbox).map(InboxId::new),
            claimed_by: user(claimed_by),
            owner: user(owner),
            older_than: Some(minutes).filter(|minutes| *minutes > 0).map(Duration::from_mins),
            order: at(&Order::EACH, order)?,
        };
        let content = (listing, place);
        (content.write() == text).then_some(content)
    }
}

fn index<T: Copy + PartialEq>(each: &[T], value: T) -> u64 {
    each.iter().position(|one| *one == value).unwrap_or(0) as u64
}

fn at<T: Copy>(each: &[T], index: u64) -> Option<T> {
    each.get(usize::try_from(index).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::custom_id::MAX_CONTENT;

    fn any_content() -> impl Strategy<Value = (Listing, Place)> {
        let user = || prop::option::of((1..=u64::MAX).prop_map(UserId::new));
        let mark = (1..=i64::MAX, prop::sample::select(Priority::EACH.to_vec()))
            .prop_map(|(ticket, priority)| Mark { ticket: TicketId::new(ticket), priority });
        let place = prop_oneof![Just(Place::Start), mark.clone().prop_map(Place::After), mark.prop_map(Place::Before),];
        let minutes = prop::option::of((1..=MOST_AGE.as_secs() / 60).prop_map(Duration::from_mins));
        let inbox = prop::option::of((1..=i64::MAX).prop_map(InboxId::new));
        let what = (
            prop::sample::select(Kind::EACH.to_vec()),
            prop::sample::select(States::EACH.to_vec()),
            prop::sample::select(Order::EACH.to_vec()),
        );
        (what, inbox, user(), user(), minutes, place).prop_map(
            |((kind, states, order), inbox, claimed_by, owner, older_than, place)| {
                (Listing { kind, states, inbox, claimed_by, owner, older_than, order }, place)
            },
        )
    }

    proptest! {
        #[test]
        fn a_list_reads_back_as_it_is_written_and_fits_into_an_id(content in any_content()) {
            let written = content.write();
            prop_assert!(written.len() <= MAX_CONTENT, "{}", written);
            prop_assert_eq!(<(Listing, Place)>::read(&written), Some(content));
        }

        #[test]
        fn each_list_has_one_spelling(content in any_content(), at: prop::sample::Index, letter in "[A-Za-z0-9_:-]") {
            let mut changed = content.write();
            let at = at.index(changed.len());
            changed.replace_range(at..=at, &letter);
            if let Some(read) = <(Listing, Place)>::read(&changed) {
                prop_assert_eq!(read.write(), changed);
            }
        }

        #[test]
        fn no_text_breaks_it(text in r"[A-Za-z0-9_-]{0,60}|\PC*") {
            if let Some(read) = <(Listing, Place)>::read(&text) {
                prop_assert_eq!(read.write(), text);
            }
        }
    }

    #[test]
    fn tickets_that_are_being_opened_are_in_no_list() {
        assert!(States::EACH.iter().all(|states| !states.states().contains(&State::Opening)));
        assert_eq!(States::All.states().len(), State::EACH.len() - 1);
    }
}
