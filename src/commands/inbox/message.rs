//! `/inbox message [inbox]`

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::domain::selection::Task;
use crate::error::Result;

#[poise::command(slash_command, guild_only)]
pub(super) async fn message(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::ReplaceMessage).await }).await
}
