//! Panels: inserted with their first inbox, reposted, and deleted with their last one. `inbox_facts` records changes on
//! Discord.

use std::time::Duration;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::inboxes;
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, PanelId};
use crate::domain::panel::Panel;

/// A newly posted panel message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPanel {
    pub channel: ChannelId,
    pub message: MessageId,
    /// Of its channel.
    pub slowmode: Duration,
}

/// The panel in a row of an inbox; `None` for an inbox on no panel.
pub(super) fn from_row(row: &SqliteRow) -> Result<Option<Panel>> {
    let Some(id) = row.try_get::<Option<i64>, _>("panel_id")? else { return Ok(None) };
    Ok(Some(Panel {
        id: PanelId::from_column(id),
        channel: ChannelId::from_column(row.try_get("channel_id")?),
        message: row.try_get::<Option<i64>, _>("message_id")?.map(MessageId::from_column),
        slowmode: Duration::from_column(row.try_get("slowmode_seconds")?),
    }))
}

pub(super) async fn insert(tx: &mut WriteTx, guild: GuildId, new: NewPanel, at: Timestamp) -> Result<PanelId> {
    sqlx::query_scalar(
        "INSERT INTO panel (guild_id, channel_id, message_id, slowmode_seconds, created_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
    )
    .bind(guild.to_column())
    .bind(new.channel.to_column())
    .bind(new.message.to_column())
    .bind(new.slowmode.to_column())
    .bind(at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(PanelId::from_column)
}

/// Stores a reposted panel, maybe in another channel; an inbox without a panel gets one. Returns the panel as it was
/// before; `None` when the inbox was deleted.
pub async fn repost(db: &Database, inbox: InboxId, new: NewPanel, at: Timestamp) -> Result<Option<Reposted>> {
    let mut tx = db.begin_write().await?;
    let Some(found) = inboxes::load(&mut tx, inbox).await? else { return Ok(None) };
    if let Some(panel) = found.panel {
        sqlx::query(
            "UPDATE panel SET channel_id = $2, message_id = $3, slowmode_seconds = $4, revision = revision + 1
             WHERE id = $1",
        )
        .bind(panel.id.to_column())
        .bind(new.channel.to_column())
        .bind(new.message.to_column())
        .bind(new.slowmode.to_column())
        .execute(&mut *tx.0)
        .await?;
    } else {
        let panel = insert(&mut tx, found.guild, new, at).await?;
        sqlx::query("UPDATE inbox SET panel_id = $2 WHERE id = $1")
            .bind(inbox.to_column())
            .bind(panel.to_column())
            .execute(&mut *tx.0)
            .await?;
    }
    tx.commit().await?;
    Ok(Some(Reposted { before: found.panel }))
}

/// A reposted panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reposted {
    /// Its former message; `None`: there was none.
    pub before: Option<Panel>,
}

/// Deletes a panel without inboxes. False when it has one.
pub(super) async fn delete_if_empty(tx: &mut WriteTx, panel: PanelId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM panel WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM inbox WHERE panel_id = $1)")
        .bind(panel.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() == 1)
}
