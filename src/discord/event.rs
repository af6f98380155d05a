//! What the gateway reports, read as far as it can matter for tickets and no further.
//!
//! A bot is sent thousands of events that mean nothing to it for each that does. So a kind that nobody here asks for is
//! not read at all. Of all others only what is used is read, but for interactions and for messages with text, which are
//! serenity's: the rest may have any shape, now and after Discord's next change.
//!
//! <https://discord.com/developers/docs/events/gateway-events>

use std::borrow::Cow;
use std::collections::HashSet;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::Interaction;

use super::threads::{Sighting, WireThread};
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::shards::Share;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A session has begun. It tells of these guilds, which are all that it has in its share.
    Ready {
        share: Share,
        guilds: HashSet<GuildId>,
    },
    /// A command, a click or a form.
    Interaction(Box<Interaction>),
    /// A person wrote something that names the bot. All other text is empty for a bot without the Message Content intent.
    Text(Box<serenity::Message>),
    /// The bot is in this guild: at the start of a session, after an outage, or because it was invited.
    GuildPresent(Box<GuildView>),
    GuildUpdated {
        guild: GuildId,
        locale: String,
    },
    /// The bot was removed from it, or it was deleted.
    GuildLeft(GuildId),
    ChannelUpdated(ChannelView),
    ChannelDeleted(ChannelId),
    RoleDeleted {
        guild: GuildId,
        role: RoleId,
    },
    MessagesDeleted {
        channel: ChannelId,
        messages: Vec<MessageId>,
    },
    /// The bot sees channels that it did not see before, with these active threads.
    ThreadsListed {
        guild: GuildId,
        threads: Vec<Sighting>,
    },
    ThreadUpdated(Sighting),
    ThreadDeleted(ThreadId),
    ThreadMembersUpdated {
        thread: ThreadId,
        added: Vec<UserId>,
        removed: Vec<UserId>,
    },
    /// Somebody left a guild, or was removed from it.
    MemberLeft {
        guild: GuildId,
        user: UserId,
    },
}

/// A guild as it is when the bot comes to see it.
#[derive(Clone, Debug)]
pub struct GuildView {
    pub id: GuildId,
    /// As Discord names it.
    pub locale: String,
    pub channels: Vec<ChannelView>,
    pub roles: HashSet<RoleId>,
    /// The active ones that the bot can see.
    pub threads: Vec<Sighting>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelView {
    pub id: ChannelId,
    pub slowmode: Duration,
}

/// Why an event was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It means nothing to us, whatever it holds.
    Irrelevant,
    /// Its kind, or the shape of what we need from it, is not known to this version.
    Unknown,
}

impl From<serde_json::Error> for Unread {
    fn from(_: serde_json::Error) -> Self {
        Self::Unknown
    }
}

impl Event {
    /// Reads the data of an event of this kind, such as `THREAD_UPDATE`.
    pub fn read(kind: &str, data: &str) -> Result<Self, Unread> {
        match kind {
            "READY" => read::<WireReady>(data).map(Self::from),
            "INTERACTION_CREATE" => interaction(data).map(Self::Interaction),
            "MESSAGE_CREATE" => text(data).map(Self::Text),
            "GUILD_CREATE" => read::<WireGuild>(data)?.view().map(Box::new).map(Self::GuildPresent),
            "GUILD_UPDATE" => read::<WireGuildUpdate>(data).map(Self::from),
            "GUILD_DELETE" => match read::<WireUnavailable>(data)? {
                // An outage; without the word the bot was removed.
                WireUnavailable { unavailable: true, .. } => Err(Unread::Irrelevant),
                WireUnavailable { id, .. } => Ok(Self::GuildLeft(id.into())),
            },
            "CHANNEL_UPDATE" => read::<WireChannel>(data).map(|channel| Self::ChannelUpdated(channel.view())),
            "CHANNEL_DELETE" => read::<WireChannel>(data).map(|channel| Self::ChannelDeleted(channel.id.into())),
            "GUILD_ROLE_DELETE" => read::<WireRoleDeletion>(data).map(Self::from),
            "MESSAGE_DELETE" => read::<WireDeletion>(data).map(Self::from),
            "MESSAGE_DELETE_BULK" => read::<WireDeletions>(data).map(Self::from),
            "THREAD_LIST_SYNC" => read::<WireThreadList>(data).map(Self::from),
            // Without the marks of a thread it can be none.
            "THREAD_UPDATE" => read::<WireThread>(data)?.sighting().map(Self::ThreadUpdated).ok_or(Unread::Irrelevant),
            "THREAD_DELETE" => read::<WireId>(data).map(|thread| Self::ThreadDeleted(thread.id.into())),
            "THREAD_MEMBERS_UPDATE" => read::<WireThreadMembers>(data).map(Self::from),
            "GUILD_MEMBER_REMOVE" => read::<WireLeaver>(data).map(Self::from),
            _ if IRRELEVANT.binary_search(&kind).is_ok() => Err(Unread::Irrelevant),
            _ => Err(Unread::Unknown),
        }
    }
}

