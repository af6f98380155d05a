//! What an inbox message shows: a copy of a message that an admin has selected.

use anyhow::Context as _;

use super::{Admin, channels, link};
use crate::discord::inbox_message::{self, Copy, CopyError};
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::Reply;
use crate::discord::{Fault, Refusal};
use crate::domain::ids::InboxId;
use crate::domain::inbox_message::Refused;
use crate::domain::selection::Step;
use crate::error::{Error, Result};
use crate::i18n::{AtLeast, AtMost, Msg, Relative};
use crate::storage::inbox_facts;
use crate::storage::inboxes::Inbox;

/// "Cannot edit a message authored by another user" (Discord: "JSON Error Codes").
const NOT_THE_AUTHOR: u64 = 50005;

/// The inbox is known; now the message that it shall show.
pub(super) async fn ask_for_source(admin: &Admin<'_>, inbox: &Inbox) -> Result<Reply> {
    let inbox_link = link(inbox)?;
    let until = admin.wait_for(Step::ReplaceMessage { inbox: inbox.id }).await?;
    Ok(Msg::SelectNewMessage { inbox: inbox_link, until }.into())
}

/// Replaces what the inbox message shows. Its button is put into the guild's language of today.
pub(super) async fn replace(
    admin: &Admin<'_>,
    inbox: InboxId,
    source: &SelectedMessage,
    until: Relative,
) -> Result<Reply> {
    let inbox = admin.inbox(inbox).await?;
    let link = link(&inbox)?;
    if source.id == link.message {
        return Err(Msg::InboxIsItsOwnSource { until }.into());
    }
    let copy = copy_of(admin, source, until).await?;
    match copy.replace(&admin.state.rest, link.channel, link.message, &admin.guild_locale).await {
        Ok(()) => Ok(Msg::InboxMessageReplaced { inbox: link }.into()),
        Err(fault) if matches!(fault.refusal(), Some(Refusal::UnknownMessage | Refusal::Unknown)) => {
            let detached = inbox_facts::detach_messages(&admin.state.app.db, link.channel, &[link.message]).await;
            detached.context("detach an inbox")?;
            Err(Msg::InboxDetached { inbox: inbox.id }.into())
        }
        // The bot was moved to another application since.
        Err(Fault::Refused { code: NOT_THE_AUTHOR, .. }) => Err(Msg::InboxMessageForeign { inbox: inbox.id }.into()),
        Err(fault) => {
            if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) {
                // What the bot was granted when the inbox was posted may have been taken away since.
                channels::check_inbox_channel(admin, link.channel).await?;
            }
            Err(explain(fault, until))
        }
    }
}

/// A copy of the selected message, its files at hand, or what is wrong with it.
pub(super) async fn copy_of(admin: &Admin<'_>, selected: &SelectedMessage, until: Relative) -> Result<Copy> {
    let limit = admin.state.app.limits().attachments;
    let copied = inbox_message::copy(selected, admin.guild, &admin.state.downloader, limit).await;
    copied.map_err(|error| match error {
        CopyError::Refused(Refused::NothingToCopy) => Msg::NothingToCopy { until }.into(),
        CopyError::Refused(Refused::TooLarge { total, max }) => {
            Msg::AttachmentsTooLarge { total: AtLeast(total), limit: AtMost(max), until }.into()
        }
        CopyError::Unreachable(why) => {
            tracing::warn!(%why, "a file of a selected message could not be fetched");
            Msg::AttachmentUnreachable { until }.into()
        }
    })
}

/// What it means when Discord does not take an inbox message.
pub(super) fn explain(fault: Fault, until: Relative) -> Error {
    match fault.refusal() {
        Some(Refusal::Form) => Msg::InboxMessageRefused { until }.into(),
        Some(Refusal::Unknown) => Msg::ChannelGone.into(),
        _ => anyhow::Error::new(fault).context("post an inbox message").into(),
    }
}
