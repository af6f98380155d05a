//! The ids of buttons, menus and forms. Everything behind a component is in its id: nothing is kept in memory for it.

use std::fmt;
use std::time::Duration;

use super::clock::Timestamp;
use super::ids::{InboxId, UserId};

/// Longest id Discord takes, in characters (Discord: "Component Reference", `custom_id`).
pub const MAX_LENGTH: usize = 100;

/// The button of every inbox since theticketbot, so that the messages already posted keep working. The inbox is found by
/// the message that the button is on.
const CREATE_TICKET: &str = "create-ticket";

/// Starts every other id. A form whose meaning changes gets a new number, and old ones are answered as outdated.
const VERSION: &str = "t1";

/// What a component or form stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomId {
    CreateTicket,
    /// The menu with an inbox's staff, as of `revision` of that list: a later one makes the menu stale.
    EditStaff {
        inbox: InboxId,
        revision: u32,
    },
    /// The form for the starter's template, as of `revision` of the settings that it belongs to.
    EditStarter {
        inbox: InboxId,
        revision: u32,
    },
    /// The form for the name's template, as of `revision` of the settings that it belongs to.
    EditName {
        inbox: InboxId,
        revision: u32,
    },
    /// The button that confirms that an inbox shall be deleted.
    DeleteInbox {
        inbox: InboxId,
    },
    /// The button by which this person, and nobody else, has what is held about them deleted.
    ForgetPerson {
        user: UserId,
    },
}

impl CustomId {
    /// `None` for what is not ours, or not any more.
    pub fn parse(text: &str) -> Option<Self> {
        let id = if text == CREATE_TICKET { Self::CreateTicket } else { Self::parse_versioned(text)? };
        // One spelling per id: no leading zeros, no signs.
        (id.to_string() == text).then_some(id)
    }

    fn parse_versioned(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        if parts.next() != Some(VERSION) {
            return None;
        }
        let (kind, subject) = (parts.next()?, parts.next()?);
        if kind == "forget" {
            return parts.next().is_none().then_some(Self::ForgetPerson { user: subject.parse().ok()? });
        }
        match (kind, subject.parse().ok()?, parts.next(), parts.next()) {
            ("staff", inbox, Some(revision), None) => Some(Self::EditStaff { inbox, revision: revision.parse().ok()? }),
            ("starter", inbox, Some(revision), None) => {
                Some(Self::EditStarter { inbox, revision: revision.parse().ok()? })
            }
            ("name", inbox, Some(revision), None) => Some(Self::EditName { inbox, revision: revision.parse().ok()? }),
            ("delete", inbox, None, None) => Some(Self::DeleteInbox { inbox }),
            _ => None,
        }
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateTicket => f.write_str(CREATE_TICKET),
            Self::EditStaff { inbox, revision } => write!(f, "{VERSION}:staff:{inbox}:{revision}"),
            Self::EditStarter { inbox, revision } => write!(f, "{VERSION}:starter:{inbox}:{revision}"),
            Self::EditName { inbox, revision } => write!(f, "{VERSION}:name:{inbox}:{revision}"),
            Self::DeleteInbox { inbox } => write!(f, "{VERSION}:delete:{inbox}"),
            Self::ForgetPerson { user } => write!(f, "{VERSION}:forget:{user}"),
        }
    }
}

/// How long somebody without Manage Server can use what was shown to them. They were allowed the command, which a server
/// can allow to anybody ("Integrations"), and nobody says when that is taken back.
pub const HOLDS: Duration = Duration::from_mins(15);

/// Whether a menu, a confirmation or a form that was made at `made_at` can still be used.
pub fn still_holds(made_at: Timestamp, now: Timestamp, manages_guild: bool) -> bool {
    manages_guild || now.since(made_at) < HOLDS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_id() -> impl Strategy<Value = CustomId> {
        let inbox = (1..=i64::MAX).prop_map(InboxId::new);
        prop_oneof![
            Just(CustomId::CreateTicket),
            (inbox.clone(), any::<u32>()).prop_map(|(inbox, revision)| CustomId::EditStaff { inbox, revision }),
            (inbox.clone(), any::<u32>()).prop_map(|(inbox, revision)| CustomId::EditStarter { inbox, revision }),
            (inbox.clone(), any::<u32>()).prop_map(|(inbox, revision)| CustomId::EditName { inbox, revision }),
            inbox.prop_map(|inbox| CustomId::DeleteInbox { inbox }),
            (1..=u64::MAX).prop_map(|user| CustomId::ForgetPerson { user: UserId::new(user) }),
        ]
    }

    #[test]
    fn the_button_of_theticketbot_still_creates_tickets() {
        assert_eq!(CustomId::parse("create-ticket"), Some(CustomId::CreateTicket));
        assert_eq!(CustomId::CreateTicket.to_string(), "create-ticket");
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        let foreign = [
            "",
            ":",
            "t1",
            "t1:",
            "t1:staff",
            "t1:staff:1",
            "t1:staff:1:",
            "t1:staff:1:2:3",
            "t1:starter:1",
            "t1:starter:1:2:3",
            "t1:name:1",
            "t1:name:0:1",
            "t1:name:+1:1",
            "t1:name:01:1",
            "t1:name:1:01",
            "t1:staff:1:+2",
            "t1:forget",
            "t1:forget:0",
            "t1:forget:01",
            "t1:forget:1:2",
            "t2:name:1:1",
            "T1:name:1:1",
            "Create-Ticket",
            "create-ticket ",
        ];
        for text in foreign {
            assert_eq!(CustomId::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn who_manages_the_server_has_no_hurry_and_others_have_a_quarter_of_an_hour() {
        let made_at = Timestamp::from_seconds(1_700_000_000);
        let later = |seconds| made_at + Duration::from_secs(seconds);
        for (now, manages_guild, expected) in [
            (made_at, false, true),
            (later(899), false, true),
            (later(900), false, false),
            (later(900), true, true),
            (later(86_400 * 365), true, true),
            // The clock was set back.
            (made_at - Duration::from_mins(1), false, true),
        ] {
            assert_eq!(still_holds(made_at, now, manages_guild), expected, "{now:?} {manages_guild}");
        }
    }

    proptest! {
        #[test]
        fn an_id_reads_back_as_it_is_written_and_fits(id in any_id()) {
            let text = id.to_string();
            prop_assert!(text.len() <= MAX_LENGTH);
            prop_assert_eq!(CustomId::parse(&text), Some(id));
        }

        #[test]
        fn an_id_with_one_letter_changed_is_another_id_or_none(
            id in any_id(), at: prop::sample::Index, letter in any::<char>(), inserted: bool,
        ) {
            let mut letters: Vec<char> = id.to_string().chars().collect();
            let at = at.index(letters.len());
            if inserted { letters.insert(at, letter) } else { letters[at] = letter }
            let text: String = letters.into_iter().collect();
            if let Some(other) = CustomId::parse(&text) {
                prop_assert_eq!(&other.to_string(), &text);
                prop_assert!(text.len() <= MAX_LENGTH);
            } else {
                prop_assert_ne!(text, id.to_string());
            }
        }

        #[test]
        fn any_text_is_an_id_or_none(text: String) {
            prop_assert!(CustomId::parse(&text).is_none_or(|id| id.to_string() == text));
        }

        #[test]
        fn each_id_has_one_spelling(text in r"(t1:)?(staff|name|starter|create-ticket)?[:0-9+-]{0,12}|\PC*") {
            if let Some(id) = CustomId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
