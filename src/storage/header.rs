//! Classifies a file by its first bytes, before it is opened as a database.
//!
//! Never call this on a database that this process has open: closing the file would drop SQLite's locks on it
//! (<https://sqlite.org/howtocorrupt.html>, section 2.2).

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The first bytes of an unencrypted database (<https://sqlite.org/fileformat2.html>).
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// Bytes of the salt at the start of an encrypted database.
pub(super) const SALT: usize = 16;

/// The smallest page of a database. An encrypted file consists of whole pages, and none of them reads as text.
const SMALLEST_PAGE: u64 = 512;

/// The apparent kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// No file, or an empty one.
    Nothing,
    /// An unencrypted database.
    Plain,
    /// Whole pages that could be an encrypted database, with its salt.
    Sealed([u8; SALT]),
    /// Anything else.
    Other,
}

impl Contents {
    /// # Errors
    ///
    /// When the path is no file, or cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        // Before opening it: opening a pipe would block until somebody writes.
        match fs::metadata(path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Self::Nothing);
            }
            Ok(found) if found.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
            Ok(found) if !found.is_file() => return Err(io::Error::other("it is a pipe or a device and not a file")),
            found => found?,
        };
        let mut file = File::open(path)?;
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

/// The length of an unencrypted database according to its header; `None` for fewer bytes than a header, another kind of
/// file, or an old version of SQLite.
pub fn declared_size(begin: &[u8]) -> Option<u64> {
    let number = |at: usize| begin.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    let page = u16::from_be_bytes(begin.get(16..18)?.try_into().ok()?);
    // 1 stands for 65,536.
    let page = if page == 1 { 65_536 } else { u64::from(page) };
    // The page count is valid only if it was written with the last change.
    (begin.starts_with(PLAIN) && number(24)? == number(92)?).then_some(page * u64::from(number(28)?))
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
