//! Tables for each rule, and a model in which any order of events must end in a consistent ticket.

mod action;
mod desk;
mod orders;
mod world;

use super::*;
use crate::domain::clock::Timestamp;

const THEN: Timestamp = Timestamp::from_seconds(1_700_000_000);
const NOW: Timestamp = Timestamp::from_seconds(1_700_000_100);

const ACTIVE: Flags = Flags { archived: false, locked: false, changed_at: Some(THEN) };
const ARCHIVED: Flags = Flags { archived: true, locked: false, changed_at: Some(THEN) };
const LOCKED: Flags = Flags { archived: true, locked: true, changed_at: Some(THEN) };

const BY_PERSON: Event = seen(Flags { archived: true, locked: false, changed_at: Some(NOW) }, ArchivedBy::Person);
const BY_TIMER: Event = seen(Flags { archived: true, locked: false, changed_at: Some(NOW) }, ArchivedBy::Timer);
const REOPENED: Event = seen(Flags { archived: false, locked: false, changed_at: Some(NOW) }, ArchivedBy::Person);

const ASK_FOR_OWNER: Option<Task> = Some(Task::Look(Question::returned()));

const fn seen(flags: Flags, by: ArchivedBy) -> Event {
    Event::Seen { flags, by }
}

const fn facts(flags: Flags) -> Facts {
    Facts {
        thread: Thread::There(flags),
        is_closing: false,
        stays_visible: false,
        is_restoring: false,
        returns_to: None,
        lacks_buttons: false,
        slot_free: true,
        was_opened: true,
        was_reopened: false,
        is_new: false,
    }
}

fn outcome(state: State, event: Event, facts: &Facts) -> (State, Option<Task>) {
    let decision = decide(state, &event, facts);
    (decision.state, decision.task)
}

#[test]
fn a_ticket_opens_once_its_thread_is_made_and_its_owner_is_in() {
    let reserved = Facts { thread: Thread::NotMade, was_opened: false, ..facts(ACTIVE) };
    let made = decide(State::Opening, &Event::ThreadMade, &reserved);
    assert_eq!((made.state, made.thread), (State::Opening, Thread::There(Flags::NEW)));
    let opening = Facts { was_opened: false, ..facts(Flags::NEW) };
    assert_eq!(outcome(State::Opening, Event::Opened, &opening), (State::Open, None));
    let archived = Facts { was_opened: false, ..facts(ARCHIVED) };
    assert_eq!(outcome(State::Opening, Event::Opened, &archived), (State::Dormant, None));
}

#[test]
fn two_changes_of_a_thread_within_one_millisecond_both_count() {
    let archived = Event::Seen { flags: ARCHIVED, by: ArchivedBy::Person };
    let closed = decide(State::Open, &archived, &facts(ACTIVE));
    assert_eq!((closed.state, closed.thread), (State::Closed, Thread::There(ARCHIVED)));

    let reopened = Event::Seen { flags: ACTIVE, by: ArchivedBy::Person };
    let stored = Facts { thread: closed.thread, was_reopened: true, ..facts(ACTIVE) };
    let decision = decide(State::Closed, &reopened, &stored);
    assert_eq!((decision.thread, decision.task), (Thread::There(ACTIVE), ASK_FOR_OWNER));

    let told_again = decide(State::Closed, &archived, &facts(ARCHIVED));
    assert_eq!((told_again.thread, told_again.task), (Thread::There(ARCHIVED), None), "the same change, told twice");
}

#[test]
fn an_opening_that_fails_leaves_nothing_or_a_thread_to_discard() {
    let reserved = Facts { thread: Thread::NotMade, was_opened: false, ..facts(ACTIVE) };
    let made = Facts { was_opened: false, ..facts(Flags::NEW) };
    let table = [
        (reserved, true, true, None),
        (reserved, false, true, None),
        (made, true, false, Some(Task::Discard)),
        // Somebody wrote in it.
        (made, false, false, None),
        (Facts { thread: Thread::Gone, ..made }, true, true, None),
    ];
    for (facts, discard, forget, task) in table {
        let decision = decide(State::Opening, &Event::OpeningFailed { discard }, &facts);
        assert_eq!((decision.state, decision.forget, decision.task), (State::Closed, forget, task), "{facts:?}");
    }
    assert!(decide(State::Closed, &Event::Discarded, &made).forget);
}

