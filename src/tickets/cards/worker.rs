//! Draws the cards that do not show the newest state of their tickets: at once after a change, and at the start what
//! changed without this process.
//!
//! Each channel has one drawer at a time, at the pace of `domain::card`. After a failure the channel waits, longer each
//! time; what it should show meanwhile is drawn when it works again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{self, MissedTickBehavior};

use super::draw::{Drawn, draw};
use crate::app::{Turn, TurnEnd};
use crate::discord::{BotContext, Refusal, RestError, report};
use crate::domain::card::{Next, Pace};
use crate::domain::ids::{ChannelId, GuildId, TicketId};
use crate::storage::cards::{self, DueChannel};
use crate::work::{Tools, wait_after};

/// How often the clock is read.
const TICK: Duration = Duration::from_millis(250);

/// Changes that follow one another this closely are drawn together.
const TOGETHER: Duration = Duration::from_millis(100);

/// The wait after a database failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often in a row Discord refuses one card before the others of its channel go on without it.
const MOST_REFUSALS: u32 = 3;

/// How often in a row a card is drawn again at once: its channel waits then.
const MOST_AGAIN: u32 = 5;

/// Runs until the bot stops.
pub async fn run(state: &Arc<BotContext>) {
    let app = &state.app;
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !state.work.is_closed() {
        let next = pass(state).await.unwrap_or_else(|error| {
            tracing::error!(%error, "could not list cards to draw");
            Some(app.clock.monotonic() + AFTER_FAILURE)
        });
        loop {
            tokio::select! {
                () = app.db.changed() => {
                    time::sleep(TOGETHER).await;
                    break;
                }
                () = app.card_drawers.changed() => break,
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
    let mut due = cards::list_due_channels(&app.db).await?;
    due.retain(|due| app.share.has(due.guild));
    for &DueChannel { channel, guild } in &due {
        if state.work.is_closed() {
            break;
        }
        if let Some(turn) = app.card_drawers.begin(channel, guild, app.clock.monotonic()) {
            let drawer = Drawer::new(state, channel, guild, turn);
            state.work.spawn(drawer.run());
        }
    }
    Ok(app.card_drawers.next(due.iter().map(|due| due.channel)))
}

/// Draws the cards of one channel. Dropping it ends its turn.
struct Drawer {
    state: Arc<BotContext>,
    channel: ChannelId,
    guild: GuildId,
    turn: Turn<TicketId, Pace>,
    pace: Pace,
    end: Option<TurnEnd<TicketId, Pace>>,
}

impl Drawer {
    fn new(state: &Arc<BotContext>, channel: ChannelId, guild: GuildId, turn: Turn<TicketId, Pace>) -> Self {
        Self { state: Arc::clone(state), channel, guild, turn, pace: turn.pace, end: None }
    }

    async fn run(mut self) {
        let end = self.draw_all().await;
        self.end = Some(end);
    }

    async fn draw_all(&mut self) -> TurnEnd<TicketId, Pace> {
        let state = Arc::clone(&self.state);
        let app = &state.app;
        let tools = Tools { app, rest: &state.rest };
        let mut again = 0;
        loop {
            let pace = self.pace;
            if state.work.is_closed() {
                return TurnEnd::Done { pace };
            }
            let due = match cards::list_due(&app.db, self.channel).await {
                Ok(due) => due,
                Err(error) => {
                    tracing::error!(%error, "could not list the cards of a channel");
                    return self.failed(AFTER_FAILURE, None);
                }
            };
            let (now, monotonic) = (app.now(), app.clock.monotonic());
            let next = match pace.next(&due, now, monotonic) {
                Next::Draw(next) => next,
                Next::Wait(until) => return TurnEnd::Paused { pace, until },
                Next::Nothing => return TurnEnd::Done { pace },
            };
            let drawn = draw(tools, next.ticket).await;
            // After the answer: Discord counts when the request arrives.
            self.pace.note(next.work, now, app.clock.monotonic());
            match drawn {
                Ok(Drawn::Done) => {
                    again = 0;
                    (self.turn.failures, self.turn.failing) = (0, None);
                }
                Ok(Drawn::Again) if again < MOST_AGAIN => again += 1,
                Ok(Drawn::Again) => return self.failed(wait_after(self.turn.failures), None),
                Ok(Drawn::Failed(fault)) => match self.on_fault(next.ticket, &fault).await {
                    Some(end) => return end,
                    None => again = 0,
                },
                Err(error) => {
                    report::log("draw a card", Err(error));
                    return self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None);
                }
            }
        }
    }

    /// `None`: the other cards go on.
    async fn on_fault(&self, ticket: TicketId, fault: &RestError) -> Option<TurnEnd<TicketId, Pace>> {
        let times = self.turn.failing.filter(|(failing, _)| *failing == ticket).map_or(0, |(_, times)| times);
        if is_of_the_card(fault) && times + 1 >= MOST_REFUSALS {
            tracing::error!(ticket.id = %ticket, %fault, "a card is refused; it is drawn again after the next change");
            match self.give_up(ticket).await {
                Ok(()) => return None,
                Err(error) => tracing::error!(%error, "could not give a card up"),
            }
        }
        let wait = fault.limited_for().unwrap_or_else(|| wait_after(self.turn.failures));
        tracing::warn!(
            channel.id = %self.channel, guild.id = %self.guild, %fault, wait_s = wait.as_secs(),
            "a card could not be drawn; its channel waits"
        );
        Some(self.failed(wait, is_of_the_card(fault).then_some(ticket)))
    }

    async fn give_up(&self, ticket: TicketId) -> crate::storage::Result<()> {
        let db = &self.state.app.db;
        match cards::find(db, ticket).await? {
            Some(card) => cards::set_drawn(db, ticket, card.now()).await,
            None => Ok(()),
        }
    }

    fn failed(&self, wait: Duration, of: Option<TicketId>) -> TurnEnd<TicketId, Pace> {
        TurnEnd::Failed { pace: self.pace, until: self.state.app.clock.monotonic() + wait, of }
    }
}

/// Whether Discord refuses this card, and not the channel, the bot or the moment.
fn is_of_the_card(fault: &RestError) -> bool {
    matches!(fault, RestError::Broken(_))
        || matches!(fault.refusal(), Some(Refusal::Form | Refusal::AutoMod | Refusal::Name | Refusal::Other))
}

impl Drop for Drawer {
    fn drop(&mut self) {
        // A panic counts as a failure.
        let end = self.end.unwrap_or_else(|| self.failed(AFTER_FAILURE.max(wait_after(self.turn.failures)), None));
        let drawers = &self.state.app.card_drawers;
        drawers.end(self.channel, end, self.state.app.clock.monotonic());
    }
}
