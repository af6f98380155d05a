//! The cards of tickets: where each is, how up to date it is, and which are to be drawn.
//!
//! A ticket's card is to be drawn while `card_shown < shown`, or slowly while it is outdated by settings ([`list_due`]).
//! What is no longer wanted is taken off by a step ([`REMOVE`]), stored in the transaction that forgets the card.

mod due;

pub use due::{list_due, list_due_channels};

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::steps::{self, NewStep};
use super::{Database, Result, WriteTx};
use crate::domain::card::Place;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, ThreadId, TicketId};

/// The kind of the steps that delete a card's message.
pub const REMOVE: &str = "remove-card";

/// How long a card is tried to be removed.
const REMOVED_FOR: Duration = Duration::from_hours(24);

/// The payload of such a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    pub ticket: i64,
    pub channel: ChannelId,
    /// `None`: it may have been posted; it is looked for.
    pub message: Option<MessageId>,
    /// When the post began.
    #[serde(default)]
    pub since: Option<i64>,
}

/// A card, and what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    pub place: Place,
    /// The channel of its inbox's cards, if the ticket has a thread to show.
    pub wanted_in: Option<ChannelId>,
    /// The changes so far, and those that the card shows.
    pub shown: i64,
    pub drawn: i64,
    /// The changes of settings and language that it does not show.
    pub outdated: i64,
    /// When the ticket was requested, by the local clock.
    pub asked_at: Timestamp,
    /// The thread on an earlier card.
    pub discussion: Option<ThreadId>,
}

/// Of the changes so far, those that a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub shown: i64,
    pub outdated: i64,
}

impl Card {
    /// All of them.
    pub fn now(&self) -> Drawn {
        Drawn { shown: self.shown, outdated: self.outdated }
    }

    /// Only those that it showed before.
    pub fn before(&self) -> Drawn {
        Drawn { shown: self.drawn, outdated: 0 }
    }
}

/// A ticket's card; `None`: the ticket is gone.
pub async fn find(db: &Database, ticket: TicketId) -> Result<Option<Card>> {
    let row = sqlx::query(SELECT_CARD).bind(ticket.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| card(&row)).transpose()
}

/// The same; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, ticket: TicketId) -> Result<Option<Card>> {
    let row = sqlx::query(SELECT_CARD).bind(ticket.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| card(&row)).transpose()
}

const SELECT_CARD: &str =
    "SELECT t.card_channel_id, t.card_id, t.card_begun_at, t.shown, t.card_shown, t.card_outdated,
         t.reserved_at, t.discussion_id,
         CASE WHEN t.opened_at IS NOT NULL AND t.thread_id IS NOT NULL AND t.thread_gone = 0
             THEN i.card_channel_id END AS wanted_in
     FROM ticket t LEFT JOIN inbox i ON i.id = t.inbox_id WHERE t.id = $1";

fn card(row: &SqliteRow) -> Result<Card> {
    Ok(Card {
        place: place(row)?,
        wanted_in: row.try_get::<Option<i64>, _>("wanted_in")?.map(ChannelId::from_column),
        shown: row.try_get("shown")?,
        drawn: row.try_get("card_shown")?,
        outdated: row.try_get("card_outdated")?,
        asked_at: Timestamp::from_column(row.try_get("reserved_at")?),
        discussion: row.try_get::<Option<i64>, _>("discussion_id")?.map(ThreadId::from_column),
    })
}

fn place(row: &SqliteRow) -> Result<Place> {
    let channel = row.try_get::<Option<i64>, _>("card_channel_id")?.map(ChannelId::from_column);
    let message = row.try_get::<Option<i64>, _>("card_id")?.map(MessageId::from_column);
    let begun_at = row.try_get::<Option<i64>, _>("card_begun_at")?.map(Timestamp::from_column);
    Ok(match (channel, message) {
        (None, _) => Place::Nowhere,
        (Some(channel), Some(message)) => Place::Posted { channel, message },
        (Some(channel), None) => Place::Begun { channel, at: begun_at.unwrap_or(Timestamp::from_millis(0)) },
    })
}

