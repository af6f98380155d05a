//! Computes permissions in a channel as Discord documents it, and the needed ones that are missing.
//!
//! Source of bits and rules: <https://discord.com/developers/docs/topics/permissions>. The catalog has the displayed
//! names, under [`Permission::key`].

use std::ops::{BitAnd, BitOr, Not};

use super::ids::{GuildId, RoleId, UserId};

/// A set of permissions, with Discord's bits. Unnamed bits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Permissions(u64);

impl Permissions {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(u64::MAX);

    pub const KICK_MEMBERS: Self = Self(1 << 1);
    pub const BAN_MEMBERS: Self = Self(1 << 2);
    pub const ADMINISTRATOR: Self = Self(1 << 3);
    pub const MANAGE_CHANNELS: Self = Self(1 << 4);
    pub const MANAGE_GUILD: Self = Self(1 << 5);
    pub const VIEW_CHANNEL: Self = Self(1 << 10);
    pub const SEND_MESSAGES: Self = Self(1 << 11);
    pub const MANAGE_MESSAGES: Self = Self(1 << 13);
    pub const EMBED_LINKS: Self = Self(1 << 14);
    pub const ATTACH_FILES: Self = Self(1 << 15);
    pub const READ_MESSAGE_HISTORY: Self = Self(1 << 16);
    pub const MENTION_EVERYONE: Self = Self(1 << 17);
    pub const USE_EXTERNAL_EMOJIS: Self = Self(1 << 18);
    pub const MANAGE_ROLES: Self = Self(1 << 28);
    pub const MANAGE_WEBHOOKS: Self = Self(1 << 29);
    pub const MANAGE_THREADS: Self = Self(1 << 34);
    pub const CREATE_PUBLIC_THREADS: Self = Self(1 << 35);
    pub const CREATE_PRIVATE_THREADS: Self = Self(1 << 36);
    pub const SEND_MESSAGES_IN_THREADS: Self = Self(1 << 38);
    pub const MODERATE_MEMBERS: Self = Self(1 << 40);

    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    pub const fn bits(self) -> u64 {
        self.0
    }

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it contains all of `other`. Ignores Administrator: see [`missing`].
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Permissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitAnd for Permissions {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Permissions {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// The bot's needs in the channel of an inbox message with embeds and files.
///
/// Read Message History is not needed: Discord requires it to fetch or list messages and to reply with a reference
/// ("Get Channel Message", "Create Message"), and the bot does neither. A selected message arrives whole with the
/// interaction, and the bot's own messages are edited by their stored ids.
pub const INBOX_NEEDS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES);

/// The bot's needs in the channel of its tickets. Send Messages has no effect in threads (Discord: "Threads",
/// permissions), and starters and notices have neither embeds nor files.
pub const DESTINATION_NEEDS: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::CREATE_PRIVATE_THREADS).union(Permissions::SEND_MESSAGES_IN_THREADS);

/// The bot's needs in the channel of a log.
pub const LOG_NEEDS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES);

/// The bot's needs there for exports.
pub const EXPORT_LOG_NEEDS: Permissions = LOG_NEEDS.union(Permissions::ATTACH_FILES);

/// The bot's needs in the channel of a ticket to read it.
pub const EXPORT_NEEDS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// A member's needs in the destination to see their ticket and write in it.
pub const OWNER_NEEDS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES_IN_THREADS);

/// The bot's needs in a channel for cards. Read Message History finds a card whose posting was never confirmed, so that
/// it is not posted twice.
pub const CARD_NEEDS: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::READ_MESSAGE_HISTORY);

/// The bot's needs there for threads on cards.
pub const DISCUSS_NEEDS: Permissions = Permissions::CREATE_PUBLIC_THREADS.union(Permissions::SEND_MESSAGES_IN_THREADS);

/// The permissions of the invite link: exactly those needed.
pub const INVITE: Permissions = INBOX_NEEDS.union(DESTINATION_NEEDS);

/// Optional for the bot: Manage Threads to lock and delete threads, Mention Everyone to notify roles that are not
/// mentionable (Discord: "Message", allowed mentions).
pub const OPTIONAL: Permissions = Permissions::MANAGE_THREADS.union(Permissions::MENTION_EVERYONE);

/// Permissions that the bot never uses and that are harmful in the wrong hands. Administrator, which implies all of
/// them, is handled separately.
pub const HARMFUL: Permissions = Permissions::KICK_MEMBERS
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_WEBHOOKS);

/// A single permission with a displayed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    Administrator,
    ManageGuild,
    ViewChannel,
    SendMessages,
    EmbedLinks,
    AttachFiles,
    ReadMessageHistory,
    MentionEveryone,
    ManageThreads,
    CreatePrivateThreads,
    CreatePublicThreads,
    SendMessagesInThreads,
    KickMembers,
    BanMembers,
    ManageChannels,
    ManageMessages,
    ManageRoles,
    ManageWebhooks,
}

impl Permission {
    /// In the order of lists.
    pub const EACH: [Self; 18] = [
        Self::Administrator,
        Self::ManageGuild,
        Self::ViewChannel,
        Self::SendMessages,
        Self::EmbedLinks,
        Self::AttachFiles,
        Self::ReadMessageHistory,
        Self::MentionEveryone,
        Self::ManageThreads,
        Self::CreatePrivateThreads,
        Self::CreatePublicThreads,
        Self::SendMessagesInThreads,
        Self::KickMembers,
        Self::BanMembers,
        Self::ManageChannels,
        Self::ManageMessages,
        Self::ManageRoles,
        Self::ManageWebhooks,
    ];

