//! One ticket, its thread on a small Discord, and the events between them, which arrive in any order and number, or not at
//! all. What must hold at every step is asserted here; what comes of it all is judged by whoever lets it run.
//!
//! The fuzz target of the same name includes this file: it knows nothing but the domain.

use std::time::Duration;

use crate::domain::clock::Timestamp;
use crate::domain::lifecycle::{
    ArchivedBy, Closing, Effect, Event, Facts, Flags, Notice, State, Thread, decide, finish_closing,
};

const START: Timestamp = Timestamp::from_seconds(1_700_000_000);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Action {
    TimerArchives,
    PersonArchives {
        lock: bool,
    },
    PersonUnarchives,
    OwnerWrites,
    OwnerLeavesThread,
    OwnerLeavesGuild,
    StaffAddOwner,
    ThreadIsDeleted,
    ParentIsDeleted,
    /// The bot hears of one of the events; with `again`, it will hear of it once more.
    Deliver {
        which: usize,
        again: bool,
    },
    /// One of the events never arrives.
    Lose {
        which: usize,
    },
    /// The bot looks at what it finds on Discord, as at the start of a session.
    CatchUp,
    /// The bot does the next thing it has to do on Discord.
    Work,
    /// The bot forgets what it was about to do, and finds it by its records.
    Restart,
    LimitIsReached(bool),
    ManageThreads(bool),
}

impl Action {
    /// The action that two bytes stand for. Every pair stands for one.
    pub(crate) const fn read(kind: u8, detail: u8) -> Self {
        let (yes, which) = (detail & 1 == 1, (detail >> 1) as usize);
        match kind % 36 {
            0..2 => Self::TimerArchives,
            2..4 => Self::PersonArchives { lock: yes },
            4..7 => Self::PersonUnarchives,
            7..9 => Self::OwnerWrites,
            9 => Self::OwnerLeavesThread,
            10 => Self::OwnerLeavesGuild,
            11..13 => Self::StaffAddOwner,
            13 if detail < 16 => Self::ThreadIsDeleted,
            13 if detail < 32 => Self::ParentIsDeleted,
            14 => Self::Restart,
            15 => Self::CatchUp,
            16 => Self::Lose { which },
            17..25 => Self::Deliver { which, again: yes },
            25..27 => Self::LimitIsReached(yes),
            27 => Self::ManageThreads(yes),
            _ => Self::Work,
        }
    }
}

/// An event, and what it says about the thread.
type Notification = (Event, Option<Flags>);

#[expect(clippy::struct_excessive_bools, reason = "each is turned on and off by itself")]
#[derive(Debug)]
pub(crate) struct World {
    now: Timestamp,
    // Discord's side.
    pub(crate) there: Option<Flags>,
    archived_by: ArchivedBy,
    pub(crate) owner_in_thread: bool,
    owner_in_guild: bool,
    sent: Vec<Notification>,
    /// Something happened that the bot was not told.
    pub(crate) missed: bool,
    /// How often people gave reason to close the ticket.
    pub(crate) reasons: usize,
    /// How often the bot said in the thread that it is closed.
    pub(crate) notices: usize,
    // The bot's side.
    pub(crate) state: State,
    thread: Thread,
    slots: i32,
    pub(crate) slot_free: bool,
    can_lock: bool,
    pub(crate) closing: Closing,
    /// The notice of the close that is underway, until it is posted.
    unposted: Option<Notice>,
    work: Vec<Effect>,
}

impl World {
    /// A thread was just made, and its owner brought in; the bot is about to hear of its own success.
    pub(crate) fn new() -> Self {
        Self {
            now: START,
            there: Some(Flags { changed_at: Some(START), ..Flags::NEW }),
            archived_by: ArchivedBy::Person,
            owner_in_thread: true,
            owner_in_guild: true,
            sent: vec![(Event::Opened, None)],
            missed: false,
            reasons: 0,
            notices: 0,
            state: State::Opening,
            thread: Thread::There(Flags::NEW),
            slots: 1,
            slot_free: true,
            can_lock: true,
            closing: Closing::Finished,
            unposted: None,
            work: Vec::new(),
        }
    }

