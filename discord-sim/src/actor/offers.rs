//! The commands that the client offers a person, and suggestions while typing one.

use serde_json::{Value, json};

use super::options::Typed;
use super::slash::Slash;
use super::{Actor, NotPossible};
use crate::handles::{Place, Reply};
use crate::world::interaction::kind;
use crate::world::interactions::NewInteraction;

impl Actor {
    /// The commands offered to this person there, as registered: 1 for slash commands, 2 for members, 3 for messages.
    pub fn commands_at(&self, place: &impl Place, kind: u64) -> Vec<Value> {
        let channel_id = place.place_id();
        let all: Vec<Value> = self.shared.read(|world| {
            let of_guild = world.guild_commands.get(&self.guild_id).into_iter().flatten();
            of_guild.chain(&world.global_commands).cloned().collect()
        });
        let mut offered: Vec<Value> = Vec::new();
        for command in all {
            let name = command["name"].as_str().unwrap_or_default();
            // A guild's command hides a global one of the same name.
            let is_new = !offered.iter().any(|known| known["name"] == name);
            if command["type"] == kind && is_new && self.command(name, kind, channel_id).is_ok() {
                offered.push(command);
            }
        }
        offered
    }
}

impl Slash {
    /// An option as the person typed it; the command's definition says what it is. Ids stand for people and channels.
    pub fn typed(self, name: &str, text: &str) -> Self {
        self.option(name, Typed::Written(text.to_owned()))
    }

    /// Asks the bot for suggestions for the option in which the person is typing. Other options may be incomplete.
    /// [`Reply::choices`] has them once they are there.
    pub fn try_begin_suggest(self, focused: &str) -> Result<Reply, NotPossible> {
        let channel_id = self.place()?;
        let mut words = self.path.split_whitespace();
        let command = self.actor.command(words.next().unwrap_or_default(), 1, channel_id)?;
        let words: Vec<&str> = words.collect();
        let given: Vec<Value> = self.given.iter().filter_map(|given| given.while_typing(focused)).collect();
        let mut options = json!(given);
        let mut level = &command;
        let mut kinds = Vec::new();
        for word in &words {
            let inner = level["options"].as_array().into_iter().flatten();
            let Some(found) = inner.into_iter().find(|option| option["name"] == **word) else {
                return self.actor.refuse(&format!("finds no subcommand {word:?}"));
            };
            kinds.push(found["type"].clone());
            level = found;
        }
        let takes = level["options"].as_array();
        let takes_suggestions =
            takes.into_iter().flatten().any(|option| option["name"] == focused && option["autocomplete"] == true);
        if !takes_suggestions {
            return self.actor.refuse(&format!("gets no suggestions for {focused:?}"));
        }
        for (word, kind) in words.iter().zip(&kinds).rev() {
            options = json!([{ "name": word, "type": kind, "options": options }]);
        }
        let id = command["id"].as_str().unwrap_or_default();
        let mut data = json!({ "id": id, "name": command["name"], "type": 1, "options": options });
        if let Some(guild) = command.get("guild_id") {
            data["guild_id"] = guild.clone();
        }
        let interaction = self.actor.shared.write(|world| {
            world.interact(NewInteraction {
                kind: kind::AUTOCOMPLETE,
                label: format!("types /{} {focused}:", self.path),
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
}
