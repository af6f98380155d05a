//! Guilds, roles and members as data, and their JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::user::User;
use crate::clock::iso8601;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) owner_id: u64,
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) members: BTreeMap<u64, Member>,
    /// The role Discord manages for the bot; none while the bot is not in the guild.
    pub(crate) bot_role: Option<u64>,
    pub(crate) bot_permissions: u64,
    pub(crate) outage: bool,
    /// Moderation needs two-factor authentication.
    pub(crate) demands_two_factor: bool,
    /// Its own emoji, by id.
    pub(crate) emoji: BTreeMap<u64, String>,
    /// Its level of boosts.
    #[serde(default)]
    pub(crate) premium_tier: u8,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) mentionable: bool,
    pub(crate) position: u16,
    /// 0xRRGGBB; 0 for none.
    pub(crate) color: u32,
    /// The bot this role is managed for.
    pub(crate) managed_for: Option<u64>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) user_id: u64,
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<u64>,
    pub(crate) joined_ms: i64,
    pub(crate) timed_out_until_ms: Option<i64>,
    /// Has not passed the guild's screening yet.
    pub(crate) pending: bool,
}

impl Role {
    /// <https://discord.com/developers/docs/topics/permissions#role-object>
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": self.id.to_string(),
            "name": self.name,
            "color": self.color,
            "colors": { "primary_color": self.color, "secondary_color": null, "tertiary_color": null },
            "hoist": false,
            "icon": null,
            "unicode_emoji": null,
            "position": self.position,
            "permissions": self.permissions.to_string(),
            "managed": self.managed_for.is_some(),
            "mentionable": self.mentionable,
            "flags": 0,
        });
        if let Some(bot) = self.managed_for {
            role["tags"] = json!({ "bot_id": bot.to_string() });
        }
        role
    }
}

impl Member {
    /// <https://discord.com/developers/docs/resources/guild#guild-member-object>, without `user` if sent with a
    /// message.
    pub(crate) fn json(&self, user: Option<&User>) -> Value {
        let mut member = json!({
            "nick": self.nick,
            "avatar": null,
            "banner": null,
            "roles": self.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "joined_at": iso8601(self.joined_ms),
            "premium_since": null,
            "deaf": false,
            "mute": false,
            "flags": 0,
            "pending": self.pending,
            "communication_disabled_until": self.timed_out_until_ms.map(iso8601),
        });
        if let Some(user) = user {
            member["user"] = user.json();
        }
        member
    }
}

impl Guild {
    pub(crate) fn has_bot(&self) -> bool {
        self.bot_role.is_some()
    }

    /// The guild object as outside `GUILD_CREATE`.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "icon": null,
            "icon_hash": null,
            "splash": null,
            "discovery_splash": null,
            "owner_id": self.owner_id.to_string(),
            "afk_channel_id": null,
            "afk_timeout": 300,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 2,
            "roles": self.roles.values().map(Role::json).collect::<Vec<_>>(),
            "emojis": self.emoji.iter().map(|(id, name)| emoji_json(*id, name)).collect::<Vec<_>>(),
            "features": [],
            "mfa_level": u8::from(self.demands_two_factor),
            "application_id": null,
            "system_channel_id": null,
            "system_channel_flags": 0,
            "rules_channel_id": null,
            "max_presences": null,
            "max_members": 25_000_000,
            "vanity_url_code": null,
            "description": null,
            "banner": null,
            "premium_tier": self.premium_tier,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "public_updates_channel_id": null,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "nsfw_level": 0,
            "stickers": [],
            "premium_progress_bar_enabled": false,
            "safety_alerts_channel_id": null,
            "incidents_data": null,
        })
    }
}

fn emoji_json(id: u64, name: &str) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "roles": [],
        "require_colons": true,
        "managed": false,
        "animated": false,
        "available": true,
    })
}
