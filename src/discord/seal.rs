//! Seals the custom ids of components that only one admin sees: menus, confirmations and forms.
//!
//! Discord reports who uses a component, but not who was shown it. The seal does: an id works only for its person and
//! guild, and cannot be forged, because the key is derived from the bot's token. It survives restarts; a new token
//! invalidates it.

use std::fmt;

use ring::hmac;

use crate::config::Token;
use crate::domain::clock::Timestamp;
use crate::domain::custom_id;
use crate::domain::ids::{GuildId, UserId};

/// The key's purpose, which makes it useless elsewhere.
const PURPOSE: &[u8] = b"ticketbot: custom ids";

/// Bytes kept of the seal: 128 bits.
const KEPT: usize = 16;

/// Makes and checks seals.
pub struct Seals(hmac::Key);

/// An id's addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub guild: GuildId,
    pub user: UserId,
}

impl Seals {
    pub fn new(token: &Token) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, token.expose().as_bytes());
        Self(hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, PURPOSE).as_ref()))
    }

    /// An id for this holder, with its time.
    pub fn seal(&self, route: &str, content: &str, holder: Holder, at: Timestamp) -> String {
        let time = custom_id::digits(at.seconds().max(0).cast_unsigned().into(), custom_id::TIME);
        let covered = format!("{route}:{time}:{content}|{}|{}", holder.guild, holder.user);
        let seal = hmac::sign(&self.0, covered.as_bytes());
        let kept = seal.as_ref().iter().take(KEPT).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        custom_id::sealed(route, &time, &custom_id::digits(kept, custom_id::SEAL), content)
    }

    /// The content sealed for this holder, and its time; `None` for anything else.
    pub fn open<'i>(&self, id: &'i str, holder: Holder) -> Option<(&'i str, Timestamp)> {
        let (route, behind) = custom_id::split(id);
        let (at, content) = custom_id::unsealed(behind)?;
        // Sealed again and compared, so that each id has one spelling. Compares MACs: raw bytes could be timed.
        let expected = self.seal(route, content, holder, at);
        (hmac::sign(&self.0, expected.as_bytes()).as_ref() == hmac::sign(&self.0, id.as_bytes()).as_ref())
            .then_some((content, at))
    }
}

impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seals(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::custom_id::{MAX_CONTENT, MAX_LENGTH};

    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
    const OTHER: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AC";
    const AT: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const ANNA: Holder = Holder { guild: GuildId::new(1), user: UserId::new(2) };

    fn seals(token: &str) -> Seals {
        Seals::new(&Token::parse(token).expect("a token of the right shape"))
    }

    #[test]
    fn what_is_sealed_for_somebody_opens_for_them_alone_and_with_the_same_token_only() {
        let text = seals(TOKEN).seal("del", "3", ANNA, AT);

        assert_eq!(seals(TOKEN).open(&text, ANNA), Some(("3", AT)));
        assert_eq!(seals(TOKEN).open(&text, Holder { user: UserId::new(3), ..ANNA }), None);
        assert_eq!(seals(TOKEN).open(&text, Holder { guild: GuildId::new(2), ..ANNA }), None);
        assert_eq!(seals(OTHER).open(&text, ANNA), None);
        assert_eq!(seals(TOKEN).open(&text.replace("del", "stf"), ANNA), None, "on another route");
        assert_eq!(seals(TOKEN).open("del:3", ANNA), None, "without a seal");
    }

    #[test]
    fn the_longest_content_fits_into_what_discord_takes() {
        let holder = Holder { guild: GuildId::new(u64::MAX), user: UserId::new(u64::MAX) };
        let text = seals(TOKEN).seal("del", &"9".repeat(MAX_CONTENT), holder, Timestamp::from_millis(i64::MAX));
        assert_eq!(text.len(), MAX_LENGTH);
    }

    #[test]
    fn what_version_0_1_sealed_opens_no_more() {
        let old = "t1:staff:1:0@6553f100.0123456789abcdef0123456789abcdef";
        assert_eq!(seals(TOKEN).open(old, ANNA), None);
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", seals(TOKEN)), "Seals(<redacted>)");
    }

    proptest! {
        #[test]
        fn nothing_that_differs_by_a_letter_opens(at: prop::sample::Index, letter in any::<char>(), inserted: bool) {
            let seals = seals(TOKEN);
            let text = seals.seal("stf", "12:34", ANNA, AT);
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            if inserted { letters.insert(at, letter) } else { letters[at] = letter }
            let changed: String = letters.into_iter().collect();
            prop_assert!(changed == text || seals.open(&changed, ANNA).is_none(), "{}", changed);
        }

        #[test]
        fn no_text_made_up_opens(text in r"(stf|del|t1):[A-Za-z0-9_-]{26,30}:[0-9]{0,3}(:[0-9])?|\PC*") {
            prop_assert!(seals(TOKEN).open(&text, ANNA).is_none());
        }
    }
}