/// A post begins.
pub async fn begin(tx: &mut WriteTx, ticket: TicketId, channel: ChannelId, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE ticket SET card_channel_id = $2, card_id = NULL, card_begun_at = $3 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(channel.to_column())
        .bind(at.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// The card was posted, and shows these changes. False: this post is no longer awaited.
pub async fn set_posted(
    tx: &mut WriteTx,
    ticket: TicketId,
    channel: ChannelId,
    message: MessageId,
    drawn: Drawn,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE ticket SET card_id = $3, card_begun_at = NULL, card_shown = $4,
             card_outdated = CASE WHEN card_outdated = $5 THEN 0 ELSE card_outdated END
         WHERE id = $1 AND card_channel_id = $2 AND card_id IS NULL",
    )
    .bind(ticket.to_column())
    .bind(channel.to_column())
    .bind(message.to_column())
    .bind(drawn.shown)
    .bind(drawn.outdated)
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Nothing was posted, for certain.
pub async fn unbegin(db: &Database, ticket: TicketId) -> Result<()> {
    sqlx::query("UPDATE ticket SET card_channel_id = NULL, card_begun_at = NULL WHERE id = $1 AND card_id IS NULL")
        .bind(ticket.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The card shows these changes, or will not show them.
pub async fn set_drawn(db: &Database, ticket: TicketId, drawn: Drawn) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET card_shown = max(card_shown, $2),
             card_outdated = CASE WHEN card_outdated = $3 THEN 0 ELSE card_outdated END
         WHERE id = $1",
    )
    .bind(ticket.to_column())
    .bind(drawn.shown)
    .bind(drawn.outdated)
    .execute(&db.writer)
    .await?;
    Ok(())
}

/// What cards show of the settings of an inbox has changed. Only tickets that are not closed get theirs drawn again.
pub async fn outdate_inbox(tx: &mut WriteTx, inbox: InboxId) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET card_outdated = card_outdated + 1
         WHERE inbox_id = $1 AND state IN ('open', 'dormant') AND card_channel_id IS NOT NULL",
    )
    .bind(inbox.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// The same for the language of a guild.
pub(super) async fn outdate_guild(tx: &mut WriteTx, guild: GuildId) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET card_outdated = card_outdated + 1
         WHERE guild_id = $1 AND state IN ('open', 'dormant') AND card_channel_id IS NOT NULL",
    )
    .bind(guild.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// The card of this ticket was removed, and the thread on it is still there: the next card links it.
pub async fn set_discussion(tx: &mut WriteTx, ticket: TicketId, thread: ThreadId) -> Result<()> {
    sqlx::query("UPDATE ticket SET discussion_id = $2, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(thread.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// The message is gone: the card is posted again with the next change.
pub async fn lose(db: &Database, ticket: TicketId, message: MessageId) -> Result<()> {
    sqlx::query("UPDATE ticket SET card_channel_id = NULL, card_id = NULL WHERE id = $1 AND card_id = $2")
        .bind(ticket.to_column())
        .bind(message.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The same for those among deleted messages. Returns their number.
pub async fn lose_messages(db: &Database, channel: ChannelId, messages: &[MessageId]) -> Result<u64> {
    // Most deleted messages are no cards: read before taking the writer.
    let any: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM ticket WHERE card_channel_id = $1 AND card_id IS NOT NULL)")
            .bind(channel.to_column())
            .fetch_one(&db.reader)
            .await?;
    if !any {
        return Ok(0);
    }
    let mut lost = 0;
    for message in messages {
        let ticket: Option<i64> =
            sqlx::query_scalar("SELECT id FROM ticket WHERE card_channel_id = $1 AND card_id = $2")
                .bind(channel.to_column())
                .bind(message.to_column())
                .fetch_optional(&db.reader)
                .await?;
        if let Some(ticket) = ticket {
            lose(db, TicketId::from_column(ticket), *message).await?;
            lost += 1;
        }
    }
    Ok(lost)
}

/// The same for all cards of a deleted channel. Returns their number.
pub async fn lose_channel(db: &Database, channel: ChannelId) -> Result<u64> {
    let mut lost = 0;
    // Each by its own index. What is being posted is stale.
    for sql in [
        "UPDATE ticket SET card_channel_id = NULL, card_id = NULL WHERE card_channel_id = $1 AND card_id IS NOT NULL",
        "UPDATE ticket SET card_channel_id = NULL, card_begun_at = NULL
         WHERE card_channel_id = $1 AND card_channel_id IS NOT NULL AND card_shown < shown",
    ] {
        lost += sqlx::query(sql).bind(channel.to_column()).execute(&db.writer).await?.rows_affected();
    }
    Ok(lost)
}

/// The inbox gets its first card channel: tickets so far get a card with their next change, or when it is offered.
pub(super) async fn begin_without_old(tx: &mut WriteTx, inbox: InboxId) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET card_shown = shown WHERE inbox_id = $1 AND card_channel_id IS NULL AND card_shown < shown
             AND EXISTS (SELECT 1 FROM inbox WHERE id = $1 AND card_channel_id IS NULL)",
    )
    .bind(inbox.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// How many tickets of an inbox are not closed, have no card, and get none before their next change.
pub async fn count_without(db: &Database, inbox: InboxId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ticket WHERE inbox_id = $1 AND state IN ('open', 'dormant') AND thread_gone = 0
             AND card_channel_id IS NULL AND card_shown >= shown",
    )
    .bind(inbox.to_column())
    .fetch_one(&db.reader)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// These tickets get a card. Returns their number.
pub async fn want_all(tx: &mut WriteTx, inbox: InboxId) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE ticket SET shown = shown + 1 WHERE inbox_id = $1 AND state IN ('open', 'dormant') AND thread_gone = 0
             AND card_channel_id IS NULL AND card_shown >= shown",
    )
    .bind(inbox.to_column())
    .execute(&mut *tx.0)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets a ticket's card, and stores the step that removes its message.
pub async fn take_off(tx: &mut WriteTx, ticket: TicketId, now: Timestamp) -> Result<()> {
    let row = sqlx::query("SELECT id, guild_id, card_channel_id, card_id, card_begun_at FROM ticket WHERE id = $1")
        .bind(ticket.to_column())
        .fetch_optional(&mut *tx.0)
        .await?;
    take_off_deleted(tx, row.as_slice(), now).await?;
    sqlx::query("UPDATE ticket SET card_channel_id = NULL, card_id = NULL, card_begun_at = NULL WHERE id = $1")
        .bind(ticket.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Takes this card of a ticket off, so that another one is posted. Does nothing if it is no longer the ticket's.
pub async fn renew(tx: &mut WriteTx, ticket: TicketId, message: MessageId, now: Timestamp) -> Result<()> {
    let done = sqlx::query("UPDATE ticket SET shown = shown + 1 WHERE id = $1 AND card_id = $2")
        .bind(ticket.to_column())
        .bind(message.to_column())
        .execute(&mut *tx.0)
        .await?;
    if done.rows_affected() > 0 {
        take_off(tx, ticket, now).await?;
    }
    Ok(())
}

/// Stores the steps that remove the cards of deleted rows.
pub(super) async fn take_off_deleted(tx: &mut WriteTx, rows: &[SqliteRow], now: Timestamp) -> Result<()> {
    for row in rows {
        let removal = |channel, message, since: Option<Timestamp>| {
            let ticket = row.try_get("id")?;
            Ok::<_, sqlx::Error>(Removal { ticket, channel, message, since: since.map(Timestamp::millis) })
        };
        let removal = match place(row)? {
            Place::Nowhere => continue,
            Place::Posted { channel, message } => removal(channel, Some(message), None)?,
            Place::Begun { channel, at } => removal(channel, None, Some(at))?,
        };
        remove(tx, GuildId::from_column(row.try_get("guild_id")?), removal, now).await?;
    }
    Ok(())
}

/// Stores the step that removes a card's message.
pub async fn remove(tx: &mut WriteTx, guild: GuildId, removal: Removal, now: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(&removal).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    let step = NewStep {
        lane: removal.channel.into(),
        guild,
        ticket: None,
        kind: REMOVE,
        payload,
        sealed: None,
        due_at: now,
        deadline: now + REMOVED_FOR,
    };
    steps::insert(tx, &step, None).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