/// All further kinds that Discord had in 2026, sorted.
const IRRELEVANT: &[&str] = &[
    "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
    "AUTO_MODERATION_ACTION_EXECUTION",
    "AUTO_MODERATION_RULE_CREATE",
    "AUTO_MODERATION_RULE_DELETE",
    "AUTO_MODERATION_RULE_UPDATE",
    "CHANNEL_CREATE",
    "CHANNEL_INFO",
    "CHANNEL_PINS_UPDATE",
    "ENTITLEMENT_CREATE",
    "ENTITLEMENT_DELETE",
    "ENTITLEMENT_UPDATE",
    "GUILD_AUDIT_LOG_ENTRY_CREATE",
    "GUILD_BAN_ADD",
    "GUILD_BAN_REMOVE",
    "GUILD_EMOJIS_UPDATE",
    "GUILD_INTEGRATIONS_UPDATE",
    "GUILD_JOIN_REQUEST_CREATE",
    "GUILD_JOIN_REQUEST_DELETE",
    "GUILD_JOIN_REQUEST_UPDATE",
    "GUILD_MEMBERS_CHUNK",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_SCHEDULED_EVENT_CREATE",
    "GUILD_SCHEDULED_EVENT_DELETE",
    "GUILD_SCHEDULED_EVENT_UPDATE",
    "GUILD_SCHEDULED_EVENT_USER_ADD",
    "GUILD_SCHEDULED_EVENT_USER_REMOVE",
    "GUILD_SOUNDBOARD_SOUNDS_UPDATE",
    "GUILD_SOUNDBOARD_SOUND_CREATE",
    "GUILD_SOUNDBOARD_SOUND_DELETE",
    "GUILD_SOUNDBOARD_SOUND_UPDATE",
    "GUILD_STICKERS_UPDATE",
    "INTEGRATION_CREATE",
    "INTEGRATION_DELETE",
    "INTEGRATION_UPDATE",
    "INVITE_CREATE",
    "INVITE_DELETE",
    "MESSAGE_POLL_VOTE_ADD",
    "MESSAGE_POLL_VOTE_REMOVE",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "MESSAGE_UPDATE",
    "PRESENCE_UPDATE",
    "RATE_LIMITED",
    "RESUMED",
    "SOUNDBOARD_SOUNDS",
    "STAGE_INSTANCE_CREATE",
    "STAGE_INSTANCE_DELETE",
    "STAGE_INSTANCE_UPDATE",
    "SUBSCRIPTION_CREATE",
    "SUBSCRIPTION_DELETE",
    "SUBSCRIPTION_UPDATE",
    "THREAD_CREATE",
    "THREAD_MEMBER_UPDATE",
    "TYPING_START",
    "USER_UPDATE",
    "VOICE_CHANNEL_EFFECT_SEND",
    "VOICE_CHANNEL_START_TIME_UPDATE",
    "VOICE_CHANNEL_STATUS_UPDATE",
    "VOICE_SERVER_UPDATE",
    "VOICE_STATE_UPDATE",
    "WEBHOOKS_UPDATE",
];

