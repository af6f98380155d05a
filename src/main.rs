//! The `ticketbot` program: reads the command line, runs, and turns the outcome into an exit code.

use ticketbot::cli::Cli;

fn main() {
    // The panic hook has logged the place; keep the documented exit code.
    let code = std::panic::catch_unwind(start).unwrap_or(1);
    ticketbot::exit::at_once(code);
}

fn start() -> u8 {
    match Cli::from_process().and_then(|cli| ticketbot::run(&cli)) {
        Ok(()) => 0,
        Err(failure) => {
            ticketbot::exit::report(&failure);
            failure.code()
        }
    }
}
