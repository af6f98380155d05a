//! All SQL of the project, one function per question.
//!
//! Decides nothing: rules live in `domain`, and a caller that must load, decide and write in one step takes a
//! [`WriteTx`]. `None` means that something is not there, `Err` that the database is broken.

pub mod cipher;
mod copy;
pub mod guilds;
mod header;
pub mod inbox_facts;
pub mod inbox_settings;
pub mod inboxes;
mod inspect;
mod key;
pub mod lifecycle;
mod lock;
mod open;
pub mod panels;
pub mod personal;
mod reading;
pub mod reservations;
pub mod retention;
mod schema;
pub mod selections;
pub mod settings;
mod shard_locks;
mod snowflake;
pub mod steps;
pub mod takeover;
pub mod theticketbot;

pub use copy::{Live, convert, fold};
pub use header::{Contents, declared_size};
pub use inspect::{Findings, Lineage, Owner, inspect};
pub use lock::{Lock, LockError};
pub use open::{Location, OpenError, Opened, connect, examine, open};
pub use reading::Reading;
pub use shard_locks::{ShardLocks, ShardsTaken};

use std::sync::Arc;

use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};

/// What a query can fail with: the database is broken, busy beyond its timeout, full or read-only.
pub type Error = sqlx::Error;
pub type Result<T> = std::result::Result<T, Error>;

/// The database: one writer, so that writers queue here and never meet `SQLITE_BUSY`, and a few readers beside it.
#[derive(Clone, Debug)]
pub struct Database {
    writer: SqlitePool,
    reader: SqlitePool,
    live: Live,
    /// Nobody puts another file in its place meanwhile.
    _lock: Option<Arc<Lock>>,
}

/// A transaction that holds the writer: what it reads cannot change before it commits. Dropped, it changes nothing.
pub struct WriteTx(Transaction<'static, Sqlite>);

impl Database {
    pub async fn begin_write(&self) -> Result<WriteTx> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map(WriteTx)
    }

    /// For copies of it.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Finishes what is queued, then closes the file; the write-ahead log is folded back into the database.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

impl WriteTx {
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}
