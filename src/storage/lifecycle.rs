//! Stored tickets after their reservation: find, list, save a decision, delete.

use std::str::FromStr;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};

use super::buttons::Buttons;
use super::snowflake::Column;
use super::{Database, Result, WriteTx, cards};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, InteractionId, MessageId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{Flags, State, Thread};
use crate::domain::priority::Priority;

/// A stored ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub ticket: TicketId,
    pub guild: GuildId,
    /// `None`: it was deleted meanwhile.
    pub inbox: Option<InboxId>,
    pub owner: UserId,
    pub parent: ChannelId,
    /// `None`: Discord has not confirmed a thread yet.
    pub thread_id: Option<ThreadId>,
    pub state: State,
    pub thread: Thread,
    /// Unique in the guild; 0 if it has none yet.
    pub number: u32,
    /// Its number in the inbox, for its name.
    pub counter: u32,
    /// Of the planned name, until the ticket is open.
    pub name_digest: String,
    /// The member saw that the bot is at work.
    pub promised: bool,
    /// The click that requested it, if known.
    pub interaction: Option<InteractionId>,
    pub reserved_at: Timestamp,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Who closed it, through the bot or by archiving its thread, as far as it is known.
    pub closed_by: Option<UserId>,
    pub opened_by: OpenedBy,
    /// The ticket that goes on in its place, or is about to.
    pub successor: Option<TicketId>,
    pub claim: Option<Claim>,
    pub priority: Priority,
    pub starter: Option<MessageId>,
    pub buttons: Buttons,
    /// The notice of the last close, once posted.
    pub notice: Option<MessageId>,
    /// The number of state changes.
    pub revision: u32,
    /// The owner's open tickets allowed in the inbox; 0 is unlimited.
    pub limit: u32,
}

/// Who works on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub by: UserId,
    pub at: Timestamp,
}

/// Who opened a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedBy {
    Owner,
    Other(UserId),
    /// Somebody else, whose data was deleted at their request.
    Unknown,
}

impl Record {
    /// Open, as far as the bot knows.
    pub fn is_open(&self) -> bool {
        self.state == State::Open && matches!(self.thread, Thread::There(_))
    }

    /// When the member requested it, by Discord's clock if known.
    pub fn asked_at(&self) -> Timestamp {
        self.interaction.map_or(self.reserved_at, InteractionId::created_at)
    }

    /// The latest known activity, by Discord's clock.
    pub fn last_sign_by_discord(&self) -> Option<Timestamp> {
        let posted = [self.starter, self.notice].into_iter().flatten().map(MessageId::created_at);
        let changed = match self.thread {
            Thread::There(flags) | Thread::Hidden(flags) => flags.changed_at,
            Thread::NotMade | Thread::Gone => None,
        };
        posted.chain(changed).chain(self.thread_id.map(ThreadId::created_at)).max()
    }
}

macro_rules! select_record {
    ($condition:literal) => {
        concat!(
            "SELECT t.id, t.guild_id, t.inbox_id, t.owner_id, t.parent_id, t.thread_id, t.state, t.number, t.name_digest,
                    t.promised, t.interaction_id, t.reserved_at, t.opened_at, t.closed_at, t.archived, t.locked,
                    t.flags_changed_at, t.thread_gone, t.hidden_since, t.starter_id, t.notice_id, t.revision,
                    t.guild_number, t.closed_by, t.claimed_by, t.claimed_at, t.priority, t.has_buttons,
                    t.opened_by, t.successor_id,
                    coalesce(i.member_limit, 0) AS member_limit
             FROM ticket t LEFT JOIN inbox i ON i.id = t.inbox_id WHERE ",
            $condition
        )
    };
}

