//! Deletes an inbox on purpose, after saying what that means.

use anyhow::Context as _;

use super::{Admin, link};
use crate::discord::respond::Reply;
use crate::discord::{components, inbox_message};
use crate::domain::custom_id::CustomId;
use crate::domain::ids::InboxId;
use crate::error::Result;
use crate::i18n::Msg;
use crate::storage::inbox_settings;

/// Asks whether it is meant.
pub async fn ask(admin: &Admin<'_>, reference: &str) -> Result<Reply> {
    let inbox = admin.resolve(reference).await?;
    let tickets = inbox_settings::count_tickets(&admin.state.app.db, inbox.id).await.context("count tickets")?;
    Ok(Reply::Card {
        msg: Msg::DeleteInboxAsked { inbox: inbox.id, tickets },
        preview: None,
        rows: vec![components::confirm_delete(&admin.reader, admin.sealed(CustomId::DeleteInbox { inbox: inbox.id }))],
        in_place: false,
    })
}

/// It is.
pub async fn on_confirm(admin: &Admin<'_>, inbox: InboxId) -> Result<Reply> {
    let inbox = admin.inbox(inbox).await?;
    if !inbox_settings::delete(&admin.state.app.db, inbox.id).await.context("delete an inbox")? {
        return Err(Msg::InboxGone.into());
    }
    if let Ok(link) = link(&inbox) {
        inbox_message::delete(
            &admin.state.rest,
            link.channel,
            link.message,
            &admin.guild_locale,
            &Msg::InboxDeletedAuditReason,
        )
        .await;
    }
    tracing::info!(guild.id = %admin.guild, inbox.id = %inbox.id, "inbox deleted");
    Ok(Reply::Card { msg: Msg::InboxDeleted { inbox: inbox.id }, preview: None, rows: Vec::new(), in_place: true })
}
