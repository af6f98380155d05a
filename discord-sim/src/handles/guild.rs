//! Guilds: built by `Sim::guild`, arranged here.

use std::sync::Arc;

use serde_json::Value;

use super::{Channel, ChannelBuilder, MemberBuilder, Role, RoleBuilder, Thread};
use crate::actor::{Actor, Draft};
use crate::handles::{Message, Place};
use crate::permissions as perm;
use crate::shared::Shared;
use crate::world::World;
use crate::world::channel::kind;

/// A new guild.
#[must_use = "call create()"]
pub struct GuildBuilder {
    shared: Arc<Shared>,
    name: String,
    locale: String,
    owner_name: String,
    bot_permissions: u64,
    shard: Option<[u64; 2]>,
}

impl GuildBuilder {
    pub(crate) fn new(shared: &Arc<Shared>, name: &str) -> Self {
        Self {
            shared: shared.clone(),
            name: name.to_owned(),
            locale: "en-US".to_owned(),
            owner_name: "owner".to_owned(),
            bot_permissions: perm::BOT_DEFAULT,
            shard: None,
        }
    }

    /// The guild's preferred language; `en-US` by default.
    pub fn locale(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }

    pub fn owner_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.owner_name);
        self
    }

    /// The permissions of the bot's managed role.
    pub fn bot_permissions(mut self, permissions: u64) -> Self {
        self.bot_permissions = permissions;
        self
    }

    /// Gives it an id of this shard out of so many.
    pub fn on_shard(mut self, number: u64, total: u64) -> Self {
        self.shard = Some([number, total]);
        self
    }

    /// Creates it. A connected bot gets `GUILD_CREATE`, as if invited.
    pub fn create(self) -> Guild {
        let id = self.shared.write(|world| {
            let owner = world.new_user(&self.owner_name, false);
            let id = world.new_guild_id(self.shard);
            world.new_guild(id, &self.name, &self.locale, owner, self.bot_permissions);
            id
        });
        Guild { shared: self.shared, id }
    }
}

/// A guild.
#[derive(Clone)]
pub struct Guild {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: u64,
}

impl Guild {
    pub fn id(&self) -> u64 {
        self.id
    }

    pub fn name(&self) -> String {
        self.shared.read(|world| world.guilds[&self.id].name.clone())
    }

    /// The person who owns the guild.
    pub fn owner(&self) -> Actor {
        let owner = self.shared.read(|world| world.guilds[&self.id].owner_id);
        Actor::new(&self.shared, self.id, owner)
    }

