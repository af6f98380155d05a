//! Deletes the message of a panel that was deleted with its last inbox. Idempotent. Given up, or refused for good, the
//! message stays: its buttons answer that the inbox no longer exists.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::InboxMsg;
use crate::app::App;
use crate::discord::inbox_message;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, MessageId};
use crate::error::Result;
use crate::i18n::{self, Locale};
use crate::storage::steps::{self, Holder, Lane, NewStep, Step};
use crate::storage::{WriteTx, guilds};
use crate::work::{Attempt, Kind, Outcome, Tools};

/// The kind of step.
pub const REMOVE_PANEL: RemovePanel = RemovePanel;

/// A message that could not be deleted by then stays.
const KEPT_FOR: Duration = Duration::from_hours(24);

pub struct RemovePanel;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    channel: ChannelId,
    message: MessageId,
}

/// The message is to be deleted, if there is one. Returns the step if `holder` holds it.
pub(crate) async fn add_removal(
    tx: &mut WriteTx,
    guild: GuildId,
    channel: ChannelId,
    message: Option<MessageId>,
    at: Timestamp,
    holder: Option<&Holder>,
) -> Result<Option<Step>> {
    let Some(message) = message else { return Ok(None) };
    let new = NewStep {
        lane: Lane::from(message),
        guild,
        ticket: None,
        kind: REMOVE_PANEL.name(),
        payload: serde_json::to_string(&Payload { channel, message }).context("write a panel's removal")?,
        sealed: None,
        due_at: at,
        deadline: at + KEPT_FOR,
    };
    Ok(steps::insert(tx, &new, holder).await.context("store a panel's removal")?)
}

impl Kind for RemovePanel {
    fn name(&self) -> &'static str {
        "remove-panel"
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools.app, step))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Payload { channel, message } = serde_json::from_str(&step.payload).context("read a panel's removal")?;
    let locale = guilds::find_locale(&tools.app.db, step.guild).await.context("find a guild's language")?;
    let locale = locale.as_deref().map(Locale::from_discord).unwrap_or_default();
    let reason = i18n::render(&locale, &InboxMsg::InboxDeletedAuditReason);
    match inbox_message::remove(tools.rest, channel, message, &reason).await {
        Ok(()) => end(tools.app, step).await,
        Err(fault) if fault.is_final() => {
            tracing::warn!(channel.id = %channel, message.id = %message, %fault, "could not delete an inbox message");
            end(tools.app, step).await
        }
        Err(fault) => Ok(Outcome::Failed(fault)),
    }
}

async fn end(app: &App, step: &Step) -> Result<Outcome> {
    let mut tx = app.db.begin_write().await.context("begin to end a step")?;
    let is_done = steps::finish(&mut tx, step).await.context("finish a step")?;
    tx.commit().await.context("commit the end of a step")?;
    Ok(if is_done { Outcome::Done } else { Outcome::Overtaken })
}
