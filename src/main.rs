//! The `ticketbot` program: reads the command line, runs, and turns the outcome into an exit code.

use std::process::ExitCode;

use ticketbot::cli::Cli;

fn main() -> ExitCode {
    // The panic hook has said where; the exit code keeps its promise.
    std::panic::catch_unwind(start).unwrap_or(ExitCode::FAILURE)
}

fn start() -> ExitCode {
    match Cli::from_process().and_then(|cli| ticketbot::run(&cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.exit_code()
        }
    }
}
