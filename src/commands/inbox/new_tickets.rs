//! `/inbox new-tickets starter | name [inbox]`

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::domain::selection::Task;
use crate::error::Result;

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    rename = "new-tickets",
    subcommands("starter", "name")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn new_tickets(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn starter(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditStarter).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn name(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditName).await }).await
}
