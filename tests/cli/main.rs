//! The compiled program, started as an operator would start it, each time in a home folder of its own.

mod bad_config;
mod command_line;
mod dump_config;
mod nobody_to_ask;
mod support;
