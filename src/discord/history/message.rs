//! A message as Discord sends it: who, when, what kind, and what it refers to. Each field may be missing or malformed.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::body::{self, WireEmoji};
use crate::discord::lenient;
use crate::domain::clock::Timestamp;
use crate::domain::history::{Command, Forward, Kind, Message, Person, Reaction, Reply};
use crate::domain::ids::{MessageId, UserId};

/// Discord: "Message", message types.
mod kind {
    pub(super) const ADDED: u64 = 1;
    pub(super) const REMOVED: u64 = 2;
    pub(super) const RENAMED: u64 = 4;
    pub(super) const PINNED: u64 = 6;
    /// An ordinary one, a reply, an answer to a command, to a context menu entry, and the result of a poll, which is an
    /// embed.
    pub(super) const WRITTEN: [u64; 5] = [0, 19, 20, 23, 46];
}

/// A reference to a message that is forwarded (Discord: "Message", message reference types).
const FORWARD: u64 = 1;

#[derive(Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<MessageId>,
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    author: Option<WireUser>,
    #[serde(default, deserialize_with = "lenient::number")]
    webhook_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::number")]
    application_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::option")]
    edited_timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    pinned: Option<bool>,
    #[serde(default, deserialize_with = "lenient::list")]
    mentions: Vec<WireUser>,
    #[serde(default, deserialize_with = "lenient::option")]
    message_reference: Option<WireReference>,
    #[serde(default, deserialize_with = "lenient::option")]
    referenced_message: Option<WireReferenced>,
    #[serde(default, deserialize_with = "lenient::list")]
    message_snapshots: Vec<WireSnapshot>,
    #[serde(default, deserialize_with = "lenient::option")]
    interaction_metadata: Option<WireInteraction>,
    #[serde(default, deserialize_with = "lenient::list")]
    reactions: Vec<WireReaction>,
}

#[derive(Deserialize)]
struct WireUser {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::option")]
    username: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    global_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    bot: Option<bool>,
}

#[derive(Deserialize)]
struct WireReference {
    #[serde(rename = "type", default, deserialize_with = "lenient::number")]
    kind: Option<u64>,
    #[serde(default, deserialize_with = "lenient::number")]
    message_id: Option<MessageId>,
}

#[derive(Deserialize)]
struct WireReferenced {
    #[serde(default, deserialize_with = "lenient::option")]
    author: Option<WireUser>,
    #[serde(default, deserialize_with = "lenient::number")]
    webhook_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::number")]
    application_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::option")]
    content: Option<String>,
}

#[derive(Deserialize)]
struct WireSnapshot {
    message: Box<RawValue>,
}

/// A forwarded message beside its body.
#[derive(Default, Deserialize)]
struct WireForward {
    #[serde(default, deserialize_with = "lenient::option")]
    timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient::option")]
    edited_timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    mentions: Vec<WireUser>,
}

