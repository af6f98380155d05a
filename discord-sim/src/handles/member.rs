//! Builds people.

use std::time::Duration;

use super::{Guild, Role};
use crate::actor::Actor;
use crate::clock::millis;

/// A person who is about to join a guild.
#[must_use = "call create()"]
pub struct MemberBuilder {
    guild: Guild,
    username: String,
    nick: Option<String>,
    global_name: Option<String>,
    roles: Vec<u64>,
    locale: String,
    timed_out: Option<Duration>,
    bot: bool,
    pending: bool,
}

impl MemberBuilder {
    pub(crate) fn new(guild: &Guild, username: &str) -> Self {
        Self {
            guild: guild.clone(),
            username: username.to_owned(),
            nick: None,
            global_name: None,
            roles: Vec::new(),
            locale: "en-US".to_owned(),
            timed_out: None,
            bot: false,
            pending: false,
        }
    }

    /// The name in this guild.
    pub fn nick(mut self, nick: &str) -> Self {
        self.nick = Some(nick.to_owned());
        self
    }

    /// The display name everywhere.
    pub fn global_name(mut self, name: &str) -> Self {
        self.global_name = Some(name.to_owned());
        self
    }

    pub fn role(mut self, role: &Role) -> Self {
        self.roles.push(role.id);
        self
    }

    /// The language of the person's client; `en-US` by default.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    /// Timed out for that long from now.
    pub fn timed_out(mut self, duration: Duration) -> Self {
        self.timed_out = Some(duration);
        self
    }

    /// Another bot.
    pub fn bot(mut self, bot: bool) -> Self {
        self.bot = bot;
        self
    }

    /// Has not passed the guild's screening yet.
    pub fn pending(mut self, pending: bool) -> Self {
        self.pending = pending;
        self
    }

    pub fn create(self) -> Actor {
        let (shared, guild_id) = (self.guild.shared, self.guild.id);
        let id = shared.write(|world| {
            let id = world.new_user(&self.username, self.bot);
            if let Some(user) = world.users.get_mut(&id) {
                user.global_name = self.global_name;
                user.locale = self.locale;
            }
            world.member_joins(guild_id, id);
            let until = self.timed_out.map(|duration| world.now_ms() + millis(duration));
            if self.nick.is_some() || !self.roles.is_empty() || until.is_some() || self.pending {
                world.member_changes(guild_id, id, |member| {
                    member.nick = self.nick;
                    member.roles = self.roles;
                    member.timed_out_until_ms = until;
                    member.pending = self.pending;
                });
            }
            id
        });
        Actor::new(&shared, guild_id, id)
    }
}
