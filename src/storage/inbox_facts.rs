//! Records changes on Discord to panels and to the staff of inboxes.

use std::time::Duration;

use sqlx::QueryBuilder;

use super::snowflake::Column;
use super::{Database, Result, WriteTx, inbox_settings, inboxes};
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId};
use crate::domain::staff::StaffMember;

/// Detaches deleted messages from their panels: the inboxes keep their settings. Returns the number of panels.
pub async fn detach_messages(db: &Database, channel: ChannelId, messages: &[MessageId]) -> Result<u64> {
    // Most deleted messages are not panels: read before taking the writer.
    let panels: Vec<(i64, i64)> =
        sqlx::query_as("SELECT id, message_id FROM panel WHERE channel_id = $1 AND message_id IS NOT NULL")
            .bind(channel.to_column())
            .fetch_all(&db.reader)
            .await?;
    let mut detached = 0;
    for (id, message) in panels {
        if messages.contains(&MessageId::from_column(message)) {
            detached += sqlx::query("UPDATE panel SET message_id = NULL WHERE id = $1 AND message_id = $2")
                .bind(id)
                .bind(message)
                .execute(&db.writer)
                .await?
                .rows_affected();
        }
    }
    Ok(detached)
}

/// Detaches the messages of every panel in a deleted channel.
pub async fn detach_channel(db: &Database, channel: ChannelId) -> Result<u64> {
    let done = sqlx::query("UPDATE panel SET message_id = NULL WHERE channel_id = $1 AND message_id IS NOT NULL")
        .bind(channel.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected())
}

/// The channels that the inboxes of a guild depend on: those of their panels, with the stored slow mode, and those of
/// their tickets.
pub async fn list_channels(db: &Database, guild: GuildId) -> Result<Vec<(ChannelId, Option<Duration>)>> {
    let channels: Vec<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT channel_id, slowmode_seconds FROM panel WHERE guild_id = $1
         UNION SELECT destination_id, NULL FROM inbox WHERE guild_id = $1",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    let to_types = |(channel, slowmode): (i64, Option<i64>)| {
        (ChannelId::from_column(channel), slowmode.map(Duration::from_column))
    };
    Ok(channels.into_iter().map(to_types).collect())
}

/// Stores the slow modes of these channels in one statement.
pub async fn set_slowmodes(db: &Database, changed: &[(ChannelId, Duration)]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut update = QueryBuilder::new("UPDATE panel SET slowmode_seconds = CASE channel_id");
    for &(channel, slowmode) in changed {
        update.push(" WHEN ").push_bind(channel.to_column()).push(" THEN ").push_bind(slowmode.to_column());
    }
    update.push(" END WHERE channel_id IN (");
    let mut channels = update.separated(", ");
    for (channel, _) in changed {
        channels.push_bind(channel.to_column());
    }
    update.push(")");
    // Its length varies: do not cache it.
    update.build().persistent(false).execute(&db.writer).await?;
    Ok(())
}

/// Stores the slow mode of a channel.
pub async fn set_slowmode(db: &Database, channel: ChannelId, slowmode: Duration) -> Result<()> {
    let differs: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM panel WHERE channel_id = $1 AND slowmode_seconds <> $2 LIMIT 1")
            .bind(channel.to_column())
            .bind(slowmode.to_column())
            .fetch_optional(&db.reader)
            .await?;
    if differs.is_some() {
        sqlx::query("UPDATE panel SET slowmode_seconds = $2 WHERE channel_id = $1")
            .bind(channel.to_column())
            .bind(slowmode.to_column())
            .execute(&db.writer)
            .await?;
    }
    Ok(())
}

/// Removes a deleted role, or a member who left the guild, from all staff; menus that show them become stale. Returns
/// the number of inboxes.
pub async fn forget_staff(db: &Database, guild: GuildId, gone: StaffMember) -> Result<u64> {
    let inboxes: Vec<i64> = sqlx::query_scalar(
        "SELECT s.inbox_id FROM inbox_staff s JOIN inbox i ON i.id = s.inbox_id WHERE i.guild_id = $1 AND s.mention = $2",
    )
    .bind(guild.to_column())
    .bind(gone.to_string())
    .fetch_all(&db.reader)
    .await?;
    drop_staff(db, inboxes, gone).await
}

/// Removes somebody from the staff of all inboxes in all guilds. Returns the number of inboxes.
pub(super) async fn forget_everywhere(db: &Database, gone: StaffMember) -> Result<u64> {
    let inboxes = sqlx::query_scalar("SELECT inbox_id FROM inbox_staff WHERE mention = $1")
        .bind(gone.to_string())
        .fetch_all(&db.reader)
        .await?;
    drop_staff(db, inboxes, gone).await
}

async fn drop_staff(db: &Database, inboxes: Vec<i64>, gone: StaffMember) -> Result<u64> {
    let mut dropped = 0;
    for inbox in inboxes.into_iter().map(InboxId::from_column) {
        let mut tx = db.begin_write().await?;
        let mut staff = inboxes::staff(&mut tx, inbox).await?;
        let before = staff.len();
        staff.retain(|member| *member != gone);
        if staff.len() < before {
            inbox_settings::replace_staff(&mut tx, inbox, &staff).await?;
            dropped += 1;
        }
        tx.commit().await?;
    }
    Ok(dropped)
}

/// The members and roles who are staff of the guild's inboxes.
pub async fn staff(db: &Database, guild: GuildId) -> Result<Vec<StaffMember>> {
    let staff: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT s.mention FROM inbox_staff s JOIN inbox i ON i.id = s.inbox_id WHERE i.guild_id = $1",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(staff.iter().filter_map(|mention| mention.parse().ok()).collect())
}

/// After how many days an inbox deletes the threads of closed tickets; 0: never.
pub async fn delete_days(tx: &mut WriteTx, inbox: InboxId) -> Result<u32> {
    let days: Option<Option<i64>> =
        sqlx::query_scalar("SELECT settings ->> '$.closing.delete_days' FROM inbox WHERE id = $1")
            .bind(inbox.to_column())
            .fetch_optional(&mut *tx.0)
            .await?;
    Ok(u32::try_from(days.flatten().unwrap_or(0)).unwrap_or(0))
}

/// The roles among the staff of the guild's inboxes.
pub async fn staff_roles(db: &Database, guild: GuildId) -> Result<Vec<RoleId>> {
    let roles = staff(db, guild).await?.into_iter().filter_map(|member| match member {
        StaffMember::Role(role) => Some(role),
        StaffMember::Member(_) => None,
    });
    Ok(roles.collect())
}
