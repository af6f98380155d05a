//! Deletes an inbox after explaining the consequences.

use anyhow::Context as _;

use super::Admin;
use crate::discord::respond::{Answer, Reply};
use crate::discord::{components, inbox_message};
use crate::domain::ids::InboxId;
use crate::error::Result;
use crate::i18n;
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Deleted};

/// Asks for confirmation.
pub async fn ask(admin: &Admin<'_>, reference: &str) -> Result<Reply> {
    let inbox = admin.resolve(reference).await?;
    let tickets = inboxes::count_tickets(&admin.state.app.db, inbox.id).await.context("count tickets")?;
    let label = i18n::render(&admin.reader, &InboxMsg::DeleteInboxButton);
    Ok(Reply::Card {
        msg: InboxMsg::DeleteInboxAsked { inbox: inbox.id, tickets }.into(),
        preview: None,
        rows: vec![components::confirm_delete(&label, admin.id_of(&BUTTON, &(inbox.id,)))],
        in_place: false,
    })
}

/// The confirmation button.
pub(super) const BUTTON: Route =
    Route::component("del", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox,) = request.content::<(InboxId,)>()?;
    let inbox = admin.inbox(inbox).await?;
    let deleted = inboxes::delete(&admin.state.app.db, inbox.id).await.context("delete an inbox")?;
    let Deleted { panel } = deleted.ok_or(InboxMsg::InboxGone)?;
    if let Some((panel, message)) = panel.and_then(|panel| Some((panel, panel.message?))) {
        let reason = &i18n::render(&admin.guild_locale, &InboxMsg::InboxDeletedAuditReason);
        inbox_message::delete(&admin.state.rest, panel.channel, message, reason).await;
    }
    tracing::info!(guild.id = %admin.guild, inbox.id = %inbox.id, "inbox deleted");
    Ok(Reply::Card {
        msg: InboxMsg::InboxDeleted { inbox: inbox.id }.into(),
        preview: None,
        rows: Vec::new(),
        in_place: true,
    }
    .into())
}
