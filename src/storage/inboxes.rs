//! Inboxes and their staff: stored, found and listed. What admins change of them is in `inbox_settings`, what deletions
//! and updates on Discord change in `inbox_facts`.

use std::time::Duration;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::snowflake::Column;
use super::{Database, Result, WriteTx};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId};
use crate::domain::staff::StaffMember;

/// An inbox as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    pub id: InboxId,
    pub guild: GuildId,
    pub channel: ChannelId,
    /// `None`: the message is gone.
    pub message: Option<MessageId>,
    pub destination: ChannelId,
    /// The starter message's template; `None` is the default sentence in the guild's language.
    pub starter: Option<String>,
    /// The template of a ticket's name; `None` is the default.
    pub ticket_name: Option<String>,
    /// Tickets a member may have open at once; 0 is any number.
    pub member_limit: u32,
    pub slowmode: Duration,
    /// How many tickets were begun so far.
    pub counter: u32,
    /// How often the staff was changed so far.
    pub staff_revision: u32,
}

/// An inbox that has just been posted.
#[derive(Clone, Debug)]
pub struct NewInbox {
    pub guild: GuildId,
    /// The guild's language, as Discord names it.
    pub guild_locale: String,
    pub channel: ChannelId,
    pub message: MessageId,
    pub destination: ChannelId,
    pub slowmode: Duration,
    pub staff: Vec<StaffMember>,
    pub at: Timestamp,
}

fn from_row(row: &SqliteRow) -> Result<Inbox> {
    Ok(Inbox {
        id: InboxId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        channel: ChannelId::from_column(row.try_get("channel_id")?),
        message: row.try_get::<Option<i64>, _>("message_id")?.map(MessageId::from_column),
        destination: ChannelId::from_column(row.try_get("destination_id")?),
        starter: row.try_get("starter")?,
        ticket_name: row.try_get("ticket_name")?,
        member_limit: count(row, "member_limit")?,
        slowmode: Duration::from_column(row.try_get("slowmode_seconds")?),
        counter: count(row, "counter")?,
        staff_revision: count(row, "staff_revision")?,
    })
}

fn count(row: &SqliteRow, column: &str) -> Result<u32> {
    Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX))
}

macro_rules! select_inbox {
    ($condition:literal) => {
        concat!(
            "SELECT id, guild_id, channel_id, message_id, destination_id, starter, ticket_name, member_limit,
                    slowmode_seconds, counter, staff_revision
             FROM inbox WHERE ",
            $condition
        )
    };
}

/// Stores an inbox with its staff, and its guild when it is the guild's first.
pub async fn insert(db: &Database, new: &NewInbox) -> Result<InboxId> {
    let mut tx = db.begin_write().await?;
    sqlx::query(
        "INSERT INTO guild (id, locale) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET locale = excluded.locale, left_at = NULL",
    )
    .bind(new.guild.to_column())
    .bind(&new.guild_locale)
    .execute(&mut *tx.0)
    .await?;
    let id = sqlx::query_scalar(
        "INSERT INTO inbox (guild_id, channel_id, message_id, destination_id, slowmode_seconds, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    )
    .bind(new.guild.to_column())
    .bind(new.channel.to_column())
    .bind(new.message.to_column())
    .bind(new.destination.to_column())
    .bind(new.slowmode.to_column())
    .bind(new.at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(InboxId::from_column)?;
    write_staff(&mut tx, id, &new.staff).await?;
    tx.commit().await?;
    Ok(id)
}

/// The inbox whose message this is. In a write transaction, because what follows depends on it.
pub async fn load_by_message(tx: &mut WriteTx, message: MessageId) -> Result<Option<Inbox>> {
    let row =
        sqlx::query(select_inbox!("message_id = $1")).bind(message.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The inbox as it stays until `tx` ends.
pub async fn load(tx: &mut WriteTx, inbox: InboxId) -> Result<Option<Inbox>> {
    let row = sqlx::query(select_inbox!("id = $1")).bind(inbox.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

pub async fn find_by_message(db: &Database, message: MessageId) -> Result<Option<Inbox>> {
    let row =
        sqlx::query(select_inbox!("message_id = $1")).bind(message.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

pub async fn find(db: &Database, inbox: InboxId) -> Result<Option<Inbox>> {
    let row = sqlx::query(select_inbox!("id = $1")).bind(inbox.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// A guild's inboxes, oldest first.
pub async fn list(db: &Database, guild: GuildId) -> Result<Vec<Inbox>> {
    let rows =
        sqlx::query(select_inbox!("guild_id = $1 ORDER BY id")).bind(guild.to_column()).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// An inbox's staff, in the order in which they are mentioned.
pub async fn staff(tx: &mut WriteTx, inbox: InboxId) -> Result<Vec<StaffMember>> {
    let mentions: Vec<String> =
        sqlx::query_scalar("SELECT mention FROM inbox_staff WHERE inbox_id = $1 ORDER BY position")
            .bind(inbox.to_column())
            .fetch_all(&mut *tx.0)
            .await?;
    parse_staff(&mentions)
}

/// How many inboxes a guild has.
pub async fn count_of(db: &Database, guild: GuildId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM inbox WHERE guild_id = $1")
        .bind(guild.to_column())
        .fetch_one(&db.reader)
        .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The inboxes of a guild, each with its staff.
pub async fn list_with_staff(db: &Database, guild: GuildId) -> Result<Vec<(Inbox, Vec<StaffMember>)>> {
    let mut found = Vec::new();
    for inbox in list(db, guild).await? {
        let staff = list_staff(db, inbox.id).await?;
        found.push((inbox, staff));
    }
    Ok(found)
}

/// An inbox's staff, read without holding the writer.
pub async fn list_staff(db: &Database, inbox: InboxId) -> Result<Vec<StaffMember>> {
    let mentions: Vec<String> =
        sqlx::query_scalar("SELECT mention FROM inbox_staff WHERE inbox_id = $1 ORDER BY position")
            .bind(inbox.to_column())
            .fetch_all(&db.reader)
            .await?;
    parse_staff(&mentions)
}

fn parse_staff(mentions: &[String]) -> Result<Vec<StaffMember>> {
    mentions.iter().map(|mention| mention.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))).collect()
}

/// Replaces an inbox's staff. The caller knows which revision of it was changed.
pub(super) async fn write_staff(tx: &mut WriteTx, inbox: InboxId, staff: &[StaffMember]) -> Result<()> {
    sqlx::query("DELETE FROM inbox_staff WHERE inbox_id = $1").bind(inbox.to_column()).execute(&mut *tx.0).await?;
    for (position, member) in (0_i64..).zip(staff) {
        sqlx::query("INSERT INTO inbox_staff (inbox_id, mention, position) VALUES ($1, $2, $3)")
            .bind(inbox.to_column())
            .bind(member.to_string())
            .bind(position)
            .execute(&mut *tx.0)
            .await?;
    }
    Ok(())
}
