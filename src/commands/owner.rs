//! `@bot sync [guild]` and `@bot reload-config`: text commands for the bot's owners.
//!
//! Nobody else gets an answer. Discord delivers the text of messages that mention the bot, so no privileged intent is
//! needed.

use std::sync::Arc;

use anyhow::Context as _;

use super::registration;
use crate::discord::{BotContext, TextContext, application, respond};
use crate::error;
use crate::i18n::{self, Locale, Message as _, messages};
use crate::storage::guilds;

/// Registers the commands again: globally, or with `guild` only in the current guild, at once.
#[poise::command(prefix_command, owners_only, guild_only)]
pub(super) async fn sync(ctx: TextContext<'_>, scope: Option<String>) -> error::Result<()> {
    let state = ctx.data();
    let commands = registration(&ctx.framework().options().commands);
    let guild = ctx.msg.guild_id.filter(|_| scope.as_deref() == Some("guild"));
    let id = state.application;
    let (outcome, done) = match guild {
        Some(guild) => (
            application::register_in_guild(&state.rest, id, guild.into(), &commands).await,
            OwnerMsg::CommandsSyncedHere,
        ),
        None => (application::register_global(&state.rest, id, &commands).await, OwnerMsg::CommandsSynced),
    };
    let msg = match outcome {
        Ok(()) => done,
        Err(fault) => {
            tracing::error!(%fault, "could not register the commands");
            OwnerMsg::CommandsNotSynced
        }
    };
    reply(ctx, &msg).await
}

/// Reloads the settings that can change while the bot runs.
#[poise::command(prefix_command, owners_only, guild_only, rename = "reload-config")]
pub(super) async fn reload_config(ctx: TextContext<'_>) -> error::Result<()> {
    let state: &Arc<BotContext> = ctx.data();
    let msg = match state.reload() {
        Ok(restart_needed) if restart_needed => OwnerMsg::ConfigReloadedInPart,
        Ok(_) => OwnerMsg::ConfigReloaded,
        Err(failure) => {
            // It names files of the bot's machine: for the log, not for a channel.
            tracing::error!(%failure, "could not reload the configuration");
            OwnerMsg::ConfigNotReloaded
        }
    };
    reply(ctx, &msg).await
}

/// Answers in the channel, in the guild's language. Without permission to write there, the outcome is only logged.
async fn reply(ctx: TextContext<'_>, msg: &OwnerMsg) -> error::Result<()> {
    let state = ctx.data();
    let locale = match ctx.msg.guild_id {
        Some(guild) => guilds::find_locale(&state.app.db, guild.into()).await.context("find a guild's language")?,
        None => None,
    };
    let text = i18n::render(&locale.as_deref().map(Locale::from_discord).unwrap_or_default(), msg);
    if let Err(fault) = respond::reply_to(&state.rest, ctx.msg, &text).await {
        tracing::warn!(%fault, msg = msg.key(), "could not answer an owner's command");
    }
    Ok(())
}

messages! {
    OwnerMsg;

    CommandsSynced = "commands-synced";
    CommandsSyncedHere = "commands-synced-here";
    CommandsNotSynced = "commands-not-synced";
    ConfigReloaded = "config-reloaded";
    ConfigReloadedInPart = "config-reloaded-in-part";
    ConfigNotReloaded = "config-not-reloaded";
}
