use proptest::prelude::*;

use super::*;
use crate::domain::hours;
use crate::domain::ids::ChannelId;

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
    cannot_speak: bool,
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
            cannot_speak: false,
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
            cannot_speak: self.cannot_speak,
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

/// NOW is a Tuesday.
fn shut(case: &mut Case) {
    case.inbox.hours.week = hours::parse("Mon 9-17", &hours::DayNames::english()).ok();
    case.inbox.hours.outside = Outside::Refuse;
}

#[test]
fn a_pause_is_told_with_its_text_until_it_ends_and_that_of_the_server_first() {
    let soon = Some(NOW + days(1));
    let paused = |text: &str, until| Err(Refusal::Paused { text: Some(text.to_owned()), until });
    let case = Case::new(&[]).with(|case| {
        (case.inbox.pause.on, case.inbox.pause.text) = (true, Some("Inbox".to_owned()));
        (case.server.pause.until, case.server.pause.text) = (soon, Some("Server".to_owned()));
    });
    assert_eq!(case.check(), paused("Inbox", None));
    let server = case.clone().with(|case| case.server.pause.on = true);
    assert_eq!(server.check(), paused("Server", soon));
    let over = case.clone().with(|case| case.inbox.pause.until = Some(NOW));
    assert_eq!(over.check(), Ok(Slot::new(1)));
    assert_eq!(case.with(|case| case.by = By::Staff).check(), Ok(Slot::new(1)));
}

#[test]
fn outside_the_hours_a_ticket_is_refused_only_if_the_inbox_says_so() {
    let case = Case::new(&[]).with(shut);
    // 2023-11-14T22:13:20Z; the next Monday at nine.
    let opens = Timestamp::from_seconds(1_700_470_800);
    assert_eq!(case.check(), Err(Refusal::Closed { opens }));
    assert_eq!(next_opening(&case.inbox, NOW), Some(opens));
    assert_eq!(case.clone().with(|case| case.inbox.hours.outside = Outside::Notice).check(), Ok(Slot::new(1)));
    assert_eq!(case.with(|case| case.by = By::Staff).check(), Ok(Slot::new(1)));
}

const BLOCK: Block = Block { ends_at: None, is_void: false };

#[test]
fn a_block_holds_whoever_asks_and_not_for_staff_and_admins() {
    let ends_at = Some(NOW + days(3));
    for (block, by, expected) in [
        (BLOCK, By::Owner, Err(Refusal::Blocked { ends_at: None })),
        (Block { ends_at, ..BLOCK }, By::Owner, Err(Refusal::Blocked { ends_at })),
        (BLOCK, By::Staff, Err(Refusal::Blocked { ends_at: None })),
        (Block { is_void: true, ..BLOCK }, By::Owner, Ok(Slot::new(1))),
    ] {
        let case = Case::new(&[]).with(|case| (case.block, case.by) = (Some(block), by));
        assert_eq!(case.check(), expected, "{block:?} {by:?}");
    }
}

