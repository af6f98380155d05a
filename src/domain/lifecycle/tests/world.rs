//! One ticket, its thread on a model of Discord, and the events between them, which are delivered in any order,
//! repeatedly or not at all. Invariants of every step are asserted here; the callers judge the outcome.
//!
//! The fuzz target of the same name includes this file: it may use only the domain.

use std::time::Duration;

use crate::domain::clock::Timestamp;
use crate::domain::lifecycle::{
    About, ArchivedBy, Closing, Event, Facts, Flags, Left, Notice, Question, Resumed, State, Task, Thread, Timer,
    Traces, decide, resume_closing,
};

// Found in both crates that include this file.
#[path = "world/steps.rs"]
mod steps;

pub(crate) use super::action::Action;

const START: Timestamp = Timestamp::from_seconds(1_700_000_000);

#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch")]
#[derive(Debug)]
pub(crate) struct World {
    now: Timestamp,
    clock_stands: bool,
    // Discord's side.
    pub(crate) there: Option<Flags>,
    archived_by: ArchivedBy,
    pub(crate) owner_in_thread: bool,
    owner_in_guild: bool,
    bot_in_thread: bool,
    sent: Vec<Event>,
    /// Something happened without an event to the bot.
    pub(crate) missed: bool,
    /// How often people gave reason to close the ticket.
    pub(crate) reasons: usize,
    /// How often the bot posted in the thread that it is closed.
    pub(crate) notices: usize,
    // The bot's side.
    pub(crate) state: State,
    thread: Thread,
    was_opened: bool,
    changes: usize,
    pub(crate) slot_free: bool,
    can_lock: bool,
    lane: Vec<Task>,
    /// A timer archives the thread.
    stays_visible: bool,
    /// When the notice of the close at the head of the lane was posted.
    noticed_at: Option<Timestamp>,
    /// An earlier attempt at the first step may have acted.
    must_look: bool,
}

impl World {
    /// A thread was just created and its owner added; the bot does not know of its success yet.
    pub(crate) fn new() -> Self {
        Self {
            now: START,
            clock_stands: false,
            there: Some(Flags { changed_at: Some(START), ..Flags::NEW }),
            archived_by: ArchivedBy::Person,
            owner_in_thread: true,
            owner_in_guild: true,
            bot_in_thread: true,
            sent: Vec::new(),
            missed: false,
            reasons: 0,
            notices: 0,
            state: State::Opening,
            thread: Thread::There(Flags::NEW),
            was_opened: false,
            changes: 0,
            slot_free: true,
            can_lock: true,
            lane: vec![Task::Open],
            stays_visible: false,
            noticed_at: None,
            must_look: false,
        }
    }

    fn is_closing(&self) -> bool {
        self.lane.iter().any(|task| matches!(task, Task::Close(_)))
    }

    fn facts(&self) -> Facts {
        Facts {
            thread: self.thread,
            is_closing: self.is_closing(),
            stays_visible: self.stays_visible,
            is_restoring: self.lane.iter().any(|task| matches!(task, Task::Restore(_))),
            returns_to: self.lane.iter().find_map(|task| match task {
                Task::Restore(restoring) => restoring.otherwise,
                _ => None,
            }),
            lacks_buttons: false,
            slot_free: self.slot_free,
            was_opened: self.was_opened,
            was_reopened: self.changes > 1,
            is_new: false,
        }
    }

