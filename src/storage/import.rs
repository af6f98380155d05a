//! Imports data of theticketbot into our tables, once.

use std::time::Duration;

use super::inbox_settings;
use super::inboxes::write_staff;
use super::panels::{self, NewPanel};
use super::snowflake::Column;
use super::{Database, Result, WriteTx, working};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, InboxId, MessageId};
use crate::domain::import::{Counts, Inbox, Outcome, Plan, Ticket};
use crate::domain::settings::Revisions;

/// The locale of a guild until the next start gets it from Discord.
const LOCALE: &str = "en-US";

/// Inserts what is new, in one transaction. Rows of an earlier import stay as they are now, deleted or changed, except
/// that counters are raised to the source's, so that no number is used twice.
pub async fn insert(db: &Database, plan: &Plan) -> Result<Outcome> {
    let mut tx = db.begin_write().await?;
    let mut outcome = Outcome::new();
    for inbox in &plan.inboxes {
        let counts = outcome.entry(inbox.guild).or_default();
        import_inbox(&mut tx, inbox, counts).await?;
    }
    for ticket in &plan.tickets {
        let counts = outcome.entry(ticket.guild).or_default();
        import_ticket(&mut tx, ticket, counts).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

async fn import_inbox(tx: &mut WriteTx, inbox: &Inbox, counts: &mut Counts) -> Result<()> {
    if is_known_inbox(tx, inbox.message).await? {
        counts.inboxes_known += 1;
        counts.counters_raised += u64::from(raise_counter(tx, inbox).await?);
        return Ok(());
    }
    insert_guild(tx, inbox.guild).await?;
    let id = insert_inbox(tx, inbox).await?;
    write_staff(tx, id, &inbox.staff).await?;
    mark_imported(tx, inbox.message.to_column(), inbox.guild, Some(id)).await?;
    counts.inboxes += 1;
    counts.staff += inbox.staff.len() as u64;
    Ok(())
}

async fn import_ticket(tx: &mut WriteTx, ticket: &Ticket, counts: &mut Counts) -> Result<()> {
    if is_known_thread(tx, ticket).await? {
        counts.tickets_known += 1;
        return Ok(());
    }
    insert_guild(tx, ticket.guild).await?;
    let inbox = match ticket.inbox {
        Some(message) => find_inbox(tx, message).await?,
        None => None,
    };
    insert_ticket(tx, ticket, inbox).await?;
    mark_imported(tx, ticket.thread.to_column(), ticket.guild, None).await?;
    counts.tickets += 1;
    Ok(())
}

async fn is_known_inbox(tx: &mut WriteTx, message: MessageId) -> Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM taken_over WHERE id = $1) + (SELECT count(*) FROM panel WHERE message_id = $1)",
    )
    .bind(message.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    Ok(found > 0)
}

async fn is_known_thread(tx: &mut WriteTx, ticket: &Ticket) -> Result<bool> {
    let found: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM taken_over WHERE id = $1) + (SELECT count(*) FROM ticket WHERE thread_id = $1)",
    )
    .bind(ticket.thread.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    Ok(found > 0)
}

/// The inbox imported from theticketbot, whatever its message is now; `None` when it was deleted since.
async fn find_inbox(tx: &mut WriteTx, message: MessageId) -> Result<Option<InboxId>> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT inbox_id FROM taken_over WHERE id = $1 AND inbox_id IS NOT NULL
         UNION SELECT i.id FROM panel p JOIN inbox i ON i.panel_id = p.id WHERE p.message_id = $1",
    )
    .bind(message.to_column())
    .fetch_optional(&mut *tx.0)
    .await?;
    Ok(found.map(InboxId::from_column))
}

/// The guild may have been left and deleted since; then it is stored again until the next start detects that.
async fn insert_guild(tx: &mut WriteTx, guild: GuildId) -> Result<()> {
    sqlx::query("INSERT INTO guild (id, locale) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(guild.to_column())
        .bind(LOCALE)
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Its panel is its message.
async fn insert_inbox(tx: &mut WriteTx, inbox: &Inbox) -> Result<InboxId> {
    let at = inbox.message.created_at();
    let panel = NewPanel { channel: inbox.channel, message: inbox.message, slowmode: Duration::ZERO };
    let panel = panels::insert(tx, inbox.guild, panel, at).await?;
    let id = sqlx::query_scalar(
        "INSERT INTO inbox (guild_id, panel_id, destination_id, counter, created_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(inbox.guild.to_column())
    .bind(panel.to_column())
    .bind(inbox.settings.destination.to_column())
    .bind(i64::from(inbox.counter))
    .bind(at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(InboxId::from_column)?;
    inbox_settings::write(tx, id, &inbox.settings, &Revisions::default()).await?;
    Ok(id)
}

async fn raise_counter(tx: &mut WriteTx, inbox: &Inbox) -> Result<bool> {
    let Some(id) = find_inbox(tx, inbox.message).await? else { return Ok(false) };
    let done = sqlx::query("UPDATE inbox SET counter = $2 WHERE id = $1 AND counter < $2")
        .bind(id.to_column())
        .bind(i64::from(inbox.counter))
        .execute(&mut *tx.0)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Its number in the inbox was not recorded; its thread is as old as the ticket.
async fn insert_ticket(tx: &mut WriteTx, ticket: &Ticket, inbox: Option<InboxId>) -> Result<()> {
    let made: Timestamp = ticket.thread.created_at();
    let number = working::next_number(tx, ticket.guild).await?;
    sqlx::query(
        "INSERT INTO ticket (guild_id, inbox_id, owner_id, parent_id, thread_id, state, number, reserved_at, opened_at,
             unseen, guild_number)
         VALUES ($1, $2, $3, $4, $5, 'closed', 0, $6, $6, 1, $7)",
    )
    .bind(ticket.guild.to_column())
    .bind(inbox.map(Column::to_column))
    .bind(ticket.owner.to_column())
    .bind(ticket.parent.to_column())
    .bind(ticket.thread.to_column())
    .bind(made.to_column())
    .bind(i64::from(number))
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

async fn mark_imported(tx: &mut WriteTx, id: i64, guild: GuildId, inbox: Option<InboxId>) -> Result<()> {
    sqlx::query("INSERT INTO taken_over (id, guild_id, inbox_id) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(guild.to_column())
        .bind(inbox.map(Column::to_column))
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}
