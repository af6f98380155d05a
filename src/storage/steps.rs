//! Persistent steps: decided effects that are still to be done on Discord, one row each, in lanes.
//!
//! The transaction that decides a step inserts its row. Its holder is the process that carries it out; inserting a row
//! at the head of its lane also holds it. Other processes claim it, one at a time. The transaction that saves the
//! step's result deletes the row.

use ring::rand::{SecureRandom as _, SystemRandom};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, MessageId, PanelId, TicketId};

/// The key that orders steps. Row numbers and snowflakes never collide, so both are plain numbers in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lane(i64);

impl From<TicketId> for Lane {
    fn from(ticket: TicketId) -> Self {
        Self(ticket.get())
    }
}

impl From<ChannelId> for Lane {
    fn from(channel: ChannelId) -> Self {
        Self(channel.to_column())
    }
}

/// Negative: row numbers of tickets are not.
impl From<PanelId> for Lane {
    fn from(panel: PanelId) -> Self {
        Self(-panel.to_column())
    }
}

impl From<MessageId> for Lane {
    fn from(message: MessageId) -> Self {
        Self(message.to_column())
    }
}

impl Lane {
    /// For what neither waits for a ticket's own steps nor delays them.
    pub fn beside(ticket: TicketId) -> Self {
        Self(-ticket.get())
    }

    pub(super) fn to_column(self) -> i64 {
        self.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(i64);

/// A stored step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    pub lane: Lane,
    pub guild: GuildId,
    pub ticket: Option<TicketId>,
    pub kind: String,
    pub payload: String,
    pub nonce: String,
    pub deadline: Timestamp,
    /// The number of earlier attempts.
    pub attempts: u32,
    /// Text of a person, encrypted.
    pub sealed: Option<Vec<u8>>,
}

/// A step to insert.
#[derive(Clone, Debug)]
pub struct NewStep<'a> {
    pub lane: Lane,
    pub guild: GuildId,
    pub ticket: Option<TicketId>,
    pub kind: &'a str,
    pub payload: String,
    pub sealed: Option<Vec<u8>>,
    pub due_at: Timestamp,
    pub deadline: Timestamp,
}

/// The random name of a process, under which it holds steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder(String);

impl Holder {
    pub fn new() -> Self {
        Self(random_text())
    }
}

impl Default for Holder {
    fn default() -> Self {
        Self::new()
    }
}

/// How long a step stays held by another process that does not respond.
const LEASE: std::time::Duration = std::time::Duration::from_mins(15);

/// 22 characters, at least 128 random bits. A nonce may have at most 25 characters (Discord: "Create Message").
pub fn random_text() -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = [0; 22];
    // It fails only without any source of randomness; nothing else works then.
    let filled = SystemRandom::new().fill(&mut bytes);
    debug_assert!(filled.is_ok(), "no source of randomness");
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect()
}

const COLUMNS: &str = "id, lane, guild_id, ticket_id, kind, payload, nonce, deadline, attempts, sealed";

/// Inserts a step. At the head of its lane it is held by `holder` and returned: the caller carries it out. Otherwise it
/// waits for the steps before it, or, without a holder, for a worker.
pub async fn insert(tx: &mut WriteTx, new: &NewStep<'_>, holder: Option<&Holder>) -> Result<Option<Step>> {
    let row = sqlx::query(
        "INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline, attempts, holder,
             held_until, sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
             CASE WHEN $9 IS NULL OR EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN -1 ELSE 0 END,
             CASE WHEN NOT EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN $9 END,
             CASE WHEN NOT EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN $10 END, $11)
         RETURNING id, lane, guild_id, ticket_id, kind, payload, nonce, deadline, attempts, sealed, holder",
    )
    .bind(new.lane.0)
    .bind(new.guild.to_column())
    .bind(new.ticket.map(Column::to_column))
    .bind(new.kind)
    .bind(&new.payload)
    .bind(random_text())
    .bind(new.due_at.to_column())
    .bind(new.deadline.to_column())
    .bind(holder.map(|holder| &holder.0))
    .bind(holder.map(|_| (new.due_at + LEASE).to_column()))
    .bind(new.sealed.as_deref())
    .fetch_one(&mut *tx.0)
    .await?;
    let is_held = row.try_get::<Option<&str>, _>("holder")?.is_some();
    if is_held { from_row(&row).map(Some) } else { Ok(None) }
}

/// The pending step of this kind in a lane, whether held or not.
pub async fn find_waiting(db: &Database, lane: Lane, kind: &str) -> Result<Option<Step>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM step WHERE lane = $1 AND kind = $2 ORDER BY id LIMIT 1"
    )))
    .bind(lane.0)
    .bind(kind)
    .fetch_optional(&db.reader)
    .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The steps of a lane, in order.
pub async fn list(tx: &mut WriteTx, lane: Lane) -> Result<Vec<Step>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM step WHERE lane = $1 ORDER BY id")))
        .bind(lane.0)
        .fetch_all(&mut *tx.0)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Changes a step's payload and nonce: a running attempt becomes outdated. It is due at once.
