//! `/replies …`: the admins' commands for canned replies. `crate::inboxes::replies` implements them.

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::error::Result;
use crate::inboxes::replies;

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD",
    subcommands("add", "edit", "remove", "list")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn replies(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn add(ctx: Context<'_>, #[max_length = 200] inbox: Option<String>) -> Result<()> {
    answer(ctx, async { replies::begin(&admin(ctx)?, inbox.as_deref()).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn edit(
    ctx: Context<'_>,
    #[max_length = 100] name: String,
    #[max_length = 200] inbox: Option<String>,
) -> Result<()> {
    answer(ctx, async { replies::show(&admin(ctx)?, &name, inbox.as_deref()).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn remove(ctx: Context<'_>, #[max_length = 100] name: String) -> Result<()> {
    answer(ctx, async { replies::ask_to_remove(&admin(ctx)?, &name).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn list(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { replies::list(&admin(ctx)?).await }).await
}
