//! Takes over unheld steps: left by a crash, or due for a retry.
//!
//! Sleeps until it is woken or something is due; the database alone holds what is due.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{self, MissedTickBehavior};
use tokio_util::task::TaskTracker;

use super::{Kinds, OnTimer, Tools, carry_out, carry_out_lane};
use crate::app::App;
use crate::discord::{BotContext, report};
use crate::domain::clock::Timestamp;
use crate::domain::ids::GuildId;
use crate::storage::Result;
use crate::storage::steps::{self, Lane};
use crate::storage::timers;

/// How often the clock is read.
const TICK: Duration = Duration::from_secs(1);

/// Concurrent lanes, in all and per guild: a failing guild leaves room for the others.
const MOST: usize = 256;
const MOST_OF_GUILD: usize = 8;

/// Enough that those of one failing guild do not hide all others.
const LOOKED_AT: u32 = 4096;

/// Timers in one pass.
const MOST_TIMERS: u32 = 256;

/// The wait after a database failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Takes over due steps in the guilds of this process.
pub struct Worker {
    state: Arc<BotContext>,
    kinds: Kinds,
    on_timer: OnTimer,
    running: Arc<Mutex<HashMap<GuildId, usize>>>,
}

impl Worker {
    pub fn new(state: Arc<BotContext>, kinds: Kinds, on_timer: OnTimer) -> Self {
        Self { state, kinds, on_timer, running: Arc::default() }
    }

    /// Runs until the bot stops.
    pub async fn run(&self) {
        let app = &self.state.app;
        let mut has_taken_over = false;
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut now = app.now();
        while !self.state.work.is_closed() {
            let next = self.pass(&mut has_taken_over).await.unwrap_or_else(|error| {
                tracing::error!(%error, "could not find the steps that are due");
                Next { step: Some(app.now() + AFTER_FAILURE), timer: None }
            });
            loop {
                tokio::select! {
                    () = app.alarm.rung() => break,
                    _ = ticks.tick() => {
                        let before = std::mem::replace(&mut now, app.now());
                        if before > now + TICK {
                            self.on_clock_set_back(now).await;
                            break;
                        }
                        if self.state.work.is_closed() || next.is_due(app, now) { break }
                    }
                }
            }
        }
    }

    /// What waits for a time of the clock before is due now: a retry too early does no harm.
    async fn on_clock_set_back(&self, now: Timestamp) {
        tracing::warn!("the machine's clock was set back");
        if let Err(error) = steps::hasten(&self.state.app.db, now).await {
            tracing::error!(%error, "could not hasten the steps that wait");
        }
    }

    /// Starts due lanes; returns what is due next. The first successful pass takes over the steps of an earlier run.
    async fn pass(&self, has_taken_over: &mut bool) -> Result<Next> {
        let app = &self.state.app;
        if !*has_taken_over {
            steps::take_over(&app.db, &app.holder, app.now(), |guild| app.share.has(guild)).await?;
            *has_taken_over = true;
        }
        let mut abandoned = app.alarm.take_abandoned();
        while let Some(step) = abandoned.pop() {
            if let Err(error) = steps::release(&app.db, step).await {
                abandoned.push(step);
                app.alarm.put_back(abandoned);
                return Err(error);
            }
        }
        let now = app.now();
        for (lane, guild) in steps::due_lanes(&app.db, now, LOOKED_AT).await? {
            if app.share.has(guild) && !self.state.work.is_closed() && self.begin(guild) {
                let place = Place { state: Arc::clone(&self.state), running: Arc::clone(&self.running), guild };
                let kinds = self.kinds;
                self.state.work.spawn(async move { place.run(kinds, lane).await });
            }
        }
        let timer = self.run_timers().await?;
        Ok(Next { step: steps::next_due(&app.db, now).await?, timer })
    }

    /// Handles due timers, one after the other: they make no requests. Returns when the next one is due.
    async fn run_timers(&self) -> Result<Option<Timestamp>> {
        let app = &self.state.app;
        let now = app.now_at_discord();
        let due = timers::list_due(&app.db, now, MOST_TIMERS).await?;
        if due.len() >= MOST_TIMERS as usize {
            app.alarm.ring();
        }
        let mut has_failed = false;
        for timer in due.into_iter().filter(|timer| app.share.has(timer.guild)) {
            if self.state.work.is_closed() {
                break;
            }
            if let Err(error) = (self.on_timer)(&self.state, timer).await {
                report::log("handle a timer", Err(error));
                has_failed = true;
            }
        }
        let next = timers::next_due(&app.db, now).await?;
        Ok(if has_failed { Some(next.map_or(now + AFTER_FAILURE, |next| next.min(now + AFTER_FAILURE))) } else { next })
    }

    fn begin(&self, guild: GuildId) -> bool {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.values().sum::<usize>() >= MOST || running.get(&guild).is_some_and(|count| *count >= MOST_OF_GUILD) {
            return false;
        }
        *running.entry(guild).or_default() += 1;
        true
    }
}

/// When the next step is due, by the local clock, and the next timer, by Discord's.
struct Next {
    step: Option<Timestamp>,
    timer: Option<Timestamp>,
}

impl Next {
    fn is_due(&self, app: &App, now: Timestamp) -> bool {
        self.step.is_some_and(|step| step <= now) || self.timer.is_some_and(|timer| timer <= app.now_at_discord())
    }
}

/// The slot of a running lane. Dropping it frees the slot.
struct Place {
    state: Arc<BotContext>,
    running: Arc<Mutex<HashMap<GuildId, usize>>>,
    guild: GuildId,
}

impl Place {
    async fn run(self, kinds: Kinds, lane: Lane) {
        let tools = Tools { app: &self.state.app, rest: &self.state.rest };
        carry_out_lane(tools, kinds, lane).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = running.get_mut(&self.guild) {
            *count -= 1;
            if *count == 0 {
                running.remove(&self.guild);
            }
        }
        drop(running);
        self.state.app.alarm.ring();
    }
}

/// A newly decided step that begins after something else, such as an answer. Dropping it leaves the step to the worker.
pub struct Held {
    state: Arc<BotContext>,
    step: Option<steps::Step>,
}

impl Held {
    /// `step` is held by this process.
    pub fn new(state: &Arc<BotContext>, step: Option<steps::Step>) -> Self {
        Self { state: Arc::clone(state), step }
    }

    pub async fn carry_out(mut self, kinds: Kinds) {
        if let Some(step) = self.step.take() {
            let state = Arc::clone(&self.state);
            // In its own task: who waits for an answer does not wait for this, and a stop waits for it.
            let work = self.state.work.spawn(async move {
                carry_out(Tools { app: &state.app, rest: &state.rest }, kinds, step).await;
            });
            drop(work.await);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(step) = &self.step {
            self.state.app.alarm.abandon(step.id);
        }
    }
}

/// Carries out a newly decided step beside the caller's next work.
pub fn spawn(state: &Arc<BotContext>, kinds: Kinds, step: steps::Step) {
    let (state, tracker): (_, &TaskTracker) = (Arc::clone(state), &state.work);
    tracker.spawn(async move { carry_out(Tools { app: &state.app, rest: &state.rest }, kinds, step).await });
}
