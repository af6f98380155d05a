//! One ticket, its thread on a small Discord, and the events between them, which arrive in any order and number.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, Copy)]
enum Action {
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
        which: prop::sample::Index,
        again: bool,
    },
    /// The bot does the next thing it has to do on Discord.
    Work,
    /// The bot forgets what it was about to do, and finds it by its records.
    Restart,
    LimitIsReached(bool),
    ManageThreads(bool),
}

/// An event, and what it says about the thread.
type Notification = (Event, Option<Flags>);

#[expect(clippy::struct_excessive_bools, reason = "each is turned on and off by itself")]
struct World {
    now: Timestamp,
    // Discord's side.
    there: Option<Flags>,
    archived_by: ArchivedBy,
    owner_in_thread: bool,
    owner_in_guild: bool,
    sent: Vec<Notification>,
    /// How often people gave reason to close the ticket.
    reasons: usize,
    /// How often the bot said in the thread that it is closed.
    notices: usize,
    // The bot's side.
    state: State,
    thread: Thread,
    slots: i32,
    slot_free: bool,
    can_lock: bool,
    closing: Closing,
    /// The notice of the close that is underway, until it is posted.
    unposted: Option<Notice>,
    work: Vec<Effect>,
}

impl World {
    fn new() -> Self {
        Self {
            now: THEN,
            there: Some(Flags { changed_at: Some(THEN), ..Flags::NEW }),
            archived_by: ArchivedBy::Person,
            owner_in_thread: true,
            owner_in_guild: true,
            sent: vec![(Event::Opened, None)],
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

    fn act(&mut self, action: Action) {
        self.now = self.now + std::time::Duration::from_secs(1);
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
                let index = which.index(self.sent.len());
                let notification = if again { self.sent[index] } else { self.sent.remove(index) };
                self.hear(notification);
            }
            Action::Work if !self.work.is_empty() => {
                let effect = self.work.remove(0);
                self.carry_out(effect);
            }
            Action::Restart => {
                self.work.retain(|effect| matches!(effect, Effect::Unlock));
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
    fn come_to_rest(&mut self) {
        let mut rounds = 0;
        while !self.sent.is_empty() || !self.work.is_empty() {
            rounds += 1;
            assert!(rounds < 1000, "the bot answers to itself without end");
            while !self.work.is_empty() {
                self.act(Action::Work);
            }
            if !self.sent.is_empty() {
                let oldest = self.sent.remove(0);
                self.hear(oldest);
            }
        }
    }
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        2 => Just(Action::TimerArchives),
        2 => any::<bool>().prop_map(|lock| Action::PersonArchives { lock }),
        3 => Just(Action::PersonUnarchives),
        2 => Just(Action::OwnerWrites),
        1 => Just(Action::OwnerLeavesThread),
        1 => Just(Action::OwnerLeavesGuild),
        2 => Just(Action::StaffAddOwner),
        1 => prop_oneof![9 => Just(Action::Restart), 1 => Just(Action::ThreadIsDeleted), 1 => Just(Action::ParentIsDeleted)],
        8 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(which, again)| Action::Deliver { which, again }),
        6 => Just(Action::Work),
        1 => any::<bool>().prop_map(Action::LimitIsReached),
        1 => any::<bool>().prop_map(Action::ManageThreads),
    ]
}

proptest! {
    #[test]
    fn any_order_of_events_ends_in_a_consistent_ticket(actions in prop::collection::vec(any_action(), 0..60)) {
        let mut world = World::new();
        for action in actions {
            world.act(action);
        }
        world.come_to_rest();

        prop_assert_eq!(world.closing, Closing::Finished);
        prop_assert!(world.notices <= world.reasons);
        match world.there {
            None => prop_assert_eq!(world.state, State::Closed),
            Some(flags) if flags.archived => prop_assert!(matches!(world.state, State::Dormant | State::Closed)),
            Some(_) => prop_assert!(world.state != State::Opening),
        }
        prop_assert!(world.state != State::Open || world.owner_in_thread);

        // Whatever happened before: while there is a thread with its owner in it, a person can open the ticket again.
        world.act(Action::LimitIsReached(false));
        if world.there.is_some_and(|flags| flags.archived) {
            world.act(Action::PersonUnarchives);
            world.come_to_rest();
            let expected = if world.owner_in_thread { State::Open } else { State::Closed };
            prop_assert_eq!(world.state, expected);
        }
    }

    #[test]
    fn the_slot_changes_exactly_with_the_state(
        state in prop::sample::select(State::EACH.to_vec()),
        event in any_event(),
        facts in any_facts(),
    ) {
        let (next, effects) = decide(state, &event, &facts);
        let count = |wanted| i32::try_from(effects.iter().filter(|effect| **effect == wanted).count()).unwrap();
        let change = i32::from(next.holds_slot()) - i32::from(state.holds_slot());
        prop_assert_eq!(count(Effect::TakeSlot) - count(Effect::FreeSlot), change);
        prop_assert!(count(Effect::TakeSlot) + count(Effect::FreeSlot) <= 1);

        let records = effects.iter().take_while(|effect| effect.is_on_records()).count();
        prop_assert!(effects[records..].iter().all(|effect| !effect.is_on_records()), "records come first");
        if !matches!(facts.thread, Thread::There(_)) && event != Event::ThreadMade {
            prop_assert_eq!(records, effects.len(), "nothing to do on Discord without a thread");
        }
    }
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (0..4_i64).prop_map(Timestamp::from_seconds)
}

fn any_event() -> impl Strategy<Value = Event> {
    let by = prop::sample::select(vec![ArchivedBy::Person, ArchivedBy::Timer]);
    prop_oneof![
        prop::sample::select(vec![
            Event::ThreadMade,
            Event::Opened,
            Event::OpeningFailed,
            Event::OwnerLeftThread,
            Event::OwnerLeftGuild,
            Event::OwnerJoined,
            Event::ThreadDeleted,
            Event::ParentDeleted,
            Event::GuildLeft,
        ]),
        any_time().prop_map(|at| Event::OwnerWrote { at }),
        any_time().prop_map(|at| Event::ThreadUnarchived { at }),
        (any_time(), by, any::<bool>()).prop_map(|(at, by, locked)| Event::ThreadArchived { at, by, locked }),
    ]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let flags = (any::<bool>(), any::<bool>(), prop::option::of(any_time()))
        .prop_map(|(archived, locked, changed_at)| Thread::There(Flags { archived, locked, changed_at }));
    let thread = prop_oneof![Just(Thread::NotMade), Just(Thread::Gone), flags];
    let closing = prop::sample::select(vec![Closing::Underway, Closing::Finished]);
    (thread, closing, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(thread, closing, can_lock, slot_free, owner_in_thread)| Facts {
            thread,
            closing,
            can_lock,
            slot_free,
            owner_in_thread,
        },
    )
}
