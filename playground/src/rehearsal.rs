//! Rehearses the configuration of a real server: builds a server with the channels and roles that its file names, and
//! applies the file as an admin does, with the real bot.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use discord_sim::{Actor, ChannelKind, Guild, Reply, Values};
use toml::{Table, Value};

use crate::world::World;

/// How long the bot may take for one answer, in real time.
const PATIENCE: Duration = Duration::from_mins(1);

/// A string menu (Discord: "Component Reference").
const MENU: u64 = 3;

/// The owner, somebody with every role, and two members.
const PEOPLE: [&str; 4] = ["olga", "mona", "anna", "bert"];

/// The server that a file is for, as far as the file tells.
pub fn world_of(file: &Path) -> anyhow::Result<World> {
    let text = read(file)?;
    let table: Table = text.parse().with_context(|| format!("{} is no configuration file", file.display()))?;
    let (mut channels, mut roles) = (BTreeSet::new(), BTreeSet::new());
    look_for_names(&Value::Table(table), &mut channels, &mut roles);
    ensure!(!channels.is_empty(), "{} names no channels; use the file that /inbox export makes", file.display());
    let named = |name: &String| Table::from_iter([("name".to_owned(), Value::from(name.as_str()))]);
    let role = |name: &String| {
        let mut role = named(name);
        role.insert("mentionable".to_owned(), true.into());
        Value::Table(role)
    };
    let person = |name: &str| {
        let roles = roles.iter().filter(|_| name == PEOPLE[1]).map(|role| Value::from(role.as_str()));
        let mut person = named(&name.to_owned());
        person.insert("roles".to_owned(), roles.collect::<Vec<_>>().into());
        Value::Table(person)
    };
    let world = Table::from_iter([
        ("name".to_owned(), Value::from("Rehearsal")),
        ("owner".to_owned(), PEOPLE[0].into()),
        ("roles".to_owned(), roles.iter().map(role).collect::<Vec<_>>().into()),
        ("channels".to_owned(), channels.iter().map(|name| Value::Table(named(name))).collect::<Vec<_>>().into()),
        ("people".to_owned(), PEOPLE.into_iter().map(person).collect::<Vec<_>>().into()),
    ]);
    World::parse(&world.to_string())
}

/// Gives the file to `/inbox import`, confirms what was found by its name, and applies it.
pub(crate) async fn apply(guild: &Guild, file: &Path) -> anyhow::Result<()> {
    let text = read(file)?;
    let admin = guild.owner();
    let channel = guild.channels().into_iter().find(|channel| channel.kind() == ChannelKind::Text);
    let channel = channel.context("the server has no text channel")?;
    let command =
        admin.slash("inbox import").at(&channel).attachment("file", "ticketbot.toml", text, "application/toml");
    let mut shown = finished(command.try_begin()?).await?;
    while let Some((menu, values)) = menu_of(&shown) {
        let all = Values::strings(values.iter().map(String::as_str));
        shown = finished(admin.try_begin_select(&shown, &menu, &all)?).await?;
    }
    press(&admin, &shown).await
}

async fn press(admin: &Actor, shown: &Reply) -> anyhow::Result<()> {
    let Some(button) = shown.buttons().into_iter().find_map(|button| button.custom_id) else {
        let more = shown.embeds().into_iter().filter_map(|embed| Some(embed["description"].as_str()?.to_owned()));
        bail!("{}\n{}", shown.text(), more.collect::<Vec<_>>().join("\n"));
    };
    finished(admin.try_begin_click(shown, &button)?).await.map(|_| ())
}

/// The first menu of an answer, with all that it offers.
fn menu_of(shown: &Reply) -> Option<(String, Vec<String>)> {
    let rows = shown.components();
    let parts = rows.iter().filter_map(|row| row["components"].as_array()).flatten();
    let menu = parts.into_iter().find(|part| part["type"].as_u64() == Some(MENU))?;
    let options = menu["options"].as_array()?.iter().filter_map(|option| option["value"].as_str());
    Some((menu["custom_id"].as_str()?.to_owned(), options.map(str::to_owned).collect()))
}

async fn finished(reply: Reply) -> anyhow::Result<Reply> {
    tokio::time::timeout(PATIENCE, reply.finished()).await.context("the bot takes too long")
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Collects what is written `#name (id)` or `@name (id)`.
fn look_for_names(value: &Value, channels: &mut BTreeSet<String>, roles: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            let named = text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
            let Some((name, _)) = named.filter(|(_, id)| is_id(id)) else { return };
            if let Some(channel) = name.strip_prefix('#') {
                channels.insert(channel.to_owned());
            } else if let Some(role) = name.strip_prefix('@') {
                roles.insert(role.to_owned());
            }
        }
        Value::Array(each) => each.iter().for_each(|value| look_for_names(value, channels, roles)),
        Value::Table(table) => table.values().for_each(|value| look_for_names(value, channels, roles)),
        _ => {}
    }
}
