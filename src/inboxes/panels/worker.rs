//! Draws the panels that do not show their newest state: after a change, and what was left by a failure or a crash.
//!
//! Each channel has one drawer at a time, at the pace of `domain::panel`. After a failure the channel waits, longer each
//! time; what its panels should show meanwhile is drawn when it works again.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::time::{self, MissedTickBehavior};

use super::draw::{Outcome, draw};
use crate::app::{Turn, TurnEnd};
use crate::discord::{BotContext, Refusal, RestError, report};
use crate::domain::ids::{ChannelId, GuildId, PanelId};
use crate::domain::panel::{Pace, Panel};
use crate::error::Result;
use crate::storage::panels::{self, StaleChannel};
use crate::work::{Tools, wait_after};

/// How often the clock is read.
const TICK: Duration = Duration::from_millis(250);

/// The wait after a database failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often in a row Discord refuses one panel before the others of its channel go on without it.
const MOST_REFUSALS: u32 = 3;

/// How often in a row a panel is drawn again at once: an answer names at most 20 refused emoji.
const MOST_AGAIN: u32 = 3;

/// How long who has changed a panel waits for its message.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs until the bot stops.
pub async fn run(state: &Arc<BotContext>) {
    let app = &state.app;
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !state.work.is_closed() {
        let next = pass(state).await.unwrap_or_else(|error| {
            tracing::error!(%error, "could not list panels to draw");
            Some(app.clock.monotonic() + AFTER_FAILURE)
        });
        loop {
            tokio::select! {
                () = app.panel_drawers.changed() => break,
                _ = ticks.tick() => {
                    if state.work.is_closed() || next.is_some_and(|next| next <= app.clock.monotonic()) { break }
                }
            }
        }
    }
}

/// Starts the drawers that have work. Returns when another one may start.
async fn pass(state: &Arc<BotContext>) -> crate::storage::Result<Option<Duration>> {
    let app = &state.app;
    let mut due = panels::list_stale_channels(&app.db).await?;
    due.retain(|due| app.share.has(due.guild));
    for &StaleChannel { channel, guild } in &due {
        if state.work.is_closed() {
            break;
        }
        if let Some(turn) = app.panel_drawers.begin(channel, guild, app.clock.monotonic()) {
            state.work.spawn(Drawer::new(state, channel, guild, turn).run());
        }
    }
    Ok(app.panel_drawers.next(due.iter().map(|due| due.channel)))
}

/// Draws a panel that was just changed, unless its channel has to wait. True: its message shows everything.
pub(in crate::inboxes) async fn draw_now(state: &Arc<BotContext>, guild: GuildId, panel: &Panel) -> Result<bool> {
    let app = &state.app;
    if let Some(turn) = app.panel_drawers.begin(panel.channel, guild, app.clock.monotonic()) {
        // In its own task: the drawing goes on when nobody waits for it any longer.
        let drawing = state.work.spawn(Drawer::new(state, panel.channel, guild, turn).run());
        let _as_far_as_it_got = time::timeout(PATIENCE, drawing).await;
    } else {
        app.panel_drawers.wake();
    }
    let face = panels::find_face(&app.db, panel.id).await.context("find a panel")?;
    Ok(face.is_some_and(|face| !face.panel.is_stale))
}

/// Draws the panels of one channel. Dropping it ends its turn.
struct Drawer {
    state: Arc<BotContext>,
    channel: ChannelId,
    guild: GuildId,
    turn: Turn<PanelId, Pace>,
    pace: Pace,
    end: Option<TurnEnd<PanelId, Pace>>,
}

impl Drawer {
    fn new(state: &Arc<BotContext>, channel: ChannelId, guild: GuildId, turn: Turn<PanelId, Pace>) -> Self {
        Self { state: Arc::clone(state), channel, guild, turn, pace: turn.pace, end: None }
    }

    async fn run(mut self) {
        let end = self.draw_all().await;
        self.end = Some(end);
    }

