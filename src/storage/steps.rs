//! What was decided and is still to be done on Discord: one row a decision, in lanes.
//!
//! A row is inserted by the transaction that decides it. Its holder is the process that is at it; whoever inserts a row at
//! the head of its lane holds it from the same statement on. Anybody else claims it, one at a time. A row goes in the
//! transaction that saves what came of it.

use ring::rand::{SecureRandom as _, SystemRandom};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, TicketId};

/// What a step is ordered by. Rows and snowflakes never meet, so both are plain numbers in one column.
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
    /// How often it was begun before.
    pub attempts: u32,
}

/// A step to be.
#[derive(Clone, Debug)]
pub struct NewStep<'a> {
    pub lane: Lane,
    pub guild: GuildId,
    pub ticket: Option<TicketId>,
    pub kind: &'a str,
    pub payload: String,
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

/// How long another process is believed to be at it without a word.
const LEASE: std::time::Duration = std::time::Duration::from_mins(15);

/// 22 characters, 128 bits and more of chance. At most 25 are allowed in a nonce (Discord: "Create Message").
pub fn random_text() -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = [0; 22];
    // It fails only where the system has no source of randomness at all; then nothing else works either.
    let filled = SystemRandom::new().fill(&mut bytes);
    debug_assert!(filled.is_ok(), "no randomness");
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect()
}

const COLUMNS: &str = "id, lane, guild_id, ticket_id, kind, payload, nonce, deadline, attempts";

/// Stores a step. At the head of its lane it is held by `holder` from now on, and returned: the caller carries it out.
/// Behind others it waits for them, and without a holder for whoever works on the lane.
pub async fn insert(tx: &mut WriteTx, new: &NewStep<'_>, holder: Option<&Holder>) -> Result<Option<Step>> {
    let row = sqlx::query(
        "INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline, attempts, holder,
             held_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
             CASE WHEN $9 IS NULL OR EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN -1 ELSE 0 END,
             CASE WHEN NOT EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN $9 END,
             CASE WHEN NOT EXISTS (SELECT 1 FROM step WHERE lane = $1) THEN $10 END)
         RETURNING id, lane, guild_id, ticket_id, kind, payload, nonce, deadline, attempts, holder",
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
    .fetch_one(&mut *tx.0)
    .await?;
    let is_held = row.try_get::<Option<&str>, _>("holder")?.is_some();
    if is_held { from_row(&row).map(Some) } else { Ok(None) }
}

/// The step of this kind that waits in a lane, whoever is at it.
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

/// The steps of a lane, in their order.
pub async fn list(tx: &mut WriteTx, lane: Lane) -> Result<Vec<Step>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM step WHERE lane = $1 ORDER BY id")))
        .bind(lane.0)
        .fetch_all(&mut *tx.0)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Changes what a step is to do, under a new nonce: whoever is at it finds its answer overtaken. It is due at once.
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

/// It is done, or given up. False when it was dropped or changed meanwhile.
pub async fn finish(tx: &mut WriteTx, step: &Step) -> Result<bool> {
    let done = sqlx::query("DELETE FROM step WHERE id = $1 AND nonce = $2")
        .bind(step.id.0)
        .bind(&step.nonce)
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A step, if it is still to be done.
pub async fn find(db: &Database, step: StepId) -> Result<Option<Step>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM step WHERE id = $1")))
        .bind(step.0)
        .fetch_optional(&db.reader)
        .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// It is not to be done any more.
pub async fn delete(tx: &mut WriteTx, step: StepId) -> Result<()> {
    sqlx::query("DELETE FROM step WHERE id = $1").bind(step.0).execute(&mut *tx.0).await?;
    Ok(())
}

/// Takes the first step of a lane, if it is due and nobody is at it.
pub async fn claim(db: &Database, lane: Lane, holder: &Holder, now: Timestamp) -> Result<Option<Step>> {
    // Mostly there is none: look with a reader first.
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

/// It failed, and is tried again then.
pub async fn postpone(db: &Database, step: StepId, due_at: Timestamp, cause: &str) -> Result<()> {
    sqlx::query("UPDATE step SET holder = NULL, held_until = NULL, due_at = $2, cause = $3 WHERE id = $1")
        .bind(step.0)
        .bind(due_at.to_column())
        .bind(cause)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Nobody is at it any more: whoever was ended without a word.
pub async fn release(db: &Database, step: StepId) -> Result<()> {
    sqlx::query("UPDATE step SET holder = NULL, held_until = NULL WHERE id = $1")
        .bind(step.0)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The process that was at work in these guilds has ended, and this one takes its place: nothing is held by anybody else
/// any more, and all is due. `is_ours` says which guilds those are.
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

/// Lanes whose first step is due and held by nobody, and where they belong; at most so many, the longest due first.
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
        // -1: nobody has begun it.
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?.max(0)).unwrap_or(u32::MAX),
    })
}
