//! The compiled program, started as an operator would start it, each time in a home folder of its own.

#[cfg(unix)]
mod at_a_terminal;
mod bad_config;
mod command_line;
mod dump_config;
mod nobody_to_ask;
mod support;
#[cfg(unix)]
mod terminal;
