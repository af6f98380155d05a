//! `/reply`: sends a canned reply. `crate::tickets::reply` implements it, and checks who may.

use crate::commands::{answer, invocation};
use crate::discord::Context;
use crate::error::Result;
use crate::tickets;

#[poise::command(slash_command, guild_only)]
pub(super) async fn reply(ctx: Context<'_>, #[max_length = 100] name: String, edit: Option<bool>) -> Result<()> {
    answer(ctx, async {
        tickets::reply::send(ctx.data(), &invocation(ctx)?.caller, &name, edit.unwrap_or(false)).await
    })
    .await
}