    fn facts(&self) -> Facts {
        Facts {
            thread: self.thread,
            closing: self.closing,
            can_lock: self.can_lock,
            slot_free: self.slot_free,
            owner_in_thread: self.owner_in_thread,
        }
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.now = self.now + Duration::from_secs(1);
        match action {
            Action::TimerArchives => self.set_archived(true, false, ArchivedBy::Timer),
            Action::PersonArchives { lock } => {
                self.reasons += 1;
                self.set_archived(true, lock, ArchivedBy::Person);
            }
            Action::PersonUnarchives => self.set_archived(false, false, ArchivedBy::Person),
            Action::OwnerWrites if self.owner_in_thread && self.there.is_some_and(|flags| !flags.locked) => {
                self.set_archived(false, false, ArchivedBy::Person);
                self.sent.push((Event::OwnerWrote { at: self.now }, None));
            }
            Action::OwnerLeavesThread if self.owner_in_thread => self.owner_leaves(Event::OwnerLeftThread),
            Action::OwnerLeavesGuild if self.owner_in_guild => {
                self.owner_in_guild = false;
                self.owner_leaves(Event::OwnerLeftGuild);
            }
            Action::StaffAddOwner if self.owner_in_guild && self.there.is_some_and(|flags| !flags.archived) => {
                self.owner_in_thread = true;
                self.sent.push((Event::OwnerJoined, None));
            }
            Action::ThreadIsDeleted => self.delete(Event::ThreadDeleted),
            Action::ParentIsDeleted => self.delete(Event::ParentDeleted),
            Action::Deliver { which, again } if !self.sent.is_empty() => {
                let index = which % self.sent.len();
                let notification = if again { self.sent[index] } else { self.sent.remove(index) };
                self.hear(notification);
            }
            Action::Lose { which } => self.lose(which),
            Action::CatchUp => self.catch_up(),
            Action::Work if !self.work.is_empty() => {
                let effect = self.work.remove(0);
                self.carry_out(effect);
            }
            Action::Restart => {
                self.work.clear();
                if self.closing == Closing::Underway {
                    self.work.extend(finish_closing(self.unposted, self.thread, self.can_lock));
                    self.settle();
                }
            }
            Action::LimitIsReached(reached) => self.slot_free = !reached,
            Action::ManageThreads(granted) => self.can_lock = granted,
            _ => {}
        }
    }

    fn set_archived(&mut self, archived: bool, lock: bool, by: ArchivedBy) {
        let Some(flags) = &mut self.there else { return };
        flags.locked |= lock;
        if flags.archived != archived {
            *flags = Flags { archived, changed_at: Some(self.now), ..*flags };
            self.archived_by = by;
            self.sent.extend(Event::seen(*flags, by).map(|event| (event, Some(*flags))));
        }
    }

    fn owner_leaves(&mut self, event: Event) {
        self.reasons += 1;
        self.owner_in_thread = false;
        self.sent.push((event, None));
    }

    /// That a ticket is ready is no event of Discord's: the bot knows it by itself.
    fn lose(&mut self, which: usize) {
        let mut can_be_lost = (0..self.sent.len()).filter(|index| self.sent[*index].0 != Event::Opened);
        let count = can_be_lost.clone().count();
        if let Some(index) = which.checked_rem(count).and_then(|which| can_be_lost.nth(which)) {
            self.sent.remove(index);
            self.missed = true;
        }
    }

    /// What `tickets::catch_up` asks: active threads show themselves, open tickets are asked for, others are not.
    fn catch_up(&mut self) {
        match self.there {
            Some(flags) if !flags.archived || self.state == State::Open => {
                if let Some(event) = Event::seen(flags, self.archived_by) {
                    self.hear((event, Some(flags)));
                }
            }
            None if self.state == State::Open => self.hear((Event::ThreadDeleted, None)),
            _ => {}
        }
        if self.state == State::Open && !self.owner_in_thread {
            self.hear((Event::OwnerLeftThread, None));
        }
    }

    fn delete(&mut self, event: Event) {
        if self.there.take().is_some() {
            self.sent.push((event, None));
        }
    }

