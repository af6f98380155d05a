//! Writes what stands on a panel above its buttons, as a file says (`server_config`): in a new message for a new panel, else in
//! the message that it has.
//!
//! The text waits in the step until it is written or given up, for a day at the most. A message whose answer was lost is
//! posted again while its nonce is valid, and searched for after that. Refused for good, a new panel stays without a
//! message: `/inbox check` names it, and `/inbox repost` posts it.

use std::time::Duration;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::{add_removal, panels as drawing};
use crate::discord::guild::ChannelFacts;
use crate::discord::panel_content::{self, find_posted};
use crate::discord::{Refusal, RestError};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, MessageId, PanelId};
use crate::domain::panel_content::PanelContent;
use crate::error::Result;
use crate::storage::panels::{self, Face, NewPanel};
use crate::storage::steps::{self, Lane, NewStep, Step};
use crate::storage::{WriteTx, inbox_facts};
use crate::work::{Attempt, Kind, Outcome, Tools, nonce_holds};

/// The kind of step.
pub const WRITE_PANEL: WritePanel = WritePanel;

/// A text that could not be written by then is given up.
const KEPT_FOR: Duration = Duration::from_hours(24);

/// A posted message is at most this much older, by Discord's clock, than its decision by the local one.
const CLOCKS_APART: Duration = Duration::from_hours(1);

pub struct WritePanel;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    panel: PanelId,
    /// The panel is new, and gets its message.
    posts: bool,
    content: PanelContent,
}

/// Stores what is to be written, for the worker. The panel is stored already.
pub(crate) async fn add_writing(
    tx: &mut WriteTx,
    guild: GuildId,
    panel: PanelId,
    posts: bool,
    content: &PanelContent,
    at: Timestamp,
) -> Result<()> {
    let payload = Payload { panel, posts, content: content.clone() };
    let new = NewStep {
        lane: Lane::from(panel),
        guild,
        ticket: None,
        kind: WRITE_PANEL.name(),
        payload: serde_json::to_string(&payload).context("write a panel's content")?,
        sealed: None,
        due_at: at,
        deadline: at + KEPT_FOR,
    };
    steps::insert(tx, &new, None).await.context("store a panel's content")?;
    Ok(())
}

impl Kind for WritePanel {
    fn name(&self) -> &'static str {
        "write-panel"
    }

    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(carry_out(tools, step))
    }

    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a> {
        Box::pin(end(tools, step))
    }
}

async fn carry_out(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let Payload { panel, posts, content } = serde_json::from_str(&step.payload).context("read a panel's content")?;
    let face = panels::find_face(&tools.app.db, panel).await.context("find a panel")?;
    match face {
        Some(face) if posts && face.panel.message.is_none() => post(tools, step, &face, &content).await,
        Some(face) if !posts => match face.panel.message {
            Some(message) => edit(tools, step, &face, message, &content).await,
            None => end(tools, step).await,
        },
        // It was deleted, or posted by hand.
        _ => end(tools, step).await,
    }
}

async fn edit(
    tools: Tools<'_>,
    step: &Step,
    face: &Face,
    message: MessageId,
    content: &PanelContent,
) -> Result<Outcome> {
    let (rest, channel) = (tools.rest, face.panel.channel);
    let written = match panel_content::read(rest, channel, message).await {
        Ok(now) => panel_content::write(rest, channel, message, content, &now).await,
        Err(fault) => Err(fault),
    };
    match written {
        Ok(()) => end(tools, step).await,
        Err(fault) if matches!(fault.refusal(), Some(Refusal::UnknownMessage | Refusal::Unknown)) => {
            let detached = inbox_facts::detach_messages(&tools.app.db, channel, &[message]).await;
            detached.context("detach a panel")?;
            end(tools, step).await
        }
        Err(fault) => refused(tools, step, face, fault).await,
    }
}

async fn post(tools: Tools<'_>, step: &Step, face: &Face, content: &PanelContent) -> Result<Outcome> {
    let (app, rest, channel) = (tools.app, tools.rest, face.panel.channel);
    let decided_at = step.deadline - KEPT_FOR;
    let (rows, is_all) = drawing::rows_to_post(face);
    if step.attempts > 0 && !nonce_holds(app, decided_at) {
        let Some(identity) = app.identity() else { return Ok(Outcome::Overtaken) };
        let known = panels::messages_in(&app.db, channel).await.context("list the panels of a channel")?;
        let is_other = |id: MessageId| id.created_at() < decided_at - CLOCKS_APART || known.contains(&id);
        match find_posted(rest, channel, identity.bot, content, is_other).await {
            Ok(Some(message)) => return posted(tools, step, face, message, is_all).await,
            Ok(None) => {}
            // Unreadable: it was most likely never posted.
            Err(fault) if matches!(fault.refusal(), Some(Refusal::MissingAccess | Refusal::MissingPermissions)) => {}
            Err(fault) => return Ok(Outcome::Failed(fault)),
        }
    }
    match panel_content::post(rest, channel, content, rows, &step.nonce).await {
        Ok(message) => posted(tools, step, face, message, is_all).await,
        Err(fault) => refused(tools, step, face, fault).await,
    }
}

/// Stores the message. `is_all`: it shows all of the panel.
async fn posted(tools: Tools<'_>, step: &Step, face: &Face, message: MessageId, is_all: bool) -> Result<Outcome> {
    let (app, panel) = (tools.app, face.panel);
    let facts = ChannelFacts::fetch(tools.rest, panel.channel).await;
    let slowmode = facts.map_or(Duration::ZERO, |facts| facts.slowmode);
    let new = NewPanel { channel: panel.channel, message, slowmode };
    let mut tx = app.db.begin_write().await.context("begin to store a panel's message")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Outcome::Overtaken);
    }
    if panels::set_posted(&mut tx, panel.id, new, face.drawn()).await.context("store a panel's message")? {
        if !is_all {
            panels::touch(&mut tx, panel.id).await.context("count a change of a panel")?;
        }
    } else {
        // The panel was deleted, or posted by hand meanwhile.
        add_removal(&mut tx, face.guild, panel.channel, Some(message), app.now(), None).await?;
    }
    tx.commit().await.context("commit a panel's message")?;
    app.alarm.ring();
    app.panel_drawers.wake();
    Ok(Outcome::Done)
}

async fn refused(tools: Tools<'_>, step: &Step, face: &Face, fault: RestError) -> Result<Outcome> {
    if !fault.is_final() {
        return Ok(Outcome::Failed(fault));
    }
    tracing::warn!(panel.id = %face.panel.id, %fault, "what a file says about a panel was refused");
    end(tools, step).await
}

async fn end(tools: Tools<'_>, step: &Step) -> Result<Outcome> {
    let mut tx = tools.app.db.begin_write().await.context("begin to end a step")?;
    let is_done = steps::finish(&mut tx, step).await.context("finish a step")?;
    tx.commit().await.context("commit the end of a step")?;
    Ok(if is_done { Outcome::Done } else { Outcome::Overtaken })
}
