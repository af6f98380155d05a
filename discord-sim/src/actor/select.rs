//! Choosing from menus.

use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Actor, NotPossible, OrFail};
use crate::handles::{Channel, Message, OnMessage, Reply, Role};

/// The choice. Each kind of menu takes its own kind.
#[derive(Clone, Debug, Default)]
pub struct Values {
    strings: Vec<String>,
    users: Vec<u64>,
    roles: Vec<u64>,
    channels: Vec<u64>,
}

impl Values {
    /// Nothing: clears the menu.
    pub fn none() -> Self {
        Self::default()
    }

    /// Options of a menu by value or label.
    pub fn strings<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        Self { strings: values.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    pub fn users<'a>(users: impl IntoIterator<Item = &'a Actor>) -> Self {
        Self { users: users.into_iter().map(Actor::id).collect(), ..Self::default() }
    }

    pub fn roles<'a>(roles: impl IntoIterator<Item = &'a Role>) -> Self {
        Self { roles: roles.into_iter().map(Role::id).collect(), ..Self::default() }
    }

    /// Users and roles, for mentionable menus.
    pub fn mentionables<'a>(
        users: impl IntoIterator<Item = &'a Actor>,
        roles: impl IntoIterator<Item = &'a Role>,
    ) -> Self {
        Self { roles: Self::roles(roles).roles, ..Self::users(users) }
    }

    pub fn channels<'a>(channels: impl IntoIterator<Item = &'a Channel>) -> Self {
        Self { channels: channels.into_iter().map(Channel::id).collect(), ..Self::default() }
    }

    fn ids(&self) -> impl Iterator<Item = String> {
        let ids = self.users.iter().chain(&self.roles).chain(&self.channels);
        ids.map(u64::to_string)
    }

    /// What does not fit a menu of that kind.
    fn misfit(&self, kind: u64) -> bool {
        let (strings, users, roles, channels) =
            (!self.strings.is_empty(), !self.users.is_empty(), !self.roles.is_empty(), !self.channels.is_empty());
        match kind {
            3 => users || roles || channels,
            5 => strings || roles || channels,
            6 => strings || users || channels,
            7 => strings || channels,
            _ => strings || users || roles,
        }
    }
}

impl Actor {
    /// Chooses from the menu with this custom id, or the n-th as `#0`, and waits for the bot's answer. The same choice
    /// again is not possible until the message was updated.
    pub async fn select(&self, on: &impl OnMessage, menu: &str, values: Values) -> Reply {
        self.begin_select(on, menu, values).finished().await
    }

    pub async fn try_select(&self, on: &impl OnMessage, menu: &str, values: Values) -> Result<Reply, NotPossible> {
        let reply = self.try_begin_select(on, menu, &values)?;
        Ok(reply.finished().await)
    }

