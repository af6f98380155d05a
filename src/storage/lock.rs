//! Locks the database against replacement: a lock on a file beside it, shared by all programs that have it open,
//! exclusive for one that replaces it.
//!
//! Locking the database file itself would drop SQLite's own locks, and a replaced file takes its lock with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::domain::shards::ShardRange;

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

/// Locks the shards that a process runs on a database: locks of the operating system, released however the process
/// ends. Held until dropped.
///
/// All processes that run a part of the shards share one lock, and hold one more for each of their shards. A process
/// that runs all shards holds the first exclusively. The file of the first lock contains its holders' total.
#[derive(Debug)]
pub struct ShardLocks {
    _all: File,
    _own: Vec<File>,
}

/// Why the shards cannot be run here.
#[derive(Debug, thiserror::Error)]
pub enum ShardsTaken {
    #[error("another process runs all shards")]
    All,
    #[error("other processes run a part of the shards")]
    Some,
    #[error("another process runs shard {0}")]
    One(u32),
    #[error("other processes run with another total of shards ({0})")]
    OtherTotal(String),
    #[error("the locks beside it, whose names end in .lock, cannot be taken: {0}")]
    Io(#[source] io::Error),
}

impl ShardLocks {
    /// Takes the shards, or reports who holds them.
    pub fn take(database: &Path, share: ShardRange) -> Result<Self, ShardsTaken> {
        let mut all = open(&beside(database, ".shards.lock")).map_err(not_held)?;
        let total = share.total().to_string();
        if taken(all.try_lock()).map_err(not_held_or(ShardsTaken::All)).is_ok() {
            // Nobody else holds it: the file's content is from an earlier process.
            let written = all.set_len(0).and_then(|()| all.rewind()).and_then(|()| all.write_all(total.as_bytes()));
            written.map_err(ShardsTaken::Io)?;
            if share.is_whole() {
                return Ok(Self { _all: all, _own: Vec::new() });
            }
        } else if share.is_whole() {
            let is_shared = taken(all.try_lock_shared()).is_ok();
            return Err(if is_shared { ShardsTaken::Some } else { ShardsTaken::All });
        }
        taken(all.try_lock_shared()).map_err(not_held_or(ShardsTaken::All))?;
        let mut counted = String::new();
        all.rewind().and_then(|()| all.read_to_string(&mut counted)).map_err(ShardsTaken::Io)?;
        if counted != total {
            return Err(ShardsTaken::OtherTotal(counted));
        }
        let own = share.ids().map(|shard| {
            let file = open(&beside(database, &format!(".shard-{shard}.lock"))).map_err(not_held)?;
            taken(file.try_lock()).map_err(not_held_or(ShardsTaken::One(shard)))?;
            Ok(file)
        });
        Ok(Self { _own: own.collect::<Result<_, _>>()?, _all: all })
    }
}

fn not_held(error: LockError) -> ShardsTaken {
    not_held_or(ShardsTaken::All)(error)
}

fn not_held_or(held: ShardsTaken) -> impl FnOnce(LockError) -> ShardsTaken {
    |error| match error {
        LockError::Held => held,
        LockError::Io(error) => ShardsTaken::Io(error),
    }
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

    fn part(total: u32, first: u32, last: u32) -> ShardRange {
        ShardRange::new(total, first..=last).unwrap()
    }

    #[test]
    fn processes_share_a_database_as_long_as_no_shard_is_run_twice() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x.db");
        let take = |share| ShardLocks::take(&path, share);
        for whole in [ShardRange::ALL, ShardRange::whole(4)] {
            let held = take(whole).unwrap();
            for second in [ShardRange::ALL, ShardRange::whole(2), part(4, 0, 1)] {
                assert!(matches!(take(second), Err(ShardsTaken::All)), "{second:?} beside {whole:?}");
            }
            drop(held);
        }

        let low = take(part(4, 0, 1)).unwrap();
        let high = take(part(4, 2, 3)).unwrap();
        assert!(matches!(take(ShardRange::ALL), Err(ShardsTaken::Some)));
        assert!(matches!(take(part(4, 1, 2)), Err(ShardsTaken::One(1))));
        assert!(matches!(take(part(8, 4, 7)), Err(ShardsTaken::OtherTotal(total)) if total == "4"));

        drop(low);
        let low_again = take(part(4, 0, 1)).unwrap();
        drop((low_again, high));
        take(part(8, 4, 7)).unwrap();
    }
}
