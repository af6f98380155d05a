//! `/inbox list`

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn list(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { inboxes::list::show(&admin(ctx)?).await }).await
}
