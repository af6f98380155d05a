//! Inspects a database: its integrity, its owner and its version.

use std::fmt;

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use super::open::{Connector, Location, MIGRATIONS, OpenError};
use super::{Error, Result, schema, theticketbot};

/// The result of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// SQLite's reports of damaged pages, indexes and constraints.
    pub damage: Vec<String>,
    /// Rows with dangling references: the table, and the number of rows.
    pub dangling: Vec<(String, u64)>,
    pub lineage: Lineage,
    /// Objects of its version's tables that are missing, by name.
    pub missing: Vec<String>,
    /// The tables by name, with their number of rows.
    pub rows: Vec<(String, u64)>,
}

/// The database's owner, according to its applied migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lineage {
    /// Has our migrations up to `latest`; `pending` are not applied yet. `None`: it is empty.
    Ours { latest: Option<i64>, pending: Vec<i64> },
    /// A newer version of ticketbot has used it.
    Newer(i64),
    /// Not ticketbot's.
    Foreign(Owner),
}

/// The apparent owner of a foreign database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    Theticketbot,
    /// Another program, with these tables.
    Other(Vec<String>),
}

impl Owner {
    fn of(tables: Vec<String>) -> Self {
        if theticketbot::owns(&tables) { Self::Theticketbot } else { Self::Other(tables) }
    }
}

/// As a reason for refusing it.
impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 3;
        match self {
            Self::Theticketbot => f.write_str("it is theticketbot's"),
            Self::Other(tables) if tables.is_empty() => f.write_str("it is another program's"),
            Self::Other(tables) => {
                let more = if tables.len() > SHOWN { ", …" } else { "" };
                let names: Vec<&str> = tables.iter().map(String::as_str).take(SHOWN).collect();
                write!(f, "it is another program's, with tables of its own ({}{more})", names.join(", "))
            }
        }
    }
}

impl Findings {
    /// Nothing else is known about it.
    fn damaged(damage: Vec<String>) -> Self {
        let lineage = Lineage::Foreign(Owner::Other(Vec::new()));
        Self { damage, dangling: Vec::new(), lineage, missing: Vec::new(), rows: Vec::new() }
    }

    pub fn is_sound(&self) -> bool {
        self.damage.is_empty() && self.dangling.is_empty() && self.missing.is_empty()
    }
}

/// Inspects the database file without changing it. It must exist.
pub async fn inspect(location: &Location) -> std::result::Result<Findings, OpenError> {
    let path = &location.path;
    let connector = Connector::to(location).await?;
    let state = || std::fs::metadata(path).and_then(|file| Ok((file.len(), file.modified()?))).ok();
    loop {
        let before = state();
        let found = connector.to_read(path).look(|connection| Box::pin(findings(connection))).await;
        // A program that opened it meanwhile may have changed it under a reader that assumed to be alone.
        if before != state() && found.as_ref().map_or(true, |found| !found.is_sound()) {
            continue;
        }
        return match found {
            // Too damaged to list its tables.
            Err(OpenError::Damaged(error)) => Ok(Findings::damaged(vec![error.to_string()])),
            found => found,
        };
    }
}

pub(super) async fn findings(connection: &mut SqliteConnection) -> Result<Findings> {
    let damage = match damage(connection).await {
        // SQLITE_CORRUPT: too damaged to inspect, https://sqlite.org/rescode.html#corrupt
        Err(Error::Database(cause)) if is_corrupt(cause.as_ref()) => vec![cause.message().to_owned()],
        found => found?,
    };
    if !damage.is_empty() {
        return Ok(Findings::damaged(damage));
    }
    let dangling = dangling(connection).await?;
    let lineage = lineage(connection).await?;
    let missing = schema::missing(connection, &lineage).await?;
    Ok(Findings { damage, dangling, lineage, missing, rows: rows(connection).await? })
}

async fn damage(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    // Limited for the reader; a damaged file can have one in each page.
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
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .fetch_all(&mut *connection)
        .await?;
    if tables.is_empty() {
        return Ok(Lineage::Ours { latest: None, pending: Vec::new() });
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Lineage::Foreign(Owner::of(tables)));
    }
    let run: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await?;
    Ok(compare(&run, tables))
}

fn compare(run: &[(i64, Vec<u8>)], tables: Vec<String>) -> Lineage {
    let newest = MIGRATIONS.iter().map(|ours| ours.version).max();
    // A known number with another checksum is another program's.
    let known = |version: i64, checksum: &[u8]| {
        MIGRATIONS.iter().any(|ours| ours.version == version && *ours.checksum == *checksum)
    };
    let ours = run.iter().filter(|(version, checksum)| known(*version, checksum)).count();
    match run.last() {
        Some((last, _)) if ours > 0 && Some(*last) > newest => Lineage::Newer(*last),
        _ if ours < run.len() => Lineage::Foreign(Owner::of(tables)),
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
