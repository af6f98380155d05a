use proptest::prelude::*;

use super::*;

const GUILD: GuildId = GuildId::new(1);
const USER: UserId = UserId::new(5);
const ROLE: RoleId = RoleId::new(2);
const OTHER_ROLE: RoleId = RoleId::new(3);

const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const NONE: Permissions = Permissions::NONE;

fn holder(roles: &[(RoleId, Permissions)]) -> Holder<'_> {
    Holder { guild: GUILD, user: USER, is_owner: false, timed_out: false, everyone: VIEW, roles }
}

fn for_role(id: RoleId, allow: Permissions, deny: Permissions) -> Overwrite {
    Overwrite { target: Target::Role(id), allow, deny }
}

fn for_member(id: UserId, allow: Permissions, deny: Permissions) -> Overwrite {
    Overwrite { target: Target::Member(id), allow, deny }
}

#[test]
fn the_invite_link_asks_for_the_six_permissions_it_always_did() {
    assert_eq!(INVITE.bits(), 343_597_435_904);
    assert_eq!(missing(INVITE, NONE).len(), 6);
}

#[test]
fn nothing_optional_is_needed() {
    assert_eq!(INVITE & OPTIONAL, NONE);
}

#[test]
fn overwrites_count_in_discords_order() {
    let everyone = GUILD.everyone();
    let table = [
        ("none", vec![], VIEW | SEND),
        ("everyone denies", vec![for_role(everyone, NONE, SEND)], VIEW),
        (
            "a role allows what everyone denies",
            vec![for_role(ROLE, SEND, NONE), for_role(everyone, NONE, SEND)],
            VIEW | SEND,
        ),
        ("a role denies what everyone allows", vec![for_role(ROLE, NONE, SEND), for_role(everyone, SEND, NONE)], VIEW),
        ("between roles, allow wins", vec![for_role(ROLE, SEND, NONE), for_role(OTHER_ROLE, NONE, SEND)], VIEW | SEND),
        ("the member comes last", vec![for_member(USER, NONE, SEND), for_role(ROLE, SEND, NONE)], VIEW),
        (
            "somebody else's do not count",
            vec![for_member(UserId::new(6), NONE, SEND), for_role(RoleId::new(7), NONE, SEND)],
            VIEW | SEND,
        ),
        ("a role is no member with its number", vec![for_role(RoleId::new(5), NONE, SEND)], VIEW | SEND),
        ("without View Channel there is nothing", vec![for_role(everyone, NONE, VIEW)], NONE),
    ];
    let roles = [(ROLE, SEND), (OTHER_ROLE, NONE)];
    for (case, overwrites, expected) in table {
        assert_eq!(effective(&holder(&roles), &overwrites), expected, "{case}");
    }
}

#[test]
fn owners_and_administrators_may_do_everything_everywhere() {
    let overwrites = [for_role(GUILD.everyone(), NONE, Permissions::ALL)];
    let owner = Holder { is_owner: true, timed_out: true, ..holder(&[]) };
    assert_eq!(effective(&owner, &overwrites), Permissions::ALL);
    let roles = [(ROLE, Permissions::ADMINISTRATOR)];
    let administrator = Holder { timed_out: true, ..holder(&roles) };
    assert_eq!(effective(&administrator, &overwrites), Permissions::ALL);
}

#[test]
fn an_overwrite_makes_nobody_an_administrator() {
    let overwrites = [for_member(USER, Permissions::ADMINISTRATOR, NONE)];
    assert!(!effective(&holder(&[]), &overwrites).contains(SEND));
}

#[test]
fn a_member_who_is_timed_out_can_only_read() {
    let history = Permissions::READ_MESSAGE_HISTORY;
    let roles = [(ROLE, SEND | history | Permissions::SEND_MESSAGES_IN_THREADS)];
    let member = Holder { timed_out: true, ..holder(&roles) };
    assert_eq!(effective(&member, &[]), VIEW | history);
}

#[test]
fn an_administrator_misses_nothing() {
    assert_eq!(missing(Permissions::ALL, Permissions::ADMINISTRATOR), []);
}

#[test]
fn what_is_missing_comes_in_the_order_of_display() {
    let have = Permissions::SEND_MESSAGES;
    let expected = [Permission::ViewChannel, Permission::EmbedLinks, Permission::AttachFiles];
    assert_eq!(missing(INBOX_NEEDS, have), expected);
}

#[test]
fn every_permission_has_its_own_bit_and_key() {
    for (index, one) in Permission::EACH.into_iter().enumerate() {
        assert_eq!(one.as_set().bits().count_ones(), 1);
        for other in &Permission::EACH[index + 1..] {
            assert_ne!(one.as_set(), other.as_set());
            assert_ne!(one.key(), other.key());
        }
    }
}

fn any_permissions() -> impl Strategy<Value = Permissions> {
    any::<u64>().prop_map(|bits| Permissions::from_bits(bits) & !Permissions::ADMINISTRATOR)
}

fn any_overwrite() -> impl Strategy<Value = Overwrite> {
    let target = prop_oneof![
        (1..5_u64).prop_map(|id| Target::Role(RoleId::new(id))),
        (4..7_u64).prop_map(|id| Target::Member(UserId::new(id))),
    ];
    (target, any_permissions(), any_permissions()).prop_map(|(target, allow, deny)| Overwrite { target, allow, deny })
}

proptest! {
    #[test]
    fn nothing_is_missing_exactly_when_all_that_is_needed_is_there(have in any_permissions()) {
        let named = Permission::EACH.into_iter().fold(NONE, |sum, permission| sum | permission.as_set());
        prop_assert_eq!(missing(named, have).is_empty(), have.contains(named));
        prop_assert_eq!(missing(named, have | named), []);
    }

    #[test]
    fn what_somebody_may_do_is_granted_or_allowed_and_nothing_without_seeing_the_channel(
        overwrites in prop::collection::vec(any_overwrite(), 0..6),
        granted in any_permissions(),
        timed_out: bool,
    ) {
        let roles = [(ROLE, granted), (OTHER_ROLE, NONE)];
        let holder = Holder { timed_out, ..holder(&roles) };
        let have = effective(&holder, &overwrites);
        let possible = overwrites.iter().fold(granted | VIEW, |sum, overwrite| sum | overwrite.allow);
        prop_assert!(possible.contains(have));
        prop_assert!(have == NONE || have.contains(VIEW));
        prop_assert!(!timed_out || TIMED_OUT.contains(have));
        // The member's overwrite comes last and wins.
        let denied = Overwrite { target: Target::Member(USER), allow: NONE, deny: SEND };
        let without: Vec<_> = overwrites.into_iter().filter(|o| o.target != Target::Member(USER)).chain([denied]).collect();
        prop_assert!(!effective(&holder, &without).contains(SEND));
    }

    #[test]
    fn the_order_in_which_overwrites_come_does_not_matter(
        overwrites in prop::collection::vec(any_overwrite(), 0..6),
        granted in any_permissions(),
    ) {
        let roles = [(ROLE, granted), (OTHER_ROLE, NONE)];
        let reversed: Vec<_> = overwrites.iter().rev().copied().collect();
        prop_assert_eq!(effective(&holder(&roles), &overwrites), effective(&holder(&roles), &reversed));
    }
}
