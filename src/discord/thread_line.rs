//! A line that the bot posts in a thread.

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateEmbed, CreateMessage, MessageFlags};

use super::rest::{File, Rest, Route};
use super::rest_error::RestError;
use super::threads::{post_once, post_once_with};
use crate::domain::ids::{MessageId, RoleId, ThreadId, UserId};

/// A text, and whom it notifies and adds to the thread.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub text: String,
    pub users: Vec<UserId>,
    pub roles: Vec<RoleId>,
    pub is_silent: bool,
}

/// Posts a line. Idempotent for one nonce.
pub async fn post(rest: &Rest, thread: ThreadId, line: &Line, nonce: &str) -> Result<MessageId, RestError> {
    let mentions = CreateAllowedMentions::new()
        .users(line.users.iter().copied().map(serenity::UserId::from))
        .roles(line.roles.iter().copied().map(serenity::RoleId::from));
    let mut message = CreateMessage::new().content(&line.text).allowed_mentions(mentions);
    if line.is_silent {
        message = message.flags(MessageFlags::SUPPRESS_NOTIFICATIONS);
    }
    let posted = post_once(&message, nonce, || rest.post(Route::Messages(thread.as_channel()))).await?;
    posted.warn_of_roles_left_out(thread);
    Ok(posted.id.into())
}

/// Posts a line with files, and with a quote set off below it; an empty one is left out. Notifies nobody. Idempotent for
/// one nonce.
pub async fn post_quote(
    rest: &Rest,
    thread: ThreadId,
    line: &str,
    quote: &str,
    files: &[File],
    nonce: &str,
) -> Result<(), RestError> {
    let mut message = CreateMessage::new().content(line).allowed_mentions(CreateAllowedMentions::new());
    if !quote.is_empty() {
        message = message.embed(CreateEmbed::new().description(quote));
    }
    let request = || rest.post(Route::Messages(thread.as_channel()));
    post_once_with(&message, files, nonce, request).await.map(drop)
}
