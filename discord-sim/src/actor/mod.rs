//! People. Actions are checked as their client would check them; impossible ones are a [`NotPossible`].

mod click;
mod draft;
mod fill_form;
mod forge;
mod menu;
mod offers;
mod options;
mod person;
mod resolved;
mod rights;
mod select;
mod slash;
mod submit;
mod threads;
mod write;

use std::sync::Arc;
use std::time::Duration;

pub use draft::Draft;
pub use fill_form::Filled;
pub use select::Values;
pub use slash::Slash;

use crate::clock::millis;
use crate::handles::{Guild, Message, Place, Role, Thread};
use crate::http::error::ApiError;
use crate::shared::Shared;
use crate::world::World;
use crate::world::guild::Member;

/// Why a person could not do something, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPossible(pub String);

impl std::fmt::Display for NotPossible {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotPossible {}

/// One person in one guild.
#[derive(Clone)]
pub struct Actor {
    pub(crate) shared: Arc<Shared>,
    pub(crate) guild_id: u64,
    user_id: u64,
    /// The channel of their direct messages with the bot, if they are there.
    direct: Option<u64>,
}

impl Actor {
    pub(crate) fn new(shared: &Arc<Shared>, guild_id: u64, user_id: u64) -> Self {
        Self { shared: shared.clone(), guild_id, user_id, direct: None }
    }

    /// The same person in their direct messages with the bot: commands and answers are used there.
    #[must_use]
    pub fn in_direct_messages(&self) -> Self {
        let channel = self.shared.write(|world| world.direct_channel(self.user_id));
        Self { direct: Some(channel), ..self.clone() }
    }

    /// The guild that their interactions come from.
    fn interacts_in(&self) -> Option<u64> {
        self.direct.is_none().then_some(self.guild_id)
    }

    pub fn id(&self) -> u64 {
        self.user_id
    }

    /// The username.
    pub fn name(&self) -> String {
        self.shared.read(|world| world.users[&self.user_id].username.clone())
    }

    pub fn mention(&self) -> String {
        format!("<@{}>", self.user_id)
    }

    pub fn guild(&self) -> Guild {
        Guild { shared: self.shared.clone(), id: self.guild_id }
    }

    /// The person switches their client to another language.
    pub fn set_locale(&self, locale: &str) {
        self.shared.write(|world| {
            if let Some(user) = world.users.get_mut(&self.user_id) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    pub fn give_role(&self, role: &Role) {
        self.change(|member| {
            if !member.roles.contains(&role.id) {
                member.roles.push(role.id);
            }
        });
    }

    pub fn take_role(&self, role: &Role) {
        self.change(|member| member.roles.retain(|id| *id != role.id));
    }

    pub fn set_nick(&self, nick: Option<&str>) {
        self.change(|member| member.nick = nick.map(str::to_owned));
    }

    /// A moderator times this person out for that long from now.
    pub fn time_out(&self, duration: Duration) {
        let until = self.shared.clock.now_ms() + millis(duration);
        self.change(|member| member.timed_out_until_ms = Some(until));
    }

    /// A moderator ends their time-out.
    pub fn end_time_out(&self) {
        self.change(|member| member.timed_out_until_ms = None);
    }

    /// The person passes the guild's screening.
    pub fn pass_screening(&self) {
        self.change(|member| member.pending = false);
    }

    /// The person leaves the guild.
    pub fn leave_guild(&self) {
        self.shared.write(|world| world.member_leaves(self.guild_id, self.user_id));
    }

    pub fn is_member(&self) -> bool {
        self.shared.read(|world| world.guilds[&self.guild_id].members.contains_key(&self.user_id))
    }

    /// Whether this person sees the channel or thread.
    pub fn sees(&self, place: &impl Place) -> bool {
        self.shared.read(|world| {
            let channel = world.channels.get(&place.place_id());
            channel.is_some_and(|channel| world.sees(self.user_id, channel))
        })
    }

    pub fn sees_message(&self, message: &Message) -> bool {
        self.shared.read(|world| self.message_is_there(world, message.id))
    }

    /// Threads this person can open, archived ones included, oldest first.
    pub fn threads(&self) -> Vec<Thread> {
        let all = self.guild().threads();
        all.into_iter().filter(|thread| self.sees(thread)).collect()
    }

    /// What this person sees there, oldest first.
    pub fn messages(&self, place: &impl Place) -> Vec<Message> {
        let all = Message::all_in(&self.shared, place.place_id());
        all.into_iter().filter(|message| self.sees_message(message)).collect()
    }

    /// Whether any message there notified this person.
    pub fn was_pinged_in(&self, place: &impl Place) -> bool {
        let id = place.place_id();
        self.shared.read(|world| {
            let mut messages = world.messages.values().filter(|message| message.channel_id == id);
            messages.any(|message| message.pinged.contains(&self.user_id))
        })
    }

    /// Their effective permissions there.
    pub fn permissions_in(&self, place: &impl Place) -> u64 {
        self.shared.read(|world| world.permissions_in(place.place_id(), self.user_id))
    }

    pub(crate) fn message_is_there(&self, world: &World, id: u64) -> bool {
        let message = world.messages.get(&id).filter(|message| !message.deleted);
        message.is_some_and(|message| {
            let channel = world.channels.get(&message.channel_id);
            message.private_to.is_none_or(|user| user == self.user_id)
                && (channel.is_some_and(|channel| world.sees(self.user_id, channel))
                    || world.is_direct_with(message.channel_id, self.user_id))
        })
    }

    /// Acts on the world; Discord's refusal becomes a sentence that names the person.
    fn act<T>(&self, what: &str, act: impl FnOnce(&mut World, u64) -> Result<T, ApiError>) -> Result<T, NotPossible> {
        let result = self.shared.write(|world| act(world, self.user_id));
        result
            .map_err(|error| NotPossible(format!("{} cannot {what}: {} ({})", self.name(), error.message, error.code)))
    }

    fn refuse<T>(&self, why: &str) -> Result<T, NotPossible> {
        Err(NotPossible(format!("{} {why}", self.name())))
    }

    fn change(&self, change: impl FnOnce(&mut Member)) {
        self.shared.write(|world| world.member_changes(self.guild_id, self.user_id, change));
    }
}

/// For verbs that panic: the sentence becomes the test's failure.
trait OrFail<T> {
    fn or_fail(self) -> T;
}

impl<T> OrFail<T> for Result<T, NotPossible> {
    #[track_caller]
    fn or_fail(self) -> T {
        match self {
            Ok(value) => value,
            Err(why) => panic!("{why}"),
        }
    }
}
