//! What people do with tickets beside opening and closing them: number, claim, priority.

use super::lifecycle::Claim;
use super::snowflake::Column;
use super::{Result, WriteTx};
use crate::domain::ids::{GuildId, TicketId};
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
