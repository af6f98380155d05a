//! `/tickets …`: what people look up about tickets. `crate::tickets` implements it, and checks who may see which.

use crate::commands::{answer, invocation};
use crate::discord::Context;
use crate::discord::interaction::MemberArgument;
use crate::domain::ticket_list::{Order, States};
use crate::error::Result;
use crate::tickets::lists::{self, Filter};

/// The command group; only its subcommands can be used.
#[poise::command(slash_command, guild_only, subcommand_required, subcommands("list", "history"))]
#[expect(clippy::unused_async, reason = "the shape that poise asks for; a group's body never runs")]
pub(super) async fn tickets(_: Context<'_>) -> Result<()> {
    Ok(())
}

/// The choices, named by their keys in the catalog.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
enum StateChoice {
    #[name = "list-choice-open"]
    Open,
    #[name = "list-choice-dormant"]
    Dormant,
    #[name = "list-choice-closed"]
    Closed,
    #[name = "list-choice-all"]
    All,
}

#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
enum OrderChoice {
    #[name = "list-choice-newest"]
    Newest,
    #[name = "list-choice-oldest"]
    Oldest,
    #[name = "list-choice-priority"]
    Priority,
}

#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Context<'_>,
    state: Option<StateChoice>,
    #[max_length = 200] inbox: Option<String>,
    #[rename = "claimed-by"] claimed_by: Option<MemberArgument>,
    owner: Option<MemberArgument>,
    #[rename = "older-than"]
    #[max_length = 40]
    older_than: Option<String>,
    sort: Option<OrderChoice>,
) -> Result<()> {
    let filter = Filter {
        states: state.map(|state| match state {
            StateChoice::Open => States::Open,
            StateChoice::Dormant => States::Dormant,
            StateChoice::Closed => States::Closed,
            StateChoice::All => States::All,
        }),
        inbox: inbox.as_deref(),
        claimed_by: claimed_by.map(|MemberArgument(user)| user),
        owner: owner.map(|MemberArgument(user)| user),
        older_than: older_than.as_deref(),
        order: sort.map(|sort| match sort {
            OrderChoice::Newest => Order::Newest,
            OrderChoice::Oldest => Order::Oldest,
            OrderChoice::Priority => Order::Priority,
        }),
    };
    answer(ctx, async { lists::list(ctx.data(), &invocation(ctx)?.caller, filter).await }).await
}

#[poise::command(slash_command, guild_only)]
async fn history(ctx: Context<'_>, member: Option<MemberArgument>) -> Result<()> {
    let member = member.map(|MemberArgument(user)| user);
    answer(ctx, async { lists::history(ctx.data(), &invocation(ctx)?.caller, member).await }).await
}
