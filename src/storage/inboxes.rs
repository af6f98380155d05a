//! Inboxes and their staff.

use std::time::Duration;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId};
use crate::domain::staff::StaffMember;

/// An inbox as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    pub id: InboxId,
    pub guild: GuildId,
    pub channel: ChannelId,
    pub destination: ChannelId,
    /// The starter message's template; `None` is the default sentence in the guild's language.
    pub starter: Option<String>,
    /// The template of a ticket's name; `None` is the default.
    pub ticket_name: Option<String>,
    /// Tickets a member may have open at once; 0 is any number.
    pub member_limit: u32,
    pub slowmode: Duration,
}

/// An inbox that has just been posted.
#[derive(Clone, Debug)]
pub struct NewInbox {
    pub guild: GuildId,
    /// The guild's language, as Discord names it.
    pub guild_locale: String,
    pub channel: ChannelId,
    pub message: MessageId,
    pub destination: ChannelId,
    pub slowmode: Duration,
    pub staff: Vec<StaffMember>,
    pub at: Timestamp,
}

pub(super) fn from_row(row: &SqliteRow) -> Result<Inbox> {
    Ok(Inbox {
        id: InboxId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        channel: ChannelId::from_column(row.try_get("channel_id")?),
        destination: ChannelId::from_column(row.try_get("destination_id")?),
        starter: row.try_get("starter")?,
        ticket_name: row.try_get("ticket_name")?,
        member_limit: u32::try_from(row.try_get::<i64, _>("member_limit")?).unwrap_or(u32::MAX),
        slowmode: Duration::from_column(row.try_get("slowmode_seconds")?),
    })
}

/// Stores an inbox with its staff, and its guild when it is the guild's first.
pub async fn insert(db: &Database, new: &NewInbox) -> Result<InboxId> {
    let mut tx = db.begin_write().await?;
    sqlx::query(
        "INSERT INTO guild (id, locale) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET locale = excluded.locale, left_at = NULL",
    )
    .bind(new.guild.to_column())
    .bind(&new.guild_locale)
    .execute(&mut *tx.0)
    .await?;
    let id = sqlx::query_scalar(
        "INSERT INTO inbox (guild_id, channel_id, message_id, destination_id, slowmode_seconds, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    )
    .bind(new.guild.to_column())
    .bind(new.channel.to_column())
    .bind(new.message.to_column())
    .bind(new.destination.to_column())
    .bind(new.slowmode.to_column())
    .bind(new.at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(InboxId::from_column)?;
    for (position, member) in (0_i64..).zip(&new.staff) {
        sqlx::query("INSERT INTO inbox_staff (inbox_id, mention, position) VALUES ($1, $2, $3)")
            .bind(id.to_column())
            .bind(member.to_string())
            .bind(position)
            .execute(&mut *tx.0)
            .await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// The inbox whose message this is. In a write transaction, because what follows depends on it.
pub async fn find_by_message(tx: &mut WriteTx, message: MessageId) -> Result<Option<Inbox>> {
    sqlx::query(
        "SELECT id, guild_id, channel_id, destination_id, starter, ticket_name, member_limit, slowmode_seconds
         FROM inbox WHERE message_id = $1",
    )
    .bind(message.to_column())
    .fetch_optional(&mut *tx.0)
    .await?
    .map(|row| from_row(&row))
    .transpose()
}

/// An inbox's staff, in the order in which they are mentioned.
pub async fn staff(tx: &mut WriteTx, inbox: InboxId) -> Result<Vec<StaffMember>> {
    let mentions: Vec<String> =
        sqlx::query_scalar("SELECT mention FROM inbox_staff WHERE inbox_id = $1 ORDER BY position")
            .bind(inbox.to_column())
            .fetch_all(&mut *tx.0)
            .await?;
    mentions.iter().map(|mention| mention.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))).collect()
}

/// The inbox messages among these are gone: their inboxes stay, without a message. Returns how many there were.
pub async fn detach_messages(db: &Database, channel: ChannelId, messages: &[MessageId]) -> Result<u64> {
    // Most deleted messages are nobody's inbox: look with a reader before taking the writer.
    let inboxes: Vec<(i64, i64)> =
        sqlx::query_as("SELECT id, message_id FROM inbox WHERE channel_id = $1 AND message_id IS NOT NULL")
            .bind(channel.to_column())
            .fetch_all(&db.reader)
            .await?;
    let mut detached = 0;
    for (id, message) in inboxes {
        if messages.contains(&MessageId::from_column(message)) {
            detached += sqlx::query("UPDATE inbox SET message_id = NULL WHERE id = $1 AND message_id = $2")
                .bind(id)
                .bind(message)
                .execute(&db.writer)
                .await?
                .rows_affected();
        }
    }
    Ok(detached)
}

/// The messages of every inbox in this channel are gone with it.
pub async fn detach_channel(db: &Database, channel: ChannelId) -> Result<u64> {
    let done = sqlx::query("UPDATE inbox SET message_id = NULL WHERE channel_id = $1 AND message_id IS NOT NULL")
        .bind(channel.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected())
}

/// The slow mode of a channel has changed.
pub async fn set_slowmode(db: &Database, channel: ChannelId, slowmode: Duration) -> Result<()> {
    let differs: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM inbox WHERE channel_id = $1 AND slowmode_seconds <> $2 LIMIT 1")
            .bind(channel.to_column())
            .bind(slowmode.to_column())
            .fetch_optional(&db.reader)
            .await?;
    if differs.is_some() {
        sqlx::query("UPDATE inbox SET slowmode_seconds = $2 WHERE channel_id = $1")
            .bind(channel.to_column())
            .bind(slowmode.to_column())
            .execute(&db.writer)
            .await?;
    }
    Ok(())
}

/// A deleted role is nobody's staff any more.
pub async fn forget_role(db: &Database, guild: GuildId, role: RoleId) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM inbox_staff WHERE mention = $2 AND inbox_id IN (SELECT id FROM inbox WHERE guild_id = $1)",
    )
    .bind(guild.to_column())
    .bind(StaffMember::Role(role).to_string())
    .execute(&db.writer)
    .await?;
    Ok(done.rows_affected())
}

/// Roles that were deleted while nobody listened are nobody's staff any more.
pub async fn retain_roles(db: &Database, guild: GuildId, existing: &[RoleId]) -> Result<()> {
    let staff: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT s.mention FROM inbox_staff s JOIN inbox i ON i.id = s.inbox_id WHERE i.guild_id = $1",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    for mention in staff {
        if let Ok(StaffMember::Role(role)) = mention.parse()
            && !existing.contains(&role)
        {
            forget_role(db, guild, role).await?;
        }
    }
    Ok(())
}
