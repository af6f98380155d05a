//! `/inbox …`: what admins do with inboxes.

mod channels;
pub(super) mod create;

use crate::discord::Context;
use crate::error::Result;

/// The group itself; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD",
    subcommands("create::create")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn inbox(_: Context<'_>) -> Result<()> {
    Ok(())
}
