//! The rules that admins set, each by itself and in their order.

use super::*;
use crate::domain::hours;

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

#[test]
fn whoever_could_not_use_the_ticket_is_refused_whoever_asks_for_it() {
    let (sees, writes) = (Permissions::VIEW_CHANNEL, permissions::OWNER_NEEDS);
    let table = [
        // timed out until, in the channel of the tickets, expected
        (None, None, Ok(Slot::new(1))),
        (None, Some(writes), Ok(Slot::new(1))),
        (None, Some(Permissions::ADMINISTRATOR), Ok(Slot::new(1))),
        (None, Some(sees), Err(Refusal::CannotSpeak)),
        (None, Some(Permissions::SEND_MESSAGES_IN_THREADS), Err(Refusal::CannotSee)),
        (None, Some(Permissions::NONE), Err(Refusal::CannotSee)),
        (Some(NOW), Some(writes), Ok(Slot::new(1))),
        (Some(NOW + days(1)), Some(writes), Err(Refusal::TimedOut { until: NOW + days(1) })),
        (Some(NOW + days(1)), None, Err(Refusal::TimedOut { until: NOW + days(1) })),
    ];
    for (timed_out_until, in_destination, expected) in table {
        for by in [By::Owner, By::Staff] {
            let case = Case::new(&[]).with(|case| {
                case.by = by;
                case.timed_out_until = timed_out_until;
                case.in_destination = in_destination;
            });
            assert_eq!(case.check(), expected, "{timed_out_until:?} {in_destination:?}");
        }
    }
}

/// Each rule refuses by itself; of several that refuse, the first in this order is told.
#[test]
fn rules_are_told_in_their_order() {
    type Rule = (fn(&mut Case), fn(&Refusal) -> bool);
    let rules: [Rule; 13] = [
        (|case| case.block = Some(BLOCK), |told| matches!(told, Refusal::Blocked { .. })),
        (|case| case.inbox.pause.on = true, |told| matches!(told, Refusal::Paused { .. })),
        (shut, |told| matches!(told, Refusal::Closed { .. })),
        (|case| case.is_pending = true, |told| *told == Refusal::Pending),
        (
            |case| case.timed_out_until = Some(NOW + seconds(1)),
            |told| *told == Refusal::TimedOut { until: NOW + seconds(1) },
        ),
        (|case| case.in_destination = Some(Permissions::VIEW_CHANNEL), |told| *told == Refusal::CannotSpeak),
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