    /// What the bot does with an event, and what must hold whatever it was.
    fn hear(&mut self, (event, seen): Notification) {
        // The bot asks whether they are really gone.
        if self.owner_in_thread && matches!(event, Event::OwnerLeftThread | Event::OwnerLeftGuild) {
            return;
        }
        let (before, was_gone) = (self.state, self.thread == Thread::Gone);
        let (next, effects) = decide(before, &event, &self.facts());
        let closes = next == State::Closed && before != State::Closed;

        let is_reason = match event {
            Event::OwnerLeftThread | Event::OwnerLeftGuild | Event::ThreadDeleted | Event::ParentDeleted => true,
            Event::ThreadArchived { by, .. } => by == ArchivedBy::Person,
            _ => false,
        };
        assert!(is_reason || !closes, "{event:?} closed a ticket that waits for an answer");
        let notices: Vec<_> = effects.iter().filter(|effect| matches!(effect, Effect::PostNotice(_))).collect();
        assert!(notices.len() <= usize::from(closes), "{before:?} {event:?} {effects:?}");
        assert!(!was_gone || (next == State::Closed && effects.is_empty()), "{event:?} {effects:?}");

        self.state = next;
        if let (Thread::There(flags), Some(seen)) = (self.thread, seen) {
            self.thread = Thread::There(flags.updated(seen));
        }
        for effect in &effects {
            match effect {
                Effect::FreeSlot => self.slots -= 1,
                Effect::TakeSlot => {
                    assert!(self.slot_free, "{event:?} took a slot that was not free");
                    self.slots += 1;
                }
                Effect::ForgetThread => self.thread = Thread::Gone,
                Effect::PostNotice(notice) => {
                    self.closing = Closing::Underway;
                    self.unposted = Some(*notice);
                }
                _ => {}
            }
        }
        self.work.extend(effects.into_iter().filter(|effect| !effect.is_on_records()));
        assert_eq!(self.slots, i32::from(next.holds_slot()), "{before:?} {event:?}");

        let again = decide(self.state, &event, &self.facts());
        assert_eq!(again, (next, vec![]), "{event:?} changed something twice");
    }

    fn carry_out(&mut self, effect: Effect) {
        let is_of_close = matches!(effect, Effect::PostNotice(_) | Effect::Archive { .. });
        assert!(!is_of_close || self.state == State::Closed, "{effect:?} on a ticket that is {:?}", self.state);
        let in_reach = self.there.is_some_and(|flags| !flags.locked || self.can_lock);
        match effect {
            Effect::PostNotice(_) => {
                if in_reach && self.there.is_some_and(|flags| !flags.locked || !flags.archived) {
                    self.notices += 1;
                    self.set_archived(false, false, ArchivedBy::Person);
                }
                self.unposted = None;
            }
            Effect::Archive { lock } if in_reach => self.set_archived(true, lock && self.can_lock, ArchivedBy::Person),
            Effect::Unlock => {
                if let Some(flags) = &mut self.there {
                    flags.locked = false;
                }
            }
            _ => {}
        }
        // Discord's answer to an edit says how the thread is now.
        if let (Effect::Archive { .. } | Effect::Unlock, Some(flags)) = (effect, self.there)
            && let Some(event) = Event::seen(flags, self.archived_by)
        {
            self.hear((event, Some(flags)));
        }
        self.settle();
    }

    fn settle(&mut self) {
        let is_left = |effect: &Effect| matches!(effect, Effect::PostNotice(_) | Effect::Archive { .. });
        if !self.work.iter().any(is_left) {
            self.closing = Closing::Finished;
            self.unposted = None;
        }
    }

    /// Everything is heard of and done.
    pub(crate) fn come_to_rest(&mut self) {
        let mut rounds = 0;
        while !self.sent.is_empty() || !self.work.is_empty() || self.missed {
            rounds += 1;
            assert!(rounds < 1000, "the bot answers to itself without end");
            while !self.work.is_empty() {
                self.act(Action::Work);
            }
            if !self.sent.is_empty() {
                let oldest = self.sent.remove(0);
                self.hear(oldest);
            }
            if self.sent.is_empty() && self.work.is_empty() && self.missed {
                self.missed = false;
                self.catch_up();
            }
        }
    }

    /// What must hold when everything is heard of and done; then a person opens the thread again, which must count.
    pub(crate) fn judge(mut self) {
        let has_missed = self.missed;
        self.come_to_rest();
        assert_eq!(self.closing, Closing::Finished);
        assert!(self.notices <= self.reasons, "{} notices for {} reasons", self.notices, self.reasons);
        match self.there {
            // Nobody asks after a ticket that is not open.
            None => assert!(self.state == State::Closed || (has_missed && self.state == State::Dormant)),
            Some(flags) if flags.archived => assert!(matches!(self.state, State::Dormant | State::Closed)),
            Some(_) => assert_ne!(self.state, State::Opening),
        }
        assert!(self.state != State::Open || self.owner_in_thread, "an open ticket without its owner");
        self.act(Action::Restart);
        self.come_to_rest();
        assert!(self.notices <= self.reasons, "a notice was posted twice");

        self.act(Action::LimitIsReached(false));
        if self.there.is_some_and(|flags| flags.archived) {
            self.act(Action::PersonUnarchives);
            self.come_to_rest();
            assert_eq!(self.state == State::Open, self.owner_in_thread, "{:?}", self.state);
            assert!(self.there.is_some_and(|flags| !flags.archived), "what a person re-opened was archived again");
        }
    }
}
