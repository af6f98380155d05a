//! A panel: a message of the bot through which members open tickets. It shows inboxes; each inbox's
//! [`settings`](super::settings) decide about its tickets.
//!
//! The message is a projection of the panel and its inboxes: what it should show follows from them as they are now.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::ids::{ChannelId, InboxId, MessageId, PanelId};

/// The most inboxes of a panel: five rows of five buttons, or a menu of 25 entries (Discord: "Component Reference").
pub const MOST_INBOXES: usize = 25;

/// A panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel {
    pub id: PanelId,
    /// Its current or last channel.
    pub channel: ChannelId,
    /// `None`: the message was deleted.
    pub message: Option<MessageId>,
    /// The slow mode of its channel, in whole seconds.
    pub slowmode: Duration,
    pub style: Style,
    /// The number of changes of its style, its inboxes and their order.
    pub revision: u32,
    /// Its message shows an older state.
    pub is_stale: bool,
}

/// How a panel offers its inboxes. A panel with one inbox has a button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    #[default]
    Buttons,
    Menu,
}

impl Style {
    pub const EACH: [Self; 2] = [Self::Buttons, Self::Menu];

    /// Its name in storage and ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Buttons => "buttons",
            Self::Menu => "menu",
        }
    }
}

/// The text is no style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a style of panels")]
pub struct ParseStyleError;

impl FromStr for Style {
    type Err = ParseStyleError;

    fn from_str(text: &str) -> Result<Self, ParseStyleError> {
        Self::EACH.into_iter().find(|style| style.as_str() == text).ok_or(ParseStyleError)
    }
}

/// A direction on a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

/// The text is no direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a direction")]
pub struct ParseDirectionError;

impl FromStr for Direction {
    type Err = ParseDirectionError;

    fn from_str(text: &str) -> Result<Self, ParseDirectionError> {
        match text {
            "up" => Ok(Self::Up),
            "down" => Ok(Self::Down),
            _ => Err(ParseDirectionError),
        }
    }
}

/// The order after moving one inbox by one place; `None`: it is at the end already, or not there.
pub fn moved(order: &[InboxId], inbox: InboxId, direction: Direction) -> Option<Vec<InboxId>> {
    let at = order.iter().position(|other| *other == inbox)?;
    let to = match direction {
        Direction::Up => at.checked_sub(1)?,
        Direction::Down => Some(at + 1).filter(|to| *to < order.len())?,
    };
    let mut after = order.to_vec();
    after.swap(at, to);
    Some(after)
}

/// Between two edits of panels in one channel. Discord allows three edits of old messages in six seconds.
const BETWEEN_EDITS: Duration = Duration::from_secs(5);

/// When a panel in a channel was edited last, by a clock that only goes forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace(Option<Duration>);

impl Pace {
    /// When the next edit may be; `None`: now.
    pub fn free_at(self, now: Duration) -> Option<Duration> {
        self.0.map(|last| last + BETWEEN_EDITS).filter(|free| *free > now)
    }

    /// Counts an edit.
    #[must_use]
    pub const fn noted(self, now: Duration) -> Self {
        Self(Some(now))
    }
}

/// Which emoji of a panel Discord refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Those of the inboxes at these places.
    At(Vec<usize>),
    /// Discord did not say which.
    Unknown,
}

/// Reads it from the paths of a form error, such as `components.0.components.1.emoji.id: CODE`, or with `options.3`
/// below a menu. `None`: something else was refused.
pub fn refused_emoji<'a>(fields: impl IntoIterator<Item = &'a str>) -> Option<Refused> {
    let about_emoji: Vec<&str> =
        fields.into_iter().filter(|field| path_of(field).any(|part| part == "emoji")).collect();
    if about_emoji.is_empty() {
        return None;
    }
    let places: Option<Vec<usize>> = about_emoji.into_iter().map(place_of).collect();
    Some(places.map_or(Refused::Unknown, Refused::At))
}

