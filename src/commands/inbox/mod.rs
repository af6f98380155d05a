//! `/inbox …`: the admins' commands, one file per subcommand; `crate::inboxes` implements them.

mod check;
mod create;
mod delete;
mod destination;
mod list;
mod message;
mod new_tickets;
mod repost;
mod staff;

use crate::discord::Context;
use crate::error::Result;

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD",
    subcommands(
        "create::create",
        "destination::destination",
        "message::message",
        "staff::staff",
        "new_tickets::new_tickets",
        "list::list",
        "check::check",
        "repost::repost",
        "delete::delete"
    )
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn inbox(_: Context<'_>) -> Result<()> {
    Ok(())
}