    async fn draw_all(&mut self) -> TurnEnd<PanelId, Pace> {
        let state = Arc::clone(&self.state);
        let app = &state.app;
        let tools = Tools { app, rest: &state.rest };
        let mut again = 0;
        loop {
            let pace = self.pace;
            if state.work.is_closed() {
                return TurnEnd::Done { pace };
            }
            let panel = match panels::list_stale(&app.db, self.channel).await {
                Ok(due) => due.first().copied(),
                Err(error) => {
                    tracing::error!(%error, "could not list the panels of a channel");
                    return self.failed(AFTER_FAILURE, None);
                }
            };
            let Some(panel) = panel else { return TurnEnd::Done { pace } };
            // What Discord refused was not an edit.
            if let Some(until) = pace.free_at(app.clock.monotonic()).filter(|_| again == 0) {
                return TurnEnd::Paused { pace, until };
            }
            let outcome = draw(tools, panel).await;
            // After the answer: Discord counts when the request arrives.
            let noted = self.pace.noted(app.clock.monotonic());
            match outcome {
                Ok(Outcome::Nothing) => return TurnEnd::Done { pace },
                Ok(Outcome::Done) => {
                    again = 0;
                    (self.pace, self.turn.failures, self.turn.failing) = (noted, 0, None);
                }
                Ok(Outcome::Again) if again < MOST_AGAIN => (again, self.pace) = (again + 1, noted),
                Ok(Outcome::Again) => return self.failed(wait_after(self.turn.failures), None),
                Ok(Outcome::Failed(fault)) => {
                    self.pace = noted;
                    match self.on_fault(panel, &fault).await {
                        Some(end) => return end,
                        None => again = 0,
                    }
                }
                Err(error) => {
                    report::log("draw a panel", Err(error));
                    return self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None);
                }
            }
        }
    }

    /// `None`: the other panels go on.
    async fn on_fault(&self, panel: PanelId, fault: &RestError) -> Option<TurnEnd<PanelId, Pace>> {
        let times = self.turn.failing.filter(|(failing, _)| *failing == panel).map_or(0, |(_, times)| times);
        if is_of_the_panel(fault) && times + 1 >= MOST_REFUSALS {
            tracing::error!(panel.id = %panel, %fault, "a panel is refused; it is drawn again after the next change");
            match self.give_up(panel).await {
                Ok(()) => return None,
                Err(error) => tracing::error!(%error, "could not give a panel up"),
            }
        }
        let wait = fault.limited_for().unwrap_or_else(|| wait_after(self.turn.failures));
        tracing::warn!(
            channel.id = %self.channel, guild.id = %self.guild, %fault, wait_s = wait.as_secs(),
            "a panel could not be drawn; its channel waits"
        );
        Some(self.failed(wait, is_of_the_panel(fault).then_some(panel)))
    }

    async fn give_up(&self, panel: PanelId) -> crate::storage::Result<()> {
        let db = &self.state.app.db;
        match panels::find_face(db, panel).await? {
            Some(face) => panels::give_up(db, panel, face.changes).await,
            None => Ok(()),
        }
    }

    fn failed(&self, wait: Duration, of: Option<PanelId>) -> TurnEnd<PanelId, Pace> {
        TurnEnd::Failed { pace: self.pace, until: self.state.app.clock.monotonic() + wait, of }
    }
}

/// Whether Discord refuses this panel, and not the channel, the bot or the moment.
fn is_of_the_panel(fault: &RestError) -> bool {
    matches!(fault, RestError::Broken(_))
        || matches!(fault.refusal(), Some(Refusal::Form | Refusal::AutoMod | Refusal::Name))
}

impl Drop for Drawer {
    fn drop(&mut self) {
        // A panic counts as a failure.
        let end = self.end.unwrap_or_else(|| self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None));
        let drawers = &self.state.app.panel_drawers;
        drawers.end(self.channel, end, self.state.app.clock.monotonic());
    }
}
