//! Used buttons, menus and forms: their id, the chosen values, the written text.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::discord::lenient;
use crate::domain::ids::{MessageId, RoleId, UserId};
use crate::domain::staff::StaffMember;

/// A clicked button, a used menu, or a submitted form.
#[derive(Clone, Debug)]
pub struct Pressed {
    pub custom_id: String,
    /// The message with the component, or with the one that opened the form.
    pub message: Option<MessageId>,
    /// The values chosen, in Discord's order.
    pub values: Vec<Selected>,
    /// A form's text inputs, by id.
    texts: HashMap<String, String>,
}

/// A value chosen in a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selected {
    Member(UserId),
    Role(RoleId),
    /// One of the bot's own options, a channel, or an id that Discord did not resolve.
    Value(String),
}

impl Selected {
    /// A member or role, from a staff menu.
    pub fn staff(&self) -> Option<StaffMember> {
        match self {
            Self::Member(user) => Some(StaffMember::Member(*user)),
            Self::Role(role) => Some(StaffMember::Role(*role)),
            Self::Value(_) => None,
        }
    }
}

#[derive(Default, Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::option")]
    message: Option<WireMessage>,
}

#[derive(Deserialize)]
struct WireMessage {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<MessageId>,
}

#[derive(Default, Deserialize)]
struct WireData<'a> {
    #[serde(default, deserialize_with = "lenient::option")]
    custom_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    values: Vec<String>,
    #[serde(borrow, default, deserialize_with = "lenient::option")]
    resolved: Option<WireResolved<'a>>,
    /// Of a form.
    #[serde(default, deserialize_with = "lenient::list")]
    components: Vec<WireRow>,
}

/// Only the ids: the objects are not used.
#[derive(Default, Deserialize)]
struct WireResolved<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    users: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    members: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    roles: HashMap<RoleId, &'a RawValue>,
}

/// A label (18) with one input, or an action row (1) with some. Other components have neither.
#[derive(Deserialize)]
struct WireRow {
    #[serde(default, deserialize_with = "lenient::option")]
    component: Option<WireInput>,
    #[serde(default, deserialize_with = "lenient::list")]
    components: Vec<WireInput>,
}

/// A text input; other fields have no text value, or are not sent.
#[derive(Deserialize)]
struct WireInput {
    #[serde(default, deserialize_with = "lenient::option")]
    custom_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    value: Option<String>,
}

impl Pressed {
    pub(super) fn read(json: &str, data: &str) -> Result<Self, &'static str> {
        let message = serde_json::from_str::<Wire>(json).unwrap_or_default().message.and_then(|message| message.id);
        let data: WireData<'_> = serde_json::from_str(data).unwrap_or_default();
        let resolved = data.resolved.unwrap_or_default();
        let inputs = data.components.into_iter().flat_map(|row| row.component.into_iter().chain(row.components));
        Ok(Self {
            custom_id: data.custom_id.ok_or("the id of what was used")?,
            message,
            values: data.values.into_iter().map(|value| resolved.selected(value)).collect(),
            texts: inputs.filter_map(|input| Some((input.custom_id?, input.value?))).collect(),
        })
    }

    /// The text of an input; `None` if the form has none of this id.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.texts.get(field).map(String::as_str)
    }
}

impl WireResolved<'_> {
    fn selected(&self, value: String) -> Selected {
        let role = value.parse().ok().filter(|role| self.roles.contains_key(role));
        let user = value.parse().ok().filter(|user| self.users.contains_key(user) || self.members.contains_key(user));
        role.map(Selected::Role).or(user.map(Selected::Member)).unwrap_or(Selected::Value(value))
    }
}
