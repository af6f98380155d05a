//! Is a database whole, is it ours, and how far along is it?

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use super::open::{Connector, Location, MIGRATIONS, OpenError};
use super::{Error, Result};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// What SQLite found wrong with pages, indexes and constraints.
    pub damage: Vec<String>,
    /// Rows that refer to what is not there: the table, and how many.
    pub dangling: Vec<(String, u64)>,
    pub lineage: Lineage,
    /// Each table with its rows, by name.
    pub rows: Vec<(String, u64)>,
}

/// Whose database it is, told by the migrations that were run on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lineage {
    /// Up to this one it has all of ours; these are not run yet. `None`: it is empty.
    Ours { latest: Option<i64>, pending: Vec<i64> },
    /// A newer version of ticketbot has been at it.
    Newer(i64),
    /// Not ticketbot's.
    Foreign,
}

impl Findings {
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty() && self.dangling.is_empty()
    }
}

/// Looks at the database file without changing it. It must exist.
pub async fn inspect(location: &Location) -> std::result::Result<Findings, OpenError> {
    let connector = Connector::to(location).await?;
    match look_through(&connector).await {
        // So damaged that not even its tables are known.
        Err(OpenError::Damaged(error)) => Ok(Findings {
            damage: vec![error.to_string()],
            dangling: Vec::new(),
            lineage: Lineage::Foreign,
            rows: Vec::new(),
        }),
        found => found,
    }
}

async fn look_through(connector: &Connector) -> std::result::Result<Findings, OpenError> {
    let mut connection = connector.connect().await?;
    let found = findings(&mut connection).await.map_err(|error| connector.explain(error));
    // Whoever closes it last takes the files beside it away.
    let closed = connection.close().await.map_err(OpenError::Connect);
    let found = found?;
    closed?;
    Ok(found)
}

pub(super) async fn findings(connection: &mut SqliteConnection) -> Result<Findings> {
    let damage = match damage(connection).await {
        // SQLITE_CORRUPT: too damaged to be looked through, https://sqlite.org/rescode.html#corrupt
        Err(Error::Database(cause)) if is_corrupt(cause.as_ref()) => vec![cause.message().to_owned()],
        found => found?,
    };
    if !damage.is_empty() {
        return Ok(Findings { damage, dangling: Vec::new(), lineage: Lineage::Foreign, rows: Vec::new() });
    }
    let dangling = dangling(connection).await?;
    Ok(Findings { damage, dangling, lineage: lineage(connection).await?, rows: rows(connection).await? })
}

async fn damage(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    // As many as anybody reads; a damaged file can have one in each page.
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(connection).await?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

async fn dangling(connection: &mut SqliteConnection) -> Result<Vec<(String, u64)>> {
    let found: Vec<(String, i64)> =
        sqlx::query_as("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1")
            .fetch_all(connection)
            .await?;
    Ok(found.into_iter().map(|(table, count)| (table, u64::try_from(count).unwrap_or(0))).collect())
}

pub(super) async fn lineage(connection: &mut SqliteConnection) -> Result<Lineage> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut *connection).await?;
    if tables.is_empty() {
        return Ok(Lineage::Ours { latest: None, pending: Vec::new() });
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Lineage::Foreign);
    }
    let run: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await?;
    Ok(compare(&run))
}

fn compare(run: &[(i64, Vec<u8>)]) -> Lineage {
    let newest = MIGRATIONS.iter().map(|ours| ours.version).max();
    // One that is known under its number and differs is another program's.
    let known = |version: i64, checksum: &[u8]| {
        MIGRATIONS.iter().any(|ours| ours.version == version && *ours.checksum == *checksum)
    };
    let ours = run.iter().filter(|(version, checksum)| known(*version, checksum)).count();
    match run.last() {
        Some((last, _)) if ours > 0 && Some(*last) > newest => Lineage::Newer(*last),
        _ if ours < run.len() => Lineage::Foreign,
        last => {
            let not_run = |version: &i64| !run.iter().any(|(done, _)| done == version);
            let pending = MIGRATIONS.iter().map(|ours| ours.version).filter(not_run).collect();
            Lineage::Ours { latest: last.map(|(version, _)| *version), pending }
        }
    }
}

async fn rows(connection: &mut SqliteConnection) -> Result<Vec<(String, u64)>> {
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .fetch_all(&mut *connection)
        .await?;
    let mut counts = Vec::new();
    for table in tables {
        let quoted = table.replace('"', "\"\"");
        let count = sqlx::query(AssertSqlSafe(format!("SELECT count(*) FROM \"{quoted}\"")));
        let count: i64 = count.fetch_one(&mut *connection).await?.try_get(0)?;
        counts.push((table, u64::try_from(count).unwrap_or(0)));
    }
    Ok(counts)
}

fn is_corrupt(error: &dyn sqlx::error::DatabaseError) -> bool {
    error.code().and_then(|code| code.parse::<i32>().ok()).is_some_and(|code| code & 0xFF == 11)
}
