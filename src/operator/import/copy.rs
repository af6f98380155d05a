//! Copies of databases, in a private temporary folder.
//!
//! Reading from a copy leaves the original and its folder unchanged: opening a database with a write-ahead log in place
//! creates files.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use crate::failure::Failure;

/// What belongs to a database beside its file: the write-ahead log, or the journal of an interrupted change.
const SIDE_FILES: [&str; 2] = ["-wal", "-journal"];

/// How often to repeat a copy when the file changes meanwhile.
const ATTEMPTS: usize = 5;

/// A copy of a database file and the files that belong to it.
pub(super) struct Copy {
    folder: TempDir,
}

impl Copy {
    /// An empty folder, for a database that does not exist yet.
    pub(super) fn none() -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("ticketbot-").tempdir().map_err(|error| {
            Failure::runtime("No temporary folder could be created").cause(error).help(
                "Make room in the folder for temporary files, or name another one in the environment variable TMPDIR.",
            )
        })?;
        Ok(Self { folder })
    }

    pub(super) fn of(original: &Path) -> Result<Self, Failure> {
        let copy = Self::none()?;
        // SQLite looks beside the target of a link.
        let original = &original.canonicalize().map_err(|error| unreadable(original, &error))?;
        for _ in 0..ATTEMPTS {
            let before = state(original).map_err(|error| unreadable(original, &error))?;
            copy.fill(original).map_err(|error| unreadable(original, &error))?;
            if state(original).is_ok_and(|after| after == before) {
                return Ok(copy);
            }
        }
        Err(Failure::runtime(format!("The database {} changes while it is read", original.display()))
            .help("Stop the bot that uses it, then try again."))
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("copy.db")
    }

    fn fill(&self, original: &Path) -> io::Result<()> {
        copy(original, &self.path())?;
        for suffix in SIDE_FILES {
            let (from, to) = (with(original, suffix), with(&self.path(), suffix));
            match copy(&from, &to) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => remove(&to)?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Sets its own modes: the original's may forbid writing, which a write-ahead log needs.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    io::copy(&mut from, &mut File::create(to)?).map(drop)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// Size and time of the file and those beside it: two equal ones mean that nothing was written in between.
type State = Vec<Option<(u64, Option<SystemTime>)>>;

fn state(original: &Path) -> io::Result<State> {
    let of = |path: &Path| fs::metadata(path).map(|data| (data.len(), data.modified().ok()));
    let mut state = vec![Some(of(original)?)];
    state.extend(SIDE_FILES.iter().map(|suffix| of(&with(original, suffix)).ok()));
    Ok(state)
}

fn unreadable(original: &Path, error: &io::Error) -> Failure {
    Failure::runtime(format!("The database {} cannot be read", original.display()))
        .cause(error)
        .help("Check the path, and that the user who runs ticketbot may read it.")
}
