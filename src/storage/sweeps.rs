//! Many tickets of an inbox that are closed one after the other: a timer for each.

use std::time::Duration;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{InboxId, UserId};

/// The kind of the timers.
pub const SWEEP: &str = "sweep";

/// The time between two tickets: a close takes three requests, and Discord allows fifty a second for everything.
pub const PACE: Duration = Duration::from_secs(1);

/// Which tickets of an inbox are closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sweep {
    pub inbox: InboxId,
    /// Requested after that time.
    pub after: Timestamp,
    /// Requested at that time or before: those that were counted.
    pub until: Timestamp,
    pub owner: Option<UserId>,
}

/// How many tickets it would close.
pub async fn count(db: &Database, sweep: &Sweep) -> Result<u64> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ticket WHERE inbox_id = $1 AND state IN ('open', 'dormant')
             AND reserved_at > $2 AND reserved_at <= $3 AND ($4 IS NULL OR owner_id = $4)",
    )
    .bind(sweep.inbox.to_column())
    .bind(sweep.after.to_column())
    .bind(sweep.until.to_column())
    .bind(sweep.owner.map(Column::to_column))
    .fetch_one(&db.reader)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Sets the timers, the first at `now`. Returns their number.
pub async fn begin(tx: &mut WriteTx, sweep: &Sweep, now: Timestamp, payload: &str) -> Result<u64> {
    let done = sqlx::query(
        "INSERT OR REPLACE INTO timer (ticket_id, kind, due_at, payload)
         SELECT id, $5, $6 + $7 * (row_number() OVER (ORDER BY id) - 1), $8 FROM ticket
         WHERE inbox_id = $1 AND state IN ('open', 'dormant')
             AND reserved_at > $2 AND reserved_at <= $3 AND ($4 IS NULL OR owner_id = $4)",
    )
    .bind(sweep.inbox.to_column())
    .bind(sweep.after.to_column())
    .bind(sweep.until.to_column())
    .bind(sweep.owner.map(Column::to_column))
    .bind(SWEEP)
    .bind(now.to_column())
    .bind(i64::try_from(PACE.as_millis()).unwrap_or(0))
    .bind(payload)
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected())
}
