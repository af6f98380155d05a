//! Draws one panel. Drawing twice does no harm, so a lost answer needs no search.

use anyhow::Context as _;

use super::face;
use crate::discord::panel_message::{self, NOT_THE_AUTHOR};
use crate::discord::{Refusal, RestError};
use crate::domain::ids::{InboxId, MessageId, PanelId};
use crate::domain::panel::Refused;
use crate::error::Result;
use crate::storage::panels::{self, Face};
use crate::storage::{inbox_facts, inboxes};
use crate::work::Tools;
use crate::work::drawer::Outcome;

pub(super) async fn draw(tools: Tools<'_>, panel: PanelId) -> Result<Outcome> {
    let db = &tools.app.db;
    let Some(face) = panels::find_face(db, panel).await.context("find a panel")? else { return Ok(Outcome::Nothing) };
    let Some(message) = face.panel.message.filter(|_| face.panel.is_stale) else { return Ok(Outcome::Nothing) };
    match panel_message::draw(tools.rest, face.panel.channel, message, face::rows(&face)).await {
        Ok(()) => {
            panels::set_drawn(db, panel, message, face.drawn()).await.context("store that a panel was drawn")?;
            Ok(Outcome::Done)
        }
        Err(fault) => on_fault(tools, &face, message, fault).await,
    }
}

async fn on_fault(tools: Tools<'_>, face: &Face, message: MessageId, fault: RestError) -> Result<Outcome> {
    let (db, panel) = (&tools.app.db, face.panel);
    if let Some(refused) = panel_message::refused(&fault) {
        let refused = without(face, &refused);
        if refused.is_empty() {
            return Ok(Outcome::Failed(fault));
        }
        tracing::warn!(panel.id = %panel.id, %fault, "Discord refuses emoji of a panel: it is drawn without them");
        inboxes::refuse_emoji(db, &refused).await.context("store that emoji are refused")?;
        return Ok(Outcome::Again);
    }
    match &fault {
        RestError::Refused { refusal: Refusal::UnknownMessage | Refusal::Unknown, .. } => {
            let detached = inbox_facts::detach_messages(db, panel.channel, &[message]).await;
            detached.context("detach a panel")?;
            Ok(Outcome::Done)
        }
        // The bot has moved to another application since: `/inbox check` says so.
        RestError::Refused { code: NOT_THE_AUTHOR, .. } => {
            tracing::warn!(panel.id = %panel.id, "a panel was posted by another application and cannot be drawn");
            panels::give_up(db, panel.id, face.changes).await.context("give a panel up")?;
            Ok(Outcome::Done)
        }
        _ => Ok(Outcome::Failed(fault)),
    }
}

/// The inboxes whose emoji are left out from now on.
fn without(face: &Face, refused: &Refused) -> Vec<InboxId> {
    let shown = || face.inboxes.iter().filter(|inbox| face::emoji(inbox).is_some()).map(|inbox| inbox.id);
    let named: Vec<InboxId> = match refused {
        Refused::At(places) => {
            places.iter().filter_map(|place| face.inboxes.get(*place)).map(|inbox| inbox.id).collect()
        }
        Refused::Unknown => Vec::new(),
    };
    let named: Vec<InboxId> = shown().filter(|inbox| named.contains(inbox)).collect();
    if named.is_empty() { shown().collect() } else { named }
}
