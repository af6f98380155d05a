//! The compiled program, started as an operator would start it, each time in a home folder of its own.

#[cfg(unix)]
mod at_a_terminal;
mod bad_config;
mod command_line;
#[cfg(unix)]
mod data;
#[cfg(unix)]
mod databases;
#[cfg(unix)]
mod discord_down;
mod dump_config;
#[cfg(unix)]
mod first_run;
mod nobody_to_ask;
#[cfg(unix)]
mod on_discord;
#[cfg(unix)]
mod privacy;
#[cfg(unix)]
mod running;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod stopping;
#[cfg(unix)]
mod stopping_gateway;
mod support;
#[cfg(unix)]
mod sync;
#[cfg(unix)]
mod terminal;
