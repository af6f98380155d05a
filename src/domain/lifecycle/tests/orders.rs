//! Any order of events must end in a consistent ticket.

use proptest::prelude::*;

use super::desk::Desk;
use super::world::{Action, World};
use super::*;

fn any_action() -> impl Strategy<Value = Action> {
    any::<(u8, u8)>().prop_map(|(kind, detail)| Action::read(kind, detail))
}

proptest! {
    #[test]
    fn any_order_of_events_ends_in_a_consistent_ticket(actions in prop::collection::vec(any_action(), 0..60)) {
        let mut world = World::new();
        for action in actions {
            world.act(action);
        }
        world.judge();
    }

    #[test]
    fn no_order_of_events_takes_more_places_than_there_are(
        limit in 0..4_u32,
        actions in prop::collection::vec((0..8_usize, any_action()), 0..120),
    ) {
        let mut desk = Desk::new(limit);
        for (which, action) in actions {
            match which {
                0 => desk.click(),
                which => desk.act(which, action),
            }
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
