//! `/block …`: who cannot open tickets. `crate::tickets::blocks` implements it.

use crate::commands::{answer, invocation};
use crate::discord::Context;
use crate::discord::interaction::MemberArgument;
use crate::error::Result;
use crate::tickets::blocks::{self, BlockMsg, Wanted};

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MODERATE_MEMBERS",
    subcommands("add", "remove", "list")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn block(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Context<'_>,
    member: MemberArgument,
    #[rename = "for"]
    #[max_length = 40]
    time: Option<String>,
    #[max_length = 400] reason: Option<String>,
    #[max_length = 20] inbox: Option<String>,
) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        let person = asked.person(member);
        if person.is_bot {
            return Err(BlockMsg::IsBot.into());
        }
        let wanted =
            Wanted { user: person.user, inbox: inbox.as_deref(), time: time.as_deref(), reason: reason.as_deref() };
        blocks::add(ctx.data(), &asked.caller, wanted).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn remove(ctx: Context<'_>, member: MemberArgument, #[max_length = 20] inbox: Option<String>) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        blocks::remove(ctx.data(), &asked.caller, asked.person(member).user, inbox.as_deref()).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn list(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { blocks::show(ctx.data(), &invocation(ctx)?.caller).await }).await
}
