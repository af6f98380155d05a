//! The ids of buttons, menus and forms. An id carries all state of its component: nothing is kept in memory.
//!
//! ```text
//! opn:12                                      usable by everybody:          route, content
//! stf:0ZVlQA1mYt…22 characters of a seal…:3:7 usable by one person:         route, time and seal, content
//! ```
//!
//! Builds and splits ids. `router` defines the routes, `discord::seal` the seals.

use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use super::clock::Timestamp;

/// Maximum length of an id, in characters (Discord: "Component Reference", `custom_id`).
pub const MAX_LENGTH: usize = 100;

/// The button of every inbox since theticketbot, so that posted messages keep working. Its message identifies the panel;
/// with several inboxes on it, the id names one of them.
pub const CREATE_TICKET: &str = "create-ticket";

/// The menu of a panel with several inboxes.
pub const PANEL_MENU: &str = "opm";

/// Characters of a route's name.
pub const ROUTE: usize = 3;

/// Characters of the time of sealing: seconds, until the year 4147.
pub const TIME: usize = 6;

/// Characters of a seal of 128 bits.
pub const SEAL: usize = 22;

/// Characters left for the content of a sealed id.
pub const MAX_CONTENT: usize = MAX_LENGTH - ROUTE - 1 - TIME - SEAL - 1;

const SEPARATOR: char = ':';

/// The route's name, and the rest.
pub fn split(id: &str) -> (&str, &str) {
    id.split_once(SEPARATOR).unwrap_or((id, ""))
}

/// An id that everybody may use.
pub fn open(route: &str, content: &str) -> String {
    if content.is_empty() { route.to_owned() } else { format!("{route}{SEPARATOR}{content}") }
}

/// An id with its creation time and a seal over the rest.
pub fn sealed(route: &str, time: &str, seal: &str, content: &str) -> String {
    format!("{route}{SEPARATOR}{time}{seal}{SEPARATOR}{content}")
}

/// Time and content of a possibly sealed id: only sealing it again verifies it.
pub fn unsealed(behind_route: &str) -> Option<(Timestamp, &str)> {
    let (stamp, content) = behind_route.split_once(SEPARATOR)?;
    let time = stamp.get(..TIME).filter(|_| stamp.len() == TIME + SEAL)?;
    Some((Timestamp::from_seconds(i64::try_from(from_digits(time)?).ok()?), content))
}

/// The characters of "base64url" (RFC 4648), which need no escaping anywhere.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A number in `count` digits of base 64, highest first. Excess digits are cut off.
pub fn digits(number: u128, count: usize) -> String {
    let digit = |place: usize| {
        char::from(
            ALPHABET[usize::try_from(
                number.checked_shr(u32::try_from(6 * place).unwrap_or(u32::MAX)).unwrap_or(0) & 63,
            )
            .unwrap_or(0)],
        )
    };
    (0..count).rev().map(digit).collect()
}

/// The number that these digits write. Excess bits are cut off.
pub fn from_digits(text: &str) -> Option<u64> {
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        Some(number << 6 | digit as u64)
    })
}

/// The content of an id: numbers and ids, each in one spelling.
pub trait Content: Sized {
    fn write(&self) -> String;

    /// `None` unless [`Content::write`] produced the text.
    fn read(text: &str) -> Option<Self>;
}

impl Content for () {
    fn write(&self) -> String {
        String::new()
    }

    fn read(text: &str) -> Option<Self> {
        text.is_empty().then_some(())
    }
}

macro_rules! content {
    ($($part:ident),+) => {
        impl<$($part: Display + FromStr),+> Content for ($($part,)+) {
            fn write(&self) -> String {
                #[expect(non_snake_case, reason = "each part is named after its type")]
                let ($($part,)+) = self;
                [$($part.to_string()),+].join(":")
            }

            fn read(text: &str) -> Option<Self> {
                let mut parts = text.split(SEPARATOR);
                let read = ($(parts.next()?.parse::<$part>().ok()?,)+);
                // No leading zeros, no signs, no trailing text.
                (read.write() == text).then_some(read)
            }
        }
    };
}

content!(A);
content!(A, B);
content!(A, B, C);
content!(A, B, C, D);
content!(A, B, C, D, E);
content!(A, B, C, D, E, F);