#[test]
fn a_ticket_that_is_taken_back_never_counted() {
    let decision = decide(State::Open, &Event::TakenBack, &facts(ACTIVE));
    assert_eq!((decision.state, decision.task, decision.unopened), (State::Closed, Some(Task::Discard), true));
}

#[test]
fn a_ticket_whose_owner_leaves_is_closed_with_a_notice() {
    for (left, notice) in [(Left::Thread, Notice::OwnerLeftThread), (Left::Guild, Notice::OwnerLeftGuild)] {
        for event in [Event::OwnerSaidGone(left), Event::OwnerLeft(left)] {
            for (state, flags) in [(State::Open, ACTIVE), (State::Dormant, ARCHIVED)] {
                let closed = (State::Closed, Some(Task::Close(Closing::with(notice))));
                assert_eq!(outcome(state, event, &facts(flags)), closed);
            }
        }
    }
}

#[test]
fn who_may_have_come_back_since_is_asked_about_first() {
    let reopened = Facts { was_reopened: true, ..facts(ACTIVE) };
    let new = Facts { is_new: true, ..facts(ACTIVE) };
    let table = [
        (State::Open, Left::Thread, reopened, true),
        (State::Open, Left::Guild, reopened, true),
        (State::Open, Left::Guild, new, true),
        // Nobody can have left a thread before joining it.
        (State::Open, Left::Thread, new, false),
        (State::Opening, Left::Guild, Facts { thread: Thread::NotMade, was_opened: false, ..facts(ACTIVE) }, true),
    ];
    for (state, left, facts, asks) in table {
        let (next, task) = outcome(state, Event::OwnerSaidGone(left), &facts);
        let question = Some(Task::Look(Question::owner(Some(left))));
        assert_eq!((next == state, task == question), (asks, asks), "{state:?} {left:?}");
    }
}

#[test]
fn an_owner_who_leaves_both_thread_and_guild_is_announced_once() {
    let event = Event::OwnerSaidGone(Left::Guild);
    assert_eq!(outcome(State::Closed, event, &facts(ACTIVE)), (State::Closed, None));
}

#[test]
fn a_ticket_that_a_person_archives_is_closed_and_one_that_they_lock_as_well_needs_nothing_more() {
    let notice = Task::Close(Closing::with(Notice::ArchivedByPerson));
    assert_eq!(outcome(State::Open, BY_PERSON, &facts(ACTIVE)), (State::Closed, Some(notice)));
    let locked = seen(Flags { archived: true, locked: true, changed_at: Some(NOW) }, ArchivedBy::Person);
    assert_eq!(outcome(State::Open, locked, &facts(ACTIVE)), (State::Closed, None));
}

#[test]
fn the_timer_only_puts_a_ticket_to_rest() {
    assert_eq!(outcome(State::Open, BY_TIMER, &facts(ACTIVE)), (State::Dormant, None));
}

#[test]
fn a_thread_that_is_opened_again_is_a_ticket_again_once_its_owner_is_known_to_be_there() {
    for state in [State::Dormant, State::Closed] {
        assert_eq!(outcome(state, REOPENED, &facts(ARCHIVED)), (state, ASK_FOR_OWNER));
        assert_eq!(outcome(state, Event::OwnerAdded, &facts(ACTIVE)), (state, ASK_FOR_OWNER));
        assert_eq!(outcome(state, Event::OwnerIsThere, &facts(ACTIVE)), (State::Open, None));
        let full = Facts { slot_free: false, ..facts(ACTIVE) };
        let says = Some(Task::Restore(Restoring { otherwise: None, says: Some(Said::NoRoom) }));
        assert_eq!(outcome(state, Event::OwnerIsBack, &full), (State::Dormant, says));
        // It was not just opened again: nothing is said a second time.
        let again = if state == State::Closed { says } else { None };
        assert_eq!(outcome(state, Event::OwnerIsThere, &full), (State::Dormant, again));
        let said = Facts { is_restoring: true, ..full };
        assert_eq!(outcome(state, Event::OwnerIsBack, &said), (State::Dormant, None));
        // They are in it, and it is archived.
        assert_eq!(outcome(state, Event::OwnerIsThere, &facts(ARCHIVED)), (state, None));
    }
}

