//! Draws the panels that do not show their newest state, at the pace of `domain::panel`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time;

use super::draw::draw;
use crate::app::{App, PanelDrawers};
use crate::discord::{BotContext, Refusal, RestError};
use crate::domain::ids::{ChannelId, GuildId, PanelId};
use crate::domain::panel::{Pace, Panel};
use crate::error::Result;
use crate::storage::{self, panels};
use crate::work::Tools;
use crate::work::drawer::{self, Drawing, Next, Outcome};

/// How long who has changed a panel waits for its message.
const MAX_WAIT: Duration = Duration::from_secs(1);

/// Draws a panel that was just changed, unless its channel has to wait. True: its message shows everything.
pub(in crate::inboxes) async fn draw_now(state: &Arc<BotContext>, guild: GuildId, panel: &Panel) -> Result<bool> {
    let app = &state.app;
    if let Some(drawing) = drawer::begin::<Panels>(state, panel.channel, guild) {
        // The drawing goes on when nobody waits for it any longer.
        let _as_far_as_it_got = time::timeout(MAX_WAIT, drawing).await;
    } else {
        app.panel_drawers.wake();
    }
    let face = panels::find_face(&app.db, panel.id).await.context("find a panel")?;
    Ok(face.is_some_and(|face| !face.panel.is_stale))
}

/// Messages of panels.
pub enum Panels {}

impl Drawing for Panels {
    type Id = PanelId;
    type Pace = Pace;
    type Request = ();

    const NAME: &'static str = "panel";
    /// An answer names at most 20 refused emoji.
    const MOST_AGAIN: u32 = 3;
    const TOGETHER: Duration = Duration::ZERO;

    fn drawers(app: &App) -> &PanelDrawers {
        &app.panel_drawers
    }

    /// Whoever changes a panel wakes the drawers.
    async fn changed(_: &App) {
        std::future::pending::<()>().await;
    }

    async fn list_channels(app: &App) -> storage::Result<Vec<(ChannelId, GuildId)>> {
        panels::list_stale_channels(&app.db).await
    }

    async fn next(app: &App, channel: ChannelId, pace: Pace) -> storage::Result<Next<PanelId, ()>> {
        let due = panels::list_stale(&app.db, channel).await?;
        Ok(match (due.first(), pace.free_at(app.clock.monotonic())) {
            (None, _) => Next::Nothing,
            (Some(_), Some(until)) => Next::Wait(until),
            (Some(panel), None) => Next::Draw(*panel, ()),
        })
    }

    async fn draw(tools: Tools<'_>, panel: PanelId) -> Result<Outcome> {
        draw(tools, panel).await
    }

    async fn give_up(app: &App, panel: PanelId) -> storage::Result<()> {
        match panels::find_face(&app.db, panel).await? {
            Some(face) => panels::give_up(&app.db, panel, face.changes).await,
            None => Ok(()),
        }
    }

    /// What Discord refused was not an edit.
    fn note(app: &App, pace: &mut Pace, (): (), is_refused: bool) {
        if !is_refused {
            *pace = pace.noted(app.clock.monotonic());
        }
    }

    fn is_of_message(fault: &RestError) -> bool {
        matches!(fault, RestError::Broken(_))
            || matches!(fault.refusal(), Some(Refusal::Form | Refusal::AutoMod | Refusal::Name))
    }
}
