//! Commands: typed ones, and entries of the context menus of messages and members.
//!
//! poise dispatches typed commands from serenity's type. It is built from the fields we have read, with defaults for
//! the rest, not from Discord's JSON: serenity rejects all of it for one unknown part. People named in options reach
//! the commands beside it, as [`Person`].

use std::collections::HashMap;

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use serenity::CommandInteraction;

use super::message::{SelectedAttachment, SelectedMessage};
use super::{Asked, Caller, Menu, MenuTarget};
use crate::discord::lenient;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, MessageId, RoleId, UserId};

/// A typed command, with its options.
#[derive(Clone, Debug)]
pub struct SlashCommand {
    name: String,
    options: Vec<Value>,
    channels: Vec<ChannelId>,
    /// The people named in options.
    pub people: Vec<Person>,
    /// The files of options.
    pub files: Vec<GivenFile>,
}

/// A file of an option.
#[derive(Clone, Debug)]
pub struct GivenFile {
    pub id: u64,
    /// `None`: Discord does not describe it.
    pub file: Option<SelectedAttachment>,
}

/// A person named in an option, or whose context menu was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub user: UserId,
    /// The name in the guild; empty if Discord omits it. Used for the thread's name, never stored or logged.
    pub display_name: String,
    pub is_bot: bool,
    /// Whether they have yet to pass the guild's screening.
    pub is_pending: bool,
    /// Until when they are timed out, or were.
    pub timed_out_until: Option<Timestamp>,
    /// Their roles; `None`: they are no member of the guild, as far as Discord says.
    pub roles: Option<Vec<RoleId>>,
}

/// The option that somebody is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The command and its subcommands, as in `ticket reopen`.
    pub command: String,
    pub option: String,
    /// What is typed so far.
    pub text: String,
}

#[derive(Default, Deserialize)]
struct WireData<'a> {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(borrow, default, deserialize_with = "lenient::option")]
    options: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::number")]
    target_id: Option<u64>,
    #[serde(borrow, default, deserialize_with = "lenient::option")]
    resolved: Option<WireResolved<'a>>,
}

#[derive(Default, Deserialize)]
struct WireResolved<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    messages: HashMap<MessageId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    users: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    members: HashMap<UserId, &'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::map")]
    attachments: HashMap<u64, &'a RawValue>,
}

#[derive(Default, Deserialize)]
struct WireUser {
    #[serde(default, deserialize_with = "lenient::option")]
    bot: Option<bool>,
    #[serde(default, deserialize_with = "lenient::option")]
    global_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    username: Option<String>,
}

#[derive(Default, Deserialize)]
struct WireMember {
    #[serde(default, deserialize_with = "lenient::list")]
    roles: Vec<RoleId>,
    #[serde(default, deserialize_with = "lenient::option")]
    nick: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    pending: Option<bool>,
    #[serde(default, deserialize_with = "lenient::time")]
    communication_disabled_until: Option<Timestamp>,
}

#[derive(Deserialize)]
struct WireOption<'a> {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(borrow, default, deserialize_with = "lenient::option")]
    value: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::option")]
    options: Option<&'a RawValue>,
    /// Somebody is typing it.
    #[serde(default, deserialize_with = "lenient::option")]
    focused: Option<bool>,
}

#[derive(Deserialize)]
struct WireOptions<'a>(#[serde(borrow, deserialize_with = "lenient::list")] Vec<WireOption<'a>>);

/// Discord's types of commands and options.
mod kind {
    pub(super) const SLASH: u64 = 1;
    pub(super) const ON_MEMBER: u64 = 2;
    pub(super) const ON_MESSAGE: u64 = 3;
    pub(super) const SUBCOMMAND: u64 = 1;
    pub(super) const GROUP: u64 = 2;
    pub(super) const STRING: u64 = 3;
    pub(super) const INTEGER: u64 = 4;
    pub(super) const BOOLEAN: u64 = 5;
    pub(super) const USER: u64 = 6;
    pub(super) const CHANNEL: u64 = 7;
    pub(super) const ROLE: u64 = 8;
    pub(super) const FILE: u64 = 11;
}

