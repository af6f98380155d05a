//! Registering application commands, globally and per guild.
//!
//! <https://discord.com/developers/docs/interactions/application-commands>

use serde_json::{Value, json};

use crate::http::call::{Answer, Call, Outcome, Route};
use crate::http::error::ApiError;
use crate::http::rate_limit::{Limit, USUAL, per};
use crate::world::World;

/// Supported command fields.
const FIELDS: &[&str] = &[
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "type",
    "contexts",
    "default_member_permissions",
    "dm_permission",
    "integration_types",
    "nsfw",
    "handler?",
];
const GLOBAL: &str = "/applications/{application}/commands";
const GLOBAL_ONE: &str = "/applications/{application}/commands/{command}";
const GUILD: &str = "/applications/{application}/guilds/{guild}/commands";
const GUILD_ONE: &str = "/applications/{application}/guilds/{guild}/commands/{command}";
const WRITE: Limit = per(5, 20_000);

const fn read(template: &'static str, run: fn(&mut World, &Call) -> Outcome) -> Route {
    Route { method: "GET", template, fields: &[], query: &["with_localizations"], limit: USUAL, run }
}

const fn write(method: &'static str, template: &'static str, run: fn(&mut World, &Call) -> Outcome) -> Route {
    Route { method, template, fields: FIELDS, query: &[], limit: WRITE, run }
}

pub(super) const ROUTES: &[Route] = &[
    read(GLOBAL, |world, call| list(world, call, None)),
    read(GLOBAL_ONE, |world, call| one(world, call, None)),
    write("PUT", GLOBAL, |world, call| replace(world, call, None)),
    write("POST", GLOBAL, |world, call| create(world, call, None)),
    write("PATCH", GLOBAL_ONE, |world, call| change(world, call, None)),
    write("DELETE", GLOBAL_ONE, |world, call| delete(world, call, None)),
    read(GUILD, |world, call| list(world, call, Some(call.id(1)?))),
    read(GUILD_ONE, |world, call| one(world, call, Some(call.id(1)?))),
    write("PUT", GUILD, |world, call| replace(world, call, Some(call.id(1)?))),
    write("POST", GUILD, |world, call| create(world, call, Some(call.id(1)?))),
    write("PATCH", GUILD_ONE, |world, call| change(world, call, Some(call.id(1)?))),
    write("DELETE", GUILD_ONE, |world, call| delete(world, call, Some(call.id(1)?))),
];

fn commands<'a>(world: &'a mut World, call: &Call, guild: Option<u64>) -> Result<&'a mut Vec<Value>, ApiError> {
    if call.id(0)? != world.app.id {
        return Err(ApiError::only_own_application());
    }
    match guild {
        None => Ok(&mut world.global_commands),
        Some(guild) if world.guild(guild).is_ok_and(crate::world::guild::Guild::has_bot) => {
            Ok(world.guild_commands.entry(guild).or_default())
        }
        Some(_) => Err(ApiError::missing_access()),
    }
}

fn list(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    Answer::ok(json!(commands(world, call, guild)?))
}

fn position(commands: &[Value], call: &Call) -> Result<usize, ApiError> {
    let id = call.params.last().map_or("", String::as_str);
    commands.iter().position(|command| command["id"] == id).ok_or_else(ApiError::unknown_command)
}

fn one(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    let commands = commands(world, call, guild)?;
    let index = position(commands, call)?;
    Answer::ok(commands[index].clone())
}

/// "This will overwrite all types of application commands."
fn replace(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    let before = commands(world, call, guild)?.clone();
    let mut after: Vec<Value> = Vec::new();
    for (index, wanted) in call.body.as_array().into_iter().flatten().enumerate() {
        check(wanted)?;
        if after.iter().any(|command| same(command, wanted)) {
            let message = "Application command names must be unique";
            let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
            return Err(ApiError::form(&index.to_string(), code, message));
        }
        let old = before.iter().find(|command| same(command, wanted)).cloned();
        after.push(registered(world, wanted, guild, old.as_ref()));
    }
    commands(world, call, guild)?.clone_from(&after);
    Answer::ok(json!(after))
}

fn create(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    check(&call.body)?;
    let index = commands(world, call, guild)?.iter().position(|command| same(command, &call.body));
    let old = match index {
        Some(index) => Some(commands(world, call, guild)?.remove(index)),
        None => None,
    };
    let command = registered(world, &call.body, guild, old.as_ref());
    commands(world, call, guild)?.push(command.clone());
    if old.is_some() { Answer::ok(command) } else { Answer::created(command) }
}

fn change(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    let commands = commands(world, call, guild)?;
    let index = position(commands, call)?;
    for (name, value) in call.body.as_object().into_iter().flatten() {
        commands[index][name] = value.clone();
    }
    Answer::ok(commands[index].clone())
}

fn delete(world: &mut World, call: &Call, guild: Option<u64>) -> Outcome {
    let commands = commands(world, call, guild)?;
    let index = position(commands, call)?;
    commands.remove(index);
    Ok(Answer::Empty)
}

/// Loosely: `check` applies the limits.
fn check(command: &Value) -> Result<(), ApiError> {
    let unknown = command
        .as_object()
        .into_iter()
        .flatten()
        .find(|(name, value)| !(FIELDS.contains(&name.as_str()) || *name == "handler" && value.is_null()));
    if let Some((name, value)) = unknown {
        return Err(ApiError::not_simulated(&format!("command field `{name}` = {value}")));
    }
    match command["name"].as_str() {
        Some(name) if !name.is_empty() => Ok(()),
        _ => Err(ApiError::form("name", "BASE_TYPE_REQUIRED", "This field is required")),
    }
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn same(a: &Value, b: &Value) -> bool {
    a["name"] == b["name"] && kind(a) == kind(b)
}

/// A command as Discord returns it.
fn registered(world: &mut World, wanted: &Value, guild: Option<u64>, old: Option<&Value>) -> Value {
    let id = old.map_or_else(|| json!(world.new_id().to_string()), |old| old["id"].clone());
    let or = |name: &str, default: Value| wanted.get(name).cloned().unwrap_or(default);
    let permissions = match or("default_member_permissions", Value::Null) {
        Value::Number(bits) => json!(bits.to_string()),
        other => other,
    };
    let mut command = json!({
        "id": id,
        "application_id": world.app.id.to_string(),
        "version": world.new_id().to_string(),
        "type": kind(wanted),
        "name": wanted["name"],
        "name_localizations": or("name_localizations", Value::Null),
        "description": or("description", json!("")),
        "description_localizations": or("description_localizations", Value::Null),
        "default_member_permissions": permissions,
        "contexts": or("contexts", Value::Null),
        "integration_types": or("integration_types", json!([0])),
        "nsfw": or("nsfw", json!(false)),
    });
    if let Some(options) = wanted.get("options").filter(|options| !options.is_null()) {
        command["options"] = options.clone();
    }
    match guild {
        Some(guild) => command["guild_id"] = json!(guild.to_string()),
        None => command["dm_permission"] = or("dm_permission", json!(true)),
    }
    command
}
