//! Roles.

use std::sync::Arc;

use super::Guild;
use crate::shared::Shared;
use crate::world::guild;

/// A new role.
#[must_use = "call create()"]
pub struct RoleBuilder {
    guild: Guild,
    role: guild::Role,
}

impl RoleBuilder {
    pub(crate) fn new(guild: &Guild, name: &str) -> Self {
        let role = guild::Role {
            id: 0,
            name: name.to_owned(),
            permissions: 0,
            mentionable: false,
            position: 1,
            color: 0,
            managed_for: None,
        };
        Self { guild: guild.clone(), role }
    }

    pub fn permissions(mut self, permissions: u64) -> Self {
        self.role.permissions = permissions;
        self
    }

    /// Whether anyone may ping it.
    pub fn mentionable(mut self, mentionable: bool) -> Self {
        self.role.mentionable = mentionable;
        self
    }

    pub fn position(mut self, position: u16) -> Self {
        self.role.position = position;
        self
    }

    /// `0xRRGGBB`; none by default.
    pub fn color(mut self, color: u32) -> Self {
        self.role.color = color;
        self
    }

    pub fn create(self) -> Role {
        let (shared, guild_id) = (self.guild.shared, self.guild.id);
        let id = shared.write(|world| {
            let id = world.new_id();
            if let Some(guild) = world.guilds.get_mut(&guild_id) {
                guild.roles.insert(id, guild::Role { id, ..self.role });
            }
            world.emit_role("GUILD_ROLE_CREATE", guild_id, id);
            id
        });
        Role { shared, guild_id, id }
    }
}

/// A role.
#[derive(Clone)]
pub struct Role {
    pub(crate) shared: Arc<Shared>,
    pub(crate) guild_id: u64,
    pub(crate) id: u64,
}

impl Role {
    pub fn id(&self) -> u64 {
        self.id
    }

    pub fn name(&self) -> String {
        self.shared.read(|world| {
            let role = world.guilds[&self.guild_id].roles.get(&self.id);
            role.map_or_else(|| "deleted-role".to_owned(), |role| role.name.clone())
        })
    }

    pub fn permissions(&self) -> u64 {
        self.look(0, |role| role.permissions)
    }

    pub fn position(&self) -> u16 {
        self.look(0, |role| role.position)
    }

    /// `0xRRGGBB`; 0 for none.
    pub fn color(&self) -> u32 {
        self.look(0, |role| role.color)
    }

    /// Whether anyone may ping it.
    pub fn is_mentionable(&self) -> bool {
        self.look(false, |role| role.mentionable)
    }

    /// Whether it belongs to a bot, which nobody can give or take.
    pub fn is_managed(&self) -> bool {
        self.look(false, |role| role.managed_for.is_some())
    }

    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }

    pub fn set_permissions(&self, permissions: u64) {
        self.change(|role| role.permissions = permissions);
    }

    pub fn set_mentionable(&self, mentionable: bool) {
        self.change(|role| role.mentionable = mentionable);
    }

    pub fn delete(&self) {
        self.shared.write(|world| world.delete_role(self.guild_id, self.id));
    }

    fn look<T>(&self, gone: T, look: impl FnOnce(&guild::Role) -> T) -> T {
        self.shared.read(|world| {
            let guild = world.guilds.get(&self.guild_id);
            guild.and_then(|guild| guild.roles.get(&self.id)).map_or(gone, look)
        })
    }

    fn change(&self, change: impl FnOnce(&mut guild::Role)) {
        self.shared.write(|world| {
            world.changing_sight(self.guild_id, |world| {
                let guild = world.guilds.get_mut(&self.guild_id);
                if let Some(role) = guild.and_then(|guild| guild.roles.get_mut(&self.id)) {
                    change(role);
                }
                world.emit_role("GUILD_ROLE_UPDATE", self.guild_id, self.id);
            });
        });
    }
}
