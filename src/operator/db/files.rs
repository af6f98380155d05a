//! Replaces one file by another: the intermediate names, and the order of the changes.

use std::fs;
use std::io;
use std::path::Path;

use crate::backups::sync_folder_of;
pub(super) use crate::config::beside;
use crate::database;
use crate::failure::Failure;
use crate::storage::{Location, Lock, LockError, OpenError, Reading};

/// The files that SQLite keeps beside a database.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Excludes every other user of the database while it lives.
pub(super) fn take_alone(path: &Path) -> Result<Lock, Failure> {
    Lock::exclusive(path).map_err(|error| match error {
        LockError::Held => in_use(path),
        LockError::Io(_) => Failure::runtime(format!("The database {} cannot be locked", path.display()))
            .cause(error)
            .help("Check that its folder exists and may be written to."),
    })
}

pub(super) fn in_use(path: &Path) -> Failure {
    Failure::runtime(format!("The database {} is in use", path.display()))
        .help("Stop the bot, and whatever else has the database open, then try again.")
}

/// Requires that the database exists. Does not read it.
pub(super) fn require(path: &Path) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() && found.len() == 0 => Err(database::explain(path, &OpenError::Empty)),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(database::explain(path, &OpenError::Missing)),
        Err(error) => Err(database::explain(path, &OpenError::Unreadable(error))),
    }
}

/// Refuses another program's database: it is not replaced, and nothing is written beside it.
pub(super) async fn refuse_foreign(location: &Location) -> Result<(), Failure> {
    match Reading::of(location).await {
        Err(error @ OpenError::Foreign(_)) => Err(database::explain(&location.path, &error)),
        _ => Ok(()),
    }
}

/// Removes a database and the files beside it, if they exist.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    for end in [""].iter().chain(&SIDES) {
        match fs::remove_file(beside(path, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Gives `path` a second name, which keeps the file when the first name is reused.
pub(super) fn keep_as(path: &Path, kept: &Path) -> io::Result<()> {
    match fs::hard_link(path, kept) {
        // Some file systems have no hard links.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            fs::copy(path, kept)?;
            fs::File::open(kept)?.sync_all()
        }
        done => done,
    }?;
    sync_folder_of(path)
}

/// Moves the files beside a database to `kept`: SQLite must never apply them to the new file.
pub(super) fn move_sides(path: &Path, kept: &Path) -> io::Result<()> {
    for end in SIDES {
        match fs::rename(beside(path, end), beside(kept, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_folder_of(path)
}

/// Renames the finished file and syncs the name to disk.
pub(super) fn put_in_place(finished: &Path, path: &Path) -> io::Result<()> {
    fs::File::open(finished)?.sync_all()?;
    fs::rename(finished, path)?;
    sync_folder_of(path)
}
