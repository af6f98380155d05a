//! `/inbox delete <inbox>`

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn delete(ctx: Context<'_>, inbox: String) -> Result<()> {
    answer(ctx, async { inboxes::delete::ask(&admin(ctx)?, &inbox).await }).await
}
