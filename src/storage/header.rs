//! What the beginning of a file tells of it, before anybody opens it as a database.
//!
//! Never call this on a database that this process has open: closing the file would drop SQLite's locks on it
//! (<https://sqlite.org/howtocorrupt.html>, section 2.2).

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// How a database begins that is not encrypted (<https://sqlite.org/fileformat2.html>).
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Bytes of the salt with which an encrypted one begins.
pub(super) const SALT: usize = 16;

/// The smallest page of a database. An encrypted file has whole pages, and nothing in them reads as text.
const SMALLEST_PAGE: u64 = 512;

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// There is no file, or an empty one.
    Nothing,
    /// A database that is not encrypted.
    Plain,
    /// Whole pages of what could be a database behind a key, with its salt.
    Sealed([u8; SALT]),
    /// Anything else.
    Other,
}

impl Contents {
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            file => file?,
        };
        let length = file.metadata()?.len();
        let mut page = Vec::new();
        file.by_ref().take(SMALLEST_PAGE).read_to_end(&mut page)?;
        Ok(match page.first_chunk::<SALT>() {
            None if page.is_empty() => Self::Nothing,
            Some(begin) if begin == PLAIN => Self::Plain,
            Some(salt) if length % SMALLEST_PAGE == 0 && std::str::from_utf8(&page).is_err() => Self::Sealed(*salt),
            _ => Self::Other,
        })
    }

    pub(super) fn salt(self) -> Option<[u8; SALT]> {
        match self {
            Self::Sealed(salt) => Some(salt),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_beginning_and_its_size() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("file");
        assert_eq!(Contents::of(&path).unwrap(), Contents::Nothing);
        let noise: Vec<u8> = (0..4096_u32).map(|at| u8::try_from(at * 167 % 251).unwrap()).collect();
        let mut plain = noise.clone();
        plain[..16].copy_from_slice(PLAIN);
        for (content, expected) in [
            (&b""[..], Contents::Nothing),
            (&plain, Contents::Plain),
            (&noise, Contents::Sealed(*noise.first_chunk().unwrap())),
            (&noise[..4095], Contents::Other),
            (&noise[..20], Contents::Other),
            (&b"milk, bread, butter\n".repeat(256), Contents::Other),
        ] {
            std::fs::write(&path, content).unwrap();
            assert_eq!(Contents::of(&path).unwrap(), expected);
        }
    }
}
