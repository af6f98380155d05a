//! Tables for each rule, and a small world in which any order of events must end in a consistent ticket.

mod desk;
mod orders;
mod world;

use super::*;

const THEN: Timestamp = Timestamp::from_seconds(1_700_000_000);
const NOW: Timestamp = Timestamp::from_seconds(1_700_000_100);

const ACTIVE: Flags = Flags { archived: false, locked: false, changed_at: Some(THEN) };
const ARCHIVED: Flags = Flags { archived: true, locked: false, changed_at: Some(THEN) };
const LOCKED: Flags = Flags { archived: true, locked: true, changed_at: Some(THEN) };

const BY_PERSON: Event = Event::ThreadArchived { at: NOW, by: ArchivedBy::Person, locked: false };
const BY_TIMER: Event = Event::ThreadArchived { at: NOW, by: ArchivedBy::Timer, locked: false };
const REOPENED: Event = Event::ThreadUnarchived { at: NOW };

const fn facts(flags: Flags) -> Facts {
    Facts {
        thread: Thread::There(flags),
        closing: Closing::Finished,
        can_lock: true,
        slot_free: true,
        owner_in_thread: true,
    }
}

#[test]
fn a_ticket_opens_once_its_owner_is_in() {
    assert_eq!(decide(State::Opening, &Event::ThreadMade, &facts(Flags::NEW)), (State::Opening, vec![]));
    assert_eq!(decide(State::Opening, &Event::Opened, &facts(Flags::NEW)), (State::Open, vec![]));
}

#[test]
fn an_opening_that_fails_gives_back_all_it_took() {
    let discard = Effect::DiscardThread { delete: true };
    let (state, effects) = decide(State::Opening, &Event::OpeningFailed, &facts(Flags::NEW));
    assert_eq!(state, State::Closed);
    assert_eq!(effects, [Effect::FreeSlot, Effect::ReturnCooldown, discard]);

    let not_made = Facts { thread: Thread::NotMade, ..facts(Flags::NEW) };
    let (_, effects) = decide(State::Opening, &Event::OpeningFailed, &not_made);
    assert_eq!(effects, [Effect::FreeSlot, Effect::ReturnCooldown]);
}

#[test]
fn a_thread_that_comes_after_its_opening_was_given_up_is_removed() {
    let late = Facts { thread: Thread::NotMade, can_lock: false, ..facts(Flags::NEW) };
    let removed = vec![Effect::DiscardThread { delete: false }];
    assert_eq!(decide(State::Closed, &Event::ThreadMade, &late), (State::Closed, removed));
    assert_eq!(decide(State::Closed, &Event::ThreadMade, &facts(ARCHIVED)), (State::Closed, vec![]));
}

#[test]
fn a_ticket_whose_owner_leaves_is_closed_with_a_notice() {
    let reasons = [(Event::OwnerLeftThread, Notice::OwnerLeftThread), (Event::OwnerLeftGuild, Notice::OwnerLeftGuild)];
    for (event, notice) in reasons {
        for can_lock in [true, false] {
            let facts = Facts { can_lock, ..facts(ACTIVE) };
            let expected = [Effect::FreeSlot, Effect::PostNotice(notice), Effect::Archive { lock: can_lock }];
            assert_eq!(decide(State::Open, &event, &facts), (State::Closed, expected.to_vec()));
        }
    }
}

#[test]
fn a_dormant_ticket_whose_owner_leaves_is_closed_without_freeing_a_slot_again() {
    let (state, effects) = decide(State::Dormant, &Event::OwnerLeftGuild, &facts(ARCHIVED));
    assert_eq!(state, State::Closed);
    assert_eq!(effects, [Effect::PostNotice(Notice::OwnerLeftGuild), Effect::Archive { lock: true }]);
}

#[test]
fn an_owner_who_leaves_both_thread_and_guild_is_announced_once() {
    let (state, _) = decide(State::Open, &Event::OwnerLeftThread, &facts(ACTIVE));
    assert_eq!(decide(state, &Event::OwnerLeftGuild, &facts(ACTIVE)), (State::Closed, vec![]));
}

#[test]
fn a_ticket_that_a_person_archives_is_closed() {
    let (state, effects) = decide(State::Open, &BY_PERSON, &facts(ACTIVE));
    assert_eq!(state, State::Closed);
    let notice = Effect::PostNotice(Notice::ArchivedByPerson);
    assert_eq!(effects, [Effect::FreeSlot, notice, Effect::Archive { lock: true }]);
}

#[test]
fn a_ticket_that_a_person_archives_and_locks_needs_nothing_more() {
    let event = Event::ThreadArchived { at: NOW, by: ArchivedBy::Person, locked: true };
    for can_lock in [true, false] {
        let facts = Facts { can_lock, ..facts(ACTIVE) };
        assert_eq!(decide(State::Open, &event, &facts), (State::Closed, vec![Effect::FreeSlot]));
    }
}

#[test]
fn a_locked_thread_is_left_alone_without_manage_threads() {
    let locked = Flags { locked: true, ..ACTIVE };
    let facts = Facts { can_lock: false, ..facts(locked) };
    assert_eq!(decide(State::Open, &Event::OwnerLeftThread, &facts), (State::Closed, vec![Effect::FreeSlot]));
}

#[test]
fn the_timer_only_puts_a_ticket_to_rest() {
    assert_eq!(decide(State::Open, &BY_TIMER, &facts(ACTIVE)), (State::Dormant, vec![Effect::FreeSlot]));
}

