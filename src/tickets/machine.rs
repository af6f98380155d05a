//! Moves tickets through `domain::lifecycle`: one transaction loads the facts, lets it decide, and saves the new state
//! together with the resulting steps. Sends no requests to Discord.
//!
//! [`apply`] handles reports from outside, [`finish`] the result of a step, deleting the step in the same transaction.
//! `work` carries out steps; `steps` defines them.

use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::{delete, logged, steps as kinds, tasks};
use crate::app::App;
use crate::discord::threads::ThreadSnapshot;
use crate::domain::clock::Timestamp;
use crate::domain::happening::Deleted;
use crate::domain::ids::{GuildId, MessageId, ThreadId, TicketId};
use crate::domain::lifecycle::{
    ArchivedBy, Archiving, Decision, Event, Facts, Flags, Question, State, Task, Thread, archived_by, decide,
};
use crate::error::Result;
use crate::journal;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Change, Record};
use crate::storage::steps::{self, Holder, Lane, NewStep, Step};

/// Events from before its opening may arrive this long after it.
const NEW_FOR: Duration = Duration::from_mins(1);

/// Identifies the ticket.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    Thread(ThreadId),
    Ticket(TicketId),
}

/// Changes to the ticket's row besides the decision.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    pub starter: Option<MessageId>,
    /// That message shows buttons.
    pub has_buttons: bool,
    /// Discord has been asked for the state of an imported ticket.
    pub was_imported: bool,
    /// The caller has asked for everything: the answer needs no further look.
    pub has_asked: bool,
    /// The caller does not continue the step's lane.
    pub leaves_lane: bool,
    /// The caller has deleted the thread.
    pub deleted: Option<Deleted>,
}

impl Progress {
    pub const NONE: Self = Self {
        starter: None,
        has_buttons: false,
        was_imported: false,
        has_asked: false,
        leaves_lane: false,
        deleted: None,
    };
}

/// Whether a step's answer was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finished {
    /// With the ticket's new state; `None`: the ticket was deleted.
    Applied(Option<State>),
    /// The step was changed or dropped during the request.
    Overtaken,
}

/// Handles an event. Returns the resulting step, if any, held by the caller.
pub(super) async fn apply(app: &App, which: Which, event: Event) -> Result<Option<Step>> {
    apply_with(app, which, event, Progress::NONE).await
}

pub(super) async fn apply_with(app: &App, which: Which, event: Event, progress: Progress) -> Result<Option<Step>> {
    let mut tx = app.db.begin_write().await.context("begin a decision")?;
    let Some(record) = load(&mut tx, which).await? else { return Ok(None) };
    let transition = begin_transition(app, &mut tx, record, progress, Some(&app.holder)).await?;
    let applied = transition.apply_all(&[event]).await?;
    if applied.outcome == Outcome::Nothing {
        return Ok(None);
    }
    tx.commit().await.context("commit a decision")?;
    applied.log(app);
    Ok(applied.begun)
}

/// Ends a step with these events.
pub(super) async fn finish(app: &App, step: &Step, events: &[Event], progress: Progress) -> Result<Finished> {
    let mut tx = app.db.begin_write().await.context("begin to save a step's result")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Finished::Overtaken);
    }
    let record = load(&mut tx, Which::Ticket(tasks::ticket(step)?)).await?;
    let applied = match record {
        Some(record) => {
            // The caller continues the lane and claims the next step.
            Some(begin_transition(app, &mut tx, record, progress, None).await?.apply_all(events).await?)
        }
        None => None,
    };
    tx.commit().await.context("commit a step's result")?;
    let Some(applied) = applied else { return Ok(Finished::Applied(None)) };
    applied.log(app);
    Ok(Finished::Applied(applied.to))
}

/// Stores the step that opens a new ticket. The caller holds it.
pub(super) async fn begin_opening(app: &App, tx: &mut WriteTx, ticket: TicketId, guild: GuildId) -> Result<Step> {
    let new = new_step(ticket, guild, Task::Open, "{}".to_owned(), app.now());
    let step = steps::insert(tx, &new, Some(&app.holder)).await.context("store a step")?;
    Ok(step.ok_or_else(|| anyhow!("the lane of a new ticket is not empty"))?)
}

fn new_step(ticket: TicketId, guild: GuildId, task: Task, payload: String, now: Timestamp) -> NewStep<'static> {
    NewStep {
        lane: ticket.into(),
        guild,
        ticket: Some(ticket),
        kind: tasks::name(task),
        payload,
        sealed: None,
        due_at: now,
        deadline: now + tasks::retry_for(task),
    }
}

/// The event for a reported thread.
pub(super) fn sighting(record: &Record, seen: &ThreadSnapshot) -> Event {
    Event::Seen { flags: seen.flags, by: who_archived(record, seen) }
}