#[test]
fn a_closed_ticket_that_staff_re_open_is_usable_again() {
    let locked = Flags { archived: false, ..LOCKED };
    let opened = outcome(State::Closed, Event::OwnerIsThere, &facts(locked));
    assert_eq!(opened, (State::Open, Some(Task::Restore(Restoring::SILENT))));
    let without_buttons = Facts { lacks_buttons: true, ..facts(ACTIVE) };
    let opened = outcome(State::Closed, Event::OwnerIsThere, &without_buttons);
    assert_eq!(opened, (State::Open, Some(Task::Restore(Restoring::SILENT))));
}

#[test]
fn a_person_closes_a_ticket_through_the_bot_and_its_thread_may_stay_visible() {
    let close = |stays| Event::Closed { notice: Notice::Closed, stays };
    let task = |stays| Some(Task::Close(Closing { notice: Some(Notice::Closed), stays }));
    let table = [
        (State::Open, ACTIVE, false, State::Closed, task(false)),
        (State::Open, ACTIVE, true, State::Closed, task(true)),
        // Nobody reads an archived thread.
        (State::Dormant, ARCHIVED, true, State::Closed, task(false)),
        (State::Closed, ACTIVE, false, State::Closed, None),
        (State::Opening, ACTIVE, false, State::Opening, None),
    ];
    for (before, flags, stays, after, task) in table {
        assert_eq!(outcome(before, close(stays), &facts(flags)), (after, task), "{before:?} {stays}");
    }
    let hidden = Facts { thread: Thread::Hidden(ACTIVE), ..facts(ACTIVE) };
    assert_eq!(outcome(State::Open, close(false), &hidden), (State::Closed, None));
}

#[test]
fn a_thread_that_stays_visible_is_archived_later_and_its_owner_in_it_does_not_re_open_it() {
    let visible = Facts { stays_visible: true, ..facts(ACTIVE) };
    for event in [Event::OwnerIsThere, Event::OwnerIsBack, Event::OwnerAdded] {
        assert_eq!(outcome(State::Closed, event, &visible), (State::Closed, None));
    }
    let archive = Some(Task::Close(Closing::LATER));
    assert_eq!(outcome(State::Closed, Event::WasVisible, &facts(ACTIVE)), (State::Closed, archive));
    assert_eq!(outcome(State::Closed, Event::WasVisible, &facts(ARCHIVED)), (State::Closed, None));
    assert_eq!(outcome(State::Open, Event::WasVisible, &facts(ACTIVE)), (State::Open, None));
}

#[test]
fn a_thread_that_stays_visible_and_is_archived_meanwhile_is_locked_once() {
    let visible = Facts { stays_visible: true, ..facts(ACTIVE) };
    let locks = Some(Task::Close(Closing::LATER));
    for archived in [BY_PERSON, BY_TIMER] {
        assert_eq!(outcome(State::Closed, archived, &visible), (State::Closed, locks));
        assert_eq!(outcome(State::Closed, archived, &facts(ACTIVE)), (State::Closed, None), "it was told before");
    }
    let with_lock = seen(Flags { changed_at: Some(NOW), ..LOCKED }, ArchivedBy::Person);
    assert_eq!(outcome(State::Closed, with_lock, &visible), (State::Closed, None));
    // While the bot could not see it.
    let hidden = Facts { thread: Thread::Hidden(ACTIVE), ..visible };
    assert_eq!(outcome(State::Closed, BY_PERSON, &hidden), (State::Closed, locks));
    assert_eq!(outcome(State::Closed, Event::WasVisible, &hidden), (State::Closed, None));
    // Its notice is still to be posted, which un-archives it.
    let closing = Facts { is_closing: true, ..visible };
    let Event::Seen { flags, .. } = BY_PERSON else { unreachable!() };
    let decision = decide(State::Closed, &BY_PERSON, &closing);
    assert_eq!((decision.thread, decision.task), (visible.thread, Some(Task::Look(Question::seen(flags)))));
}

