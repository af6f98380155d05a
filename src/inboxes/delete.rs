//! Deletes an inbox after explaining the consequences: with its panel, or off a panel that others are on.

use anyhow::Context as _;

use super::{Admin, add_removal, panels};
use crate::discord::components;
use crate::discord::respond::{Answer, Reply};
use crate::domain::ids::InboxId;
use crate::domain::selection::Task;
use crate::error::Result;
use crate::i18n;
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Deleted, Inbox};
use crate::storage::template_files;
use crate::tickets::steps::KINDS;
use crate::work::Held;

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
    let app = &admin.state.app;
    let mut tx = app.db.begin_write().await.context("begin to delete an inbox")?;
    let deleted = inboxes::delete(&mut tx, inbox.id).await.context("delete an inbox")?;
    let deleted = deleted.ok_or(InboxMsg::InboxGone)?;
    template_files::delete_unused(&mut tx, admin.guild).await.context("delete unused files")?;
    let step = match deleted {
        Deleted::WithPanel(panel) => {
            add_removal(&mut tx, admin.guild, panel.channel, panel.message, app.now(), Some(&app.holder)).await?
        }
        Deleted::From(_) | Deleted::Alone => None,
    };
    tx.commit().await.context("commit the deletion of an inbox")?;
    Held::new(admin.state, step).carry_out(KINDS).await;
    let notes = match deleted {
        // A panel without a message has nothing to draw.
        Deleted::From(panel) if panel.message.is_some() => panels::show(&admin, &panel, None).await,
        _ => Vec::new(),
    };
    tracing::info!(guild.id = %admin.guild, inbox.id = %inbox.id, "inbox deleted");
    Ok(Reply::Card {
        msg: InboxMsg::InboxDeleted { inbox: inbox.id }.into(),
        preview: (!notes.is_empty()).then(|| notes.join("\n")),
        rows: Vec::new(),
        in_place: true,
    }
    .into())
}
