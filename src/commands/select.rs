//! The context menu entry *Select this message*: the second step of whatever the admin has begun.

use poise::serenity_prelude::Message;

use super::{admin, answer};
use crate::discord::Context;
use crate::error::Result;

#[poise::command(context_menu_command = "Select this message", guild_only, default_member_permissions = "MANAGE_GUILD")]
pub(super) async fn select_this_message(ctx: Context<'_>, message: Message) -> Result<()> {
    answer(ctx, async { admin(ctx)?.select(&message).await }).await
}
