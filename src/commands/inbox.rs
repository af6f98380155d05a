//! `/inbox …`: the admins' commands. `crate::inboxes` implements them.

use poise::serenity_prelude::PartialChannel;

use crate::commands::{admin, answer, invocation};
use crate::discord::Context;
use crate::discord::interaction::{FileArgument, MemberArgument};
use crate::domain::ids::ChannelId;
use crate::domain::selection::Task;
use crate::error::Result;
use crate::inboxes;
use crate::inboxes::create::Wanted;

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD",
    subcommands(
        "create",
        "destination",
        "message",
        "staff",
        "settings",
        "new_tickets",
        "list",
        "check",
        "repost",
        "close_tickets",
        "delete",
        "export",
        "import"
    )
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn inbox(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn create(
    ctx: Context<'_>,
    #[channel_types("Text", "News")] channel: Option<PartialChannel>,
    #[max_length = 200] panel: Option<String>,
    #[channel_types("Text")] destination: Option<PartialChannel>,
    #[max_length = 200] like: Option<String>,
) -> Result<()> {
    let wanted = Wanted {
        channel: channel.map(|channel| channel.id.into()),
        panel: panel.as_deref(),
        destination: destination.map(|destination| destination.id.into()),
        like: like.as_deref(),
    };
    answer(ctx, async { inboxes::create::begin(&admin(ctx)?, wanted).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn destination(
    ctx: Context<'_>,
    #[channel_types("Text")] channel: PartialChannel,
    inbox: Option<String>,
) -> Result<()> {
    let channel = ChannelId::from(channel.id);
    answer(ctx, async {
        let admin = admin(ctx)?;
        if inbox.is_none() {
            // Check before anybody selects an inbox.
            inboxes::check_destination(&admin, channel).await?;
        }
        admin.with_inbox(inbox.as_deref(), Task::SetDestination(channel)).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn message(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::ReplaceMessage).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn staff(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditStaff).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn settings(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { inboxes::settings::show(&admin(ctx)?, inbox.as_deref()).await }).await
}

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    rename = "new-tickets",
    subcommands("starter", "embeds", "name")
)]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
async fn new_tickets(_: Context<'_>) -> Result<()> {
    Ok(())
}

#[poise::command(slash_command, guild_only)]
async fn starter(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditStarter).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn embeds(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditFirst).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn name(ctx: Context<'_>, inbox: Option<String>) -> Result<()> {
    answer(ctx, async { admin(ctx)?.with_inbox(inbox.as_deref(), Task::EditName).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn list(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { inboxes::list::show(&admin(ctx)?).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn check(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { inboxes::list::check(&admin(ctx)?).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn repost(
    ctx: Context<'_>,
    inbox: String,
    #[channel_types("Text", "News")] channel: Option<PartialChannel>,
) -> Result<()> {
    let channel = channel.map(|channel| channel.id.into());
    answer(ctx, async { inboxes::message::begin_repost(&admin(ctx)?, &inbox, channel).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn delete(ctx: Context<'_>, inbox: String) -> Result<()> {
    answer(ctx, async { inboxes::delete::ask(&admin(ctx)?, &inbox).await }).await
}

#[poise::command(slash_command, guild_only, rename = "close-tickets")]
async fn close_tickets(
    ctx: Context<'_>,
    inbox: String,
    #[rename = "opened-within"]
    #[max_length = 40]
    within: Option<String>,
    owner: Option<MemberArgument>,
) -> Result<()> {
    let owner = owner.map(|MemberArgument(owner)| owner);
    answer(ctx, async { inboxes::close_tickets::ask(&admin(ctx)?, &inbox, within.as_deref(), owner).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn export(ctx: Context<'_>) -> Result<()> {
    answer(ctx, async { inboxes::file::export(&admin(ctx)?).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn import(ctx: Context<'_>, file: FileArgument) -> Result<()> {
    answer(ctx, async {
        let given = invocation(ctx)?.file(file);
        inboxes::file::import(&admin(ctx)?, given.as_ref()).await
    })
    .await
}
