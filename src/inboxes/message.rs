//! The message of a panel: replaces its content by a copy of a message that an admin has selected, or posts the panel
//! again, because its message is gone or should move. Its inboxes stay on it as they are.

use std::collections::BTreeSet;

use anyhow::Context as _;

use super::{Admin, InboxMsg, channels, link, panels as drawing};
use crate::checkup::with_mark;
use crate::discord::guild::{ChannelFacts, Unseen};
use crate::discord::inbox_message::{self, Copy, CopyError};
use crate::discord::interaction::SelectedMessage;
use crate::discord::panel_message::NOT_THE_AUTHOR;
use crate::discord::respond::Reply;
use crate::discord::{Refusal, RestError};
use crate::domain::checkup::Finding;
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::inbox_message::{LeftOut, Refused, has_foreign_emoji};
use crate::domain::permissions::Permissions;
use crate::domain::selection::Step;
use crate::error::{Error, Result};
use crate::i18n::{self, AtLeast, AtMost, InboxLink, Message, Relative};
use crate::storage::inbox_facts;
use crate::storage::inboxes::Inbox;
use crate::storage::panels::{self, Face, NewPanel, Reposted};

/// The inbox is known; asks for the message to copy.
pub(super) async fn ask_for_source(admin: &Admin<'_>, inbox: &Inbox) -> Result<Reply> {
    let inbox_link = link(inbox)?;
    let until = admin.wait_for(Step::ReplaceMessage { inbox: inbox.id }).await?;
    Ok(InboxMsg::SelectNewMessage { inbox: inbox_link, until }.into())
}

/// Replaces the content of the inbox's panel. Its buttons get the guild's current language.
pub(super) async fn replace(
    admin: &Admin<'_>,
    inbox: InboxId,
    source: &SelectedMessage,
    until: Relative,
) -> Result<Reply> {
    let inbox = admin.inbox(inbox).await?;
    let link = link(&inbox)?;
    if source.id == link.message {
        return Err(InboxMsg::InboxIsItsOwnSource { until }.into());
    }
    let panel = inbox.panel.ok_or(InboxMsg::InboxDetached { inbox: inbox.id })?;
    let copy = copy_of(admin, source, until).await?;
    let left_out = copy.left_out.clone();
    match copy.replace(&admin.state.rest, link.channel, link.message).await {
        Ok(()) => {
            let mut notes = notes(admin, link.channel, source, &left_out).await;
            admin.state.app.refresh_panel(link.message).await.context("refresh a panel")?;
            notes.extend(drawing::show(admin, &panel, None).await);
            Ok(with_notes(InboxMsg::InboxMessageReplaced { inbox: link }, &notes))
        }
        Err(fault) if matches!(fault.refusal(), Some(Refusal::UnknownMessage | Refusal::Unknown)) => {
            let detached = inbox_facts::detach_messages(&admin.state.app.db, link.channel, &[link.message]).await;
            detached.context("detach an inbox")?;
            Err(InboxMsg::InboxDetached { inbox: inbox.id }.into())
        }
        // The bot has moved to another application since.
        Err(RestError::Refused { code: NOT_THE_AUTHOR, .. }) => {
            Err(InboxMsg::InboxMessageForeign { inbox: inbox.id }.into())
        }
        Err(fault) => {
            if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) {
                // Permissions may have been revoked since the inbox was posted.
                channels::check_inbox_channel(admin, link.channel).await?;
            }
            Err(explain(fault, until))
        }
    }
}

/// A copy of the selected message with its files, or the reason why it cannot be used.
pub(super) async fn copy_of(admin: &Admin<'_>, selected: &SelectedMessage, until: Relative) -> Result<Copy> {
    let limit = admin.state.app.limits().attachments;
    let copied = inbox_message::copy(selected, admin.guild, &admin.state.rest.downloader, limit).await;
    copied.map_err(|error| match error {
        CopyError::Refused(Refused::NothingToCopy) => InboxMsg::NothingToCopy { until }.into(),
        CopyError::Refused(Refused::TooLarge { total, max }) => {
            InboxMsg::AttachmentsTooLarge { total: AtLeast(total), limit: AtMost(max), until }.into()
        }
        CopyError::Unreachable(why) => {
            tracing::warn!(%why, "a file of a selected message could not be fetched");
            InboxMsg::AttachmentUnreachable { until }.into()
        }
    })
}

/// What the admin should know about the copy: what it omits, and emoji that it cannot show.
pub(super) async fn notes(
    admin: &Admin<'_>,
    channel: ChannelId,
    source: &SelectedMessage,
    left_out: &[LeftOut],
) -> Vec<String> {
    let words_for_emoji = emoji_stand_as_words(admin, channel, source).await;
    let emoji = words_for_emoji.then(|| note(admin, &InboxMsg::CopiedWithoutEmoji { channel }));
    omissions(admin, left_out).into_iter().chain(emoji).collect()
}

/// What the copy omits.
pub(super) fn omissions(admin: &Admin<'_>, left_out: &[LeftOut]) -> Vec<String> {
    let left_out = left_out.iter().map(|part| match part {
        LeftOut::Sticker => InboxMsg::CopiedWithoutSticker,
        LeftOut::Poll => InboxMsg::CopiedWithoutPoll,
        LeftOut::PollResult => InboxMsg::CopiedWithoutPollResult,
        LeftOut::Forward => InboxMsg::CopiedWithoutForward,
        LeftOut::Components => InboxMsg::CopiedWithoutComponents,
        LeftOut::Embeds => InboxMsg::CopiedWithoutEmbeds,
        LeftOut::EndOfText => InboxMsg::CopiedWithoutEnd,
        LeftOut::Pictures => InboxMsg::CopiedWithoutPictures,
    });
    left_out.map(|msg| note(admin, &msg)).collect()
}

