//! Recognises a file, and what it was compared with: a button carries both, so that it applies what its reader has seen.

use std::fmt;
use std::str::FromStr;

use ring::digest::{SHA256, digest};

use super::directory::Directory;
use super::write::Export;
use crate::domain::ids::GuildId;
use crate::domain::server_config::ServerConfig;
use crate::i18n::Locale;

/// 128 bits of a hash, as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(u128);

/// The text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a digest")]
pub struct ParseDigestError;

impl Digest {
    /// Of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let hash = digest(&SHA256, bytes);
        Self(hash.as_ref().iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
    }

    /// Of a change: what is stored, and what a file makes of it. Channels and roles that were found by their names are a
    /// part of it.
    pub fn of_change(guild: GuildId, current: &ServerConfig, wanted: &ServerConfig) -> Self {
        let (locale, directory) = (Locale::default(), Directory::default());
        let write = |config| Export { guild, locale: &locale, config, directory: &directory }.write();
        Self::of([write(current), write(wanted)].join("\0").as_bytes())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, ParseDigestError> {
        let is_written = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bits = u128::from_str_radix(text, 16).ok().filter(|_| is_written);
        bits.map(Self).ok_or(ParseDigestError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::custom_id::{Content as _, MAX_CONTENT};

    #[test]
    fn two_digests_fit_into_an_id_and_read_back() {
        let content = (Digest(u128::MAX), Digest(0));
        assert!(content.write().len() <= MAX_CONTENT, "{}", content.write());
        assert_eq!(<(Digest, Digest)>::read(&content.write()), Some(content));
        for text in ["", "0", &"F".repeat(32), &format!("+{}", "0".repeat(31)), &"0".repeat(33)] {
            assert_eq!(<(Digest,)>::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_change_of_any_part_is_another_change() {
        let mut other = ServerConfig::default();
        other.server.log.reasons = true;
        let (guild, none) = (GuildId::new(1), ServerConfig::default());
        let same = Digest::of_change(guild, &none, &other);

        assert_eq!(same, Digest::of_change(guild, &none, &other));
        assert_ne!(same, Digest::of_change(guild, &other, &none));
        assert_ne!(same, Digest::of_change(guild, &other, &other));
        assert_ne!(Digest::of(b"a"), Digest::of(b"b"));
    }
}
