use proptest::prelude::*;

use super::*;
use crate::domain::ids::ChannelId;

mod rules;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn held(number: i64, slot: u32, state: State) -> Held {
    let thread = (state != State::Opening).then(|| ThreadId::new(number.cast_unsigned()));
    Held { ticket: TicketId::new(number), slot: Slot::new(slot), thread, state }
}

/// Facts that allow a ticket; a test changes some.
#[derive(Clone)]
struct Case {
    inbox: InboxSettings,
    server: ServerSettings,
    by: By,
    roles: Vec<RoleId>,
    user: UserId,
    joined_at: Option<Timestamp>,
    is_pending: bool,
    timed_out_until: Option<Timestamp>,
    in_destination: Option<Permissions>,
    block: Option<Block>,
    held: Vec<Held>,
    last_opened_at: Option<Timestamp>,
    slowmode: Duration,
    counts: Counts,
}

const GUILD: GuildId = GuildId::new(900);

impl Case {
    fn new(held: &[Held]) -> Self {
        Self {
            inbox: InboxSettings::new(ChannelId::new(1)),
            server: ServerSettings::default(),
            by: By::Owner,
            roles: Vec::new(),
            user: UserId::first_at(NOW - days(1_000)),
            joined_at: Some(NOW - days(100)),
            is_pending: false,
            timed_out_until: None,
            in_destination: None,
            block: None,
            held: held.to_vec(),
            last_opened_at: None,
            slowmode: Duration::ZERO,
            counts: Counts::default(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn limit(self, limit: u32) -> Self {
        self.with(|case| case.inbox.opening.member_limit = limit)
    }

    fn check(&self) -> Result<Slot, Refusal> {
        let member = Member {
            guild: GUILD,
            user: self.user,
            roles: &self.roles,
            joined_at: self.joined_at,
            is_pending: self.is_pending,
            timed_out_until: self.timed_out_until,
            in_destination: self.in_destination,
        };
        check(&Facts {
            now: NOW,
            inbox: &self.inbox,
            server: &self.server,
            by: self.by,
            member,
            block: self.block,
            held: &self.held,
            last_opened_at: self.last_opened_at,
            slowmode: self.slowmode,
            counts: self.counts,
        })
    }
}

fn days_ago(ago: i64) -> Timestamp {
    Timestamp::from_millis(NOW.millis() - ago * 86_400_000)
}

fn days(days: u64) -> Duration {
    Duration::from_hours(24 * days)
}

fn roles(ids: &[u64]) -> Vec<RoleId> {
    ids.iter().copied().map(RoleId::new).collect()
}

#[test]
fn a_first_ticket_gets_the_first_slot() {
    assert_eq!(Case::new(&[]).check(), Ok(Slot::new(1)));
}

#[test]
fn a_closed_or_dormant_ticket_does_not_count_towards_the_limit() {
    let tickets = [held(1, 1, State::Closed), held(2, 1, State::Dormant)];
    assert_eq!(Case::new(&tickets).check(), Ok(Slot::new(1)));
}

#[test]
fn a_refusal_names_the_newest_open_thread() {
    let tickets = [held(2, 1, State::Open), held(3, 2, State::Open), held(4, 3, State::Opening)];
    let refusal = Case::new(&tickets).limit(3).check();
    assert_eq!(refusal, Err(Refusal::LimitReached { thread: Some(ThreadId::new(3)) }));
}

#[test]
fn a_ticket_that_is_still_being_opened_counts_but_is_not_shown() {
    let opening = Held { thread: Some(ThreadId::new(1)), ..held(1, 1, State::Opening) };
    assert_eq!(Case::new(&[opening]).check(), Err(Refusal::StillOpening));
}

#[test]
fn the_limit_is_named_before_the_cooldown() {
    let tickets = [held(1, 1, State::Open)];
    let refusal = Case::new(&tickets).with(|case| case.last_opened_at = Some(NOW)).check();
    assert_eq!(refusal, Err(Refusal::LimitReached { thread: Some(ThreadId::new(1)) }));
}

#[test]
fn a_gap_between_slots_is_filled_first() {
    let tickets = [held(1, 1, State::Open), held(2, 3, State::Open)];
    assert_eq!(Case::new(&tickets).limit(3).check(), Ok(Slot::new(2)));
}

#[test]
fn when_a_crowd_is_at_it_the_next_has_to_come_back() {
    let opening = |opening| Case::new(&[]).with(|case| case.counts.opening = opening);
    assert_eq!(opening(MOST_OPENING - 1).check(), Ok(Slot::new(1)));
    assert_eq!(opening(MOST_OPENING).check(), Err(Refusal::Crowded));
    // Reasons that concern only the member come first.
    let full = opening(MOST_OPENING).with(|case| case.held = vec![held(1, 1, State::Open)]);
    assert!(matches!(full.check(), Err(Refusal::LimitReached { .. })));
    let early = opening(MOST_OPENING).with(|case| case.last_opened_at = Some(NOW));
    assert!(matches!(early.check(), Err(Refusal::OnCooldown { .. })));
}

#[test]
fn a_limit_of_zero_is_none() {
    let tickets: Vec<_> = (1..=50).map(|n| held(i64::from(n), n, State::Open)).collect();
    assert_eq!(Case::new(&tickets).limit(0).check(), Ok(Slot::new(51)));
}

#[test]
fn a_limit_that_was_lowered_refuses_until_enough_are_closed() {
    let tickets = [held(1, 2, State::Open), held(2, 3, State::Open)];
    let thread = Some(ThreadId::new(2));
    assert_eq!(Case::new(&tickets).limit(2).check(), Err(Refusal::LimitReached { thread }));
    assert_eq!(Case::new(&tickets[..1]).limit(2).check(), Ok(Slot::new(1)));
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
        let case = on_cooldown(Some(NOW - seconds(ago)), cooldown, slowmode);
        let expected = match left {
            None => Ok(Slot::new(1)),
            Some(left) => Err(Refusal::OnCooldown { until: NOW + seconds(left), wait: seconds(left) }),
        };
        assert_eq!(case.check(), expected, "cooldown {cooldown:?}, slowmode {slowmode:?}, {ago} s ago");
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_lock_a_member_out() {
    let a_year_ahead = Some(NOW + seconds(31_536_000));
    assert_eq!(Case::new(&[]).with(|case| case.last_opened_at = a_year_ahead).check(), Ok(Slot::new(1)));
    let a_moment_ahead = Some(NOW + seconds(1));
    let refusal = Refusal::OnCooldown { until: NOW + seconds(61), wait: seconds(61) };
    assert_eq!(Case::new(&[]).with(|case| case.last_opened_at = a_moment_ahead).check(), Err(refusal));
}

fn on_cooldown(last_opened_at: Option<Timestamp>, cooldown: Duration, slowmode: Duration) -> Case {
    Case::new(&[]).with(|case| {
        (case.last_opened_at, case.slowmode) = (last_opened_at, slowmode);
        case.inbox.opening.cooldown = cooldown;
    })
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
        let decision = Case::new(&held).limit(limit).check();
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
        let decision = on_cooldown(last_opened_at, cooldown, slowmode).check();
        if let Err(refusal) = decision {
            let Refusal::OnCooldown { until, wait } = refusal else { panic!("{refusal:?}") };
            prop_assert!(!wait.is_zero() && wait <= cooldown.max(slowmode) * 2);
            prop_assert_eq!(until, NOW + wait);
        }
    }
}
