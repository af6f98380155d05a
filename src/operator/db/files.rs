//! One file in the place of another: which names there are meanwhile, and in which order they change.

use std::fs;
use std::io;
use std::path::Path;

use crate::backups::sync_folder_of;
pub(super) use crate::config::beside;
use crate::database;
use crate::failure::Failure;
use crate::storage::{Location, Lock, LockError, OpenError, Reading};

/// What SQLite keeps beside a database.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Nobody else uses the database as long as it lives.
pub(super) fn take_alone(path: &Path) -> Result<Lock, Failure> {
    Lock::exclusive(path).map_err(|error| match error {
        LockError::Held => in_use(path),
        LockError::Io(_) => Failure::runtime(format!("The database {} cannot be taken alone", path.display()))
            .because(error)
            .next("Check that its folder exists and may be written to."),
    })
}

pub(super) fn in_use(path: &Path) -> Failure {
    Failure::runtime(format!("The database {} is in use", path.display()))
        .next("Stop the bot, and whatever else has the database open, then try again.")
}

/// A database is there. What it holds is not looked at.
pub(super) fn require(path: &Path) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() && found.len() == 0 => Err(database::explain(path, &OpenError::Empty)),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(database::explain(path, &OpenError::Missing)),
        Err(error) => Err(database::explain(path, &OpenError::Unreadable(error))),
    }
}

/// Another program's database is not replaced, nor is anything written beside it.
pub(super) async fn refuse_foreign(location: &Location) -> Result<(), Failure> {
    match Reading::of(location).await {
        Err(error @ OpenError::Foreign(_)) => Err(database::explain(&location.path, &error)),
        _ => Ok(()),
    }
}

/// Removes a database and what lies beside it, where they are.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    for end in [""].iter().chain(&SIDES) {
        match fs::remove_file(beside(path, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Gives `path` a second name, under which it stays when the first one is given to another file.
pub(super) fn keep_as(path: &Path, kept: &Path) -> io::Result<()> {
    match fs::hard_link(path, kept) {
        // Some file systems have no second names.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            fs::copy(path, kept)?;
            fs::File::open(kept)?.sync_all()
        }
        done => done,
    }?;
    sync_folder_of(path)
}

/// Takes what lies beside a database away to `kept`: it must never be applied to the file that comes into its place.
pub(super) fn move_sides(path: &Path, kept: &Path) -> io::Result<()> {
    for end in SIDES {
        match fs::rename(beside(path, end), beside(kept, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_folder_of(path)
}

/// Gives the finished file its place. It is on disk afterwards, under that name.
pub(super) fn put_in_place(finished: &Path, path: &Path) -> io::Result<()> {
    fs::File::open(finished)?.sync_all()?;
    fs::rename(finished, path)?;
    sync_folder_of(path)
}
