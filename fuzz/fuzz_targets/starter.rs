//! Starter messages: any template, any number of staff.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::form::Values;
use ticketbot::domain::ids::{RoleId, UserId};
use ticketbot::domain::placeholder::Template;
use ticketbot::domain::staff::StaffMember;
use ticketbot::domain::starter::{MAX_LENGTH, Starter};
use ticketbot::domain::text;

const AUTHOR: UserId = UserId::new(111_111_111_111_111_111);

fuzz_target!(|input: (Vec<(bool, u64)>, Option<&str>, &str)| {
    let (staff, default, template) = input;
    let one = |(is_role, id): &(bool, u64)| match is_role {
        true => StaffMember::Role(RoleId::new(*id)),
        false => StaffMember::Member(UserId::new(*id)),
    };
    let staff: Vec<_> = staff.iter().filter(|(_, id)| *id != 0).map(one).collect();

    let starter = Starter::render(template, AUTHOR, &staff, default, &Values::NONE);

    assert!((1..=MAX_LENGTH).contains(&text::length(&starter.content)));
    assert!(text::is_visible(&starter.content));
    let users = starter.users.iter().map(|user| StaffMember::Member(*user));
    let listed: HashSet<_> = users.chain(starter.roles.iter().map(|role| StaffMember::Role(*role))).collect();
    assert_eq!(listed.len(), starter.users.len() + starter.roles.len(), "somebody is listed twice");
    assert!(starter.users.len() <= 100 && starter.roles.len() <= 100);
    for member in &listed {
        assert!(*member == StaffMember::Member(AUTHOR) || staff.contains(member), "a stranger is notified");
        assert!(starter.content.contains(&member.to_string()));
    }
    assert!(!starter.brings_author || listed.contains(&StaffMember::Member(AUTHOR)));
    if text::is_visible(template) && Template::parse(template).mentions("staff") {
        for member in &staff {
            assert!(listed.contains(member) != starter.left_out.contains(member), "{member} was lost");
        }
    }
});
