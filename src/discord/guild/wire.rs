//! What is read of a server's objects, as Discord sends them.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::{ChannelType, PermissionOverwrite};

use super::ChannelFacts;
use crate::discord::convert;
use crate::domain::clock::Timestamp;

/// Fields read of a guild (Discord: "Guild").
#[derive(Debug, Deserialize)]
pub(super) struct WireGuild {
    pub(super) owner_id: serenity::UserId,
    pub(super) roles: Vec<WireRole>,
    pub(super) mfa_level: Option<u8>,
    #[serde(default)]
    pub(super) emojis: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireRole {
    pub(super) id: serenity::RoleId,
    #[serde(default)]
    pub(super) name: String,
    pub(super) permissions: serenity::Permissions,
    #[serde(default)]
    pub(super) mentionable: bool,
    pub(super) tags: Option<WireTags>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireTags {
    pub(super) bot_id: Option<serenity::UserId>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireMember {
    pub(super) roles: Vec<serenity::RoleId>,
    pub(super) communication_disabled_until: Option<String>,
}

impl WireMember {
    pub(super) fn timed_out_until(&self) -> Option<Timestamp> {
        let until = serenity::Timestamp::parse(self.communication_disabled_until.as_deref()?).ok()?;
        Some(Timestamp::from_seconds(until.timestamp()))
    }
}

/// A message's author (Discord: "Message").
#[derive(Debug, Deserialize)]
pub(super) struct WireAuthored {
    pub(super) author: WireAuthor,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireAuthor {
    pub(super) id: serenity::UserId,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireMe {
    pub(super) mfa_enabled: Option<bool>,
}

/// What is read of a channel (Discord: "Channel").
#[derive(Debug, Deserialize)]
pub(super) struct WireChannel {
    pub(super) id: serenity::ChannelId,
    #[serde(default)]
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: ChannelType,
    #[serde(default)]
    pub(super) permission_overwrites: Vec<PermissionOverwrite>,
    pub(super) rate_limit_per_user: Option<u64>,
    #[serde(default)]
    pub(super) nsfw: Value,
    #[serde(default)]
    pub(super) flags: Value,
}

impl From<WireChannel> for ChannelFacts {
    fn from(found: WireChannel) -> Self {
        Self {
            id: found.id.into(),
            name: found.name,
            allows_private_threads: found.kind == ChannelType::Text,
            takes_panels: matches!(found.kind, ChannelType::Text | ChannelType::News),
            is_age_restricted: found.nsfw == true,
            overwrites: convert::overwrites(&found.permission_overwrites),
            slowmode: Duration::from_secs(found.rate_limit_per_user.unwrap_or(0)),
        }
    }
}
