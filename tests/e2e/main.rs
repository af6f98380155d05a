//! The bot from end to end: the shipped code over the real wire to a simulated Discord, told as sentences about what
//! people see. One module per feature; `support` starts the bot, `town` is where the stories happen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod create_ticket;
mod failures;
mod gateway;
mod guilds;
mod inbox_create;
mod inbox_source;
mod lifecycle;
mod limits;
mod owner;
mod privacy;
mod reconcile;
mod support;
mod templates;
mod town;
mod while_away;
