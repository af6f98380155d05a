//! Tickets whose threads exist: what is known of them, and what a decision changes.

use std::str::FromStr;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{Closing, Flags, Notice, State, Thread};

/// What has still to be done on Discord after a ticket was closed, or opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remaining {
    Notice(Notice),
    /// The notice is posted.
    Archive,
    /// It is open again, and still locked.
    Unlock,
}

/// A ticket with its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub ticket: TicketId,
    pub guild: GuildId,
    pub inbox: Option<InboxId>,
    pub owner: UserId,
    pub parent: ChannelId,
    pub id: ThreadId,
    pub state: State,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub thread: Thread,
    pub remaining: Option<Remaining>,
    /// Tickets the owner may have open in the inbox; 0 is any number.
    pub limit: u32,
}

const ARCHIVE: &str = "archive";
const UNLOCK: &str = "unlock";

impl Remaining {
    fn as_str(self) -> &'static str {
        match self {
            Self::Notice(notice) => notice.as_str(),
            Self::Archive => ARCHIVE,
            Self::Unlock => UNLOCK,
        }
    }

    fn parse(text: &str) -> Result<Self> {
        match text {
            ARCHIVE => Ok(Self::Archive),
            UNLOCK => Ok(Self::Unlock),
            notice => parse(notice).map(Self::Notice),
        }
    }

    /// The notice that is still to be posted.
    pub fn notice(self) -> Option<Notice> {
        match self {
            Self::Notice(notice) => Some(notice),
            Self::Archive | Self::Unlock => None,
        }
    }

    pub fn is_of_close(self) -> bool {
        self != Self::Unlock
    }
}

impl Record {
    /// Open, as far as is known.
    pub fn is_open(&self) -> bool {
        self.state == State::Open && self.thread != Thread::Gone
    }

    pub fn closing(&self) -> Closing {
        if self.remaining.is_some_and(Remaining::is_of_close) { Closing::Underway } else { Closing::Finished }
    }
}

macro_rules! select_record {
    ($condition:literal) => {
        concat!(
            "SELECT t.id, t.guild_id, t.inbox_id, t.owner_id, t.parent_id, t.thread_id, t.state, t.opened_at,
                    t.closed_at, t.archived, t.locked, t.flags_changed_at, t.thread_gone, t.closing, coalesce(i.member_limit, 0) AS member_limit
             FROM ticket t LEFT JOIN inbox i ON i.id = t.inbox_id WHERE ",
            $condition
        )
    };
}

