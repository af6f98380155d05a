//! Interactions: sending one to the bot, and handling answers.
//!
//! <https://discord.com/developers/docs/interactions/receiving-and-responding>

use serde_json::{Value, json};

use super::World;
use super::interaction::{Interaction, callback, kind};
use super::message::{flag, kind as message_kind};
use super::post::NewMessage;
use crate::http::error::ApiError;
use crate::record::INTERACTION_TOKEN_PREFIX;

/// A person's action, before it has an id.
pub(crate) struct NewInteraction {
    pub(crate) kind: u8,
    pub(crate) label: String,
    pub(crate) command: Option<(u64, String, u8)>,
    /// `None`: a direct message.
    pub(crate) guild_id: Option<u64>,
    pub(crate) channel_id: u64,
    pub(crate) user_id: u64,
    pub(crate) source: Option<u64>,
    pub(crate) data: Value,
}

impl World {
    /// Sends an interaction to the bot. Returns its id.
    pub(crate) fn interact(&mut self, new: NewInteraction) -> u64 {
        let id = self.new_id();
        let token = format!("{INTERACTION_TOKEN_PREFIX}{id:016x}{:032x}", id.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let interaction = Interaction {
            id,
            token,
            kind: new.kind,
            label: new.label,
            command: new.command,
            guild_id: new.guild_id,
            channel_id: new.channel_id,
            user_id: new.user_id,
            created_ms: self.now_ms(),
            answer_by_ms: self.now_ms() + self.answer_within_ms,
            source: new.source,
            callback: None,
            answered_ms: None,
            original: None,
            followups: Vec::new(),
            modal: None,
            choices: None,
            thinking: false,
        };
        let json = self.interaction_json(&interaction, &new.data);
        let at = self.now_ms();
        let name = self.users.get(&new.user_id).map_or("", |user| &user.username);
        let line = format!("☞ {name}: {}", interaction.label);
        self.record.line(at, line);
        self.interactions.insert(id, interaction);
        match new.guild_id {
            _ if self.app.interactions_endpoint.is_some() => {}
            Some(guild) => self.emit_interaction(guild, &json),
            None => self.emit_direct("INTERACTION_CREATE", &json),
        }
        id
    }

    /// Repeats a sent interaction as a new one of this kind, modified by `change`.
    pub(crate) fn interact_again(&mut self, sent: &Value, kind: u8, change: impl FnOnce(&mut Value)) -> Option<u64> {
        let before = sent["id"].as_str()?.parse::<u64>().ok()?;
        let id = self.new_id();
        let token = format!("{INTERACTION_TOKEN_PREFIX}{id:016x}{:032x}", id.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (now, within) = (self.now_ms(), self.answer_within_ms);
        let interaction = Interaction {
            id,
            token: token.clone(),
            kind,
            created_ms: now,
            answer_by_ms: now + within,
            callback: None,
            answered_ms: None,
            original: None,
            followups: Vec::new(),
            modal: None,
            choices: None,
            thinking: false,
            ..self.interactions.get(&before)?.clone()
        };
        let mut json = sent.clone();
        json["type"] = json!(kind);
        let name = |json: &mut Value| {
            json["id"] = json!(id.to_string());
            json["token"] = json!(token);
        };
        // `change` does not affect these two.
        name(&mut json);
        change(&mut json);
        name(&mut json);
        let guild = interaction.guild_id;
        self.interactions.insert(id, interaction);
        match guild {
            Some(guild) => self.emit_interaction(guild, &json),
            None => self.emit_direct("INTERACTION_CREATE", &json),
        }
        Some(id)
    }

    fn interaction_json(&self, interaction: &Interaction, data: &Value) -> Value {
        let mut json = match interaction.guild_id {
            Some(guild) => self.guild_interaction_json(interaction, guild, data),
            None => self.direct_interaction_json(interaction, data),
        };
        // Components, and forms opened from one, include the message, with its content whatever the intents.
        if let Some(message) = interaction.source.and_then(|id| self.messages.get(&id)) {
            json["message"] = self.message_json(message);
        }
        json
    }

    fn guild_interaction_json(&self, interaction: &Interaction, guild_id: u64, data: &Value) -> Value {
        let guild = &self.guilds[&guild_id];
        let channel = &self.channels[&interaction.channel_id];
        let member = &guild.members[&interaction.user_id];
        let mut member_json = self.member_json(member);
        let permissions = self.computed_permissions(channel, interaction.user_id);
        member_json["permissions"] = json!(permissions.to_string());
        let mut channel_json = channel.json(interaction.user_id);
        channel_json["permissions"] = json!(permissions.to_string());
        json!({
            "id": interaction.id.to_string(),
            "application_id": self.app.id.to_string(),
            "type": interaction.kind,
            "data": data,
            "guild": { "id": guild.id.to_string(), "locale": guild.locale, "features": [] },
            "guild_id": guild.id.to_string(),
            "guild_locale": guild.locale,
            "channel": channel_json,
            "channel_id": channel.id.to_string(),
            "member": member_json,
            "token": interaction.token,
            "version": 1,
            "app_permissions": self.computed_permissions(channel, self.bot()).to_string(),
            "locale": self.users[&interaction.user_id].locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": { "0": guild.id.to_string() },
            "context": 0,
            "attachment_size_limit": self.file_limit_in(Some(guild.id)),
        })
    }

    /// A token's interaction, if the token is still valid.
    pub(crate) fn interaction_by_token(&self, token: &str) -> Result<&Interaction, ApiError> {
        let digits = token.strip_prefix(INTERACTION_TOKEN_PREFIX).and_then(|rest| rest.get(..16));
        let id = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        let found = id.and_then(|id| self.interactions.get(&id));
        let interaction =
            found.filter(|interaction| interaction.token == token).ok_or_else(ApiError::unknown_webhook)?;
        if interaction.token_expired(self.now_ms()) {
            return Err(ApiError::invalid_webhook_token());
        }
        if interaction.callback.is_none() {
            return Err(ApiError::unknown_webhook());
        }
        Ok(interaction)
    }

    /// Checks that an initial answer is allowed now, and records it.
    pub(crate) fn acknowledge(&mut self, id: u64, token: &str, callback: u64) -> Result<Interaction, ApiError> {
        let now = self.now_ms();
        let interaction = self
            .interactions
            .get_mut(&id)
            .filter(|interaction| interaction.token == token && !interaction.too_late_to_answer(now))
            .ok_or_else(ApiError::unknown_interaction)?;
        if interaction.callback.is_some() {
            return Err(ApiError::already_acknowledged());
        }
        let on_component = interaction.kind == kind::COMPONENT || interaction.source.is_some();
        let of_components = matches!(callback, callback::DEFERRED_UPDATE | callback::UPDATE);
        // "Only valid for component-based interactions"; "not available for MODAL_SUBMIT".
        let of_typing = callback == callback::CHOICES;
        let is_typing = interaction.kind == kind::AUTOCOMPLETE;
        if of_typing != is_typing
            || of_components && !on_component
            || callback == callback::MODAL && interaction.kind == kind::MODAL
        {
            let message = "This interaction callback type is not valid for this interaction.";
            return Err(ApiError::form("type", "INTERACTION_TYPE_INVALID", message));
        }
        interaction.callback = Some(callback);
        interaction.answered_ms = Some(now);
        interaction.thinking = callback == callback::DEFERRED_MESSAGE;
        Ok(interaction.clone())
    }

    /// Reverts an acknowledgement whose content was refused.
    pub(crate) fn unacknowledge(&mut self, id: u64) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.callback = None;
            interaction.answered_ms = None;
            interaction.thinking = false;
        }
    }

    /// Posts the message that answers an interaction, initially or as a followup.
    pub(crate) fn post_answer(&mut self, interaction: &Interaction, mut new: NewMessage, initial: bool) -> u64 {
        let private = new.flags & flag::EPHEMERAL != 0;
        new.private_to = private.then_some(interaction.user_id);
        new.interaction = Some(interaction.id);
        new.kind = match (&interaction.command, initial) {
            (Some((_, _, 1)), true) => message_kind::CHAT_INPUT_COMMAND,
            (Some(_), true) => message_kind::CONTEXT_MENU_COMMAND,
            _ => message_kind::DEFAULT,
        };
        let id = self.post(interaction.channel_id, self.bot(), new);
        if let Some(interaction) = self.interactions.get_mut(&interaction.id) {
            if initial {
                interaction.original = Some(id);
            } else {
                interaction.followups.push(id);
            }
        }
        id
    }

    /// A deferred answer has been filled or deleted.
    pub(crate) fn settle(&mut self, id: u64) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.thinking = false;
        }
    }
}
