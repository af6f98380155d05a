//! The step an admin has still to do with *Select this message*. On disk, so that a restart does not forget it.

use sqlx::Row;

use super::snowflake::Column;
use super::{Database, Result};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, UserId};
use crate::domain::selection::{Pending, Step};

const CREATE_INBOX: &str = "create-inbox";

macro_rules! insert_or {
    ($on_conflict:literal) => {
        concat!(
            "INSERT INTO pending_selection (guild_id, user_id, kind, channel_id, destination_id, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (guild_id, user_id) ",
            $on_conflict
        )
    };
}

/// Stores the step; an older one of the same admin in the same guild is replaced.
pub async fn put(db: &Database, guild: GuildId, user: UserId, pending: &Pending) -> Result<()> {
    const SQL: &str = insert_or!(
        "DO UPDATE SET kind = excluded.kind, channel_id = excluded.channel_id,
         destination_id = excluded.destination_id, expires_at = excluded.expires_at"
    );
    write(db, SQL, guild, user, pending).await
}

/// Puts a step back after a failed try, unless the admin has begun another one meanwhile.
pub async fn put_back(db: &Database, guild: GuildId, user: UserId, pending: &Pending) -> Result<()> {
    write(db, insert_or!("DO NOTHING"), guild, user, pending).await
}

async fn write(db: &Database, sql: &'static str, guild: GuildId, user: UserId, pending: &Pending) -> Result<()> {
    let Step::CreateInbox { channel, destination } = pending.step;
    sqlx::query(sql)
        .bind(guild.to_column())
        .bind(user.to_column())
        .bind(CREATE_INBOX)
        .bind(channel.to_column())
        .bind(destination.map(Column::to_column))
        .bind(pending.expires_at.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Takes the step out, so that it is used once however often the menu is clicked.
pub async fn take(db: &Database, guild: GuildId, user: UserId) -> Result<Option<Pending>> {
    let row = sqlx::query(
        "DELETE FROM pending_selection WHERE guild_id = $1 AND user_id = $2 RETURNING kind, channel_id, destination_id, expires_at",
    )
    .bind(guild.to_column())
    .bind(user.to_column())
    .fetch_optional(&db.writer)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let kind: String = row.try_get("kind")?;
    if kind != CREATE_INBOX {
        return Err(sqlx::Error::Decode(format!("a pending selection of the unknown kind {kind:?}").into()));
    }
    let step = Step::CreateInbox {
        channel: ChannelId::from_column(row.try_get("channel_id")?),
        destination: row.try_get::<Option<i64>, _>("destination_id")?.map(ChannelId::from_column),
    };
    Ok(Some(Pending { step, expires_at: Timestamp::from_column(row.try_get("expires_at")?) }))
}

/// Drops the steps that ended before `now`; the time has passed, nobody can use them.
pub async fn drop_expired(db: &Database, now: Timestamp) -> Result<u64> {
    let done = sqlx::query("DELETE FROM pending_selection WHERE expires_at <= $1")
        .bind(now.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected())
}
