//! The bot's token: validates its shape and never prints it.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// A well-formed bot token. Wiped from memory when dropped; `Debug` and `Display` show `<redacted>`.
///
/// Only a login shows whether Discord accepts it.
#[derive(Clone)]
pub struct Token(SecretString);

/// Why a text is not a bot token. Never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenShapeError {
    /// Empty, or only white space.
    #[error("it is empty")]
    Empty,
    /// Not three parts: a client secret, a public key, or half of a token.
    #[error(
        "a bot token has three parts with dots between them, but this has {0}; the client secret, the public key and \
         the application id are other things"
    )]
    Parts(usize),
    /// A character outside base64url.
    #[error("it holds a character that no bot token has; quotes or spaces may have been copied along")]
    Character,
    /// The first part is not an id in base64.
    #[error("its first part is not the id of a bot, so something is missing at its beginning, or it is no bot token")]
    NoId,
}

/// Below all real ids: Discord's first ones have more digits.
const SMALLEST_SNOWFLAKE: u64 = 1_000_000_000_000_000;

/// The base64 digits of the largest id.
const LONGEST_ID: usize = 27;

impl Token {
    /// Parses a token as people paste it: ignores surrounding white space and a leading `Bot `.
    ///
    /// Requires three base64url parts separated by dots, the first of which decodes to the bot's id.
    pub fn parse(text: &str) -> Result<Self, TokenShapeError> {
        let text = text.trim();
        let text = text.strip_prefix("Bot ").map_or(text, str::trim_start);
        if text.is_empty() {
            return Err(TokenShapeError::Empty);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let [id, made, signature] = parts[..] else {
            return Err(TokenShapeError::Parts(parts.len()));
        };
        if !text.bytes().all(|byte| byte == b'.' || base64url_digit(byte).is_some()) {
            return Err(TokenShapeError::Character);
        }
        if made.is_empty() || signature.is_empty() {
            return Err(TokenShapeError::Parts(parts.iter().filter(|part| !part.is_empty()).count()));
        }
        decode_id(id).ok_or(TokenShapeError::NoId)?;
        Ok(Self(SecretString::from(text)))
    }

    /// Whether `text` contains a token. For texts that are about to be printed.
    pub fn is_inside(text: &str) -> bool {
        let is_other = |character: char| {
            !(character == '.' || u8::try_from(character).is_ok_and(|byte| base64url_digit(byte).is_some()))
        };
        text.split(is_other).any(|word| Self::parse(word.trim_matches('.')).is_ok() || is_within(word))
    }

    /// The token itself. Pass it only to code that talks to Discord, and to its file.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(<redacted>)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// Whether `word` contains a token, as in `TOKEN.txt` or `my-TOKEN`. Requires an id that Discord could assign, or many
/// hosts and files would match.
fn is_within(word: &str) -> bool {
    let ends_with_id = |part: &str| {
        let starts = part.len().saturating_sub(LONGEST_ID)..part.len();
        starts.filter_map(|start| decode_id(part.get(start..)?)).any(|id| id >= SMALLEST_SNOWFLAKE)
    };
    let parts: Vec<&str> = word.split('.').collect();
    parts.windows(3).any(|three| !three[1].is_empty() && !three[2].is_empty() && ends_with_id(three[0]))
}

/// The id in the first part of a token, in base64url.
fn decode_id(part: &str) -> Option<u64> {
    let mut digits = String::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in part.bytes() {
        bits = (bits << 6 | u32::from(base64url_digit(byte)?)) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            digits.push(char::from(u8::try_from(bits >> count & 0xFF).ok()?));
        }
    }
    // u64's own parser would accept a plus sign.
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|id| *id != 0)
}

fn base64url_digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789-_";

    #[test]
    fn a_token_is_taken_as_people_paste_it() {
        for pasted in [TOKEN.to_owned(), format!("  {TOKEN}\r\n"), format!("Bot {TOKEN}"), format!(" Bot  {TOKEN} ")] {
            assert_eq!(Token::parse(&pasted).unwrap().expose(), TOKEN, "{pasted:?}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused_with_the_reason() {
        for (text, expected) in [
            ("", TokenShapeError::Empty),
            (" \n", TokenShapeError::Empty),
            ("Bot  ", TokenShapeError::Parts(1)),
            ("abcdefghijklmnopqrstuvwxyz012345", TokenShapeError::Parts(1)),
            ("MTIz.GabcDE", TokenShapeError::Parts(2)),
            ("MTIz.a.b.c", TokenShapeError::Parts(4)),
            ("MTIz..c", TokenShapeError::Parts(2)),
            ("\"MTIz.a.b\"", TokenShapeError::Character),
            ("MTIz.a b.c", TokenShapeError::Character),
            ("hello.a.b", TokenShapeError::NoId),
            (".a.b", TokenShapeError::NoId),
            ("MA.a.b", TokenShapeError::NoId),
            ("KzEy.a.b", TokenShapeError::NoId),
        ] {
            assert_eq!(Token::parse(text).unwrap_err(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_token_never_prints_itself() {
        let token = Token::parse(TOKEN).unwrap();

        assert_eq!(format!("{token} {token:?} {token:#?}"), "<redacted> Token(<redacted>) Token(<redacted>)");
    }

    #[test]
    fn a_token_is_recognised_inside_other_text() {
        for text in
            [TOKEN.to_owned(), format!("Authorization: Bot {TOKEN};"), format!("/x/{TOKEN}."), format!("{TOKEN}\n")]
        {
            assert!(Token::is_inside(&text), "{text}");
        }
        for text in
            [format!("/x/{TOKEN}.txt"), format!("my-{TOKEN}"), format!("db.{TOKEN}_old.bak"), format!("..{TOKEN}.")]
        {
            assert!(Token::is_inside(&text), "{text}");
        }
        for text in ["", "${USER_DATA_DIR}/ticketbot.db", "https://www.discord.com", "ticketbot::tickets=debug,a.b.c"] {
            assert!(!Token::is_inside(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_either_a_token_or_refused(text in ".*") {
            if let Ok(token) = Token::parse(&text) {
                prop_assert!(text.contains(token.expose()));
            }
            let _ = Token::is_inside(&text);
        }
    }
}
