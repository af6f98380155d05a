//! Converts Discord's loose shapes to our types: from here on no `Option<guild>` and no bare number.

use poise::serenity_prelude as serenity;
use serenity::PermissionOverwriteType;

use crate::domain::clock::Timestamp;
use crate::domain::ids::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::lifecycle::Flags;
use crate::domain::permissions::{Overwrite, Permissions, Target};

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
