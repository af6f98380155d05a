//! The context menu entry *Select this message*: the second step of whatever the admin has begun.

use anyhow::Context as _;

use super::inbox::create::Creation;
use super::{Selected, answer, asker};
use crate::discord::Context;
use crate::domain::selection::{self, Pending, Step};
use crate::error::Result;
use crate::i18n::{Locale, Msg, Relative};
use crate::storage::selections;

#[poise::command(context_menu_command = "Select this message", guild_only, default_member_permissions = "MANAGE_GUILD")]
pub(super) async fn select_this_message(ctx: Context<'_>, message: Selected) -> Result<()> {
    answer(ctx, async { select(ctx, &message).await }).await
}

async fn select(ctx: Context<'_>, message: &Selected) -> Result<Msg> {
    let (guild, admin) = asker(ctx)?;
    let app = &ctx.data().app;
    let taken = selections::take(&app.db, guild, admin).await.context("take a pending selection")?;
    let step = selection::check(taken, app.now()).map_err(|refusal| match refusal {
        selection::Refusal::Nothing => Msg::NothingPending,
        selection::Refusal::Expired => Msg::SelectionExpired,
    })?;

    let retry = Pending::new(step, app.now());
    let Step::CreateInbox { channel, destination } = step else { return Err(Msg::NothingPending.into()) };
    let creation = Creation {
        guild,
        guild_locale: ctx.interaction.guild_locale.as_deref().map(Locale::from_discord).unwrap_or_default(),
        channel,
        destination: destination.unwrap_or(channel),
        retry_until: Relative(retry.expires_at),
    };
    let outcome = creation.finish(ctx.data(), message).await;
    if outcome.is_err() {
        selections::put_back(&app.db, guild, admin, &retry).await.context("put a pending selection back")?;
    }
    outcome
}
