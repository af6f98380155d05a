//! One transaction of the machine: the ticket's row, its steps and timers, and what the decisions change of them.

use std::time::Duration;

use anyhow::Context as _;

use super::{Progress, lane, new_step};
use crate::app::App;
use crate::domain::admission;
use crate::domain::happening::Happening;
use crate::domain::ids::{MessageId, TicketId};
use crate::domain::lifecycle::{
    Closing, Decision, Event, Facts, Notice, Question, Restoring, State, Task, Thread, Timer as TimerKind, decide,
};
use crate::error::Result;
use crate::export;
use crate::journal;
use crate::storage::buttons::Buttons;
use crate::storage::lifecycle::{self, Change, Record};
use crate::storage::steps::{self, Holder, Step};
use crate::storage::timers::{self, Timer};
use crate::storage::{WriteTx, inboxes, reservations};
use crate::tickets::tasks::{self, LastClosing, Particulars};
use crate::tickets::{delete, first_message, logged, steps as kinds};

/// Events from before its opening may arrive this long after it.
const NEW_FOR: Duration = Duration::from_mins(1);

/// Whether a ticket that does not count may count after this event. An opening has its slot from the start.
fn may_take_slot(event: &Event) -> bool {
    matches!(event, Event::OwnerIsThere | Event::OwnerIsBack | Event::Reopened)
}

/// A transaction that changes a ticket.
pub(super) struct Transition<'a> {
    app: &'a App,
    tx: &'a mut WriteTx,
    /// The current row.
    record: Record,
    /// The ticket's pending steps.
    waiting: Vec<Step>,
    timers: Vec<Timer>,
    /// The ticket's close, if it was closed before.
    closing: Option<LastClosing>,
    /// Messages with buttons that a decision makes useless.
    strips: Vec<MessageId>,
    progress: Progress,
    /// Holds the resulting step; `None` when the caller continues the lane.
    holder: Option<&'a Holder>,
    applied: Applied,
}

/// The result of a transaction.
pub(in crate::tickets) struct Applied {
    ticket: TicketId,
    from: State,
    /// `None`: the ticket was deleted.
    pub(in crate::tickets) to: Option<State>,
    /// The bot lost sight of the thread, or regained it.
    hidden: Option<bool>,
    pub(super) begun: Option<Step>,
    pub(super) outcome: Outcome,
    /// The worker must check for due steps.
    ring: bool,
}

/// Whether there is anything to commit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Nothing,
    Changed,
}

impl Applied {
    /// After the commit: the resulting step, if any, held by the caller.
    pub(in crate::tickets) fn committed(self, app: &App) -> Option<Step> {
        self.log(app);
        self.begun
    }

    pub(super) fn log(&self, app: &App) {
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

pub(super) async fn begin_transition<'a>(
    app: &'a App,
    tx: &'a mut WriteTx,
    record: Record,
    progress: Progress,
    holder: Option<&'a Holder>,
) -> Result<Transition<'a>> {
    let waiting = steps::list(tx, lane(&record)).await.context("list the steps of a ticket")?;
    let timers = timers::list(tx, record.ticket).await.context("list the timers of a ticket")?;
    let applied = Applied {
        ticket: record.ticket,
        from: record.state,
        to: Some(record.state),
        hidden: None,
        begun: None,
        outcome: Outcome::Nothing,
        ring: false,
    };
    let closing = LastClosing::of(&record, &timers);
    Ok(Transition { app, tx, record, waiting, timers, closing, strips: Vec::new(), progress, holder, applied })
}