#[test]
fn a_dormant_ticket_is_revived_by_writing() {
    for event in [REOPENED, Event::OwnerWrote { at: NOW }] {
        assert_eq!(decide(State::Dormant, &event, &facts(ARCHIVED)), (State::Open, vec![Effect::TakeSlot]));
    }
}

#[test]
fn a_message_from_before_the_archiving_revives_nothing() {
    let event = Event::OwnerWrote { at: THEN };
    assert_eq!(decide(State::Dormant, &event, &facts(ARCHIVED)), (State::Dormant, vec![]));
}

#[test]
fn a_revived_ticket_counts_only_when_its_owner_has_a_slot_free() {
    let full = Facts { slot_free: false, ..facts(ARCHIVED) };
    assert_eq!(decide(State::Dormant, &REOPENED, &full), (State::Dormant, vec![]));
    assert_eq!(decide(State::Closed, &REOPENED, &full), (State::Dormant, vec![]));
    // Their other ticket was closed meanwhile, and they write here.
    let event = Event::OwnerWrote { at: NOW };
    assert_eq!(decide(State::Dormant, &event, &facts(ACTIVE)), (State::Open, vec![Effect::TakeSlot]));
}

#[test]
fn a_closed_ticket_that_staff_re_open_is_open_and_usable_again() {
    let (state, effects) = decide(State::Closed, &REOPENED, &facts(LOCKED));
    assert_eq!(state, State::Open);
    assert_eq!(effects, [Effect::TakeSlot, Effect::Unlock]);

    let without = Facts { can_lock: false, ..facts(ARCHIVED) };
    assert_eq!(decide(State::Closed, &REOPENED, &without), (State::Open, vec![Effect::TakeSlot]));
}

#[test]
fn staff_can_go_on_among_themselves_after_the_owner_was_removed() {
    let without_owner = Facts { owner_in_thread: false, ..facts(LOCKED) };
    assert_eq!(decide(State::Closed, &REOPENED, &without_owner), (State::Closed, vec![]));
    // Until they bring the owner back.
    let (state, effects) = decide(State::Closed, &Event::OwnerJoined, &facts(Flags { archived: false, ..LOCKED }));
    assert_eq!((state, effects), (State::Open, vec![Effect::TakeSlot, Effect::Unlock]));
}

#[test]
fn a_dormant_ticket_whose_owner_went_unnoticed_stays_dormant_until_they_are_back() {
    let without_owner = Facts { owner_in_thread: false, ..facts(ARCHIVED) };
    assert_eq!(decide(State::Dormant, &REOPENED, &without_owner), (State::Dormant, vec![]));
    let back = decide(State::Dormant, &Event::OwnerJoined, &facts(ACTIVE));
    assert_eq!(back, (State::Open, vec![Effect::TakeSlot]));
}

#[test]
fn our_own_notice_does_not_re_open_a_ticket() {
    let facts = Facts { closing: Closing::Underway, ..facts(ARCHIVED) };
    assert_eq!(decide(State::Closed, &REOPENED, &facts), (State::Closed, vec![]));
}

#[test]
fn a_change_that_was_overtaken_changes_nothing() {
    let before = Timestamp::from_seconds(1_600_000_000);
    let archived = Event::ThreadArchived { at: before, by: ArchivedBy::Person, locked: false };
    assert_eq!(decide(State::Open, &archived, &facts(ACTIVE)), (State::Open, vec![]));
    let unarchived = Event::ThreadUnarchived { at: before };
    assert_eq!(decide(State::Closed, &unarchived, &facts(LOCKED)), (State::Closed, vec![]));
    // The same flags at the same time are the same change: a renamed thread, or the event once more.
    let repeated = Event::ThreadArchived { at: THEN, by: ArchivedBy::Person, locked: false };
    assert_eq!(decide(State::Dormant, &repeated, &facts(ARCHIVED)), (State::Dormant, vec![]));
}

#[test]
fn a_deleted_thread_or_parent_closes_its_ticket_without_a_word() {
    for event in [Event::ThreadDeleted, Event::ParentDeleted] {
        let open = decide(State::Open, &event, &facts(ACTIVE));
        assert_eq!(open, (State::Closed, vec![Effect::FreeSlot, Effect::ForgetThread]));
        let opening = decide(State::Opening, &event, &Facts { thread: Thread::NotMade, ..facts(ACTIVE) });
        assert_eq!(opening, (State::Closed, vec![Effect::FreeSlot, Effect::ReturnCooldown]));
    }
}

#[test]
fn leaving_a_guild_changes_no_ticket() {
    for state in State::EACH {
        assert_eq!(decide(state, &Event::GuildLeft, &facts(ACTIVE)), (state, vec![]));
    }
}

#[test]
fn a_close_that_was_interrupted_is_finished_without_a_second_notice() {
    let notice = Notice::OwnerLeftThread;
    let lock = Effect::Archive { lock: true };
    let archive = Effect::Archive { lock: false };
    let table = [
        (Some(notice), ACTIVE, true, vec![Effect::PostNotice(notice), lock]),
        (Some(notice), ARCHIVED, false, vec![Effect::PostNotice(notice), archive]),
        (None, ACTIVE, true, vec![lock]),
        (None, ACTIVE, false, vec![archive]),
        (None, ARCHIVED, true, vec![lock]),
        (None, ARCHIVED, false, vec![]),
        (None, LOCKED, true, vec![]),
        (Some(notice), LOCKED, true, vec![]),
    ];
    for (notice, flags, can_lock, expected) in table {
        assert_eq!(finish_closing(notice, Thread::There(flags), can_lock), expected, "{notice:?} {flags:?} {can_lock}");
    }
    assert_eq!(finish_closing(Some(notice), Thread::Gone, true), []);
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
