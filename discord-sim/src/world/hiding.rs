//! Channels that the bot may not view: HTTP leaves them out of lists, the gateway sends them obfuscated.
//!
//! <https://discord.com/developers/docs/resources/channel#channel-object-obfuscated-channels>, in force since 16 November
//! 2026.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::World;
use super::channel::{Channel, Overwrite, kind};
use crate::permissions as perm;

/// `CHANNEL_OBFUSCATED`.
const OBFUSCATED: u64 = 1 << 17;

impl World {
    /// Whether the bot sees this channel unredacted. "Channel categories are viewable if any of their child channels
    /// are viewable."
    pub(crate) fn shows_to_bot(&self, channel: &Channel) -> bool {
        let bot = self.bot();
        let is_parent = |child: &Channel| child.parent_id == Some(channel.id) && self.sees(bot, child);
        self.sees(bot, channel) || channel.kind == kind::CATEGORY && self.channels_of(channel.guild_id).any(is_parent)
    }

    /// A channel as the gateway sends it. "`id`, `type`, and `position` won't be redacted, even on an obfuscated channel.
    /// […] Other fields should not be relied on."
    pub(crate) fn gateway_channel_json(&self, channel: &Channel) -> Value {
        let mut json = channel.json(self.bot());
        if self.shows_to_bot(channel) {
            return json;
        }
        let everyone = Overwrite { id: channel.guild_id, is_member: false, allow: 0, deny: perm::VIEW_CHANNEL };
        json["flags"] = json!(OBFUSCATED);
        json["name"] = json!("___hidden___");
        json["parent_id"] = Value::Null;
        json["permission_overwrites"] = json!([everyone.json()]);
        for nulled in ["topic", "last_message_id", "rtc_region", "default_reaction_emoji"] {
            if let Some(field) = json.get_mut(nulled) {
                *field = Value::Null;
            }
        }
        for reduced in ["rate_limit_per_user", "bitrate", "user_limit"] {
            if let Some(field) = json.get_mut(reduced) {
                *field = json!(0);
            }
        }
        json
    }

    /// Makes a change that may give the bot access to channels, and dispatches their events: "the Gateway dispatches a
    /// Channel Update event containing the full, unobfuscated channel data", for a category, too. "`THREAD_LIST_SYNC`:
    /// sent when the current user gains access to a channel."
    pub(crate) fn changing_sight(&mut self, guild_id: u64, change: impl FnOnce(&mut Self)) {
        let before = self.shown_channels(guild_id);
        change(self);
        let gained: Vec<u64> = self.shown_channels(guild_id).difference(&before).copied().collect();
        for id in gained {
            self.emit_channel("CHANNEL_UPDATE", id);
            if self.channels[&id].kind != kind::CATEGORY {
                self.emit_thread_list(id);
            }
        }
    }

    fn shown_channels(&self, guild_id: u64) -> BTreeSet<u64> {
        let channels = self.channels_of(guild_id).filter(|channel| channel.thread.is_none());
        channels.filter(|channel| self.shows_to_bot(channel)).map(|channel| channel.id).collect()
    }
}
