//! All SQL of the project, one function per query.
//!
//! Decides nothing: rules are in `domain`, and a caller that loads, decides and writes in one step takes a [`WriteTx`].
//! `None` means that something does not exist, `Err` that the database failed.
//!
//! Reserved, and not read yet: `guild.look_due` (when a guild is checked again), `step.held_until` (leases, for a database
//! that several processes share) and `panel.style` (buttons or a menu).

pub mod blocks;
pub mod buttons;
pub mod cards;
mod copy;
pub mod discord_tickets;
pub mod guilds;
mod header;
pub mod import;
pub mod import_inboxes;
pub mod inbox_facts;
pub mod inbox_settings;
pub mod inboxes;
mod inspect;
pub mod journal;
mod key;
pub mod lifecycle;
pub mod listing;
mod lock;
mod open;
pub mod panels;
pub mod personal;
mod reading;
pub mod replies;
pub mod reservations;
pub mod retention;
mod schema;
pub mod selections;
pub mod server_config;
pub mod server_settings;
mod snowflake;
pub mod steps;
pub mod sweeps;
pub mod template_files;
pub mod theticketbot;
pub mod timers;
pub mod working;

pub use copy::{Live, convert, fold};
pub use header::{Contents, declared_size};
pub use inspect::{Findings, Lineage, Owner, inspect};
pub use key::has_encryption;
pub use lock::{Lock, LockError, ShardLocks, ShardsTaken};
pub use open::{Location, OpenError, Opened, connect, examine, open};
pub use reading::Reading;

use std::sync::Arc;

use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};
use tokio::sync::Notify;

/// A query fails when the database is damaged, busy beyond its timeout, full or read-only.
pub type Error = sqlx::Error;
pub type Result<T> = std::result::Result<T, Error>;

/// The database: one writer, so that writers queue here and never get `SQLITE_BUSY`, and a few readers.
#[derive(Clone, Debug)]
pub struct Database {
    writer: SqlitePool,
    reader: SqlitePool,
    live: Live,
    /// Told of each committed [`WriteTx`].
    changed: Arc<Notify>,
    /// Prevents replacement of the file.
    _lock: Option<Arc<Lock>>,
}

/// A transaction that holds the writer: rows it reads cannot change before it commits. Dropping it rolls back.
pub struct WriteTx(Transaction<'static, Sqlite>, Arc<Notify>);

impl Database {
    pub async fn begin_write(&self) -> Result<WriteTx> {
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(WriteTx(transaction, Arc::clone(&self.changed)))
    }

    /// Returns once a [`WriteTx`] is committed; at once if one was since the last call. For one waiting task.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// A value that the program stored about itself.
    pub async fn find_value(&self, name: &str) -> Result<Option<String>> {
        sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(&self.reader).await
    }

    pub async fn store_value(&self, name: &str, value: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// The source of copies.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Finishes queued work, then closes the file and folds the write-ahead log back into it.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

impl WriteTx {
    pub async fn commit(self) -> Result<()> {
        let Self(transaction, changed) = self;
        transaction.commit().await?;
        changed.notify_one();
        Ok(())
    }
}
