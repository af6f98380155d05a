//! Deletes an inbox after explaining the consequences: with its panel, or off a panel that others are on.

use anyhow::Context as _;

use super::{Admin, panels};
use crate::discord::respond::{Answer, Reply};
use crate::discord::{components, inbox_message};
use crate::domain::ids::InboxId;
use crate::domain::selection::Task;
use crate::error::Result;
use crate::i18n;
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Deleted, Inbox};

/// Asks for confirmation.
pub async fn ask(admin: &Admin<'_>, reference: &str) -> Result<Reply> {
    admin.with_inbox(Some(reference), Task::Delete).await
}

pub(super) async fn ask_for(admin: &Admin<'_>, inbox: &Inbox) -> Result<Reply> {
    let tickets = inboxes::count_tickets(&admin.state.app.db, inbox.id).await.context("count tickets")?;
    let label = i18n::render(&admin.reader, &InboxMsg::DeleteInboxButton);
    let others = match inbox.panel {
        Some(panel) => (admin.face(panel.id).await?.inboxes.len() as u64).saturating_sub(1),
        None => 0,
    };
    let msg = if others > 0 {
        InboxMsg::DeleteInboxOfPanelAsked { inbox: inbox.id, tickets, others }
    } else {
        InboxMsg::DeleteInboxAsked { inbox: inbox.id, tickets }
    };
    Ok(Reply::Card {
        msg: msg.into(),
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
    let mut notes = Vec::new();
    match deleted.ok_or(InboxMsg::InboxGone)? {
        Deleted::WithPanel(panel) => {
            if let Some(message) = panel.message {
                let reason = &i18n::render(&admin.guild_locale, &InboxMsg::InboxDeletedAuditReason);
                inbox_message::delete(&admin.state.rest, panel.channel, message, reason).await;
            }
        }
        // A panel without a message has nothing to draw.
        Deleted::From(panel) if panel.message.is_some() => notes = panels::show(&admin, &panel, None).await,
        Deleted::From(_) | Deleted::Alone => {}
    }
    tracing::info!(guild.id = %admin.guild, inbox.id = %inbox.id, "inbox deleted");
    Ok(Reply::Card {
        msg: InboxMsg::InboxDeleted { inbox: inbox.id }.into(),
        preview: (!notes.is_empty()).then(|| notes.join("\n")),
        rows: Vec::new(),
        in_place: true,
    }
    .into())
}