/// How long somebody without Manage Server can use what was shown to them. A server can allow the command to anybody
/// ("Integrations"), and no event reports when it withdraws that.
pub const VALID_FOR: Duration = Duration::from_mins(15);

/// Whether a menu, a confirmation or a form made at `made_at` is still usable.
pub fn is_valid(made_at: Timestamp, now: Timestamp, manages_guild: bool) -> bool {
    manages_guild || now.since(made_at) < VALID_FOR
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::{InboxId, UserId};

    #[test]
    fn sixty_characters_and_more_are_free_for_content() {
        const { assert!(MAX_CONTENT >= 60) };
        let id = sealed("abc", &digits(u128::MAX, TIME), &digits(u128::MAX, SEAL), &"x".repeat(MAX_CONTENT));
        assert_eq!(id.chars().count(), MAX_LENGTH);
    }

    #[test]
    fn two_of_the_largest_ids_and_a_number_fit() {
        let content = (UserId::new(u64::MAX), InboxId::new(i64::MAX), u32::MAX).write();
        assert!(content.len() <= MAX_CONTENT, "{content}");
    }

    #[test]
    fn the_button_of_theticketbot_is_a_route_of_its_own() {
        assert_eq!(split("create-ticket"), (CREATE_TICKET, ""));
        assert_eq!(open(CREATE_TICKET, ""), "create-ticket");
    }

    #[test]
    fn content_that_was_not_written_so_is_not_read() {
        type Two = (InboxId, u32);
        assert_eq!(Two::read("1:2"), Some((InboxId::new(1), 2)));
        for text in ["", ":", "1", "1:", ":2", "1:2:", "1:2:3", "0:2", "01:2", "1:02", "+1:2", "1:+2", "1:-2", " 1:2"] {
            assert_eq!(Two::read(text), None, "{text:?}");
        }
        assert_eq!(<()>::read(""), Some(()));
        assert_eq!(<()>::read(":"), None);
        assert_eq!(<(InboxId,)>::read("9223372036854775808"), None, "too large");
    }

    #[test]
    fn what_cannot_be_sealed_is_not_taken_apart() {
        let stamp = "A".repeat(TIME + SEAL);
        assert_eq!(unsealed(&format!("{stamp}:1")), Some((Timestamp::from_seconds(0), "1")));
        assert_eq!(unsealed(&format!("{stamp}:")), Some((Timestamp::from_seconds(0), "")));
        for text in [String::new(), "1".to_owned(), stamp.clone(), format!("{stamp}A:1"), format!("{}:1", &stamp[1..])]
        {
            assert_eq!(unsealed(&text), None, "{text:?}");
        }
        assert_eq!(unsealed(&format!("ä{}:1", &stamp[2..])), None, "no digit");
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
            assert_eq!(is_valid(made_at, now, manages_guild), expected, "{now:?} {manages_guild}");
        }
    }

    proptest! {
        #[test]
        fn content_reads_back_as_it_is_written(user in 1..=u64::MAX, inbox in 1..=i64::MAX, revision: u32) {
            let content = (UserId::new(user), InboxId::new(inbox), revision);
            prop_assert_eq!(<(UserId, InboxId, u32)>::read(&content.write()), Some(content));
        }

        #[test]
        fn each_content_has_one_spelling(text in r"[0-9:+-]{0,12}|\PC*") {
            if let Some(content) = <(InboxId, u32)>::read(&text) {
                prop_assert_eq!(content.write(), text);
            }
        }

        #[test]
        fn an_open_id_is_taken_apart_as_it_was_put_together(route in "[a-z]{3}", content in "[0-9:]{0,60}") {
            let id = open(&route, &content);
            prop_assert_eq!(split(&id), (route.as_str(), content.as_str()));
        }

        #[test]
        fn a_sealed_id_is_taken_apart_as_it_was_put_together(seconds in 0..1_i64 << 36, seal: u128, content in "[0-9:]{0,60}") {
            let id = sealed("abc", &digits(seconds.cast_unsigned().into(), TIME), &digits(seal, SEAL), &content);
            let (route, behind) = split(&id);
            prop_assert_eq!(route, "abc");
            prop_assert_eq!(unsealed(behind), Some((Timestamp::from_seconds(seconds), content.as_str())));
        }

        #[test]
        fn any_text_is_taken_apart_without_harm(text: String) {
            let (_, behind) = split(&text);
            let _ = unsealed(behind);
            let _ = unsealed(&text);
        }
    }
}
