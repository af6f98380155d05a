//! Moves tickets through `domain::lifecycle`: one transaction loads the facts, lets it decide, and saves the new state
//! together with the resulting steps. Sends no requests to Discord.
//!
//! [`apply`] handles reports from outside, [`finish`] the result of a step, deleting the step in the same transaction.
//! `work` carries out steps; `steps` defines them; `transition` is the transaction.

mod transition;

use anyhow::{Context as _, anyhow};

use super::tasks::LastClosing;
use super::{form, tasks};
use crate::app::App;
use crate::discord::threads::ThreadSnapshot;
use crate::domain::clock::Timestamp;
use crate::domain::form::Answers;
use crate::domain::happening::{Deleted, Happening};
use crate::domain::ids::{GuildId, MessageId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{ArchivedBy, Archiving, Event, Flags, State, Task, Thread, archived_by};
use crate::error::Result;
use crate::storage::WriteTx;
use crate::storage::lifecycle::{self, Record};
use crate::storage::steps::{self, Lane, NewStep, Step};
use transition::{Applied, Outcome, begin_transition};

/// Identifies the ticket.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    Thread(ThreadId),
    Ticket(TicketId),
    /// As long as this is its owner: what is reported about them means nothing after a transfer.
    TicketOf(TicketId, UserId),
}

/// Changes to the ticket's row besides the decision, and facts that its steps need.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
pub(super) struct Progress {
    pub starter: Option<MessageId>,
    /// The buttons that it shows, a bit for each.
    pub buttons: u8,
    /// Discord has been asked for the state of an imported ticket.
    pub was_imported: bool,
    /// The caller has asked for everything: the answer needs no further look.
    pub has_asked: bool,
    /// The caller does not continue the step's lane.
    pub leaves_lane: bool,
    /// The caller has deleted the thread.
    pub deleted: Option<Deleted>,
    /// Discord has just reported it, and would have reported an owner who left before.
    pub is_live: bool,
    /// The person who decided it through the bot.
    pub by: Option<UserId>,
    /// Their reason.
    pub reason: Option<String>,
    /// When a thread that stays visible is archived.
    pub archive_at: Option<Timestamp>,
    /// The close that a ticket returns to.
    pub closing: Option<LastClosing>,
    /// What the step has done before these events, for the log.
    pub happened: Option<Happening>,
}

impl Progress {
    pub const NONE: Self = Self {
        starter: None,
        buttons: 0,
        was_imported: false,
        has_asked: false,
        leaves_lane: false,
        deleted: None,
        is_live: false,
        by: None,
        reason: None,
        archive_at: None,
        closing: None,
        happened: None,
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
    let applied = apply_in(app, &mut tx, record, event, progress).await?;
    if applied.outcome == Outcome::Nothing {
        return Ok(None);
    }
    tx.commit().await.context("commit a decision")?;
    Ok(applied.committed(app))
}

/// Decides in the caller's transaction, which loaded the record. After its commit, the caller calls
/// [`Applied::committed`].
pub(super) async fn apply_in(
    app: &App,
    tx: &mut WriteTx,
    record: Record,
    event: Event,
    progress: Progress,
) -> Result<Applied> {
    begin_transition(app, tx, record, progress, Some(&app.holder)).await?.apply_all(&[event]).await
}

/// Ends a step with these events.
pub(super) async fn finish(app: &App, step: &Step, events: &[Event], progress: Progress) -> Result<Finished> {
    let mut tx = app.db.begin_write().await.context("begin to save a step's result")?;
    if !steps::finish(&mut tx, step).await.context("finish a step")? {
        return Ok(Finished::Overtaken);
    }
    finish_in(app, tx, step, events, progress).await
}

/// The same in a transaction that has deleted the step; commits it.
pub(super) async fn finish_in(
    app: &App,
    mut tx: WriteTx,
    step: &Step,
    events: &[Event],
    progress: Progress,
) -> Result<Finished> {
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

/// Stores the step that opens a new ticket, with what was answered before. The caller holds it. `elsewhere`: it is not
/// asked for in the channel of its thread.
pub(super) async fn begin_opening(
    app: &App,
    tx: &mut WriteTx,
    ticket: TicketId,
    guild: GuildId,
    elsewhere: bool,
    answers: Option<&Answers>,
) -> Result<Step> {
    let sealed = answers.and_then(|answers| form::seal(app, ticket, answers));
    let new = new_step(ticket, guild, Task::Open, tasks::opening_payload(elsewhere)?, sealed, app.now());
    let step = steps::insert(tx, &new, Some(&app.holder)).await.context("store a step")?;
    Ok(step.ok_or_else(|| anyhow!("the lane of a new ticket is not empty"))?)
}

pub(super) fn new_step(
    ticket: TicketId,
    guild: GuildId,
    task: Task,
    payload: String,
    sealed: Option<Vec<u8>>,
    now: Timestamp,
) -> NewStep<'static> {
    NewStep {
        lane: ticket.into(),
        guild,
        ticket: Some(ticket),
        kind: tasks::name(task),
        payload,
        sealed,
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

async fn load(tx: &mut WriteTx, which: Which) -> Result<Option<Record>> {
    let found = match which {
        Which::Thread(thread) => lifecycle::load(tx, thread).await,
        Which::Ticket(ticket) => lifecycle::load_ticket(tx, ticket).await,
        Which::TicketOf(ticket, owner) => {
            let found = lifecycle::load_ticket(tx, ticket).await;
            found.map(|found| found.filter(|record| record.owner == owner))
        }
    };
    Ok(found.context("load a ticket")?)
}

/// The lane of a ticket's steps.
pub(super) fn lane(record: &Record) -> Lane {
    record.ticket.into()
}
