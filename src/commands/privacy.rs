//! `/privacy show` and `/privacy delete`: for every user about their own data, in servers and in direct messages.

use super::{answer, invocation};
use crate::discord::Context;
use crate::error::Result;
use crate::privacy::{self, Person};

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild | BotDm",
    subcommands("show", "delete")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn privacy(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command)]
async fn show(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { privacy::show(&person(ctx)?).await }).await
}

#[poise::command(slash_command)]
async fn delete(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { privacy::ask_to_delete(&person(ctx)?).await }).await
}

fn person(ctx: Context<'_>) -> Result<Person<'_>> {
    Ok(Person::new(ctx.data(), &invocation(ctx)?.caller))
}
