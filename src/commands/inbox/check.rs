//! `/inbox check`

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn check(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { inboxes::check::show(&admin(ctx)?).await }).await
}