#[test]
fn a_person_re_opens_a_ticket_through_the_bot_if_there_is_room() {
    for (state, flags) in [(State::Closed, LOCKED), (State::Dormant, ARCHIVED), (State::Dormant, ACTIVE)] {
        let task = Task::Restore(Restoring { otherwise: Some(state), says: Some(Said::Reopened) });
        assert_eq!(outcome(state, Event::Reopened, &facts(flags)), (State::Open, Some(task)));
        let full = Facts { slot_free: false, ..facts(flags) };
        assert_eq!(outcome(state, Event::Reopened, &full), (state, None));
        let closing = Facts { is_closing: true, ..facts(flags) };
        assert_eq!(outcome(state, Event::Reopened, &closing), (state, None));
        let hidden = Facts { thread: Thread::Hidden(flags), ..facts(flags) };
        assert_eq!(outcome(state, Event::Reopened, &hidden), (state, None));
    }
    assert_eq!(outcome(State::Open, Event::Reopened, &facts(ACTIVE)), (State::Open, None));
    for otherwise in [State::Closed, State::Dormant] {
        let refused = Event::NotReopened { otherwise };
        assert_eq!(outcome(State::Open, refused, &facts(LOCKED)), (otherwise, None));
        assert_eq!(outcome(State::Open, refused, &facts(ACTIVE)), (otherwise, ASK_FOR_OWNER), "it was un-archived");
    }
    assert_eq!(outcome(State::Open, Event::OwnerOutOfReach, &facts(ACTIVE)), (State::Dormant, None));
}

#[test]
fn a_closed_ticket_that_goes_out_of_sight_before_it_is_re_opened_is_closed() {
    for state in [State::Open, State::Dormant] {
        let closed = Facts { is_restoring: true, returns_to: Some(State::Closed), ..facts(LOCKED) };
        let decision = decide(state, &Event::OutOfSight, &closed);
        assert_eq!((decision.state, decision.thread, decision.task), (State::Closed, Thread::Hidden(LOCKED), None));
        let refused = Event::NotReopened { otherwise: State::Closed };
        assert_eq!(outcome(state, refused, &closed), (State::Closed, None));
        let dormant = Facts { returns_to: Some(State::Dormant), ..closed };
        assert_eq!(outcome(state, Event::OutOfSight, &dormant).0, State::Dormant);
    }
}

#[test]
fn our_own_notice_does_not_re_open_a_ticket_and_what_a_person_does_meanwhile_is_looked_at_later() {
    let closing = Facts { is_closing: true, ..facts(ARCHIVED) };
    let Event::Seen { flags, .. } = REOPENED else { unreachable!() };
    let decision = decide(State::Closed, &REOPENED, &closing);
    assert_eq!((decision.state, decision.thread), (State::Closed, closing.thread), "it is not stored yet");
    assert_eq!(decision.task, Some(Task::Look(Question::seen(flags))));
    assert_eq!(
        outcome(State::Closed, Event::OwnerIsThere, &Facts { is_closing: true, ..facts(ACTIVE) }).0,
        State::Closed
    );
}

#[test]
fn a_change_that_was_overtaken_changes_nothing() {
    let before = Timestamp::from_seconds(1_600_000_000);
    let archived = seen(Flags { changed_at: Some(before), ..ARCHIVED }, ArchivedBy::Person);
    assert_eq!(outcome(State::Open, archived, &facts(ACTIVE)), (State::Open, None));
    let unarchived = seen(Flags { changed_at: Some(before), ..ACTIVE }, ArchivedBy::Person);
    assert_eq!(outcome(State::Closed, unarchived, &facts(LOCKED)), (State::Closed, None));
    // Equal flags at an equal time are the same change: a renamed thread, or a repeated event.
    assert_eq!(outcome(State::Dormant, seen(ARCHIVED, ArchivedBy::Person), &facts(ARCHIVED)), (State::Dormant, None));
}