    pub const fn as_set(self) -> Permissions {
        match self {
            Self::Administrator => Permissions::ADMINISTRATOR,
            Self::ManageGuild => Permissions::MANAGE_GUILD,
            Self::ViewChannel => Permissions::VIEW_CHANNEL,
            Self::SendMessages => Permissions::SEND_MESSAGES,
            Self::EmbedLinks => Permissions::EMBED_LINKS,
            Self::AttachFiles => Permissions::ATTACH_FILES,
            Self::ReadMessageHistory => Permissions::READ_MESSAGE_HISTORY,
            Self::MentionEveryone => Permissions::MENTION_EVERYONE,
            Self::ManageThreads => Permissions::MANAGE_THREADS,
            Self::CreatePrivateThreads => Permissions::CREATE_PRIVATE_THREADS,
            Self::CreatePublicThreads => Permissions::CREATE_PUBLIC_THREADS,
            Self::SendMessagesInThreads => Permissions::SEND_MESSAGES_IN_THREADS,
            Self::KickMembers => Permissions::KICK_MEMBERS,
            Self::BanMembers => Permissions::BAN_MEMBERS,
            Self::ManageChannels => Permissions::MANAGE_CHANNELS,
            Self::ManageMessages => Permissions::MANAGE_MESSAGES,
            Self::ManageRoles => Permissions::MANAGE_ROLES,
            Self::ManageWebhooks => Permissions::MANAGE_WEBHOOKS,
        }
    }

    /// The catalog key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "perm-administrator",
            Self::ManageGuild => "perm-manage-guild",
            Self::ViewChannel => "perm-view-channel",
            Self::SendMessages => "perm-send-messages",
            Self::EmbedLinks => "perm-embed-links",
            Self::AttachFiles => "perm-attach-files",
            Self::ReadMessageHistory => "perm-read-message-history",
            Self::MentionEveryone => "perm-mention-everyone",
            Self::ManageThreads => "perm-manage-threads",
            Self::CreatePrivateThreads => "perm-create-private-threads",
            Self::CreatePublicThreads => "perm-create-public-threads",
            Self::SendMessagesInThreads => "perm-send-messages-in-threads",
            Self::KickMembers => "perm-kick-members",
            Self::BanMembers => "perm-ban-members",
            Self::ManageChannels => "perm-manage-channels",
            Self::ManageMessages => "perm-manage-messages",
            Self::ManageRoles => "perm-manage-roles",
            Self::ManageWebhooks => "perm-manage-webhooks",
        }
    }
}

/// The permissions of `required` that `have` lacks, in the order of [`Permission::EACH`]. An administrator lacks none.
pub fn missing(required: Permissions, have: Permissions) -> Vec<Permission> {
    if have.contains(Permissions::ADMINISTRATOR) {
        return Vec::new();
    }
    let lacks = |permission: &Permission| (required & !have).contains(permission.as_set());
    Permission::EACH.into_iter().filter(lacks).collect()
}

/// The target of an overwrite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Role(RoleId),
    Member(UserId),
}

/// A channel's exception to the guild's permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    pub target: Target,
    pub allow: Permissions,
    pub deny: Permissions,
}

/// A member of a guild, as far as permissions need it.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    pub guild: GuildId,
    pub user: UserId,
    pub is_owner: bool,
    /// Currently timed out.
    pub timed_out: bool,
    /// The permissions of @everyone.
    pub everyone: Permissions,
    /// The member's other roles and their permissions.
    pub roles: &'a [(RoleId, Permissions)],
}

/// The permissions left to members who are timed out (Discord: "Permissions", timed out members).
const TIMED_OUT: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// The permissions of `holder` in a channel with these overwrites.
///
/// A thread has the permissions of its parent. Without View Channel no other permission counts. The rule that Embed
/// Links and others require Send Messages is deliberately omitted: a list of missing permissions should name only the
/// cause, and the rule does not apply in threads.
pub fn effective(holder: &Holder<'_>, overwrites: &[Overwrite]) -> Permissions {
    let allowed = granted(holder, overwrites);
    if allowed.contains(Permissions::VIEW_CHANNEL) { allowed } else { Permissions::NONE }
}

/// The same without requiring View Channel: the permissions once it is granted.
pub fn granted(holder: &Holder<'_>, overwrites: &[Overwrite]) -> Permissions {
    let base = holder.roles.iter().fold(holder.everyone, |sum, (_, granted)| sum | *granted);
    if holder.is_owner || base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::ALL;
    }

    let everyone = Target::Role(holder.guild.everyone());
    let has_role = |target| matches!(target, Target::Role(id) if holder.roles.iter().any(|(role, _)| *role == id));
    let allowed = apply(base, overwrites, |target| target == everyone);
    let allowed = apply(allowed, overwrites, |target| target != everyone && has_role(target));
    let allowed = apply(allowed, overwrites, |target| target == Target::Member(holder.user));

    if holder.timed_out { allowed & TIMED_OUT } else { allowed }
}

/// Applies denies before allows: between roles, an allow wins.
fn apply(to: Permissions, overwrites: &[Overwrite], concerns: impl Fn(Target) -> bool) -> Permissions {
    let mut allow = Permissions::NONE;
    let mut deny = Permissions::NONE;
    for overwrite in overwrites.iter().filter(|overwrite| concerns(overwrite.target)) {
        allow = allow | overwrite.allow;
        deny = deny | overwrite.deny;
    }
    (to & !deny) | allow
}

#[cfg(test)]
mod tests;
