//! The application itself: what the Developer Portal says about it, and the registration of its commands.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::CreateCommand;

use super::rest::{Rest, Route};
use super::rest_error::RestError;
use crate::domain::checkup::PortalFacts;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ApplicationId, GuildId};

/// `GATEWAY_GUILD_MEMBERS`, and `GATEWAY_GUILD_MEMBERS_LIMITED` for applications in fewer than 100 guilds (Discord:
/// "Application", flags).
const MEMBERS: u64 = 1 << 14 | 1 << 15;

/// `GATEWAY_MESSAGE_CONTENT`, and `GATEWAY_MESSAGE_CONTENT_LIMITED`. It decides what requests read, too, whatever intents
/// the bot has asked the gateway for (Discord: "Gateway", message content intent).
const CONTENT: u64 = 1 << 18 | 1 << 19;

/// The fields we read of an application (Discord: "Application"), leniently: nothing here may prevent the login.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WirePortal {
    flags: Value,
    interactions_endpoint_url: Value,
    bot_require_code_grant: Value,
}

impl WirePortal {
    pub fn has_interactions_endpoint(&self) -> bool {
        self.interactions_endpoint_url.as_str().is_some_and(|url| !url.is_empty())
    }

    pub fn requires_code_grant(&self) -> bool {
        self.bot_require_code_grant == true
    }
}

/// Requests the portal's settings.
pub async fn portal(rest: &Rest) -> Result<PortalFacts, RestError> {
    let found: WirePortal = rest.get(Route::Application).fetch().await?;
    let flags = found.flags.as_u64().unwrap_or(0);
    Ok(PortalFacts {
        has_interactions_endpoint: found.has_interactions_endpoint(),
        requires_code_grant: found.requires_code_grant(),
        allows_members: flags & MEMBERS != 0,
        allows_content: flags & CONTENT != 0,
    })
}

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
