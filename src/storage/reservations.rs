//! A ticket's row until its thread is known: reserve it, store the thread. `lifecycle` has the rest.

use std::str::FromStr;

use sqlx::Row;

use super::inbox_settings::read;
use super::snowflake::Column;
use super::timers::NEVER;
use super::{Database, Result, WriteTx};
use crate::domain::admission::{Counts, Held, MINUTE, Slot};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, InteractionId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::settings::ServerSettings;

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket {
    pub guild: GuildId,
    pub inbox: InboxId,
    pub owner: UserId,
    /// Who opens it for the owner; `None`: the owner.
    pub opened_by: Option<UserId>,
    pub parent: ChannelId,
    pub slot: Slot,
    /// Unique in the guild.
    pub number: u32,
    /// The inbox's own count.
    pub counter: u32,
    pub name_digest: String,
    /// The interaction that requests it.
    pub interaction: InteractionId,
    /// The member is owed it, even after a crash.
    pub promised: bool,
    pub at: Timestamp,
}

/// The tickets that hold this member's slots in the inbox, oldest first.
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

/// The slots of the owner's tickets in this inbox.
pub async fn taken_slots(tx: &mut WriteTx, inbox: InboxId, owner: UserId) -> Result<Vec<u32>> {
    let slots: Vec<i64> =
        sqlx::query_scalar("SELECT slot FROM ticket WHERE inbox_id = $1 AND owner_id = $2 AND slot IS NOT NULL")
            .bind(inbox.to_column())
            .bind(owner.to_column())
            .fetch_all(&mut *tx.0)
            .await?;
    Ok(slots.into_iter().map(|slot| u32::try_from(slot).unwrap_or(u32::MAX)).collect())
}

/// How many open tickets a member has in a guild, over all its inboxes, and how many they may have there.
pub async fn in_guild(tx: &mut WriteTx, guild: GuildId, owner: UserId) -> Result<(u64, u32)> {
    let (open, server): (i64, Option<String>) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM ticket WHERE guild_id = $1 AND owner_id = $2 AND slot IS NOT NULL),
             (SELECT settings FROM guild WHERE id = $1)",
    )
    .bind(guild.to_column())
    .bind(owner.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    let server: ServerSettings = server.as_deref().map(read).transpose()?.unwrap_or_default();
    Ok((u64::try_from(open).unwrap_or(0), server.limits.member_limit))
}

/// The facts that a request to open a ticket meets.
#[derive(Clone, Debug)]
pub struct Standing {
    /// This interaction has already requested a ticket: events may be duplicated.
    pub is_known: bool,
    /// When this member last began to open a ticket here. Failed openings do not count, nor does what others have given
    /// them: a ticket that was opened for them, transferred to them or moved here.
    pub last_opened_at: Option<Timestamp>,
    /// When their longest block here ends; `Some(None)`: when it is taken back.
    pub blocked: Option<Option<Timestamp>>,
    pub counts: Counts,
    pub server: ServerSettings,
}

/// Whose standing is asked for, and where.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub interaction: InteractionId,
    pub guild: GuildId,
    pub inbox: Option<InboxId>,
    /// Whether the open tickets of the inbox are counted: there may be many, and few inboxes limit them.
    pub counts_inbox: bool,
    pub owner: UserId,
    pub now: Timestamp,
}

