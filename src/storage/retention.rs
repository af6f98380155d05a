//! What goes by itself: records that have served their time, and what nothing refers to any more.
//!
//! Every function deletes one batch, found by an index, so that a click never waits long for the writer, however much
//! there is to delete. The caller asks again while batches are full.

use super::snowflake::Column;
use super::{Database, Result};
use crate::domain::clock::Timestamp;

/// The most rows that one call deletes.
pub const BATCH: u64 = 500;

/// Tickets that were closed before that.
pub async fn delete_closed(db: &Database, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket
         WHERE state = 'closed' AND closing IS NULL AND closed_at < $1 ORDER BY closed_at LIMIT $2)";
    delete(db, sql, before).await
}

/// Tickets that have been dormant since before that.
pub async fn delete_dormant(db: &Database, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket
         WHERE state = 'dormant' AND closing IS NULL AND coalesce(flags_changed_at, reserved_at) < $1 LIMIT $2)";
    delete(db, sql, before).await
}

/// Tickets whose owners asked for their deletion, and that decide nothing any more: closed, and asked for at
/// `cooled_down` or before.
pub async fn delete_unwanted(db: &Database, cooled_down: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket
         WHERE unwanted = 1 AND reserved_at <= $1 AND state = 'closed' AND closing IS NULL LIMIT $2)";
    delete(db, sql, cooled_down).await
}

/// Tickets of guilds that the bot left before that.
pub async fn delete_tickets_of_left(db: &Database, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM ticket WHERE id IN (SELECT t.id FROM guild g JOIN ticket t ON t.guild_id = g.id
         WHERE g.left_at < $1 LIMIT $2)";
    delete(db, sql, before).await
}

/// Guilds that the bot left before that, with their inboxes. Their tickets go first: `delete_tickets_of_left`.
pub async fn delete_left(db: &Database, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM guild WHERE id IN (SELECT id FROM guild
         WHERE left_at < $1 AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = guild.id) LIMIT $2)";
    delete(db, sql, before).await
}

/// Guilds with neither an inbox nor a ticket.
pub async fn delete_empty_guilds(db: &Database) -> Result<u64> {
    // Looked for without the writer, because nearly always there is none.
    let empty: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM guild WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE guild_id = guild.id)
             AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = guild.id) LIMIT $1",
    )
    .bind(BATCH.cast_signed())
    .fetch_all(&db.reader)
    .await?;
    let mut deleted = 0;
    for guild in empty {
        let sql = "DELETE FROM guild WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM inbox WHERE guild_id = $1)
             AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = $1)";
        deleted += sqlx::query(sql).bind(guild).execute(&db.writer).await?.rows_affected();
    }
    Ok(deleted)
}

/// Steps that ended before that: nobody can complete them any more.
pub async fn delete_ended_steps(db: &Database, before: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM pending_selection WHERE (guild_id, user_id) IN (SELECT guild_id, user_id FROM pending_selection
         WHERE expires_at <= $1 LIMIT $2)";
    delete(db, sql, before).await
}

async fn delete(db: &Database, sql: &'static str, before: Timestamp) -> Result<u64> {
    let done = sqlx::query(sql).bind(before.to_column()).bind(BATCH.cast_signed()).execute(&db.writer).await?;
    Ok(done.rows_affected())
}