impl Transition<'_> {
    /// Applies these events in order.
    pub(super) async fn apply_all(mut self, events: &[Event]) -> Result<Applied> {
        let was_hidden = matches!(self.record.thread, Thread::Hidden(_));
        if let Some(happened) = self.progress.happened.take() {
            self.note(happened, None).await?;
        }
        for event in events {
            self.step(event).await?;
            if self.applied.to.is_none() {
                return Ok(self.applied);
            }
        }
        // The result of a step is no new event.
        if self.holder.is_some() {
            self.change_buttons().await?;
        }
        if self.applied.from == State::Closed && matches!(self.record.state, State::Open | State::Dormant) {
            self.doubt_claim().await?;
        }
        let is_hidden = matches!(self.record.thread, Thread::Hidden(_));
        self.applied.hidden = (was_hidden != is_hidden).then_some(is_hidden);
        self.applied.ring |= self.progress.leaves_lane && !self.waiting.is_empty();
        Ok(self.applied)
    }

    async fn step(&mut self, event: &Event) -> Result<()> {
        let taken = self.taken_slots(event).await?;
        let has_room = self.has_room(event, &taken).await?;
        let decision = decide(self.record.state, event, &self.facts(has_room));
        if decision.forget {
            lifecycle::forget(self.tx, self.record.ticket, self.app.now()).await.context("forget a ticket")?;
            (self.applied.to, self.applied.outcome) = (None, Outcome::Changed);
            // Its card may have to be removed.
            self.applied.ring = true;
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
            self.save(event, &decision, &taken).await?;
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
        match self.record.inbox.filter(|_| may_take_slot(event)) {
            Some(inbox) => {
                Ok(reservations::taken_slots(self.tx, inbox, self.record.owner).await.context("count open tickets")?)
            }
            None => Ok(Vec::new()),
        }
    }

    /// Whether the owner may have this ticket open beside their others, in the inbox and in the guild.
    async fn has_room(&mut self, event: &Event, taken: &[u32]) -> Result<bool> {
        let Record { inbox, limit, state, guild, owner, .. } = self.record;
        if !may_take_slot(event) || state.holds_slot() {
            return Ok(true);
        }
        if inbox.is_some() && limit > 0 && taken.len() >= limit as usize {
            return Ok(false);
        }
        let (open, limit) = reservations::in_guild(self.tx, guild, owner).await.context("count open tickets")?;
        Ok(admission::has_room_in_guild(limit, open))
    }

    fn facts(&self, has_room: bool) -> Facts {
        let record = &self.record;
        Facts {
            thread: record.thread,
            is_closing: self.waiting.iter().any(|step| step.kind == tasks::CLOSE),
            stays_visible: self.timers.iter().any(|timer| timer.kind == TimerKind::Archive.as_str()),
            is_restoring: self.is_restoring(),
            returns_to: self.reopening().and_then(|restore| restore.restoring().otherwise),
            lacks_buttons: record.buttons == Buttons::Hidden,
            slot_free: has_room,
            was_opened: record.opened_at.is_some(),
            was_reopened: record.revision > 1,
            is_new: record.opened_at.is_some_and(|at| self.app.now().since(at) < NEW_FOR),
        }
    }

    async fn save(&mut self, event: &Event, decision: &Decision, taken: &[u32]) -> Result<()> {
        let takes_slot = decision.state.holds_slot() && !self.record.state.holds_slot();
        let closes = decision.state == State::Closed && self.record.state != State::Closed;
        let returned = self.returned(event).filter(|_| closes);
        // Whoever closes it meanwhile has seen it open.
        let reopened = self.reopening().filter(|restore| closes && returned.is_none() && restore.closing.is_some());
        let change = Change {
            state: decision.state,
            slot: takes_slot.then(|| (1..=u32::MAX).find(|slot| !taken.contains(slot))).flatten(),
            thread: decision.thread,
            opens: *event == Event::Opened && decision.state != State::Closed,
            unopened: decision.unopened,
            closes: closes && returned.is_none(),
            closed_by: self.progress.by,
            closed_at: returned.map(LastClosing::closed_at),
            starter: self.progress.starter,
            buttons: Buttons::of(self.progress.buttons),
            was_imported: self.progress.was_imported,
            at: self.app.now(),
        };
        lifecycle::save(self.tx, &self.record, &change).await.context("save a decision")?;
        let deleted = self.progress.deleted.or_else(|| kinds::how_deleted(&self.waiting));
        let (by, opener) = (self.progress.by, kinds::opener_among(&self.waiting));
        let happening = logged::happening(event, &self.record, decision.state, decision.thread, by, opener, deleted);
        let before = self.record.state;
        self.record.opened_at = if change.opens { Some(change.at) } else { self.record.opened_at };
        if change.starter.is_some() {
            self.record.starter = change.starter;
            self.record.buttons = change.buttons;
        }
        (self.record.state, self.record.thread) = (decision.state, decision.thread);
        (self.applied.to, self.applied.outcome) = (Some(decision.state), Outcome::Changed);
        self.applied.ring |= match returned {
            Some(closing) => delete::on_return(self.tx, &self.record, closing.deleted_at()).await?,
            None => delete::on_state(self.app, self.tx, &self.record, before).await?,
        };
        if let Some(restore) = reopened {
            self.note(Happening::Reopened { by: restore.by }, None).await?;
        }
        if let Some(happening) = happening {
            if matches!(happening, Happening::Closed { .. }) {
                self.applied.ring |= export::on_closed(self.app, self.tx, &self.record).await?;
            }
            let reason = self.progress.reason.clone();
            self.note(happening, reason.as_deref()).await?;
        }
        Ok(())
    }

    async fn note(&mut self, happening: Happening, reason: Option<&str>) -> Result<()> {
        let noted = journal::note_with(self.app, self.tx, &self.record, happening, reason).await?;
        self.applied.ring |= noted.rings();
        Ok(())
    }

    /// The close that the ticket returns to, if this event says that it is not re-opened.
    fn returned(&self, event: &Event) -> Option<LastClosing> {
        match event {
            Event::NotReopened { .. } => self.progress.closing,
            Event::OutOfSight | Event::ThreadGone => self.reopening()?.closing,
            _ => None,
        }
    }

    /// Somebody re-opens it through the bot, and that is not done yet.
    fn reopening(&self) -> Option<tasks::Restore> {
        let mut waiting = self.waiting.iter().filter(|step| step.kind == tasks::RESTORE);
        waiting.find_map(|step| tasks::restore(step).ok().filter(|restore| restore.restoring().otherwise.is_some()))
    }

    /// Drops steps that wait for a state the ticket has left.
    async fn drop_outdated(&mut self) -> Result<()> {
        let mut kept = Vec::new();
        for step in self.waiting.drain(..) {
            let task = tasks::task(&step)?;
            let is_outdated_due = step.kind == tasks::DUE && self.record.state == State::Closed;
            let belongs = task.is_none_or(|task| task.belongs_to(self.record.state, self.record.thread));
            if belongs && !is_outdated_due {
                kept.push(step);
            } else {
                steps::delete(self.tx, step.id).await.context("drop a step")?;
                self.applied.ring = true;
            }
        }
        self.waiting = kept;
        for timer in std::mem::take(&mut self.timers) {
            let kind = timer.kind.parse::<TimerKind>();
            if kind.is_ok_and(|kind| !kind.belongs_to(self.record.state, self.record.thread)) {
                timers::delete(self.tx, timer.ticket, &timer.kind).await.context("stop a timer")?;
                self.strips.extend(tasks::message_of(&timer));
            } else {
                self.timers.push(timer);
            }
        }
        Ok(())
    }

    fn is_restoring(&self) -> bool {
        self.waiting.iter().any(|step| step.kind == tasks::RESTORE)
    }

    /// The first message of an open ticket gets other buttons at its next event, if the inbox now wants others: a message
    /// from before it could have any, too.
    async fn change_buttons(&mut self) -> Result<()> {
        let Record { state, buttons, inbox, .. } = self.record;
        let (State::Open, Some(inbox)) = (state, inbox) else { return Ok(()) };
        if buttons == Buttons::OutOfReach || !self.record.thread.is_active() || self.is_restoring() {
            return Ok(());
        }
        let inbox = inboxes::load(self.tx, inbox).await.context("load a ticket's inbox")?;
        if inbox.is_some_and(|inbox| first_message::wanted_buttons(&inbox.settings.beginning) != buttons) {
            self.begin(Task::Restore(Restoring::SILENT)).await?;
        }
        Ok(())
    }

    /// Who left while it was closed still has its claim.
    async fn doubt_claim(&mut self) -> Result<()> {
        if self.record.claim.is_some() {
            let begun = kinds::add_claimer(self.app, self.tx, &self.record, self.holder).await?;
            self.applied.ring = true;
            self.applied.begun = begun.or(self.applied.begun.take());
        }
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

    /// Whether the owner may have left the thread without the bot's knowledge. Somebody who closes an open ticket through
    /// the bot waits for no further request: there, only the daily round looks for such owners.
    fn may_lack_owner(&self, notice: Option<Notice>) -> bool {
        let hears = self.app.hears_members();
        self.applied.from != State::Open
            || match notice {
                Some(Notice::ArchivedByPerson) => !hears || !self.progress.is_live,
                Some(Notice::Scheduled | Notice::Unanswered) => !hears,
                _ => false,
            }
    }

    async fn begin(&mut self, task: Task) -> Result<()> {
        let notice = if let Task::Close(closing) = task { closing.notice } else { None };
        let particulars = Particulars {
            by: self.progress.by,
            notifies: self.progress.by != Some(self.record.owner),
            in_doubt: self.may_lack_owner(notice),
            until: self.progress.archive_at,
            strips: std::mem::take(&mut self.strips),
            closing: self.closing,
        };
        let payload = tasks::payload(task, &self.record, particulars)?;
        let reason = self.progress.reason.take();
        let sealed = reason.and_then(|reason| self.app.text_seal.seal(self.record.ticket, &reason));
        let new = new_step(self.record.ticket, self.record.guild, task, payload, sealed, self.app.now());
        if let (Task::Close(Closing { stays: true, .. }), Some(at)) = (task, self.progress.archive_at) {
            let kind = TimerKind::Archive.as_str();
            timers::set(self.tx, self.record.ticket, kind, at, "{}").await.context("set a timer")?;
            self.applied.ring = true;
        }
        let begun = steps::insert(self.tx, &new, self.holder).await.context("store a step")?;
        self.applied.ring |= self.progress.leaves_lane;
        self.applied.outcome = Outcome::Changed;
        self.applied.begun = begun.or(self.applied.begun.take());
        Ok(())
    }
}
