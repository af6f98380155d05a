//! Direct messages with the bot, as far as interactions need them: a place to type a command and to read a private
//! answer. Stored messages of either side are not simulated.
//!
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>

use serde_json::{Value, json};

use super::World;
use super::interaction::Interaction;
use crate::http::error::ApiError;
use crate::permissions as perm;

/// <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>, DM.
const DM: u8 = 1;

/// "`app_permissions` includes `ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE` permissions for (G)DMs with other users,
/// and additionally includes `USE_EXTERNAL_EMOJIS` for DMs with the app's bot user."
const APP_PERMISSIONS: u64 =
    perm::ATTACH_FILES | perm::EMBED_LINKS | perm::MENTION_EVERYONE | perm::USE_EXTERNAL_EMOJIS;

impl World {
    /// The channel of this person's direct messages with the bot, created on first use.
    pub(crate) fn direct_channel(&mut self, user_id: u64) -> u64 {
        if let Some((channel, _)) = self.direct.iter().find(|(_, user)| **user == user_id) {
            return *channel;
        }
        let id = self.new_id();
        self.direct.insert(id, user_id);
        id
    }

    /// Whether this is the channel of that person's direct messages.
    pub(crate) fn is_direct_with(&self, channel_id: u64, user_id: u64) -> bool {
        self.direct.get(&channel_id) == Some(&user_id)
    }

    /// A client shows a bot's commands in direct messages only to those who share a guild with it.
    pub(crate) fn shares_guild_with_bot(&self, user_id: u64) -> bool {
        self.guilds.values().any(|guild| guild.has_bot() && guild.members.contains_key(&user_id))
    }

    /// An answer goes where the interaction came from; in a direct message only private ones are simulated.
    pub(crate) fn check_may_answer(&self, interaction: &Interaction, private: bool) -> Result<(), ApiError> {
        if !self.direct.contains_key(&interaction.channel_id) {
            return self.channel(interaction.channel_id).map(|_| ());
        }
        if private { Ok(()) } else { Err(ApiError::not_simulated("an answer that stays in a direct message")) }
    }

    /// An interaction without a guild: with `user` instead of `member`.
    pub(super) fn direct_interaction_json(&self, interaction: &Interaction, data: &Value) -> Value {
        let channel = interaction.channel_id.to_string();
        json!({
            "id": interaction.id.to_string(),
            "application_id": self.app.id.to_string(),
            "type": interaction.kind,
            "data": data,
            "channel": {
                "id": channel,
                "type": DM,
                "last_message_id": null,
                "recipients": [self.user_json(interaction.user_id)],
                "flags": 0,
            },
            "channel_id": channel,
            "user": self.user_json(interaction.user_id),
            "token": interaction.token,
            "version": 1,
            "app_permissions": APP_PERMISSIONS.to_string(),
            "locale": self.users[&interaction.user_id].locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": { "0": "0" },
            "context": 1,
            "attachment_size_limit": self.file_limit_in(None),
        })
    }
}
