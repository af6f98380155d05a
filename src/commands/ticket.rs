//! `/ticket …`: what people do with a ticket. `crate::tickets` implements it.
//!
//! Discord cannot show a command to the staff of an inbox only (bots may not set command permissions), so everybody
//! sees it, and each subcommand checks who may use it.

use crate::commands::{answer, answer_opening, invocation};
use crate::discord::Context;
use crate::discord::interaction::{MemberArgument, RoleArgument};
use crate::domain::priority::Priority;
use crate::error::Result;
use crate::export::Format;
use crate::tickets::{PeopleMsg, announced, claim, closing, delete, exporting, info, people, places, reopen, ways};

/// The command group; only its subcommands can be used.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands(
        "close",
        "ask_to_close",
        "reopen",
        "claim",
        "release",
        "assign",
        "add",
        "remove",
        "rename",
        "transfer",
        "move_to",
        "priority",
        "info",
        "export",
        "delete",
        "open"
    )
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

#[poise::command(slash_command, guild_only)]
async fn assign(ctx: Context<'_>, member: MemberArgument) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        claim::assign(ctx.data(), &asked.caller, &asked.person(member)).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn add(ctx: Context<'_>, member: Option<MemberArgument>, role: Option<RoleArgument>) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        match (member, role) {
            (Some(member), None) => people::add_member(ctx.data(), &asked.caller, &asked.person(member)).await,
            (None, Some(RoleArgument(role))) => people::add_role(ctx.data(), &asked.caller, role).await,
            _ => Err(PeopleMsg::AddWhom.into()),
        }
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn remove(ctx: Context<'_>, member: MemberArgument) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        people::remove(ctx.data(), &asked.caller, &asked.person(member)).await
    })
    .await
}

#[poise::command(slash_command, guild_only)]
async fn rename(
    ctx: Context<'_>,
    #[min_length = 1]
    #[max_length = 100]
    name: String,
) -> Result<()> {
    answer(ctx, async { places::rename(ctx.data(), &invocation(ctx)?.caller, &name).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn transfer(ctx: Context<'_>, member: MemberArgument, remove: Option<bool>) -> Result<()> {
    answer(ctx, async {
        let asked = invocation(ctx)?;
        people::transfer(ctx.data(), &asked.caller, &asked.person(member), remove.unwrap_or(false)).await
    })
    .await
}

#[poise::command(slash_command, guild_only, rename = "move")]
async fn move_to(ctx: Context<'_>, #[max_length = 200] inbox: String) -> Result<()> {
    answer(ctx, async { places::move_to(ctx.data(), &invocation(ctx)?.caller, &inbox).await }).await
}

/// The choices, named by their keys in the catalog.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
enum Level {
    #[name = "priority-low"]
    Low,
    #[name = "priority-none"]
    None,
    #[name = "priority-high"]
    High,
    #[name = "priority-urgent"]
    Urgent,
}

#[poise::command(slash_command, guild_only)]
async fn priority(ctx: Context<'_>, level: Level) -> Result<()> {
    let priority = match level {
        Level::Low => Priority::Low,
        Level::None => Priority::None,
        Level::High => Priority::High,
        Level::Urgent => Priority::Urgent,
    };
    answer(ctx, async { places::prioritise(ctx.data(), &invocation(ctx)?.caller, priority).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn info(ctx: Context<'_>, #[max_length = 200] ticket: Option<String>) -> Result<()> {
    answer(ctx, async { info::show(ctx.data(), &invocation(ctx)?.caller, ticket.as_deref()).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn open(ctx: Context<'_>, #[max_length = 200] inbox: String, member: Option<MemberArgument>) -> Result<()> {
    answer_opening(ctx, async {
        let asked = invocation(ctx)?;
        let member = member.map(|member| asked.person(member));
        ways::open(ctx.data(), &asked.caller, asked.responder.id, &inbox, member.as_ref()).await
    })
    .await
}

/// The choices, named by their keys in the catalog.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
enum FileFormat {
    #[name = "format-html"]
    Html,
    #[name = "format-json"]
    Json,
    #[name = "format-text"]
    Text,
}

#[poise::command(slash_command, guild_only)]
async fn export(
    ctx: Context<'_>,
    #[max_length = 200] ticket: Option<String>,
    format: Option<FileFormat>,
    #[max_length = 64] zone: Option<String>,
) -> Result<()> {
    let format = match format {
        None | Some(FileFormat::Html) => Format::Html,
        Some(FileFormat::Json) => Format::Json,
        Some(FileFormat::Text) => Format::Text,
    };
    let work = async {
        let caller = &invocation(ctx)?.caller;
        exporting::export(ctx.data(), caller, ticket.as_deref(), format, zone.as_deref()).await
    };
    answer(ctx, work).await
}
