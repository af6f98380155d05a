//! Finds the configuration file, reads an operator's text file, and finds the line of an offset.
//!
//! The text may hold the token, so it is wiped from memory afterwards and never part of a message.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use super::Warning;
use super::environment::Environment;
use super::settings::ConfigSource;
use crate::failure::Failure;

/// In bytes. Larger files are not configurations, and reading them could be endless.
const MAX_SIZE: u64 = 1024 * 1024;

/// A text with its name.
pub(super) struct Source {
    /// Its name in messages.
    pub(super) label: Arc<str>,
    /// The folder at which its relative paths start.
    pub(super) folder: PathBuf,
    text: SecretString,
}

/// A location, for messages.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    /// Counted from 1.
    pub(super) line: usize,
    /// The whole key, such as `bot.inbox.max_attachment_size`.
    pub(super) key: String,
}

/// A value from a configuration file with its location.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

impl Source {
    /// A text that is part of the program.
    pub(super) fn embedded(label: &str, text: &str) -> Self {
        Self { label: label.into(), folder: PathBuf::new(), text: text.into() }
    }

    /// The file at `path`. `what` names it in messages: "The configuration file".
    pub(super) fn read(what: &str, path: &Path) -> Result<Self, Failure> {
        let label: Arc<str> = path.display().to_string().into();
        let unusable = |cause: String, next: &str| {
            Failure::config(format!("{what} {label} cannot be used")).cause(cause).help(next)
        };
        let unreadable = |error: std::io::Error| {
            unusable(error.to_string(), "Check the path, and that the user who runs ticketbot may read it.")
        };
        if fs::metadata(path).map_err(unreadable)?.is_dir() {
            return Err(unusable("it is a folder".to_owned(), "Name the file in it."));
        }
        let mut bytes = Vec::new();
        File::open(path).and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_SIZE {
            return Err(unusable("it is larger than 1 MiB".to_owned(), "Check that it is the right file."));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = line_of(&error.as_bytes()[..valid], valid);
            unusable(format!("line {line} is not UTF-8 text"), "Save it as UTF-8.")
        })?;
        // Editors on Windows start files with a byte order mark, invalid in TOML.
        let text = text.strip_prefix('\u{feff}').map_or(text.as_str(), |rest| rest).into();
        Ok(Self { label, folder: path.parent().map(Path::to_owned).unwrap_or_default(), text })
    }

    /// The text. It may hold the token.
    pub(super) fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// The value at byte `offset` of the text.
    pub(super) fn place(&self, offset: usize, key: String) -> Place {
        Place { file: Arc::clone(&self.label), line: line_of(self.expose().as_bytes(), offset), key }
    }
}

/// The line of the byte at `offset`, starting at 1.
fn line_of(text: &[u8], offset: usize) -> usize {
    1 + text.iter().take(offset).filter(|byte| **byte == b'\n').count()
}

impl Place {
    /// "config.toml, line 7, `bot.token`: …". `problem` must not quote the value.
    pub(super) fn problem(&self, problem: impl std::fmt::Display) -> Failure {
        Failure::config(format!("{}, line {}, `{}`", self.file, self.line, self.key)).cause(problem)
    }
}

impl<T> At<T> {
    /// See [`Place::problem`].
    pub(super) fn problem(&self, problem: impl std::fmt::Display) -> Failure {
        self.place.problem(problem)
    }
}

const FILE_NAME: &str = "config.toml";

/// The file given on the command line, else the user's, else the one in the working directory.
pub(super) fn find(
    environment: &Environment,
    given: Option<&Path>,
) -> Result<(ConfigSource, Option<Warning>), Failure> {
    let here = environment.working_directory.join(FILE_NAME);
    let users = environment.folders.config.as_ref().map(|folder| folder.join(FILE_NAME));
    let new_file = users.clone().unwrap_or_else(|| here.clone());
    let source = |read: Option<PathBuf>| ConfigSource { read, new_file: new_file.clone() };

    if let Some(given) = given {
        let path = environment.working_directory.join(given);
        if !exists(&path)? {
            return Err(Failure::config(format!(
                "The file {}, given with --config-file, does not exist",
                path.display()
            ))
            .help("Check the path, or leave the option out to use the usual places."));
        }
        return Ok((source(Some(path)), None));
    }
    let is_here = exists(&here)?;
    match users {
        Some(users) if exists(&users)? => {
            let warning = (is_here && users != here).then(|| {
                Warning::new(format!(
                    "There are two configuration files. {} is read and {} is not; name the other one with \
                     --config-file, or remove one.",
                    users.display(),
                    here.display()
                ))
            });
            Ok((source(Some(users)), warning))
        }
        _ => Ok((source(is_here.then_some(here)), None)),
    }
}

/// A dangling link counts as existing, so that reading it reports the error instead of ignoring it.
fn exists(path: &Path) -> Result<bool, Failure> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(Failure::config(format!("ticketbot cannot tell whether {} exists", path.display()))
            .cause(error)
            .help("Check that the user who runs ticketbot may read that folder.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let source = Source::embedded("x", "a\nb\r\nc");

        for (offset, line) in [(0, 1), (1, 1), (2, 2), (5, 3), (99, 3)] {
            assert_eq!(source.place(offset, String::new()).line, line, "{offset}");
        }
    }

    #[test]
    fn a_problem_names_file_line_and_key() {
        let source = Source::embedded("config.toml", "\n\nx");

        let failure = source.place(2, "bot.token".to_owned()).problem("must be text");

        assert_eq!(failure.to_string(), "config.toml, line 3, `bot.token`: must be text.");
        assert_eq!(failure.code(), 2);
    }

    #[test]
    fn a_mark_at_the_beginning_is_left_out() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        fs::write(&path, "\u{feff}[bot]").unwrap();

        assert_eq!(Source::read("The file", &path).unwrap().expose(), "[bot]");
    }

    #[test]
    fn what_cannot_be_read_is_explained_without_its_content() {
        let root = tempfile::tempdir().unwrap();
        let large = root.path().join("large");
        fs::write(&large, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        let binary = root.path().join("binary");
        fs::write(&binary, b"secret\nsecret\xff\nsecret").unwrap();

        for (path, expected) in [
            (root.path().join("missing"), "No such file"),
            (root.path().to_owned(), "it is a folder"),
            (large, "larger than 1 MiB"),
            (binary, "line 2 is not UTF-8"),
        ] {
            let failure = Source::read("The file", &path).err().unwrap();
            let text = failure.to_string();
            assert!(text.contains(expected) && text.contains(&path.display().to_string()), "{text}");
            assert!(!text.contains("secret"), "{text}");
            assert_eq!(failure.code(), 2);
        }
    }
}