/// One statement: each is a round trip to the database's thread while a member waits.
pub async fn standing(tx: &mut WriteTx, asked: Asked) -> Result<Standing> {
    // A clock that was set back leaves tickets in the future, which must not count for long.
    let row = sqlx::query(
        "SELECT EXISTS (SELECT 1 FROM ticket WHERE interaction_id = $1) AS is_known,
             (SELECT reserved_at FROM ticket
              WHERE inbox_id = $2 AND owner_id = $3 AND coalesce(opened_by, owner_id) = owner_id
              AND NOT EXISTS (SELECT 1 FROM ticket former WHERE former.successor_id = ticket.id)
              AND (opened_at IS NOT NULL OR state = 'opening') ORDER BY reserved_at DESC LIMIT 1) AS last_opened_at,
             (SELECT count(*) FROM ticket INDEXED BY ticket_listed_in
              WHERE inbox_id = $2 AND state = 'opening') AS opening,
             CASE WHEN $5 THEN (SELECT count(*) FROM ticket WHERE inbox_id = $2 AND slot IS NOT NULL) END AS in_inbox,
             (SELECT count(*) FROM ticket
              WHERE guild_id = $4 AND owner_id = $3 AND slot IS NOT NULL) AS of_member,
             (SELECT count(*) FROM ticket
              WHERE guild_id = $4 AND reserved_at > $6 AND reserved_at <= $7
              AND (opened_at IS NOT NULL OR state = 'opening')) AS in_minute,
             (SELECT max(coalesce(ends_at, $8)) FROM block
              WHERE user_id = $3 AND guild_id = $4 AND (inbox_id IS NULL OR inbox_id = $2)
              AND (ends_at IS NULL OR ends_at > $9)) AS blocked,
             (SELECT settings FROM guild WHERE id = $4) AS server",
    )
    .bind(asked.interaction.to_column())
    .bind(asked.inbox.map(Column::to_column))
    .bind(asked.owner.to_column())
    .bind(asked.guild.to_column())
    .bind(asked.counts_inbox)
    .bind((asked.now - MINUTE).to_column())
    .bind((asked.now + MINUTE).to_column())
    .bind(NEVER.to_column())
    .bind(asked.now.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    let time = |name| row.try_get::<Option<i64>, _>(name).map(|at| at.map(Timestamp::from_column));
    let count = |name| -> Result<u64> {
        let count: Option<i64> = row.try_get(name)?;
        Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
    };
    let server: ServerSettings = row.try_get::<Option<&str>, _>("server")?.map(read).transpose()?.unwrap_or_default();
    let mut counts = Counts {
        opening: count("opening")?,
        in_inbox: count("in_inbox")?,
        of_member: count("of_member")?,
        in_minute: count("in_minute")?,
        minute_began_at: None,
    };
    let limit = u64::from(server.limits.minute_limit);
    if (1..=counts.in_minute).contains(&limit) {
        counts.minute_began_at = newest_opening(tx, asked.guild, asked.now, limit).await?;
    }
    Ok(Standing {
        is_known: row.try_get("is_known")?,
        last_opened_at: time("last_opened_at")?,
        blocked: time("blocked")?.map(|at| Some(at).filter(|at| *at < NEVER)),
        counts,
        server,
    })
}

/// When the ticket was requested that is so many tickets back in the guild's minute; 1: the newest.
async fn newest_opening(tx: &mut WriteTx, guild: GuildId, now: Timestamp, back: u64) -> Result<Option<Timestamp>> {
    let at: Option<i64> = sqlx::query_scalar(
        "SELECT reserved_at FROM ticket
         WHERE guild_id = $1 AND reserved_at > $2 AND reserved_at <= $3
         AND (opened_at IS NOT NULL OR state = 'opening') ORDER BY reserved_at DESC LIMIT 1 OFFSET $4",
    )
    .bind(guild.to_column())
    .bind((now - MINUTE).to_column())
    .bind((now + MINUTE).to_column())
    .bind(i64::try_from(back - 1).unwrap_or(i64::MAX))
    .fetch_optional(&mut *tx.0)
    .await?;
    Ok(at.map(Timestamp::from_column))
}

/// Stores that the member of this click is shown that the bot is at work.
pub async fn promise(db: &Database, interaction: InteractionId) -> Result<()> {
    sqlx::query("UPDATE ticket SET promised = 1 WHERE interaction_id = $1 AND state = 'opening'")
        .bind(interaction.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Takes the inbox's next number.
pub async fn next_counter(tx: &mut WriteTx, inbox: InboxId) -> Result<u32> {
    let number: i64 = sqlx::query_scalar("UPDATE inbox SET counter = counter + 1 WHERE id = $1 RETURNING counter")
        .bind(inbox.to_column())
        .fetch_one(&mut *tx.0)
        .await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

pub async fn insert(tx: &mut WriteTx, new: &NewTicket) -> Result<TicketId> {
    sqlx::query_scalar(
        "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, state, slot, number, name_digest, interaction_id,
             reserved_at, guild_number, opened_by, promised)
         VALUES ($1, $2, $3, $4, 'opening', $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
    )
    .bind(new.guild.to_column())
    .bind(new.inbox.to_column())
    .bind(new.owner.to_column())
    .bind(new.parent.to_column())
    .bind(i64::from(new.slot.get()))
    .bind(i64::from(new.counter))
    .bind(&new.name_digest)
    .bind(new.interaction.to_column())
    .bind(new.at.to_column())
    .bind(i64::from(new.number))
    .bind(new.opened_by.map(Column::to_column))
    .bind(new.promised)
    .fetch_one(&mut *tx.0)
    .await
    .map(TicketId::from_column)
}

/// Stores the other name under which the thread is about to be created.
pub async fn set_name_digest(db: &Database, ticket: TicketId, digest: &str) -> Result<()> {
    sqlx::query("UPDATE ticket SET name_digest = $2 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(digest)
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Stores the ticket's thread. False when the reservation was deleted, or the thread is another ticket's.
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

/// Whether the thread belongs to another ticket.
pub async fn is_others_thread(db: &Database, ticket: TicketId, thread: ThreadId) -> Result<bool> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM ticket WHERE thread_id = $1 AND id <> $2")
        .bind(thread.to_column())
        .bind(ticket.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(found.is_some())
}

/// Removes the ticket's thread again.
pub async fn unset_thread(db: &Database, ticket: TicketId) -> Result<()> {
    sqlx::query("UPDATE ticket SET thread_id = NULL WHERE id = $1 AND state = 'opening'")
        .bind(ticket.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Whether a running click waits for a thread in this channel, with this name digest if one is given: an unclaimed
/// thread may be theirs.
pub async fn is_awaited(db: &Database, ticket: TicketId, parent: ChannelId, name_digest: Option<&str>) -> Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM ticket t JOIN step s ON s.lane = t.id AND s.kind = 'open'
         WHERE t.state = 'opening' AND t.thread_id IS NULL AND t.parent_id = $1 AND ($2 IS NULL OR t.name_digest = $2)
         AND t.id <> $3 AND s.holder IS NOT NULL AND s.attempts = 0)",
    )
    .bind(parent.to_column())
    .bind(name_digest)
    .bind(ticket.to_column())
    .fetch_one(&db.reader)
    .await
}
