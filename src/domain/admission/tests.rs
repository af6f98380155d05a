use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn held(number: i64, slot: u32, state: State) -> Held {
    let thread = (state != State::Opening).then(|| ThreadId::new(number.cast_unsigned()));
    Held { ticket: TicketId::new(number), slot: Slot::new(slot), thread, state }
}

fn facts(held: &[Held]) -> Facts<'_> {
    let cooldown = seconds(60);
    Facts { now: NOW, limit: 1, held, last_opened_at: None, cooldown, slowmode: Duration::ZERO, opening: 0 }
}

#[test]
fn a_first_ticket_gets_the_first_slot() {
    assert_eq!(check(&facts(&[])), Ok(Slot::new(1)));
}

#[test]
fn a_closed_or_dormant_ticket_does_not_count_towards_the_limit() {
    let tickets = [held(1, 1, State::Closed), held(2, 1, State::Dormant)];
    assert_eq!(check(&facts(&tickets)), Ok(Slot::new(1)));
}

#[test]
fn a_refusal_names_the_newest_open_thread() {
    let tickets = [held(2, 1, State::Open), held(3, 2, State::Open), held(4, 3, State::Opening)];
    let refusal = check(&Facts { limit: 3, ..facts(&tickets) });
    assert_eq!(refusal, Err(Refusal::LimitReached { thread: Some(ThreadId::new(3)) }));
}

#[test]
fn a_ticket_that_is_still_being_opened_counts_but_is_not_shown() {
    let opening = Held { thread: Some(ThreadId::new(1)), ..held(1, 1, State::Opening) };
    assert_eq!(check(&facts(&[opening])), Err(Refusal::StillOpening));
}

#[test]
fn the_limit_is_named_before_the_cooldown() {
    let tickets = [held(1, 1, State::Open)];
    let refusal = check(&Facts { last_opened_at: Some(NOW), ..facts(&tickets) });
    assert_eq!(refusal, Err(Refusal::LimitReached { thread: Some(ThreadId::new(1)) }));
}

#[test]
fn a_gap_between_slots_is_filled_first() {
    let tickets = [held(1, 1, State::Open), held(2, 3, State::Open)];
    assert_eq!(check(&Facts { limit: 3, ..facts(&tickets) }), Ok(Slot::new(2)));
}

#[test]
fn when_a_crowd_is_at_it_the_next_has_to_come_back() {
    assert_eq!(check(&Facts { opening: MOST_OPENING - 1, ..facts(&[]) }), Ok(Slot::new(1)));
    assert_eq!(check(&Facts { opening: MOST_OPENING, ..facts(&[]) }), Err(Refusal::Crowded));
    // Reasons that concern only the member come first.
    let crowded = Facts { opening: MOST_OPENING, ..facts(&[]) };
    let open = [held(1, 1, State::Open)];
    assert!(matches!(check(&Facts { held: &open, ..crowded }), Err(Refusal::LimitReached { .. })));
    assert!(matches!(check(&Facts { last_opened_at: Some(NOW), ..crowded }), Err(Refusal::OnCooldown { .. })));
}

#[test]
fn a_limit_of_zero_is_none() {
    let tickets: Vec<_> = (1..=50).map(|n| held(i64::from(n), n, State::Open)).collect();
    assert_eq!(check(&Facts { limit: 0, ..facts(&tickets) }), Ok(Slot::new(51)));
}

#[test]
fn a_limit_that_was_lowered_refuses_until_enough_are_closed() {
    let tickets = [held(1, 2, State::Open), held(2, 3, State::Open)];
    let thread = Some(ThreadId::new(2));
    assert_eq!(check(&Facts { limit: 2, ..facts(&tickets) }), Err(Refusal::LimitReached { thread }));
    assert_eq!(check(&Facts { limit: 2, ..facts(&tickets[..1]) }), Ok(Slot::new(1)));
}

#[test]
fn the_cooldown_is_the_inboxs_or_the_slowmode_if_that_is_longer() {
    let table = [
        // cooldown, slowmode, seconds since the last ticket, seconds left to wait
        (60, 0, 0, Some(60)),
        (60, 0, 59, Some(1)),
        (60, 0, 60, None),
        (60, 30, 59, Some(1)),
        (60, 300, 60, Some(240)),
        (60, 300, 300, None),
        (60, 21_600, 1, Some(21_599)),
        (0, 0, 0, None),
        (0, 30, 29, Some(1)),
        (3_600, 300, 300, Some(3_300)),
    ];
    for (cooldown, slowmode, ago, left) in table {
        let (cooldown, slowmode) = (seconds(cooldown), seconds(slowmode));
        let facts = Facts { last_opened_at: Some(NOW - seconds(ago)), cooldown, slowmode, ..facts(&[]) };
        let expected = match left {
            None => Ok(Slot::new(1)),
            Some(left) => Err(Refusal::OnCooldown { until: NOW + seconds(left), wait: seconds(left) }),
        };
        assert_eq!(check(&facts), expected, "cooldown {cooldown:?}, slowmode {slowmode:?}, {ago} s ago");
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_lock_a_member_out() {
    let a_year_ahead = Some(NOW + seconds(31_536_000));
    assert_eq!(check(&Facts { last_opened_at: a_year_ahead, ..facts(&[]) }), Ok(Slot::new(1)));
    let a_moment_ahead = Some(NOW + seconds(1));
    let refusal = Refusal::OnCooldown { until: NOW + seconds(61), wait: seconds(61) };
    assert_eq!(check(&Facts { last_opened_at: a_moment_ahead, ..facts(&[]) }), Err(refusal));
}

fn any_held() -> impl Strategy<Value = Vec<Held>> {
    let state = prop::sample::select(State::EACH.to_vec());
    prop::collection::btree_map(1..12_u32, state, 0..10)
        .prop_map(|tickets| tickets.into_iter().map(|(slot, state)| held(i64::from(slot), slot, state)).collect())
}

proptest! {
    #[test]
    fn a_granted_slot_is_free_and_within_the_limit(held in any_held(), limit in 0..6_u32) {
        let counting = held.iter().filter(|held| held.state.holds_slot()).count();
        let decision = check(&Facts { limit, ..facts(&held) });
        prop_assert_eq!(decision.is_ok(), limit == 0 || counting < limit as usize);
        if let Ok(slot) = decision {
            prop_assert!(held.iter().all(|held| held.slot != slot || !held.state.holds_slot()));
            prop_assert!(slot.get() >= 1 && (limit == 0 || slot.get() <= limit));
        }
    }

    #[test]
    fn nobody_waits_for_more_than_two_cooldowns(last: i64, cooldown in 0..30_000_u64, slowmode in 0..30_000_u64) {
        let (cooldown, slowmode) = (seconds(cooldown), seconds(slowmode));
        let last_opened_at = Some(Timestamp::from_millis(last));
        let decision = check(&Facts { last_opened_at, cooldown, slowmode, ..facts(&[]) });
        if let Err(refusal) = decision {
            let Refusal::OnCooldown { until, wait } = refusal else { panic!("{refusal:?}") };
            prop_assert!(!wait.is_zero() && wait <= cooldown.max(slowmode) * 2);
            prop_assert_eq!(until, NOW + wait);
        }
    }
}
