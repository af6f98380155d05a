//! The contents of files that first messages of tickets show. An inbox's settings name them by digest; those that no inbox
//! of the guild names are deleted when such files are changed.

use std::collections::BTreeSet;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::ids::GuildId;

/// Stores a content, unless the guild has it already.
pub async fn insert(tx: &mut WriteTx, guild: GuildId, digest: &str, content: &[u8]) -> Result<()> {
    sqlx::query(
        "INSERT INTO template_file (guild_id, digest, content) VALUES ($1, $2, $3)
         ON CONFLICT (guild_id, digest) DO NOTHING",
    )
    .bind(guild.to_column())
    .bind(digest)
    .bind(content)
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// The content with this digest; `None`: the guild does not have it.
pub async fn find(db: &Database, guild: GuildId, digest: &str) -> Result<Option<Vec<u8>>> {
    sqlx::query_scalar("SELECT content FROM template_file WHERE guild_id = $1 AND digest = $2")
        .bind(guild.to_column())
        .bind(digest)
        .fetch_optional(&db.reader)
        .await
}

/// The digests of all contents of a guild.
pub async fn list(db: &Database, guild: GuildId) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT digest FROM template_file WHERE guild_id = $1")
        .bind(guild.to_column())
        .fetch_all(&db.reader)
        .await
}

/// The digests of the contents that an inbox of the guild names. They stay while its settings do.
pub async fn list_used(db: &Database, guild: GuildId) -> Result<BTreeSet<String>> {
    let digests: Vec<String> = sqlx::query_scalar(
        "SELECT digest FROM template_file WHERE guild_id = $1 AND digest IN (
             SELECT file.value ->> 'digest' FROM inbox i, json_each(i.settings, '$.message.files') file
             WHERE i.guild_id = $1)",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(digests.into_iter().collect())
}

/// The bytes of all contents of a guild.
pub async fn total(tx: &mut WriteTx, guild: GuildId) -> Result<u64> {
    let total: i64 =
        sqlx::query_scalar("SELECT coalesce(sum(length(content)), 0) FROM template_file WHERE guild_id = $1")
            .bind(guild.to_column())
            .fetch_one(&mut *tx.0)
            .await?;
    Ok(u64::try_from(total).unwrap_or(0))
}

/// Deletes the contents that no inbox of the guild names.
pub async fn delete_unused(tx: &mut WriteTx, guild: GuildId) -> Result<()> {
    sqlx::query(
        "DELETE FROM template_file WHERE guild_id = $1 AND digest NOT IN (
             SELECT file.value ->> 'digest' FROM inbox i, json_each(i.settings, '$.message.files') file
             WHERE i.guild_id = $1 AND file.value ->> 'digest' IS NOT NULL)",
    )
    .bind(guild.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}