    /// Chooses without waiting.
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "reads as `select` does")]
    pub fn begin_select(&self, on: &impl OnMessage, menu: &str, values: Values) -> Reply {
        self.try_begin_select(on, menu, &values).or_fail()
    }

    /// Chooses by the values that the menu sends: options of a list, or ids. What the menu would not offer is refused.
    pub fn try_begin_select_values(
        &self,
        on: &impl OnMessage,
        menu: &str,
        values: &[String],
    ) -> Result<Reply, NotPossible> {
        let message = on.on_message();
        let components = self.components_of(&message)?;
        let Some(found) = components.iter().find(|component| component["custom_id"] == menu) else {
            return self.refuse(&format!("sees no menu {menu:?}"));
        };
        let values = self.offered(found, values)?;
        self.try_begin_select(on, menu, &values)
    }

    /// The choice as typed values, if the menu offers it: members, roles, and channels that this person sees.
    pub(super) fn offered(&self, menu: &Value, values: &[String]) -> Result<Values, NotPossible> {
        let kind = menu["type"].as_u64().unwrap_or(3);
        let mut chosen = Values::none();
        if kind == 3 {
            chosen.strings = values.to_vec();
            return Ok(chosen);
        }
        let types = menu["channel_types"].as_array().filter(|types| !types.is_empty());
        for value in values {
            let Ok(id) = value.parse::<u64>() else {
                return self.refuse(&format!("is not offered {value:?}"));
            };
            let (is_role, is_member, channel) = self.shared.read(|world| {
                let guild = &world.guilds[&self.guild_id];
                let channel = world.channels.get(&id).filter(|channel| world.sees(self.id(), channel));
                (guild.roles.contains_key(&id), guild.members.contains_key(&id), channel.map(|channel| channel.kind))
            });
            match (kind, channel) {
                (5 | 7, _) if is_member => chosen.users.push(id),
                (6 | 7, _) if is_role => chosen.roles.push(id),
                (8, Some(kind)) if types.is_none_or(|types| types.contains(&json!(kind))) => chosen.channels.push(id),
                _ => return self.refuse(&format!("is not offered {value:?} in a menu of type {kind}")),
            }
        }
        Ok(chosen)
    }

    pub fn try_begin_select(&self, on: &impl OnMessage, wanted: &str, values: &Values) -> Result<Reply, NotPossible> {
        let message = on.on_message();
        let components = self.components_of(&message)?;
        let mut menus = components.iter().filter(|component| matches!(component["type"].as_u64(), Some(3 | 5..=8)));
        let index = wanted.strip_prefix('#').and_then(|index| index.parse::<usize>().ok());
        let menu = match index {
            Some(index) => menus.nth(index),
            None => menus.find(|menu| menu["custom_id"] == wanted),
        };
        let Some(menu) = menu else {
            return self.refuse(&format!("sees no menu {wanted:?}"));
        };
        let kind = menu["type"].as_u64().unwrap_or(3);
        let chosen = self.chosen(menu, kind, values)?;
        self.choose(&message, menu, &chosen)?;
        let mut data = json!({
            "component_type": kind,
            "custom_id": menu["custom_id"],
            "id": menu["id"],
            "values": chosen,
        });
        self.resolve(values).add_to(&mut data);
        self.use_component(&message, format!("chooses {chosen:?} in {wanted:?}"), data)
    }

    /// "A select keeps its choice": the same one again sends nothing until the message is updated.
    fn choose(&self, message: &Message, menu: &Value, chosen: &[String]) -> Result<(), NotPossible> {
        let key = (self.id(), message.id, menu["custom_id"].as_str().unwrap_or_default().to_owned());
        let before = self.shared.write(|world| world.chosen.insert(key, chosen.to_vec()));
        if before.as_deref() == Some(chosen) {
            return self.refuse(&format!("has chosen {chosen:?} already: the client sends nothing"));
        }
        Ok(())
    }

    pub(super) fn chosen(&self, menu: &Value, kind: u64, values: &Values) -> Result<Vec<String>, NotPossible> {
        if menu["disabled"] == true {
            return self.refuse("cannot choose: the menu is disabled");
        }
        if values.misfit(kind) {
            return self.refuse(&format!("cannot choose that in a menu of type {kind}: {values:?}"));
        }
        let mut chosen: Vec<String> = values.ids().collect();
        for wanted in &values.strings {
            let options = menu["options"].as_array().into_iter().flatten();
            let mut fitting = options.filter(|option| option["value"] == **wanted || option["label"] == **wanted);
            let Some(value) = fitting.next().and_then(|option| option["value"].as_str()) else {
                return self.refuse(&format!("sees no option {wanted:?} in the menu"));
            };
            chosen.push(value.to_owned());
        }
        let bound = |name: &str| menu[name].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let (min, max) = (bound("min_values"), bound("max_values"));
        if chosen.len() < min || chosen.len() > max {
            return self.refuse(&format!("must choose {min} to {max}, not {}", chosen.len()));
        }
        Ok(chosen)
    }

    pub(super) fn resolve(&self, values: &Values) -> Resolved {
        self.shared.read(|world| {
            let mut resolved = Resolved::default();
            for id in &values.users {
                resolved.user(world, self.guild_id, *id);
            }
            for id in &values.roles {
                resolved.role(world, self.guild_id, *id);
            }
            for id in &values.channels {
                resolved.channel(world, *id, self.id());
            }
            resolved
        })
    }
}
