//! `/ticket …`: what people do with a ticket. `crate::tickets` implements it.
//!
//! Discord cannot show a command to the staff of an inbox only (bots may not set command permissions), so everybody
//! sees it, and each subcommand checks who may use it.

use crate::commands::{answer, invocation};
use crate::discord::Context;
use crate::error::Result;
use crate::tickets::{claim, delete};

/// The command group; only its subcommands can be used.
#[poise::command(slash_command, guild_only, subcommand_required, subcommands("claim", "release", "delete"))]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn ticket(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn claim(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { claim::claim(ctx.data(), &invocation(ctx)?.caller).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn release(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { claim::release(ctx.data(), &invocation(ctx)?.caller).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn delete(ctx: Context<'_>, ticket: Option<String>) -> Result<()> {
    answer(ctx, async { delete::ask(ctx.data(), &invocation(ctx)?.caller, ticket.as_deref()).await }).await
}