#[test]
fn a_deleted_thread_closes_its_ticket_without_a_word_and_for_good() {
    for state in [State::Open, State::Dormant, State::Opening] {
        let decision = decide(state, &Event::ThreadGone, &facts(ACTIVE));
        assert_eq!((decision.state, decision.thread, decision.task), (State::Closed, Thread::Gone, None));
    }
    let never_ready = Facts { was_opened: false, ..facts(ACTIVE) };
    assert!(decide(State::Closed, &Event::ThreadGone, &never_ready).forget, "its row is deleted");
    let gone = Facts { thread: Thread::Gone, ..facts(ACTIVE) };
    for event in [REOPENED, Event::OwnerIsThere, Event::OwnerAdded, Event::BotRemoved] {
        assert_eq!(outcome(State::Closed, event, &gone), (State::Closed, None));
    }
}

#[test]
fn a_thread_out_of_sight_holds_nobodys_place_and_a_sighting_brings_it_back() {
    let removed = outcome(State::Open, Event::BotRemoved, &facts(ACTIVE));
    assert_eq!(removed, (State::Open, Some(Task::Look(Question::thread()))));
    let table = [(State::Open, State::Dormant), (State::Dormant, State::Dormant), (State::Closed, State::Closed)];
    for (before, after) in table {
        let decision = decide(before, &Event::OutOfSight, &facts(ACTIVE));
        assert_eq!((decision.state, decision.thread, decision.task), (after, Thread::Hidden(ACTIVE), None));
    }
    let hidden = Facts { thread: Thread::Hidden(ACTIVE), ..facts(ACTIVE) };
    // Nothing is sent.
    assert_eq!(outcome(State::Dormant, Event::OwnerLeft(Left::Guild), &hidden), (State::Closed, None));
    // Even with equal flags.
    let back = decide(State::Dormant, &seen(ACTIVE, ArchivedBy::Person), &hidden);
    assert_eq!((back.thread, back.task), (Thread::There(ACTIVE), ASK_FOR_OWNER));
}

#[test]
fn an_imported_ticket_is_what_its_thread_shows() {
    let table = [
        (LOCKED, ArchivedBy::Timer, State::Closed, None),
        (ARCHIVED, ArchivedBy::Person, State::Closed, None),
        (ARCHIVED, ArchivedBy::Timer, State::Dormant, None),
        (ACTIVE, ArchivedBy::Person, State::Dormant, Some(Task::Look(Question::absence()))),
    ];
    for (flags, by, state, task) in table {
        assert_eq!(outcome(State::Closed, Event::SeenFirst { flags, by }, &facts(Flags::NEW)), (state, task));
    }
}

#[test]
fn what_waits_is_dropped_when_it_belongs_to_a_state_that_was_left() {
    let there = Thread::There(ACTIVE);
    let close = Task::Close(Closing::LATER);
    let restore = Task::Restore(Restoring::SILENT);
    let look = Task::Look(Question::thread());
    let table = [
        (close, State::Closed, there, true),
        (close, State::Open, there, false),
        (close, State::Closed, Thread::Hidden(ACTIVE), false),
        (Task::Discard, State::Closed, there, true),
        (restore, State::Open, there, true),
        (restore, State::Closed, there, false),
        (look, State::Dormant, Thread::Hidden(ACTIVE), true),
        (look, State::Closed, Thread::Gone, false),
        (Task::Open, State::Closed, Thread::Gone, true),
    ];
    for (task, state, thread, stays) in table {
        assert_eq!(task.belongs_to(state, thread), stays, "{task:?} {state:?} {thread:?}");
    }
}

#[test]
fn states_and_notices_read_back_as_they_are_stored() {
    for state in State::EACH {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    for notice in Notice::EACH {
        assert_eq!(notice.as_str().parse(), Ok(notice));
    }
    assert_eq!("Open".parse::<State>(), Err(ParseNameError));
    assert_eq!("".parse::<Notice>(), Err(ParseNameError));
}

#[test]
fn the_newer_observation_of_a_thread_wins() {
    let later = Flags { changed_at: Some(NOW), ..ARCHIVED };
    assert_eq!(ACTIVE.updated(later), later);
    assert_eq!(later.updated(ACTIVE), later);
    assert_eq!(ARCHIVED.updated(LOCKED), LOCKED);
    assert_eq!(Flags::NEW.updated(ACTIVE), ACTIVE);
    assert_eq!(ACTIVE.updated(Flags::NEW), ACTIVE);
}
