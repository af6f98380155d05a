//! Messages of the bot in channels and threads: posted once, and found again by their text.

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::{CreateAllowedMentions, CreateMessage, MessageFlags, Nonce};

use super::components::{Button, row};
use super::rest::{File, Rest, Route};
use super::rest_error::{Refusal, RestError};
use super::threads::{post_once, readable};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, MessageId, UserId};

/// Posts a text that notifies nobody and shows no previews of links. Idempotent for one nonce.
pub async fn post(
    rest: &Rest,
    channel: ChannelId,
    text: &str,
    buttons: Vec<Button>,
    nonce: &str,
) -> Result<(), RestError> {
    let message = quiet(text).components(row(buttons));
    post_once(&message, nonce, || rest.post(Route::Messages(channel))).await.map(|_| ())
}

/// The same with a file.
pub async fn post_file(rest: &Rest, channel: ChannelId, text: &str, file: File, nonce: &str) -> Result<(), RestError> {
    let message = quiet(text).nonce(Nonce::String(nonce.to_owned())).enforce_nonce(true);
    let post = || rest.post(Route::Messages(channel)).json(&message).files(vec![file.clone()]).send();
    match post().await {
        Err(fault) if fault.may_have_acted() => post().await,
        answered => answered,
    }
}

fn quiet(text: &str) -> CreateMessage {
    CreateMessage::new()
        .content(text)
        .allowed_mentions(CreateAllowedMentions::new())
        .flags(MessageFlags::SUPPRESS_EMBEDS | MessageFlags::SUPPRESS_NOTIFICATIONS)
}

/// Whether a message was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    At(MessageId),
    No,
    /// The bot may not read the channel's messages.
    Unreadable,
}

/// Looks among the newest 50 messages of a channel for one of the bot since then with this text. A bot reads the text of
/// its own messages without the intent for message content.
pub async fn find(
    rest: &Rest,
    channel: ChannelId,
    bot: UserId,
    since: Timestamp,
    is_it: impl Fn(&str) -> bool,
) -> Result<Found, RestError> {
    let Some(shown) = newest(rest, channel).await? else { return Ok(Found::Unreadable) };
    let found = shown.iter().find(|message| message.is_of(bot, since) && is_it(&message.content));
    Ok(found.map_or(Found::No, |message| Found::At(message.id.into())))
}

/// The texts of the bot's messages since then among the newest 50 of a channel; `None`: the bot may not read them.
pub async fn own_texts(
    rest: &Rest,
    channel: ChannelId,
    bot: UserId,
    since: Timestamp,
) -> Result<Option<Vec<String>>, RestError> {
    let shown = newest(rest, channel).await?;
    let own = |shown: Vec<WireMessage>| shown.into_iter().filter(|message| message.is_of(bot, since));
    Ok(shown.map(|shown| own(shown).map(|message| message.content).collect()))
}

/// The newest messages; `None`: Discord shows none, as it does without Read Message History.
async fn newest(rest: &Rest, channel: ChannelId) -> Result<Option<Vec<WireMessage>>, RestError> {
    match rest.get(Route::Messages(channel)).fetch::<WireMessages>().await {
        Ok(WireMessages(shown)) => Ok(Some(shown).filter(|shown| !shown.is_empty())),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// By this most messages are recognised: what follows may have been left out of a later attempt.
pub fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or(text)
}

#[derive(Debug, Deserialize)]
struct WireMessages(#[serde(deserialize_with = "readable")] Vec<WireMessage>);

/// What is read of a message.
#[derive(Deserialize)]
struct WireMessage {
    id: serenity::MessageId,
    author: WireAuthor,
    #[serde(default)]
    content: String,
}

impl WireMessage {
    fn posted_at(&self) -> Timestamp {
        MessageId::from(self.id).created_at()
    }

    fn is_of(&self, bot: UserId, since: Timestamp) -> bool {
        UserId::from(self.author.id) == bot && self.posted_at() >= since
    }
}

/// Never shows the text.
impl std::fmt::Debug for WireMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WireMessage").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Debug, Deserialize)]
struct WireAuthor {
    id: serenity::UserId,
}
