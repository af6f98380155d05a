//! Registers the commands with Discord, for all guilds.

use poise::serenity_prelude as serenity;
use serenity::CreateCommand;

use super::rest::{Rest, Route};
use super::rest_error::RestError;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ApplicationId, GuildId};

/// Identifies a set of commands.
pub fn fingerprint_of(commands: &[CreateCommand]) -> Result<String, RestError> {
    // Through a `Value`, whose keys are sorted: the order of the translations differs in each process.
    let commands = serde_json::to_value(commands).map_err(|_| RestError::Broken("commands"))?;
    Ok(fingerprint(&commands.to_string()))
}

/// Replaces all commands the application has in this guild alone. They apply at once, beside the global ones.
pub async fn register_in_guild(
    rest: &Rest,
    application: ApplicationId,
    guild: GuildId,
    commands: &[CreateCommand],
) -> Result<(), RestError> {
    rest.put(Route::GuildCommands(application, guild)).json(&commands).send().await
}

/// Replaces all global commands of the application.
pub async fn register_global(
    rest: &Rest,
    application: ApplicationId,
    commands: &[CreateCommand],
) -> Result<(), RestError> {
    rest.put(Route::GlobalCommands(application)).json(&commands).send().await
}
