//! Messages in threads: posts them once, changes them, and finds out who has written.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serde_json::Value;
use serenity::{CreateActionRow, CreateAllowedMentions, CreateMessage, EditMessage, MessageFlags};

use super::super::embeds;
use super::super::rest::{File, Request, Rest, Route};
use super::super::rest_error::{Refusal, RestError};
use super::{ThreadSnapshot, readable};
use crate::domain::clock::Timestamp;
use crate::domain::embed::Embed;
use crate::domain::ids::{MessageId, ThreadId, UserId};
use crate::domain::starter::Starter;

/// A message's author, never its content.
#[derive(Debug, Deserialize)]
struct WireMessage {
    id: serenity::MessageId,
    #[serde(rename = "type")]
    kind: u8,
    author: WireAuthor,
}

#[derive(Debug, Deserialize)]
struct WireMessages(#[serde(deserialize_with = "readable")] Vec<WireMessage>);

#[derive(Debug, Deserialize)]
struct WireAuthor {
    id: serenity::UserId,
}

/// A message and a reply (Discord: "Message", message types). All others are system messages, such as that somebody was
/// added to a thread.
pub(in crate::discord) const WRITTEN: [u8; 2] = [0, 19];

impl WireMessage {
    fn is_written(&self) -> bool {
        WRITTEN.contains(&self.kind)
    }
}

/// Who has posted in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posts {
    /// The bot's first post.
    pub own: Option<Timestamp>,
    /// How many posts are the bot's.
    pub own_count: usize,
    /// Others posted.
    pub others: bool,
}

impl Posts {
    const NONE: Self = Self { own: None, own_count: 0, others: false };

    fn among(shown: &[WireMessage], bot: UserId) -> Self {
        let written = shown.iter().filter(|message| message.is_written());
        let (own, others): (Vec<_>, Vec<_>) = written.partition(|message| UserId::from(message.author.id) == bot);
        let first = own.iter().map(|message| MessageId::from(message.id).created_at()).min();
        Self { own: first, own_count: own.len(), others: !others.is_empty() }
    }
}

/// The first message of a ticket.
#[derive(Debug)]
pub struct FirstPost<'a> {
    pub starter: &'a Starter,
    /// Nobody is notified.
    pub is_silent: bool,
    pub rows: Vec<CreateActionRow>,
    pub embeds: &'a [Embed],
    pub files: Vec<File>,
}

/// Posts the first message, whose text adds the people it mentions. Idempotent for one nonce.
pub async fn post_first(
    rest: &Rest,
    thread: ThreadId,
    post: FirstPost<'_>,
    nonce: &str,
) -> Result<MessageId, RestError> {
    let FirstPost { starter, is_silent, rows, embeds, files } = post;
    let mentions = CreateAllowedMentions::new()
        .users(starter.users.iter().copied().map(serenity::UserId::from))
        .roles(starter.roles.iter().copied().map(serenity::RoleId::from));
    let mut message = CreateMessage::new().content(&starter.content).allowed_mentions(mentions).components(rows);
    message = message.embeds(embeds.iter().map(embeds::draw).collect());
    if is_silent {
        message = message.flags(MessageFlags::SUPPRESS_NOTIFICATIONS);
    }
    let request = || rest.post(Route::Messages(thread.as_channel())).ends_in(thread);
    let posted = post_once_with(&message, &files, nonce, request).await?;
    posted.warn_of_roles_left_out(thread);
    Ok(posted.id.into())
}

/// `FAILED_TO_MENTION_SOME_ROLES_IN_THREAD` (Discord: "Message", message flags).
const ROLES_NOT_ADDED: u64 = 1 << 8;

/// What is read of a posted message.
#[derive(Debug, Deserialize)]
pub(in crate::discord) struct Posted {
    pub(in crate::discord) id: serenity::MessageId,
    #[serde(default)]
    flags: Value,
}

impl Posted {
    /// A role that has too many members to add; members named one by one are in.
    pub(in crate::discord) fn warn_of_roles_left_out(&self, thread: ThreadId) {
        if self.flags.as_u64().is_some_and(|flags| flags & ROLES_NOT_ADDED != 0) {
            tracing::warn!(thread.id = %thread, "Discord added nobody of a staff role to a ticket: it has too many members");
        }
    }
}

/// Posts a text without mentions. Idempotent for one nonce.
pub async fn post_notice(rest: &Rest, thread: ThreadId, text: &str, nonce: &str) -> Result<MessageId, RestError> {
    let message = CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new());
    Ok(post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel()))).await?.id.into())
}

/// Posts a text that notifies at most one person. Idempotent for one nonce.
pub async fn post_line(
    rest: &Rest,
    thread: ThreadId,
    text: &str,
    notified: Option<UserId>,
    nonce: &str,
) -> Result<MessageId, RestError> {
    let mentions = CreateAllowedMentions::new().users(notified.map(serenity::UserId::from));
    let message = CreateMessage::new().content(text).allowed_mentions(mentions);
    Ok(post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel()))).await?.id.into())
}

