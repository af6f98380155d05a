//! Encrypts text of people that a step has still to post, so that a copy of the database does not show it.
//!
//! The key is derived from the bot's token. A new token makes stored text unreadable: the step then posts without it.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::config::Token;
use crate::domain::ids::{TicketId, UserId};

/// The key's purpose, which makes it useless elsewhere.
const PURPOSE: &[u8] = b"ticketbot: texts of steps";

/// What a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOwner {
    Ticket(TicketId),
    Person(UserId),
}

impl TextOwner {
    fn bytes(self) -> Aad<Vec<u8>> {
        Aad::from(match self {
            Self::Ticket(ticket) => ticket.get().to_be_bytes().to_vec(),
            Self::Person(user) => [b"person".as_slice(), &user.get().to_be_bytes()].concat(),
        })
    }
}

impl From<TicketId> for TextOwner {
    fn from(ticket: TicketId) -> Self {
        Self::Ticket(ticket)
    }
}

/// Encrypts and decrypts.
pub struct TextSeal(LessSafeKey);

impl TextSeal {
    pub fn new(token: &Token) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, token.expose().as_bytes());
        let key = hmac::sign(&root, PURPOSE);
        // The tag of HMAC-SHA-256 has the 32 bytes of a key.
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_ref()).expect("a key of 32 bytes");
        Self(LessSafeKey::new(key))
    }

    /// A text that belongs to this ticket or person. `None` without a source of randomness.
    pub fn seal(&self, owner: impl Into<TextOwner>, text: &str) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut sealed = text.as_bytes().to_vec();
        let nonce_of_text = Nonce::assume_unique_for_key(nonce);
        self.0.seal_in_place_append_tag(nonce_of_text, owner.into().bytes(), &mut sealed).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// The text, if it was sealed with this token for this owner.
    pub fn open(&self, owner: impl Into<TextOwner>, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.0.open_in_place(nonce, owner.into().bytes(), &mut text).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

impl fmt::Debug for TextSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextSeal(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB";
    const OTHER: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AC";

    fn seal(token: &str) -> TextSeal {
        TextSeal::new(&Token::parse(token).expect("a token of the right shape"))
    }

    #[test]
    fn a_text_opens_for_its_ticket_with_the_same_token_only() {
        let ticket = TicketId::new(3);
        for text in ["", "Solved.", "Gelöst 👍"] {
            let sealed = seal(TOKEN).seal(ticket, text).expect("randomness");
            assert_eq!(seal(TOKEN).open(ticket, &sealed).as_deref(), Some(text));
            assert_eq!(seal(OTHER).open(ticket, &sealed), None);
            assert_eq!(seal(TOKEN).open(TicketId::new(4), &sealed), None);
            assert_eq!(seal(TOKEN).open(TextOwner::Person(UserId::new(3)), &sealed), None);
            for at in 0..sealed.len() {
                let mut changed = sealed.clone();
                changed[at] ^= 1;
                assert_eq!(seal(TOKEN).open(ticket, &changed), None, "byte {at}");
                assert_eq!(seal(TOKEN).open(ticket, &sealed[..at]), None, "cut at {at}");
            }
        }
        assert_ne!(seal(TOKEN).seal(ticket, "a"), seal(TOKEN).seal(ticket, "a"), "equal texts look different");
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", seal(TOKEN)), "TextSeal(<redacted>)");
    }
}
