//! Timers of tickets: what happens to a ticket by itself at a time. A due timer is an event, not a step: it makes no
//! request, and another timer of its kind replaces it. Its time is one of Discord's clock, by which people read it.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, InboxId, ThreadId, TicketId};

/// The kind that deletes the thread of a closed ticket.
pub const DELETION: &str = "delete";

/// A stored timer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub ticket: TicketId,
    pub guild: GuildId,
    pub kind: String,
    pub due_at: Timestamp,
    /// JSON: ids and times.
    pub payload: String,
}

/// Due never: it waits for an event only.
pub const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// Sets the ticket's timer of this kind, in place of an earlier one.
pub async fn set(tx: &mut WriteTx, ticket: TicketId, kind: &str, due_at: Timestamp, payload: &str) -> Result<()> {
    sqlx::query("INSERT OR REPLACE INTO timer (ticket_id, kind, due_at, payload) VALUES ($1, $2, $3, $4)")
        .bind(ticket.to_column())
        .bind(kind)
        .bind(due_at.to_column())
        .bind(payload)
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

pub async fn delete(tx: &mut WriteTx, ticket: TicketId, kind: &str) -> Result<()> {
    sqlx::query("DELETE FROM timer WHERE ticket_id = $1 AND kind = $2")
        .bind(ticket.to_column())
        .bind(kind)
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Ends the timers of this kind of all tickets of an inbox.
pub async fn delete_of_inbox(tx: &mut WriteTx, inbox: InboxId, kind: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM timer WHERE kind = $2
             AND EXISTS (SELECT 1 FROM ticket t WHERE t.id = timer.ticket_id AND t.inbox_id = $1)",
    )
    .bind(inbox.to_column())
    .bind(kind)
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// How many tickets of an inbox have a timer of this kind.
pub async fn count_of_inbox(db: &Database, inbox: InboxId, kind: &str) -> Result<u64> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ticket t JOIN timer r ON r.ticket_id = t.id AND r.kind = $2 WHERE t.inbox_id = $1",
    )
    .bind(inbox.to_column())
    .bind(kind)
    .fetch_one(&db.reader)
    .await?;
    Ok(count.max(0).cast_unsigned())
}

/// The timers of a ticket.
pub async fn list(tx: &mut WriteTx, ticket: TicketId) -> Result<Vec<Timer>> {
    let rows = sqlx::query(
        "SELECT m.ticket_id, t.guild_id, m.kind, m.due_at, m.payload FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.ticket_id = $1 ORDER BY m.kind",
    )
    .bind(ticket.to_column())
    .fetch_all(&mut *tx.0)
    .await?;
    rows.iter().map(from_row).collect()
}

/// The same, read without holding the writer.
pub async fn find_all(db: &Database, ticket: TicketId) -> Result<Vec<Timer>> {
    let rows = sqlx::query(
        "SELECT m.ticket_id, t.guild_id, m.kind, m.due_at, m.payload FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.ticket_id = $1 ORDER BY m.kind",
    )
    .bind(ticket.to_column())
    .fetch_all(&db.reader)
    .await?;
    rows.iter().map(from_row).collect()
}

/// A ticket's timer of this kind, read without holding the writer.
pub async fn find(db: &Database, ticket: TicketId, kind: &str) -> Result<Option<Timer>> {
    let row = sqlx::query(
        "SELECT m.ticket_id, t.guild_id, m.kind, m.due_at, m.payload FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.ticket_id = $1 AND m.kind = $2",
    )
    .bind(ticket.to_column())
    .bind(kind)
    .fetch_optional(&db.reader)
    .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Due timers, at most `most`, the longest due first.
pub async fn list_due(db: &Database, now: Timestamp, most: u32) -> Result<Vec<Timer>> {
    let rows = sqlx::query(
        "SELECT m.ticket_id, t.guild_id, m.kind, m.due_at, m.payload FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.due_at <= $1 ORDER BY m.due_at LIMIT $2",
    )
    .bind(now.to_column())
    .bind(i64::from(most))
    .fetch_all(&db.reader)
    .await?;
    rows.iter().map(from_row).collect()
}

/// When the next timer is due, after that time.
pub async fn next_due(db: &Database, after: Timestamp) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar("SELECT due_at FROM timer WHERE due_at > $1 ORDER BY due_at LIMIT 1")
        .bind(after.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(due.map(Timestamp::from_column))
}

/// The threads of all tickets with a timer of these two kinds.
pub async fn list_threads(db: &Database, kinds: [&str; 2]) -> Result<Vec<ThreadId>> {
    let threads: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT t.thread_id FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.kind IN ($1, $2) AND t.thread_id IS NOT NULL",
    )
    .bind(kinds[0])
    .bind(kinds[1])
    .fetch_all(&db.reader)
    .await?;
    Ok(threads.into_iter().map(ThreadId::from_column).collect())
}

fn from_row(row: &SqliteRow) -> Result<Timer> {
    Ok(Timer {
        ticket: TicketId::from_column(row.try_get("ticket_id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        kind: row.try_get("kind")?,
        due_at: Timestamp::from_column(row.try_get("due_at")?),
        payload: row.try_get("payload")?,
    })
}
