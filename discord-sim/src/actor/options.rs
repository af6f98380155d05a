//! A command's options: checks them and writes their wire form.
//!
//! <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure>

use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Actor, NotPossible};
use crate::http::call::Upload;

#[derive(Clone)]
pub(super) struct Given {
    pub(super) name: String,
    pub(super) value: Typed,
}

#[derive(Clone)]
pub(super) enum Typed {
    String(String),
    Integer(i64),
    Boolean(bool),
    User(u64),
    Channel(u64),
    Role(u64),
    Mentionable(u64),
    Number(f64),
    Attachment(Upload),
    /// As typed: the command's definition says what it is.
    Written(String),
}

impl Given {
    /// Its form in a request for suggestions: text and numbers as far as they were typed; "focused" marks the option.
    pub(super) fn while_typing(&self, focused: &str) -> Option<Value> {
        let (kind, value) = match &self.value {
            Typed::String(text) | Typed::Written(text) => (3, json!(text)),
            Typed::Integer(number) => (4, json!(number)),
            Typed::Boolean(flag) => (5, json!(flag)),
            Typed::User(id) => (6, json!(id.to_string())),
            Typed::Channel(id) => (7, json!(id.to_string())),
            Typed::Role(id) => (8, json!(id.to_string())),
            Typed::Mentionable(id) => (9, json!(id.to_string())),
            Typed::Number(number) => (10, json!(number)),
            Typed::Attachment(_) => return None,
        };
        let mut option = json!({ "name": self.name, "type": kind, "value": value });
        if self.name == focused {
            option["focused"] = json!(true);
        }
        Some(option)
    }
}

impl Typed {
    fn kind(&self) -> u64 {
        match self {
            Self::String(_) => 3,
            Self::Integer(_) => 4,
            Self::Boolean(_) => 5,
            Self::User(_) => 6,
            Self::Channel(_) => 7,
            Self::Role(_) => 8,
            Self::Mentionable(_) => 9,
            Self::Number(_) => 10,
            Self::Attachment(_) => 11,
            // Converted before its kind matters.
            Self::Written(_) => 0,
        }
    }
}

