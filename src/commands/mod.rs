//! What people can ask for with a command: one file per command, one line here for each.

mod inbox;
mod localize;
mod owner;
mod privacy;
mod select;

use crate::discord::respond::{Reply, Unanswered};
use crate::discord::{Command, Context, report};
use crate::error::{Error, Result};
use crate::i18n::{Locale, Msg};
use crate::inboxes::Admin;

pub use localize::registration;

/// Every command, with its names and descriptions from the catalog.
pub fn all() -> Vec<Command> {
    let mut commands =
        vec![inbox::inbox(), privacy::privacy(), select::select_this_message(), owner::sync(), owner::reload_config()];
    localize::apply(&mut commands);
    commands
}

/// Does what was asked for and shows the outcome privately, whatever it is.
async fn answer<R: Into<Reply>>(ctx: Context<'_>, work: impl Future<Output = Result<R>>) -> Result<()> {
    let state = ctx.data();
    let interaction = ctx.interaction;
    let unanswered = Unanswered::command(interaction);
    let told =
        async { work.await.map_or_else(|error| report::explain(&state.app, unanswered.id, error).into(), Into::into) };
    unanswered.answer(&state.app, &state.rest, told).await;
    Ok(())
}

/// Who uses a command; outside of guilds the commands do not exist.
fn admin(ctx: Context<'_>) -> Result<Admin<'_>> {
    let interaction = ctx.interaction;
    let guild = interaction.guild_id.ok_or(Msg::GuildOnly)?;
    let name = interaction.member.as_ref().map_or("", |member| member.display_name());
    Ok(Admin {
        state: ctx.data(),
        guild: guild.into(),
        guild_locale: interaction.guild_locale.as_deref().map(Locale::from_discord).unwrap_or_default(),
        user: interaction.user.id.into(),
        display_name: name.to_owned(),
        reader: Locale::from_discord(&interaction.locale),
    })
}

/// The last resort when the framework itself could not run a command: the person gets an answer all the same.
pub async fn on_framework_error(error: poise::FrameworkError<'_, std::sync::Arc<crate::discord::State>, Error>) {
    use poise::FrameworkError as E;

    // Text commands are the owners' own; nobody else learns that they exist.
    if matches!(error, E::NotAnOwner { .. } | E::UnknownCommand { .. }) {
        return;
    }
    let Some(poise::Context::Application(ctx)) = error.ctx() else {
        tracing::error!(kind = kind(&error), "the framework could not handle an event");
        return;
    };
    let outcome: Result<Msg> = match &error {
        E::GuildOnly { .. } => Err(Msg::GuildOnly.into()),
        E::ArgumentParse { .. } | E::CommandStructureMismatch { .. } | E::SubcommandRequired { .. } => {
            Err(Msg::OutdatedCommand.into())
        }
        _ => Err(Error::Internal(anyhow::anyhow!("the framework reported: {}", kind(&error)))),
    };
    // A panic's message may quote whatever was being handled: it is left out here and in the panic hook.
    let _answered = answer(ctx, async { outcome }).await;
}

fn kind<U, E>(error: &poise::FrameworkError<'_, U, E>) -> &'static str {
    use poise::FrameworkError as E;

    match error {
        E::Setup { .. } => "setup failed",
        E::EventHandler { .. } => "an event handler failed",
        E::Command { .. } => "a command failed",
        E::CommandPanic { .. } => "a command panicked",
        E::ArgumentParse { .. } => "an argument could not be read",
        E::CommandStructureMismatch { .. } => "Discord knows another version of the command",
        E::UnknownInteraction { .. } => "an unknown command",
        _ => "another refusal",
    }
}
