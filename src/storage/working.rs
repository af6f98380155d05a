//! What people do with tickets beside opening and closing them: number, claim, priority, owner, inbox.

use std::str::FromStr;

use sqlx::{QueryBuilder, Row as _};

use super::buttons::Buttons;
use super::lifecycle::{Claim, Record};
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::rights::Action;
use crate::domain::staff::StaffMember;

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

/// Stores the channel of a ticket's thread, which is not recorded for imported tickets.
pub async fn set_parent(db: &Database, ticket: TicketId, parent: ChannelId) -> Result<()> {
    sqlx::query("UPDATE ticket SET parent_id = $2 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(parent.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
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

/// The tickets of a guild that are not closed and that this person has claimed.
pub async fn list_claims_of(db: &Database, guild: GuildId, user: UserId) -> Result<Vec<TicketId>> {
    let tickets: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM ticket WHERE claimed_by = $2 AND guild_id = $1 AND state <> 'closed' ORDER BY id",
    )
    .bind(guild.to_column())
    .bind(user.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(tickets.into_iter().map(TicketId::from_column).collect())
}

/// Who has claimed tickets of a guild that are ready and not closed.
pub async fn list_claimers(db: &Database, guild: GuildId) -> Result<Vec<UserId>> {
    let claimers: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT claimed_by FROM ticket INDEXED BY ticket_listed
         WHERE guild_id = $1 AND state IN ('open', 'dormant') AND claimed_by IS NOT NULL",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(claimers.into_iter().map(UserId::from_column).collect())
}

/// The claimed tickets that are not closed, of the inboxes of a guild whose staff names this role.
pub async fn list_claims_under(db: &Database, guild: GuildId, role: RoleId) -> Result<Vec<TicketId>> {
    let tickets: Vec<i64> = sqlx::query_scalar(
        "SELECT t.id FROM inbox_staff s JOIN inbox i ON i.id = s.inbox_id
             JOIN ticket t INDEXED BY ticket_claimed_in ON t.inbox_id = i.id
         WHERE s.mention = $2 AND i.guild_id = $1 AND t.claimed_by IS NOT NULL AND t.state <> 'closed'",
    )
    .bind(guild.to_column())
    .bind(StaffMember::Role(role).to_string())
    .fetch_all(&db.reader)
    .await?;
    Ok(tickets.into_iter().map(TicketId::from_column).collect())
}

/// The claimed tickets of an inbox that are not closed.
pub async fn list_claims_in(db: &Database, inbox: InboxId) -> Result<Vec<TicketId>> {
    let tickets: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM ticket INDEXED BY ticket_claimed_in
         WHERE inbox_id = $1 AND claimed_by IS NOT NULL AND state <> 'closed'",
    )
    .bind(inbox.to_column())
    .fetch_all(&db.reader)
    .await?;
    Ok(tickets.into_iter().map(TicketId::from_column).collect())
}

/// Gives a ticket to another owner. `slot`: their place, if the ticket takes one. What its former owner asked to be
/// deleted is no longer theirs; it counts as changed, so that late reports about the former owner are in doubt.
pub async fn transfer(tx: &mut WriteTx, record: &Record, to: UserId, slot: Option<u32>) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET owner_id = $2, slot = $3, opened_by = coalesce(opened_by, owner_id), unwanted = 0,
             revision = revision + 1, shown = shown + 1
         WHERE id = $1",
    )
    .bind(record.ticket.to_column())
    .bind(to.to_column())
    .bind(slot.map(i64::from))
    .execute(&mut *tx.0)
    .await?;
    Ok(())
}

