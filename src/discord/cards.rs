//! The requests for cards: post, find, change and remove one, and start a thread on it.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::{Value, json};

use super::layout::{self, Layout};
use super::rest::{Rest, Route};
use super::rest_error::{Refusal, RestResult};
use super::threads::readable;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, MessageId, ThreadId, UserId};
use crate::domain::staff::StaffMember;

/// The most users, and the most roles, that a message may notify (Discord: "Message", allowed mentions).
const MOST_NOTIFIED: usize = 100;

/// The most pages of 100 messages that are searched for a card.
const MOST_PAGES: usize = 5;

/// The minutes without activity after which Discord archives a thread: a week, the maximum.
const AUTO_ARCHIVE: u16 = 10_080;

/// What is read of a message.
#[derive(Debug, Deserialize)]
struct WireCard {
    id: serenity::MessageId,
    author: WireAuthor,
    #[serde(default)]
    components: Value,
}

#[derive(Debug, Deserialize)]
struct WireAuthor {
    id: serenity::UserId,
}

#[derive(Debug, Deserialize)]
struct WirePosted {
    id: serenity::MessageId,
}

#[derive(Debug, Deserialize)]
struct WireStarted {
    id: serenity::ChannelId,
}

#[derive(Debug, Deserialize)]
struct WireCards(#[serde(deserialize_with = "readable")] Vec<WireCard>);

/// Posts a card. Notifies these members and roles. It is not repeated here: Discord drops a second one with this nonce,
/// but a refusal of a second one says nothing about the first.
pub async fn post(
    rest: &Rest,
    channel: ChannelId,
    card: &Layout,
    notified: &[StaffMember],
    nonce: &str,
) -> RestResult<MessageId> {
    let message = json!({
        "flags": layout::FLAG,
        "components": card.components(),
        "allowed_mentions": allowed(notified),
        "nonce": nonce,
        "enforce_nonce": true,
    });
    Ok(rest.post(Route::Messages(channel)).json(&message).fetch::<WirePosted>().await?.id.into())
}

/// Replaces what a card shows. Notifies nobody.
pub async fn edit(rest: &Rest, channel: ChannelId, message: MessageId, card: &Layout) -> RestResult<()> {
    let change = json!({ "components": card.components(), "allowed_mentions": allowed(&[]) });
    rest.patch(Route::Message(channel, message)).json(&change).send().await
}

/// Deletes a card. Done if it is gone.
pub async fn delete(rest: &Rest, channel: ChannelId, message: MessageId) -> RestResult<()> {
    match rest.delete(Route::Message(channel, message)).send().await {
        Err(fault) if matches!(fault.refusal(), Some(Refusal::UnknownMessage | Refusal::Unknown)) => Ok(()),
        answered => answered,
    }
}

/// The newest message of the bot since then with a component of this id. `None` also without Read Message History,
/// which Discord requires (Discord: "Get Channel Messages").
pub async fn find(
    rest: &Rest,
    channel: ChannelId,
    since: Timestamp,
    bot: UserId,
    component: &str,
) -> RestResult<Option<MessageId>> {
    let mut after = MessageId::first_at(since);
    let mut found = None;
    for _ in 0..MOST_PAGES {
        let page = match rest.get(Route::MessagesAfter(channel, after)).fetch::<WireCards>().await {
            Ok(WireCards(page)) => page,
            Err(fault) if fault.is_forbidden() => return Ok(found),
            Err(fault) => return Err(fault),
        };
        let own = page.iter().filter(|message| UserId::from(message.author.id) == bot);
        let newest = own
            .filter(|message| has(&message.components, "custom_id", component))
            .map(|message| message.id.into())
            .max();
        found = found.max(newest);
        match page.iter().map(|message| MessageId::from(message.id)).max() {
            Some(last) if last > after => after = last,
            _ => break,
        }
    }
    Ok(found)
}

/// The newest of the bot's messages with a button that leads there, among the newest messages of a channel. `None` also
/// without Read Message History.
pub async fn find_recent(rest: &Rest, channel: ChannelId, bot: UserId, link: &str) -> RestResult<Option<MessageId>> {
    let WireCards(newest) = match rest.get(Route::Messages(channel)).fetch().await {
        Ok(newest) => newest,
        Err(fault) if fault.is_forbidden() => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let own = newest.iter().filter(|message| UserId::from(message.author.id) == bot);
    Ok(own.filter(|message| has(&message.components, "url", link)).map(|message| message.id.into()).max())
}

/// Whether a component has this id or leads to this address.
fn has(components: &Value, key: &str, value: &str) -> bool {
    match components {
        Value::Array(parts) => parts.iter().any(|part| has(part, key, value)),
        Value::Object(part) => {
            let within = |inner: &&str| part.get(*inner).is_some_and(|inner| has(inner, key, value));
            part.get(key).and_then(Value::as_str) == Some(value) || ["components", "accessory"].iter().any(within)
        }
        _ => false,
    }
}

/// Starts a public thread on a message. `None`: it has one.
pub async fn start_thread(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    name: &str,
    reason: &str,
) -> RestResult<Option<ThreadId>> {
    let thread = json!({ "name": name, "auto_archive_duration": AUTO_ARCHIVE });
    match rest.post(Route::MessageThread(channel, message)).json(&thread).reason(reason).fetch::<WireStarted>().await {
        Ok(started) => Ok(Some(started.id.into())),
        Err(fault) if fault.refusal() == Some(Refusal::HasThread) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The allowed mentions that notify these members and roles, and nobody else.
fn allowed(notified: &[StaffMember]) -> Value {
    let users = notified.iter().filter_map(|member| match member {
        StaffMember::Member(user) => Some(user.to_string()),
        StaffMember::Role(_) => None,
    });
    let roles = notified.iter().filter_map(|member| match member {
        StaffMember::Role(role) => Some(role.to_string()),
        StaffMember::Member(_) => None,
    });
    let (users, roles): (Vec<_>, Vec<_>) = (users.take(MOST_NOTIFIED).collect(), roles.take(MOST_NOTIFIED).collect());
    json!({ "parse": [], "users": users, "roles": roles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_is_found_wherever_it_stands() {
        let button = json!({ "type": 2, "custom_id": "cjn:7" });
        let row = json!([{ "type": 1, "components": [button] }]);
        let section = json!([{ "type": 9, "components": [{ "type": 10, "content": "cjn:7" }], "accessory": button }]);
        for components in [&row, &section, &json!([{ "type": 17, "components": row }])] {
            assert!(has(components, "custom_id", "cjn:7"), "{components}");
            assert!(!has(components, "custom_id", "cjn:77") && !has(components, "custom_id", "cjn"), "{components}");
        }
        assert!(!has(&json!([{ "type": 10, "content": "cjn:7" }]), "custom_id", "cjn:7"), "a text is no component");
    }
}