/// Who archived a thread, if it is archived.
pub(super) fn who_archived(record: &Record, seen: &ThreadSnapshot) -> ArchivedBy {
    let last_activity = last_activity(record, seen);
    archived_by(&Archiving {
        archived_at: seen.flags.changed_at.unwrap_or(last_activity),
        last_activity,
        auto_archive: seen.auto_archive,
        newly_locked: seen.flags.locked && !matches!(record.thread, Thread::There(Flags { locked: true, .. })),
    })
}

/// The latest activity in a thread.
fn last_activity(record: &Record, seen: &ThreadSnapshot) -> Timestamp {
    let unarchived = match record.thread {
        Thread::There(Flags { archived: false, changed_at, .. }) => changed_at,
        _ => None,
    };
    [seen.last_posted, unarchived].into_iter().flatten().fold(seen.thread.created_at(), Timestamp::max)
}

/// A transaction that changes a ticket.
struct Transition<'a> {
    app: &'a App,
    tx: &'a mut WriteTx,
    /// The current row.
    record: Record,
    /// The ticket's pending steps.
    waiting: Vec<Step>,
    progress: Progress,
    /// Holds the resulting step; `None` when the caller continues the lane.
    holder: Option<&'a Holder>,
    applied: Applied,
}

/// The result of a transaction.
struct Applied {
    ticket: TicketId,
    from: State,
    /// `None`: the ticket was deleted.
    to: Option<State>,
    /// The bot lost sight of the thread, or regained it.
    hidden: Option<bool>,
    begun: Option<Step>,
    outcome: Outcome,
    /// The worker must check for due steps.
    ring: bool,
}

/// Whether there is anything to commit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Changed,
}

impl Applied {
    fn log(&self, app: &App) {
        match self.to {
            Some(to) if to != self.from => {
                tracing::info!(ticket.id = %self.ticket, from = self.from.as_str(), to = to.as_str(), "ticket changed");
            }
            Some(_) => {}
            None => tracing::info!(ticket.id = %self.ticket, "deleted a ticket that was never ready"),
        }
        match self.hidden {
            Some(true) => {
                let why = "the bot cannot see a ticket's thread any more; it does not count meanwhile";
                tracing::warn!(ticket.id = %self.ticket, "{why}");
            }
            Some(false) => tracing::info!(ticket.id = %self.ticket, "the bot sees a ticket's thread again"),
            None => {}
        }
        if self.ring {
            app.alarm.ring();
        }
    }
}

async fn begin_transition<'a>(
    app: &'a App,
    tx: &'a mut WriteTx,
    record: Record,
    progress: Progress,
    holder: Option<&'a Holder>,
) -> Result<Transition<'a>> {
    let waiting = steps::list(tx, lane(&record)).await.context("list the steps of a ticket")?;
    let applied = Applied {
        ticket: record.ticket,
        from: record.state,
        to: Some(record.state),
        hidden: None,
        begun: None,
        outcome: Outcome::Nothing,
        ring: false,
    };
    Ok(Transition { app, tx, record, waiting, progress, holder, applied })
}

async fn load(tx: &mut WriteTx, which: Which) -> Result<Option<Record>> {
    let found = match which {
        Which::Thread(thread) => lifecycle::load(tx, thread).await,
        Which::Ticket(ticket) => lifecycle::load_ticket(tx, ticket).await,
    };
    Ok(found.context("load a ticket")?)
}

