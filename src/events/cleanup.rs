//! What was deleted on Discord: inboxes keep their settings, tickets end with their channel.

use anyhow::Context as _;
use poise::serenity_prelude as serenity;

use crate::app::App;
use crate::discord::rest::Rest;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId};
use crate::error::Result;
use crate::storage::inbox_facts;
use crate::tickets::close;

pub(super) async fn on_messages_deleted(
    app: &App,
    channel: serenity::ChannelId,
    messages: &[serenity::MessageId],
) -> Result<()> {
    let messages: Vec<MessageId> = messages.iter().map(|&message| message.into()).collect();
    let detached = inbox_facts::detach_messages(&app.db, channel.into(), &messages).await.context("detach inboxes")?;
    if detached > 0 {
        tracing::info!(channel.id = %channel, detached, "inbox messages were deleted; their settings are kept");
    }
    Ok(())
}

/// Discord sends no event for the threads of a deleted channel.
pub(super) async fn on_channel_deleted(app: &App, rest: &Rest, channel: ChannelId) -> Result<()> {
    inbox_facts::detach_channel(&app.db, channel).await.context("detach the inboxes of a channel")?;
    close::on_parent_deleted(app, rest, channel).await
}

pub(super) async fn on_role_deleted(app: &App, guild: GuildId, role: RoleId) -> Result<()> {
    inbox_facts::forget_role(&app.db, guild, role).await.context("drop a deleted role")?;
    Ok(())
}
