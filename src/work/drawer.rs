//! Keeps messages up to date that show stored state, such as cards and panels: those that do not show the newest state
//! are drawn after a change, and after a failure or a crash.
//!
//! Each channel has one drawer at a time, at its own pace. After a failure the channel waits, longer each time; what it
//! should show meanwhile is drawn when it works again. [`Drawing`] defines what is drawn and how.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{self, MissedTickBehavior};

use super::{Tools, wait_after};
use crate::app::{App, Drawers, Pace, Turn, TurnEnd};
use crate::discord::{BotContext, RestError, report};
use crate::domain::ids::{ChannelId, GuildId};
use crate::error::Result;
use crate::storage;

/// How often the clock is read.
const TICK: Duration = Duration::from_millis(250);

/// The wait after a database failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often in a row Discord refuses one message before the others of its channel go on without it.
const MOST_REFUSALS: u32 = 3;

/// One kind of message.
pub trait Drawing: Send + Sized + 'static {
    /// What a message shows.
    type Id: Copy + PartialEq + Display + Send + Sync;
    type Pace: Pace + Send + Sync;
    /// What the pace counts.
    type Request: Send;

    /// For the log.
    const NAME: &'static str;

    /// How often in a row one is drawn again at once.
    const MOST_AGAIN: u32;

    /// Changes that follow one another this closely are drawn together.
    const TOGETHER: Duration;

    fn drawers(app: &App) -> &Drawers<Self::Id, Self::Pace>;

    /// Returns when something may be to be drawn that the drawers were not told of.
    fn changed(app: &App) -> impl Future<Output = ()> + Send;

    /// The channels with something to draw.
    fn list_channels(app: &App) -> impl Future<Output = storage::Result<Vec<(ChannelId, GuildId)>>> + Send;

    /// What is drawn next in a channel.
    fn next(
        app: &App,
        channel: ChannelId,
        pace: Self::Pace,
    ) -> impl Future<Output = storage::Result<Next<Self::Id, Self::Request>>> + Send;

    fn draw(tools: Tools<'_>, id: Self::Id) -> impl Future<Output = Result<Outcome>> + Send;

    /// Draws it after its next change only.
    fn give_up(app: &App, id: Self::Id) -> impl Future<Output = storage::Result<()>> + Send;

    /// Counts a request. `is_refused`: it is drawn again.
    fn note(app: &App, pace: &mut Self::Pace, request: Self::Request, is_refused: bool);

    /// Whether Discord refuses this message, and not the channel, the bot or the moment.
    fn is_of_message(fault: &RestError) -> bool;
}

pub enum Next<Id, Request> {
    Draw(Id, Request),
    /// Nothing before that time, by the monotonic clock.
    Wait(Duration),
    Nothing,
}

#[derive(Debug)]
pub enum Outcome {
    /// It shows what was there when it was drawn, or cannot be drawn.
    Done,
    /// Nothing was to be drawn, and nothing was requested.
    Nothing,
    /// It is to be drawn once more.
    Again,
    Failed(RestError),
}

/// Runs until the bot stops.
pub async fn run<D: Drawing>(state: &Arc<BotContext>) {
    let app = &state.app;
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !state.work.is_closed() {
        let next = pass::<D>(state).await.unwrap_or_else(|error| {
            tracing::error!(kind = D::NAME, %error, "could not list what is to be drawn");
            Some(app.clock.monotonic() + AFTER_FAILURE)
        });
        loop {
            tokio::select! {
                () = D::changed(app) => {
                    time::sleep(D::TOGETHER).await;
                    break;
                }
                () = D::drawers(app).changed() => break,
                _ = ticks.tick() => {
                    if state.work.is_closed() || next.is_some_and(|next| next <= app.clock.monotonic()) { break }
                }
            }
        }
    }
}

/// Starts the drawers that have work. Returns when another one may start.
async fn pass<D: Drawing>(state: &Arc<BotContext>) -> storage::Result<Option<Duration>> {
    let app = &state.app;
    let mut due = D::list_channels(app).await?;
    due.retain(|(_, guild)| app.share.has(*guild));
    for &(channel, guild) in &due {
        if state.work.is_closed() {
            break;
        }
        begin::<D>(state, channel, guild);
    }
    Ok(D::drawers(app).next(due.iter().map(|(channel, _)| *channel)))
}

