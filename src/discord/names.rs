//! The names of a server, of its roles and channels, for texts that are read outside Discord's client.

use std::collections::BTreeMap;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::PermissionOverwrite;

use super::guild::{GuildRoles, is_obfuscated};
use super::rest::{Rest, Route};
use super::rest_error::RestResult;
use super::{convert, lenient};
use crate::domain::history::Person;
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::permissions::{self, Permissions};

/// A server's name and its roles'.
pub struct GuildNames {
    pub name: String,
    pub roles: BTreeMap<RoleId, String>,
    /// The most bytes of a file in its channels.
    pub attachment_limit: u64,
}

#[derive(Deserialize)]
struct WireGuild {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    roles: Vec<WireNamed<RoleId>>,
    #[serde(default, deserialize_with = "lenient::number")]
    premium_tier: Option<u64>,
}

#[derive(Deserialize)]
struct WireNamed<Id> {
    id: Id,
    name: String,
}

#[derive(Deserialize)]
struct WireChannel {
    id: ChannelId,
    name: String,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
    #[serde(default)]
    flags: Value,
}

#[derive(Deserialize)]
struct WireMember {
    #[serde(default, deserialize_with = "lenient::option")]
    nick: Option<String>,
    user: WireUser,
}

#[derive(Deserialize)]
struct WireUser {
    id: UserId,
    username: String,
    #[serde(default, deserialize_with = "lenient::option")]
    global_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    bot: Option<bool>,
}

/// Discord: "Uploading Files", and its help on boosts: 10 MiB, from the second tier on 50, from the third on 100.
const fn limit_of_tier(tier: u64) -> u64 {
    match tier {
        0 | 1 => 10 << 20,
        2 => 50 << 20,
        _ => 100 << 20,
    }
}

pub async fn of_guild(rest: &Rest, guild: GuildId) -> RestResult<GuildNames> {
    let found: WireGuild = rest.get(Route::Guild(guild)).fetch().await?;
    Ok(GuildNames {
        name: found.name.unwrap_or_default(),
        roles: found.roles.into_iter().map(|role| (role.id, role.name)).collect(),
        attachment_limit: limit_of_tier(found.premium_tier.unwrap_or(0)),
    })
}

/// The channels that somebody with these roles sees: nobody learns the name of another one. Two requests.
pub async fn of_channels(
    rest: &Rest,
    guild: GuildId,
    user: UserId,
    roles: &[RoleId],
) -> RestResult<BTreeMap<ChannelId, String>> {
    let granted = GuildRoles::fetch(rest, guild).await?;
    let found: Vec<Value> = rest.get(Route::GuildChannels(guild)).fetch().await?;
    let known = found.into_iter().filter_map(|channel| WireChannel::deserialize(channel).ok());
    let seen = known.filter(|channel| {
        let overwrites = convert::overwrites(&channel.permission_overwrites);
        let may = granted.with(user, roles, |holder| permissions::effective(holder, &overwrites));
        !is_obfuscated(&channel.flags) && may.contains(Permissions::VIEW_CHANNEL)
    });
    Ok(seen.map(|channel| (channel.id, channel.name)).collect())
}

/// A member, by the name in the server.
pub async fn of_member(rest: &Rest, guild: GuildId, user: UserId) -> RestResult<Person> {
    let WireMember { nick, user } = rest.get(Route::GuildMember(guild, user)).fetch().await?;
    let display_name = nick.or(user.global_name).unwrap_or_else(|| user.username.clone());
    Ok(Person { id: user.id, display_name, username: user.username, is_app: user.bot == Some(true), is_webhook: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boosted_server_takes_larger_files() {
        assert_eq!([0, 1, 2, 3, 4].map(|tier| limit_of_tier(tier) >> 20), [10, 10, 50, 100, 100]);
    }
}