/// Moves a ticket to another inbox of its channel. `slot`: its owner's place there, if the ticket takes one.
pub async fn set_inbox(tx: &mut WriteTx, ticket: TicketId, inbox: InboxId, slot: Option<u32>) -> Result<()> {
    sqlx::query("UPDATE ticket SET inbox_id = $2, slot = $3, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(inbox.to_column())
        .bind(slot.map(i64::from))
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// Stores the ticket that is to go on in place of another one. It has the same claim, priority and opener, and its owner
/// waits for it.
pub async fn set_successor(tx: &mut WriteTx, ticket: TicketId, successor: TicketId) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET promised = 1, claimed_by = old.claimed_by, claimed_at = old.claimed_at,
             priority = old.priority, opened_by = old.opened_by
         FROM ticket old WHERE ticket.id = $2 AND old.id = $1",
    )
    .bind(ticket.to_column())
    .bind(successor.to_column())
    .execute(&mut *tx.0)
    .await?;
    sqlx::query("UPDATE ticket SET successor_id = $2, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(successor.to_column())
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

/// Stores who closed the ticket by archiving its thread, unless it was re-opened since.
pub async fn set_archiver(db: &Database, closed: &Record, by: UserId) -> Result<()> {
    sqlx::query(
        "UPDATE ticket SET closed_by = $2, shown = shown + 1
         WHERE id = $1 AND state = 'closed' AND closed_at = $3 AND closed_by IS NULL",
    )
    .bind(closed.ticket.to_column())
    .bind(by.to_column())
    .bind(closed.closed_at.map(Column::to_column))
    .execute(&db.writer)
    .await?;
    Ok(())
}

/// The ticket goes on by itself: what was to take its place was not opened.
pub async fn forget_successor(db: &Database, ticket: TicketId) -> Result<()> {
    sqlx::query("UPDATE ticket SET successor_id = NULL, shown = shown + 1 WHERE id = $1")
        .bind(ticket.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// Stores the first message and its buttons.
pub async fn set_buttons(db: &Database, ticket: TicketId, starter: Option<MessageId>, buttons: Buttons) -> Result<()> {
    sqlx::query("UPDATE ticket SET starter_id = coalesce($2, starter_id), has_buttons = $3 WHERE id = $1")
        .bind(ticket.to_column())
        .bind(starter.map(Column::to_column))
        .bind(buttons.to_column())
        .execute(&db.writer)
        .await?;
    Ok(())
}

/// The ticket that this one goes on for.
pub async fn find_predecessor(db: &Database, ticket: TicketId) -> Result<Option<TicketId>> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM ticket WHERE successor_id = $1")
        .bind(ticket.to_column())
        .fetch_optional(&db.reader)
        .await?;
    Ok(found.map(TicketId::from_column))
}

/// Whose tickets are suggested.
#[derive(Clone, Debug)]
pub enum Whose<'a> {
    All,
    /// The owner's own, and those of these inboxes.
    Of {
        owner: UserId,
        inboxes: &'a [InboxId],
    },
}

/// A ticket that is suggested while its number is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggested {
    pub number: u32,
    pub state: State,
    pub is_own: bool,
    pub inbox: Option<InboxId>,
    pub asked_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// Suggestions look at so many of the newest tickets: they are made anew with each letter.
const LOOKED_AT: i64 = 5_000;

/// The newest tickets that can be used so and whose numbers begin with these digits; at most 100.
pub async fn suggest(
    db: &Database,
    guild: GuildId,
    reader: UserId,
    whose: Whose<'_>,
    action: Action,
    digits: &str,
) -> Result<Vec<Suggested>> {
    let mut query = QueryBuilder::new(
        "SELECT guild_number, state, owner_id, inbox_id, reserved_at, closed_at FROM ticket WHERE guild_id = ",
    );
    query.push_bind(guild.to_column());
    query.push(match action {
        Action::Reopen => " AND state IN ('closed', 'dormant') AND thread_gone = 0 AND thread_id IS NOT NULL",
        Action::Delete => " AND state = 'closed' AND thread_gone = 0 AND thread_id IS NOT NULL",
        Action::Export => " AND state <> 'opening' AND thread_gone = 0 AND thread_id IS NOT NULL",
        _ => " AND state <> 'opening'",
    });
    query.push(" AND guild_number > (SELECT ticket_counter FROM guild WHERE id = ").push_bind(guild.to_column());
    query.push(") - ").push_bind(LOOKED_AT);
    if !digits.is_empty() {
        query.push(" AND CAST(guild_number AS TEXT) LIKE ").push_bind(format!("{digits}%"));
    }
    if let Whose::Of { owner, inboxes } = whose {
        query.push(" AND (owner_id = ").push_bind(owner.to_column());
        if !inboxes.is_empty() {
            query.push(" OR inbox_id IN (");
            let mut listed = query.separated(", ");
            for inbox in inboxes {
                listed.push_bind(inbox.to_column());
            }
            query.push(")");
        }
        query.push(")");
    }
    // More than are shown: the caller's rights may leave some out.
    query.push(" ORDER BY guild_number DESC LIMIT 100");
    // Its shape varies: do not cache it.
    let rows = query.build().persistent(false).fetch_all(&db.reader).await?;
    let suggested = rows.iter().map(|row| {
        let state: &str = row.try_get("state")?;
        Ok(Suggested {
            number: u32::try_from(row.try_get::<i64, _>("guild_number")?).unwrap_or(u32::MAX),
            state: State::from_str(state).map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            is_own: UserId::from_column(row.try_get("owner_id")?) == reader,
            inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
            asked_at: Timestamp::from_column(row.try_get("reserved_at")?),
            closed_at: row.try_get::<Option<i64>, _>("closed_at")?.map(Timestamp::from_column),
        })
    });
    suggested.collect()
}