/// Group, subcommand, option (Discord: "Application Commands", subcommands and groups).
const DEEPEST: usize = 3;

pub(super) fn read(caller: Caller, data: &str) -> Result<Asked, &'static str> {
    let data: WireData<'_> = serde_json::from_str(data).unwrap_or_default();
    let name = data.name.ok_or("the name of a command")?;
    match data.kind {
        // Only context menus have a target.
        Some(kind::ON_MESSAGE) => {
            let messages = data.resolved.unwrap_or_default().messages;
            // There is only one.
            let id =
                data.target_id.filter(|id| *id > 0).map(MessageId::new).or_else(|| messages.keys().copied().next());
            let id = id.ok_or("which message was selected")?;
            let message = messages.get(&id).ok_or("the message that was selected")?;
            let mut message = SelectedMessage::read(id, message.get());
            message.channel = message.channel.or(caller.channel);
            Ok(Asked::Menu(caller, Menu { name, target: MenuTarget::Message(Box::new(message)) }))
        }
        Some(kind::ON_MEMBER) => {
            let resolved = data.resolved.unwrap_or_default();
            let user =
                data.target_id.filter(|id| *id > 0).map(UserId::new).or_else(|| resolved.users.keys().copied().next());
            let mut person = Person::unknown(user.ok_or("which member was selected")?);
            resolved.describe(&mut person);
            Ok(Asked::Menu(caller, Menu { name, target: MenuTarget::Member(person) }))
        }
        None | Some(kind::SLASH) => {
            let mut command =
                SlashCommand { name, options: Vec::new(), channels: Vec::new(), people: Vec::new(), files: Vec::new() };
            command.options = data.options.map(|options| command.read_options(options, DEEPEST)).unwrap_or_default();
            let resolved = data.resolved.unwrap_or_default();
            for person in &mut command.people {
                resolved.describe(person);
            }
            for given in &mut command.files {
                let file = resolved.attachments.get(&given.id);
                given.file = file.and_then(|file| serde_json::from_str(file.get()).ok());
            }
            Ok(Asked::Command(caller, command))
        }
        Some(_) => Err("a kind of command that is not known"),
    }
}

impl Typing {
    /// `None`: no option is marked as being typed.
    pub(super) fn read(data: &str) -> Option<Self> {
        let data: WireData<'_> = serde_json::from_str(data).ok()?;
        let mut command = data.name?;
        let mut options = data.options;
        for _ in 0..DEEPEST {
            let WireOptions(here) = serde_json::from_str(options?.get()).ok()?;
            if let Some(typed) = here.iter().find(|option| option.focused == Some(true)) {
                let value = typed.value.map(RawValue::get).filter(|value| *value != "null").unwrap_or_default();
                let text = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
                return Some(Self { command, option: typed.name.clone()?, text });
            }
            let below = here.into_iter().find(|option| matches!(option.kind, Some(kind::SUBCOMMAND | kind::GROUP)))?;
            command = format!("{command} {}", below.name?);
            options = below.options;
        }
        None
    }
}

impl WireResolved<'_> {
    fn describe(&self, person: &mut Person) {
        let user = self.users.get(&person.user).and_then(|user| serde_json::from_str::<WireUser>(user.get()).ok());
        let user = user.unwrap_or_default();
        let member = self.members.get(&person.user);
        // A member whose roles cannot be read is a member all the same.
        let member = member.map(|member| serde_json::from_str::<WireMember>(member.get()).unwrap_or_default());
        person.is_bot = user.bot.unwrap_or(false);
        person.is_pending = member.as_ref().and_then(|member| member.pending).unwrap_or(false);
        person.timed_out_until = member.as_ref().and_then(|member| member.communication_disabled_until);
        let nick = member.as_ref().and_then(|member| member.nick.clone());
        person.display_name = nick.or(user.global_name).or(user.username).unwrap_or_default();
        person.roles = member.map(|member| member.roles);
    }
}

