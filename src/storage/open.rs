//! Opens the database file: key, pragmas, pools, migrations, and the reasons for failure.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::copy::Live;
use super::header::Contents;
use super::inspect::{self, Lineage, Owner};
use super::key::{KeyPragma, key_pragma};
use super::lock::{Lock, LockError};
use super::{Database, key, reading};
use crate::domain::database_key::DatabaseKey;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Readers beside the one writer. Clicks never wait for them, so a few are enough.
const READERS: u32 = 2;

/// How long a statement waits for another program that has locked the file, such as a backup.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder of the database could not be created: {0}")]
    Folder(#[source] std::io::Error),
    #[error("the database could not be opened: {0}")]
    Connect(#[source] sqlx::Error),
    #[error("there is no file")]
    Missing,
    #[error("it is empty: no bot has used it yet")]
    Empty,
    #[error("it cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
    #[error("it cannot be written: {0}")]
    ReadOnly(#[source] std::io::Error),
    #[error("the file is not a database, or it is encrypted")]
    NotADatabase,
    #[error("{0}")]
    Foreign(Owner),
    #[error("the database is encrypted, and no key is configured")]
    Encrypted,
    #[error("the database is not encrypted, but a key is configured")]
    NotEncrypted,
    #[error("the key does not fit, or the file is no encrypted database, or it is damaged")]
    WrongKey,
    #[error("the database is damaged and could not be read: {0}")]
    Damaged(#[source] sqlx::Error),
    #[error("the key cannot be used: {0}")]
    KeyNotUsable(&'static str),
    #[error("the lock beside it, whose name ends in .lock, cannot be opened: {0}")]
    Lock(#[source] std::io::Error),
    #[error("the copy could not be written: {0}")]
    Export(#[source] sqlx::Error),
    #[error("this build of ticketbot cannot open encrypted databases")]
    NoCipher,
    #[error("another ticketbot command is putting a new file in its place")]
    Replaced,
    #[error("the database was written by a newer version of ticketbot (migration {0} is not known to this one)")]
    Newer(i64),
    #[error("the database is from an earlier version of ticketbot")]
    Older,
    #[error("its tables are not as this version made them; there is no {}", .0.join(", no "))]
    Incomplete(Vec<String>),
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[source] MigrateError),
}

impl OpenError {
    /// Retrying is useless until somebody repairs it.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Replaced | Self::Export(_) => false,
            Self::Folder(error) | Self::Lock(error) | Self::Unreadable(error) | Self::ReadOnly(error) => {
                !matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::StorageFull)
            }
            Self::Connect(error) | Self::Migrate(MigrateError::Execute(error)) => match error {
                // SQLITE_PERM, READONLY, CANTOPEN and AUTH. Others, such as BUSY, FULL and IOERR, may pass.
                sqlx::Error::Database(cause) => matches!(primary_code(cause.as_ref()), Some(3 | 8 | 14 | 23)),
                _ => false,
            },
            _ => true,
        }
    }
}

/// A file and how to open it.
#[derive(Debug, Clone)]
pub struct Location {
    pub path: PathBuf,
    /// The operator's pragmas, run on each connection before any other statement but the key.
    pub pragmas: Vec<(String, String)>,
    /// `None` for an unencrypted database.
    pub key: Option<DatabaseKey>,
}

/// Makes connections to one file. Holds its encryption key.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) options: SqliteConnectOptions,
    /// The same without the operator's pragmas, for reading only.
    plain: SqliteConnectOptions,
    pub(super) encrypted: bool,
}

/// An open database before its migrations.
#[derive(Debug)]
pub struct Opened {
    writer: SqlitePool,
    live: Live,
    lock: Lock,
}

/// Opens the database at `path`, creating file and folder where needed, and runs its migrations.
pub async fn open(path: &Path, pragmas: &[(String, String)]) -> Result<Database, OpenError> {
    let location = Location { path: path.to_owned(), pragmas: pragmas.to_vec(), key: None };
    connect(&location).await?.migrate().await
}

/// Opens the database, creating file and folder where needed, without running migrations.
pub async fn connect(location: &Location) -> Result<Opened, OpenError> {
    let path = &location.path;
    let connector = prepare(location).await?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    }
    let lock = Lock::shared(path).map_err(|error| match error {
        LockError::Held => OpenError::Replaced,
        LockError::Io(error) => OpenError::Lock(error),
    })?;
    let writer = writer_pool().connect_with(connector.for_work()).await.map_err(|error| connector.explain(error))?;
    Ok(Opened { writer, live: Live::new(connector, path.clone()), lock })
}

