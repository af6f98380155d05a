//! People, messages and a ticket for the tests of the formats.

use std::collections::BTreeMap;
use std::time::Duration;

use super::cover::Facts;
use super::names::Names;
use crate::domain::clock::Timestamp;
use crate::domain::history::{Body, Kind, Message, Person};
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;

pub const GUILD: GuildId = GuildId::new(1);
pub const ANNA: UserId = UserId::new(2 << 22);
pub const BOT: UserId = UserId::new(3 << 22);

/// A Friday afternoon.
pub const AT: Timestamp = Timestamp::from_seconds(1_781_272_980);

pub fn anna() -> Person {
    Person { id: ANNA, display_name: "Anna".to_owned(), username: "anna".to_owned(), is_app: false, is_webhook: false }
}

pub fn bot() -> Person {
    let name = || "tickets".to_owned();
    Person { id: BOT, display_name: name(), username: name(), is_app: true, is_webhook: false }
}

/// One webhook, under a name of its own.
pub fn webhook(name: &str) -> Person {
    let name = || name.to_owned();
    Person { id: UserId::new(6 << 22), display_name: name(), username: name(), is_app: true, is_webhook: true }
}

/// A message of so many minutes later.
pub fn message(minute: u64, author: Person, body: Body) -> Message {
    let at = AT + Duration::from_mins(minute);
    Message {
        id: MessageId::new(MessageId::first_at(at).get() + minute),
        kind: Kind::Written,
        author,
        edited_at: None,
        is_pinned: false,
        body,
        mentions: Vec::new(),
        reply_to: None,
        forwards: Vec::new(),
        command: None,
        reactions: Vec::new(),
    }
}

pub fn said(text: &str) -> Body {
    Body { text: text.to_owned(), ..Body::default() }
}

pub fn facts() -> Facts {
    Facts {
        guild: GUILD,
        guild_name: "Harbour".to_owned(),
        number: 12,
        thread: ThreadId::new(4),
        thread_name: "2026-06-12 Anna".to_owned(),
        inbox: Some((InboxId::new(3), "Lost keys".to_owned())),
        owner: ANNA,
        state: State::Closed,
        priority: Priority::High,
        opened_at: AT,
        opened_by: None,
        claimed_by: Some(UserId::new(5 << 22)),
        closed_at: Some(AT),
        closed_by: Some(BOT),
        starter: None,
        reads_content: Some(true),
        exported_at: AT,
    }
}

pub fn names() -> Names {
    let roles = [(7, "Support"), (GUILD.get(), "@everyone")];
    let roles = roles.map(|(role, name)| (RoleId::new(role), name.to_owned()));
    let mut names = Names::new(GUILD, BTreeMap::from(roles), "unknown role".to_owned());
    names.set_channels(BTreeMap::from([(ChannelId::new(8), "help".to_owned())]));
    names.add(&anna());
    names.add(&bot());
    names
}