    /// Whether Discord shows the thread to the bot.
    fn is_visible(&self) -> bool {
        self.there.is_some() && (self.bot_in_thread || self.can_lock)
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each action")]
    pub(crate) fn act(&mut self, action: Action) {
        if !std::mem::replace(&mut self.clock_stands, matches!(action, Action::ClockStands)) {
            self.now = self.now + Duration::from_secs(1);
        }
        match action {
            Action::TimerArchives => self.set_archived(true, false, ArchivedBy::Timer),
            Action::PersonArchives { lock } => {
                self.reasons += 1;
                self.set_archived(true, lock, ArchivedBy::Person);
            }
            Action::PersonCloses { stays } => {
                self.reasons += 1;
                self.hear(Event::Closed { notice: Notice::Closed, stays }, false);
            }
            Action::PersonReopens => {
                // The absence of the owner is reason to close it once more.
                self.reasons += usize::from(!self.owner_in_thread);
                self.hear(Event::Reopened, false);
            }
            Action::WasVisible if std::mem::take(&mut self.stays_visible) => self.hear(Event::WasVisible, false),
            Action::PersonUnarchives => self.set_archived(false, false, ArchivedBy::Person),
            Action::OwnerWrites if self.owner_in_thread && self.there.is_some_and(|flags| !flags.locked) => {
                self.set_archived(false, false, ArchivedBy::Person);
            }
            Action::OwnerLeavesThread if self.owner_in_thread => self.owner_leaves(Left::Thread),
            Action::OwnerLeavesGuild if self.owner_in_guild => {
                self.owner_in_guild = false;
                self.owner_leaves(Left::Guild);
            }
            Action::StaffAddOwner if self.owner_in_guild && self.there.is_some_and(|flags| !flags.archived) => {
                self.owner_in_thread = true;
                self.tell(Event::OwnerAdded);
            }
            Action::BotIsRemoved if self.bot_in_thread && self.there.is_some_and(|flags| !flags.archived) => {
                self.bot_in_thread = false;
                self.sent.push(Event::BotRemoved);
            }
            Action::BotIsAdded => {
                if let Some(flags) = self.there.filter(|flags| !flags.archived && !self.bot_in_thread) {
                    self.bot_in_thread = true;
                    self.sent.push(Event::Seen { flags, by: self.archived_by });
                }
            }
            Action::ThreadIsDeleted if self.there.is_some() => {
                self.tell(Event::ThreadGone);
                self.there = None;
            }
            Action::Deliver { which, again } if !self.sent.is_empty() => {
                let index = which % self.sent.len();
                let event = if again { self.sent[index] } else { self.sent.remove(index) };
                self.hear(event, false);
            }
            Action::Lose { which } if !self.sent.is_empty() => {
                self.sent.remove(which % self.sent.len());
                self.missed = true;
            }
            Action::CatchUp => self.catch_up(),
            Action::Work if !self.lane.is_empty() => self.carry_out(),
            Action::Restart => self.must_look = true,
            Action::LimitIsReached(reached) => self.slot_free = !reached,
            Action::ManageThreads(granted) => {
                let was_visible = self.is_visible();
                self.can_lock = granted;
                // No event says so; the next round finds it.
                self.missed |= was_visible && !self.is_visible();
            }
            _ => {}
        }
    }

    /// Sends an event to the bot, unless it may not see it.
    fn tell(&mut self, event: Event) {
        if self.is_visible() { self.sent.push(event) } else { self.missed = true }
    }

    fn set_archived(&mut self, archived: bool, lock: bool, by: ArchivedBy) {
        let Some(flags) = &mut self.there else { return };
        flags.locked |= lock;
        if flags.archived != archived {
            *flags = Flags { archived, changed_at: Some(self.now), ..*flags };
            self.archived_by = by;
            let flags = *flags;
            self.tell(Event::Seen { flags, by });
        }
    }

    fn owner_leaves(&mut self, left: Left) {
        self.reasons += 1;
        self.owner_in_thread = false;
        self.sent.push(Event::OwnerSaidGone(left));
    }

    /// The requests of `tickets::catch_up`: active threads are listed, open tickets requested, others not.
    fn catch_up(&mut self) {
        let shown = self.there.filter(|flags| self.is_visible() && !flags.archived);
        if shown.is_some() || self.state == State::Open {
            self.ask(Question::thread(), false);
        }
    }

    /// The requests of `tickets::steps::look`, and their answers.
    fn ask(&mut self, question: Question, has_asked: bool) {
        let Some(flags) = self.there else { return self.hear(Event::ThreadGone, has_asked) };
        if !self.is_visible() {
            return self.hear(Event::OutOfSight, has_asked);
        }
        if question.about == About::Thread {
            self.hear(Event::Seen { flags, by: self.archived_by }, has_asked);
        }
        if self.owner_in_thread {
            self.hear(if question.reopened { Event::OwnerIsBack } else { Event::OwnerIsThere }, has_asked);
        } else if question.follows_absence(self.state) && !(question.about == About::Thread && flags.archived) {
            let left = if self.owner_in_guild { Left::Thread } else { Left::Guild };
            self.hear(Event::OwnerLeft(question.said.unwrap_or(left)), has_asked);
        }
    }

    /// Handles an event as the bot does, and asserts the invariants.
    fn hear(&mut self, event: Event, has_asked: bool) {
        let (before, was_gone) = (self.state, self.thread == Thread::Gone);
        // The gateway's report of an absent owner is outdated.
        let is_stale = matches!(event, Event::OwnerSaidGone(_)) && self.owner_in_thread && self.changes <= 1;
        if is_stale {
            return;
        }
        let decision = decide(before, &event, &self.facts());
        let next = decision.state;
        let closes = next == State::Closed && before != State::Closed;
        let is_reason = match event {
            Event::OwnerSaidGone(_) | Event::OwnerLeft(_) | Event::ThreadGone | Event::Closed { .. } => true,
            Event::Seen { by, .. } => by == ArchivedBy::Person,
            // It was closed before.
            Event::NotReopened { otherwise } => otherwise == State::Closed,
            Event::OutOfSight => self.facts().returns_to == Some(State::Closed),
            _ => false,
        };
        let is_later = decision.task == Some(Task::Close(Closing::LATER));
        assert!(is_reason || !closes, "{event:?} closed a ticket that waits for an answer");
        assert!(
            closes || is_later || !matches!(decision.task, Some(Task::Close(_))),
            "{before:?} {event:?} {decision:?}"
        );
        assert!(!was_gone || (next == State::Closed && decision.task.is_none()), "{event:?} {decision:?}");
        assert!(!next.holds_slot() || before.holds_slot() || self.slot_free, "{event:?} took a slot that was not free");
        assert!(!matches!(decision.thread, Thread::Hidden(_)) || !next.holds_slot(), "a hidden ticket holds a slot");

        self.changes += usize::from(next != before);
        self.was_opened |= event == Event::Opened;
        (self.state, self.thread) = (next, decision.thread);
        self.stays_visible |= matches!(decision.task, Some(Task::Close(Closing { stays: true, .. })));
        self.stays_visible &= Timer::Archive.belongs_to(next, decision.thread);
        let head = self.lane.first().copied();
        self.lane.retain(|task| task.belongs_to(next, decision.thread));
        if self.lane.first().copied() != head {
            self.begin_anew();
        }
        match decision.task {
            Some(Task::Look(_)) if has_asked => {}
            Some(Task::Look(newer)) => {
                let waiting = self.lane.iter_mut().find_map(|task| match task {
                    Task::Look(question) => Some(question),
                    _ => None,
                });
                match waiting {
                    Some(question) => *question = question.merge(newer),
                    None => self.lane.push(Task::Look(newer)),
                }
            }
            Some(task) => self.lane.push(task),
            None => {}
        }

        let again = decide(self.state, &event, &self.facts());
        let asks = |task: Option<Task>| task.filter(|task| !matches!(task, Task::Look(_)));
        assert_eq!(
            (again.state, again.thread, asks(again.task)),
            (next, self.thread, None),
            "{event:?} did something twice"
        );
    }

    fn begin_anew(&mut self) {
        (self.noticed_at, self.must_look) = (None, false);
    }

    /// The step at the head of the lane has ended.
    fn end(&mut self) {
        self.lane.remove(0);
        self.begin_anew();
    }

    /// Discord's answer reports the thread's current state.
    fn see(&mut self) {
        if let Some(flags) = self.there {
            self.hear(Event::Seen { flags, by: self.archived_by }, false);
        }
    }

    /// Delivers all events and carries out all steps.
    pub(crate) fn come_to_rest(&mut self) {
        let mut rounds = 0;
        while !self.sent.is_empty() || !self.lane.is_empty() || self.missed {
            rounds += 1;
            assert!(rounds < 1000, "the bot answers its own events endlessly");
            while !self.lane.is_empty() {
                self.act(Action::Work);
            }
            if !self.sent.is_empty() {
                let oldest = self.sent.remove(0);
                self.hear(oldest, false);
            }
            if self.sent.is_empty() && self.lane.is_empty() && self.missed {
                self.missed = false;
                self.catch_up();
            }
        }
    }

    /// The invariants once all is delivered and done; then a person re-opens the thread, which must count.
    pub(crate) fn judge(mut self) {
        let has_missed = self.missed;
        self.come_to_rest();
        self.act(Action::WasVisible);
        self.come_to_rest();
        assert!(self.notices <= self.reasons, "{} notices for {} reasons", self.notices, self.reasons);
        match self.there {
            // Tickets that are not open are not requested.
            None => assert!(self.state == State::Closed || (has_missed && self.state == State::Dormant)),
            Some(_) if !self.is_visible() => assert_ne!(self.state, State::Open, "a hidden ticket holds a slot"),
            Some(flags) if flags.archived => assert!(matches!(self.state, State::Dormant | State::Closed)),
            Some(_) => assert_ne!(self.state, State::Opening),
        }
        assert!(self.state != State::Open || self.owner_in_thread, "an open ticket without its owner");

        self.act(Action::LimitIsReached(false));
        self.act(Action::BotIsAdded);
        if self.is_visible() && self.there.is_some_and(|flags| flags.archived) {
            self.act(Action::PersonUnarchives);
            self.come_to_rest();
            assert_eq!(self.state == State::Open, self.owner_in_thread, "{:?}", self.state);
            assert!(self.there.is_some_and(|flags| !flags.archived), "a re-opened thread was archived again");
        }
    }
}
