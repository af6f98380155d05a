//! A server's settings in its row: the channel of the log, which SQL searches, in a column, all others as JSON.
//! `domain::settings` defines their meaning, defaults and limits.

use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::inbox_settings::{as_json, read, revisions_from};
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::ids::{ChannelId, GuildId};
use crate::domain::settings::{Revisions, ServerSettings, to_stored};

/// The settings of a server, and the number of changes of each group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub settings: ServerSettings,
    pub revisions: Revisions,
}

pub(super) const SELECT: &str = "SELECT settings, revisions, log_channel_id FROM guild WHERE id = $1";

/// `None`: a server without inboxes.
pub async fn find(db: &Database, guild: GuildId) -> Result<Option<Server>> {
    let row = sqlx::query(SELECT).bind(guild.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The same; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, guild: GuildId) -> Result<Option<Server>> {
    let row = sqlx::query(SELECT).bind(guild.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Stores the result of `domain::settings::change`.
pub async fn write(tx: &mut WriteTx, guild: GuildId, settings: &ServerSettings, revisions: &Revisions) -> Result<()> {
    let mut stored = to_stored(settings);
    if let Some(Value::Object(log)) = stored.get_mut("log") {
        log.remove("channel");
        if log.is_empty() {
            stored.remove("log");
        }
    }
    sqlx::query("UPDATE guild SET settings = $2, revisions = $3, log_channel_id = $4 WHERE id = $1")
        .bind(guild.to_column())
        .bind(Value::Object(stored).to_string())
        .bind(as_json(revisions)?)
        .bind(settings.log.channel.map(Column::to_column))
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

pub(super) fn from_row(row: &SqliteRow) -> Result<Server> {
    let mut settings: ServerSettings = read(row.try_get("settings")?)?;
    settings.log.channel = row.try_get::<Option<i64>, _>("log_channel_id")?.map(ChannelId::from_column);
    Ok(Server { settings, revisions: revisions_from(row.try_get("revisions")?)? })
}
