//! Registers the commands with Discord, for all guilds.

use poise::serenity_prelude as serenity;
use serenity::{CreateCommand, Http};

use super::fault::Fault;
use crate::domain::command_sync::fingerprint;

/// What tells one set of commands from another.
pub fn fingerprint_of(commands: &[CreateCommand]) -> Result<String, Fault> {
    let json = serde_json::to_string(commands).map_err(|_| Fault::Broken("commands"))?;
    Ok(fingerprint(&json))
}

/// Replaces every global command of the application by these.
pub async fn register_global(http: &Http, commands: Vec<CreateCommand>) -> Result<(), Fault> {
    serenity::Command::set_global_commands(http, commands).await?;
    Ok(())
}
