//! Slash commands: typing, whether the client offers them, and sending.

use serde_json::{Value, json};

use super::options::{Given, Typed};
use super::resolved::Resolved;
use super::{Actor, NotPossible, OrFail};
use crate::handles::{Place, Reply, Role};
use crate::http::call::Upload;
use crate::permissions as perm;
use crate::world::channel::kind as channel_kind;
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

/// A slash command being typed.
#[must_use = "send() it"]
pub struct Slash {
    pub(super) actor: Actor,
    pub(super) path: String,
    at: Option<u64>,
    pub(super) given: Vec<Given>,
}

impl Actor {
    /// Types a command: `"inbox create"` is the subcommand `create` of `/inbox`.
    pub fn slash(&self, path: &str) -> Slash {
        Slash { actor: self.clone(), path: path.to_owned(), at: None, given: Vec::new() }
    }

    /// A command the client offers this person there.
    pub(super) fn command(&self, name: &str, kind: u64, channel_id: u64) -> Result<Value, NotPossible> {
        if let Some(channel) = self.direct {
            return self.direct_command(name, kind, channel_id == channel);
        }
        if !self.is_member() {
            return self.refuse("is not in the guild");
        }
        let found = self.shared.read(|world| {
            let of_guild = world.guild_commands.get(&self.guild_id).into_iter().flatten();
            let mut all = of_guild.chain(&world.global_commands);
            all.find(|command| command["name"] == name && command["type"] == kind).cloned()
        });
        let Some(command) = found else {
            return self.refuse(&format!("finds no command {name:?}: it is not registered"));
        };
        let permissions = self.permissions_in(&channel_id);
        if permissions & perm::USE_APPLICATION_COMMANDS == 0 {
            return self.refuse("may not use commands there");
        }
        // "default_member_permissions: […] Set to "0" to disable the command for everyone except admins by default."
        let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
        let shown = match needed {
            Some(0) => permissions & perm::ADMINISTRATOR != 0,
            Some(bits) => permissions & bits == bits,
            None => true,
        };
        if !shown {
            let names = perm::names(needed.unwrap_or_default());
            return self.refuse(&format!("is not shown {name:?}: it needs {names:?}"));
        }
        let contexts = command["contexts"].as_array();
        if contexts.is_some_and(|contexts| !contexts.contains(&json!(0))) {
            return self.refuse(&format!("is not shown {name:?} in guilds"));
        }
        Ok(command)
    }

    /// A command the client offers this person in their direct messages with the bot: a global one for that context.
    fn direct_command(&self, name: &str, kind: u64, is_there: bool) -> Result<Value, NotPossible> {
        if !is_there {
            return self.refuse("is in direct messages, and not in that channel");
        }
        if !self.shared.read(|world| world.shares_guild_with_bot(self.id())) {
            return self.refuse("shares no guild with the bot");
        }
        let found = self.shared.read(|world| {
            let mut all = world.global_commands.iter();
            all.find(|command| command["name"] == name && command["type"] == kind).cloned()
        });
        let Some(command) = found else {
            return self.refuse(&format!("finds no command {name:?}: it is not registered"));
        };
        // Without `contexts` the older `dm_permission` decides.
        let shown = match command["contexts"].as_array() {
            Some(contexts) => contexts.contains(&json!(1)),
            None => command["dm_permission"] != false,
        };
        if shown { Ok(command) } else { self.refuse(&format!("is not shown {name:?} in direct messages")) }
    }

    /// Where a command is typed if the test does not care.
    fn some_channel(&self) -> Result<u64, NotPossible> {
        if let Some(channel) = self.direct {
            return Ok(channel);
        }
        let found = self.shared.read(|world| {
            let usable = |id: u64| world.can(self.id(), id, perm::VIEW_CHANNEL | perm::USE_APPLICATION_COMMANDS);
            world
                .channels_of(self.guild_id)
                .find(|channel| channel.kind == channel_kind::TEXT && usable(channel.id))
                .map(|channel| channel.id)
        });
        match found {
            Some(id) => Ok(id),
            None => self.refuse("has no text channel to type a command in"),
        }
    }
}