fn read<'a, T: Deserialize<'a>>(data: &'a str) -> Result<T, Unread> {
    Ok(serde_json::from_str(data)?)
}

/// serenity reads the kind out of a copy of the whole; told the kind, it needs no copy.
fn interaction(data: &str) -> Result<Box<Interaction>, Unread> {
    let told = match read::<WireKind>(data)?.kind {
        2 => read(data).map(Interaction::Command),
        3 => read(data).map(Interaction::Component),
        4 => read(data).map(Interaction::Autocomplete),
        5 => read(data).map(Interaction::Modal),
        _ => return Err(Unread::Unknown),
    };
    // A few of its types know new fields only in a copy (0.12.5: `AuthorizingIntegrationOwners`).
    Ok(Box::new(told.or_else(|_| Ok::<_, Unread>(serde_json::from_value(read(data)?)?))?))
}

fn text(data: &str) -> Result<Box<serenity::Message>, Unread> {
    let glance = read::<WireGlance<'_>>(data)?;
    if glance.content.is_empty() || glance.author.bot { Err(Unread::Irrelevant) } else { read(data) }
}

#[derive(Deserialize)]
struct WireReady {
    guilds: Vec<WireId<serenity::GuildId>>,
    /// Missing for the only shard of one.
    shard: Option<(u32, u32)>,
}

impl From<WireReady> for Event {
    fn from(ready: WireReady) -> Self {
        let share = ready.shard.and_then(|(id, total)| Share::new(total, id..=id));
        Self::Ready {
            share: share.unwrap_or(Share::ALL),
            guilds: ready.guilds.iter().map(|guild| guild.id.into()).collect(),
        }
    }
}

#[derive(Deserialize)]
struct WireKind {
    #[serde(rename = "type")]
    kind: u8,
}

/// Enough of a message to see that it needs no second look.
#[derive(Deserialize)]
struct WireGlance<'a> {
    #[serde(borrow)]
    content: Cow<'a, str>,
    author: WireAuthor,
}

#[derive(Deserialize)]
struct WireAuthor {
    #[serde(default)]
    bot: bool,
}

#[derive(Deserialize)]
struct WireId<Id = serenity::ChannelId> {
    id: Id,
}

#[derive(Deserialize)]
struct WireUnavailable {
    id: serenity::GuildId,
    #[serde(default)]
    unavailable: bool,
}

/// While it is unavailable Discord sends nothing but the id.
#[derive(Deserialize)]
struct WireGuild {
    id: serenity::GuildId,
    #[serde(default)]
    unavailable: bool,
    preferred_locale: Option<String>,
    channels: Option<Vec<WireChannel>>,
    roles: Option<Vec<WireId<serenity::RoleId>>>,
    threads: Option<Vec<WireThread>>,
}

impl WireGuild {
    fn view(self) -> Result<GuildView, Unread> {
        if self.unavailable {
            return Err(Unread::Irrelevant);
        }
        // What is missing must not look like channels and roles that were deleted.
        let view = || {
            Some(GuildView {
                id: self.id.into(),
                locale: self.preferred_locale?,
                channels: self.channels?.iter().map(WireChannel::view).collect(),
                roles: self.roles?.iter().map(|role| role.id.into()).collect(),
                threads: self.threads?.iter().filter_map(WireThread::sighting).collect(),
            })
        };
        view().ok_or(Unread::Unknown)
    }
}

#[derive(Deserialize)]
struct WireGuildUpdate {
    id: serenity::GuildId,
    preferred_locale: String,
}

impl From<WireGuildUpdate> for Event {
    fn from(update: WireGuildUpdate) -> Self {
        Self::GuildUpdated { guild: update.id.into(), locale: update.preferred_locale }
    }
}

