//! Dispatches events to the gateway: selects the sessions by intents and visibility, and the payload's form.

use serde_json::{Value, json};

use super::World;
use super::message::Message;
use crate::gateway::intent;

impl World {
    /// Sends an event to the sessions of the guild's shard that requested one of `intents` (0: all sessions). `payload`
    /// gets the session's intents; `None` sends it nothing.
    pub(crate) fn emit(
        &mut self,
        guild_id: u64,
        intents: u64,
        name: &str,
        payload: impl Fn(&Self, u64) -> Option<Value>,
    ) {
        if !self.bot_is_there(guild_id) {
            return;
        }
        let targets: Vec<(usize, u64)> = self.gateway.sessions_for(guild_id, intents);
        for (session, session_intents) in targets {
            if let Some(data) = payload(self, session_intents) {
                self.dispatch_to(session, name, &data);
            }
        }
    }

    /// Commands also work in guilds without the bot user.
    pub(crate) fn emit_interaction(&mut self, guild_id: u64, data: &Value) {
        for (session, _) in self.gateway.sessions_for(guild_id, 0) {
            self.dispatch_to(session, "INTERACTION_CREATE", data);
        }
    }

    /// An event that belongs to no guild: "DMs will only be sent to shard 0".
    pub(crate) fn emit_direct(&mut self, name: &str, data: &Value) {
        for (session, _) in self.gateway.sessions_for(0, 0) {
            self.dispatch_to(session, name, data);
        }
    }

    /// An event in a channel: only if the bot sees that channel.
    pub(crate) fn emit_in_channel(
        &mut self,
        channel_id: u64,
        intents: u64,
        name: &str,
        payload: impl Fn(&Self, u64) -> Option<Value>,
    ) {
        let Some(channel) = self.channels.get(&channel_id) else {
            return;
        };
        if self.sees(self.bot(), channel) {
            self.emit(channel.guild_id, intents, name, payload);
        }
    }

    pub(crate) fn dispatch_to(&mut self, session: usize, name: &str, data: &Value) {
        let at = self.now_ms();
        if self.gateway.dispatch(session, name, data) {
            self.record.event(at, name, data);
        } else {
            self.record.missed_event(at, name, data);
        }
    }

    fn bot_is_there(&self, guild_id: u64) -> bool {
        self.guilds.get(&guild_id).is_some_and(|guild| guild.has_bot() && !guild.outage)
    }

    /// `THREAD_CREATE`, `THREAD_UPDATE`: the whole thread, as the bot sees it.
    pub(crate) fn emit_thread(&mut self, name: &str, thread_id: u64, newly_created: bool) {
        self.emit_in_channel(thread_id, intent::GUILDS, name, |world, _| {
            let mut json = world.channels[&thread_id].json(world.bot());
            if newly_created {
                json["newly_created"] = json!(true);
            }
            Some(json)
        });
    }

    /// `CHANNEL_CREATE`, `CHANNEL_UPDATE`, `CHANNEL_DELETE`. Bots also get these for channels they cannot view.
    pub(crate) fn emit_channel(&mut self, name: &str, channel_id: u64) {
        let guild_id = self.channels[&channel_id].guild_id;
        self.emit(guild_id, intent::GUILDS, name, |world, _| {
            Some(world.gateway_channel_json(&world.channels[&channel_id]))
        });
    }

