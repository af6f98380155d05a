//! A person's account and membership, as others see it.

use super::Actor;
use crate::handles::Role;
use crate::world::guild::Member;
use crate::world::user::User;

impl Actor {
    /// The name others see: in this guild, else everywhere, else the username.
    pub fn display_name(&self) -> String {
        let nick = self.member(None, |member| member.nick.clone());
        nick.or_else(|| self.global_name()).unwrap_or_else(|| self.name())
    }

    /// The display name everywhere.
    pub fn global_name(&self) -> Option<String> {
        self.user(|user| user.global_name.clone())
    }

    /// The language of their client.
    pub fn locale(&self) -> String {
        self.user(|user| user.locale.clone())
    }

    pub fn is_bot(&self) -> bool {
        self.user(|user| user.bot)
    }

    /// Their roles here, highest first, without `@everyone`.
    pub fn roles(&self) -> Vec<Role> {
        let ids = self.member(Vec::new(), |member| member.roles.clone());
        let shared = &self.shared;
        let mut roles: Vec<Role> =
            ids.into_iter().map(|id| Role { shared: shared.clone(), guild_id: self.guild_id, id }).collect();
        roles.sort_by_key(|role| std::cmp::Reverse(role.position()));
        roles
    }

    /// Whether they have not passed the guild's screening yet.
    pub fn is_pending(&self) -> bool {
        self.member(false, |member| member.pending)
    }

    /// Until when they are timed out, in unix milliseconds; `None` if the time is over.
    pub fn timed_out_until_ms(&self) -> Option<i64> {
        let until = self.member(None, |member| member.timed_out_until_ms);
        until.filter(|until| *until > self.shared.clock.now_ms())
    }

    /// When they joined this guild, in unix milliseconds.
    pub fn joined_ms(&self) -> Option<i64> {
        self.member(None, |member| Some(member.joined_ms))
    }

    /// Their permissions in the guild as a whole.
    pub fn base_permissions(&self) -> u64 {
        self.shared.read(|world| world.base_permissions(self.guild_id, self.id()))
    }

    fn user<T>(&self, look: impl FnOnce(&User) -> T) -> T {
        self.shared.read(|world| look(&world.users[&self.id()]))
    }

    fn member<T>(&self, gone: T, look: impl FnOnce(&Member) -> T) -> T {
        self.shared.read(|world| {
            let guild = world.guilds.get(&self.guild_id);
            guild.and_then(|guild| guild.members.get(&self.id())).map_or(gone, look)
        })
    }
}