#[derive(Deserialize)]
struct WireChannel {
    id: serenity::ChannelId,
    /// Seconds.
    rate_limit_per_user: Option<u16>,
}

impl WireChannel {
    fn view(&self) -> ChannelView {
        ChannelView { id: self.id.into(), slowmode: Duration::from_secs(self.rate_limit_per_user.unwrap_or(0).into()) }
    }
}

#[derive(Deserialize)]
struct WireRoleDeletion {
    guild_id: serenity::GuildId,
    role_id: serenity::RoleId,
}

impl From<WireRoleDeletion> for Event {
    fn from(deletion: WireRoleDeletion) -> Self {
        Self::RoleDeleted { guild: deletion.guild_id.into(), role: deletion.role_id.into() }
    }
}

#[derive(Deserialize)]
struct WireDeletion {
    id: serenity::MessageId,
    channel_id: serenity::ChannelId,
}

impl From<WireDeletion> for Event {
    fn from(deletion: WireDeletion) -> Self {
        Self::MessagesDeleted { channel: deletion.channel_id.into(), messages: vec![deletion.id.into()] }
    }
}

#[derive(Deserialize)]
struct WireDeletions {
    ids: Vec<serenity::MessageId>,
    channel_id: serenity::ChannelId,
}

impl From<WireDeletions> for Event {
    fn from(deletions: WireDeletions) -> Self {
        let messages = deletions.ids.into_iter().map(Into::into).collect();
        Self::MessagesDeleted { channel: deletions.channel_id.into(), messages }
    }
}

#[derive(Deserialize)]
struct WireThreadList {
    guild_id: serenity::GuildId,
    threads: Vec<WireThread>,
}

impl From<WireThreadList> for Event {
    fn from(list: WireThreadList) -> Self {
        let threads = list.threads.iter().filter_map(WireThread::sighting).collect();
        Self::ThreadsListed { guild: list.guild_id.into(), threads }
    }
}

#[derive(Deserialize)]
struct WireThreadMembers {
    id: serenity::ChannelId,
    #[serde(default)]
    added_members: Vec<WireThreadMember>,
    #[serde(default)]
    removed_member_ids: Vec<serenity::UserId>,
}

#[derive(Deserialize)]
struct WireThreadMember {
    user_id: serenity::UserId,
}

impl From<WireThreadMembers> for Event {
    fn from(update: WireThreadMembers) -> Self {
        Self::ThreadMembersUpdated {
            thread: update.id.into(),
            added: update.added_members.iter().map(|member| member.user_id.into()).collect(),
            removed: update.removed_member_ids.into_iter().map(Into::into).collect(),
        }
    }
}

#[derive(Deserialize)]
struct WireLeaver {
    guild_id: serenity::GuildId,
    user: WireId<serenity::UserId>,
}

