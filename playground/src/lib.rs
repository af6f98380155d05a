//! A simulated Discord in the browser, with the real bot in it.
//!
//! | module | holds |
//! |---|---|
//! | `world` | descriptions of servers in TOML, and building them in the simulator |
//! | `rehearsal` | the configuration file of a real server, applied to a server made for it |
//! | `scenes` | servers in which something has happened already: inboxes, tickets |
//! | `program` | finds the bot's program, or has cargo build it |
//! | `bot` | the bot as a process of its own: start, stop, kill, log, clock |
//! | `playground` | all of it together, and what belongs to the page alone: dismissed answers, open forms |
//! | `view` | the page: what one person sees, as HTML |
//! | `web` | the server on loopback: who may ask, pages, live updates, actions |
//!
//! The simulator is the only truth: a page is drawn from it whenever it changes, and an action is an action of the
//! simulator, which decides whether a person may do it. Nothing here knows the bot's code; it knows its command line.

pub mod bot;
mod options;
mod playground;
pub mod program;
mod rehearsal;
mod scenes;
mod view;
pub mod web;
pub mod world;

pub use options::Options;
pub use playground::Playground;
pub use scenes::Scene;
