//! Converts Discord's loose shapes to our types: from here on no `Option<guild>` and no bare number.

use poise::serenity_prelude as serenity;
use serenity::PermissionOverwriteType;

use crate::domain::clock::Timestamp;
use crate::domain::ids::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::lifecycle::Flags;
use crate::domain::permissions::{Overwrite, Permissions, Target};
use crate::i18n::Locale;

macro_rules! ids {
    ($($ours:ident <=> $theirs:ident),+ $(,)?) => { $(
        impl From<serenity::$theirs> for $ours {
            fn from(id: serenity::$theirs) -> Self { Self::new(id.get()) }
        }
        impl From<$ours> for serenity::$theirs {
            fn from(id: $ours) -> Self { Self::new(id.get()) }
        }
    )+ };
}

ids! {
    ApplicationId <=> ApplicationId,
    ChannelId <=> ChannelId,
    GuildId <=> GuildId,
    InteractionId <=> InteractionId,
    MessageId <=> MessageId,
    RoleId <=> RoleId,
    ThreadId <=> ChannelId,
    UserId <=> UserId,
}

impl From<serenity::Permissions> for Permissions {
    fn from(permissions: serenity::Permissions) -> Self {
        Self::from_bits(permissions.bits())
    }
}

/// A member's click on *Create Ticket*.
#[derive(Clone, Debug)]
pub struct Click {
    pub interaction: InteractionId,
    pub guild: GuildId,
    pub guild_locale: Locale,
    /// The inbox's channel, if Discord sent it.
    pub channel: Option<ChannelId>,
    pub inbox_message: MessageId,
    pub member: UserId,
    /// The name in the guild. Used for the thread's name, never stored or logged.
    pub display_name: String,
    /// Whether they have yet to pass the guild's screening.
    pub pending: bool,
    /// The member's permissions in `channel`, if Discord sent them.
    pub member_permissions: Option<Permissions>,
    /// The bot's permissions in `channel`, if Discord sent them.
    pub bot_permissions: Option<Permissions>,
}

/// A channel's overwrites; unknown kinds are left out.
pub fn overwrites(overwrites: &[serenity::PermissionOverwrite]) -> Vec<Overwrite> {
    let known = overwrites.iter().filter_map(|overwrite| {
        let target = match overwrite.kind {
            PermissionOverwriteType::Role(role) => Target::Role(role.into()),
            PermissionOverwriteType::Member(user) => Target::Member(user.into()),
            _ => return None,
        };
        Some(Overwrite { target, allow: overwrite.allow.into(), deny: overwrite.deny.into() })
    });
    known.collect()
}

/// A thread's flags, with the time of their last change.
pub fn flags(metadata: &serenity::ThreadMetadata) -> Flags {
    Flags {
        archived: metadata.archived,
        locked: metadata.locked,
        changed_at: metadata.archive_timestamp.map(|at| Timestamp::from_millis(at.timestamp_millis())),
    }
}
