//! The life of a ticket's row while it is being opened: reserve, learn the thread, open; or release it again.

use std::str::FromStr;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::admission::{Held, Slot};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, InteractionId, MessageId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::State;

/// A ticket that is about to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket {
    pub guild: GuildId,
    pub inbox: InboxId,
    pub owner: UserId,
    pub parent: ChannelId,
    pub slot: Slot,
    pub number: u32,
    pub name_digest: String,
    /// The click that asks for it.
    pub interaction: InteractionId,
    pub at: Timestamp,
}

/// A row whose opening never came to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub ticket: TicketId,
    pub guild: GuildId,
    /// `None`: it was deleted meanwhile.
    pub inbox: Option<InboxId>,
    pub owner: UserId,
    pub parent: ChannelId,
    pub thread: Option<ThreadId>,
    pub number: u32,
    pub name_digest: String,
    /// The member was shown that the bot is at work.
    pub promised: bool,
    pub reserved_at: Timestamp,
}

/// The tickets that take one of this member's places in the inbox, oldest first.
pub async fn held(tx: &mut WriteTx, inbox: InboxId, owner: UserId) -> Result<Vec<Held>> {
    let rows = sqlx::query(
        "SELECT id, thread_id, state, slot FROM ticket
         WHERE inbox_id = $1 AND owner_id = $2 AND slot IS NOT NULL ORDER BY id",
    )
    .bind(inbox.to_column())
    .bind(owner.to_column())
    .fetch_all(&mut *tx.0)
    .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get("state")?;
            Ok(Held {
                ticket: TicketId::from_column(row.try_get("id")?),
                slot: Slot::new(u32::try_from(row.try_get::<i64, _>("slot")?).unwrap_or(u32::MAX)),
                thread: row.try_get::<Option<i64>, _>("thread_id")?.map(ThreadId::from_column),
                state: State::from_str(&state).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            })
        })
        .collect()
}

/// What a click meets.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// A ticket was asked for by this very click before: events can be reported twice.
    pub is_known: bool,
    /// When this member last opened a ticket here, or began to. Tickets that could not be opened do not count.
    pub last_opened_at: Option<Timestamp>,
    /// How many tickets of this inbox are being opened, whoever they are for.
    pub opening: u64,
}

/// One statement for all of it: each goes to the database's thread and back while a member waits.
pub async fn standing(
    tx: &mut WriteTx,
    interaction: InteractionId,
    panel_message: MessageId,
    owner: UserId,
) -> Result<Standing> {
    // With the plus SQLite looks through the few that are on their way, and not through all that the inbox ever had.
    let row = sqlx::query(
        "WITH clicked AS (SELECT i.id FROM panel p JOIN inbox i ON i.panel_id = p.id
             WHERE p.message_id = $2 ORDER BY i.position, i.id LIMIT 1)
         SELECT EXISTS (SELECT 1 FROM ticket WHERE interaction_id = $1) AS is_known,
             (SELECT reserved_at FROM ticket
              WHERE inbox_id = (SELECT id FROM clicked) AND owner_id = $3
              AND (opened_at IS NOT NULL OR state = 'opening') ORDER BY reserved_at DESC LIMIT 1) AS last_opened_at,
             (SELECT count(*) FROM ticket
              WHERE state = 'opening' AND +inbox_id = (SELECT id FROM clicked)) AS opening",
    )
    .bind(interaction.to_column())
    .bind(panel_message.to_column())
    .bind(owner.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    Ok(Standing {
        is_known: row.try_get("is_known")?,
        last_opened_at: row.try_get::<Option<i64>, _>("last_opened_at")?.map(Timestamp::from_column),
        opening: u64::try_from(row.try_get::<i64, _>("opening")?).unwrap_or(0),
    })
}

