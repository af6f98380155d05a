//! JSON of what spans several of the world's tables: messages, members, whole guilds.

use serde_json::{Value, json};

use super::World;
use super::channel::Channel;
use super::guild::{Guild, Member};
use super::interaction::kind as interaction_kind;
use super::message::{File, Message, flag};
use crate::clock::iso8601;

impl World {
    pub(crate) fn user_json(&self, id: u64) -> Value {
        self.users.get(&id).map_or(Value::Null, super::user::User::json)
    }

    pub(crate) fn member_json(&self, member: &Member) -> Value {
        member.json(self.users.get(&member.user_id))
    }

    pub(crate) fn file_json(&self, file: &File) -> Value {
        let url = self.file_url(file);
        let mut attachment = json!({
            "id": file.id.to_string(),
            "filename": file.filename,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url,
        });
        if let Some(content_type) = &file.content_type {
            attachment["content_type"] = json!(content_type);
            if content_type.starts_with("image/") {
                attachment["width"] = json!(64);
                attachment["height"] = json!(64);
            }
        }
        if let Some(description) = &file.description {
            attachment["description"] = json!(description);
        }
        if file.spoiler {
            attachment["flags"] = json!(1 << 3);
        }
        if file.private {
            attachment["ephemeral"] = json!(true);
        }
        attachment
    }

    /// Attachment links are signed and expire after a day in Discord; here the query is only similar.
    pub(crate) fn file_url(&self, file: &File) -> String {
        format!("{}/attachments/{}/{}/{}?ex=0&is=0&hm=0", self.base_url, file.channel_id, file.id, file.filename)
    }

    /// <https://discord.com/developers/docs/resources/message#message-object>
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut json = self.lone_message_json(message);
        if let Some(replied) = message.replied_to() {
            // "If the field exists but is null, the referenced message was deleted."
            let there = self.messages.get(&replied).filter(|replied| !replied.deleted);
            json["referenced_message"] = there.map_or(Value::Null, |replied| self.lone_message_json(replied));
        }
        json
    }

    /// Without the message that it replies to.
    fn lone_message_json(&self, message: &Message) -> Value {
        let attachments: Vec<Value> =
            message.attachments.iter().filter_map(|id| self.files.get(id)).map(|file| self.file_json(file)).collect();
        let mut json = json!({
            "id": message.id.to_string(),
            "channel_id": message.channel_id.to_string(),
            "author": self.author_json(message),
            "content": message.content,
            "timestamp": iso8601(message.created_ms),
            "edited_timestamp": message.edited_ms.map(iso8601),
            "tts": false,
            "mention_everyone": message.mention_everyone,
            "mentions": message.mentions.iter().map(|id| self.user_json(*id)).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles.iter().map(u64::to_string).collect::<Vec<_>>(),
            "attachments": attachments,
            "embeds": message.embeds,
            "components": message.components,
            "pinned": false,
            "type": message.kind,
            "flags": message.flags,
        });
        if message.webhook_name.is_some() {
            json["webhook_id"] = json!(message.author_id.to_string());
        }
        if message.flags & flag::HAS_THREAD != 0
            && let Ok(thread) = self.channel(message.id)
        {
            json["thread"] = thread.json(self.bot());
        }
        if let Some(nonce) = &message.nonce {
            json["nonce"] = nonce.clone();
        }
        if let Some(reference) = &message.reference {
            json["message_reference"] = reference.clone();
        }
        if !message.stickers.is_empty() {
            let sticker = |name: &String| json!({ "id": "749054660769218631", "name": name, "format_type": 1 });
            json["sticker_items"] = message.stickers.iter().map(sticker).collect();
        }
        self.add_interaction(&mut json, message);
        for (name, value) in &message.more {
            json[name] = value.clone();
        }
        json
    }

    fn author_json(&self, message: &Message) -> Value {
        match &message.webhook_name {
            Some(name) => json!({
                "id": message.author_id.to_string(),
                "username": name,
                "discriminator": "0000",
                "global_name": null,
                "avatar": null,
                "bot": true,
                "public_flags": 0,
                "flags": 0,
            }),
            None => self.user_json(message.author_id),
        }
    }

    fn add_interaction(&self, json: &mut Value, message: &Message) {
        let Some(interaction) = message.interaction.and_then(|id| self.interactions.get(&id)) else {
            return;
        };
        json["application_id"] = json!(self.app.id.to_string());
        json["webhook_id"] = json!(self.app.id.to_string());
        let mut metadata = json!({
            "id": interaction.id.to_string(),
            "type": interaction.kind,
            "user": self.user_json(interaction.user_id),
            "authorizing_integration_owners": { "0": interaction.installed_in() },
        });
        match interaction.kind {
            interaction_kind::COMPONENT => {
                metadata["interacted_message_id"] = json!(interaction.source.map(|id| id.to_string()));
            }
            interaction_kind::MODAL => {
                metadata["triggering_interaction_metadata"] = json!({
                    "id": interaction.id.to_string(),
                    "type": if interaction.source.is_some() { 3 } else { 2 },
                    "user": self.user_json(interaction.user_id),
                    "authorizing_integration_owners": { "0": interaction.installed_in() },
                });
            }
            _ => {
                if let Some((_, name, _)) = &interaction.command {
                    metadata["name"] = json!(name);
                }
            }
        }
        json["interaction_metadata"] = metadata;
    }

    /// A message in a gateway event: with the guild and the author's member.
    pub(crate) fn message_event_json(&self, message: &Message) -> Value {
        let mut json = self.message_json(message);
        let Some(channel) = self.channels.get(&message.channel_id) else {
            return json;
        };
        json["guild_id"] = json!(channel.guild_id.to_string());
        let author = self.guilds.get(&channel.guild_id).and_then(|guild| guild.members.get(&message.author_id));
        if let (Some(member), None) = (author, &message.webhook_name) {
            json["member"] = member.json(None);
        }
        json
    }

    /// `GUILD_CREATE`. "If your bot does not have the `GUILD_PRESENCES` Gateway Intent […] members and presences returned
    /// in this event will only contain your bot and users in voice channels."
    pub(crate) fn guild_create_json(&self, guild: &Guild) -> Value {
        let bot = self.bot();
        let mut json = guild.json();
        let visible = |channel: &&Channel| channel.is_active_thread() && self.sees(bot, channel);
        json["joined_at"] = json!(iso8601(guild.members[&bot].joined_ms));
        json["large"] = json!(guild.members.len() > 250);
        json["unavailable"] = json!(false);
        json["member_count"] = json!(guild.members.len());
        json["voice_states"] = json!([]);
        json["members"] = json!([self.member_json(&guild.members[&bot])]);
        json["presences"] = json!([]);
        json["stage_instances"] = json!([]);
        json["guild_scheduled_events"] = json!([]);
        json["soundboard_sounds"] = json!([]);
        json["channels"] = self
            .channels_of(guild.id)
            .filter(|channel| channel.thread.is_none())
            .map(|channel| self.gateway_channel_json(channel))
            .collect();
        json["threads"] = self.channels_of(guild.id).filter(visible).map(|thread| thread.json(bot)).collect();
        json
    }
}
