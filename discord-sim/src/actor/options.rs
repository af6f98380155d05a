//! A command's options: checks them and writes their wire form.
//!
//! <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure>

use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Actor, NotPossible};
use crate::http::call::Upload;

pub(super) struct Given {
    pub(super) name: String,
    pub(super) value: Typed,
}

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
            Typed::String(text) => json!(text),
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
