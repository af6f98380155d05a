//! Tickets: opened by a click, closed by what happens to their threads, and put right after an accident.

pub mod catch_up;
pub mod close;
mod found;
pub mod open;
pub mod reconcile;
mod reserve;
