//! Reads the messages of a thread, a hundred at a time, oldest first.

mod body;
mod message;
mod parts;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use super::rest::{Rest, Route};
use super::rest_error::RestResult;
use crate::domain::history::Message;
use crate::domain::ids::{MessageId, ThreadId};

/// The most messages of a request (Discord: "Get Channel Messages", limit).
const MOST: usize = 100;

/// Messages that follow each other.
pub struct Page {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// The newest one, readable or not: the next page comes after it. `None`: Discord sent none, which it also does
    /// without Read Message History.
    pub last: Option<MessageId>,
    /// There may be newer ones.
    pub goes_on: bool,
}

/// What a thread is called, and about how many messages it has.
pub struct ThreadFacts {
    pub name: String,
    pub messages: u64,
}

#[derive(Deserialize)]
struct WireThread {
    #[serde(default, deserialize_with = "lenient::option")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    message_count: Option<u64>,
}

/// Only the id, so that a message of unknown shape is passed over.
#[derive(Deserialize)]
struct WireId {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<MessageId>,
}

pub async fn thread(rest: &Rest, thread: ThreadId) -> RestResult<ThreadFacts> {
    let found: WireThread = rest.get(Route::Channel(thread.as_channel())).fetch().await?;
    Ok(ThreadFacts { name: found.name.unwrap_or_default(), messages: found.message_count.unwrap_or(0) })
}

/// The first messages after that one.
pub async fn page(rest: &Rest, thread: ThreadId, after: MessageId) -> RestResult<Page> {
    let found: Vec<Box<RawValue>> = rest.get(Route::MessagesAfter(thread.as_channel(), after)).fetch().await?;
    let id = |raw: &RawValue| serde_json::from_str::<WireId>(raw.get()).ok()?.id;
    let last = found.iter().filter_map(|raw| id(raw)).filter(|id| *id > after).max();
    let mut messages: Vec<Message> = found.iter().filter_map(|raw| message::read(raw.get())).collect();
    messages.retain(|message| message.id > after);
    messages.sort_by_key(|message| message.id);
    Ok(Page { messages, last, goes_on: found.len() >= MOST && last.is_some() })
}