/// The ticket of a thread, read without holding the writer.
pub async fn find(db: &Database, thread: ThreadId) -> Result<Option<Record>> {
    let row =
        sqlx::query(select_record!("t.thread_id = $1")).bind(thread.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// A ticket, read without holding the writer.
pub async fn find_ticket(db: &Database, ticket: TicketId) -> Result<Option<Record>> {
    let row = sqlx::query(select_record!("t.id = $1")).bind(ticket.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The tickets of these threads, in one statement.
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
    // Its length varies: do not cache it.
    let rows = query.build().persistent(false).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// The ticket of a thread; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, thread: ThreadId) -> Result<Option<Record>> {
    let row =
        sqlx::query(select_record!("t.thread_id = $1")).bind(thread.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// A ticket; it cannot change until `tx` ends.
pub async fn load_ticket(tx: &mut WriteTx, ticket: TicketId) -> Result<Option<Record>> {
    let row = sqlx::query(select_record!("t.id = $1")).bind(ticket.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// A member's tickets in a guild that are not closed, including opening ones.
pub async fn list_of_owner(db: &Database, guild: GuildId, owner: UserId) -> Result<Vec<TicketId>> {
    let tickets: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM ticket WHERE guild_id = $1 AND owner_id = $2 AND state <> 'closed' ORDER BY id",
    )
    .bind(guild.to_column())
    .bind(owner.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(tickets.into_iter().map(TicketId::from_column).collect())
}

/// The threads in a channel that are not known to be deleted.
pub async fn list_in_parent(db: &Database, parent: ChannelId) -> Result<Vec<ThreadId>> {
    let threads: Vec<i64> = sqlx::query_scalar(
        "SELECT thread_id FROM ticket WHERE parent_id = $1 AND thread_gone = 0 AND thread_id IS NOT NULL ORDER BY id",
    )
    .bind(parent.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(threads.into_iter().map(ThreadId::from_column).collect())
}

/// A guild's open tickets, newest first: their owners most likely wait for something.
pub async fn list_open(db: &Database, guild: GuildId) -> Result<Vec<Record>> {
    let rows =
        sqlx::query(select_record!("t.guild_id = $1 AND t.state = 'open' AND t.thread_gone = 0 ORDER BY t.id DESC"))
            .bind(guild.to_column())
            .fetch_all(&db.reader)
            .await?;
    rows.iter().map(from_row).collect()
}

/// A guild's imported tickets without any report since, newest first.
pub async fn list_unseen(db: &Database, guild: GuildId) -> Result<Vec<Record>> {
    let rows =
        sqlx::query(select_record!("t.guild_id = $1 AND t.unseen = 1 AND t.thread_gone = 0 ORDER BY t.thread_id DESC"))
            .bind(guild.to_column())
            .fetch_all(&db.reader)
            .await?;
    rows.iter().map(from_row).collect()
}

/// A ticket whose thread the bot cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// `None`: its inbox was deleted.
    pub inbox: Option<InboxId>,
    pub thread: ThreadId,
}

/// The tickets of a guild that are not closed and whose threads the bot cannot see, the newest first; at most 1,000.
pub async fn list_hidden(db: &Database, guild: GuildId) -> Result<Vec<Hidden>> {
    let rows: Vec<(Option<i64>, i64)> = sqlx::query_as(
        "SELECT inbox_id, thread_id FROM ticket
         WHERE guild_id = $1 AND hidden_since IS NOT NULL AND state <> 'closed' ORDER BY id DESC LIMIT 1000",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    let hidden = rows.into_iter().map(|(inbox, thread)| Hidden {
        inbox: inbox.map(InboxId::from_column),
        thread: ThreadId::from_column(thread),
    });
    Ok(hidden.collect())
}

/// A decision's changes to a ticket.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub state: State,
    /// The slot it newly takes, if any.
    pub slot: Option<u32>,
    pub thread: Thread,
    /// It is ready now.
    pub opens: bool,
    /// It no longer counts as opened.
    pub unopened: bool,
    /// A close begins; its notice is not posted yet.
    pub closes: bool,
    /// Who closed it through the bot.
    pub closed_by: Option<UserId>,
    /// It returns to a close of that time, which stays as it was.
    pub closed_at: Option<Timestamp>,
    pub starter: Option<MessageId>,
    /// What that message shows.
    pub buttons: Buttons,
    /// The state of an imported ticket is now known.
    pub was_imported: bool,
    pub at: Timestamp,
}

/// Saves a decision. Keeps the slot while the ticket counts, and releases it afterwards.
pub async fn save(tx: &mut WriteTx, before: &Record, change: &Change) -> Result<()> {
    let (flags, gone, hidden) = match change.thread {
        Thread::There(flags) => (flags, false, false),
        Thread::Hidden(flags) => (flags, false, true),
        Thread::Gone => (Flags::NEW, true, false),
        Thread::NotMade => (Flags::NEW, false, false),
    };
    let is_closed = change.state == State::Closed;
    sqlx::query(
        "UPDATE ticket SET state = $2,
             slot = CASE WHEN $3 = 1 THEN coalesce(slot, $4) ELSE NULL END,
             archived = $5, locked = $6, flags_changed_at = $7, thread_gone = $8,
             hidden_since = CASE WHEN $9 = 1 THEN coalesce(hidden_since, $10) ELSE NULL END,
             closed_at = CASE WHEN $11 = 1 THEN coalesce(closed_at, $22, $10) ELSE NULL END,
             opened_at = CASE WHEN $12 = 1 THEN NULL WHEN $13 = 1 THEN $10 ELSE opened_at END,
             name_digest = CASE WHEN $14 = 1 THEN name_digest ELSE NULL END,
             promised = CASE WHEN $14 = 1 THEN promised ELSE 0 END,
             notice_id = CASE WHEN $15 = 1 THEN NULL ELSE notice_id END,
             closed_by = CASE WHEN $15 = 1 THEN $21 ELSE closed_by END,
             starter_id = coalesce($16, starter_id),
             has_buttons = CASE WHEN $16 IS NULL THEN has_buttons ELSE $19 END,
             unseen = CASE WHEN $11 = 1 AND $17 = 0 THEN unseen ELSE 0 END,
             revision = revision + $18, shown = shown + $20
         WHERE id = $1",
    )
    .bind(before.ticket.to_column())
    .bind(change.state.as_str())
    .bind(i64::from(change.state.holds_slot()))
    .bind(change.slot.map(i64::from))
    .bind(i64::from(flags.archived))
    .bind(i64::from(flags.locked))
    .bind(flags.changed_at.map(Column::to_column))
    .bind(i64::from(gone))
    .bind(i64::from(hidden))
    .bind(change.at.to_column())
    .bind(i64::from(is_closed))
    .bind(i64::from(change.unopened))
    .bind(i64::from(change.opens))
    .bind(i64::from(change.state == State::Opening))
    .bind(i64::from(change.closes))
    .bind(change.starter.map(Column::to_column))
    .bind(i64::from(change.was_imported))
    .bind(i64::from(change.state != before.state))
    .bind(change.buttons.to_column())
    .bind(i64::from(change.state != before.state || gone != (before.thread == Thread::Gone)))
    .bind(change.closed_by.map(Column::to_column))
    .bind(change.closed_at.map(Column::to_column))
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// The ticket with this number in a guild.
pub async fn find_number(db: &Database, guild: GuildId, number: u32) -> Result<Option<Record>> {
    let row = sqlx::query(select_record!("t.guild_id = $1 AND t.guild_number = $2"))
        .bind(guild.to_column())
        .bind(i64::from(number))
        .fetch_optional(&db.reader)
        .await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Deletes the row and its pending steps. Its card goes by a step of its own.
pub async fn forget(tx: &mut WriteTx, ticket: TicketId, now: Timestamp) -> Result<()> {
    cards::take_off(tx, ticket, now).await?;
    sqlx::query("DELETE FROM step WHERE ticket_id = $1").bind(ticket.to_column()).execute(&mut *tx.0).await?;
    sqlx::query("DELETE FROM ticket WHERE id = $1").bind(ticket.to_column()).execute(&mut *tx.0).await?;
    Ok(())
}

fn from_row(row: &SqliteRow) -> Result<Record> {
    let thread_id = row.try_get::<Option<i64>, _>("thread_id")?.map(ThreadId::from_column);
    let is_hidden = row.try_get::<Option<i64>, _>("hidden_since")?.is_some();
    let flags = Flags {
        archived: row.try_get::<i64, _>("archived")? != 0,
        locked: row.try_get::<i64, _>("locked")? != 0,
        changed_at: row.try_get::<Option<i64>, _>("flags_changed_at")?.map(Timestamp::from_column),
    };
    let thread = match thread_id {
        _ if row.try_get::<i64, _>("thread_gone")? != 0 => Thread::Gone,
        None => Thread::NotMade,
        Some(_) if is_hidden => Thread::Hidden(flags),
        Some(_) => Thread::There(flags),
    };
    Ok(Record {
        ticket: TicketId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        owner: UserId::from_column(row.try_get("owner_id")?),
        parent: ChannelId::from_column(row.try_get("parent_id")?),
        thread_id,
        state: parse(row.try_get("state")?)?,
        thread,
        number: u32::try_from(row.try_get::<Option<i64>, _>("guild_number")?.unwrap_or(0)).unwrap_or(u32::MAX),
        counter: count(row, "number")?,
        name_digest: row.try_get::<Option<String>, _>("name_digest")?.unwrap_or_default(),
        promised: row.try_get::<i64, _>("promised")? != 0,
        interaction: row.try_get::<Option<i64>, _>("interaction_id")?.map(InteractionId::from_column),
        reserved_at: Timestamp::from_column(row.try_get("reserved_at")?),
        opened_at: row.try_get::<Option<i64>, _>("opened_at")?.map(Timestamp::from_column),
        closed_at: row.try_get::<Option<i64>, _>("closed_at")?.map(Timestamp::from_column),
        closed_by: row.try_get::<Option<i64>, _>("closed_by")?.map(UserId::from_column),
        opened_by: match row.try_get::<Option<i64>, _>("opened_by")? {
            None => OpenedBy::Owner,
            Some(0) => OpenedBy::Unknown,
            Some(user) => OpenedBy::Other(UserId::from_column(user)),
        },
        successor: row.try_get::<Option<i64>, _>("successor_id")?.map(TicketId::from_column),
        claim: claim(row)?,
        priority: parse(row.try_get("priority")?)?,
        starter: row.try_get::<Option<i64>, _>("starter_id")?.map(MessageId::from_column),
        buttons: Buttons::from_column(row.try_get("has_buttons")?),
        notice: row.try_get::<Option<i64>, _>("notice_id")?.map(MessageId::from_column),
        revision: count(row, "revision")?,
        limit: count(row, "member_limit")?,
    })
}

fn claim(row: &SqliteRow) -> Result<Option<Claim>> {
    let by = row.try_get::<Option<i64>, _>("claimed_by")?.map(UserId::from_column);
    let at = row.try_get::<Option<i64>, _>("claimed_at")?.map(Timestamp::from_column);
    Ok(by.zip(at).map(|(by, at)| Claim { by, at }))
}

fn count(row: &SqliteRow, column: &str) -> Result<u32> {
    Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX))
}

fn parse<T: FromStr>(text: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
