//! Deletes expired records and unreferenced rows.
//!
//! A ticket with a step stays until the step ends. Deletes one batch at a time, found by an index, so that a click
//! never waits long for the writer, however many rows expire. The caller repeats it while batches are full.

use super::snowflake::Column;
use super::{Database, Result, cards};
use crate::domain::clock::Timestamp;

/// Maximum rows per batch.
pub const BATCH: u64 = 500;

/// A kind of expired records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expired {
    /// Tickets closed before that time.
    Closed { before: Timestamp },
    /// Tickets dormant since before that time.
    Dormant { before: Timestamp },
    /// Closed tickets whose owners requested their deletion, requested by members at that time or before: they no
    /// longer affect decisions.
    DeletionRequested { cooled_down: Timestamp },
    /// Tickets of guilds that the bot left before that time.
    TicketsOfLeftGuilds { before: Timestamp },
    /// Guilds without tickets that the bot left before that time, with their inboxes.
    LeftGuilds { before: Timestamp },
    /// Pending selections that expired before that time.
    Selections { before: Timestamp },
    /// Blocks that ended before that time.
    Blocks { before: Timestamp },
}

impl Expired {
    fn moment(self) -> Timestamp {
        match self {
            Self::DeletionRequested { cooled_down: moment }
            | Self::Closed { before: moment }
            | Self::Dormant { before: moment }
            | Self::TicketsOfLeftGuilds { before: moment }
            | Self::LeftGuilds { before: moment }
            | Self::Selections { before: moment }
            | Self::Blocks { before: moment } => moment,
        }
    }

    fn statement(self) -> &'static str {
        match self {
            Self::Closed { .. } => {
                "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket
                     WHERE state = 'closed' AND closed_at < $1
                     AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id) ORDER BY closed_at LIMIT $2)
                 RETURNING id, guild_id, card_channel_id, card_id, card_begun_at"
            }
            Self::Dormant { .. } => {
                "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket WHERE state = 'dormant'
                     AND coalesce(flags_changed_at, reserved_at) < $1
                     AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id) LIMIT $2)
                 RETURNING id, guild_id, card_channel_id, card_id, card_begun_at"
            }
            Self::DeletionRequested { .. } => {
                "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket
                     WHERE unwanted = 1 AND reserved_at <= $1 AND state = 'closed' AND unseen = 0
                     AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id) LIMIT $2)
                 RETURNING id, guild_id, card_channel_id, card_id, card_begun_at"
            }
            Self::TicketsOfLeftGuilds { .. } => {
                "DELETE FROM ticket WHERE id IN (SELECT t.id FROM guild g JOIN ticket t ON t.guild_id = g.id
                     WHERE g.left_at < $1 AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = t.id) LIMIT $2)
                 RETURNING id"
            }
            Self::LeftGuilds { .. } => {
                "DELETE FROM guild WHERE id IN (SELECT id FROM guild WHERE left_at < $1
                     AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = guild.id) LIMIT $2)
                 RETURNING id"
            }
            Self::Blocks { .. } => {
                "DELETE FROM block WHERE id IN (SELECT id FROM block WHERE ends_at <= $1 LIMIT $2) RETURNING id"
            }
            Self::Selections { .. } => {
                "DELETE FROM pending_selection WHERE (guild_id, user_id) IN (SELECT guild_id, user_id
                     FROM pending_selection WHERE expires_at <= $1 LIMIT $2)
                 RETURNING guild_id"
            }
        }
    }
}

/// Deletes at most [`BATCH`] rows of this kind. Returns their number. The cards of tickets go by steps, begun at `now`.
pub async fn delete_batch(db: &Database, expired: Expired, now: Timestamp) -> Result<u64> {
    let mut tx = db.begin_write().await?;
    let rows = sqlx::query(expired.statement())
        .bind(expired.moment().to_column())
        .bind(BATCH.cast_signed())
        .fetch_all(&mut *tx.0)
        .await?;
    // The bot cannot reach a guild that it left.
    if matches!(expired, Expired::Closed { .. } | Expired::Dormant { .. } | Expired::DeletionRequested { .. }) {
        cards::take_off_deleted(&mut tx, &rows, now).await?;
    }
    if !rows.is_empty() {
        tx.commit().await?;
    }
    Ok(rows.len() as u64)
}

/// Deletes guilds with neither an inbox nor a ticket nor a step nor a canned reply nor a block, at most [`BATCH`] of
/// them.
pub async fn delete_empty_guilds(db: &Database) -> Result<u64> {
    // Read without the writer, because there is almost never one.
    let empty: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM guild WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE guild_id = guild.id)
             AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = guild.id)
             AND NOT EXISTS (SELECT 1 FROM step WHERE guild_id = guild.id)
             AND NOT EXISTS (SELECT 1 FROM reply WHERE guild_id = guild.id)
             AND NOT EXISTS (SELECT 1 FROM block WHERE guild_id = guild.id) LIMIT $1",
    )
    .bind(BATCH.cast_signed())
    .fetch_all(&db.reader)
    .await?;
    let mut deleted = 0;
    for guild in empty {
        let sql = "DELETE FROM guild WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM inbox WHERE guild_id = $1)
             AND NOT EXISTS (SELECT 1 FROM ticket WHERE guild_id = $1) AND NOT EXISTS (SELECT 1 FROM step WHERE guild_id = $1)
             AND NOT EXISTS (SELECT 1 FROM reply WHERE guild_id = $1)
             AND NOT EXISTS (SELECT 1 FROM block WHERE guild_id = $1)";
        deleted += sqlx::query(sql).bind(guild).execute(&db.writer).await?.rows_affected();
    }
    Ok(deleted)
}