impl Slash {
    /// Where it is typed; else in the first text channel that allows commands.
    pub fn at(mut self, place: &impl Place) -> Self {
        self.at = Some(place.place_id());
        self
    }

    pub fn string(self, name: &str, value: &str) -> Self {
        self.option(name, Typed::String(value.to_owned()))
    }

    pub fn integer(self, name: &str, value: i64) -> Self {
        self.option(name, Typed::Integer(value))
    }

    pub fn number(self, name: &str, value: f64) -> Self {
        self.option(name, Typed::Number(value))
    }

    pub fn boolean(self, name: &str, value: bool) -> Self {
        self.option(name, Typed::Boolean(value))
    }

    pub fn user(self, name: &str, user: &Actor) -> Self {
        self.option(name, Typed::User(user.id()))
    }

    pub fn role(self, name: &str, role: &Role) -> Self {
        self.option(name, Typed::Role(role.id))
    }

    /// A channel or thread.
    pub fn channel(self, name: &str, place: &impl Place) -> Self {
        self.option(name, Typed::Channel(place.place_id()))
    }

    /// A user's or role's id.
    pub fn mentionable(self, name: &str, id: u64) -> Self {
        self.option(name, Typed::Mentionable(id))
    }

    pub fn attachment(self, name: &str, filename: &str, bytes: impl Into<Vec<u8>>, content_type: &str) -> Self {
        let upload = Upload {
            index: "0".to_owned(),
            filename: filename.to_owned(),
            content_type: Some(content_type.to_owned()),
            bytes: bytes.into(),
        };
        self.option(name, Typed::Attachment(upload))
    }

    /// Sends it and waits for the bot's answer. Panics with a sentence if the client would not offer it.
    pub async fn send(self) -> Reply {
        self.begin().finished().await
    }

    pub async fn try_send(self) -> Result<Reply, NotPossible> {
        let reply = self.try_begin()?;
        Ok(reply.finished().await)
    }

    /// Sends it without waiting.
    #[track_caller]
    pub fn begin(self) -> Reply {
        self.try_begin().or_fail()
    }

    /// The channel it is typed in.
    pub(super) fn place(&self) -> Result<u64, NotPossible> {
        let channel_id = match self.at {
            Some(id) => id,
            None => self.actor.some_channel()?,
        };
        if self.actor.direct.is_none() && !self.actor.sees(&channel_id) {
            return self.actor.refuse("does not see the channel to type a command in");
        }
        Ok(channel_id)
    }

    pub fn try_begin(self) -> Result<Reply, NotPossible> {
        let channel_id = self.place()?;
        let mut words = self.path.split_whitespace();
        let command = self.actor.command(words.next().unwrap_or_default(), 1, channel_id)?;
        let mut resolved = Resolved::default();
        let words: Vec<&str> = words.collect();
        let options = self.actor.fill_options(&command, &words, &self.given, channel_id, &mut resolved)?;
        let id = command["id"].as_str().unwrap_or_default();
        let mut data = json!({ "id": id, "name": command["name"], "type": 1 });
        if options.as_array().is_some_and(|options| !options.is_empty()) {
            data["options"] = options;
        }
        if let Some(guild) = command.get("guild_id") {
            data["guild_id"] = guild.clone();
        }
        resolved.add_to(&mut data);
        let interaction = self.actor.shared.write(|world| {
            world.interact(NewInteraction {
                kind: kind::COMMAND,
                label: format!("types /{}", self.path),
                command: Some((id.parse().unwrap_or_default(), self.path.clone(), 1)),
                guild_id: self.actor.interacts_in(),
                channel_id,
                user_id: self.actor.id(),
                source: None,
                data,
            })
        });
        Ok(Reply::new(&self.actor.shared, interaction))
    }

    pub(super) fn option(mut self, name: &str, value: Typed) -> Self {
        self.given.push(Given { name: name.to_owned(), value });
        self
    }
}