impl Person {
    /// Somebody of whom only the id is known.
    pub const fn unknown(user: UserId) -> Self {
        let display_name = String::new();
        Self { user, display_name, is_bot: false, is_pending: false, timed_out_until: None, roles: None }
    }
}

impl SlashCommand {
    /// Parses options of the kinds that the bot uses. Others are left out, as if not given.
    fn read_options(&mut self, options: &RawValue, levels: usize) -> Vec<Value> {
        let options = serde_json::from_str::<WireOptions<'_>>(options.get()).map(|options| options.0);
        options.unwrap_or_default().into_iter().filter_map(|option| self.read_option(&option, levels)).collect()
    }

    fn read_option(&mut self, option: &WireOption<'_>, levels: usize) -> Option<Value> {
        let (name, kind) = (option.name.as_ref()?, option.kind?);
        if matches!(kind, kind::SUBCOMMAND | kind::GROUP) {
            let below = option.options.filter(|_| levels > 1).map(|below| self.read_options(below, levels - 1));
            return Some(json!({ "name": name, "type": kind, "options": below.unwrap_or_default() }));
        }
        let value = option.value?.get();
        let value = match kind {
            kind::STRING => json!(serde_json::from_str::<String>(value).ok()?),
            kind::INTEGER => json!(value.trim_matches('"').parse::<i64>().ok()?),
            kind::BOOLEAN => json!(serde_json::from_str::<bool>(value).ok()?),
            kind::CHANNEL => {
                let channel: ChannelId = value.trim_matches('"').parse().ok()?;
                self.channels.push(channel);
                json!(channel.to_string())
            }
            kind::USER => {
                let user: UserId = value.trim_matches('"').parse().ok()?;
                self.people.push(Person::unknown(user));
                json!(user.to_string())
            }
            kind::FILE => {
                let id: u64 = value.trim_matches('"').parse().ok().filter(|id| *id > 0)?;
                self.files.push(GivenFile { id, file: None });
                json!(id.to_string())
            }
            kind::ROLE => json!(value.trim_matches('"').parse::<RoleId>().ok()?.to_string()),
            _ => return None,
        };
        Some(json!({ "name": name, "type": kind, "value": value }))
    }