impl Actor {
    /// Finds the subcommand, checks the given options against its own, and writes them.
    pub(super) fn fill_options(
        &self,
        command: &Value,
        words: &[&str],
        given: &[Given],
        channel_id: u64,
        resolved: &mut Resolved,
    ) -> Result<Value, NotPossible> {
        let takes = options_of(command);
        let has_subcommands = takes.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2)));
        let Some((word, rest)) = words.split_first() else {
            if has_subcommands {
                return self.refuse(&format!("must pick a subcommand of {}", command["name"]));
            }
            return self.leaf(&takes, given, channel_id, resolved);
        };
        let is_wanted = |option: &&Value| option["name"] == *word && matches!(option["type"].as_u64(), Some(1 | 2));
        let Some(subcommand) = takes.iter().find(is_wanted) else {
            return self.refuse(&format!("finds no subcommand {word:?} of {}", command["name"]));
        };
        let inner = self.fill_options(subcommand, rest, given, channel_id, resolved)?;
        Ok(json!([{ "name": word, "type": subcommand["type"], "options": inner }]))
    }

    fn leaf(
        &self,
        takes: &[Value],
        given: &[Given],
        channel_id: u64,
        resolved: &mut Resolved,
    ) -> Result<Value, NotPossible> {
        if let Some(unknown) = given.iter().find(|given| !takes.iter().any(|option| option["name"] == given.name)) {
            return self.refuse(&format!("finds no option {:?} of the command", unknown.name));
        }
        let mut filled = Vec::new();
        for option in takes {
            match given.iter().find(|given| option["name"] == given.name) {
                Some(given) => {
                    let given = &self.typed(option, given)?;
                    self.check_option(option, given)?;
                    let value = self.value(&given.value, channel_id, resolved);
                    filled.push(json!({ "name": given.name, "type": given.value.kind(), "value": value }));
                }
                None if option["required"] == true => {
                    return self.refuse(&format!("must give the required option {}", option["name"]));
                }
                None => {}
            }
        }
        Ok(json!(filled))
    }

    /// What was written, as the type that the option takes.
    fn typed(&self, option: &Value, given: &Given) -> Result<Given, NotPossible> {
        let Typed::Written(text) = &given.value else {
            return Ok(given.clone());
        };
        let id = text.trim().parse::<u64>().ok();
        let value = match option["type"].as_u64() {
            Some(3) => Some(Typed::String(text.clone())),
            Some(4) => text.trim().parse().ok().map(Typed::Integer),
            Some(5) => text.trim().parse().ok().map(Typed::Boolean),
            Some(6) => id.filter(|id| self.knows_user(*id)).map(Typed::User),
            Some(7) => id.filter(|id| self.sees(id)).map(Typed::Channel),
            Some(8) => id.filter(|id| self.knows_role(*id)).map(Typed::Role),
            Some(9) => id.filter(|id| self.knows_user(*id) || self.knows_role(*id)).map(Typed::Mentionable),
            Some(10) => text.trim().parse().ok().map(Typed::Number),
            _ => None,
        };
        match value {
            Some(value) => Ok(Given { name: given.name.clone(), value }),
            None => self.refuse(&format!("cannot give {:?} as {text:?}", given.name)),
        }
    }

    fn knows_user(&self, id: u64) -> bool {
        self.shared.read(|world| world.guilds[&self.guild_id].members.contains_key(&id))
    }

    fn knows_role(&self, id: u64) -> bool {
        self.shared.read(|world| world.guilds[&self.guild_id].roles.contains_key(&id))
    }

    fn check_option(&self, option: &Value, given: &Given) -> Result<(), NotPossible> {
        let (name, kind) = (&given.name, given.value.kind());
        if option["type"] != kind {
            return self.refuse(&format!("cannot give {name:?} as type {kind}: it is of type {}", option["type"]));
        }
        match &given.value {
            Typed::String(text) => self.check_text(option, name, text),
            Typed::Integer(number) => {
                let outside = |bound: &str, wrong: fn(i64, i64) -> bool| {
                    option[bound].as_i64().is_some_and(|bound| wrong(*number, bound))
                };
                if outside("min_value", |n, min| n < min) || outside("max_value", |n, max| n > max) {
                    return self.refuse(&format!("cannot give {name:?} = {number}: it is out of its range"));
                }
                self.check_choice(option, name, &json!(number))
            }
            Typed::Channel(id) => self.check_channel(option, name, *id),
            _ => Ok(()),
        }
    }

    fn check_text(&self, option: &Value, name: &str, text: &str) -> Result<(), NotPossible> {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        let (min, max) = (option["min_length"].as_u64(), option["max_length"].as_u64());
        // "For option type STRING, the maximum allowed length (minimum of 1, maximum of 6000)."
        if length < min.unwrap_or(1) || length > max.unwrap_or(6000) {
            return self.refuse(&format!("cannot give {name:?} with {length} characters"));
        }
        self.check_choice(option, name, &json!(text))
    }

    fn check_choice(&self, option: &Value, name: &str, value: &Value) -> Result<(), NotPossible> {
        let choices = option["choices"].as_array().filter(|choices| !choices.is_empty());
        if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == *value)) {
            return self.refuse(&format!("cannot give {name:?} = {value}: it is none of the choices"));
        }
        Ok(())
    }

    fn check_channel(&self, option: &Value, name: &str, id: u64) -> Result<(), NotPossible> {
        if !self.sees(&id) {
            return self.refuse(&format!("cannot pick that channel for {name:?}: it is not visible"));
        }
        let kind = self.shared.read(|world| world.channels[&id].kind);
        let types = option["channel_types"].as_array().filter(|types| !types.is_empty());
        if types.is_some_and(|types| !types.contains(&json!(kind))) {
            return self.refuse(&format!("is not offered a channel of type {kind} for {name:?}"));
        }
        Ok(())
    }

    /// The value as sent, with the object of an id added to `resolved`.
    fn value(&self, value: &Typed, channel_id: u64, resolved: &mut Resolved) -> Value {
        let guild_id = self.guild_id;
        self.shared.write(|world| match value {
            Typed::String(text) | Typed::Written(text) => json!(text),
            Typed::Integer(number) => json!(number),
            Typed::Boolean(flag) => json!(flag),
            Typed::Number(number) => json!(number),
            Typed::User(id) => {
                resolved.user(world, guild_id, *id);
                json!(id.to_string())
            }
            Typed::Channel(id) => {
                resolved.channel(world, *id, self.id());
                json!(id.to_string())
            }
            Typed::Role(id) => {
                resolved.role(world, guild_id, *id);
                json!(id.to_string())
            }
            Typed::Mentionable(id) => {
                if world.guilds[&guild_id].roles.contains_key(id) {
                    resolved.role(world, guild_id, *id);
                } else {
                    resolved.user(world, guild_id, *id);
                }
                json!(id.to_string())
            }
            Typed::Attachment(upload) => {
                let ids = world.store_files(channel_id, std::slice::from_ref(upload), &json!([]), true);
                for id in &ids {
                    resolved.attachment(world, *id);
                }
                json!(ids[0].to_string())
            }
        })
    }
}

fn options_of(command: &Value) -> Vec<Value> {
    command["options"].as_array().cloned().unwrap_or_default()
}
