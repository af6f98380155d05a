//! Where a ticket's happenings are logged, and the lines that wait for a log channel.
//!
//! A line is a step in the lane of its channel, without a ticket: a channel in trouble does not keep tickets from being
//! deleted.

use serde::de::DeserializeOwned;
use sqlx::SqliteExecutor;

use super::snowflake::Column;
use super::steps::Lane;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::happening::{InboxLog, Logs};
use crate::domain::ids::{ChannelId, GuildId, InboxId, UserId};

/// The kind of the steps.
pub const KIND: &str = "log";

/// The lines that wait for a channel in which the bot may not write.
pub const KEPT: u32 = 20;

/// The lines that wait for a channel at all.
const WAITING: u32 = 1_000;

/// The logs that concern the tickets of an inbox.
pub async fn logs_of(tx: &mut WriteTx, guild: GuildId, inbox: Option<InboxId>) -> Result<Logs> {
    read_logs(&mut *tx.0, guild, inbox).await
}

/// Like [`logs_of`], for whoever only looks.
pub async fn find_logs(db: &Database, guild: GuildId, inbox: Option<InboxId>) -> Result<Logs> {
    read_logs(&db.reader, guild, inbox).await
}

async fn read_logs(executor: impl SqliteExecutor<'_>, guild: GuildId, inbox: Option<InboxId>) -> Result<Logs> {
    type Row = (Option<i64>, Option<String>, Option<i64>, Option<String>, bool);
    let row: Option<Row> = sqlx::query_as(
        "SELECT g.log_channel_id, g.settings ->> '$.log', i.log_channel_id, i.settings ->> '$.log',
             EXISTS (SELECT 1 FROM inbox o
                 WHERE o.guild_id = g.id AND o.id <> i.id AND o.log_channel_id = i.log_channel_id)
         FROM guild g LEFT JOIN inbox i ON i.id = $2 WHERE g.id = $1",
    )
    .bind(guild.to_column())
    .bind(inbox.map(Column::to_column))
    .fetch_optional(executor)
    .await?;
    let Some((common, common_settings, own, own_settings, is_shared)) = row else { return Ok(Logs::default()) };
    let common = match common.map(ChannelId::from_column) {
        Some(channel) => Some((channel, read(common_settings.as_deref())?)),
        None => None,
    };
    let own = match own.map(ChannelId::from_column) {
        Some(channel) => Some(InboxLog { channel, settings: read(own_settings.as_deref())?, is_shared }),
        None => None,
    };
    Ok(Logs { own, common })
}

/// The inboxes of a guild.
pub async fn list_inboxes(tx: &mut WriteTx, guild: GuildId) -> Result<Vec<InboxId>> {
    let inboxes: Vec<i64> = sqlx::query_scalar("SELECT id FROM inbox WHERE guild_id = $1 ORDER BY id")
        .bind(guild.to_column())
        .fetch_all(&mut *tx.0)
        .await?;
    Ok(inboxes.into_iter().map(InboxId::from_column).collect())
}

/// Whether a guild still logs into this channel.
pub async fn is_log(db: &Database, guild: GuildId, channel: ChannelId) -> Result<bool> {
    let found: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM guild WHERE id = $1 AND log_channel_id = $2)
             OR EXISTS (SELECT 1 FROM inbox WHERE guild_id = $1 AND log_channel_id = $2)",
    )
    .bind(guild.to_column())
    .bind(channel.to_column())
    .fetch_one(&db.reader)
    .await?;
    Ok(found)
}

/// Whether the bot was refused when it last tried to write into the channel of this lane.
const IS_REFUSED: &str =
    "SELECT cause LIKE 'status 403%' FROM step WHERE lane = $1 AND kind = 'log' ORDER BY id LIMIT 1";

/// The channels of a guild whose lines wait because the bot was refused there, with their number.
pub async fn list_waiting(db: &Database, guild: GuildId) -> Result<Vec<(ChannelId, u64)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT lane, count(*) FROM step s WHERE guild_id = $1 AND kind = 'log'
             AND (SELECT cause LIKE 'status 403%' FROM step h WHERE h.lane = s.lane ORDER BY h.id LIMIT 1)
         GROUP BY lane ORDER BY lane",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    let of_channel = |(lane, count): (i64, i64)| (ChannelId::from_column(lane), u64::try_from(count).unwrap_or(0));
    Ok(rows.into_iter().map(of_channel).collect())
}