    /// `THREAD_MEMBERS_UPDATE`. "If the current user does not have the `GUILD_MEMBERS` Gateway Intent, then this event
    /// will only be sent if the current user was added to or removed from the thread."
    pub(crate) fn emit_thread_members(&mut self, thread_id: u64, added: &[u64], removed: &[u64]) {
        let bot = self.bot();
        let guild_id = self.channels[&thread_id].guild_id;
        let removed_bot = removed.contains(&bot);
        let visible = self.sees(bot, &self.channels[&thread_id]);
        if !visible && !removed_bot {
            return;
        }
        self.emit(guild_id, intent::GUILDS | intent::GUILD_MEMBERS, "THREAD_MEMBERS_UPDATE", |world, intents| {
            let everyone = intents & intent::GUILD_MEMBERS != 0;
            let about = |id: &&u64| everyone || **id == bot;
            let added: Vec<Value> =
                added.iter().filter(about).filter_map(|id| world.added_member_json(thread_id, *id)).collect();
            let removed: Vec<String> = removed.iter().filter(about).map(u64::to_string).collect();
            if added.is_empty() && removed.is_empty() {
                return None;
            }
            let count = world.channels[&thread_id].thread.as_ref()?.members.len();
            let mut json = json!({
                "id": thread_id.to_string(),
                "guild_id": guild_id.to_string(),
                "member_count": count.min(50),
            });
            if !added.is_empty() {
                json["added_members"] = json!(added);
            }
            if !removed.is_empty() {
                json["removed_member_ids"] = json!(removed);
            }
            Some(json)
        });
    }

    /// "In this gateway event, the thread member objects will also include the guild member and nullable presence."
    fn added_member_json(&self, thread_id: u64, user_id: u64) -> Option<Value> {
        let channel = &self.channels[&thread_id];
        let mut json = channel.thread_member_json(user_id)?;
        let member = self.guilds[&channel.guild_id].members.get(&user_id)?;
        json["member"] = self.member_json(member);
        json["presence"] = Value::Null;
        Some(json)
    }

    /// `THREAD_MEMBER_UPDATE` for the bot, as sent when a thread it is in is un-archived.
    pub(crate) fn emit_own_membership(&mut self, thread_id: u64) {
        let bot = self.bot();
        self.emit_in_channel(thread_id, intent::GUILDS, "THREAD_MEMBER_UPDATE", |world, _| {
            let channel = &world.channels[&thread_id];
            let mut json = channel.thread_member_json(bot)?;
            json["guild_id"] = json!(channel.guild_id.to_string());
            Some(json)
        });
    }

    /// `MESSAGE_CREATE`, `MESSAGE_UPDATE`. Private answers to interactions cause no event.
    pub(crate) fn emit_message(&mut self, name: &str, message: &Message) {
        if message.is_private() {
            return;
        }
        self.emit_in_channel(message.channel_id, intent::GUILD_MESSAGES, name, |world, intents| {
            let mut json = world.message_event_json(message);
            world.strip(&mut json, message, intents & intent::MESSAGE_CONTENT != 0);
            Some(json)
        });
    }

    /// A message as a request reads it. The portal's switch alone counts: "these restrictions also apply to HTTP".
    pub(crate) fn readable_message_json(&self, message: &Message) -> Value {
        let mut json = self.message_json(message);
        self.strip(&mut json, message, self.app.content_intent);
        json
    }

    /// Leaves out what the bot may not read, also of the message that this one replies to.
    fn strip(&self, json: &mut Value, message: &Message, has_intent: bool) {
        if has_intent {
            return;
        }
        if !self.content_allowed(message) {
            strip_content(json);
        }
        let replied = message.replied_to().and_then(|id| self.messages.get(&id));
        if replied.is_some_and(|replied| !self.content_allowed(replied)) {
            strip_content(&mut json["referenced_message"]);
        }
    }

    /// Without the message content intent a bot reads its own messages and those that mention it.
    fn content_allowed(&self, message: &Message) -> bool {
        message.author_id == self.bot() || message.interaction.is_some() || message.mentions.contains(&self.bot())
    }
}

/// <https://discord.com/developers/docs/events/gateway#message-content-intent>
fn strip_content(json: &mut Value) {
    let Some(fields) = json.as_object_mut() else { return };
    fields.insert("content".to_owned(), json!(""));
    for field in ["embeds", "attachments", "components"] {
        fields.insert(field.to_owned(), json!([]));
    }
    fields.remove("poll");
    for snapshot in fields.get_mut("message_snapshots").and_then(Value::as_array_mut).into_iter().flatten() {
        strip_content(&mut snapshot["message"]);
    }
}
