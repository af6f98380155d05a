//! Imports inboxes without a posted panel, and canned replies, from discord-tickets into our tables, once.

use super::inboxes::write_staff;
use super::snowflake::Column;
use super::{Database, Result, WriteTx, inbox_settings, replies, server_settings};
use crate::domain::canned_reply;
use crate::domain::clock::Timestamp;
use crate::domain::discord_tickets::{Counts, Inbox, Outcome, Plan, Reply, Server};
use crate::domain::ids::{GuildId, InboxId, PanelId};
use crate::domain::panel::MOST_INBOXES;
use crate::domain::settings::{Revisions, ServerGroup};

/// The locale of a guild until the next start gets it from Discord.
const LOCALE: &str = "en-US";

/// The names of what is imported, in the table.
const CATEGORY: &str = "category";
const TAG: &str = "tag";
const SERVER: &str = "server";

/// Inserts what is new, in one transaction. What an earlier import brought in stays as it is now, deleted or changed.
/// New inboxes of a server share a panel, which has no message until an admin posts it.
pub async fn insert(db: &Database, plan: &Plan, at: Timestamp) -> Result<Outcome> {
    let mut tx = db.begin_write().await?;
    let mut outcome = Outcome::new();
    for server in &plan.servers {
        outcome.insert(server.guild, import_server(&mut tx, server, at).await?);
    }
    tx.commit().await?;
    Ok(outcome)
}

async fn import_server(tx: &mut WriteTx, server: &Server, at: Timestamp) -> Result<Counts> {
    let guild = server.guild;
    let mut counts = Counts::default();
    // The guild may have been left and deleted since; then it is stored again until the next start detects that.
    sqlx::query("INSERT INTO guild (id, locale) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(guild.to_column())
        .bind(LOCALE)
        .execute(&mut *tx.0)
        .await?;
    let mut new = Vec::new();
    for inbox in &server.inboxes {
        if mark(tx, guild, CATEGORY, inbox.source).await? {
            new.push(inbox);
        } else {
            counts.inboxes_known += 1;
        }
    }
    for inboxes in new.chunks(MOST_INBOXES) {
        counts.panels.push(insert_panel(tx, guild, inboxes, at).await?);
    }
    counts.staff = new.iter().map(|inbox| inbox.staff.len() as u64).sum();
    counts.questions = new.iter().map(|inbox| inbox.settings.form.questions.len() as u64).sum();
    for reply in &server.replies {
        import_reply(tx, guild, reply, &mut counts).await?;
    }
    if server.log.is_some() && mark(tx, guild, SERVER, 0).await? {
        counts.log = set_log(tx, server).await?;
    }
    let raised = sqlx::query("UPDATE guild SET ticket_counter = $2 WHERE id = $1 AND ticket_counter < $2")
        .bind(guild.to_column())
        .bind(i64::from(server.last_number))
        .execute(&mut *tx.0)
        .await?;
    counts.counter = (raised.rows_affected() == 1).then_some(server.last_number);
    Ok(counts)
}

/// Notes that it is imported. False: it was before.
async fn mark(tx: &mut WriteTx, guild: GuildId, kind: &str, source: i64) -> Result<bool> {
    let done =
        sqlx::query("INSERT INTO imported (guild_id, kind, source_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(guild.to_column())
            .bind(kind)
            .bind(source)
            .execute(&mut *tx.0)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// A panel without a message, in no channel: an admin names one when posting it.
async fn insert_panel(
    tx: &mut WriteTx,
    guild: GuildId,
    inboxes: &[&Inbox],
    at: Timestamp,
) -> Result<Vec<(i64, InboxId)>> {
    let channel = inboxes.first().map(|inbox| inbox.settings.destination.to_column());
    let panel =
        sqlx::query_scalar("INSERT INTO panel (guild_id, channel_id, created_at) VALUES ($1, $2, $3) RETURNING id")
            .bind(guild.to_column())
            .bind(channel)
            .bind(at.to_column())
            .fetch_one(&mut *tx.0)
            .await
            .map(PanelId::from_column)?;
    let mut made = Vec::new();
    for (position, inbox) in (0_i64..).zip(inboxes) {
        let id = sqlx::query_scalar(
            "INSERT INTO inbox (guild_id, panel_id, position, destination_id, created_at) VALUES ($1, $2, $3, $4, $5)
             RETURNING id",
        )
        .bind(guild.to_column())
        .bind(panel.to_column())
        .bind(position)
        .bind(inbox.settings.destination.to_column())
        .bind(at.to_column())
        .fetch_one(&mut *tx.0)
        .await
        .map(InboxId::from_column)?;
        inbox_settings::write(tx, id, &inbox.settings, &Revisions::default()).await?;
        write_staff(tx, id, &inbox.staff).await?;
        made.push((inbox.source, id));
    }
    Ok(made)
}

/// A reply that is refused is not noted: it comes in when there is room for it.
async fn import_reply(tx: &mut WriteTx, guild: GuildId, reply: &Reply, counts: &mut Counts) -> Result<()> {
    if is_known(tx, guild, TAG, reply.source).await? {
        counts.replies_known += 1;
        return Ok(());
    }
    let has_room = replies::count(tx, guild).await? < canned_reply::MOST;
    if has_room && replies::insert(tx, guild, None, &reply.name, &reply.text).await? {
        mark(tx, guild, TAG, reply.source).await?;
        counts.replies += 1;
    } else {
        counts.replies_refused += 1;
    }
    Ok(())
}

async fn is_known(tx: &mut WriteTx, guild: GuildId, kind: &str, source: i64) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM imported WHERE guild_id = $1 AND kind = $2 AND source_id = $3)")
        .bind(guild.to_column())
        .bind(kind)
        .bind(source)
        .fetch_one(&mut *tx.0)
        .await
}

/// The channel of the log, unless the server has one. False: nothing was set.
async fn set_log(tx: &mut WriteTx, server: &Server) -> Result<bool> {
    let Some(mut found) = server_settings::load(tx, server.guild).await? else { return Ok(false) };
    if found.settings.log.channel.is_some() {
        return Ok(false);
    }
    found.settings.log.channel = server.log;
    found.revisions.advance(ServerGroup::CommonLog);
    server_settings::write(tx, server.guild, &found.settings, &found.revisions).await?;
    Ok(true)
}
