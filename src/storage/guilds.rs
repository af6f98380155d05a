//! Guilds: their language, and other facts that inboxes depend on.

use super::snowflake::Column;
use super::{Database, Result, cards};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId};

/// The locale of public messages in the guild; `None` for a guild without inboxes.
pub async fn find_locale(db: &Database, guild: GuildId) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT locale FROM guild WHERE id = $1")
        .bind(guild.to_column())
        .fetch_optional(&db.reader)
        .await
}

/// How many tickets of the guild have a number.
pub async fn ticket_counter(db: &Database, guild: GuildId) -> Result<u32> {
    let counter: Option<i64> = sqlx::query_scalar("SELECT ticket_counter FROM guild WHERE id = $1")
        .bind(guild.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(u32::try_from(counter.unwrap_or(0)).unwrap_or(u32::MAX))
}

/// A stored guild, which has inboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGuild {
    pub locale: String,
    /// Whether the bot is assumed to be a member.
    pub is_present: bool,
}

pub async fn find(db: &Database, guild: GuildId) -> Result<Option<StoredGuild>> {
    let row: Option<(String, bool)> = sqlx::query_as("SELECT locale, left_at IS NULL FROM guild WHERE id = $1")
        .bind(guild.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(row.map(|(locale, is_present)| StoredGuild { locale, is_present }))
}

/// Stores that the bot is a member of this guild, and its language, unless that is known.
pub async fn set_present(db: &Database, guild: GuildId, before: &StoredGuild, locale: &str) -> Result<()> {
    if before.is_present && before.locale == locale {
        return Ok(());
    }
    let mut tx = db.begin_write().await?;
    sqlx::query("UPDATE guild SET locale = $2, left_at = NULL WHERE id = $1")
        .bind(guild.to_column())
        .bind(locale)
        .execute(&mut *tx.0)
        .await?;
    if before.locale != locale {
        cards::outdate_guild(&mut tx, guild).await?;
    }
    tx.commit().await
}

/// Stores that the bot was removed from this guild. Its inboxes are kept for a while, in case it returns.
pub async fn set_left(db: &Database, guild: GuildId, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE guild SET left_at = $2 WHERE id = $1 AND left_at IS NULL")
        .bind(guild.to_column())
        .bind(at.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The channels of this guild's panels, and those of its tickets.
pub async fn inbox_channels(db: &Database, guild: GuildId) -> Result<Vec<ChannelId>> {
    let channels: Vec<i64> = sqlx::query_scalar(
        "SELECT channel_id FROM panel WHERE guild_id = $1 UNION SELECT destination_id FROM inbox WHERE guild_id = $1",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(channels.into_iter().map(ChannelId::from_column).collect())
}

/// The guilds that the bot is assumed to be a member of.
pub async fn list_present(db: &Database) -> Result<Vec<GuildId>> {
    let guilds: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM guild WHERE left_at IS NULL ORDER BY id").fetch_all(&db.reader).await?;
    Ok(guilds.into_iter().map(GuildId::from_column).collect())
}
