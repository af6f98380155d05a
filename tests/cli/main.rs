//! Runs the compiled program as an operator does, each time in a separate home folder.

#[cfg(unix)]
mod at_a_terminal;
mod bad_config;
#[cfg(unix)]
mod check;
mod command_line;
#[cfg(unix)]
mod config;
#[cfg(unix)]
mod data;
#[cfg(unix)]
mod databases;
#[cfg(unix)]
mod db_backup;
#[cfg(all(unix, feature = "encryption"))]
mod db_encryption;
#[cfg(unix)]
mod db_fixture;
#[cfg(all(unix, not(feature = "encryption")))]
mod db_no_encryption;
#[cfg(unix)]
mod db_restore;
#[cfg(unix)]
mod discord_down;
mod dump_config;
#[cfg(unix)]
mod exposure;
#[cfg(unix)]
mod first_run;
#[cfg(unix)]
mod moving;
#[cfg(unix)]
mod moving_discord_tickets;
mod nobody_to_ask;
#[cfg(unix)]
mod on_discord;
#[cfg(unix)]
mod privacy;
#[cfg(unix)]
mod proxy;
#[cfg(unix)]
mod running;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod stopping;
#[cfg(unix)]
mod stopping_gateway;
#[cfg(unix)]
mod stuck_output;
mod support;
#[cfg(unix)]
mod sync;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod wrong_databases;