#[test]
fn one_of_the_required_roles_is_enough_and_one_refused_role_too_much() {
    type Line = (&'static [u64], &'static [u64], &'static [u64], Result<Slot, Refusal>);

    let refused = |ids| Err(Refusal::RoleRefused { roles: roles(ids) });
    let missing = |ids| Err(Refusal::RoleMissing { roles: roles(ids) });
    let table: [Line; 10] = [
        // required, refused, the member's, expected
        (&[], &[], &[5], Ok(Slot::new(1))),
        (&[1, 2], &[], &[2, 5], Ok(Slot::new(1))),
        (&[1, 2], &[], &[5], missing(&[1, 2])),
        (&[1, 2], &[], &[], missing(&[1, 2])),
        (&[], &[3], &[5], Ok(Slot::new(1))),
        (&[], &[3, 4, 6], &[3, 4, 5], refused(&[3, 4])),
        (&[1], &[3], &[1, 3], refused(&[3])),
        (&[1], &[1], &[1], refused(&[1])),
        // @everyone
        (&[900], &[], &[], Ok(Slot::new(1))),
        (&[], &[900], &[], refused(&[900])),
    ];
    for (required, refused, has, expected) in table {
        let case = Case::new(&[]).with(|case| {
            case.inbox.access.required_roles = roles(required);
            case.inbox.access.refused_roles = roles(refused);
            case.roles = roles(has);
        });
        assert_eq!(case.check(), expected, "required {required:?}, refused {refused:?}, has {has:?}");
        let for_them = case.with(|case| case.by = By::Staff);
        assert_eq!(for_them.check(), Ok(Slot::new(1)), "staff know whom they open a ticket for");
    }
}

#[test]
fn an_account_and_a_membership_are_refused_until_they_are_old_enough() {
    let too_new = |age, until| Err(Refusal::TooNew { age, until });
    let (account, membership) = (Age::OfAccount, Age::OfMembership);
    let table = [
        // least age of account, age, least age of membership, age, expected
        (0, 0, 0, Some(0), Ok(Slot::new(1))),
        (7, 7, 3, Some(3), Ok(Slot::new(1))),
        (7, 6, 0, Some(0), too_new(account, NOW + days(1))),
        (0, 6, 3, Some(1), too_new(membership, NOW + days(2))),
        // The later of two.
        (7, 5, 3, Some(2), too_new(account, NOW + days(2))),
        (7, 6, 9, Some(5), too_new(membership, NOW + days(4))),
        // The clock is behind Discord's.
        (0, -1, 0, Some(-1), Ok(Slot::new(1))),
        // Not known.
        (0, 0, 3, None, Ok(Slot::new(1))),
        (7, 6, 3, None, too_new(account, NOW + days(1))),
    ];
    for (account, is, membership, joined, expected) in table {
        let case = Case::new(&[]).with(|case| {
            case.inbox.access.account_age = days(account);
            case.inbox.access.membership_age = days(membership);
            case.user = UserId::first_at(days_ago(is));
            case.joined_at = joined.map(days_ago);
        });
        assert_eq!(case.check(), expected, "{account} {is} {membership} {joined:?}");
    }
}

#[test]
fn the_limits_of_server_and_inbox_and_the_rate_refuse_once_they_are_reached() {
    let counted = |of_member, in_inbox, in_minute| Counts {
        of_member,
        in_inbox,
        in_minute,
        minute_began_at: Some(NOW - seconds(20)),
        opening: 0,
    };
    let too_fast = Refusal::TooFast { until: NOW + seconds(40) };
    let table = [
        // the member's in the server, in the inbox, a minute, counts, expected
        (0, 0, 0, counted(9, 9, 9), Ok(Slot::new(1))),
        (3, 0, 0, counted(2, 9, 9), Ok(Slot::new(1))),
        (3, 0, 0, counted(3, 9, 9), Err(Refusal::ServerLimitReached { limit: 3 })),
        (3, 0, 0, counted(4, 9, 9), Err(Refusal::ServerLimitReached { limit: 3 })),
        (0, 5, 0, counted(9, 4, 9), Ok(Slot::new(1))),
        (0, 5, 0, counted(9, 5, 9), Err(Refusal::InboxFull)),
        (0, 0, 5, counted(9, 9, 4), Ok(Slot::new(1))),
        (0, 0, 5, counted(9, 9, 5), Err(too_fast)),
        (3, 5, 5, counted(3, 5, 5), Err(Refusal::ServerLimitReached { limit: 3 })),
    ];
    for (server, inbox, minute, counts, expected) in table {
        let case = Case::new(&[]).with(|case| {
            case.server.limits.member_limit = server;
            case.server.limits.minute_limit = minute;
            case.inbox.opening.inbox_limit = inbox;
            case.counts = counts;
        });
        assert_eq!(case.check(), expected, "{server} {inbox} {minute} {counts:?}");
        let for_them = case.with(|case| case.by = By::Staff);
        assert_eq!(for_them.check(), expected, "limits hold for staff, too");
    }
}

/// Each rule refuses by itself; of several that refuse, the first in this order is told.
#[test]
fn rules_are_told_in_their_order() {
    type Rule = (fn(&mut Case), fn(&Refusal) -> bool);
    let rules: [Rule; 12] = [
        (|case| case.block = Some(BLOCK), |told| matches!(told, Refusal::Blocked { .. })),
        (|case| case.inbox.pause.on = true, |told| matches!(told, Refusal::Paused { .. })),
        (shut, |told| matches!(told, Refusal::Closed { .. })),
        (|case| case.is_pending = true, |told| *told == Refusal::Pending),
        (|case| case.cannot_speak = true, |told| *told == Refusal::CannotSpeak),
        (|case| case.inbox.access.required_roles = roles(&[1]), |told| matches!(told, Refusal::RoleMissing { .. })),
        (|case| case.inbox.access.account_age = days(2_000), |told| matches!(told, Refusal::TooNew { .. })),
        (|case| case.held = vec![held(1, 1, State::Open)], |told| matches!(told, Refusal::LimitReached { .. })),
        (
            |case| {
                case.server.limits.member_limit = 1;
                case.counts.of_member = 1;
            },
            |told| matches!(told, Refusal::ServerLimitReached { .. }),
        ),
        (
            |case| {
                case.inbox.opening.inbox_limit = 1;
                case.counts.in_inbox = 1;
            },
            |told| *told == Refusal::InboxFull,
        ),
        (|case| case.last_opened_at = Some(NOW), |told| matches!(told, Refusal::OnCooldown { .. })),
        (
            |case| {
                case.server.limits.minute_limit = 1;
                case.counts.in_minute = 1;
            },
            |told| matches!(told, Refusal::TooFast { .. }),
        ),
    ];
    for broken in 1..1_u32 << rules.len() {
        let mut case = Case::new(&[]);
        for (at, (break_it, _)) in rules.iter().enumerate() {
            if broken & (1 << at) != 0 {
                break_it(&mut case);
            }
        }
        let told = case.check().unwrap_err();
        let (_, is_first) = rules[broken.trailing_zeros() as usize];
        assert!(is_first(&told), "{told:?} for {broken:b}");
    }
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
