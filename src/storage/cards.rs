//! The cards of tickets: where each is, how up to date it is, and which are to be drawn.
//!
//! A ticket's card is to be drawn while `card_shown < shown`. What is no longer wanted is taken off by a step
//! ([`REMOVE`]), stored in the transaction that forgets the card.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::steps::{self, NewStep};
use super::{Database, Result, WriteTx};
use crate::domain::card::{Due, Place, Work};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, TicketId};

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
}

/// A channel with cards to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueChannel {
    pub channel: ChannelId,
    pub guild: GuildId,
}

/// The channels with cards to draw, of guilds that the bot is in.
pub async fn list_due_channels(db: &Database) -> Result<Vec<DueChannel>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT t.card_channel_id, t.guild_id FROM ticket t JOIN guild g ON g.id = t.guild_id
         WHERE t.card_channel_id IS NOT NULL AND t.card_shown < t.shown AND g.left_at IS NULL
         UNION
         SELECT i.card_channel_id, i.guild_id FROM inbox i JOIN guild g ON g.id = i.guild_id
         WHERE i.card_channel_id IS NOT NULL AND g.left_at IS NULL AND EXISTS (SELECT 1 FROM ticket t
             WHERE t.inbox_id = i.id AND t.card_channel_id IS NULL AND t.card_shown < t.shown
             AND t.opened_at IS NOT NULL)",
    )
    .fetch_all(&db.reader)
    .await?;
    let found = rows.into_iter().map(|(channel, guild)| DueChannel {
        channel: ChannelId::from_column(channel),
        guild: GuildId::from_column(guild),
    });
    Ok(found.collect())
}

/// The most cards that one look at a channel lists.
const LISTED: i64 = 100;

/// The cards to draw in a channel, those without a message first, each kind from the oldest ticket on.
pub async fn list_due(db: &Database, channel: ChannelId) -> Result<Vec<Due>> {
    let missing: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT t.id, t.opened_at FROM inbox i JOIN ticket t ON t.inbox_id = i.id
         WHERE i.card_channel_id = $1 AND t.card_channel_id IS NULL AND t.card_shown < t.shown
             AND t.opened_at IS NOT NULL ORDER BY t.id DESC LIMIT $2",
    )
    .bind(channel.to_column())
    .bind(LISTED)
    .fetch_all(&db.reader)
    .await?;
    let stale: Vec<(i64, Option<i64>, i64)> = sqlx::query_as(
        "SELECT id, card_id, coalesce(opened_at, reserved_at) FROM ticket
         WHERE card_channel_id = $1 AND card_channel_id IS NOT NULL AND card_shown < shown ORDER BY card_shown, id LIMIT $2",
    )
    .bind(channel.to_column())
    .bind(LISTED)
    .fetch_all(&db.reader)
    .await?;
    let post = |(ticket, opened_at): (i64, i64)| Due {
        ticket: TicketId::from_column(ticket),
        work: Work::Post { opened_at: Timestamp::from_column(opened_at) },
    };
    let edit = |(ticket, message, opened_at): (i64, Option<i64>, i64)| Due {
        ticket: TicketId::from_column(ticket),
        work: match message {
            Some(message) => Work::Edit { posted_at: MessageId::from_column(message).created_at() },
            None => Work::Post { opened_at: Timestamp::from_column(opened_at) },
        },
    };
    Ok(missing.into_iter().rev().map(post).chain(stale.into_iter().map(edit)).collect())
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

const SELECT_CARD: &str = "SELECT t.card_channel_id, t.card_id, t.card_begun_at, t.shown, t.card_shown,
         CASE WHEN t.opened_at IS NOT NULL AND t.thread_id IS NOT NULL AND t.thread_gone = 0
             THEN i.card_channel_id END AS wanted_in
     FROM ticket t LEFT JOIN inbox i ON i.id = t.inbox_id WHERE t.id = $1";

fn card(row: &SqliteRow) -> Result<Card> {
    Ok(Card {
        place: place(row)?,
        wanted_in: row.try_get::<Option<i64>, _>("wanted_in")?.map(ChannelId::from_column),
        shown: row.try_get("shown")?,
        drawn: row.try_get("card_shown")?,
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

/// The card was posted, and shows so many changes. False: this post is no longer awaited.
pub async fn set_posted(
    tx: &mut WriteTx,
    ticket: TicketId,
    channel: ChannelId,
    message: MessageId,
    shown: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE ticket SET card_id = $3, card_begun_at = NULL, card_shown = $4
         WHERE id = $1 AND card_channel_id = $2 AND card_id IS NULL",
    )
    .bind(ticket.to_column())
    .bind(channel.to_column())
    .bind(message.to_column())
    .bind(shown)
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

/// The card shows so many changes, or will not show them.
pub async fn set_drawn(db: &Database, ticket: TicketId, shown: i64) -> Result<()> {
    sqlx::query("UPDATE ticket SET card_shown = max(card_shown, $2) WHERE id = $1")
        .bind(ticket.to_column())
        .bind(shown)
        .execute(&db.writer)
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

/// How many tickets of an inbox are not closed and have no card.
pub async fn count_without(db: &Database, inbox: InboxId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ticket WHERE inbox_id = $1 AND state IN ('open', 'dormant') AND thread_gone = 0
             AND card_channel_id IS NULL",
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
             AND card_channel_id IS NULL",
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
