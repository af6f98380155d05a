//! A member of a guild: their name and roles, requested from Discord, never stored.

use poise::serenity_prelude as serenity;
use serde::Deserialize;

use super::lenient;
use super::rest::{Rest, Route};
use super::rest_error::{Refusal, RestError};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, RoleId, UserId};

/// A member of a guild.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in the guild. Never stored or logged.
    pub display_name: String,
    /// They have yet to pass the guild's screening.
    pub is_pending: bool,
    /// Until when they are timed out, or were.
    pub timed_out_until: Option<Timestamp>,
    pub roles: Vec<RoleId>,
}

/// What is read of a member (Discord: "Guild", guild member object).
#[derive(Deserialize)]
struct WireMember {
    roles: Vec<serenity::RoleId>,
    nick: Option<String>,
    #[serde(default)]
    pending: Option<bool>,
    #[serde(default, deserialize_with = "lenient::time")]
    communication_disabled_until: Option<Timestamp>,
    user: WireUser,
}

#[derive(Deserialize)]
struct WireUser {
    global_name: Option<String>,
    username: String,
}

/// A member; `None` only if Discord says that they are none.
pub async fn find(rest: &Rest, guild: GuildId, user: UserId) -> Result<Option<Member>, RestError> {
    match rest.get(Route::GuildMember(guild, user)).fetch::<WireMember>().await {
        Ok(WireMember { roles, nick, pending, communication_disabled_until, user }) => Ok(Some(Member {
            is_pending: pending.unwrap_or(false),
            timed_out_until: communication_disabled_until,
            display_name: nick.or(user.global_name).unwrap_or(user.username),
            roles: roles.into_iter().map(Into::into).collect(),
        })),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(None),
        Err(fault) => Err(fault),
    }
}
