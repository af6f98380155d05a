//! Locks the database against replacement: a lock on a file beside it, shared by all programs that have it open,
//! exclusive for one that replaces it.
//!
//! Locking the database file itself would drop SQLite's own locks, and a replaced file takes its lock with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const END: &str = ".lock";

/// Held until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why the lock was refused.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("another program has it open")]
    Held,
    #[error("the lock beside it cannot be taken: {0}")]
    Io(#[source] io::Error),
}

impl Lock {
    /// For readers and writers: any number at once.
    pub(super) fn shared(database: &Path) -> Result<Self, LockError> {
        let file = open(&beside(database, END))?;
        taken(file.try_lock_shared()).map(|()| Self { _file: file })
    }

    /// For read-only use, leaving no file beside the database. `None` where no program has used it.
    pub(super) fn shared_if_there(database: &Path) -> Result<Option<Self>, LockError> {
        match File::open(beside(database, END)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LockError::Io(error)),
            Ok(file) => taken(file.try_lock_shared()).map(|()| Some(Self { _file: file })),
        }
    }

    /// For replacing the file: nobody else has it open until this is dropped.
    pub fn exclusive(database: &Path) -> Result<Self, LockError> {
        let file = open(&beside(database, END))?;
        taken(file.try_lock()).map(|()| Self { _file: file })
    }
}

/// The file stays after unlocking: removing it would let two programs hold two locks.
pub(super) fn open(path: &Path) -> Result<File, LockError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(LockError::Io)
}

pub(super) fn taken(outcome: Result<(), TryLockError>) -> Result<(), LockError> {
    match outcome {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(LockError::Held),
        // Some file systems have no locks; go on without.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(LockError::Io(error)),
    }
}

/// `ticketbot.db` and `.lock` make `ticketbot.db.lock`.
pub(super) fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_use_a_database_and_only_one_may_replace_it() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x.db");
        let users = [Lock::shared(&path).unwrap(), Lock::shared(&path).unwrap()];
        assert!(matches!(Lock::exclusive(&path), Err(LockError::Held)));

        drop(users);
        let alone = Lock::exclusive(&path).unwrap();
        assert!(matches!(Lock::shared(&path), Err(LockError::Held)));
        drop(alone);
        Lock::shared(&path).unwrap();
    }
}
