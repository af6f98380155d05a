//! Who is in a thread: counts, lists and removes members. Also renames a thread. `threads` adds members.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::EditThread;

use super::rest::{Rest, Route};
use super::rest_error::{Refusal, RestError};
use super::threads::readable;
use crate::domain::ids::{RoleId, ThreadId, UserId};

/// A member of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadMember {
    pub user: UserId,
    pub is_bot: bool,
    pub roles: Vec<RoleId>,
}

/// The most members that are read of a thread: Discord's limit (JSON error 30033).
const MOST: usize = 1_000;

#[derive(Deserialize)]
struct WireMembers(#[serde(deserialize_with = "readable")] Vec<WireMember>);

#[derive(Deserialize)]
struct WireMember {
    user_id: serenity::UserId,
    member: WireGuildMember,
}

#[derive(Deserialize)]
struct WireGuildMember {
    roles: Vec<serenity::RoleId>,
    user: WireUser,
}

#[derive(Deserialize)]
struct WireUser {
    #[serde(default)]
    bot: bool,
}

/// A thread's members, with their roles; `None` without the members intent, which Discord requires (Discord: "Channel",
/// List Thread Members).
pub async fn list(rest: &Rest, thread: ThreadId) -> Result<Option<Vec<ThreadMember>>, RestError> {
    let mut members: Vec<ThreadMember> = Vec::new();
    loop {
        let after = members.last().map(|member| member.user);
        let page = match rest.get(Route::ThreadMembersAfter(thread.as_channel(), after)).fetch::<WireMembers>().await {
            Ok(WireMembers(page)) => page,
            Err(fault) if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) => {
                return Ok(None);
            }
            Err(fault) => return Err(fault),
        };
        let before = members.len();
        members.extend(page.into_iter().map(|found| ThreadMember {
            user: found.user_id.into(),
            is_bot: found.member.user.bot,
            roles: found.member.roles.into_iter().map(Into::into).collect(),
        }));
        members.sort_by_key(|member| member.user);
        members.dedup();
        if members.len() == before || members.len() - before < 100 || members.len() >= MOST {
            return Ok(Some(members));
        }
    }
}

/// Removes a member. False if they were not in it.
pub async fn remove(rest: &Rest, thread: ThreadId, user: UserId) -> Result<bool, RestError> {
    match rest.delete(Route::ThreadMember(thread.as_channel(), user)).send().await {
        Ok(()) => Ok(true),
        Err(fault) if fault.refusal() == Some(Refusal::UnknownMember) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Renames a thread. Fails at once where Discord's limit of two in ten minutes is reached.
pub async fn rename(rest: &Rest, thread: ThreadId, name: &str, reason: &str) -> Result<(), RestError> {
    let edit = EditThread::new().name(name);
    rest.patch(Route::ChannelName(thread.as_channel())).json(&edit).reason(reason).impatient().send().await
}

/// How many people are in a thread, without the bot; 49 are 49 or more, because Discord counts to 50. `None` if it does
/// not say.
pub async fn count(rest: &Rest, thread: ThreadId) -> Result<Option<u64>, RestError> {
    #[derive(Deserialize)]
    struct WireCount {
        member_count: Option<u64>,
    }

    let members = rest.get(Route::Channel(thread.as_channel())).fetch::<WireCount>().await?.member_count;
    Ok(members.map(|members| members.saturating_sub(1)))
}