/// Refuses a database that must not be used, changing nothing. A missing or empty file is fine.
pub async fn examine(location: &Location) -> Result<(), OpenError> {
    prepare(location).await.map(drop)
}

async fn prepare(location: &Location) -> Result<Connector, OpenError> {
    let connector = Connector::to(location).await?;
    reading::examine(&connector, &location.path).await?;
    check_writable(&location.path)?;
    Ok(connector)
}

/// SQLite itself would open such a file read-only, and fail at the first write.
fn check_writable(path: &Path) -> Result<(), OpenError> {
    match std::fs::OpenOptions::new().write(true).open(path) {
        // It does not exist; creating it shows whether that is possible.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
        Err(error) => return Err(OpenError::ReadOnly(error)),
        Ok(_) => {}
    }
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
        use rustix::fs::{Access, AtFlags, CWD, accessat};
        accessat(CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS)
            .map_err(|error| OpenError::ReadOnly(error.into()))?;
    }
    Ok(())
}

impl Opened {
    /// The pending migrations, unless the database is new.
    pub async fn pending(&self) -> Result<Vec<i64>, OpenError> {
        let mut connection = self.writer.acquire().await.map_err(OpenError::Connect)?;
        Ok(match inspect::lineage(&mut connection).await.map_err(OpenError::Connect)? {
            Lineage::Ours { pending, .. } => pending,
            Lineage::Newer(_) | Lineage::Foreign(_) => Vec::new(),
        })
    }

    /// The source of copies.
    pub fn live(&self) -> &Live {
        &self.live
    }

    pub async fn migrate(self) -> Result<Database, OpenError> {
        let Self { writer, live, lock } = self;
        MIGRATIONS.run(&writer).await.map_err(|error| migrate_error(error, live.connector()))?;
        let reader =
            pool().max_connections(READERS).connect_lazy_with(live.connector().for_work().pragma("query_only", "ON"));
        Ok(Database { writer, reader, live, changed: Arc::default(), _lock: Some(Arc::new(lock)) })
    }

    pub async fn close(self) {
        self.writer.close().await;
    }
}

/// A file does not hang up like a server: pinging a connection would add a wait before each statement.
pub(super) fn pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().test_before_acquire(false)
}

fn writer_pool() -> SqlitePoolOptions {
    pool().max_connections(1).after_release(|connection, _| {
        Box::pin(async move {
            // Completes the rollback of a dropped transaction.
            connection.ping().await?;
            // On a full disk SQLite rolls back by itself; sqlx does not notice, and could never begin again on this
            // connection.
            Ok(!connection.is_in_transaction())
        })
    })
}

impl Connector {
    /// Examines the file, and derives its key if it has one.
    pub(super) async fn to(location: &Location) -> Result<Self, OpenError> {
        let contents = Contents::of(&location.path).map_err(OpenError::Unreadable)?;
        let has_plain_header = location.pragmas.iter().any(|(name, _)| name == "cipher_plaintext_header_size");
        let key = match (&location.key, contents) {
            (None, Contents::Sealed(_)) => return Err(OpenError::Encrypted),
            (None, Contents::Other) => return Err(OpenError::NotADatabase),
            (None, _) => None,
            (Some(_), _) if !key::has_encryption() => return Err(OpenError::NoCipher),
            (Some(_), Contents::Plain) if !has_plain_header => return Err(OpenError::NotEncrypted),
            (Some(_), Contents::Other) => return Err(OpenError::WrongKey),
            (Some(key), _) => Some(key_pragma(key, contents.salt(), &location.pragmas).await?),
        };
        key::silence_cipher().await;
        Ok(Self::new(&location.path, &location.pragmas, key.as_ref()))
    }

