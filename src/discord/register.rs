//! Registers the commands with Discord, for all guilds.

use poise::serenity_prelude as serenity;
use serenity::CreateCommand;

use super::fault::Fault;
use super::rest::{Rest, Route};
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ApplicationId, GuildId};

/// What tells one set of commands from another.
pub fn fingerprint_of(commands: &[CreateCommand]) -> Result<String, Fault> {
    // By way of a `Value`, whose keys are in order: those of the translations come in another one in each process.
    let commands = serde_json::to_value(commands).map_err(|_| Fault::Broken("commands"))?;
    Ok(fingerprint(&commands.to_string()))
}

/// Replaces every command that the application has in this guild alone. They are there at once, beside the global ones.
pub async fn register_in_guild(
    rest: &Rest,
    application: ApplicationId,
    guild: GuildId,
    commands: &[CreateCommand],
) -> Result<(), Fault> {
    rest.put(Route::GuildCommands(application, guild)).json(&commands).send().await
}

/// Replaces every global command of the application by these.
pub async fn register_global(rest: &Rest, application: ApplicationId, commands: &[CreateCommand]) -> Result<(), Fault> {
    rest.put(Route::GlobalCommands(application)).json(&commands).send().await
}