/// Makes lines that wait because the bot was refused in their channel due at once. False if there are none.
pub async fn try_again(db: &Database, channel: ChannelId, now: Timestamp) -> Result<bool> {
    let lane = Lane::from(channel).to_column();
    // Most channels that change have no log: read first.
    let is_refused: Option<Option<bool>> = sqlx::query_scalar(IS_REFUSED).bind(lane).fetch_optional(&db.reader).await?;
    if is_refused.flatten() != Some(true) {
        return Ok(false);
    }
    sqlx::query("UPDATE step SET due_at = min(due_at, $2) WHERE lane = $1 AND kind = 'log'")
        .bind(lane)
        .bind(now.to_column())
        .execute(&db.writer)
        .await?;
    Ok(true)
}

/// Drops the waiting lines that name a person.
pub(super) async fn forget(db: &Database, user: UserId) -> Result<()> {
    sqlx::query(
        "DELETE FROM step WHERE kind = 'log' AND EXISTS (SELECT 1 FROM json_tree(step.payload) WHERE value = $1)",
    )
    .bind(user.to_string())
    .execute(&db.writer)
    .await?;
    Ok(())
}

/// Bounds the lines that wait in a lane, the newest stay: [`KEPT`] of a channel that refuses the bot, without texts;
/// more of one that is slow. The first one that stays goes on where the first one that waited was: it is tried no
/// earlier.
pub async fn bound(tx: &mut WriteTx, lane: Lane, refused: bool) -> Result<()> {
    let is_refused: Option<Option<bool>> =
        sqlx::query_scalar(IS_REFUSED).bind(lane.to_column()).fetch_optional(&mut *tx.0).await?;
    let is_refused = refused || is_refused.flatten().unwrap_or(false);
    let first_kept: Option<i64> =
        sqlx::query_scalar("SELECT id FROM step WHERE lane = $1 AND kind = 'log' ORDER BY id DESC LIMIT 1 OFFSET $2")
            .bind(lane.to_column())
            .bind(i64::from(if is_refused { KEPT } else { WAITING }) - 1)
            .fetch_optional(&mut *tx.0)
            .await?;
    if let Some(first_kept) = first_kept {
        sqlx::query(
            "UPDATE step SET due_at = max(step.due_at, head.due_at), attempts = max(step.attempts, head.attempts),
                 cause = coalesce(step.cause, head.cause)
             FROM (SELECT due_at, attempts, cause FROM step WHERE lane = $1 AND kind = 'log' ORDER BY id LIMIT 1) head
             WHERE step.id = $2",
        )
        .bind(lane.to_column())
        .bind(first_kept)
        .execute(&mut *tx.0)
        .await?;
        sqlx::query("DELETE FROM step WHERE lane = $1 AND kind = 'log' AND id < $2")
            .bind(lane.to_column())
            .bind(first_kept)
            .execute(&mut *tx.0)
            .await?;
    }
    if is_refused {
        erase_texts(tx, lane, None).await?;
    }
    Ok(())
}

/// Erases the texts of the lines that wait in a lane; `ending_before`: only of those that are given up before then.
pub async fn erase_texts(tx: &mut WriteTx, lane: Lane, ending_before: Option<Timestamp>) -> Result<()> {
    sqlx::query(
        "UPDATE step SET sealed = NULL
         WHERE lane = $1 AND kind = 'log' AND sealed IS NOT NULL AND ($2 IS NULL OR deadline < $2)",
    )
    .bind(lane.to_column())
    .bind(ending_before.map(Column::to_column))
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// Drops the lines that wait for a channel that is gone.
pub async fn drop_lines(tx: &mut WriteTx, lane: Lane) -> Result<()> {
    sqlx::query("DELETE FROM step WHERE lane = $1 AND kind = 'log'").bind(lane.to_column()).execute(&mut *tx.0).await?;
    Ok(())
}

/// The settings of a log; the defaults where nothing is stored.
fn read<T: DeserializeOwned>(stored: Option<&str>) -> Result<T> {
    serde_json::from_str(stored.unwrap_or("{}")).map_err(|error| {
        let text = format!("the settings of a log cannot be read ({:?}, line {})", error.classify(), error.line());
        sqlx::Error::Decode(text.into())
    })
}
