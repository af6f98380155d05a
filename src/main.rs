//! The `ticketbot` program: reads the command line, runs, and turns the outcome into an exit code.

use std::process::ExitCode;

use ticketbot::cli::Cli;

fn main() -> ExitCode {
    match Cli::from_process().and_then(|cli| ticketbot::run(&cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.exit_code()
        }
    }
}
