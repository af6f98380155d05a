//! Used buttons, menus and forms: their id, the chosen values, what was filled in.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::message::SelectedAttachment;
use crate::discord::lenient;
use crate::domain::form::answers::{Filled, Given, Upload};
use crate::domain::ids::{MessageId, RoleId, UserId};
use crate::domain::staff::StaffMember;

/// A clicked button, a used menu, or a submitted form.
#[derive(Clone, Debug)]
pub struct Pressed {
    pub custom_id: String,
    /// The message with the component, or with the one that opened the form.
    pub message: Option<MessageId>,
    /// The text that is set off in that message, such as a preview.
    pub set_off: Option<String>,
    /// The texts that are set off below it.
    pub further: Vec<String>,
    /// The files of that message.
    pub files: Vec<SelectedAttachment>,
    /// The values chosen, in Discord's order.
    pub values: Vec<Selected>,
    /// A form's fields.
    pub filled: Filled,
    /// The most bytes of a file in an answer (Discord: "Receiving and Responding", `attachment_size_limit`).
    pub upload_limit: Option<u64>,
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
    #[serde(default, deserialize_with = "lenient::number")]
    attachment_size_limit: Option<u64>,
}

#[derive(Default, Deserialize)]
struct WireMessage {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<MessageId>,
    #[serde(default, deserialize_with = "lenient::list")]
    embeds: Vec<WireEmbed>,
    #[serde(default, deserialize_with = "lenient::list")]
    attachments: Vec<SelectedAttachment>,
}

#[derive(Deserialize)]
struct WireEmbed {
    #[serde(default, deserialize_with = "lenient::option")]
    description: Option<String>,
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

#[derive(Default, Deserialize)]
struct WireResolved<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    users: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    members: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    roles: HashMap<RoleId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    attachments: HashMap<String, &'a RawValue>,
}

/// A label (18) with one field, or an action row (1) with some. Other components have neither.
#[derive(Deserialize)]
struct WireRow {
    #[serde(default, deserialize_with = "lenient::option")]
    component: Option<WireField>,
    #[serde(default, deserialize_with = "lenient::list")]
    components: Vec<WireField>,
}

/// Texts, radio buttons and single check boxes have a value, all others have several.
#[derive(Deserialize)]
struct WireField {
    #[serde(default, deserialize_with = "lenient::option")]
    custom_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    value: Option<WireValue>,
    #[serde(default, deserialize_with = "lenient::list")]
    values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WireValue {
    Text(String),
    Flag(bool),
}

/// A name as the server shows it (Discord: "Guild Member", "User").
#[derive(Default, Deserialize)]
struct WireName {
    #[serde(default, deserialize_with = "lenient::option")]
    nick: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    global_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    username: Option<String>,
}

#[derive(Default, Deserialize)]
struct WireAttachment {
    #[serde(default, deserialize_with = "lenient::option")]
    filename: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    size: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    url: Option<String>,
}

impl Pressed {
    pub(super) fn read(json: &str, data: &str) -> Result<Self, &'static str> {
        let wire: Wire = serde_json::from_str(json).unwrap_or_default();
        let message = wire.message.unwrap_or_default();
        let mut set_off = message.embeds.into_iter().filter_map(|embed| embed.description);
        let data: WireData<'_> = serde_json::from_str(data).unwrap_or_default();
        let resolved = data.resolved.unwrap_or_default();
        let fields = data.components.into_iter().flat_map(|row| row.component.into_iter().chain(row.components));
        let fields: Vec<_> = fields.filter_map(|field| Some((field.custom_id.clone()?, field.given()))).collect();
        Ok(Self {
            custom_id: data.custom_id.ok_or("the id of what was used")?,
            message: message.id,
            set_off: set_off.next(),
            further: set_off.collect(),
            files: message.attachments,
            values: data.values.into_iter().map(|value| resolved.selected(value)).collect(),
            filled: resolved.filled(fields),
            upload_limit: wire.attachment_size_limit,
        })
    }

