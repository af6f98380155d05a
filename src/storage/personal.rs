//! The data held about one person: found, and deleted at their request.
//!
//! A ticket that still affects decisions is marked instead, and `retention` deletes it later: otherwise a member could
//! bypass the limits by deletion.

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

use super::snowflake::Column;
use super::{Database, Result, cards, inbox_facts, journal};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::personal::{ANOTHER, Held, HeldTicket, Named, Row, Stored};
use crate::domain::staff::StaffMember;

/// What was done with the rows that name a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    pub tickets: u64,
    /// Tickets that the bot still needs; deleted automatically later.
    pub tickets_left: u64,
    /// Inboxes whose staff named the person.
    pub staff: u64,
    pub pending: u64,
    /// Blocks of others from which the person's id is erased.
    pub blocked: u64,
    /// Tickets of others from which the person's id is erased: claims end.
    pub handled: u64,
}

/// Tickets deleted per transaction, so that nobody waits long for the writer.
const BATCH: i64 = 500;

/// All rows that name this person, with at most `most` tickets.
pub async fn find(db: &Database, user: UserId, most: u32) -> Result<Held> {
    // One transaction, so that no row is missed or read twice.
    let mut tx = db.reader.begin().await?;
    let rows = sqlx::query("SELECT * FROM ticket WHERE owner_id = $1 ORDER BY id DESC LIMIT $2")
        .bind(user.to_column())
        .bind(i64::from(most))
        .fetch_all(&mut *tx)
        .await?;
    let tickets = rows.iter().map(|row| ticket(row, user)).collect::<Result<Vec<_>>>()?;
    let all: i64 = sqlx::query_scalar("SELECT count(*) FROM ticket WHERE owner_id = $1")
        .bind(user.to_column())
        .fetch_one(&mut *tx)
        .await?;
    let older_tickets = u64::try_from(all).unwrap_or(0).saturating_sub(tickets.len() as u64);
    let staff = sqlx::query(
        "SELECT s.*, i.guild_id FROM inbox_staff s JOIN inbox i ON i.id = s.inbox_id WHERE s.mention = $1 ORDER BY i.id",
    )
    .bind(StaffMember::Member(user).to_string())
    .fetch_all(&mut *tx)
    .await?;
    let pending = sqlx::query("SELECT * FROM pending_selection WHERE user_id = $1 ORDER BY guild_id")
        .bind(user.to_column())
        .fetch_all(&mut *tx)
        .await?;
    // Only what is about the person.
    let handled = sqlx::query(
        "SELECT id, guild_id, thread_id, guild_number, state,
             CASE WHEN claimed_by = $1 THEN claimed_by END AS claimed_by,
             CASE WHEN claimed_by = $1 THEN claimed_at END AS claimed_at,
             CASE WHEN closed_by = $1 THEN closed_by END AS closed_by,
             CASE WHEN closed_by = $1 THEN closed_at END AS closed_at,
             CASE WHEN opened_by = $1 THEN opened_by END AS opened_by
         FROM ticket WHERE (claimed_by = $1 OR closed_by = $1 OR opened_by = $1) AND owner_id <> $1
         ORDER BY id DESC LIMIT $2",
    )
    .bind(user.to_column())
    .bind(i64::from(most))
    .fetch_all(&mut *tx)
    .await?;
    let handled = handled.iter().map(named).collect::<Result<_>>()?;
    // Without who blocked the person.
    let blocks = sqlx::query(
        "SELECT id, guild_id, inbox_id, user_id, created_at, ends_at,
             CASE WHEN blocked_by = $1 THEN blocked_by END AS blocked_by
         FROM block WHERE user_id = $1 ORDER BY id",
    )
    .bind(user.to_column())
    .fetch_all(&mut *tx)
    .await?;
    // Without whom the person blocked.
    let blocked = sqlx::query(
        "SELECT id, guild_id, inbox_id, blocked_by, created_at, ends_at FROM block
         WHERE blocked_by = $1 AND user_id <> $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(user.to_column())
    .bind(i64::from(most))
    .fetch_all(&mut *tx)
    .await?;
    let blocks = blocks.iter().map(named).collect::<Result<_>>()?;
    let blocked = blocked.iter().map(named).collect::<Result<_>>()?;
    let (staff, pending) = (staff.iter().map(named).collect::<Result<_>>()?, pending.iter().map(named));
    Ok(Held { tickets, older_tickets, staff, pending: pending.collect::<Result<_>>()?, handled, blocks, blocked })
}

/// Deletes the rows that name this person. Tickets that are not closed, still have to be closed on Discord, or were
/// requested after `cooled_down`, are marked for later deletion. Blocks of the person stay: otherwise they would take
/// them back themselves. The cards of deleted tickets go by steps, begun at
/// `now`.
pub async fn delete(db: &Database, user: UserId, cooled_down: Timestamp, now: Timestamp) -> Result<Deleted> {
    let mut deleted = Deleted::default();
    // Marked first: tickets that end meanwhile are deleted here or by the next pass.
    sqlx::query("UPDATE ticket SET unwanted = 1 WHERE owner_id = $1")
        .bind(user.to_column())
        .execute(&db.writer)
        .await?;
    loop {
        let mut tx = db.begin_write().await?;
        let gone = sqlx::query(
            "DELETE FROM ticket WHERE id IN (SELECT id FROM ticket WHERE owner_id = $1 AND unwanted = 1
                 AND state = 'closed' AND unseen = 0 AND reserved_at <= $2
                 AND NOT EXISTS (SELECT 1 FROM step WHERE step.ticket_id = ticket.id) LIMIT $3)
             RETURNING id, guild_id, card_channel_id, card_id, card_begun_at",
        )
        .bind(user.to_column())
        .bind(cooled_down.to_column())
        .bind(BATCH)
        .fetch_all(&mut *tx.0)
        .await?;
        if gone.is_empty() {
            break;
        }
        cards::take_off_deleted(&mut tx, &gone, now).await?;
        tx.commit().await?;
        deleted.tickets += gone.len() as u64;
    }
    deleted.handled = erase_from_others(db, user).await?;
    deleted.blocked = sqlx::query("UPDATE block SET blocked_by = NULL WHERE blocked_by = $1")
        .bind(user.to_column())
        .execute(&db.writer)
        .await?
        .rows_affected();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM ticket WHERE owner_id = $1")
        .bind(user.to_column())
        .fetch_one(&db.writer)
        .await?;
    deleted.tickets_left = u64::try_from(left).unwrap_or(0);
    journal::forget(db, user).await?;
    deleted.staff = inbox_facts::forget_everywhere(db, StaffMember::Member(user)).await?;
    deleted.pending = sqlx::query("DELETE FROM pending_selection WHERE user_id = $1")
        .bind(user.to_column())
        .execute(&db.writer)
        .await?
        .rows_affected();
    Ok(deleted)
}

