//! An admin's pending *Select this message* step. On disk, so that it survives a restart.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, UserId};
use crate::domain::selection::{Pending, Step, Task};

/// A step as stored in its columns.
#[derive(Clone, Copy)]
struct Columns {
    kind: &'static str,
    inbox: Option<InboxId>,
    channel: Option<ChannelId>,
    destination: Option<ChannelId>,
}

impl From<Step> for Columns {
    fn from(step: Step) -> Self {
        let blank = Self { kind: "", inbox: None, channel: None, destination: None };
        match step {
            Step::CreateInbox { channel, destination, like } => {
                Self { kind: "create-inbox", inbox: like, channel: Some(channel), destination }
            }
            Step::PickInbox(Task::SetDestination(destination)) => {
                Self { kind: "set-destination", destination: Some(destination), ..blank }
            }
            Step::PickInbox(Task::ReplaceMessage) => Self { kind: "pick-for-message", ..blank },
            Step::PickInbox(Task::EditStaff) => Self { kind: "edit-staff", ..blank },
            Step::PickInbox(Task::EditStarter) => Self { kind: "edit-starter", ..blank },
            Step::PickInbox(Task::EditFirst) => Self { kind: "edit-first", ..blank },
            Step::PickInbox(Task::EditName) => Self { kind: "edit-name", ..blank },
            Step::PickInbox(Task::Settings) => Self { kind: "settings", ..blank },
            Step::PickInbox(Task::Delete) => Self { kind: "delete", ..blank },
            Step::ReplaceMessage { inbox } => Self { kind: "replace-message", inbox: Some(inbox), ..blank },
            Step::CopyFirst { inbox } => Self { kind: "copy-first", inbox: Some(inbox), ..blank },
            Step::Repost { inbox, channel } => {
                Self { kind: "repost", inbox: Some(inbox), channel: Some(channel), ..blank }
            }
        }
    }
}

fn step(row: &SqliteRow) -> Result<Step> {
    let inbox = || row.try_get("inbox_id").map(InboxId::from_column);
    let channel = || row.try_get("channel_id").map(ChannelId::from_column);
    let destination = || row.try_get::<Option<i64>, _>("destination_id").map(|id| id.map(ChannelId::from_column));
    let kind: &str = row.try_get("kind")?;
    Ok(match kind {
        "create-inbox" => {
            let like = row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column);
            Step::CreateInbox { channel: channel()?, destination: destination()?, like }
        }
        "set-destination" => Step::PickInbox(Task::SetDestination(destination()?.ok_or_else(|| unknown(kind))?)),
        "pick-for-message" => Step::PickInbox(Task::ReplaceMessage),
        "edit-staff" => Step::PickInbox(Task::EditStaff),
        "edit-starter" => Step::PickInbox(Task::EditStarter),
        "edit-first" => Step::PickInbox(Task::EditFirst),
        "edit-name" => Step::PickInbox(Task::EditName),
        "settings" => Step::PickInbox(Task::Settings),
        "delete" => Step::PickInbox(Task::Delete),
        "copy-first" => Step::CopyFirst { inbox: inbox()? },
        "replace-message" => Step::ReplaceMessage { inbox: inbox()? },
        "repost" => Step::Repost { inbox: inbox()?, channel: channel()? },
        _ => return Err(unknown(kind)),
    })
}

fn unknown(kind: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a pending selection of the unknown kind {kind:?}").into())
}

/// Stores the step, replacing an older one of the same admin in the same guild.
pub async fn put(db: &Database, guild: GuildId, user: UserId, pending: &Pending) -> Result<()> {
    let Columns { kind, inbox, channel, destination } = pending.step.into();
    sqlx::query(
        "INSERT INTO pending_selection (guild_id, user_id, kind, inbox_id, channel_id, destination_id, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (guild_id, user_id) DO UPDATE SET kind = excluded.kind, inbox_id = excluded.inbox_id,
             channel_id = excluded.channel_id, destination_id = excluded.destination_id,
             expires_at = excluded.expires_at",
    )
    .bind(guild.to_column())
    .bind(user.to_column())
    .bind(kind)
    .bind(inbox.map(Column::to_column))
    .bind(channel.map(Column::to_column))
    .bind(destination.map(Column::to_column))
    .bind(pending.expires_at.to_column())
    .execute(&db.writer)
    .await?;
    Ok(())
}

/// This admin's pending step. It stays until it is done, so that not even a crash uses it up.
pub async fn find(db: &Database, guild: GuildId, user: UserId) -> Result<Option<Pending>> {
    let row = sqlx::query(
        "SELECT kind, inbox_id, channel_id, destination_id, expires_at FROM pending_selection
         WHERE guild_id = $1 AND user_id = $2",
    )
    .bind(guild.to_column())
    .bind(user.to_column())
    .fetch_optional(&db.reader)
    .await?;
    row.map(|row| Ok(Pending { step: step(&row)?, expires_at: Timestamp::from_column(row.try_get("expires_at")?) }))
        .transpose()
}

/// Extends the step until `expires_at` after a failed attempt, unless the admin has begun another.
pub async fn extend(db: &Database, guild: GuildId, user: UserId, tried: &Pending, expires_at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE pending_selection SET expires_at = $5
         WHERE guild_id = $1 AND user_id = $2 AND kind = $3 AND expires_at = $4",
    )
    .bind(guild.to_column())
    .bind(user.to_column())
    .bind(Columns::from(tried.step).kind)
    .bind(tried.expires_at.to_column())
    .bind(expires_at.to_column())
    .execute(&db.writer)
    .await?;
    Ok(())
}

/// Deletes the completed step, unless the admin, or the step itself, has begun another one.
pub async fn finish(db: &Database, guild: GuildId, user: UserId, done: &Pending) -> Result<()> {
    sqlx::query("DELETE FROM pending_selection WHERE guild_id = $1 AND user_id = $2 AND kind = $3 AND expires_at = $4")
        .bind(guild.to_column())
        .bind(user.to_column())
        .bind(Columns::from(done.step).kind)
        .bind(done.expires_at.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}