pub async fn renew(tx: &mut WriteTx, step: StepId, payload: &str, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE step SET payload = $2, nonce = $3, due_at = min(due_at, $4) WHERE id = $1")
        .bind(step.0)
        .bind(payload)
        .bind(random_text())
        .bind(at.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Deletes a step that was done or given up. False when it was dropped or changed meanwhile.
pub async fn finish(tx: &mut WriteTx, step: &Step) -> Result<bool> {
    let done = sqlx::query("DELETE FROM step WHERE id = $1 AND nonce = $2")
        .bind(step.id.0)
        .bind(&step.nonce)
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A step, if it is still pending.
pub async fn find(db: &Database, step: StepId) -> Result<Option<Step>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM step WHERE id = $1")))
        .bind(step.0)
        .fetch_optional(&db.reader)
        .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Whether a lane has a step.
pub async fn is_busy(db: &Database, lane: Lane) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM step WHERE lane = $1)").bind(lane.0).fetch_one(&db.reader).await
}

/// Stores what is left of a step that is being carried out.
pub async fn note_progress(db: &Database, step: &Step, payload: &str) -> Result<()> {
    sqlx::query("UPDATE step SET payload = $3 WHERE id = $1 AND nonce = $2")
        .bind(step.id.0)
        .bind(&step.nonce)
        .bind(payload)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Drops a step.
pub async fn delete(tx: &mut WriteTx, step: StepId) -> Result<()> {
    sqlx::query("DELETE FROM step WHERE id = $1").bind(step.0).execute(&mut *tx.0).await?;
    Ok(())
}

/// Claims the first step of a lane, if it is due and not held.
pub async fn claim(db: &Database, lane: Lane, holder: &Holder, now: Timestamp) -> Result<Option<Step>> {
    // Usually there is none: read first.
    let waits: Option<i64> = sqlx::query_scalar("SELECT 1 FROM step WHERE lane = $1 LIMIT 1")
        .bind(lane.0)
        .fetch_optional(&db.reader)
        .await?;
    if waits.is_none() {
        return Ok(None);
    }
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE step SET holder = $2, held_until = $3, attempts = attempts + 1
         WHERE id = (SELECT min(id) FROM step WHERE lane = $1) AND holder IS NULL AND due_at <= $4 RETURNING {COLUMNS}"
    )))
    .bind(lane.0)
    .bind(&holder.0)
    .bind((now + LEASE).to_column())
    .bind(now.to_column())
    .fetch_optional(&db.writer)
    .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Postpones a failed step.
pub async fn postpone(db: &Database, step: StepId, due_at: Timestamp, cause: &str) -> Result<()> {
    sqlx::query("UPDATE step SET holder = NULL, held_until = NULL, due_at = $2, cause = $3 WHERE id = $1")
        .bind(step.0)
        .bind(due_at.to_column())
        .bind(cause)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Makes every step that waits, and is held by nobody, due at this time at the latest.
pub async fn hasten(db: &Database, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE step SET due_at = $1 WHERE holder IS NULL AND due_at > $1")
        .bind(at.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Releases a step whose task ended early.
pub async fn release(db: &Database, step: StepId) -> Result<()> {
    sqlx::query("UPDATE step SET holder = NULL, held_until = NULL WHERE id = $1")
        .bind(step.0)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Takes over from an ended process: releases all steps of the guilds selected by `is_ours`, and makes them due.
pub async fn take_over(
    db: &Database,
    holder: &Holder,
    now: Timestamp,
    is_ours: impl Fn(GuildId) -> bool,
) -> Result<()> {
    let left: Vec<(i64, i64)> = sqlx::query_as("SELECT id, guild_id FROM step WHERE holder IS NULL OR holder <> $1")
        .bind(&holder.0)
        .fetch_all(&db.reader)
        .await?;
    for (step, guild) in left {
        if is_ours(GuildId::from_column(guild)) {
            sqlx::query(
                "UPDATE step SET holder = NULL, held_until = NULL, due_at = min(due_at, $3)
                 WHERE id = $1 AND (holder IS NULL OR holder <> $2)",
            )
            .bind(step)
            .bind(&holder.0)
            .bind(now.to_column())
            .execute(&db.writer)
            .await?;
        }
    }
    Ok(())
}

/// Lanes whose first step is due and not held, with their guilds; at most `most`, the longest due first.
pub async fn due_lanes(db: &Database, now: Timestamp, most: u32) -> Result<Vec<(Lane, GuildId)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT lane, guild_id FROM step s WHERE holder IS NULL AND due_at <= $1
             AND NOT EXISTS (SELECT 1 FROM step earlier WHERE earlier.lane = s.lane AND earlier.id < s.id)
         ORDER BY due_at LIMIT $2",
    )
    .bind(now.to_column())
    .bind(i64::from(most))
    .fetch_all(&db.reader)
    .await?;
    Ok(rows.into_iter().map(|(lane, guild)| (Lane(lane), GuildId::from_column(guild))).collect())
}

/// When the next lane is due, after that time.
pub async fn next_due(db: &Database, after: Timestamp) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar(
        "SELECT due_at FROM step s WHERE holder IS NULL AND due_at > $1
             AND NOT EXISTS (SELECT 1 FROM step earlier WHERE earlier.lane = s.lane AND earlier.id < s.id)
         ORDER BY due_at LIMIT 1",
    )
    .bind(after.to_column())
    .fetch_optional(&db.reader)
    .await?;
    Ok(due.map(Timestamp::from_column))
}

fn from_row(row: &SqliteRow) -> Result<Step> {
    Ok(Step {
        id: StepId(row.try_get("id")?),
        lane: Lane(row.try_get("lane")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        ticket: row.try_get::<Option<i64>, _>("ticket_id")?.map(TicketId::from_column),
        kind: row.try_get("kind")?,
        payload: row.try_get("payload")?,
        nonce: row.try_get("nonce")?,
        deadline: Timestamp::from_column(row.try_get("deadline")?),
        // -1: not begun yet.
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?.max(0)).unwrap_or(u32::MAX),
        sealed: row.try_get("sealed")?,
    })
}
