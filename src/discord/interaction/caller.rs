//! The caller: who, where, which languages.

use serde::Deserialize;

use crate::discord::lenient;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::permissions::Permissions;
use crate::i18n::Locale;

/// The user of an interaction, in a guild or a direct message. Fields that Discord omits are `None` and never a reason
/// to refuse.
#[derive(Clone, Debug)]
pub struct Caller {
    pub user: UserId,
    /// The name in the guild. For threads and previews; never stored or logged.
    pub display_name: String,
    pub guild: Option<GuildId>,
    /// The language of texts for the whole guild.
    pub guild_locale: Locale,
    /// The language of private texts.
    pub reader: Locale,
    pub channel: Option<ChannelId>,
    /// The channel whose thread that is.
    pub parent: Option<ChannelId>,
    /// Permissions in `channel`.
    pub permissions: Option<Permissions>,
    /// The bot's permissions there.
    pub bot_permissions: Option<Permissions>,
    pub roles: Vec<RoleId>,
    /// When they joined the guild.
    pub joined_at: Option<Timestamp>,
    /// Whether they have yet to pass the guild's screening.
    pub pending: bool,
    /// Until when they are timed out, or were. Administrators cannot be.
    pub timed_out_until: Option<Timestamp>,
    /// The most bytes of a file in an answer.
    pub attachment_limit: u64,
}

/// The limit where Discord names none (Discord: "Uploading Files").
const ATTACHMENT_LIMIT: u64 = 10 << 20;

#[derive(Default, Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::number")]
    guild_id: Option<GuildId>,
    #[serde(default, deserialize_with = "lenient::option")]
    guild_locale: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    guild: Option<WireGuild>,
    #[serde(default, deserialize_with = "lenient::number")]
    channel_id: Option<ChannelId>,
    #[serde(default, deserialize_with = "lenient::option")]
    channel: Option<WireChannel>,
    /// In guilds.
    #[serde(default, deserialize_with = "lenient::option")]
    member: Option<WireMember>,
    /// In direct messages.
    #[serde(default, deserialize_with = "lenient::option")]
    user: Option<WireUser>,
    #[serde(default, deserialize_with = "lenient::option")]
    message: Option<WireMessage>,
    #[serde(default, deserialize_with = "lenient::bits")]
    app_permissions: Option<u64>,
    #[serde(default, deserialize_with = "lenient::number")]
    attachment_size_limit: Option<u64>,
}

#[derive(Deserialize)]
struct WireGuild {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<GuildId>,
    #[serde(default, deserialize_with = "lenient::option")]
    locale: Option<String>,
}

#[derive(Deserialize)]
struct WireChannel {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<ChannelId>,
    #[serde(default, rename = "type", deserialize_with = "lenient::number")]
    kind: Option<u64>,
    /// Of a thread its channel, of a channel its category.
    #[serde(default, deserialize_with = "lenient::number")]
    parent_id: Option<ChannelId>,
}

impl WireChannel {
    /// Discord: "Channel", channel types: threads of announcements, public and private ones.
    fn parent(&self) -> Option<ChannelId> {
        self.parent_id.filter(|_| matches!(self.kind, Some(10..=12)))
    }
}

#[derive(Deserialize)]
struct WireMessage {
    #[serde(default, deserialize_with = "lenient::number")]
    channel_id: Option<ChannelId>,
}

#[derive(Default, Deserialize)]
struct WireMember {
    #[serde(default, deserialize_with = "lenient::option")]
    user: Option<WireUser>,
    #[serde(default, deserialize_with = "lenient::option")]
    nick: Option<String>,
    #[serde(default, deserialize_with = "lenient::bits")]
    permissions: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    pending: Option<bool>,
    #[serde(default, deserialize_with = "lenient::list")]
    roles: Vec<RoleId>,
    #[serde(default, deserialize_with = "lenient::time")]
    joined_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::time")]
    communication_disabled_until: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireUser {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::option")]
    global_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    username: Option<String>,
}

impl Caller {
    /// `None` without a user.
    pub(super) fn read(json: &str, reader: &Locale) -> Option<Self> {
        let wire: Wire = serde_json::from_str(json).unwrap_or_default();
        let member = wire.member.unwrap_or_default();
        let user = member.user.filter(|user| user.id.is_some()).or(wire.user)?;
        // Discord sends each in two places; one is enough.
        let (guild, locale) = wire.guild.map(|guild| (guild.id, guild.locale)).unwrap_or_default();
        let (channel, parent) = wire.channel.map(|channel| (channel.id, channel.parent())).unwrap_or_default();
        let channel_of_message = wire.message.and_then(|message| message.channel_id);
        let permissions = member.permissions.map(Permissions::from_bits);
        let is_administrator = permissions.is_some_and(|has| has.contains(Permissions::ADMINISTRATOR));
        Some(Self {
            user: user.id?,
            display_name: member.nick.or(user.global_name).or(user.username).unwrap_or_default(),
            guild: wire.guild_id.or(guild),
            guild_locale: wire.guild_locale.or(locale).as_deref().map(Locale::from_discord).unwrap_or_default(),
            reader: reader.clone(),
            channel: wire.channel_id.or(channel).or(channel_of_message),
            parent,
            permissions,
            roles: member.roles,
            joined_at: member.joined_at,
            bot_permissions: wire.app_permissions.map(Permissions::from_bits),
            pending: member.pending.unwrap_or(false),
            timed_out_until: member.communication_disabled_until.filter(|_| !is_administrator),
            attachment_limit: wire.attachment_size_limit.unwrap_or(ATTACHMENT_LIMIT),
        })
    }
}
