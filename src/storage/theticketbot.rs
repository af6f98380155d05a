//! Reads a database of theticketbot, in any of its schemas. Changes and validates nothing: `domain::import`
//! validates.

use std::collections::HashMap;

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

use super::open::{Connector, Location, OpenError};
use crate::domain::import::{Found, NEWEST_SCHEMA, SourceInbox, SourceTicket};

/// Why a file cannot be read as a database of theticketbot.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the tables of theticketbot are not in it")]
    Foreign,
    #[error("its tables have the layout {0}, and the newest that is known is {NEWEST_SCHEMA}")]
    Newer(i64),
    #[error("it could not be read: {0}")]
    Broken(#[from] sqlx::Error),
}

/// The tables since the first schema.
const TABLES: &[&str] = &["channel", "inbox", "inbox_staff", "message", "ticket", "user"];

/// Whether these tables look like theticketbot's.
pub(super) fn owns(tables: &[String]) -> bool {
    TABLES.iter().all(|table| tables.iter().any(|found| found == table))
}

/// Reads the relevant content from a copy that nobody else has open, folding its write-ahead log into it.
pub async fn read(copy: &Location) -> Result<Found, ReadError> {
    let connector = Connector::to(copy).await?;
    let mut db = connector.connect().await?;
    let explain = |error| connector.explain(error);
    let schema: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut db).await.map_err(explain)?;
    let columns = columns(&mut db).await?;
    if TABLES.iter().any(|table| !columns.contains_key(*table)) {
        return Err(ReadError::Foreign);
    }
    if !(1..=NEWEST_SCHEMA).contains(&schema) {
        return Err(if schema > NEWEST_SCHEMA { ReadError::Newer(schema) } else { ReadError::Foreign });
    }
    let found = Found {
        schema,
        inboxes: inboxes(&mut db, &columns["inbox"]).await?,
        tickets: tickets(&mut db).await?,
        ghosts: ghosts(&mut db).await?,
    };
    db.close().await?;
    Ok(found)
}

/// The columns of each table.
async fn columns(db: &mut SqliteConnection) -> sqlx::Result<HashMap<String, Vec<String>>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    .fetch_all(db)
    .await?;
    let mut columns: HashMap<String, Vec<String>> = HashMap::new();
    for (table, column) in rows {
        columns.entry(table).or_default().push(column);
    }
    Ok(columns)
}

/// Required rows can be missing: theticketbot's references hold only while they are enforced.
async fn inboxes(db: &mut SqliteConnection, columns: &[String]) -> sqlx::Result<Vec<SourceInbox>> {
    // The value of a column that a schema does not have yet.
    let or = |column: &str, instead: &str| {
        if columns.iter().any(|known| known == column) { format!("i.{column}") } else { instead.to_owned() }
    };
    let (name, counter) = (or("default_ticket_name", "''"), or("counter", "0"));
    let destination = or("destination_id", "NULL");
    let sql = format!(
        "SELECT i.id, m.channel_id, c.guild_id, i.starter_content, i.max_tickets_per_user,
                {name} AS ticket_name, {counter} AS counter, {destination} AS destination_id
         FROM inbox i LEFT JOIN message m ON m.id = i.id LEFT JOIN channel c ON c.id = m.channel_id ORDER BY i.id"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *db).await?;
    let mut staff = staff(db).await?;
    rows.iter().map(|row| inbox(row, &mut staff)).collect()
}

fn inbox(row: &SqliteRow, staff: &mut HashMap<i64, Vec<String>>) -> sqlx::Result<SourceInbox> {
    let message = row.try_get("id")?;
    Ok(SourceInbox {
        message,
        channel: row.try_get("channel_id")?,
        guild: row.try_get("guild_id")?,
        destination: row.try_get("destination_id")?,
        starter: row.try_get("starter_content")?,
        ticket_name: row.try_get("ticket_name")?,
        counter: row.try_get("counter")?,
        limit: row.try_get("max_tickets_per_user")?,
        staff: staff.remove(&message).unwrap_or_default(),
    })
}

/// The staff of each inbox, in the order of insertion.
async fn staff(db: &mut SqliteConnection) -> sqlx::Result<HashMap<i64, Vec<String>>> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT inbox_id, mention FROM inbox_staff WHERE inbox_id IS NOT NULL ORDER BY rowid")
            .fetch_all(db)
            .await?;
    let mut staff: HashMap<i64, Vec<String>> = HashMap::new();
    for (inbox, mention) in rows {
        staff.entry(inbox).or_default().push(mention);
    }
    Ok(staff)
}

async fn tickets(db: &mut SqliteConnection) -> sqlx::Result<Vec<SourceTicket>> {
    let rows = sqlx::query(
        "SELECT t.id, c.guild_id, t.inbox_id, t.owner_id FROM ticket t LEFT JOIN channel c ON c.id = t.id ORDER BY t.id",
    )
    .fetch_all(db)
    .await?;
    let ticket = |row: &SqliteRow| {
        Ok(SourceTicket {
            thread: row.try_get("id")?,
            guild: row.try_get("guild_id")?,
            inbox: row.try_get("inbox_id")?,
            owner: row.try_get("owner_id")?,
        })
    };
    rows.iter().map(ticket).collect()
}

/// theticketbot also stores an inbox's message as a channel with each ticket. No join here reads those rows.
async fn ghosts(db: &mut SqliteConnection) -> sqlx::Result<u64> {
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM channel WHERE id IN (SELECT id FROM message)").fetch_one(db).await?;
    Ok(u64::try_from(count).unwrap_or(0))
}
