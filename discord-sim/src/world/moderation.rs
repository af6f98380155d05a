//! Adds, changes and removes members.

use serde_json::json;

use super::World;
use super::guild::Member;
use crate::gateway::intent;

impl World {
    /// A person joins a guild.
    pub(crate) fn member_joins(&mut self, guild_id: u64, user_id: u64) {
        self.insert_member(guild_id, user_id);
        self.emit(guild_id, intent::GUILD_MEMBERS, "GUILD_MEMBER_ADD", |world, _| {
            let member = world.guilds[&guild_id].members.get(&user_id)?;
            let mut json = world.member_json(member);
            json["guild_id"] = json!(guild_id.to_string());
            Some(json)
        });
    }

    /// A member's nickname, roles or time-out change.
    pub(crate) fn member_changes(&mut self, guild_id: u64, user_id: u64, change: impl FnOnce(&mut Member)) {
        if user_id == self.bot() {
            self.changing_sight(guild_id, |world| world.change_member(guild_id, user_id, change));
        } else {
            self.change_member(guild_id, user_id, change);
        }
    }

    fn change_member(&mut self, guild_id: u64, user_id: u64, change: impl FnOnce(&mut Member)) {
        let member = self.guilds.get_mut(&guild_id).and_then(|guild| guild.members.get_mut(&user_id));
        let Some(member) = member else {
            return;
        };
        change(member);
        // A bot receives its own member without the intent.
        let intents = if user_id == self.bot() { 0 } else { intent::GUILD_MEMBERS };
        self.emit(guild_id, intents, "GUILD_MEMBER_UPDATE", |world, _| {
            let member = world.guilds[&guild_id].members.get(&user_id)?;
            let mut json = world.member_json(member);
            json["guild_id"] = json!(guild_id.to_string());
            Some(json)
        });
    }

    /// A person leaves or is removed. Discord also takes them out of the guild's threads, with events.
    pub(crate) fn member_leaves(&mut self, guild_id: u64, user_id: u64) {
        let threads: Vec<u64> = self
            .channels_of(guild_id)
            .filter(|channel| channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&user_id)))
            .map(|channel| channel.id)
            .collect();
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.members.remove(&user_id);
        }
        self.emit(guild_id, intent::GUILD_MEMBERS, "GUILD_MEMBER_REMOVE", |world, _| {
            Some(json!({ "guild_id": guild_id.to_string(), "user": world.user_json(user_id) }))
        });
        for id in threads {
            if let Ok(thread) = self.thread_mut(id) {
                thread.members.remove(&user_id);
                // The gateway does not update archived threads.
                if !thread.archived {
                    self.emit_thread_members(id, &[], &[user_id]);
                }
            }
        }
    }
}
