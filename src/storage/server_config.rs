//! All that is set up in a server, read at one moment and written in one transaction. `domain::server_config` is the
//! value; `inbox_settings`, `server_settings`, `panels`, `replies` and `blocks` store its parts.

use std::collections::HashMap;

use sqlx::{Row, SqliteConnection};

use super::inboxes::{self, write_staff};
use super::snowflake::Column;
use super::{Database, Result, WriteTx, inbox_settings, server_settings};
use crate::domain::canned_reply::Name;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, PanelId, UserId};
use crate::domain::server_config::{BlockConfig, InboxConfig, InboxKey, PanelConfig, ReplyConfig, ServerConfig};
use crate::domain::settings::{InboxSettings, Revisions};
use crate::domain::staff::StaffMember;

/// `None`: nothing is stored about the server.
pub async fn find(db: &Database, guild: GuildId, now: Timestamp) -> Result<Option<ServerConfig>> {
    // One transaction: all parts are of one moment.
    let mut tx = db.reader.begin().await?;
    read(&mut tx, guild, now).await
}

/// The same; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, guild: GuildId, now: Timestamp) -> Result<Option<ServerConfig>> {
    read(&mut tx.0, guild, now).await
}

async fn read(connection: &mut SqliteConnection, guild: GuildId, now: Timestamp) -> Result<Option<ServerConfig>> {
    let row = sqlx::query(server_settings::SELECT).bind(guild.to_column()).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let server = server_settings::from_row(&row)?.settings;
    let panels: Vec<(i64, i64, Option<i64>, String)> =
        sqlx::query_as("SELECT id, channel_id, message_id, style FROM panel WHERE guild_id = $1 ORDER BY id")
            .bind(guild.to_column())
            .fetch_all(&mut *connection)
            .await?;
    let panels = panels.into_iter().map(|(id, channel, message, style)| {
        Ok(PanelConfig {
            id: PanelId::from_column(id),
            channel: ChannelId::from_column(channel),
            message: message.map(MessageId::from_column),
            style: style.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            content: None,
        })
    });
    let panels = panels.collect::<Result<_>>()?;
    let mut staff = read_staff(connection, guild).await?;
    let rows = sqlx::query(
        "SELECT id, panel_id, destination_id, member_limit, card_channel_id, log_channel_id, settings FROM inbox
         WHERE guild_id = $1 ORDER BY panel_id IS NULL, panel_id, position, id",
    )
    .bind(guild.to_column())
    .fetch_all(&mut *connection)
    .await?;
    let inboxes = rows.iter().map(|row| {
        let id = InboxId::from_column(row.try_get("id")?);
        let panel = row.try_get::<Option<i64>, _>("panel_id")?.map(PanelId::from_column);
        let settings = inbox_settings::from_row(row)?;
        Ok(InboxConfig { id: Some(id), panel, settings, staff: staff.remove(&id).unwrap_or_default() })
    });
    let inboxes = inboxes.collect::<Result<_>>()?;
    let (replies, blocks) = (read_replies(connection, guild).await?, read_blocks(connection, guild, now).await?);
    Ok(Some(ServerConfig { server, panels, inboxes, replies, blocks }))
}

async fn read_replies(connection: &mut SqliteConnection, guild: GuildId) -> Result<Vec<ReplyConfig>> {
    let rows: Vec<(Option<i64>, String, String)> =
        sqlx::query_as("SELECT inbox_id, name, text FROM reply WHERE guild_id = $1 ORDER BY name_key")
            .bind(guild.to_column())
            .fetch_all(connection)
            .await?;
    let replies = rows.into_iter().map(|(inbox, name, text)| {
        let name =
            Name::parse(&name).ok_or_else(|| sqlx::Error::Decode("the name of a reply cannot be read".into()))?;
        Ok(ReplyConfig { name, inbox: inbox.map(known), text })
    });
    replies.collect()
}

/// Those that have not ended.
async fn read_blocks(connection: &mut SqliteConnection, guild: GuildId, now: Timestamp) -> Result<Vec<BlockConfig>> {
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = sqlx::query_as(
        "SELECT user_id, inbox_id, ends_at FROM block WHERE guild_id = $1 AND (ends_at IS NULL OR ends_at > $2)",
    )
    .bind(guild.to_column())
    .bind(now.to_column())
    .fetch_all(connection)
    .await?;
    let blocks = rows.into_iter().map(|(user, inbox, ends_at)| BlockConfig {
        user: UserId::from_column(user),
        inbox: inbox.map(known),
        ends_at: ends_at.map(Timestamp::from_column),
    });
    let mut blocks: Vec<_> = blocks.collect();
    blocks.sort_unstable();
    Ok(blocks)
}

fn known(inbox: i64) -> InboxKey {
    InboxKey::Known(InboxId::from_column(inbox))
}

/// The staff of all inboxes of a server, in the order of their mentions.
async fn read_staff(connection: &mut SqliteConnection, guild: GuildId) -> Result<HashMap<InboxId, Vec<StaffMember>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT s.inbox_id, s.mention FROM inbox i JOIN inbox_staff s ON s.inbox_id = i.id
         WHERE i.guild_id = $1 ORDER BY s.inbox_id, s.position",
    )
    .bind(guild.to_column())
    .fetch_all(connection)
    .await?;
    let mut staff: HashMap<InboxId, Vec<StaffMember>> = HashMap::new();
    for (inbox, mention) in rows {
        staff.entry(InboxId::from_column(inbox)).or_default().extend(inboxes::parse_staff(&[mention])?);
    }
    Ok(staff)
}

/// Stores the server, if it is not stored yet.
pub async fn insert_guild(tx: &mut WriteTx, guild: GuildId, locale: &str) -> Result<()> {
    sqlx::query("INSERT INTO guild (id, locale) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(guild.to_column())
        .bind(locale)
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Stores an inbox that is on no panel yet, with its staff.
pub async fn insert_inbox(
    tx: &mut WriteTx,
    guild: GuildId,
    settings: &InboxSettings,
    staff: &[StaffMember],
    at: Timestamp,
) -> Result<InboxId> {
    let id =
        sqlx::query_scalar("INSERT INTO inbox (guild_id, destination_id, created_at) VALUES ($1, $2, $3) RETURNING id")
            .bind(guild.to_column())
            .bind(settings.destination.to_column())
            .bind(at.to_column())
            .fetch_one(&mut *tx.0)
            .await
            .map(InboxId::from_column)?;
    inbox_settings::write(tx, id, settings, &Revisions::default()).await?;
    write_staff(tx, id, staff).await?;
    Ok(id)
}