/// Ends the person's claims, and erases who closed or opened a ticket. Returns the number of tickets.
async fn erase_from_others(db: &Database, user: UserId) -> Result<u64> {
    let mut tx = db.begin_write().await?;
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ticket WHERE (claimed_by = $1 OR closed_by = $1 OR opened_by = $1) AND owner_id <> $1",
    )
    .bind(user.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    for sql in [
        "UPDATE ticket SET claimed_by = NULL, claimed_at = NULL, shown = shown + 1 WHERE claimed_by = $1",
        "UPDATE ticket SET closed_by = NULL, shown = shown + 1 WHERE closed_by = $1",
        // Not NULL, which stands for the owner.
        "UPDATE ticket SET opened_by = 0 WHERE opened_by = $1",
    ] {
        sqlx::query(sql).bind(user.to_column()).execute(&mut *tx.0).await?;
    }
    tx.commit().await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Rewrites the whole file. Deleted data is overwritten anyway, but `SQLite` sometimes moves rows to other pages and
/// leaves copies behind; this removes them. Blocks all writers meanwhile.
pub async fn rewrite(db: &Database) -> Result<()> {
    sqlx::query("VACUUM").execute(&db.writer).await?;
    Ok(())
}

/// Folds the write-ahead log back into the database and empties it: it still holds pages with deleted rows. False when
/// a reader prevented that: try again.
///
/// Waits for readers at most `patience`.
pub async fn empty_log(db: &Database, patience: std::time::Duration) -> Result<bool> {
    let mut connection = db.writer.acquire().await?;
    let patience = i64::try_from(patience.as_millis()).unwrap_or(i64::MAX);
    set_busy_timeout(&mut connection, patience).await?;
    let done = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
    let usual = i64::try_from(super::open::BUSY_TIMEOUT.as_millis()).unwrap_or(i64::MAX);
    set_busy_timeout(&mut connection, usual).await?;
    Ok(done?.try_get::<i64, _>(0)? == 0)
}

async fn set_busy_timeout(connection: &mut SqliteConnection, millis: i64) -> Result<()> {
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {millis}"))).execute(connection).await?;
    Ok(())
}

/// A ticket of the person, without the ids of others who worked on it.
fn ticket(row: &SqliteRow, user: UserId) -> Result<HeldTicket> {
    let state: &str = row.try_get("state")?;
    let Row(mut stored) = columns(row)?;
    for (name, value) in &mut stored {
        let is_other = matches!(value, Stored::Number(id) if *id != user.to_column() && *id != 0);
        if name.ends_with("_by") && is_other {
            *value = Stored::Text(ANOTHER.to_owned());
        }
    }
    Ok(HeldTicket {
        guild: GuildId::from_column(row.try_get("guild_id")?),
        thread: row.try_get::<Option<i64>, _>("thread_id")?.map(ThreadId::from_column),
        state: State::from_str(state).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        asked_at: Timestamp::from_column(row.try_get("reserved_at")?),
        row: Row(stored),
    })
}

fn named(row: &SqliteRow) -> Result<Named> {
    Ok(Named { guild: GuildId::from_column(row.try_get("guild_id")?), row: columns(row)? })
}

/// The row with all stored columns.
fn columns(row: &SqliteRow) -> Result<Row> {
    let stored = row.columns().iter().map(|column| {
        let at = column.ordinal();
        let value = row.try_get_raw(at)?;
        let stored = match value.type_info().name() {
            _ if value.is_null() => Stored::Nothing,
            "TEXT" => Stored::Text(row.try_get(at)?),
            _ => Stored::Number(row.try_get(at)?),
        };
        Ok((column.name().to_owned(), stored))
    });
    stored.collect::<Result<Vec<_>>>().map(Row)
}
