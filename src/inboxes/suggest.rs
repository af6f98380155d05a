//! Choices for an option that names an inbox or a panel, while it is typed: by number, and by what its button says.
//!
//! For admins only, by Manage Server: whoever may use `/inbox` without it types a number or a link.

use std::sync::Arc;

use anyhow::Context as _;

use super::{Admin, InboxMsg, panels};
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::Choice;
use crate::domain::permissions::{self, Permissions};
use crate::error::Result;
use crate::i18n;
use crate::storage::inboxes::{self, Inbox};
use crate::tickets::label;

/// The inboxes of the server.
pub async fn inboxes(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some((admin, all)) = known(state, caller).await? else { return Ok(Vec::new()) };
    let fitting = all.iter().filter(|inbox| fits(&admin, inbox, typed)).take(Choice::MOST);
    Ok(fitting.map(|inbox| Choice { name: panels::name_of(&admin, inbox), value: inbox.id.to_string() }).collect())
}

/// Its panels whose messages exist, each with its inboxes.
pub async fn panels(state: &Arc<BotContext>, caller: &Caller, typed: &str) -> Result<Vec<Choice>> {
    let Some((admin, mut all)) = known(state, caller).await? else { return Ok(Vec::new()) };
    all.retain(|inbox| inbox.message().is_some());
    let choices = super::list::by_panel(&all).into_iter().filter_map(|on_it| {
        let first = on_it.first()?;
        let labels: Vec<String> = on_it.iter().map(|inbox| label(&inbox.settings.panel, &admin.guild_locale)).collect();
        let labels = labels.join(" · ");
        let name = i18n::render(&admin.reader, &InboxMsg::PanelName { inbox: first.id, labels });
        let is_meant = on_it.iter().any(|inbox| fits(&admin, inbox, typed));
        is_meant.then(|| Choice { name, value: first.id.to_string() })
    });
    Ok(choices.take(Choice::MOST).collect())
}

/// `None`: they are no admin, or not in a server.
async fn known<'a>(state: &'a Arc<BotContext>, caller: &Caller) -> Result<Option<(Admin<'a>, Vec<Inbox>)>> {
    let missing = permissions::missing(Permissions::MANAGE_GUILD, caller.permissions.unwrap_or_default());
    let Some(guild) = caller.guild.filter(|_| missing.is_empty()) else { return Ok(None) };
    let all = inboxes::list(&state.app.db, guild).await.context("list inboxes")?;
    Ok(Some((Admin::new(state, caller)?, all)))
}

/// Its number begins so, or its button says so.
fn fits(admin: &Admin<'_>, inbox: &Inbox, typed: &str) -> bool {
    let typed = typed.trim().trim_start_matches('#').to_lowercase();
    inbox.id.to_string().starts_with(&typed)
        || label(&inbox.settings.panel, &admin.guild_locale).to_lowercase().contains(&typed)
}
