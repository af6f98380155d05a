//! Posts an inbox again, because its message is gone or should move. Keeps settings, staff and counter.

use anyhow::Context as _;

use super::message::{copy_of, explain, notes, with_notes};
use super::{Admin, InboxMsg, channels, create_ticket_label};
use crate::checkup::with_mark;
use crate::discord::guild::{ChannelFacts, Unseen};
use crate::discord::inbox_message;
use crate::discord::interaction::SelectedMessage;
use crate::discord::respond::Reply;
use crate::domain::checkup::Finding;
use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::selection::Step;
use crate::error::Result;
use crate::i18n::{self, InboxLink, Relative};
use crate::storage::panels::{self, NewPanel, Reposted};

/// The first step of `/inbox repost`: the inbox keeps its channel unless `channel` is given.
pub async fn begin(admin: &Admin<'_>, reference: &str, channel: Option<ChannelId>) -> Result<Reply> {
    let inbox = admin.resolve(reference).await?;
    let channel = channel.unwrap_or(inbox.channel());
    channels::check_inbox_channel(admin, channel).await?;
    let until = admin.wait_for(Step::Repost { inbox: inbox.id, channel }).await?;
    Ok(InboxMsg::SelectRepostMessage { inbox: inbox.id, channel, until }.into())
}

pub(super) async fn finish(
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
    let message = copy
        .post(rest, channel, &create_ticket_label(&admin.guild_locale))
        .await
        .map_err(|fault| explain(fault, until))?;
    let new = NewPanel { channel, message, slowmode: facts.slowmode };
    let stored = panels::repost(&app.db, inbox.id, new, app.now()).await;
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
    let gone = matches!(ChannelFacts::fetch(rest, inbox.settings.destination).await, Err(Unseen::Gone));
    let warning = gone.then(|| with_mark(&admin.reader, &Finding::DestinationGone));
    let notes = notes(admin, channel, selected, &left_out).await;
    let msg = InboxMsg::InboxReposted { inbox: InboxLink { guild: admin.guild, channel, message } };
    Ok(with_notes(msg, &warning.into_iter().chain(notes).collect::<Vec<_>>()))
}
