//! A guild, its channels, roles and members, read-only.

use serde_json::{Value, json};

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::USUAL;
use crate::permissions as perm;
use crate::world::guild::Guild;
use crate::world::{AuditRecord, World};

const fn read(template: &'static str, query: &'static [&'static str], run: fn(&mut World, &Call) -> Outcome) -> Route {
    Route { method: "GET", template, fields: &[], query, limit: USUAL, run }
}

pub(super) const ROUTES: &[Route] = &[
    read("/guilds/{guild}", &["with_counts"], one),
    read("/guilds/{guild}/audit-logs", &["action_type", "limit"], audit_log),
    read("/guilds/{guild}/channels", &[], channels),
    read("/guilds/{guild}/roles", &[], |world, call| {
        let guild = own(world, call)?;
        Answer::ok(guild.roles.values().map(crate::world::guild::Role::json).collect())
    }),
    read("/guilds/{guild}/roles/member-counts", &[], |world, call| {
        let guild = own(world, call)?;
        let count = |role: &u64| guild.members.values().filter(|member| member.roles.contains(role)).count();
        // "Does not include the @everyone role."
        let roles = guild.roles.keys().filter(|role| **role != guild.id);
        Answer::ok(roles.map(|role| (role.to_string(), json!(count(role)))).collect::<serde_json::Map<_, _>>().into())
    }),
    read("/guilds/{guild}/roles/{role}", &[], |world, call| {
        let guild = own(world, call)?;
        Answer::ok(guild.roles.get(&call.id(1)?).ok_or_else(ApiError::unknown_role)?.json())
    }),
    read("/guilds/{guild}/members", &["limit", "after"], members),
    read("/guilds/{guild}/members/{user}", &[], |world, call| {
        let guild = own(world, call)?;
        let member = guild.members.get(&call.id(1)?).ok_or_else(ApiError::unknown_member)?;
        Answer::ok(world.member_json(member))
    }),
];

/// "Requires the `VIEW_AUDIT_LOG` permission." The newest entries come first.
fn audit_log(world: &mut World, call: &Call) -> Outcome {
    let guild = own(world, call)?.id;
    if world.base_permissions(guild, world.bot()) & perm::VIEW_AUDIT_LOG == 0 {
        return Err(ApiError::missing_permissions());
    }
    let number = |name: &str| call.query(name).and_then(|value| value.parse::<u64>().ok());
    let limit = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(50);
    let fits = |entry: &&AuditRecord| {
        entry.guild_id == guild && number("action_type").is_none_or(|wanted| wanted == action_type(entry.action))
    };
    let entries = world.audit.iter().rev().filter(fits).take(limit).map(|entry| {
        json!({
            "id": entry.id.to_string(),
            "user_id": entry.user_id.to_string(),
            "target_id": entry.target_id.to_string(),
            "action_type": action_type(entry.action),
            "changes": entry.changes,
            "reason": entry.reason,
        })
    });
    Answer::ok(json!({ "audit_log_entries": entries.collect::<Vec<_>>(), "users": [], "threads": [], "webhooks": [] }))
}

/// <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events>
fn action_type(action: &str) -> u64 {
    match action {
        "channel_update" => 11,
        "channel_delete" => 12,
        "member_kick" => 20,
        "thread_create" => 110,
        "thread_update" => 111,
        "thread_delete" => 112,
        _ => 0,
    }
}

/// A guild the bot is in. Others appear as unknown.
fn own<'a>(world: &'a World, call: &Call) -> Result<&'a Guild, ApiError> {
    let guild = world.guild(call.id(0)?)?;
    if guild.has_bot() { Ok(guild) } else { Err(ApiError::unknown_guild()) }
}

fn one(world: &mut World, call: &Call) -> Outcome {
    let guild = own(world, call)?;
    let mut json = guild.json();
    if call.query_flag("with_counts") {
        json["approximate_member_count"] = json!(guild.members.len());
        json["approximate_presence_count"] = json!(guild.members.len());
    }
    Answer::ok(json)
}

/// "Returns a list of guild channel objects. Does not include threads." Nor channels that the bot cannot view.
fn channels(world: &mut World, call: &Call) -> Outcome {
    let id = own(world, call)?.id;
    let bot = world.bot();
    let shown = world.channels_of(id).filter(|channel| channel.thread.is_none() && world.shows_to_bot(channel));
    let list: Vec<Value> = shown.map(|channel| channel.json(bot)).collect();
    Answer::ok(json!(list))
}

fn members(world: &mut World, call: &Call) -> Outcome {
    let guild = own(world, call)?;
    // "This endpoint is restricted according to whether the GUILD_MEMBERS Privileged Intent is enabled."
    if !world.app.members_intent {
        return Err(ApiError::missing_access());
    }
    let number = |name: &str| call.query(name).and_then(|value| value.parse::<u64>().ok());
    let limit = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(1);
    let after = number("after").unwrap_or(0);
    let members = guild.members.range(after + 1..).take(limit.min(1000));
    Answer::ok(members.map(|(_, member)| world.member_json(member)).collect())
}