/// The ticket of a thread, looked up without holding the writer.
pub async fn find(db: &Database, thread: ThreadId) -> Result<Option<Record>> {
    let row =
        sqlx::query(select_record!("t.thread_id = $1")).bind(thread.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The tickets among these threads. One statement, however many they are.
pub async fn list_among(db: &Database, threads: impl Iterator<Item = ThreadId>) -> Result<Vec<Record>> {
    let mut query = QueryBuilder::new(select_record!("t.thread_id IN ("));
    let mut listed = query.separated(", ");
    let mut any = false;
    for thread in threads {
        listed.push_bind(thread.to_column());
        any = true;
    }
    if !any {
        return Ok(Vec::new());
    }
    query.push(")");
    // Of another length the next time: not worth keeping.
    let rows = query.build().persistent(false).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// The ticket of a thread, as it stays until `tx` ends.
pub async fn load(tx: &mut WriteTx, thread: ThreadId) -> Result<Option<Record>> {
    let row =
        sqlx::query(select_record!("t.thread_id = $1")).bind(thread.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The threads of a member's tickets in a guild that are not closed.
pub async fn list_of_owner(db: &Database, guild: GuildId, owner: UserId) -> Result<Vec<ThreadId>> {
    let threads: Vec<i64> = sqlx::query_scalar(
        "SELECT thread_id FROM ticket
         WHERE guild_id = $1 AND owner_id = $2 AND state <> 'closed' AND thread_id IS NOT NULL ORDER BY id",
    )
    .bind(guild.to_column())
    .bind(owner.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(threads.into_iter().map(ThreadId::from_column).collect())
}

/// The threads in a channel that are not known to be gone.
pub async fn list_in_parent(db: &Database, parent: ChannelId) -> Result<Vec<ThreadId>> {
    let threads: Vec<i64> = sqlx::query_scalar(
        "SELECT thread_id FROM ticket WHERE parent_id = $1 AND thread_gone = 0 AND thread_id IS NOT NULL ORDER BY id",
    )
    .bind(parent.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(threads.into_iter().map(ThreadId::from_column).collect())
}

/// A guild's open tickets, newest first: their owners are the most likely to wait for something.
pub async fn list_open(db: &Database, guild: GuildId) -> Result<Vec<Record>> {
    let rows =
        sqlx::query(select_record!("t.guild_id = $1 AND t.state = 'open' AND t.thread_gone = 0 ORDER BY t.id DESC"))
            .bind(guild.to_column())
            .fetch_all(&db.reader)
            .await?;
    rows.iter().map(from_row).collect()
}

/// A guild's tickets that were taken over, and of which nothing was heard since, newest first.
pub async fn list_unseen(db: &Database, guild: GuildId) -> Result<Vec<Record>> {
    let rows =
        sqlx::query(select_record!("t.guild_id = $1 AND t.unseen = 1 AND t.thread_gone = 0 ORDER BY t.thread_id DESC"))
            .bind(guild.to_column())
            .fetch_all(&db.reader)
            .await?;
    rows.iter().map(from_row).collect()
}

/// What became of a ticket that was taken over is known.
pub async fn set_seen(tx: &mut WriteTx, ticket: TicketId, at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET unseen = 0, closed_at = CASE WHEN state <> 'closed' THEN NULL ELSE coalesce(closed_at, $2) END
         WHERE id = $1",
    )
    .bind(ticket.to_column())
    .bind(at.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// The channel that a ticket's thread is in: of one that was taken over it was not recorded.
pub async fn set_parent(db: &Database, ticket: TicketId, parent: ChannelId) -> Result<()> {
    sqlx::query("UPDATE ticket SET parent_id = $2 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(parent.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The tickets of which something was decided but not carried out to the end.
pub async fn list_closing(db: &Database) -> Result<Vec<Record>> {
    let rows = sqlx::query(select_record!("t.closing IS NOT NULL ORDER BY t.id")).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// The places that the owner's other tickets take in this inbox.
pub async fn taken_slots(tx: &mut WriteTx, inbox: InboxId, owner: UserId) -> Result<Vec<u32>> {
    let slots: Vec<i64> =
        sqlx::query_scalar("SELECT slot FROM ticket WHERE inbox_id = $1 AND owner_id = $2 AND slot IS NOT NULL")
            .bind(inbox.to_column())
            .bind(owner.to_column())
            .fetch_all(&mut *tx.0)
            .await?;
    Ok(slots.into_iter().map(|slot| u32::try_from(slot).unwrap_or(u32::MAX)).collect())
}

/// What a decision makes of a ticket. `slot` is the place it takes, where it newly takes one.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub state: State,
    pub slot: Option<u32>,
    pub thread: Thread,
    pub remaining: Option<Remaining>,
    pub at: Timestamp,
}

/// Saves a decision. A place is kept while the ticket still counts, and given back when it no longer does.
pub async fn save(tx: &mut WriteTx, ticket: TicketId, change: &Change) -> Result<()> {
    let (flags, gone) = match change.thread {
        Thread::There(flags) => (flags, false),
        Thread::Gone => (Flags::NEW, true),
        Thread::NotMade => (Flags::NEW, false),
    };
    sqlx::query(
        "UPDATE ticket SET state = $2,
             slot = CASE WHEN $3 = 1 THEN coalesce(slot, $4) ELSE NULL END,
             archived = $5, locked = $6, flags_changed_at = $7, thread_gone = $8, closing = $9,
             closed_at = CASE WHEN $2 <> 'closed' THEN NULL ELSE coalesce(closed_at, $10) END,
             unseen = CASE WHEN $2 <> 'closed' THEN 0 ELSE unseen END
         WHERE id = $1",
    )
    .bind(ticket.to_column())
    .bind(change.state.as_str())
    .bind(i64::from(change.state.holds_slot()))
    .bind(change.slot.map(i64::from))
    .bind(i64::from(flags.archived))
    .bind(i64::from(flags.locked))
    .bind(flags.changed_at.map(Column::to_column))
    .bind(i64::from(gone))
    .bind(change.remaining.map(Remaining::as_str))
    .bind(change.at.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

fn from_row(row: &SqliteRow) -> Result<Record> {
    let thread = if row.try_get::<i64, _>("thread_gone")? != 0 {
        Thread::Gone
    } else {
        Thread::There(Flags {
            archived: row.try_get::<i64, _>("archived")? != 0,
            locked: row.try_get::<i64, _>("locked")? != 0,
            changed_at: row.try_get::<Option<i64>, _>("flags_changed_at")?.map(Timestamp::from_column),
        })
    };
    Ok(Record {
        ticket: TicketId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        owner: UserId::from_column(row.try_get("owner_id")?),
        parent: ChannelId::from_column(row.try_get("parent_id")?),
        id: ThreadId::from_column(row.try_get("thread_id")?),
        state: parse(row.try_get("state")?)?,
        opened_at: row.try_get::<Option<i64>, _>("opened_at")?.map(Timestamp::from_column),
        closed_at: row.try_get::<Option<i64>, _>("closed_at")?.map(Timestamp::from_column),
        thread,
        remaining: row.try_get::<Option<&str>, _>("closing")?.map(Remaining::parse).transpose()?,
        limit: u32::try_from(row.try_get::<i64, _>("member_limit")?).unwrap_or(u32::MAX),
    })
}

fn parse<T: FromStr>(text: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
