//! What people do with tickets beside opening and closing them: number, claim, priority.

use super::lifecycle::{Buttons, Claim};
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, InboxId, MessageId, TicketId, UserId};
use crate::domain::priority::Priority;

/// Takes the next number of a guild's tickets.
pub async fn next_number(tx: &mut WriteTx, guild: GuildId) -> Result<u32> {
    let number: i64 = sqlx::query_scalar(
        "UPDATE guild SET ticket_counter = ticket_counter + 1 WHERE id = $1 RETURNING ticket_counter",
    )
    .bind(guild.to_column())
    .fetch_one(&mut *tx.0)
    .await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Sets or ends the claim of a ticket.
pub async fn set_claim(tx: &mut WriteTx, ticket: TicketId, claim: Option<Claim>) -> Result<()> {
    sqlx::query("UPDATE ticket SET claimed_by = $2, claimed_at = $3, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(claim.map(|claim| claim.by.to_column()))
        .bind(claim.map(|claim| claim.at.to_column()))
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

pub async fn set_priority(tx: &mut WriteTx, ticket: TicketId, priority: Priority) -> Result<()> {
    sqlx::query("UPDATE ticket SET priority = $2, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(priority.as_str())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Stores the posted notice of the running close.
pub async fn set_notice(db: &Database, ticket: TicketId, notice: MessageId) -> Result<()> {
    sqlx::query("UPDATE ticket SET notice_id = $2 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(notice.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Stores the first message and whether it shows buttons.
pub async fn set_buttons(db: &Database, ticket: TicketId, starter: Option<MessageId>, buttons: Buttons) -> Result<()> {
    sqlx::query("UPDATE ticket SET starter_id = coalesce($2, starter_id), has_buttons = $3 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(starter.map(Column::to_column))
        .bind(match buttons {
            Buttons::Hidden => 0_i64,
            Buttons::Shown => 1,
            Buttons::OutOfReach => -1,
        })
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Who wants to re-open a ticket.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub user: UserId,
    /// As they are listed as staff: by name and by their roles.
    pub mentions: Vec<String>,
    /// Every ticket of the guild.
    pub sees_all: bool,
}

/// A ticket that can be re-opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToReopen {
    pub number: u32,
    pub owner: UserId,
    pub inbox: Option<InboxId>,
    /// `None`: it rests.
    pub closed_at: Option<Timestamp>,
    /// The viewer is staff for it.
    pub is_staff: bool,
}

/// The columns of [`ToReopen`].
type ToReopenRow = (i64, i64, Option<i64>, Option<i64>, bool);

/// The newest tickets of a guild that are closed or rest, that the viewer owns or handles, and whose numbers begin with
/// these digits; at most 100.
pub async fn list_to_reopen(db: &Database, guild: GuildId, viewer: &Viewer, digits: &str) -> Result<Vec<ToReopen>> {
    let mentions = serde_json::to_string(&viewer.mentions).unwrap_or_default();
    let rows: Vec<ToReopenRow> = sqlx::query_as(
        "SELECT t.guild_number, t.owner_id, t.inbox_id, CASE t.state WHEN 'closed' THEN t.closed_at END,
             EXISTS (SELECT 1 FROM inbox_staff s WHERE s.inbox_id = t.inbox_id
                 AND instr($2, '\"' || s.mention || '\"') > 0) AS is_staff
         FROM ticket t
         WHERE t.guild_id = $1 AND t.guild_number > 0 AND t.state IN ('closed', 'dormant') AND t.thread_gone = 0
             AND t.thread_id IS NOT NULL AND CAST(t.guild_number AS TEXT) LIKE $3 || '%'
             AND ($4 = 1 OR t.owner_id = $5 OR is_staff)
         ORDER BY t.guild_number DESC LIMIT 100",
    )
    .bind(guild.to_column())
    .bind(mentions)
    .bind(digits)
    .bind(i64::from(viewer.sees_all))
    .bind(viewer.user.to_column())
    .fetch_all(&db.reader)
    .await?;
    let found = rows.into_iter().map(|(number, owner, inbox, closed_at, is_staff)| ToReopen {
        number: u32::try_from(number).unwrap_or(u32::MAX),
        owner: UserId::from_column(owner),
        inbox: inbox.map(InboxId::from_column),
        closed_at: closed_at.map(Timestamp::from_column),
        is_staff,
    });
    Ok(found.collect())
}
