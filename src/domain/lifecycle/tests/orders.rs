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
    fn nothing_is_to_be_done_on_discord_where_the_bot_sees_no_thread(
        state in prop::sample::select(State::EACH.to_vec()),
        event in any_event(),
        facts in any_facts(),
    ) {
        let decision = decide(state, &event, &facts);
        let does = decision.task.filter(|task| !matches!(task, Task::Look(_) | Task::Discard));
        prop_assert!(does.is_none() || matches!(decision.thread, Thread::There(_)), "{decision:?}");
        prop_assert!(decision.task.is_none_or(|task| task.belongs_to(decision.state, decision.thread)), "{decision:?}");
        prop_assert!(!decision.forget || decision.state == State::Closed);
        prop_assert!(decision.state != State::Opening || state == State::Opening, "nothing is opened twice");
    }
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (0..4_i64).prop_map(Timestamp::from_seconds)
}

fn any_flags() -> impl Strategy<Value = Flags> {
    (any::<bool>(), any::<bool>(), prop::option::of(any_time())).prop_map(|(archived, locked, changed_at)| Flags {
        archived,
        locked,
        changed_at,
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let by = prop::sample::select(vec![ArchivedBy::Person, ArchivedBy::Timer]);
    prop_oneof![
        prop::sample::select(vec![
            Event::ThreadMade,
            Event::Opened,
            Event::OpeningFailed { discard: true },
            Event::OpeningFailed { discard: false },
            Event::TakenBack,
            Event::Discarded,
            Event::OwnerSaidGone(Left::Thread),
            Event::OwnerSaidGone(Left::Guild),
            Event::OwnerLeft(Left::Thread),
            Event::OwnerLeft(Left::Guild),
            Event::OwnerAdded,
            Event::OwnerIsThere,
            Event::OwnerIsBack,
            Event::Closed { notice: Notice::Closed, stays: false },
            Event::Closed { notice: Notice::Scheduled, stays: true },
            Event::WasVisible,
            Event::Reopened,
            Event::NotReopened { otherwise: State::Closed },
            Event::NotReopened { otherwise: State::Dormant },
            Event::OwnerOutOfReach,
            Event::BotRemoved,
            Event::OutOfSight,
            Event::ThreadGone,
        ]),
        (any_flags(), by.clone()).prop_map(|(flags, by)| Event::Seen { flags, by }),
        (any_flags(), by).prop_map(|(flags, by)| Event::SeenFirst { flags, by }),
    ]
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let thread = prop_oneof![
        Just(Thread::NotMade),
        Just(Thread::Gone),
        any_flags().prop_map(Thread::There),
        any_flags().prop_map(Thread::Hidden),
    ];
    let returns_to = prop::sample::select(vec![None, Some(State::Dormant), Some(State::Closed)]);
    (thread, returns_to, any::<[bool; 8]>()).prop_map(|(thread, returns_to, is)| Facts {
        thread,
        is_closing: is[0],
        stays_visible: is[1],
        is_restoring: is[2],
        returns_to,
        lacks_buttons: is[3],
        slot_free: is[4],
        was_opened: is[5],
        was_reopened: is[6],
        is_new: is[7],
    })
}
