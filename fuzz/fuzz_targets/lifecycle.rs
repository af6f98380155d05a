//! A ticket and the events around it in any order: the same small world that the property tests run.
#![no_main]

use libfuzzer_sys::fuzz_target;
// The world is written inside the program's tests; this is what it knows of the program.
use ticketbot::domain;

#[path = "../../src/domain/lifecycle/tests/action.rs"]
mod action;
#[path = "../../src/domain/lifecycle/tests/desk.rs"]
mod desk;
#[path = "../../src/domain/lifecycle/tests/world.rs"]
mod world;

use desk::Desk;
use world::{Action, World};

fuzz_target!(|input: (u8, Vec<(u8, u8, u8)>)| {
    let (limit, steps) = input;
    let mut world = World::new();
    let mut desk = Desk::new(u32::from(limit % 4));
    for (which, kind, detail) in steps {
        let action = Action::read(kind, detail);
        world.act(action);
        match which % 8 {
            0 => desk.click(),
            which => desk.act(usize::from(which), action),
        }
    }
    world.judge();
});
