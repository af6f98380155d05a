//! Panels: inserted with their first inbox, reposted, changed, drawn, and deleted with their last one. `inbox_facts`
//! records changes on Discord.
//!
//! Whatever changes what a panel's message shows counts the change in the panel's row ([`touch`]), in the same
//! transaction. The message is drawn while `drawn < shown`.

use std::time::Duration;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::inboxes::{self, Inbox};
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, PanelId};
use crate::domain::panel::{Panel, Style};

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
    let style: &str = row.try_get("style")?;
    Ok(Some(Panel {
        id: PanelId::from_column(id),
        channel: ChannelId::from_column(row.try_get("channel_id")?),
        message: row.try_get::<Option<i64>, _>("message_id")?.map(MessageId::from_column),
        slowmode: Duration::from_column(row.try_get("slowmode_seconds")?),
        style: style.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        revision: u32::try_from(row.try_get::<i64, _>("panel_revision")?).unwrap_or(u32::MAX),
        is_stale: row.try_get("is_stale")?,
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

/// Inserts a panel whose message is still to be posted.
pub async fn insert_unposted(
    tx: &mut WriteTx,
    guild: GuildId,
    channel: ChannelId,
    style: Style,
    at: Timestamp,
) -> Result<PanelId> {
    sqlx::query_scalar(
        "INSERT INTO panel (guild_id, channel_id, slowmode_seconds, style, created_at) VALUES ($1, $2, 0, $3, $4)
         RETURNING id",
    )
    .bind(guild.to_column())
    .bind(channel.to_column())
    .bind(style.as_str())
    .bind(at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(PanelId::from_column)
}

/// Stores the message of a panel that had none. False: it has one by now, or was deleted.
pub async fn set_posted(tx: &mut WriteTx, panel: PanelId, new: NewPanel, drawn: Drawn) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE panel SET message_id = $2, slowmode_seconds = $3, drawn = $4, plain_inbox_id = $5
         WHERE id = $1 AND message_id IS NULL",
    )
    .bind(panel.to_column())
    .bind(new.message.to_column())
    .bind(new.slowmode.to_column())
    .bind(drawn.changes)
    .bind(drawn.alone.map(Column::to_column))
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The messages of the panels in a channel.
pub async fn messages_in(db: &Database, channel: ChannelId) -> Result<Vec<MessageId>> {
    let messages: Vec<i64> =
        sqlx::query_scalar("SELECT message_id FROM panel WHERE channel_id = $1 AND message_id IS NOT NULL")
            .bind(channel.to_column())
            .fetch_all(&db.reader)
            .await?;
    Ok(messages.into_iter().map(MessageId::from_column).collect())
}

/// Stores a reposted panel, maybe in another channel; an inbox without a panel gets one. The new message shows what was
/// `drawn`: what has changed since is drawn once more. Returns the panel as it was before; `None` when the inbox was deleted.
pub async fn repost(
    db: &Database,
    inbox: InboxId,
    new: NewPanel,
    drawn: Drawn,
    at: Timestamp,
) -> Result<Option<Reposted>> {
    let mut tx = db.begin_write().await?;
    let Some(found) = inboxes::load(&mut tx, inbox).await? else { return Ok(None) };
    if let Some(panel) = found.panel {
        sqlx::query(
            "UPDATE panel SET channel_id = $2, message_id = $3, slowmode_seconds = $4, drawn = $5, plain_inbox_id = $6
             WHERE id = $1",
        )
        .bind(panel.id.to_column())
        .bind(new.channel.to_column())
        .bind(new.message.to_column())
        .bind(new.slowmode.to_column())
        .bind(drawn.changes)
        .bind(drawn.alone.map(Column::to_column))
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
pub async fn delete_if_empty(tx: &mut WriteTx, panel: PanelId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM panel WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM inbox WHERE panel_id = $1)")
        .bind(panel.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A panel with everything that its message shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    pub panel: Panel,
    pub guild: GuildId,
    /// The guild's language.
    pub locale: String,
    /// The changes that it shows.
    pub changes: i64,
    /// By their order on the panel.
    pub inboxes: Vec<Inbox>,
}

impl Face {
    /// What a message with this face shows.
    pub fn drawn(&self) -> Drawn {
        let alone = match &self.inboxes[..] {
            [inbox] => Some(inbox.id),
            _ => None,
        };
        Drawn { changes: self.changes, alone }
    }
}

/// What was drawn of a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub changes: i64,
    /// The inbox whose button names none, because it was alone.
    pub alone: Option<InboxId>,
}

/// `None`: the panel was deleted.
pub async fn find_face(db: &Database, panel: PanelId) -> Result<Option<Face>> {
    // The count is read first: what changes in between is drawn once more.
    let row = sqlx::query("SELECT p.shown, g.locale FROM panel p JOIN guild g ON g.id = p.guild_id WHERE p.id = $1")
        .bind(panel.to_column())
        .fetch_optional(&db.reader)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let inboxes = inboxes::list_on(db, panel).await?;
    let Some(first) = inboxes.first() else { return Ok(None) };
    let Some(panel) = first.panel else { return Ok(None) };
    Ok(Some(Face {
        panel,
        guild: first.guild,
        locale: row.try_get("locale")?,
        changes: row.try_get("shown")?,
        inboxes,
    }))
}

/// The message shows this much, if it is still the panel's.
pub async fn set_drawn(db: &Database, panel: PanelId, message: MessageId, drawn: Drawn) -> Result<()> {
    sqlx::query("UPDATE panel SET drawn = max(drawn, $3), plain_inbox_id = $4 WHERE id = $1 AND message_id = $2")
        .bind(panel.to_column())
        .bind(message.to_column())
        .bind(drawn.changes)
        .bind(drawn.alone.map(Column::to_column))
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The message will not show so many changes: it cannot be edited.
pub async fn give_up(db: &Database, panel: PanelId, changes: i64) -> Result<()> {
    sqlx::query("UPDATE panel SET drawn = max(drawn, $2) WHERE id = $1")
        .bind(panel.to_column())
        .bind(changes)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Counts a change of what a panel shows.
pub async fn touch(tx: &mut WriteTx, panel: PanelId) -> Result<()> {
    sqlx::query("UPDATE panel SET shown = shown + 1 WHERE id = $1").bind(panel.to_column()).execute(&mut *tx.0).await?;
    Ok(())
}

/// The same for the panel with this message: drawing it again resets its menu. False: there is none.
pub async fn touch_message(db: &Database, message: MessageId) -> Result<bool> {
    let done = sqlx::query("UPDATE panel SET shown = shown + 1 WHERE message_id = $1")
        .bind(message.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The inboxes, the style or the order were changed.
async fn advance(tx: &mut WriteTx, panel: PanelId) -> Result<()> {
    sqlx::query("UPDATE panel SET shown = shown + 1, revision = revision + 1 WHERE id = $1")
        .bind(panel.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Another inbox was added at the end. The button of the one that was alone goes on standing for it.
pub(super) async fn on_added(tx: &mut WriteTx, panel: PanelId, added: InboxId) -> Result<()> {
    sqlx::query(
        "UPDATE panel SET plain_inbox_id = (SELECT min(id) FROM inbox WHERE panel_id = $1 AND id <> $2)
         WHERE id = $1 AND plain_inbox_id IS NULL
             AND (SELECT count(*) FROM inbox WHERE panel_id = $1 AND id <> $2) = 1",
    )
    .bind(panel.to_column())
    .bind(added.to_column())
    .execute(&mut *tx.0)
    .await?;
    advance(tx, panel).await
}

/// An inbox of the panel was deleted. A button without a number goes on standing for it until the panel is drawn.
pub(super) async fn on_deleted(tx: &mut WriteTx, panel: PanelId) -> Result<()> {
    advance(tx, panel).await
}

pub async fn set_style(tx: &mut WriteTx, panel: PanelId, style: Style) -> Result<()> {
    sqlx::query("UPDATE panel SET style = $2 WHERE id = $1")
        .bind(panel.to_column())
        .bind(style.as_str())
        .execute(&mut *tx.0)
        .await?;
    advance(tx, panel).await
}

/// Stores the order of a panel's inboxes.
pub async fn set_order(tx: &mut WriteTx, panel: PanelId, order: &[InboxId]) -> Result<()> {
    for (position, inbox) in (0_i64..).zip(order) {
        sqlx::query("UPDATE inbox SET position = $3 WHERE id = $2 AND panel_id = $1")
            .bind(panel.to_column())
            .bind(inbox.to_column())
            .bind(position)
            .execute(&mut *tx.0)
            .await?;
    }
    advance(tx, panel).await
}

/// The button of an inbox that is alone on a panel goes on standing for it, whatever else is put there, until the panel is
/// drawn.
pub async fn keep_lone_button(tx: &mut WriteTx, panel: PanelId) -> Result<()> {
    sqlx::query(
        "UPDATE panel SET plain_inbox_id = (SELECT id FROM inbox WHERE panel_id = $1)
         WHERE id = $1 AND plain_inbox_id IS NULL AND (SELECT count(*) FROM inbox WHERE panel_id = $1) = 1",
    )
    .bind(panel.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// Puts these inboxes of the guild on a panel, in this order.
pub async fn arrange(tx: &mut WriteTx, panel: PanelId, order: &[InboxId]) -> Result<()> {
    for inbox in order {
        sqlx::query("UPDATE inbox SET panel_id = $1 WHERE id = $2")
            .bind(panel.to_column())
            .bind(inbox.to_column())
            .execute(&mut *tx.0)
            .await?;
    }
    set_order(tx, panel, order).await
}

/// Takes an inbox off its panel.
pub async fn take_off(tx: &mut WriteTx, inbox: InboxId) -> Result<()> {
    sqlx::query("UPDATE inbox SET panel_id = NULL, position = 0 WHERE id = $1")
        .bind(inbox.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// The channels with panels to draw, of guilds that the bot is in.
pub async fn list_stale_channels(db: &Database) -> Result<Vec<(ChannelId, GuildId)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT DISTINCT p.channel_id, p.guild_id FROM panel p JOIN guild g ON g.id = p.guild_id
         WHERE p.drawn < p.shown AND p.message_id IS NOT NULL AND g.left_at IS NULL",
    )
    .fetch_all(&db.reader)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(channel, guild)| (ChannelId::from_column(channel), GuildId::from_column(guild)))
        .collect())
}

/// The panels to draw in a channel, oldest first.
pub async fn list_stale(db: &Database, channel: ChannelId) -> Result<Vec<PanelId>> {
    let panels: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM panel WHERE channel_id = $1 AND drawn < shown AND message_id IS NOT NULL ORDER BY id",
    )
    .bind(channel.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(panels.into_iter().map(PanelId::from_column).collect())
}

/// Whether this message is a panel of the guild with an inbox.
pub async fn has_message(tx: &mut WriteTx, guild: GuildId, message: MessageId) -> Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM panel p JOIN inbox i ON i.panel_id = p.id
             WHERE p.message_id = $2 AND p.guild_id = $1)",
    )
    .bind(guild.to_column())
    .bind(message.to_column())
    .fetch_one(&mut *tx.0)
    .await
}