fn path_of(field: &str) -> impl Iterator<Item = &str> {
    field.split(':').next().unwrap_or_default().split('.')
}

fn place_of(field: &str) -> Option<usize> {
    let parts: Vec<&str> = path_of(field).collect();
    let number = |name: &str| {
        let at = parts.iter().rposition(|part| *part == name)?;
        parts.get(at + 1)?.parse::<usize>().ok()
    };
    let in_menu = number("options");
    let in_rows = || {
        let row = parts.get(1)?.parse::<usize>().ok()?;
        row.checked_mul(IN_ROW)?.checked_add(number("components")?)
    };
    in_menu.or_else(in_rows)
}

/// The buttons of a row (Discord: "Component Reference", action row).
pub const IN_ROW: usize = 5;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(numbers: &[i64]) -> Vec<InboxId> {
        numbers.iter().copied().map(InboxId::new).collect()
    }

    #[test]
    fn an_inbox_moves_by_one_place_and_not_beyond_the_ends() {
        let order = ids(&[1, 2, 3]);
        for (inbox, direction, expected) in [
            (2, Direction::Up, Some(vec![2, 1, 3])),
            (2, Direction::Down, Some(vec![1, 3, 2])),
            (1, Direction::Up, None),
            (3, Direction::Down, None),
            (4, Direction::Up, None),
        ] {
            let expected = expected.map(|numbers| ids(&numbers));
            assert_eq!(moved(&order, InboxId::new(inbox), direction), expected, "{inbox} {direction:?}");
        }
    }

    #[test]
    fn refused_emoji_are_told_by_their_places() {
        let at = |places: &[usize]| Some(Refused::At(places.to_vec()));
        let table: [(&[&str], Option<Refused>); 6] = [
            (&["components.0.components.1.emoji.id: BUTTON_COMPONENT_INVALID_EMOJI"], at(&[1])),
            (&["components.2.components.4.emoji.name: BUTTON_COMPONENT_INVALID_EMOJI"], at(&[14])),
            (
                &[
                    "components.0.components.0.options.0.emoji.name: BUTTON_COMPONENT_INVALID_EMOJI",
                    "components.0.components.0.options.24.emoji.id: BUTTON_COMPONENT_INVALID_EMOJI",
                ],
                at(&[0, 24]),
            ),
            (&["emoji: SOMETHING"], Some(Refused::Unknown)),
            (&["components.0.components.1.label: BASE_TYPE_MAX_LENGTH"], None),
            (&[], None),
        ];
        for (fields, expected) in table {
            assert_eq!(refused_emoji(fields.iter().copied()), expected, "{fields:?}");
        }
    }

    #[test]
    fn edits_in_a_channel_keep_their_distance() {
        let second = Duration::from_secs;
        assert_eq!(Pace::default().free_at(second(0)), None);
        let pace = Pace::default().noted(second(10));
        assert_eq!(pace.free_at(second(11)), Some(second(15)));
        assert_eq!(pace.free_at(second(15)), None);
    }

    proptest! {
        #[test]
        fn a_move_keeps_every_inbox_and_the_way_back_undoes_it(count in 1..30_i64, at: prop::sample::Index, up: bool) {
            let order = ids(&(1..=count).collect::<Vec<_>>());
            let inbox = *at.get(&order);
            let (there, back) =
                if up { (Direction::Up, Direction::Down) } else { (Direction::Down, Direction::Up) };
            if let Some(after) = moved(&order, inbox, there) {
                prop_assert_ne!(&after, &order);
                prop_assert_eq!(moved(&after, inbox, back), Some(order));
            }
        }

        #[test]
        fn no_path_of_an_error_breaks_it(fields in prop::collection::vec(r"[a-z0-9.: ]{0,40}|components\.[0-9]{0,25}\.components\.[0-9]{0,25}\.emoji: X", 0..5)) {
            let _read = refused_emoji(fields.iter().map(String::as_str));
        }
    }
}
