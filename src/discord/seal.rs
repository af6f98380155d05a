//! Seals the custom ids of what is shown to one admin alone: menus, confirmations and forms.
//!
//! Discord says who uses a component, but not who was shown it. The seal does: an id works for the person in the guild it
//! was made for, and nobody can make one up, because the key comes from the bot's token. It outlasts restarts; a new token
//! ends it.

use std::fmt;

use ring::hmac;

use crate::config::Token;
use crate::domain::clock::Timestamp;
use crate::domain::custom_id::CustomId;
use crate::domain::ids::{GuildId, UserId};

/// What the key is used for, so that it is of no use elsewhere.
const PURPOSE: &[u8] = b"ticketbot: custom ids";

/// Bytes of the seal that are kept: 128 bits.
const KEPT: usize = 16;

/// Makes and checks seals.
pub struct Seals(hmac::Key);

/// Whom an id is for.
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

    /// The id with whom it is for and when it was made: at most 81 characters.
    pub fn seal(&self, id: CustomId, holder: Holder, at: Timestamp) -> String {
        let open = format!("{id}@{:x}", at.seconds().max(0));
        let seal = hmac::sign(&self.0, covered(&open, holder).as_bytes());
        let seal = seal.as_ref().iter().take(KEPT).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        format!("{open}.{seal}")
    }

    /// What was sealed for this holder, and when; `None` for anything else.
    pub fn open(&self, text: &str, holder: Holder) -> Option<(CustomId, Timestamp)> {
        let (open, _) = text.rsplit_once('.')?;
        let (id, at) = open.split_once('@')?;
        let (id, at) = (CustomId::parse(id)?, Timestamp::from_seconds(i64::from_str_radix(at, 16).ok()?));
        // Made again and compared, so that each id has one spelling. Not by the bytes of a guess, which could be timed.
        let expected = self.seal(id, holder, at);
        (hmac::sign(&self.0, expected.as_bytes()).as_ref() == hmac::sign(&self.0, text.as_bytes()).as_ref())
            .then_some((id, at))
    }
}

impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seals(<redacted>)")
    }
}

fn covered(open: &str, holder: Holder) -> String {
    format!("{open}|{}|{}", holder.guild, holder.user)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::custom_id::MAX_LENGTH;
    use crate::domain::ids::InboxId;

    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
    const OTHER: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AC";
    const AT: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const ANNA: Holder = Holder { guild: GuildId::new(1), user: UserId::new(2) };

    fn seals(token: &str) -> Seals {
        Seals::new(&Token::parse(token).expect("a token of the right shape"))
    }

    #[test]
    fn what_is_sealed_for_somebody_opens_for_them_alone_and_with_the_same_token_only() {
        let id = CustomId::DeleteInbox { inbox: InboxId::new(3) };
        let text = seals(TOKEN).seal(id, ANNA, AT);

        assert_eq!(seals(TOKEN).open(&text, ANNA), Some((id, AT)));
        assert_eq!(seals(TOKEN).open(&text, Holder { user: UserId::new(3), ..ANNA }), None);
        assert_eq!(seals(TOKEN).open(&text, Holder { guild: GuildId::new(2), ..ANNA }), None);
        assert_eq!(seals(OTHER).open(&text, ANNA), None);
        assert_eq!(seals(TOKEN).open(&id.to_string(), ANNA), None, "without a seal");
    }

    #[test]
    fn the_longest_id_fits_into_what_discord_takes() {
        let id = CustomId::EditStaff { inbox: InboxId::new(i64::MAX), revision: u32::MAX };
        let holder = Holder { guild: GuildId::new(u64::MAX), user: UserId::new(u64::MAX) };
        assert!(seals(TOKEN).seal(id, holder, Timestamp::from_millis(i64::MAX)).len() <= MAX_LENGTH);
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", seals(TOKEN)), "Seals(<redacted>)");
    }

    proptest! {
        #[test]
        fn nothing_that_differs_by_a_letter_opens(at: prop::sample::Index, letter in any::<char>(), inserted: bool) {
            let seals = seals(TOKEN);
            let text = seals.seal(CustomId::EditStaff { inbox: InboxId::new(12), revision: 34 }, ANNA, AT);
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            if inserted { letters.insert(at, letter) } else { letters[at] = letter }
            let changed: String = letters.into_iter().collect();
            prop_assert!(changed == text || seals.open(&changed, ANNA).is_none(), "{}", changed);
        }

        #[test]
        fn no_text_made_up_opens(text in r"t1:(staff|name|starter|delete):[0-9]{1,3}(:[0-9])?@[0-9a-f]{1,12}\.[0-9a-f]{0,40}|\PC*") {
            prop_assert!(seals(TOKEN).open(&text, ANNA).is_none());
        }
    }
}
