//! Databases opened for reading: nothing is written into the file, nor beside it where avoidable (SQLite itself makes
//! an index for a write-ahead log that a crash has left).

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::Database;
use super::copy::Live;
use super::inspect::{self, Lineage};
use super::lock::{Lock, LockError};
use super::open::{Connector, Location, OpenError, pool};
use super::schema;

/// A database open for reading.
#[derive(Debug)]
pub struct Reading {
    live: Live,
    lineage: Lineage,
    /// Objects of this version's tables that are missing.
    missing: Vec<String>,
    lock: Option<Lock>,
}

impl Reading {
    /// Opens one of our databases, of any version.
    pub async fn of(location: &Location) -> Result<Self, OpenError> {
        let path = &location.path;
        match std::fs::metadata(path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(OpenError::Missing);
            }
            Err(error) => return Err(OpenError::Unreadable(error)),
            Ok(file) if file.is_file() && file.len() == 0 => return Err(OpenError::Empty),
            Ok(_) => {}
        }
        let connector = Connector::to(location).await?.to_read(path);
        let lock = Lock::shared_if_there(path).map_err(|error| match error {
            LockError::Held => OpenError::Replaced,
            LockError::Io(error) => OpenError::Lock(error),
        })?;
        let (lineage, missing) = look(&connector).await?;
        match lineage {
            Lineage::Foreign(owner) => Err(OpenError::Foreign(owner)),
            Lineage::Ours { latest: None, .. } => Err(OpenError::Empty),
            lineage => Ok(Self { live: Live::new(connector, path.clone()), lineage, missing, lock }),
        }
    }

    /// The source of copies.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// For queries, if it has this version's tables.
    pub fn into_database(self) -> Result<Database, OpenError> {
        let Self { live, lineage, missing, lock } = self;
        match lineage {
            Lineage::Newer(version) => return Err(OpenError::Newer(version)),
            Lineage::Ours { pending, .. } if !pending.is_empty() => return Err(OpenError::Older),
            _ => {}
        }
        complete(&missing)?;
        let [writer, reader] = [(), ()].map(|()| pool().connect_lazy_with(live.connector().options.clone()));
        Ok(Database { writer, reader, live, changed: Arc::default(), _lock: lock.map(Arc::new) })
    }
}

/// Refuses a database that must not be used, before anything is written. A missing or empty file is fine.
pub(super) async fn examine(connector: &Connector, path: &Path) -> Result<(), OpenError> {
    if std::fs::metadata(path).map_or(0, |file| file.len()) == 0 {
        return Ok(());
    }
    match look(&connector.to_read(path)).await? {
        (Lineage::Foreign(owner), _) => Err(OpenError::Foreign(owner)),
        (Lineage::Newer(version), _) => Err(OpenError::Newer(version)),
        (Lineage::Ours { .. }, missing) => complete(&missing),
    }
}

/// A missing index only makes the bot slower.
fn complete(missing: &[String]) -> Result<(), OpenError> {
    let missing: Vec<String> = missing.iter().filter(|object| !object.starts_with(schema::INDEX)).cloned().collect();
    if missing.is_empty() { Ok(()) } else { Err(OpenError::Incomplete(missing)) }
}

async fn look(connector: &Connector) -> Result<(Lineage, Vec<String>), OpenError> {
    connector
        .look(|connection| {
            Box::pin(async move {
                let lineage = inspect::lineage(connection).await?;
                let missing = schema::missing(connection, &lineage).await?;
                Ok((lineage, missing))
            })
        })
        .await
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage;

    #[tokio::test]
    async fn what_was_just_written_is_seen_by_readers_also_through_a_link() {
        let root = tempfile::tempdir().unwrap();
        let [path, link] = ["x.db", "link.db"].map(|name| root.path().join(name));
        let db = storage::open(&path, &[]).await.unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        db.store_value("name", "value").await.unwrap();

        for path in [path, link] {
            let location = Location { path, pragmas: Vec::new(), key: None };
            let read = Reading::of(&location).await.unwrap().into_database().unwrap();
            assert_eq!(read.find_value("name").await.unwrap().as_deref(), Some("value"), "{location:?}");
            read.close().await;
        }
        db.close().await;
    }
}
