//! Mentions of staff, and what changes between two lists of them.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use ticketbot::domain::staff::{StaffMember, diff};

fuzz_target!(|text: &str| {
    let (old, new) = text.split_once('\n').unwrap_or((text, ""));
    let read = |text: &str| -> Vec<StaffMember> { text.split(' ').filter_map(|word| word.parse().ok()).collect() };
    let (old, new) = (read(old), read(new));
    for member in old.iter().chain(&new) {
        assert_eq!(member.to_string().parse(), Ok(*member));
    }
    let change = diff(&old, &new);
    let mut set: BTreeSet<_> = old.iter().copied().collect();
    assert!(change.removed.iter().all(|gone| set.remove(gone)));
    assert!(change.added.iter().all(|come| set.insert(*come)));
    assert_eq!(set, new.iter().copied().collect());
    assert_eq!(change.is_empty(), diff(&new, &old).is_empty());
});
