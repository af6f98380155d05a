//! A message's mentions: whom they may ping, and whom they add to a private thread.
//!
//! <https://discord.com/developers/docs/resources/message#allowed-mentions-object>

use std::collections::BTreeSet;

use serde_json::Value;

use super::World;
use super::message::Message;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// A role larger than this is pinged but not added to a thread.
const ROLE_ADDED_UP_TO: usize = 100;

/// What `allowed_mentions` permits.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    users: Rule,
    roles: Rule,
    everyone: bool,
}

#[derive(Clone, Debug)]
enum Rule {
    All,
    Only(Vec<u64>),
}

impl Rule {
    fn lets(&self, id: u64) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(&id),
        }
    }
}

impl Default for Allowed {
    fn default() -> Self {
        Self::for_messages()
    }
}

impl Allowed {
    /// "In regular messages, all mention types are parsed."
    pub(crate) fn for_messages() -> Self {
        Self { users: Rule::All, roles: Rule::All, everyone: true }
    }

    /// "In interactions and webhooks, only user mentions are parsed."
    pub(crate) fn for_interactions() -> Self {
        Self { users: Rule::All, roles: Rule::Only(Vec::new()), everyone: false }
    }

    pub(crate) fn from_json(json: &Value, default: Self) -> Result<Self, ApiError> {
        if json.is_null() {
            return Ok(default);
        }
        let parse: Vec<&str> = strings(&json["parse"]);
        let rule = |kind: &str| {
            let ids = ids(&json[kind]);
            let parsed = parse.contains(&kind);
            if parsed && !ids.is_empty() {
                let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
                return Err(ApiError::form("allowed_mentions", code, &message));
            }
            Ok(if parsed { Rule::All } else { Rule::Only(ids) })
        };
        Ok(Self { users: rule("users")?, roles: rule("roles")?, everyone: parse.contains(&"everyone") })
    }
}

impl World {
    /// Fills in what a message mentions.
    pub(crate) fn resolve_mentions(&self, message: &mut Message, allowed: &Allowed) {
        let Some(channel) = self.channels.get(&message.channel_id) else {
            return;
        };
        let guild = &self.guilds[&channel.guild_id];
        let said = message.said();
        let mass = self.can(message.author_id, message.channel_id, perm::MENTION_EVERYONE);
        message.mentions = references(&said, "<@")
            .chain(references(&said, "<@!"))
            .filter(|id| self.users.contains_key(id) && allowed.users.lets(*id))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        message.mention_roles = references(&said, "<@&")
            .filter(|id| *id != guild.id && allowed.roles.lets(*id))
            .filter(|id| guild.roles.get(id).is_some_and(|role| role.mentionable || mass))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let says = ["@everyone", "@here"].iter().any(|word| said.contains(word));
        message.mention_everyone = says && allowed.everyone && mass;
    }

    /// Who is added to a private thread by this message.
    pub(crate) fn newcomers_by_mention(&self, message: &Message) -> Vec<u64> {
        let Ok((channel, thread)) = self.thread(message.channel_id) else {
            return Vec::new();
        };
        if !self.may_add_to_thread(message.author_id, channel.id) {
            return Vec::new();
        }
        let by_role = message.mention_roles.iter().map(|role| self.holders(channel.guild_id, *role));
        let by_role = by_role.filter(|holders| holders.len() <= ROLE_ADDED_UP_TO).flatten();
        let mentioned: BTreeSet<u64> = message.mentions.iter().copied().chain(by_role).collect();
        mentioned
            .into_iter()
            .filter(|user| !thread.members.contains_key(user) && self.views_parent(channel.id, *user))
            .collect()
    }

    /// "This message failed to mention some roles and add their members to the thread."
    pub(crate) fn mentions_too_large_a_role(&self, message: &Message) -> bool {
        let guild_id = self.channels[&message.channel_id].guild_id;
        message.mention_roles.iter().any(|role| self.holders(guild_id, *role).len() > ROLE_ADDED_UP_TO)
    }

    /// Who is notified: mentioned in any way, and able to see it.
    pub(crate) fn pinged_by(&self, message: &Message) -> BTreeSet<u64> {
        let Some(channel) = self.channels.get(&message.channel_id) else {
            return BTreeSet::new();
        };
        if message.is_private() {
            return BTreeSet::new();
        }
        let guild = &self.guilds[&channel.guild_id];
        let by_role = message.mention_roles.iter().flat_map(|role| self.holders(guild.id, *role));
        let all = guild.members.keys().copied().filter(|_| message.mention_everyone);
        message
            .mentions
            .iter()
            .copied()
            .chain(by_role)
            .chain(all)
            .filter(|user| *user != message.author_id && self.sees(*user, channel))
            .collect()
    }

    /// Whether a person may view the channel a thread is in. "Users must have the `VIEW_CHANNEL` permission to view any
    /// threads in the channel, even if they are directly mentioned or added to the thread."
    pub(crate) fn views_parent(&self, thread_id: u64, user_id: u64) -> bool {
        self.permissions_in(thread_id, user_id) & perm::VIEW_CHANNEL != 0
    }

    fn holders(&self, guild_id: u64, role: u64) -> Vec<u64> {
        let members = self.guilds[&guild_id].members.values();
        members.filter(|member| member.roles.contains(&role)).map(|member| member.user_id).collect()
    }
}

/// The ids in every `<prefix…>` of a text.
fn references<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = u64> + 'a {
    text.match_indices(prefix).filter_map(move |(start, _)| {
        let rest = &text[start + prefix.len()..];
        rest[..rest.find('>')?].parse().ok()
    })
}

pub(crate) fn ids(json: &Value) -> Vec<u64> {
    let items = json.as_array().into_iter().flatten();
    items.filter_map(id_of).collect()
}

/// Snowflakes are strings; numbers are accepted too.
pub(crate) fn id_of(json: &Value) -> Option<u64> {
    json.as_str().map_or_else(|| json.as_u64(), |text| text.parse().ok())
}

fn strings(json: &Value) -> Vec<&str> {
    json.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