    pub(super) fn new(path: &Path, pragmas: &[(String, String)], key: Option<&KeyPragma>) -> Self {
        let mut options = SqliteConnectOptions::new()
            .filename(path)
            // With the write-ahead log, a crash of the process loses nothing; only a power cut can lose the last
            // moments.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true);
        if let Some(key) = key {
            options = options.pragma("key", key.expose().to_owned());
        }
        let mut plain = options.clone();
        for (name, value) in pragmas {
            options = options.pragma(name.clone(), value.clone());
            if key::is_of_cipher(name) {
                plain = plain.pragma(name.clone(), value.clone());
            }
        }
        // Overwrites deleted data with zeros in the file.
        options = options.pragma("secure_delete", "ON");
        Self { options, plain, encrypted: key.is_some() }
    }

    /// The same, for a copy with the same key that nobody else has open.
    pub(super) fn for_copy(&self, path: &Path) -> Self {
        Self { options: self.plain.clone().filename(path).read_only(true).immutable(true), ..self.clone() }
    }

    /// For reading only. Recent changes may be in a write-ahead log while the database is in use and after a crash.
    /// Without one, SQLite is told that the file is complete, and creates no files.
    pub(super) fn to_read(&self, path: &Path) -> Self {
        // Resolves links, as SQLite does.
        let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_settled = ["-wal", "-journal"].iter().all(|end| !super::lock::beside(&file, end).exists());
        Self { options: self.plain.clone().read_only(true).immutable(is_settled), ..self.clone() }
    }

    /// Runs a query over a separate connection, and closes it.
    pub(super) async fn look<T>(
        &self,
        ask: impl for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, super::Result<T>>,
    ) -> Result<T, OpenError> {
        let mut connection = self.connect().await?;
        let found = ask(&mut connection).await.map_err(|error| self.explain(error));
        let closed = connection.close().await.map_err(OpenError::Connect);
        let found = found?;
        closed?;
        Ok(found)
    }

    /// The bot's options; creates a missing file.
    fn for_work(&self) -> SqliteConnectOptions {
        self.options.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal)
    }

    /// A connection to a file that must exist, with its journal mode unchanged.
    pub(super) async fn connect(&self) -> Result<SqliteConnection, OpenError> {
        self.options.connect().await.map_err(|error| self.explain(error))
    }

    /// An exclusive connection to a file; afterwards nothing remains outside it.
    pub(super) async fn connect_alone(&self) -> Result<SqliteConnection, OpenError> {
        let options = self.options.clone().busy_timeout(Duration::ZERO).synchronous(SqliteSynchronous::Full);
        // Leaving the write-ahead log fails while another connection has the file open.
        let options = options.journal_mode(SqliteJournalMode::Delete);
        options.connect().await.map_err(|error| match &error {
            sqlx::Error::Database(cause) if is_busy(cause.as_ref()) => OpenError::Replaced,
            _ => self.explain(error),
        })
    }

    pub(super) fn explain(&self, error: sqlx::Error) -> OpenError {
        match &error {
            // SQLITE_NOTADB, https://sqlite.org/rescode.html#notadb
            sqlx::Error::Database(cause) if cause.code().as_deref() == Some("26") => {
                if self.encrypted {
                    OpenError::WrongKey
                } else {
                    OpenError::NotADatabase
                }
            }
            // SQLITE_CORRUPT, https://sqlite.org/rescode.html#corrupt
            sqlx::Error::Database(cause) if primary_code(cause.as_ref()) == Some(11) => OpenError::Damaged(error),
            _ => OpenError::Connect(error),
        }
    }
}

/// Without the options, which hold the key.
impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("encrypted", &self.encrypted).finish_non_exhaustive()
    }
}

/// `SQLITE_BUSY` and its extended forms.
fn is_busy(error: &dyn sqlx::error::DatabaseError) -> bool {
    primary_code(error) == Some(5)
}

/// The primary result code.
fn primary_code(error: &dyn sqlx::error::DatabaseError) -> Option<i32> {
    error.code().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xFF)
}

fn migrate_error(error: MigrateError, connector: &Connector) -> OpenError {
    match error {
        MigrateError::VersionMissing(version) => OpenError::Newer(version),
        MigrateError::Execute(cause) => match connector.explain(cause) {
            OpenError::Connect(cause) => OpenError::Migrate(MigrateError::Execute(cause)),
            known => known,
        },
        other => OpenError::Migrate(other),
    }
}