/// The member of this click is about to be shown that the bot is at work.
pub async fn promise(db: &Database, interaction: InteractionId) -> Result<()> {
    sqlx::query("UPDATE ticket SET promised = 1 WHERE interaction_id = $1 AND state = 'opening'")
        .bind(interaction.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Takes the inbox's next number.
pub async fn next_number(tx: &mut WriteTx, inbox: InboxId) -> Result<u32> {
    let number: i64 = sqlx::query_scalar("UPDATE inbox SET counter = counter + 1 WHERE id = $1 RETURNING counter")
        .bind(inbox.to_column())
        .fetch_one(&mut *tx.0)
        .await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

pub async fn insert(tx: &mut WriteTx, new: &NewTicket) -> Result<TicketId> {
    sqlx::query_scalar(
        "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, state, slot, number, name_digest, interaction_id,
             reserved_at)
         VALUES ($1, $2, $3, $4, 'opening', $5, $6, $7, $8, $9) RETURNING id",
    )
    .bind(new.guild.to_column())
    .bind(new.inbox.to_column())
    .bind(new.owner.to_column())
    .bind(new.parent.to_column())
    .bind(i64::from(new.slot.get()))
    .bind(i64::from(new.number))
    .bind(&new.name_digest)
    .bind(new.interaction.to_column())
    .bind(new.at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(TicketId::from_column)
}

/// The thread is about to be made under another name.
pub async fn set_name_digest(db: &Database, ticket: TicketId, digest: &str) -> Result<()> {
    sqlx::query("UPDATE ticket SET name_digest = $2 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(digest)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// This is the ticket's thread. False when the reservation is gone, or when the thread is another ticket's.
pub async fn set_thread(db: &Database, ticket: TicketId, thread: ThreadId) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE ticket SET thread_id = $2 WHERE id = $1 AND state = 'opening'
         AND NOT EXISTS (SELECT 1 FROM ticket other WHERE other.thread_id = $2 AND other.id <> $1)",
    )
    .bind(ticket.to_column())
    .bind(thread.to_column())
    .execute(&db.writer)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the thread is another ticket's than this one.
pub async fn is_others_thread(db: &Database, ticket: TicketId, thread: ThreadId) -> Result<bool> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM ticket WHERE thread_id = $1 AND id <> $2")
        .bind(thread.to_column())
        .bind(ticket.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(found.is_some())
}

/// The other tickets for which a thread of the same name was asked for in the same channel, and that have none yet.
pub async fn namesakes(db: &Database, ticket: TicketId, parent: ChannelId, name_digest: &str) -> Result<Vec<TicketId>> {
    let found: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM ticket
         WHERE state = 'opening' AND thread_id IS NULL AND parent_id = $1 AND name_digest = $2 AND id <> $3",
    )
    .bind(parent.to_column())
    .bind(name_digest)
    .bind(ticket.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(found.into_iter().map(TicketId::from_column).collect())
}

/// The ticket is open: its owner and the starter message are in the thread. False when it no longer was `opening`,
/// because the thread was deleted or closed meanwhile.
pub async fn set_open(db: &Database, ticket: TicketId, at: Timestamp) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE ticket SET state = 'open', opened_at = $2, name_digest = NULL, promised = 0 WHERE id = $1 AND state = 'opening'",
    )
    .bind(ticket.to_column())
    .bind(at.to_column())
    .execute(&db.writer)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The opening failed and left nothing on Discord: the row goes, and with it the place and the cooldown. Also when the
/// deletion of its thread was reported first, and closed it.
pub async fn release(db: &Database, ticket: TicketId) -> Result<()> {
    sqlx::query("DELETE FROM ticket WHERE id = $1 AND opened_at IS NULL")
        .bind(ticket.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// An open ticket is to be taken back: it is as if its opening had not ended. `false` when it is not open.
pub async fn reopen_reservation(db: &Database, ticket: TicketId) -> Result<bool> {
    let changed = sqlx::query("UPDATE ticket SET state = 'opening', opened_at = NULL WHERE id = $1 AND state = 'open'")
        .bind(ticket.to_column())
        .execute(&db.writer)
        .await?;
    Ok(changed.rows_affected() == 1)
}

/// The opening failed, but the thread could only be archived: the row stays as a closed ticket that was never opened.
pub async fn give_up(db: &Database, ticket: TicketId, thread: ThreadId, at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET state = 'closed', slot = NULL, thread_id = $2, closed_at = $3, name_digest = NULL, promised = 0
         WHERE id = $1 AND state = 'opening'",
    )
    .bind(ticket.to_column())
    .bind(thread.to_column())
    .bind(at.to_column())
    .execute(&db.writer)
    .await?;
    Ok(())
}

macro_rules! select_unfinished {
    ($condition:literal) => {
        concat!(
            "SELECT id, guild_id, inbox_id, owner_id, parent_id, thread_id, number, name_digest, promised, reserved_at
             FROM ticket WHERE state = 'opening' AND ",
            $condition
        )
    };
}

/// The rows reserved before `before` that are still opening, oldest first.
pub async fn unfinished(db: &Database, before: Timestamp) -> Result<Vec<Unfinished>> {
    let rows = sqlx::query(select_unfinished!("reserved_at < $1 ORDER BY reserved_at"))
        .bind(before.to_column())
        .fetch_all(&db.reader)
        .await?;
    rows.iter().map(unfinished_from).collect()
}

/// The row of this ticket, if it is still opening.
pub async fn find_unfinished(db: &Database, ticket: TicketId) -> Result<Option<Unfinished>> {
    let row = sqlx::query(select_unfinished!("id = $1")).bind(ticket.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| unfinished_from(&row)).transpose()
}

fn unfinished_from(row: &SqliteRow) -> Result<Unfinished> {
    Ok(Unfinished {
        ticket: TicketId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        owner: UserId::from_column(row.try_get("owner_id")?),
        parent: ChannelId::from_column(row.try_get("parent_id")?),
        thread: row.try_get::<Option<i64>, _>("thread_id")?.map(ThreadId::from_column),
        number: u32::try_from(row.try_get::<i64, _>("number")?).unwrap_or(u32::MAX),
        name_digest: row.try_get::<Option<String>, _>("name_digest")?.unwrap_or_default(),
        promised: row.try_get::<i64, _>("promised")? != 0,
        reserved_at: Timestamp::from_column(row.try_get("reserved_at")?),
    })
}