impl Transition<'_> {
    /// Applies these events in order.
    async fn apply_all(mut self, events: &[Event]) -> Result<Applied> {
        let was_hidden = matches!(self.record.thread, Thread::Hidden(_));
        for event in events {
            self.step(event).await?;
            if self.applied.to.is_none() {
                return Ok(self.applied);
            }
        }
        let is_hidden = matches!(self.record.thread, Thread::Hidden(_));
        self.applied.hidden = (was_hidden != is_hidden).then_some(is_hidden);
        self.applied.ring |= self.progress.leaves_lane && !self.waiting.is_empty();
        Ok(self.applied)
    }

    async fn step(&mut self, event: &Event) -> Result<()> {
        let taken = self.taken_slots(event).await?;
        let decision = decide(self.record.state, event, &self.facts(&taken));
        if decision.forget {
            lifecycle::forget(self.tx, self.record.ticket).await.context("forget a ticket")?;
            (self.applied.to, self.applied.outcome) = (None, Outcome::Changed);
            return Ok(());
        }
        let is_to_look = |task: &Task| matches!(task, Task::Look(_));
        let task = decision.task.filter(|task| !(self.progress.has_asked && is_to_look(task)));
        let changes = decision.state != self.record.state
            || decision.thread != self.record.thread
            || decision.unopened
            || self.progress.starter.is_some()
            || self.progress.was_imported;
        if changes {
            self.save(event, &decision, task, &taken).await?;
            self.drop_outdated().await?;
        }
        match task {
            Some(Task::Look(question)) if self.renew_look(Some(question)).await? => Ok(()),
            Some(task) => {
                if changes {
                    self.renew_look(None).await?;
                }
                self.begin(task).await
            }
            None if changes => self.renew_look(None).await.map(|_| ()),
            None => Ok(()),
        }
    }

    async fn taken_slots(&mut self, event: &Event) -> Result<Vec<u32>> {
        match (event, self.record.inbox) {
            (Event::OwnerIsThere, Some(inbox)) => {
                Ok(lifecycle::taken_slots(self.tx, inbox, self.record.owner).await.context("count open tickets")?)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn facts(&self, taken: &[u32]) -> Facts {
        let record = &self.record;
        Facts {
            thread: record.thread,
            is_closing: self.waiting.iter().any(|step| step.kind == tasks::CLOSE),
            slot_free: record.inbox.is_none() || record.limit == 0 || taken.len() < record.limit as usize,
            was_opened: record.opened_at.is_some(),
            was_reopened: record.revision > 1,
            is_new: record.opened_at.is_some_and(|at| self.app.now().since(at) < NEW_FOR),
        }
    }

    async fn save(&mut self, event: &Event, decision: &Decision, task: Option<Task>, taken: &[u32]) -> Result<()> {
        let takes_slot = decision.state.holds_slot() && !self.record.state.holds_slot();
        let change = Change {
            state: decision.state,
            slot: takes_slot.then(|| (1..=u32::MAX).find(|slot| !taken.contains(slot))).flatten(),
            thread: decision.thread,
            opens: *event == Event::Opened && decision.state != State::Closed,
            unopened: decision.unopened,
            closes: matches!(task, Some(Task::Close(_))),
            starter: self.progress.starter,
            has_buttons: self.progress.has_buttons,
            was_imported: self.progress.was_imported,
            at: self.app.now(),
        };
        lifecycle::save(self.tx, &self.record, &change).await.context("save a decision")?;
        let deleted = self.progress.deleted.or_else(|| kinds::how_deleted(&self.waiting));
        let happening = logged::happening(event, &self.record, decision.state, decision.thread, deleted);
        let before = self.record.state;
        self.record.opened_at = if change.opens { Some(change.at) } else { self.record.opened_at };
        (self.record.state, self.record.thread) = (decision.state, decision.thread);
        (self.applied.to, self.applied.outcome) = (Some(decision.state), Outcome::Changed);
        self.applied.ring |= delete::on_state(self.app, self.tx, &self.record, before).await?;
        if let Some(happening) = happening {
            self.applied.ring |= journal::note(self.app, self.tx, &self.record, happening).await?.rings();
        }
        Ok(())
    }

    /// Drops steps that wait for a state the ticket has left.
    async fn drop_outdated(&mut self) -> Result<()> {
        let mut kept = Vec::new();
        for step in self.waiting.drain(..) {
            let task = tasks::task(&step)?;
            if task.is_none_or(|task| task.belongs_to(self.record.state, self.record.thread)) {
                kept.push(step);
            } else {
                steps::delete(self.tx, step.id).await.context("drop a step")?;
                self.applied.ring = true;
            }
        }
        self.waiting = kept;
        Ok(())
    }

    /// A running look may have read an older state: it is repeated. False when no look is pending.
    async fn renew_look(&mut self, newer: Option<Question>) -> Result<bool> {
        let Some(look) = self.waiting.iter_mut().find(|step| step.kind == tasks::LOOK) else { return Ok(false) };
        let question = tasks::question(look)?;
        look.payload = tasks::question_payload(newer.map_or(question, |newer| question.merge(newer)))?;
        steps::renew(self.tx, look.id, &look.payload, self.app.now()).await.context("renew a look")?;
        (self.applied.ring, self.applied.outcome) = (true, Outcome::Changed);
        Ok(true)
    }

    async fn begin(&mut self, task: Task) -> Result<()> {
        let payload = tasks::payload(task, &self.record)?;
        let new = new_step(self.record.ticket, self.record.guild, task, payload, self.app.now());
        let begun = steps::insert(self.tx, &new, self.holder).await.context("store a step")?;
        self.applied.ring |= self.progress.leaves_lane;
        self.applied.outcome = Outcome::Changed;
        self.applied.begun = begun.or(self.applied.begun.take());
        Ok(())
    }
}

/// The lane of a ticket's steps.
pub(super) fn lane(record: &Record) -> Lane {
    record.ticket.into()
}
