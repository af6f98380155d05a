//! Inboxes, their staff and their panels: insert, find, list, delete. `inbox_settings` stores changes by admins,
//! `inbox_facts` changes on Discord.

use std::collections::HashMap;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::panels::{self, NewPanel};
use super::snowflake::Column;
use super::{Database, Result, WriteTx, inbox_settings};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, PanelId};
use crate::domain::panel::Panel;
use crate::domain::settings::{InboxSettings, Revisions};
use crate::domain::staff::StaffMember;

/// A stored inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    pub id: InboxId,
    pub guild: GuildId,
    /// `None`: it is on no panel.
    pub panel: Option<Panel>,
    /// Its place on its panel; ties are ordered by id.
    pub position: i64,
    pub settings: InboxSettings,
    /// The number of changes of each settings group.
    pub revisions: Revisions,
    /// The number of tickets begun so far.
    pub counter: u32,
    /// Discord refused its emoji.
    pub is_emoji_refused: bool,
}

impl Inbox {
    /// The current or last channel of its panel; without a panel, the channel of its tickets, where it would be posted.
    pub fn channel(&self) -> ChannelId {
        self.panel.map_or(self.settings.destination, |panel| panel.channel)
    }

    /// The message of its panel, unless it was deleted.
    pub fn message(&self) -> Option<MessageId> {
        self.panel?.message
    }
}

/// A new inbox.
#[derive(Clone, Debug)]
pub struct NewInbox {
    pub guild: GuildId,
    /// The guild's locale, as Discord names it.
    pub guild_locale: String,
    pub settings: InboxSettings,
    pub staff: Vec<StaffMember>,
    pub at: Timestamp,
}

pub(super) fn from_row(row: &SqliteRow) -> Result<Inbox> {
    let counter = row.try_get::<i64, _>("counter")?;
    Ok(Inbox {
        id: InboxId::from_column(row.try_get("id")?),
        guild: GuildId::from_column(row.try_get("guild_id")?),
        panel: panels::from_row(row)?,
        position: row.try_get("position")?,
        settings: inbox_settings::from_row(row)?,
        revisions: inbox_settings::revisions_from(row.try_get("revisions")?)?,
        counter: u32::try_from(counter).unwrap_or(u32::MAX),
        is_emoji_refused: row.try_get("emoji_refused")?,
    })
}

macro_rules! select_inbox {
    ($condition:literal) => {
        concat!(
            "SELECT i.id, i.guild_id, i.panel_id, i.position, p.channel_id, p.message_id, p.slowmode_seconds, p.style,
                    p.revision AS panel_revision, p.drawn < p.shown AS is_stale, i.destination_id, i.member_limit,
                    i.card_channel_id, i.log_channel_id, i.settings, i.revisions, i.counter, i.emoji_refused
             FROM inbox i LEFT JOIN panel p ON p.id = i.panel_id WHERE ",
            $condition
        )
    };
}

/// The inbox of a button that names none, on the panel with this message.
const FIRST_ON: &str = select_inbox!(
    "p.message_id = $1 AND (p.plain_inbox_id IS NULL OR i.id = p.plain_inbox_id) ORDER BY i.position, i.id LIMIT 1"
);

/// Stores an inbox with a newly posted panel and its staff, and its guild when it is the guild's first.
pub async fn insert(db: &Database, new: &NewInbox, panel: NewPanel) -> Result<InboxId> {
    let mut tx = db.begin_write().await?;
    sqlx::query(
        "INSERT INTO guild (id, locale) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET locale = excluded.locale, left_at = NULL",
    )
    .bind(new.guild.to_column())
    .bind(&new.guild_locale)
    .execute(&mut *tx.0)
    .await?;
    let panel = panels::insert(&mut tx, new.guild, panel, new.at).await?;
    let id = insert_at(&mut tx, new, panel, 0).await?;
    tx.commit().await?;
    Ok(id)
}

/// What became of an inbox for an existing panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    Done(InboxId),
    /// The panel has as many as it can hold.
    Full,
    /// It was deleted, or its message was.
    Gone,
}

