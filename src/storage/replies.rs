//! Canned replies: list, find, insert, change, delete. They hold what admins have written.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::canned_reply::Name;
use crate::domain::ids::{GuildId, InboxId, ReplyId};

/// A stored reply.
#[derive(Clone, PartialEq, Eq)]
pub struct CannedReply {
    pub id: ReplyId,
    pub guild: GuildId,
    /// `None`: for all inboxes.
    pub inbox: Option<InboxId>,
    pub name: String,
    pub text: String,
    /// The number of its changes.
    pub revision: u32,
}

/// Never shows what people have written.
impl std::fmt::Debug for CannedReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CannedReply").field("id", &self.id).field("revision", &self.revision).finish_non_exhaustive()
    }
}

macro_rules! select_reply {
    ($condition:literal) => {
        concat!("SELECT id, guild_id, inbox_id, name, text, revision FROM reply WHERE ", $condition)
    };
}

/// A guild's replies, by name.
pub async fn list(db: &Database, guild: GuildId) -> Result<Vec<CannedReply>> {
    let sql = select_reply!("guild_id = $1 ORDER BY name_key");
    let rows = sqlx::query(sql).bind(guild.to_column()).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// The names of a guild's replies, with the inbox of those that are for one only.
pub async fn list_names(db: &Database, guild: GuildId) -> Result<Vec<(String, Option<InboxId>)>> {
    let rows: Vec<(String, Option<i64>)> =
        sqlx::query_as("SELECT name, inbox_id FROM reply WHERE guild_id = $1 ORDER BY name_key")
            .bind(guild.to_column())
            .fetch_all(&db.reader)
            .await?;
    Ok(rows.into_iter().map(|(name, inbox)| (name, inbox.map(InboxId::from_column))).collect())
}

/// The reply of a guild with this name.
pub async fn find_named(db: &Database, guild: GuildId, name: &Name) -> Result<Option<CannedReply>> {
    let row = sqlx::query(select_reply!("guild_id = $1 AND name_key = $2"))
        .bind(guild.to_column())
        .bind(name.key())
        .fetch_optional(&db.reader)
        .await?;
    row.map(|row| from_row(&row)).transpose()
}

pub async fn find(db: &Database, reply: ReplyId) -> Result<Option<CannedReply>> {
    let row = sqlx::query(select_reply!("id = $1")).bind(reply.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The same; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, reply: ReplyId) -> Result<Option<CannedReply>> {
    let row = sqlx::query(select_reply!("id = $1")).bind(reply.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// All replies of a guild, with their names as names are compared.
pub async fn load_all(tx: &mut WriteTx, guild: GuildId) -> Result<Vec<(ReplyId, String)>> {
    let rows: Vec<(i64, String)> = sqlx::query_as("SELECT id, name_key FROM reply WHERE guild_id = $1")
        .bind(guild.to_column())
        .fetch_all(&mut *tx.0)
        .await?;
    Ok(rows.into_iter().map(|(id, key)| (ReplyId::from_column(id), key)).collect())
}

/// Deletes a reply; one that was deleted before is no error.
pub async fn delete_in(tx: &mut WriteTx, guild: GuildId, reply: ReplyId) -> Result<()> {
    sqlx::query("DELETE FROM reply WHERE id = $1 AND guild_id = $2")
        .bind(reply.to_column())
        .bind(guild.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// The number of a guild's replies.
pub async fn count(tx: &mut WriteTx, guild: GuildId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM reply WHERE guild_id = $1")
        .bind(guild.to_column())
        .fetch_one(&mut *tx.0)
        .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Stores a new reply. False: another one has its name.
pub async fn insert(tx: &mut WriteTx, guild: GuildId, inbox: Option<InboxId>, name: &Name, text: &str) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO reply (guild_id, inbox_id, name, name_key, text) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (guild_id, name_key) DO NOTHING",
    )
    .bind(guild.to_column())
    .bind(inbox.map(Column::to_column))
    .bind(name.as_str())
    .bind(name.key())
    .bind(text)
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a reply, and counts it. False: another one has its name.
pub async fn change(tx: &mut WriteTx, reply: ReplyId, inbox: Option<InboxId>, name: &Name, text: &str) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE reply SET inbox_id = $2, name = $3, name_key = $4, text = $5, revision = revision + 1
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM reply other
             WHERE other.guild_id = reply.guild_id AND other.name_key = $4 AND other.id <> reply.id)",
    )
    .bind(reply.to_column())
    .bind(inbox.map(Column::to_column))
    .bind(name.as_str())
    .bind(name.key())
    .bind(text)
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a reply. False: it was deleted before.
pub async fn delete(db: &Database, guild: GuildId, reply: ReplyId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM reply WHERE id = $1 AND guild_id = $2")
        .bind(reply.to_column())
        .bind(guild.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected() == 1)
}

fn from_row(row: &SqliteRow) -> Result<CannedReply> {
    Ok(CannedReply {
        id: ReplyId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        name: row.try_get("name")?,
        text: row.try_get("text")?,
        revision: u32::try_from(row.try_get::<i64, _>("revision")?).unwrap_or(u32::MAX),
    })
}