#[derive(Deserialize)]
struct WireInteraction {
    #[serde(default, deserialize_with = "lenient::option")]
    user: Option<WireUser>,
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct WireReaction {
    #[serde(default, deserialize_with = "lenient::number")]
    count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::option")]
    emoji: Option<WireEmoji>,
}

/// `None` without an id or an author.
pub(super) fn read(json: &str) -> Option<Message> {
    let wire: Wire = serde_json::from_str(json).ok()?;
    let author = wire.author?.author(wire.webhook_id, wire.application_id)?;
    let reference = wire.message_reference.filter(|reference| reference.kind != Some(FORWARD));
    let shown = wire.referenced_message.and_then(WireReferenced::shown);
    let command =
        wire.interaction_metadata.and_then(|used| Some(Command { by: used.user?.person()?, name: used.name }));
    Some(Message {
        id: wire.id?,
        kind: read_kind(wire.kind.unwrap_or(0)),
        author,
        edited_at: wire.edited_timestamp.as_deref().and_then(moment),
        is_pinned: wire.pinned == Some(true),
        body: body::read(json),
        mentions: wire.mentions.into_iter().filter_map(WireUser::person).collect(),
        reply_to: reference.and_then(|reference| Some(Reply { message: reference.message_id?, shown })),
        forwards: wire.message_snapshots.iter().map(|snapshot| forward(snapshot.message.get())).collect(),
        command,
        reactions: wire.reactions.into_iter().filter_map(WireReaction::reaction).collect(),
    })
}

fn forward(json: &str) -> Forward {
    let wire: WireForward = serde_json::from_str(json).unwrap_or_default();
    Forward {
        body: body::read(json),
        at: wire.timestamp.as_deref().and_then(moment),
        edited_at: wire.edited_timestamp.as_deref().and_then(moment),
        mentions: wire.mentions.into_iter().filter_map(WireUser::person).collect(),
    }
}

fn read_kind(kind: u64) -> Kind {
    match kind {
        kind::ADDED => Kind::Added,
        kind::REMOVED => Kind::Removed,
        kind::RENAMED => Kind::Renamed,
        kind::PINNED => Kind::Pinned,
        kind if kind::WRITTEN.contains(&kind) => Kind::Written,
        kind => Kind::Other(kind),
    }
}

/// Discord writes times in ISO 8601.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let at = serenity::Timestamp::parse(text).ok()?;
    Some(Timestamp::from_millis(at.timestamp_millis()))
}

impl WireUser {
    fn person(self) -> Option<Person> {
        let username = self.username.unwrap_or_default();
        let display_name = self.global_name.filter(|name| !name.is_empty()).unwrap_or_else(|| username.clone());
        Some(Person { id: self.id?, display_name, username, is_app: self.bot == Some(true), is_webhook: false })
    }

    /// As the author of a message. The answer to a command has the application's id as its webhook's: it is the bot's.
    fn author(self, webhook: Option<UserId>, application: Option<UserId>) -> Option<Person> {
        let person = self.person()?;
        let is_webhook = webhook == Some(person.id) && webhook != application;
        Some(Person { is_app: person.is_app || webhook.is_some(), is_webhook, ..person })
    }
}

impl WireReferenced {
    fn shown(self) -> Option<(Person, String)> {
        let author = self.author?.author(self.webhook_id, self.application_id)?;
        Some((author, self.content.unwrap_or_default()))
    }
}

