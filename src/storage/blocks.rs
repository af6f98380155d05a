//! Members who cannot open tickets, in a whole guild or in an inbox.
//!
//! A block that has ended has no effect; `retention` deletes it.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, InboxId, UserId};

/// A stored block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub guild: GuildId,
    /// `None`: in the whole guild.
    pub inbox: Option<InboxId>,
    pub user: UserId,
    /// `None`: erased at their request.
    pub by: Option<UserId>,
    pub at: Timestamp,
    /// `None`: until it is taken back.
    pub ends_at: Option<Timestamp>,
}

/// Blocks a member, in place of an earlier block of the same extent.
pub async fn set(tx: &mut WriteTx, block: &Block) -> Result<()> {
    take_back(tx, block.guild, block.user, block.inbox).await?;
    sqlx::query(
        "INSERT INTO block (guild_id, inbox_id, user_id, blocked_by, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(block.guild.to_column())
    .bind(block.inbox.map(Column::to_column))
    .bind(block.user.to_column())
    .bind(block.by.map(Column::to_column))
    .bind(block.at.to_column())
    .bind(block.ends_at.map(Column::to_column))
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// Takes a block of this extent back. False: there is none.
pub async fn take_back(tx: &mut WriteTx, guild: GuildId, user: UserId, inbox: Option<InboxId>) -> Result<bool> {
    let done = sqlx::query("DELETE FROM block WHERE user_id = $1 AND guild_id = $2 AND inbox_id IS $3")
        .bind(user.to_column())
        .bind(guild.to_column())
        .bind(inbox.map(Column::to_column))
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// A member's blocks in a guild that have not ended.
pub async fn of_member(tx: &mut WriteTx, guild: GuildId, user: UserId, now: Timestamp) -> Result<Vec<Block>> {
    let rows = sqlx::query(
        "SELECT guild_id, inbox_id, user_id, blocked_by, created_at, ends_at FROM block
         WHERE user_id = $1 AND guild_id = $2 AND (ends_at IS NULL OR ends_at > $3) ORDER BY inbox_id",
    )
    .bind(user.to_column())
    .bind(guild.to_column())
    .bind(now.to_column())
    .fetch_all(&mut *tx.0)
    .await?;
    rows.iter().map(from_row).collect()
}

/// Whether a member is blocked in this inbox, or in the whole guild.
pub async fn holds(
    tx: &mut WriteTx,
    guild: GuildId,
    inbox: Option<InboxId>,
    user: UserId,
    now: Timestamp,
) -> Result<bool> {
    let blocks = of_member(tx, guild, user, now).await?;
    Ok(blocks.iter().any(|block| block.inbox.is_none() || block.inbox == inbox))
}

/// All blocks of a guild that have not ended, the newest first.
pub async fn list(db: &Database, guild: GuildId, now: Timestamp) -> Result<Vec<Block>> {
    let rows = sqlx::query(
        "SELECT guild_id, inbox_id, user_id, blocked_by, created_at, ends_at FROM block
         WHERE guild_id = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id DESC",
    )
    .bind(guild.to_column())
    .bind(now.to_column())
    .fetch_all(&db.reader)
    .await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &SqliteRow) -> Result<Block> {
    Ok(Block {
        guild: GuildId::from_column(row.try_get("guild_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        user: UserId::from_column(row.try_get("user_id")?),
        by: row.try_get::<Option<i64>, _>("blocked_by")?.map(UserId::from_column),
        at: Timestamp::from_column(row.try_get("created_at")?),
        ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Timestamp::from_column),
    })
}