/// Posts a text with files that notifies nobody, not even of the message. Idempotent for one nonce.
pub async fn post_quietly(
    rest: &Rest,
    thread: ThreadId,
    text: &str,
    files: Vec<File>,
    nonce: &str,
) -> Result<(), RestError> {
    let message = CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new());
    let message = message.flags(MessageFlags::SUPPRESS_NOTIFICATIONS);
    let message = message.nonce(serenity::Nonce::String(nonce.to_owned())).enforce_nonce(true);
    let post = || {
        let request = rest.post(Route::Messages(thread.as_channel())).json(&message).follows_in(thread);
        if files.is_empty() { request } else { request.files(files.clone()) }.send()
    };
    match post().await {
        Err(fault) if fault.may_have_acted() => post().await,
        answered => answered,
    }
}

/// Posts a text with buttons that notifies at most one person. Idempotent for one nonce.
pub async fn post_with_buttons(
    rest: &Rest,
    thread: ThreadId,
    text: &str,
    notified: Option<UserId>,
    rows: Vec<CreateActionRow>,
    nonce: &str,
) -> Result<MessageId, RestError> {
    let mentions = CreateAllowedMentions::new().users(notified.map(serenity::UserId::from));
    let message = CreateMessage::new().content(text).allowed_mentions(mentions).components(rows);
    Ok(post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel()))).await?.id.into())
}

/// Changes the buttons of one of the bot's messages, and its text if one is given. Notifies nobody. The thread must not
/// be archived.
pub async fn edit_message(
    rest: &Rest,
    thread: ThreadId,
    message: MessageId,
    text: Option<&str>,
    rows: Vec<CreateActionRow>,
) -> Result<(), RestError> {
    let mut edit = EditMessage::new().components(rows).allowed_mentions(CreateAllowedMentions::new());
    if let Some(text) = text {
        edit = edit.content(text);
    }
    rest.patch(Route::Message(thread.as_channel(), message)).json(&edit).send().await
}

/// The bot's first message in a thread; `None` without Read Message History, or if it is not among the first hundred.
pub async fn first_own_post(rest: &Rest, thread: ThreadId, bot: UserId) -> Result<Option<MessageId>, RestError> {
    let route = Route::MessagesAfter(thread.as_channel(), MessageId::first_at(thread.created_at()));
    let shown = shown(rest.get(route)).await?.unwrap_or_default();
    let own = shown.iter().filter(|message| message.is_written() && UserId::from(message.author.id) == bot);
    Ok(own.map(|message| message.id.into()).min())
}

/// Whether this person has written in a thread after that message; `None` without Read Message History.
pub async fn has_written_after(
    rest: &Rest,
    thread: ThreadId,
    after: MessageId,
    user: UserId,
) -> Result<Option<bool>, RestError> {
    let shown = shown(rest.get(Route::MessagesAfter(thread.as_channel(), after))).await?;
    let is_theirs = |message: &WireMessage| message.is_written() && UserId::from(message.author.id) == user;
    Ok(shown.map(|shown| shown.iter().any(is_theirs)))
}

/// Discord drops the second of two messages with one nonce "in the past few minutes" (Discord: "Create Message",
/// `enforce_nonce`), so a post without a response may be repeated at once.
pub(in crate::discord) async fn post_once<'a>(
    message: &CreateMessage,
    nonce: &str,
    request: impl Fn() -> Request<'a>,
) -> Result<Posted, RestError> {
    post_once_with(message, &[], nonce, request).await
}

/// The same with files.
pub(in crate::discord) async fn post_once_with<'a>(
    message: &CreateMessage,
    files: &[File],
    nonce: &str,
    request: impl Fn() -> Request<'a>,
) -> Result<Posted, RestError> {
    let message = message.clone().nonce(serenity::Nonce::String(nonce.to_owned())).enforce_nonce(true);
    let post = || {
        let request = request().json(&message);
        if files.is_empty() { request } else { request.files(files.to_vec()) }.fetch()
    };
    match post().await {
        Err(fault) if fault.may_have_acted() => post().await,
        answered => answered,
    }
}

/// Messages that Discord shows; `None` for none or without access.
async fn shown(request: Request<'_>) -> Result<Option<Vec<WireMessage>>, RestError> {
    match request.fetch::<WireMessages>().await {
        Ok(WireMessages(shown)) if shown.is_empty() => Ok(None),
        Ok(WireMessages(shown)) => Ok(Some(shown)),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Who has posted in a thread since then; `None` without Read Message History, which Discord requires (Discord: "Get
/// Channel Messages").
pub async fn posts_since(
    rest: &Rest,
    seen: &ThreadSnapshot,
    since: Timestamp,
    bot: UserId,
) -> Result<Option<Posts>, RestError> {
    if seen.is_silent_since(since) {
        return Ok(Some(Posts::NONE));
    }
    let route = Route::MessagesAfter(seen.thread.as_channel(), MessageId::first_at(since));
    Ok(shown(rest.get(route)).await?.map(|shown| Posts::among(&shown, bot)))
}
