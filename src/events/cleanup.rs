//! Handles deletions on Discord that concern inboxes: their settings are kept. `tickets::close` handles tickets.

use std::collections::HashMap;

use anyhow::Context as _;

use crate::app::App;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::storage::inbox_facts;

pub(super) async fn on_messages_deleted(app: &App, deleted: Vec<(ChannelId, MessageId)>) -> Result<()> {
    let mut by_channel: HashMap<ChannelId, Vec<MessageId>> = HashMap::new();
    for (channel, message) in deleted {
        by_channel.entry(channel).or_default().push(message);
    }
    for (channel, messages) in by_channel {
        let detached = inbox_facts::detach_messages(&app.db, channel, &messages).await.context("detach inboxes")?;
        if detached > 0 {
            tracing::info!(channel.id = %channel, detached, "inbox messages were deleted; their settings are kept");
        }
    }
    Ok(())
}

pub(super) async fn on_role_deleted(app: &App, guild: GuildId, role: RoleId) -> Result<()> {
    inbox_facts::forget_staff(&app.db, guild, StaffMember::Role(role)).await.context("drop a deleted role")?;
    Ok(())
}

/// A member who left is no longer staff: their entry is deleted, and rejoining does not restore it.
pub(super) async fn on_member_left(app: &App, guild: GuildId, user: UserId) -> Result<()> {
    let member = StaffMember::Member(user);
    inbox_facts::forget_staff(&app.db, guild, member).await.context("drop a member who left from the staff")?;
    Ok(())
}
