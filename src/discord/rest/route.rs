//! The routes of Discord's HTTP API that the bot uses, and their rate limit buckets.

use std::fmt::Write as _;

use reqwest::Method;

use crate::domain::ids::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};

/// A route below `/api/v10`. Threads are channels here.
#[derive(Clone, Copy, Debug)]
pub enum Route<'a> {
    Me,
    OwnApplication,
    /// The same, with its flags.
    Application,
    GatewayBot,
    GlobalCommands(ApplicationId),
    GuildCommands(ApplicationId, GuildId),
    Guild(GuildId),
    GuildChannels(GuildId),
    GuildMember(GuildId, UserId),
    ActiveThreads(GuildId),
    /// The newest changes of threads in the audit log.
    ThreadUpdates(GuildId),
    Channel(ChannelId),
    /// The same route. Discord limits changes of a name on their own (two in ten minutes).
    ChannelName(ChannelId),
    Messages(ChannelId),
    Message(ChannelId, MessageId),
    /// The first 100 messages after that one.
    MessagesAfter(ChannelId, MessageId),
    /// Starts a thread on a message.
    MessageThread(ChannelId, MessageId),
    GuildRole(GuildId, RoleId),
    /// Each role's number of members.
    RoleSizes(GuildId),
    Threads(ChannelId),
    /// The newest 100 archived private threads the bot has joined.
    ArchivedThreads(ChannelId),
    ThreadMember(ChannelId, UserId),
    /// The first 100 members after that one, with their roles. Needs the members intent.
    ThreadMembersAfter(ChannelId, Option<UserId>),
    /// The first answer to an interaction. The token is a secret for 15 minutes.
    Callback(InteractionId, &'a str),
    /// The current form of that answer.
    Original(ApplicationId, &'a str),
    /// Further answers.
    FollowUp(ApplicationId, &'a str),
}

/// A rate limit's key before Discord has named its bucket: the method, the path without its minor parameters, and the
/// major one in full (Discord: "Rate Limits", top-level resources).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bucket {
    method: Method,
    pub(super) resource: &'static str,
    major: u64,
    /// Interactions do not count towards the global limit.
    pub(super) global: bool,
}

impl Route<'_> {
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        let written = match *self {
            Self::Me => write!(path, "/users/@me"),
            Self::OwnApplication => write!(path, "/oauth2/applications/@me"),
            Self::Application => write!(path, "/applications/@me"),
            Self::GatewayBot => write!(path, "/gateway/bot"),
            Self::GlobalCommands(application) => write!(path, "/applications/{application}/commands"),
            Self::GuildCommands(application, guild) => {
                write!(path, "/applications/{application}/guilds/{guild}/commands")
            }
            Self::Guild(guild) => write!(path, "/guilds/{guild}"),
            Self::GuildChannels(guild) => write!(path, "/guilds/{guild}/channels"),
            Self::GuildMember(guild, user) => write!(path, "/guilds/{guild}/members/{user}"),
            Self::ActiveThreads(guild) => write!(path, "/guilds/{guild}/threads/active"),
            // 111: "thread update".
            Self::ThreadUpdates(guild) => write!(path, "/guilds/{guild}/audit-logs?action_type=111&limit=10"),
            Self::Channel(channel) | Self::ChannelName(channel) => write!(path, "/channels/{channel}"),
            Self::Messages(channel) => write!(path, "/channels/{channel}/messages"),
            Self::Message(channel, message) => write!(path, "/channels/{channel}/messages/{message}"),
            Self::MessagesAfter(channel, message) => {
                write!(path, "/channels/{channel}/messages?limit=100&after={message}")
            }
            Self::MessageThread(channel, message) => write!(path, "/channels/{channel}/messages/{message}/threads"),
            Self::GuildRole(guild, role) => write!(path, "/guilds/{guild}/roles/{role}"),
            Self::RoleSizes(guild) => write!(path, "/guilds/{guild}/roles/member-counts"),
            Self::Threads(channel) => write!(path, "/channels/{channel}/threads"),
            Self::ArchivedThreads(channel) => {
                write!(path, "/channels/{channel}/users/@me/threads/archived/private?limit=100")
            }
            Self::ThreadMember(channel, user) => write!(path, "/channels/{channel}/thread-members/{user}"),
            Self::ThreadMembersAfter(channel, after) => {
                let after = after.map_or(0, UserId::get);
                write!(path, "/channels/{channel}/thread-members?with_member=true&limit=100&after={after}")
            }
            Self::Callback(interaction, token) => write!(path, "/interactions/{interaction}/{token}/callback"),
            Self::Original(application, token) => write!(path, "/webhooks/{application}/{token}/messages/@original"),
            Self::FollowUp(application, token) => write!(path, "/webhooks/{application}/{token}"),
        };
        debug_assert!(written.is_ok(), "writing to a string does not fail");
        path
    }

    pub(super) fn bucket(&self, method: &Method) -> Bucket {
        let (resource, major, global) = match *self {
            Self::Me => ("me", 0, true),
            Self::OwnApplication => ("application", 0, true),
            Self::Application => ("own-application", 0, true),
            Self::GatewayBot => ("gateway", 0, true),
            Self::GlobalCommands(_) => ("commands", 0, true),
            Self::GuildCommands(_, guild) => ("guild-commands", guild.get(), true),
            Self::Guild(guild) => ("guild", guild.get(), true),
            Self::GuildChannels(guild) => ("guild-channels", guild.get(), true),
            Self::GuildMember(guild, _) => ("member", guild.get(), true),
            Self::ActiveThreads(guild) => ("active-threads", guild.get(), true),
            Self::ThreadUpdates(guild) => ("audit-log", guild.get(), true),
            Self::Channel(channel) => ("channel", channel.get(), true),
            Self::ChannelName(channel) => ("channel-name", channel.get(), true),
            Self::Messages(channel) | Self::MessagesAfter(channel, _) => ("messages", channel.get(), true),
            Self::GuildRole(guild, _) => ("role", guild.get(), true),
            Self::RoleSizes(guild) => ("role-sizes", guild.get(), true),
            Self::Message(channel, _) => ("message", channel.get(), true),
            Self::MessageThread(channel, _) => ("message-thread", channel.get(), true),
            Self::Threads(channel) => ("threads", channel.get(), true),
            Self::ArchivedThreads(channel) => ("archived-threads", channel.get(), true),
            Self::ThreadMember(channel, _) => ("thread-member", channel.get(), true),
            Self::ThreadMembersAfter(channel, _) => ("thread-members", channel.get(), true),
            // Each interaction has its own limits.
            Self::Callback(interaction, _) => ("callback", interaction.get(), false),
            Self::Original(_, token) => ("original", short_hash(token), false),
            Self::FollowUp(_, token) => ("follow-up", short_hash(token), false),
        };
        Bucket { method: method.clone(), resource, major, global }
    }
}

/// Distinguishes tokens, not stored.
fn short_hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};

    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
