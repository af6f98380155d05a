//! The objects that Discord sends for the ids in an interaction.
//!
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure>

use serde_json::{Map, Value, json};

use crate::world::World;

#[derive(Default)]
pub(crate) struct Resolved {
    tables: Map<String, Value>,
}

impl Resolved {
    fn put(&mut self, table: &str, id: u64, object: Value) {
        let table = self.tables.entry(table).or_insert_with(|| json!({}));
        table[id.to_string()] = object;
    }

    /// A user, and their member object if they are in the guild.
    pub(crate) fn user(&mut self, world: &World, guild_id: u64, id: u64) {
        self.put("users", id, world.user_json(id));
        if let Some(member) = world.guilds[&guild_id].members.get(&id) {
            // "Partial Member objects are missing user, deaf and mute fields."
            let mut json = member.json(None);
            if let Some(fields) = json.as_object_mut() {
                fields.remove("deaf");
                fields.remove("mute");
            }
            json["permissions"] = json!(world.base_permissions(guild_id, id).to_string());
            self.put("members", id, json);
        }
    }

    pub(crate) fn role(&mut self, world: &World, guild_id: u64, id: u64) {
        if let Some(role) = world.guilds[&guild_id].roles.get(&id) {
            self.put("roles", id, role.json());
        }
    }

    /// A channel with its chooser's permissions there.
    pub(crate) fn channel(&mut self, world: &World, id: u64, chooser: u64) {
        if let Some(channel) = world.channels.get(&id) {
            let mut json = channel.json(chooser);
            if let Some(fields) = json.as_object_mut() {
                fields.remove("permission_overwrites");
            }
            json["permissions"] = json!(world.computed_permissions(channel, chooser).to_string());
            self.put("channels", id, json);
        }
    }

    pub(crate) fn message(&mut self, world: &World, id: u64) {
        if let Some(message) = world.messages.get(&id) {
            self.put("messages", id, world.message_json(message));
        }
    }

    pub(crate) fn attachment(&mut self, world: &World, id: u64) {
        if let Some(file) = world.files.get(&id) {
            self.put("attachments", id, world.file_json(file));
        }
    }

    /// Adds the objects of another choice.
    pub(crate) fn extend(&mut self, other: Self) {
        for (table, objects) in other.tables {
            for (id, object) in objects.as_object().into_iter().flatten() {
                let table = self.tables.entry(table.as_str()).or_insert_with(|| json!({}));
                table[id] = object.clone();
            }
        }
    }

    /// Adds it to an interaction's data, unless empty.
    pub(crate) fn add_to(self, data: &mut Value) {
        if !self.tables.is_empty() {
            data["resolved"] = Value::Object(self.tables);
        }
    }
}
