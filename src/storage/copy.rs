//! Whole copies of a database: of one in use, and from one key to another.

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use super::inspect::{self, Findings};
use super::key::key_pragma;
use super::open::{Connector, Location, OpenError};
use super::{Result, key};

/// A database in use, as a source of copies.
#[derive(Debug, Clone)]
pub struct Live {
    connector: Connector,
    path: PathBuf,
}

impl Live {
    pub(super) fn new(connector: Connector, path: PathBuf) -> Self {
        Self { connector, path }
    }

    pub(super) fn connector(&self) -> &Connector {
        &self.connector
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its copies are encrypted with the same key.
    pub fn is_encrypted(&self) -> bool {
        self.connector.encrypted
    }

    /// The approximate size of a copy, in bytes.
    pub async fn size(&self) -> std::result::Result<u64, OpenError> {
        self.connector.look(|connection| Box::pin(size(connection))).await
    }

    /// Copies its current state into the file at `target`, which must be new or empty. Does not block writers.
    ///
    /// <https://sqlite.org/lang_vacuum.html#vacuuminto>
    pub async fn copy_to(&self, target: &Path) -> std::result::Result<(), OpenError> {
        // A separate connection: the pools serve waiting clicks.
        let mut connection = self.connector.connect().await?;
        let target = utf8(target).map_err(OpenError::Connect)?;
        sqlx::query("VACUUM INTO $1").bind(target).execute(&mut connection).await.map_err(OpenError::Connect)?;
        connection.close().await.map_err(OpenError::Connect)
    }

    /// Inspects a copy made with [`Self::copy_to`].
    pub async fn inspect_copy(&self, copy: &Path) -> std::result::Result<Findings, OpenError> {
        self.connector.for_copy(copy).look(|connection| Box::pin(inspect::findings(connection))).await
    }
}

/// Makes a file complete without a write-ahead log. Fails while another connection has it open.
pub async fn fold(location: &Location) -> std::result::Result<(), OpenError> {
    let connection = Connector::to(location).await?.connect_alone().await?;
    connection.close().await.map_err(OpenError::Connect)
}

/// Copies a database that nobody else has open into a new file, encrypted with the key of `target`, or unencrypted.
/// Both files are complete afterwards. Returns the findings of the source.
pub async fn convert(source: &Location, target: &Location) -> std::result::Result<Findings, OpenError> {
    let key = match &target.key {
        None => None,
        Some(key) => Some(key_pragma(key, None, &target.pragmas).await?),
    };
    let connector = Connector::to(source).await?;
    let mut connection = connector.connect_alone().await?;
    let findings = inspect::findings(&mut connection).await.map_err(|error| connector.explain(error))?;
    if findings.damage.is_empty() {
        let key = key.map(|key| key.unquoted());
        export(&mut connection, target, key.as_ref()).await.map_err(OpenError::Export)?;
    }
    connection.close().await.map_err(OpenError::Connect)?;
    Ok(findings)
}

/// <https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export>
async fn export(
    connection: &mut SqliteConnection,
    target: &Location,
    key: Option<&secrecy::SecretString>,
) -> Result<()> {
    use secrecy::ExposeSecret as _;
    sqlx::query("ATTACH DATABASE $1 AS copy KEY $2")
        .bind(utf8(&target.path)?)
        .bind(key.map_or("", |key| key.expose_secret()).to_owned())
        .execute(&mut *connection)
        .await?;
    for (name, value) in target.pragmas.iter().filter(|(name, _)| key.is_some() && key::is_of_cipher(name)) {
        // Names and values were validated with the configuration.
        sqlx::query(AssertSqlSafe(format!("PRAGMA copy.{name} = {value}"))).execute(&mut *connection).await?;
    }
    sqlx::query("SELECT sqlcipher_export('copy')").fetch_all(&mut *connection).await?;
    sqlx::query("DETACH DATABASE copy").execute(&mut *connection).await?;
    Ok(())
}

async fn size(connection: &mut SqliteConnection) -> Result<u64> {
    let bytes: i64 = sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        .fetch_one(connection)
        .await?;
    Ok(u64::try_from(bytes).unwrap_or(0))
}

fn utf8(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| sqlx::Error::Configuration("the path is not Unicode text".into()))
}
