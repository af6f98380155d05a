//! Locks the shards that a process runs on a database: locks of the operating system, released however the process
//! ends.
//!
//! All processes that run a part of the shards share one lock, and hold one more for each of their shards. A process
//! that runs all shards holds the first exclusively. The file of the first lock contains its holders' total.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use super::lock::{LockError, beside, open, taken};
use crate::domain::shards::ShardRange;

/// Held until dropped.
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
