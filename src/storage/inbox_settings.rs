//! An inbox's settings in its row: those that SQL searches in columns, all others as JSON. `domain::settings` defines
//! their meaning, defaults and limits.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::inboxes::write_staff;
use super::snowflake::Column;
use super::{Result, WriteTx, cards};
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::settings::{Group, InboxSettings, Revisions, to_stored};
use crate::domain::staff::StaffMember;

/// The settings with columns: a name alone, and group and name of the others.
const DESTINATION: &str = "destination";
const COLUMNS: [(&str, &str); 3] = [("opening", "member_limit"), ("work", "card_channel"), ("log", "channel")];

pub(super) fn from_row(row: &SqliteRow) -> Result<InboxSettings> {
    let mut stored: Map<String, Value> = read(row.try_get("settings")?)?;
    let destination = ChannelId::from_column(row.try_get("destination_id")?);
    stored.insert(DESTINATION.to_owned(), destination.to_string().into());
    let mut settings: InboxSettings = serde_json::from_value(Value::Object(stored)).map_err(|error| broken(&error))?;
    settings.opening.member_limit = u32::try_from(row.try_get::<i64, _>("member_limit")?).unwrap_or(u32::MAX);
    let channel = |name| row.try_get::<Option<i64>, _>(name).map(|id| id.map(ChannelId::from_column));
    settings.work.card_channel = channel("card_channel_id")?;
    settings.log.channel = channel("log_channel_id")?;
    Ok(settings)
}

pub(super) fn revisions_from(stored: &str) -> Result<Revisions> {
    read(stored)
}

/// Stores the result of `domain::settings::change`.
pub async fn write(tx: &mut WriteTx, inbox: InboxId, settings: &InboxSettings, revisions: &Revisions) -> Result<()> {
    let mut stored = to_stored(settings);
    stored.remove(DESTINATION);
    for (group, name) in COLUMNS {
        if let Some(Value::Object(settings)) = stored.get_mut(group) {
            settings.remove(name);
            if settings.is_empty() {
                stored.remove(group);
            }
        }
    }
    if settings.work.card_channel.is_some() {
        cards::begin_without_old(tx, inbox).await?;
    }
    sqlx::query(
        "UPDATE inbox SET destination_id = $2, member_limit = $3, card_channel_id = $4, log_channel_id = $5, settings = $6,
             revisions = $7 WHERE id = $1",
    )
    .bind(inbox.to_column())
    .bind(settings.destination.to_column())
    .bind(i64::from(settings.opening.member_limit))
    .bind(settings.work.card_channel.map(Column::to_column))
    .bind(settings.log.channel.map(Column::to_column))
    .bind(Value::Object(stored).to_string())
    .bind(as_json(revisions)?)
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// Replaces the staff and increments its revision, so that older menus are recognised as stale.
pub async fn replace_staff(tx: &mut WriteTx, inbox: InboxId, staff: &[StaffMember]) -> Result<()> {
    write_staff(tx, inbox, staff).await?;
    let row: Option<(String, Option<bool>)> =
        sqlx::query_as("SELECT revisions, settings ->> '$.work.mention_on_card' FROM inbox WHERE id = $1")
            .bind(inbox.to_column())
            .fetch_optional(&mut *tx.0)
            .await?;
    let Some((stored, is_on_cards)) = row else { return Ok(()) };
    if is_on_cards == Some(true) {
        cards::outdate_inbox(tx, inbox).await?;
    }
    let mut revisions = revisions_from(&stored)?;
    revisions.advance(Group::Staff);
    sqlx::query("UPDATE inbox SET revisions = $2 WHERE id = $1")
        .bind(inbox.to_column())
        .bind(as_json(&revisions)?)
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

pub(super) fn read<T: DeserializeOwned>(stored: &str) -> Result<T> {
    serde_json::from_str(stored).map_err(|error| broken(&error))
}

pub(super) fn as_json(revisions: &Revisions) -> Result<String> {
    serde_json::to_string(revisions).map_err(|error| broken(&error))
}

/// Without the text, which admins wrote.
fn broken(error: &serde_json::Error) -> sqlx::Error {
    sqlx::Error::Decode(format!("settings cannot be read ({:?}, line {})", error.classify(), error.line()).into())
}