/// Draws what is due in a channel, in a task of its own. `None`: the channel is being drawn or has to wait.
pub fn begin<D: Drawing>(state: &Arc<BotContext>, channel: ChannelId, guild: GuildId) -> Option<JoinHandle<()>> {
    let turn = D::drawers(&state.app).begin(channel, guild, state.app.clock.monotonic())?;
    let drawer = Drawer::<D> { state: Arc::clone(state), channel, guild, turn, pace: turn.pace, end: None };
    Some(state.work.spawn(drawer.run()))
}

/// Draws in one channel. Dropping it ends its turn.
struct Drawer<D: Drawing> {
    state: Arc<BotContext>,
    channel: ChannelId,
    guild: GuildId,
    turn: Turn<D::Id, D::Pace>,
    pace: D::Pace,
    end: Option<TurnEnd<D::Id, D::Pace>>,
}

impl<D: Drawing> Drawer<D> {
    async fn run(mut self) {
        let end = self.draw_all().await;
        self.end = Some(end);
    }

    async fn draw_all(&mut self) -> TurnEnd<D::Id, D::Pace> {
        let state = Arc::clone(&self.state);
        let app = &state.app;
        let tools = Tools { app, rest: &state.rest };
        let mut again = 0;
        loop {
            let pace = self.pace;
            if state.work.is_closed() {
                return TurnEnd::Done { pace };
            }
            let (id, request) = match D::next(app, self.channel, pace).await {
                Ok(Next::Draw(id, request)) => (id, request),
                Ok(Next::Wait(until)) => return TurnEnd::Paused { pace, until },
                Ok(Next::Nothing) => return TurnEnd::Done { pace },
                Err(error) => {
                    tracing::error!(kind = D::NAME, %error, "could not list what is to be drawn in a channel");
                    return self.failed(AFTER_FAILURE, None);
                }
            };
            let outcome = D::draw(tools, id).await;
            if matches!(outcome, Ok(Outcome::Nothing)) {
                return TurnEnd::Done { pace };
            }
            // After the answer: Discord counts when the request arrives.
            D::note(app, &mut self.pace, request, matches!(outcome, Ok(Outcome::Again)));
            match outcome {
                Ok(Outcome::Done | Outcome::Nothing) => {
                    again = 0;
                    (self.turn.failures, self.turn.failing) = (0, None);
                }
                Ok(Outcome::Again) if again < D::MOST_AGAIN => again += 1,
                Ok(Outcome::Again) => return self.failed(wait_after(self.turn.failures), None),
                Ok(Outcome::Failed(fault)) => match self.on_fault(id, &fault).await {
                    Some(end) => return end,
                    None => again = 0,
                },
                Err(error) => {
                    report::log("draw a message", Err(error));
                    return self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None);
                }
            }
        }
    }

    /// `None`: the other messages go on.
    async fn on_fault(&self, id: D::Id, fault: &RestError) -> Option<TurnEnd<D::Id, D::Pace>> {
        let times = self.turn.failing.filter(|(failing, _)| *failing == id).map_or(0, |(_, times)| times);
        if D::is_of_message(fault) && times + 1 >= MOST_REFUSALS {
            tracing::error!(kind = D::NAME, %id, %fault, "a message is refused; it is drawn again after the next change");
            match D::give_up(&self.state.app, id).await {
                Ok(()) => return None,
                Err(error) => tracing::error!(kind = D::NAME, %error, "could not give a message up"),
            }
        }
        let wait = fault.limited_for().unwrap_or_else(|| wait_after(self.turn.failures));
        tracing::warn!(
            kind = D::NAME, channel.id = %self.channel, guild.id = %self.guild, %fault, wait_s = wait.as_secs(),
            "a message could not be drawn; its channel waits"
        );
        Some(self.failed(wait, D::is_of_message(fault).then_some(id)))
    }

    fn failed(&self, wait: Duration, of: Option<D::Id>) -> TurnEnd<D::Id, D::Pace> {
        TurnEnd::Failed { pace: self.pace, until: self.state.app.clock.monotonic() + wait, of }
    }
}

impl<D: Drawing> Drop for Drawer<D> {
    fn drop(&mut self) {
        // A panic counts as a failure.
        let end = self.end.unwrap_or_else(|| self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None));
        D::drawers(&self.state.app).end(self.channel, end, self.state.app.clock.monotonic());
    }
}
