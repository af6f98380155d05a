//! Carries out persistent steps (`storage::steps`): decided effects that are still to be done on Discord.
//!
//! The transaction that decides a step stores it. The caller carries it out at once ([`carry_out`]) with the rest of
//! its lane; the [`worker`] takes over after a crash, a lost answer or a temporary refusal. Lanes are independent;
//! within a lane the order is kept, and a failed step is retried with backoff before the next one. After its deadline a
//! step is given up at the next failure.
//!
//! Its [`Kind`] defines what a step does, how a lost answer is recognised and what giving up means.

pub mod drawer;
mod worker;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::discord::rest::Rest;
use crate::discord::{BotContext, RestError, report};
use crate::domain::clock::Timestamp;
use crate::error::Result;
use crate::storage::steps::{self, Lane, Step};
use crate::storage::timers::Timer;

pub use worker::{Held, Worker, spawn};

/// The dependencies of a step.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    pub app: &'a App,
    pub rest: &'a Rest,
}

/// The result of an attempt.
#[derive(Debug)]
pub enum Outcome {
    /// Done or given up; its row is deleted.
    Done,
    /// The step was changed or dropped meanwhile.
    Overtaken,
    /// Retry later.
    Failed(RestError),
}

/// A running attempt. Boxed: futures that wait for Discord are large.
pub type Attempt<'a> = Pin<Box<dyn Future<Output = Result<Outcome>> + Send + 'a>>;

/// One kind of step.
///
/// The first attempt ([`Step::attempts`] is 0) starts from nothing. An earlier attempt may have acted before any later
/// one, which therefore checks first, unless the step is idempotent.
pub trait Kind: Sync {
    /// The stored name.
    fn name(&self) -> &'static str;

    /// Carries it out, and saves the result together with the end of the step.
    fn carry_out<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a>;

    /// Saves that it is not done, leaving the ticket in a state from which it can continue.
    fn give_up<'a>(&'a self, tools: Tools<'a>, step: &'a Step) -> Attempt<'a>;
}

/// Handles a due timer: decides, and deletes or postpones it in the same transaction. It makes no requests.
pub type OnTimer = for<'a> fn(&'a Arc<BotContext>, Timer) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// All kinds.
pub type Kinds = &'static [&'static dyn Kind];

/// The waits after the first attempts; the last one repeats.
const WAITS: [Duration; 9] = [
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_mins(1),
    Duration::from_mins(2),
    Duration::from_mins(5),
    Duration::from_mins(10),
    Duration::from_mins(20),
    Duration::from_mins(40),
];

/// The wait after so many attempts that failed before.
pub fn wait_after(failures: u32) -> Duration {
    WAITS[usize::try_from(failures).unwrap_or(usize::MAX).min(WAITS.len() - 1)]
}

/// How long a nonce reliably prevents a duplicate message (Discord: "Create Message", "in the past few minutes").
const NONCE_VALID_FOR: Duration = Duration::from_mins(1);

/// Whether a message that was decided then, by the local clock, can be posted again without a duplicate. A clock that was
/// set back says nothing about the time that has passed.
pub fn nonce_holds(app: &App, decided_at: Timestamp) -> bool {
    app.now().apart(decided_at) < NONCE_VALID_FOR
}

/// The wait before checking on a request without an answer: Discord may still be processing it.
pub const AFTER_SILENCE: Duration = Duration::from_secs(30);

/// The wait before retrying a step of an unknown kind: a newer version may take over.
const UNKNOWN: Duration = Duration::from_hours(1);

/// Marks a step as held by this process. Dropping it without [`Holding::end`] leaves the step to the worker.
#[must_use = "dropping it leaves the step"]
pub struct Holding<'a> {
    app: &'a App,
    step: Option<steps::StepId>,
}

impl<'a> Holding<'a> {
    pub fn of(app: &'a App, step: &Step) -> Self {
        Self { app, step: Some(step.id) }
    }

    /// The step has ended, or is left in order.
    pub fn end(mut self) {
        self.step = None;
    }
}

impl Drop for Holding<'_> {
    fn drop(&mut self) {
        if let Some(step) = self.step {
            self.app.alarm.abandon(step);
        }
    }
}

impl fmt::Debug for Holding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Holding").field(&self.step).finish()
    }
}