    /// Its level of boosts, 0 to 3: larger files from the second on.
    pub fn set_premium_tier(&self, tier: u8) {
        self.shared.write(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.premium_tier = tier;
            }
            world.emit_guild_update(self.id);
        });
    }

    pub fn set_locale(&self, locale: &str) {
        self.shared.write(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                locale.clone_into(&mut guild.locale);
            }
            world.emit_guild_update(self.id);
        });
    }

    pub fn everyone(&self) -> Role {
        Role { shared: self.shared.clone(), guild_id: self.id, id: self.id }
    }

    /// The bot as a member of this guild, for actions on it.
    pub fn bot_member(&self) -> Actor {
        let bot = self.shared.read(World::bot);
        Actor::new(&self.shared, self.id, bot)
    }

    /// The role Discord manages for the bot. Panics while the bot is not in the guild.
    pub fn bot_role(&self) -> Role {
        let role = self.shared.read(|world| world.guilds[&self.id].bot_role);
        let id = role.expect("the bot is not in this guild");
        Role { shared: self.shared.clone(), guild_id: self.id, id }
    }

    /// Replaces the permissions of the bot's managed role. The bot also keeps those of `@everyone`: see
    /// [`permissions::EVERYONE_DEFAULT`](crate::permissions::`EVERYONE_DEFAULT`).
    pub fn bot_role_permissions(&self, permissions: u64) {
        self.shared.write(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.bot_permissions = permissions;
            }
        });
        self.bot_role().set_permissions(permissions);
    }

    pub fn role(&self, name: &str) -> RoleBuilder {
        RoleBuilder::new(self, name)
    }

    pub fn text_channel(&self, name: &str) -> ChannelBuilder {
        ChannelBuilder::new(self, name, kind::TEXT)
    }

    pub fn announcement_channel(&self, name: &str) -> ChannelBuilder {
        ChannelBuilder::new(self, name, kind::ANNOUNCEMENT)
    }

    pub fn voice_channel(&self, name: &str) -> ChannelBuilder {
        ChannelBuilder::new(self, name, kind::VOICE)
    }

    pub fn category(&self, name: &str) -> ChannelBuilder {
        ChannelBuilder::new(self, name, kind::CATEGORY)
    }

    pub fn forum_channel(&self, name: &str) -> ChannelBuilder {
        ChannelBuilder::new(self, name, kind::FORUM)
    }

    /// A new person who joins this guild.
    pub fn member(&self, username: &str) -> MemberBuilder {
        MemberBuilder::new(self, username)
    }

    /// The same person joins this guild, too (or again).
    pub fn join(&self, actor: &Actor) -> Actor {
        self.shared.write(|world| world.member_joins(self.id, actor.id()));
        Actor::new(&self.shared, self.id, actor.id())
    }

    /// Channels without threads.
    pub fn channels(&self) -> Vec<Channel> {
        let ids = self.ids(|is_thread| !is_thread);
        ids.into_iter().map(|id| Channel { shared: self.shared.clone(), id }).collect()
    }

    /// The members, oldest first, bots included.
    pub fn members(&self) -> Vec<Actor> {
        let ids: Vec<u64> = self.shared.read(|world| world.guilds[&self.id].members.keys().copied().collect());
        ids.into_iter().map(|id| Actor::new(&self.shared, self.id, id)).collect()
    }

    /// An account as seen from here, also of somebody who is not a member.
    pub fn actor(&self, id: u64) -> Option<Actor> {
        let known = self.shared.read(|world| world.users.contains_key(&id));
        known.then(|| Actor::new(&self.shared, self.id, id))
    }

    /// All roles, highest first, with `@everyone`.
    pub fn roles(&self) -> Vec<Role> {
        let ids: Vec<u64> = self.shared.read(|world| world.guilds[&self.id].roles.keys().copied().collect());
        let mut roles: Vec<Role> =
            ids.into_iter().map(|id| Role { shared: self.shared.clone(), guild_id: self.id, id }).collect();
        roles.sort_by_key(|role| std::cmp::Reverse((role.id() != self.id, role.position())));
        roles
    }

    /// A channel of this guild, not a thread; also a deleted one.
    pub fn channel(&self, id: u64) -> Option<Channel> {
        self.has(id, false).then(|| Channel { shared: self.shared.clone(), id })
    }

    /// A thread of this guild; also a deleted one.
    pub fn thread(&self, id: u64) -> Option<Thread> {
        self.has(id, true).then(|| Thread { shared: self.shared.clone(), id })
    }

    /// Its own emoji: ids and names.
    pub fn emojis(&self) -> Vec<(u64, String)> {
        self.shared.read(|world| world.guilds[&self.id].emoji.iter().map(|(id, name)| (*id, name.clone())).collect())
    }

    pub fn has_bot(&self) -> bool {
        self.shared.read(|world| world.guilds[&self.id].has_bot())
    }

    /// Threads that exist, archived ones included, oldest first.
    pub fn threads(&self) -> Vec<Thread> {
        let ids = self.ids(|is_thread| is_thread);
        ids.into_iter().map(|id| Thread { shared: self.shared.clone(), id }).collect()
    }

    fn has(&self, id: u64, is_thread: bool) -> bool {
        self.shared.read(|world| {
            let channel = world.channels.get(&id).filter(|channel| channel.guild_id == self.id);
            channel.is_some_and(|channel| channel.thread.is_some() == is_thread)
        })
    }

    fn ids(&self, wanted: impl Fn(bool) -> bool) -> Vec<u64> {
        self.shared.read(|world| {
            let channels = world.channels_of(self.id);
            channels.filter(|channel| wanted(channel.thread.is_some())).map(|channel| channel.id).collect()
        })
    }

    /// Commands registered for this guild only.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.read(|world| world.guild_commands.get(&self.id).cloned().unwrap_or_default())
    }

    /// The guild requires two-factor authentication for moderation, which the bot's owner does not have unless
    /// [`Sim::set_two_factor`](crate::Sim::set_two_factor) says so.
    pub fn demand_two_factor(&self, demanded: bool) {
        self.shared.write(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.demands_two_factor = demanded;
            }
            world.emit_guild_update(self.id);
        });
    }

    /// Adds an emoji, and returns its form in messages.
    pub fn emoji(&self, name: &str) -> String {
        let id = self.shared.write(|world| {
            let id = world.new_id();
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.emoji.insert(id, name.to_owned());
            }
            id
        });
        format!("<:{name}:{id}>")
    }

    /// Deletes an emoji, given as [`emoji`](Self::emoji) returns it.
    pub fn delete_emoji(&self, emoji: &str) {
        let id = emoji.trim_end_matches('>').rsplit(':').next().and_then(|id| id.parse::<u64>().ok());
        self.shared.write(|world| {
            if let (Some(guild), Some(id)) = (world.guilds.get_mut(&self.id), id) {
                guild.emoji.remove(&id);
            }
        });
    }

    /// Somebody removes the bot.
    pub fn remove_bot(&self) {
        self.shared.write(|world| world.remove_bot(self.id));
    }

    /// Somebody invites the bot again, with the permissions it had.
    pub fn return_bot(&self) {
        self.shared.write(|world| world.add_bot(self.id));
    }

    /// An outage: the guild becomes unavailable.
    pub fn outage(&self) {
        self.shared.write(|world| world.set_outage(self.id, true));
    }

    pub fn end_outage(&self) {
        self.shared.write(|world| world.set_outage(self.id, false));
    }

    /// A webhook's message, as other services post them.
    pub fn webhook_post(&self, place: &impl Place, draft: Draft) -> Message {
        self.webhook_posts(place, [("Webhook", draft)]).remove(0)
    }

    /// Messages of one webhook, each under a name of its own.
    pub fn webhook_posts<'n>(
        &self,
        place: &impl Place,
        messages: impl IntoIterator<Item = (&'n str, Draft)>,
    ) -> Vec<Message> {
        let channel_id = place.place_id();
        let ids: Vec<u64> = self.shared.write(|world| {
            let author = world.new_id();
            let post = |(name, draft): (&str, Draft)| {
                let mut new = draft.into_message(world, channel_id);
                new.webhook_name = Some(name.to_owned());
                world.post(channel_id, author, new)
            };
            messages.into_iter().map(post).collect()
        });
        ids.into_iter().map(|id| Message { shared: self.shared.clone(), id }).collect()
    }
}