    /// The text of an input; `None` if the form has none of this id.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.filled.get(field) {
            Some(Given::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl WireField {
    fn given(self) -> Given {
        match self.value {
            Some(WireValue::Text(text)) => Given::Text(text),
            Some(WireValue::Flag(flag)) => Given::Flag(flag),
            None if self.values.is_empty() => Given::Nothing,
            None => Given::Values(self.values),
        }
    }
}

impl WireResolved<'_> {
    fn selected(&self, value: String) -> Selected {
        let role = value.parse().ok().filter(|role| self.roles.contains_key(role));
        let user = value.parse().ok().filter(|user| self.users.contains_key(user) || self.members.contains_key(user));
        role.map(Selected::Role).or(user.map(Selected::Member)).unwrap_or(Selected::Value(value))
    }

    /// Names and files only of what the fields chose.
    fn filled(&self, fields: Vec<(String, Given)>) -> Filled {
        let mut filled = Filled { fields, ..Filled::default() };
        for (_, given) in &filled.fields {
            let Given::Values(values) = given else { continue };
            for value in values {
                if let Some((user, name)) = value.parse().ok().and_then(|user| Some((user, self.name(user)?))) {
                    filled.names.insert(user, name);
                }
                if let Some(upload) = self.upload(value) {
                    filled.files.insert(value.clone(), upload);
                }
            }
        }
        filled
    }

    fn name(&self, user: UserId) -> Option<String> {
        let read =
            |raw: Option<&&RawValue>| raw.map(|raw| serde_json::from_str::<WireName>(raw.get()).unwrap_or_default());
        let (member, user) = (read(self.members.get(&user)), read(self.users.get(&user)));
        member.and_then(|member| member.nick).or(user.and_then(|user| user.global_name.or(user.username)))
    }

    fn upload(&self, id: &str) -> Option<Upload> {
        let raw = self.attachments.get(id)?;
        let WireAttachment { filename, size, url } = serde_json::from_str(raw.get()).unwrap_or_default();
        Some(Upload { name: filename.unwrap_or_else(|| id.to_owned()), size: size.unwrap_or(0), url: url? })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(components: &Value, resolved: &Value) -> Filled {
        let data = json!({ "custom_id": "opf", "components": components, "resolved": resolved }).to_string();
        Pressed::read("{}", &data).expect("it has an id").filled
    }

    fn label(component: &Value) -> Value {
        json!({ "type": 18, "id": 1, "component": component })
    }

    #[test]
    fn each_field_of_a_form_is_read_in_the_shape_in_which_it_came() {
        let values = |values: &[&str]| Given::Values(values.iter().map(|value| (*value).to_owned()).collect());
        let text = |text: &str| Given::Text(text.to_owned());
        let fields = [
            (json!({ "type": 4, "custom_id": "text", "value": "Hi" }), text("Hi")),
            (json!({ "type": 4, "custom_id": "empty", "value": "" }), text("")),
            (json!({ "type": 21, "custom_id": "radio", "value": "a" }), text("a")),
            (json!({ "type": 21, "custom_id": "none", "value": null }), Given::Nothing),
            (json!({ "type": 22, "custom_id": "boxes", "values": ["a", 5, "b"] }), values(&["a", "b"])),
            (json!({ "type": 23, "custom_id": "box", "value": false }), Given::Flag(false)),
            (json!({ "type": 3, "custom_id": "menu", "values": [] }), Given::Nothing),
            (json!({ "type": 5, "custom_id": "member", "values": ["7", "8"] }), values(&["7", "8"])),
            (json!({ "type": 19, "custom_id": "files", "values": ["70", "71", "72"] }), values(&["70", "71", "72"])),
            (json!({ "type": 99, "custom_id": "odd", "value": { "a": 1 }, "values": "x" }), Given::Nothing),
        ];
        let components: Value = fields.iter().map(|(field, _)| label(field)).collect();
        let resolved = json!({
            "users": { "7": { "username": "bert", "global_name": "Bert" }, "8": { "username": "carl" }, "9": { "username": "x" } },
            "members": { "7": { "nick": "Bertie" }, "8": { "nick": null } },
            "attachments": {
                "70": { "filename": "a.png", "size": 5, "url": "https://cdn.discordapp.com/a.png", "ephemeral": true },
                "71": { "filename": {}, "size": "?", "url": "https://cdn.discordapp.com/b" },
                "72": { "filename": "without-address.png" },
                "73": { "filename": "another.png", "url": "https://cdn.discordapp.com/c" },
            },
        });

        let filled = read(&components, &resolved);

        let expected: Vec<_> = fields
            .into_iter()
            .map(|(field, given)| (field["custom_id"].as_str().unwrap_or_default().to_owned(), given))
            .collect();
        assert_eq!(filled.fields, expected);
        let names = [(UserId::new(7), "Bertie".to_owned()), (UserId::new(8), "carl".to_owned())].into();
        assert_eq!(filled.names, names);
        let upload = |name: &str, size, url: &str| Upload { name: name.to_owned(), size, url: url.to_owned() };
        let files = [
            ("70".to_owned(), upload("a.png", 5, "https://cdn.discordapp.com/a.png")),
            ("71".to_owned(), upload("71", 0, "https://cdn.discordapp.com/b")),
        ];
        assert_eq!(filled.files, files.into());
    }

    #[test]
    fn what_is_resolved_may_look_like_anything() {
        let components = json!([label(&json!({ "type": 5, "custom_id": "who", "values": ["7"] }))]);
        for odd in [
            json!(null),
            json!([]),
            json!("?"),
            json!({ "7": null }),
            json!({ "7": [] }),
            json!({ "7": { "nick": 5 } }),
        ] {
            let filled = read(&components, &json!({ "users": odd, "members": odd, "attachments": odd }));
            assert_eq!(filled.get("who"), Some(&Given::Values(vec!["7".to_owned()])), "{odd}");
            assert!(filled.names.is_empty() && filled.files.is_empty(), "{odd}");
        }
    }
}