/// Carries out a step that the caller holds, and its lane until nothing is due there.
pub async fn carry_out(tools: Tools<'_>, kinds: Kinds, step: Step) {
    let mut next = Some(step);
    while let Some(step) = next {
        let lane = step.lane;
        if !attempt(tools, kinds, step).await {
            return;
        }
        next = match steps::claim(&tools.app.db, lane, &tools.app.holder, tools.app.now()).await {
            Ok(next) => next,
            Err(error) => {
                tracing::error!(%error, "could not claim the next step of a lane");
                tools.app.alarm.ring();
                None
            }
        };
    }
}

/// Does the same for the due step of a lane, unless it is held.
pub async fn carry_out_lane(tools: Tools<'_>, kinds: Kinds, lane: Lane) {
    match steps::claim(&tools.app.db, lane, &tools.app.holder, tools.app.now()).await {
        Ok(Some(step)) => carry_out(tools, kinds, step).await,
        Ok(None) => {}
        Err(error) => {
            tracing::error!(%error, "could not claim a step");
            tools.app.alarm.ring();
        }
    }
}

/// The stored cause of a failure: a status or a code, never text written by a person.
pub fn cause_of(fault: &RestError) -> String {
    match fault {
        RestError::Refused { status, code, .. } => format!("status {status}, code {code}"),
        RestError::Limited(_) => "rate limit".to_owned(),
        RestError::Blocked(_) => "blocked".to_owned(),
        RestError::NotSent(_) => "not sent".to_owned(),
        RestError::Uncertain(_) => "no answer".to_owned(),
        RestError::Broken(_) => "other".to_owned(),
    }
}

/// Leaves a step to the worker, for a retry after a wait: Discord's, where its rate limit names one, else a growing one.
/// At the deadline a step is due in any case, to be given up.
async fn postpone(app: &App, step: &Step, cause: &str, limited: Option<Duration>) {
    let growing = wait_after(step.attempts);
    let wait = limited.map_or(growing, |wait| wait.min(step.deadline.since(app.now())));
    postpone_for(app, step, wait, cause).await;
}

pub async fn postpone_for(app: &App, step: &Step, wait: Duration, cause: &str) {
    if let Err(error) = steps::postpone(&app.db, step.id, app.now() + wait, cause).await {
        tracing::error!(%error, "could not postpone a step");
        app.alarm.abandon(step.id);
    }
    app.alarm.ring();
}

/// True when the lane continues.
async fn attempt(tools: Tools<'_>, kinds: Kinds, mut step: Step) -> bool {
    let app = tools.app;
    let Some(kind) = kinds.iter().find(|kind| kind.name() == step.kind) else {
        tracing::error!(kind = step.kind, "a step of an unknown kind is pending");
        postpone_for(app, &step, UNKNOWN, "unknown kind").await;
        return false;
    };
    let holding = Holding::of(app, &step);
    let mut limited = None;
    let (continues, cause) = loop {
        match kind.carry_out(tools, &step).await {
            Ok(Outcome::Done) => break (true, None),
            Ok(Outcome::Overtaken) => match steps::find(&app.db, step.id).await {
                Ok(Some(changed)) => step = changed,
                Ok(None) => break (true, None),
                Err(error) => {
                    tracing::error!(%error, "could not read a step again");
                    break (false, Some("database".to_owned()));
                }
            },
            Ok(Outcome::Failed(error)) => {
                limited = error.limited_for();
                break (false, Some(cause_of(&error)));
            }
            Err(error) => {
                report::log("carry out a step", Err(error));
                break (false, Some("database".to_owned()));
            }
        }
    };
    holding.end();
    let Some(cause) = cause else { return continues };
    let ticket = step.ticket.map(crate::domain::ids::TicketId::get);
    if app.now() < step.deadline {
        tracing::warn!(
            kind = step.kind,
            ticket.id = ticket,
            attempts = step.attempts,
            cause,
            "a step failed and will be retried"
        );
        postpone(app, &step, &cause, limited).await;
        return false;
    }
    tracing::warn!(
        kind = step.kind,
        ticket.id = ticket,
        attempts = step.attempts,
        cause,
        "a step failed; giving it up"
    );
    match kind.give_up(tools, &step).await {
        Ok(_) => true,
        Err(error) => {
            report::log("give up a step", Err(error));
            postpone(app, &step, &cause, None).await;
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wait_is_longer_than_the_one_before_and_the_first_ones_end_within_a_minute() {
        assert!(WAITS.is_sorted() && WAITS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(WAITS[..3].iter().sum::<Duration>() < Duration::from_mins(1));
    }
}
