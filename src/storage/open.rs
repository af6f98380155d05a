//! Opens the database file: pragmas, pools, migrations, and the reasons why it can't be opened.

use std::path::Path;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::Database;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Readers beside the one writer. A click never waits for them, so a few are enough.
const READERS: u32 = 2;

/// How long a statement waits for another program that holds the file, such as a backup.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the database can't be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder of the database could not be created: {0}")]
    Folder(#[source] std::io::Error),
    #[error("the database could not be opened: {0}")]
    Connect(#[source] sqlx::Error),
    #[error("the file is not a database, or it is encrypted")]
    NotADatabase,
    #[error("the database was written by a newer version of ticketbot (migration {0} is not known to this one)")]
    Newer(i64),
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[source] MigrateError),
}

/// Opens the database at `path`, creating file and folder where needed, and brings its tables up to date.
///
/// `pragmas` are the operator's own, run on each connection before any other statement.
pub async fn open(path: &Path, pragmas: &[(String, String)]) -> Result<Database, OpenError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    }
    let options = connect_options(path, pragmas);
    let writer = writer_pool().connect_with(options.clone()).await.map_err(connect_error)?;
    MIGRATIONS.run(&writer).await.map_err(migrate_error)?;
    let reader =
        SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options.pragma("query_only", "ON"));
    Ok(Database { writer, reader })
}

fn writer_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(1).after_release(|connection, _| {
        Box::pin(async move {
            // A rollback that a dropped transaction has asked for is done before this is answered.
            connection.ping().await?;
            // On a full disk SQLite rolls back by itself. sqlx does not notice, and could never begin again on this one.
            Ok(!connection.is_in_transaction())
        })
    })
}

fn connect_options(path: &Path, pragmas: &[(String, String)]) -> SqliteConnectOptions {
    let mut options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With the write-ahead log this loses nothing when the process dies; only a power cut can take the last moments.
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        // What is deleted is overwritten with zeros in the file, not only forgotten.
        .pragma("secure_delete", "ON");
    for (name, value) in pragmas {
        options = options.pragma(name.clone(), value.clone());
    }
    options
}

fn connect_error(error: sqlx::Error) -> OpenError {
    match &error {
        // SQLITE_NOTADB, https://sqlite.org/rescode.html#notadb
        sqlx::Error::Database(cause) if cause.code().as_deref() == Some("26") => OpenError::NotADatabase,
        _ => OpenError::Connect(error),
    }
}

fn migrate_error(error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(version) => OpenError::Newer(version),
        MigrateError::Execute(cause) => match connect_error(cause) {
            OpenError::Connect(cause) => OpenError::Migrate(MigrateError::Execute(cause)),
            known => known,
        },
        other => OpenError::Migrate(other),
    }
}