/// Stores an inbox at the end of an existing panel with at most `most` inboxes, and its staff.
pub async fn insert_on(db: &Database, new: &NewInbox, panel: PanelId, most: usize) -> Result<Placed> {
    let mut tx = db.begin_write().await?;
    let row: Option<(i64, i64)> = sqlx::query_as(
        "SELECT count(i.id), coalesce(max(i.position), 0) FROM panel p JOIN inbox i ON i.panel_id = p.id
         WHERE p.id = $1 AND p.guild_id = $2 AND p.message_id IS NOT NULL GROUP BY p.id",
    )
    .bind(panel.to_column())
    .bind(new.guild.to_column())
    .fetch_optional(&mut *tx.0)
    .await?;
    let Some((count, last)) = row else { return Ok(Placed::Gone) };
    if usize::try_from(count).is_ok_and(|count| count >= most) {
        return Ok(Placed::Full);
    }
    let id = insert_at(&mut tx, new, panel, last + 1).await?;
    panels::on_added(&mut tx, panel, id).await?;
    tx.commit().await?;
    Ok(Placed::Done(id))
}

async fn insert_at(tx: &mut WriteTx, new: &NewInbox, panel: PanelId, position: i64) -> Result<InboxId> {
    let id = sqlx::query_scalar(
        "INSERT INTO inbox (guild_id, panel_id, position, destination_id, created_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(new.guild.to_column())
    .bind(panel.to_column())
    .bind(position)
    .bind(new.settings.destination.to_column())
    .bind(new.at.to_column())
    .fetch_one(&mut *tx.0)
    .await
    .map(InboxId::from_column)?;
    inbox_settings::write(tx, id, &new.settings, &Revisions::default()).await?;
    write_staff(tx, id, &new.staff).await?;
    Ok(id)
}

/// The first inbox of the panel with this message. In a write transaction, because the caller's decision depends on it.
pub async fn load_first_on(tx: &mut WriteTx, message: MessageId) -> Result<Option<Inbox>> {
    let row = sqlx::query(FIRST_ON).bind(message.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The inbox; it cannot change until `tx` ends.
pub async fn load(tx: &mut WriteTx, inbox: InboxId) -> Result<Option<Inbox>> {
    let row = sqlx::query(select_inbox!("i.id = $1")).bind(inbox.to_column()).fetch_optional(&mut *tx.0).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// The inboxes of the panel with this message, by their order; read without holding the writer.
pub async fn list_on_message(db: &Database, message: MessageId) -> Result<Vec<Inbox>> {
    let rows = sqlx::query(select_inbox!("p.message_id = $1 ORDER BY i.position, i.id"))
        .bind(message.to_column())
        .fetch_all(&db.reader)
        .await?;
    rows.iter().map(from_row).collect()
}

/// The inboxes of a panel, by their order.
pub async fn list_on(db: &Database, panel: PanelId) -> Result<Vec<Inbox>> {
    let rows = sqlx::query(LIST_ON).bind(panel.to_column()).fetch_all(&db.reader).await?;
    rows.iter().map(from_row).collect()
}

/// The same; they cannot change until `tx` ends.
pub async fn load_on(tx: &mut WriteTx, panel: PanelId) -> Result<Vec<Inbox>> {
    let rows = sqlx::query(LIST_ON).bind(panel.to_column()).fetch_all(&mut *tx.0).await?;
    rows.iter().map(from_row).collect()
}

const LIST_ON: &str = select_inbox!("i.panel_id = $1 ORDER BY i.position, i.id");

pub async fn find(db: &Database, inbox: InboxId) -> Result<Option<Inbox>> {
    let row = sqlx::query(select_inbox!("i.id = $1")).bind(inbox.to_column()).fetch_optional(&db.reader).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// A guild's inboxes, oldest first.
pub async fn list(db: &Database, guild: GuildId) -> Result<Vec<Inbox>> {
    let rows = sqlx::query(select_inbox!("i.guild_id = $1 ORDER BY i.id"))
        .bind(guild.to_column())
        .fetch_all(&db.reader)
        .await?;
    rows.iter().map(from_row).collect()
}

/// The number of an inbox's tickets that are not closed.
pub async fn count_tickets(db: &Database, inbox: InboxId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM ticket WHERE inbox_id = $1 AND state <> 'closed'")
        .bind(inbox.to_column())
        .fetch_one(&db.reader)
        .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Deletes an inbox, and its panel if this was its last inbox; its tickets stay, without an inbox. `None`: the inbox
/// was already deleted.
pub async fn delete(tx: &mut WriteTx, inbox: InboxId) -> Result<Option<Deleted>> {
    let Some(found) = load(tx, inbox).await? else { return Ok(None) };
    sqlx::query("DELETE FROM inbox WHERE id = $1").bind(inbox.to_column()).execute(&mut *tx.0).await?;
    let deleted = match found.panel {
        None => Deleted::Alone,
        Some(panel) if panels::delete_if_empty(tx, panel.id).await? => Deleted::WithPanel(panel),
        Some(panel) => {
            panels::on_deleted(tx, panel.id).await?;
            Deleted::From(panel)
        }
    };
    Ok(Some(deleted))
}

/// How an inbox was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It was on no panel.
    Alone,
    /// With the panel, because no other inbox is on it.
    WithPanel(Panel),
    /// The panel stays with the others.
    From(Panel),
}

/// The emoji of an inbox was changed: Discord may accept it.
pub async fn allow_emoji(tx: &mut WriteTx, inbox: InboxId) -> Result<()> {
    sqlx::query("UPDATE inbox SET emoji_refused = 0 WHERE id = $1").bind(inbox.to_column()).execute(&mut *tx.0).await?;
    Ok(())
}

/// Discord refused the emoji of these inboxes.
pub async fn refuse_emoji(db: &Database, inboxes: &[InboxId]) -> Result<()> {
    for inbox in inboxes {
        sqlx::query("UPDATE inbox SET emoji_refused = 1 WHERE id = $1")
            .bind(inbox.to_column())
            .execute(&db.writer)
            .await?;
    }
    Ok(())
}

/// An inbox's staff, in the order of their mentions.
pub async fn staff(tx: &mut WriteTx, inbox: InboxId) -> Result<Vec<StaffMember>> {
    let mentions: Vec<String> =
        sqlx::query_scalar("SELECT mention FROM inbox_staff WHERE inbox_id = $1 ORDER BY position")
            .bind(inbox.to_column())
            .fetch_all(&mut *tx.0)
            .await?;
    parse_staff(&mentions)
}

/// The number of a guild's inboxes.
pub async fn count_of(db: &Database, guild: GuildId) -> Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM inbox WHERE guild_id = $1")
        .bind(guild.to_column())
        .fetch_one(&db.reader)
        .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The inboxes of a guild, each with its staff.
pub async fn list_with_staff(db: &Database, guild: GuildId) -> Result<Vec<(Inbox, Vec<StaffMember>)>> {
    let mentions: Vec<(i64, String)> = sqlx::query_as(
        "SELECT s.inbox_id, s.mention FROM inbox i JOIN inbox_staff s ON s.inbox_id = i.id WHERE i.guild_id = $1
         ORDER BY s.inbox_id, s.position",
    )
    .bind(guild.to_column())
    .fetch_all(&db.reader)
    .await?;
    let mut staff: HashMap<InboxId, Vec<String>> = HashMap::new();
    for (inbox, mention) in mentions {
        staff.entry(InboxId::from_column(inbox)).or_default().push(mention);
    }
    let inboxes = list(db, guild).await?.into_iter();
    inboxes
        .map(|inbox| {
            let staff = parse_staff(&staff.remove(&inbox.id).unwrap_or_default())?;
            Ok((inbox, staff))
        })
        .collect()
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

pub(super) fn parse_staff(mentions: &[String]) -> Result<Vec<StaffMember>> {
    mentions.iter().map(|mention| mention.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))).collect()
}

/// Replaces an inbox's staff. The caller knows which revision was changed.
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
