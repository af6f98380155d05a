//! Which cards are to be drawn, and where.

use crate::domain::card::{Due, Work};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, MessageId, TicketId};
use crate::storage::snowflake::Column;
use crate::storage::{Database, Result};

/// The channels with cards to draw, of guilds that the bot is in.
pub async fn list_due_channels(db: &Database) -> Result<Vec<(ChannelId, GuildId)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT t.card_channel_id, t.guild_id FROM ticket t JOIN guild g ON g.id = t.guild_id
         WHERE t.card_channel_id IS NOT NULL AND t.card_shown < t.shown AND g.left_at IS NULL
         UNION
         SELECT i.card_channel_id, i.guild_id FROM inbox i JOIN guild g ON g.id = i.guild_id
         WHERE i.card_channel_id IS NOT NULL AND g.left_at IS NULL AND EXISTS (SELECT 1 FROM ticket t
             WHERE t.inbox_id = i.id AND t.card_channel_id IS NULL AND t.card_shown < t.shown
             AND t.opened_at IS NOT NULL)
         UNION
         SELECT t.card_channel_id, t.guild_id FROM ticket t JOIN guild g ON g.id = t.guild_id
         WHERE t.card_channel_id IS NOT NULL AND t.card_outdated > 0 AND g.left_at IS NULL",
    )
    .fetch_all(&db.reader)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(channel, guild)| (ChannelId::from_column(channel), GuildId::from_column(guild)))
        .collect())
}

/// The most cards that one look at a channel lists.
const LISTED: i64 = 100;

/// The cards to draw in a channel: those without a message, then changed ones, each kind from the oldest ticket on; then
/// those that are only outdated, the newest first.
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
    let outdated: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT id, card_id FROM ticket
         WHERE card_channel_id = $1 AND card_channel_id IS NOT NULL AND card_outdated > 0 AND card_id IS NOT NULL
             AND card_shown >= shown ORDER BY id DESC LIMIT $2",
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
    let refresh = |(ticket, message): (i64, i64)| Due {
        ticket: TicketId::from_column(ticket),
        work: Work::Refresh { posted_at: MessageId::from_column(message).created_at() },
    };
    let changed = missing.into_iter().rev().map(post).chain(stale.into_iter().map(edit));
    Ok(changed.chain(outdated.into_iter().map(refresh)).collect())
}