pub(super) fn note(admin: &Admin<'_>, msg: &dyn Message) -> String {
    format!("ℹ️ {}", i18n::render(&admin.reader, msg))
}

/// Whether the copy shows emoji of other servers as text. Requests only if it may contain such emoji; the inbox exists
/// already, so a failed request is no failure.
pub(super) async fn emoji_stand_as_words(admin: &Admin<'_>, channel: ChannelId, source: &SelectedMessage) -> bool {
    let texts = || {
        let described = source.embeds.iter().filter_map(|embed| embed.description.as_deref());
        std::iter::once(source.content.as_str()).chain(described)
    };
    if !texts().any(|text| has_foreign_emoji(text, &BTreeSet::new())) {
        return false;
    }
    let (Ok(view), Ok(facts)) = tokio::join!(channels::view(admin), ChannelFacts::fetch(&admin.state.rest, channel))
    else {
        return false;
    };
    let may_use = view.bot.permissions_in(&facts).contains(Permissions::USE_EXTERNAL_EMOJIS);
    !may_use && texts().any(|text| has_foreign_emoji(text, &view.emoji))
}

/// A sentence, and further remarks below it.
pub(super) fn with_notes(msg: InboxMsg, notes: &[String]) -> Reply {
    let preview = (!notes.is_empty()).then(|| notes.join("\n"));
    Reply::Card { msg: msg.into(), preview, rows: Vec::new(), in_place: false }
}

/// The reason why Discord refused an inbox message.
pub(super) fn explain(fault: RestError, until: Relative) -> Error {
    match fault.refusal() {
        Some(Refusal::Form) => InboxMsg::InboxMessageRefused { until }.into(),
        Some(Refusal::AutoMod) => InboxMsg::InboxMessageBlocked { until }.into(),
        Some(Refusal::Unknown) => InboxMsg::ChannelGone.into(),
        _ => anyhow::Error::new(fault).context("post an inbox message").into(),
    }
}

/// The first step of `/inbox repost`: the panel keeps its channel unless `channel` is given.
pub async fn begin_repost(admin: &Admin<'_>, reference: &str, channel: Option<ChannelId>) -> Result<Reply> {
    let inbox = admin.resolve_any(reference).await?;
    let channel = channel.unwrap_or(inbox.channel());
    channels::check_inbox_channel(admin, channel).await?;
    let until = admin.wait_for(Step::Repost { inbox: inbox.id, channel }).await?;
    Ok(InboxMsg::SelectRepostMessage { inbox: inbox.id, channel, until }.into())
}

pub(super) async fn finish_repost(
    admin: &Admin<'_>,
    inbox: InboxId,
    channel: ChannelId,
    selected: &SelectedMessage,
    until: Relative,
) -> Result<Reply> {
    let (app, rest) = (&admin.state.app, &admin.state.rest);
    let inbox = admin.inbox(inbox).await?;
    let facts = channels::check_inbox_channel(admin, channel).await?;
    let copy = copy_of(admin, selected, until).await?;
    let left_out = copy.left_out.clone();
    let face = match inbox.panel {
        Some(panel) => Some(admin.face(panel.id).await?),
        None => None,
    };
    let (rows, is_all) = match &face {
        Some(face) => drawing::rows_to_post(face),
        None => drawing::rows_of_lone(&inbox, &admin.guild_locale),
    };
    let drawn = face.as_ref().map(Face::drawn).unwrap_or_default();
    let message = copy.post(rest, channel, rows).await.map_err(|fault| explain(fault, until))?;
    let new = NewPanel { channel, message, slowmode: facts.slowmode };
    let stored = panels::repost(&app.db, inbox.id, new, drawn, app.now()).await;
    let Ok(Some(Reposted { before })) = stored else {
        let reason = i18n::render(&admin.guild_locale, &InboxMsg::InboxUndoneAuditReason);
        inbox_message::delete(rest, channel, message, &reason).await;
        stored.context("store a panel")?;
        return Err(InboxMsg::InboxGone.into());
    };
    // The old button would no longer work.
    if let Some((old, message)) = before.and_then(|old| Some((old, old.message?))) {
        let reason = i18n::render(&admin.guild_locale, &InboxMsg::InboxRepostedAuditReason);
        inbox_message::delete(rest, old.channel, message, &reason).await;
    }
    let on_panel = face.as_ref().map_or(std::slice::from_ref(&inbox), |face| &face.inboxes);
    let gone = lacks_destination(admin, on_panel).await;
    let warning = gone.then(|| with_mark(&admin.reader, &Finding::DestinationGone));
    let mut notes: Vec<_> = warning.into_iter().chain(notes(admin, channel, selected, &left_out).await).collect();
    if !is_all {
        app.refresh_panel(message).await.context("refresh a panel")?;
        if let Some(panel) = admin.inbox(inbox.id).await?.panel {
            notes.extend(drawing::show(admin, &panel, None).await);
        }
    }
    let msg = InboxMsg::InboxReposted { inbox: InboxLink { guild: admin.guild, channel, message } };
    Ok(with_notes(msg, &notes))
}

/// Whether the channel of an inbox's tickets is gone, so that it can open none.
async fn lacks_destination(admin: &Admin<'_>, inboxes: &[Inbox]) -> bool {
    let channels: BTreeSet<ChannelId> = inboxes.iter().map(|inbox| inbox.settings.destination).collect();
    for channel in channels {
        if matches!(ChannelFacts::fetch(&admin.state.rest, channel).await, Err(Unseen::Gone)) {
            return true;
        }
    }
    false
}