    /// serenity's type, for poise to find the command and options.
    pub fn for_poise(&self, caller: &Caller) -> serde_json::Result<CommandInteraction> {
        // Of a channel only the id is used.
        let channels: serde_json::Map<String, Value> =
            self.channels.iter().map(|id| (id.to_string(), json!({ "id": id.to_string(), "type": 0 }))).collect();
        let data = json!({
            "id": "1",
            "name": self.name,
            "type": kind::SLASH,
            "options": self.options,
            "resolved": { "channels": channels },
        });
        serde_json::from_value(json!({
            "id": "1",
            "application_id": "1",
            "token": "",
            "version": 1,
            "data": data,
            "guild_id": caller.guild.map(|guild| guild.to_string()),
            "channel_id": caller.channel.map_or_else(|| "1".to_owned(), |channel| channel.to_string()),
            "user": { "id": caller.user.to_string(), "username": "" },
            "locale": caller.reader.to_string(),
            "entitlements": [],
            "attachment_size_limit": 0,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::interaction::Interaction;

    fn read(kind: u64, data: &Value) -> Asked {
        let member = json!({ "user": { "id": "9" } });
        let json = json!({ "id": "1", "token": "t", "type": kind, "data": data, "guild_id": "4", "member": member });
        Interaction::read(&json.to_string()).expect("it can be answered").asked
    }

    #[test]
    fn a_person_named_in_an_option_is_known_as_far_as_discord_says() {
        let odd = [json!(null), json!([]), json!("?"), json!({ "bot": "yes", "roles": { "a": 1 } })];
        let people = |users: Value, members: Value| {
            let options = json!([{ "name": "add", "type": 1, "options": [
                { "name": "member", "type": 6, "value": "77" }, { "name": "role", "type": 8, "value": "88" },
                { "name": "member", "type": 6, "value": "anna" }, { "name": "member", "type": 6, "value": 0 },
            ] }]);
            let data = json!({
                "name": "ticket", "type": 1, "options": options, "resolved": { "users": users, "members": members },
            });
            let Asked::Command(caller, command) = read(2, &data) else { panic!("{data}") };
            let shown =
                format!("{:?}", command.for_poise(&caller).expect("serenity reads what we build").data.options());
            assert!(shown.contains("User(UserId(77))") && shown.contains("RoleId(RoleId(88))"), "{shown}");
            command.people
        };
        let person = |is_bot, roles| vec![Person { is_bot, roles, ..Person::unknown(UserId::new(77)) }];

        let known = people(json!({ "77": { "bot": true } }), json!({ "77": { "roles": ["5", "x", null] } }));
        assert_eq!(known, person(true, Some(vec![RoleId::new(5)])));
        let named = |user: Value, member: Value| people(json!({ "77": user }), json!({ "77": member }))[0].clone();
        let user = json!({ "username": "ada1", "global_name": "Ada" });
        assert_eq!(named(user.clone(), json!({ "nick": "Queen", "pending": true })).display_name, "Queen");
        assert!(named(user.clone(), json!({ "pending": true })).is_pending);
        let timed_out =
            |until: Value| named(user.clone(), json!({ "communication_disabled_until": until })).timed_out_until;
        let until = Some(Timestamp::from_seconds(1_704_067_200));
        assert_eq!(timed_out(json!("2024-01-01T00:00:00.000000+00:00")), until);
        for odd in [json!(null), json!("soon"), json!(5), json!({})] {
            assert_eq!(timed_out(odd.clone()), None, "{odd}");
        }
        assert_eq!(named(user, json!({ "nick": null })).display_name, "Ada");
        assert_eq!(named(json!({ "username": "ada1" }), json!([])).display_name, "ada1");
        assert_eq!(people(json!({ "77": {} }), json!({ "78": {} })), person(false, None));
        for value in odd {
            assert_eq!(
                people(json!({ "77": value }), json!({ "77": value })),
                person(false, Some(Vec::new())),
                "{value}"
            );
            assert_eq!(people(value.clone(), value.clone()), person(false, None), "{value}");
        }
    }

    #[test]
    fn the_member_whose_menu_was_used_is_known_as_far_as_discord_says() {
        let menu = |data: Value| match read(2, &data) {
            Asked::Menu(_, Menu { name, target: MenuTarget::Member(person) }) => (name, person),
            other => panic!("{data}: {other:?}"),
        };
        let data = |resolved: Value| json!({ "name": "Open", "type": 2, "target_id": "77", "resolved": resolved });
        let (name, person) = menu(data(json!({
            "users": { "77": { "username": "ada", "bot": false } }, "members": { "77": { "roles": ["5"], "nick": "Ada" } },
        })));
        assert_eq!(name, "Open");
        assert_eq!((person.user, person.display_name.as_str()), (UserId::new(77), "Ada"));
        assert_eq!(person.roles, Some(vec![RoleId::new(5)]));
        for odd in [json!(null), json!([]), json!({ "users": [], "members": 5 }), json!({ "users": { "x": {} } })] {
            assert_eq!(menu(data(odd.clone())).1, Person::unknown(UserId::new(77)), "{odd}");
        }
        let without = json!({ "name": "Open", "type": 2, "resolved": {} });
        assert!(matches!(read(2, &without), Asked::Unreadable(_)), "nobody is named");
    }
}
