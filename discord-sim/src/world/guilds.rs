//! Creates, changes and deletes guilds, channels and roles, and adds or removes the bot.

use serde_json::{Value, json};

use super::World;
use super::channel::{Channel, kind};
use super::guild::{Guild, Member, Role};
use super::user::User;
use crate::gateway::intent;
use crate::permissions as perm;

impl World {
    pub(crate) fn new_user(&mut self, username: &str, bot: bool) -> u64 {
        let id = self.new_id();
        let user = User { id, username: username.to_owned(), global_name: None, bot, locale: "en-US".to_owned() };
        self.users.insert(id, user);
        id
    }

    /// A guild under a new id, with its owner and, with the default permissions, the bot.
    pub(crate) fn new_guild(&mut self, id: u64, name: &str, locale: &str, owner_id: u64, bot_permissions: u64) {
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: perm::EVERYONE_DEFAULT,
            mentionable: false,
            position: 0,
            color: 0,
            managed_for: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            locale: locale.to_owned(),
            owner_id,
            roles: [(id, everyone)].into(),
            members: [].into(),
            bot_role: None,
            bot_permissions,
            outage: false,
            demands_two_factor: false,
            emoji: [].into(),
            premium_tier: 0,
        };
        self.guilds.insert(id, guild);
        self.insert_member(id, owner_id);
        self.add_bot(id);
    }

    pub(crate) fn insert_member(&mut self, guild_id: u64, user_id: u64) {
        let joined_ms = self.now_ms();
        let member =
            Member { user_id, nick: None, roles: Vec::new(), joined_ms, timed_out_until_ms: None, pending: false };
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.members.insert(user_id, member);
        }
    }

    /// The bot is invited: it gets its managed role and `GUILD_CREATE`.
    pub(crate) fn add_bot(&mut self, guild_id: u64) {
        let (bot, role_id) = (self.bot(), self.new_id());
        self.insert_member(guild_id, bot);
        let name = self.app.name.clone();
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        let role = Role {
            id: role_id,
            name,
            permissions: guild.bot_permissions,
            mentionable: false,
            position: 1,
            color: 0,
            managed_for: Some(bot),
        };
        guild.roles.insert(role_id, role);
        guild.bot_role = Some(role_id);
        if let Some(member) = guild.members.get_mut(&bot) {
            member.roles.push(role_id);
        }
        self.emit_guild_create(guild_id);
    }

    /// The bot is removed: "If the unavailable field is not set, the user was removed from the guild."
    pub(crate) fn remove_bot(&mut self, guild_id: u64) {
        self.emit(guild_id, intent::GUILDS, "GUILD_DELETE", |_, _| Some(json!({ "id": guild_id.to_string() })));
        let bot = self.bot();
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.members.remove(&bot);
            if let Some(role) = guild.bot_role.take() {
                guild.roles.remove(&role);
            }
        }
        self.guild_commands.remove(&guild_id);
        let threads: Vec<u64> = self.channels_of(guild_id).map(|channel| channel.id).collect();
        for id in threads {
            if let Ok(thread) = self.thread_mut(id) {
                thread.members.remove(&bot);
            }
        }
    }

    pub(crate) fn set_outage(&mut self, guild_id: u64, outage: bool) {
        if outage {
            self.emit(guild_id, intent::GUILDS, "GUILD_DELETE", |_, _| {
                Some(json!({ "id": guild_id.to_string(), "unavailable": true }))
            });
        }
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.outage = outage;
        }
        if !outage {
            self.emit_guild_create(guild_id);
        }
    }

    fn emit_guild_create(&mut self, guild_id: u64) {
        self.emit(guild_id, intent::GUILDS, "GUILD_CREATE", |world, _| {
            Some(world.guild_create_json(&world.guilds[&guild_id]))
        });
    }

    /// `GUILD_UPDATE`, after a change of the guild's own fields.
    pub(crate) fn emit_guild_update(&mut self, guild_id: u64) {
        self.emit(guild_id, intent::GUILDS, "GUILD_UPDATE", |world, _| Some(world.guilds[&guild_id].json()));
    }

    /// `GUILD_ROLE_CREATE`, `GUILD_ROLE_UPDATE`.
    pub(crate) fn emit_role(&mut self, name: &str, guild_id: u64, role_id: u64) {
        self.emit(guild_id, intent::GUILDS, name, |world, _| {
            let role = world.guilds[&guild_id].roles.get(&role_id)?;
            Some(json!({ "guild_id": guild_id.to_string(), "role": role.json() }))
        });
    }

    pub(crate) fn delete_role(&mut self, guild_id: u64, role_id: u64) {
        self.changing_sight(guild_id, |world| world.take_role_away(guild_id, role_id));
    }

    fn take_role_away(&mut self, guild_id: u64, role_id: u64) {
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        guild.roles.remove(&role_id);
        for member in guild.members.values_mut() {
            member.roles.retain(|role| *role != role_id);
        }
        let ids: Vec<u64> = self.channels_of(guild_id).map(|channel| channel.id).collect();
        for id in ids {
            if let Some(channel) = self.channels.get_mut(&id) {
                channel.overwrites.retain(|overwrite| overwrite.id != role_id);
            }
        }
        self.emit(guild_id, intent::GUILDS, "GUILD_ROLE_DELETE", |_, _| {
            Some(json!({ "guild_id": guild_id.to_string(), "role_id": role_id.to_string() }))
        });
    }

    /// Deletes a channel. No "`THREAD_DELETE`" is sent for its threads.
    pub(crate) fn delete_channel(&mut self, by: u64, id: u64, reason: Option<&str>) {
        let guild_id = self.channels[&id].guild_id;
        let json: Value = self.gateway_channel_json(&self.channels[&id]);
        self.erase_channel(id);
        let threads: Vec<u64> = self
            .channels_of(guild_id)
            .filter(|channel| channel.thread.is_some() && channel.parent_id == Some(id))
            .map(|channel| channel.id)
            .collect();
        for thread in threads {
            self.erase_channel(thread);
        }
        self.note_audit(guild_id, "channel_delete", by, id, reason);
        self.emit(guild_id, intent::GUILDS, "CHANNEL_DELETE", |_, _| Some(json.clone()));
        let children: Vec<u64> = self
            .channels_of(guild_id)
            .filter(|channel| channel.parent_id == Some(id) && channel.kind != kind::CATEGORY)
            .map(|channel| channel.id)
            .collect();
        for child in children {
            if let Some(channel) = self.channels.get_mut(&child) {
                channel.parent_id = None;
            }
            self.emit_channel("CHANNEL_UPDATE", child);
        }
    }

    /// Removes a channel or thread and its messages from the world.
    pub(crate) fn erase_channel(&mut self, id: u64) {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.deleted = true;
        }
        for message in self.messages.values_mut().filter(|message| message.channel_id == id) {
            message.deleted = true;
        }
    }

    /// A change of a channel that may change who sees it.
    pub(crate) fn channel_changed(&mut self, id: u64, change: impl FnOnce(&mut Channel)) {
        let guild_id = self.channels[&id].guild_id;
        let was_shown = self.shows_to_bot(&self.channels[&id]);
        self.changing_sight(guild_id, |world| {
            if let Some(channel) = world.channels.get_mut(&id) {
                change(channel);
            }
            // A bot that gains access is notified anyway.
            if was_shown || !world.shows_to_bot(&world.channels[&id]) {
                world.emit_channel("CHANNEL_UPDATE", id);
            }
        });
    }

    pub(crate) fn emit_thread_list(&mut self, parent_id: u64) {
        let guild_id = self.channels[&parent_id].guild_id;
        let bot = self.bot();
        self.emit(guild_id, intent::GUILDS, "THREAD_LIST_SYNC", |world, _| {
            let threads: Vec<&Channel> = world
                .channels_of(guild_id)
                .filter(|channel| channel.parent_id == Some(parent_id) && channel.is_active_thread())
                .filter(|channel| world.sees(bot, channel))
                .collect();
            let members: Vec<Value> = threads.iter().filter_map(|thread| thread.thread_member_json(bot)).collect();
            Some(json!({
                "guild_id": guild_id.to_string(),
                "channel_ids": [parent_id.to_string()],
                "threads": threads.iter().map(|thread| thread.json(bot)).collect::<Vec<_>>(),
                "members": members,
            }))
        });
    }
}