impl WireReaction {
    fn reaction(self) -> Option<Reaction> {
        Some(Reaction { emoji: self.emoji?.shown()?, count: self.count.unwrap_or(1) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn message() -> Value {
        json!({
            "id": "100", "type": 19, "channel_id": "1", "content": "Hello", "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": "2016-04-30T11:18:25.796000+00:00", "pinned": true,
            "author": { "id": "9", "username": "anna", "global_name": "Anna", "bot": false },
            "mentions": [{ "id": "8", "username": "mona" }, null, { "username": "nobody" }],
            "message_reference": { "type": 0, "message_id": "99" },
            "referenced_message": { "id": "99", "author": { "id": "8", "username": "mona" }, "content": "Before" },
            "message_snapshots": [
                { "message": {
                    "content": "Forwarded <@7>", "timestamp": "2025-12-31T23:00:00+00:00", "edited_timestamp": null,
                    "mentions": [{ "id": "7", "username": "olga" }, 3],
                } },
                { "message": { "content": 5, "timestamp": [], "mentions": {} } },
                7,
            ],
            "interaction_metadata": { "name": "ticket info", "user": { "id": "8", "username": "mona" } },
            "reactions": [{ "count": 3, "emoji": { "id": null, "name": "👍" } }, { "emoji": { "id": "5", "name": "key" } }],
        })
    }

    fn read_json(json: &Value) -> Option<Message> {
        read(&json.to_string())
    }

    #[test]
    fn a_message_is_read_with_what_it_refers_to() {
        let read = read_json(&message()).expect("a message");
        assert_eq!((read.id.get(), read.kind, read.is_pinned), (100, Kind::Written, true));
        assert_eq!((read.author.display_name.as_str(), read.author.username.as_str()), ("Anna", "anna"));
        assert!(!read.author.is_app);
        assert_eq!(read.edited_at.map(Timestamp::to_rfc3339).as_deref(), Some("2016-04-30T11:18:25.796Z"));
        assert_eq!(read.mentions.iter().map(|person| person.id.get()).collect::<Vec<_>>(), [8]);
        let reply = read.reply_to.expect("a reply");
        let (author, text) = reply.shown.expect("the message replied to");
        assert_eq!((reply.message.get(), author.display_name.as_str(), text.as_str()), (99, "mona", "Before"));
        let forwarded = &read.forwards[0];
        assert_eq!((read.forwards.len(), forwarded.body.text.as_str()), (2, "Forwarded <@7>"));
        assert_eq!(forwarded.at.map(Timestamp::to_rfc3339).as_deref(), Some("2025-12-31T23:00:00.000Z"));
        assert_eq!(forwarded.mentions.iter().map(|person| person.username.as_str()).collect::<Vec<_>>(), ["olga"]);
        assert!(read.forwards[1] == Forward::default(), "each field may be malformed");
        assert_eq!(read.command.expect("a command").name.as_deref(), Some("ticket info"));
        let reactions: Vec<_> = read.reactions.iter().map(|found| (found.emoji.as_str(), found.count)).collect();
        assert_eq!(reactions, [("👍", 3), (":key:", 1)]);
    }

    #[test]
    fn a_field_of_any_shape_takes_nothing_else_along() {
        let odd = [json!(null), json!([]), json!({}), json!("?"), json!(-1), json!({ "a": [null] }), json!([[[]]])];
        for field in message().as_object().expect("an object").keys() {
            for value in &odd {
                let mut changed = message();
                changed[field] = value.clone();
                let read = read_json(&changed);
                if !matches!(field.as_str(), "id" | "author") {
                    let read = read.unwrap_or_else(|| panic!("{field}: {value}"));
                    assert_eq!(read.author.id.get(), 9, "{field}: {value}");
                    assert!(field == "content" || read.body.text == "Hello", "{field}: {value}");
                }
            }
        }
        assert!(read("nonsense").is_none());
    }

    #[test]
    fn system_messages_are_told_apart_and_a_forward_is_no_reply() {
        let table = [
            (0, Kind::Written),
            (1, Kind::Added),
            (2, Kind::Removed),
            (4, Kind::Renamed),
            (6, Kind::Pinned),
            (20, Kind::Written),
            (99, Kind::Other(99)),
        ];
        for (kind, expected) in table {
            let mut changed = message();
            changed["type"] = json!(kind);
            assert_eq!(read_json(&changed).expect("a message").kind, expected);
        }
        let mut forward = message();
        forward["message_reference"]["type"] = json!(1);
        assert!(read_json(&forward).expect("a message").reply_to.is_none());
    }

    #[test]
    fn a_webhook_is_told_from_an_application_that_answers() {
        // Webhook, application: is it an application, a webhook?
        let table = [
            (json!(null), json!(null), (false, false)),
            (json!("9"), json!(null), (true, true)),
            (json!("9"), json!("4"), (true, true)),
            (json!("9"), json!("9"), (true, false)),
            (json!("4"), json!("4"), (true, false)),
            (json!([]), json!("9"), (false, false)),
        ];
        for (webhook, application, expected) in table {
            let mut hook = message();
            for place in ["", "referenced_message"] {
                let part = if place.is_empty() { &mut hook } else { &mut hook[place] };
                part["author"]["id"] = json!("9");
                part["webhook_id"] = webhook.clone();
                part["application_id"] = application.clone();
            }
            let read = read_json(&hook).expect("a message");
            let (replied, _) = read.reply_to.and_then(|reply| reply.shown).expect("a reply");
            for author in [&read.author, &replied] {
                assert_eq!((author.is_app, author.is_webhook), expected, "{webhook} {application}");
            }
        }
    }
}