impl From<WireLeaver> for Event {
    fn from(leaver: WireLeaver) -> Self {
        Self::MemberLeft { guild: leaver.guild_id.into(), user: leaver.user.id.into() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(kind: &str, data: &Value) -> Result<Event, Unread> {
        Event::read(kind, &data.to_string())
    }

    #[test]
    fn kinds_are_looked_up_in_a_sorted_list() {
        assert!(IRRELEVANT.is_sorted());
        for kind in IRRELEVANT {
            assert_eq!(read(kind, &json!(null)).unwrap_err(), Unread::Irrelevant, "{kind}");
        }
        assert_eq!(read("SOMETHING_NEW", &json!({})).unwrap_err(), Unread::Unknown);
    }

    #[test]
    fn what_is_not_used_may_have_any_shape() {
        let odd = json!({ "id": "7", "rate_limit_per_user": 5, "type": "new", "name": [], "flags": { "a": null } });
        let Ok(Event::ChannelUpdated(channel)) = read("CHANNEL_UPDATE", &odd) else { panic!("not read") };
        assert_eq!(channel, ChannelView { id: ChannelId::new(7), slowmode: Duration::from_secs(5) });
    }

    #[test]
    fn messages_without_text_and_those_of_bots_mean_nothing() {
        for (content, bot, expected) in [
            ("", json!(null), Unread::Unknown),
            ("", json!(false), Unread::Irrelevant),
            ("sync \u{1F600}\n", json!(true), Unread::Irrelevant),
            // Read as a whole then, and there is more to a message than this.
            ("sync", json!(false), Unread::Unknown),
        ] {
            let message = json!({ "content": content, "author": { "bot": bot } });
            assert_eq!(read("MESSAGE_CREATE", &message).unwrap_err(), expected, "{message}");
        }
        let unsaid = json!({ "content": "", "author": {} });
        assert_eq!(read("MESSAGE_CREATE", &unsaid).unwrap_err(), Unread::Irrelevant);
    }

    #[test]
    fn a_guild_that_leaves_something_out_is_not_taken_for_one_that_has_none() {
        let whole =
            json!({ "id": "5", "preferred_locale": "de", "channels": [{ "id": "6" }], "roles": [], "threads": [] });
        assert!(matches!(read("GUILD_CREATE", &whole), Ok(Event::GuildPresent(guild)) if guild.channels.len() == 1));
        for field in ["preferred_locale", "channels", "roles", "threads"] {
            let mut partial = whole.clone();
            partial.as_object_mut().unwrap().remove(field);
            assert_eq!(read("GUILD_CREATE", &partial).unwrap_err(), Unread::Unknown, "{field}");
            partial["unavailable"] = json!(true);
            assert_eq!(read("GUILD_CREATE", &partial).unwrap_err(), Unread::Irrelevant, "{field}");
        }
    }

    /// Discord may add a place where an application can be installed at any time.
    #[test]
    fn an_interaction_with_fields_that_nobody_knows_yet_is_read_all_the_same() {
        let user = json!({ "id": "9", "username": "anna", "discriminator": "0", "avatar": null });
        let interaction = json!({
            "type": 3, "id": "1", "application_id": "2", "token": "t", "version": 1, "channel_id": "3", "user": user,
            "locale": "de", "data": { "custom_id": "create-ticket", "component_type": 2 }, "entitlements": [],
            "authorizing_integration_owners": { "0": "4", "7": { "new": true } }, "context": 0, "new": [],
            "attachment_size_limit": 1, "message": {
                "id": "5", "channel_id": "3", "author": user, "content": "", "timestamp": "2026-01-01T00:00:00Z",
                "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
                "attachments": [], "embeds": [], "pinned": false, "type": 0,
            },
        });

        let read = read("INTERACTION_CREATE", &interaction);

        let Ok(Event::Interaction(interaction)) = read else { panic!("not read: {read:?}") };
        assert!(matches!(*interaction, Interaction::Component(click) if click.data.custom_id == "create-ticket"));
    }

    #[test]
    fn an_outage_is_no_farewell() {
        let gone = |unavailable: Value| read("GUILD_DELETE", &json!({ "id": "5", "unavailable": unavailable }));
        assert_eq!(gone(json!(true)).unwrap_err(), Unread::Irrelevant);
        assert!(matches!(gone(json!(false)), Ok(Event::GuildLeft(guild)) if guild == GuildId::new(5)));
        assert!(matches!(read("GUILD_DELETE", &json!({ "id": "5" })), Ok(Event::GuildLeft(_))));
    }

    #[test]
    fn a_session_without_a_shard_has_every_guild() {
        let guilds = json!([{ "id": "5", "unavailable": true }]);
        let Ok(Event::Ready { share, guilds }) = read("READY", &json!({ "guilds": guilds })) else {
            panic!("not read")
        };
        assert_eq!((share, guilds.into_iter().collect::<Vec<_>>()), (Share::ALL, vec![GuildId::new(5)]));

        let Ok(Event::Ready { share, .. }) = read("READY", &json!({ "guilds": [], "shard": [1, 2] })) else {
            panic!("not read")
        };
        assert_eq!(share, Share::new(2, 1..=1).unwrap());
    }
}
