//! What admins change of an inbox.

use std::time::Duration;

use super::inboxes::{self, Inbox, write_staff};
use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::ids::{ChannelId, InboxId, MessageId};
use crate::domain::staff::StaffMember;

/// New tickets are made in another channel from now on. False when the inbox is gone.
pub async fn set_destination(db: &Database, inbox: InboxId, destination: ChannelId) -> Result<bool> {
    let done = sqlx::query("UPDATE inbox SET destination_id = $2 WHERE id = $1")
        .bind(inbox.to_column())
        .bind(destination.to_column())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// `None` is the default sentence. False when the inbox is gone.
pub async fn set_starter(db: &Database, inbox: InboxId, starter: Option<&str>) -> Result<bool> {
    let done = sqlx::query("UPDATE inbox SET starter = $2 WHERE id = $1")
        .bind(inbox.to_column())
        .bind(starter)
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// `None` is the default name. False when the inbox is gone.
pub async fn set_ticket_name(db: &Database, inbox: InboxId, template: Option<&str>) -> Result<bool> {
    let done = sqlx::query("UPDATE inbox SET ticket_name = $2 WHERE id = $1")
        .bind(inbox.to_column())
        .bind(template)
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The inbox has another message now. Returns it as it was until then; `None` when it is gone.
pub async fn set_message(
    db: &Database,
    inbox: InboxId,
    channel: ChannelId,
    message: MessageId,
    slowmode: Duration,
) -> Result<Option<Inbox>> {
    let mut tx = db.begin_write().await?;
    let before = inboxes::load(&mut tx, inbox).await?;
    sqlx::query("UPDATE inbox SET channel_id = $2, message_id = $3, slowmode_seconds = $4 WHERE id = $1")
        .bind(inbox.to_column())
        .bind(channel.to_column())
        .bind(message.to_column())
        .bind(slowmode.to_column())
        .execute(&mut *tx.0)
        .await?;
    tx.commit().await?;
    Ok(before)
}

/// Replaces the staff and counts the change, so that menus made before it are recognised as stale.
pub async fn replace_staff(tx: &mut WriteTx, inbox: InboxId, staff: &[StaffMember]) -> Result<()> {
    write_staff(tx, inbox, staff).await?;
    sqlx::query("UPDATE inbox SET staff_revision = staff_revision + 1 WHERE id = $1")
        .bind(inbox.to_column())
        .execute(&mut *tx.0)
        .await?;
    Ok(())
}

/// How many tickets of an inbox are not closed.
pub async fn count_tickets(db: &Database, inbox: InboxId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM ticket WHERE inbox_id = $1 AND state <> 'closed'")
        .bind(inbox.to_column())
        .fetch_one(&db.reader)
        .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Deletes an inbox; its tickets stay, without one. False when it was gone already.
pub async fn delete(db: &Database, inbox: InboxId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM inbox WHERE id = $1").bind(inbox.to_column()).execute(&db.writer).await?;
    Ok(done.rows_affected() == 1)
}
