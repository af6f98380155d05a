//! `/ticket …`: what people do with a ticket. `crate::tickets` implements it.
//!
//! Discord cannot show a command to the staff of an inbox only (bots may not set command permissions), so everybody
//! sees it, and each subcommand checks who may use it.

use crate::commands::{answer, invocation};
use crate::discord::Context;
use crate::error::Result;
use crate::tickets::{announced, claim, closing, delete, reopen};

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("close", "ask_to_close", "reopen", "claim", "release", "delete")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn ticket(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn close(
    ctx: Context<'_>,
    #[max_length = 400] reason: Option<String>,
    #[rename = "in"]
    #[max_length = 40]
    delay: Option<String>,
) -> Result<()> {
    let work =
        async { closing::close(ctx.data(), &invocation(ctx)?.caller, reason.as_deref(), delay.as_deref()).await };
    answer(ctx, work).await
}

#[poise::command(slash_command, guild_only, rename = "ask-to-close")]
async fn ask_to_close(ctx: Context<'_>, #[max_length = 40] after: Option<String>) -> Result<()> {
    answer(ctx, async { announced::ask(ctx.data(), &invocation(ctx)?.caller, after.as_deref()).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn reopen(ctx: Context<'_>, #[max_length = 200] ticket: Option<String>) -> Result<()> {
    answer(ctx, async { reopen::reopen(ctx.data(), &invocation(ctx)?.caller, ticket.as_deref()).await }).await
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
