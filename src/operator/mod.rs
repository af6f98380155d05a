//! The operator's subcommands, one file each.
//!
//! Results go to standard output, everything else to standard error. No subcommand asks for the bot's token or needs a
//! terminal, unless documented.

mod check;
mod config;
mod data;
mod db;
mod import;

use std::io::{self, IsTerminal as _};

pub use import::ImportMsg;

use crate::cli::Command;
use crate::config::{Environment, Loaded};
use crate::failure::Failure;
use crate::unlock::{Ask, unlock};
use crate::{hardening, signals};

/// Prints a result to standard output.
fn print(text: &str) -> Result<(), Failure> {
    crate::show(text)
}

/// Asks at the terminal whether to continue. Returns the answer in lower case.
///
/// # Errors
///
/// Without a terminal. `happened` says that nothing was done, `next` what to type instead.
fn ask(question: &str, happened: &str, next: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        let cause = "it has to be confirmed, and there is no terminal to ask at";
        return Err(Failure::config(happened).cause(cause).help(next));
    }
    eprint!("{question} ");
    let mut answer = String::new();
    io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Failure::runtime("The answer could not be read").cause(error))?;
    Ok(answer.trim().to_ascii_lowercase())
}

/// Runs the subcommand.
///
/// # Errors
///
/// A [`Failure`] to show to the operator.
pub fn run(command: &Command, mut loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    for warning in &loaded.warnings {
        eprintln!("Warning: {warning}");
    }
    if command.changes_the_database() {
        hardening::refuse_other_owner(&loaded.settings.database.path)?;
    }
    match command {
        Command::Db(db) => db::ask(db, &mut loaded.settings)?,
        _ => unlock(&mut loaded.settings, Ask::Known)?,
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::runtime("The program could not be set up").cause(error))?;
    runtime.block_on(async {
        // No interaction is pending here, and the operations on files can be interrupted at any moment.
        signals::end_at_once();
        match command {
            Command::Check(check) => check::run(check, loaded, environment).await,
            Command::Config(config) => config::run(config, loaded, environment).await,
            Command::Data(data) => data::run(data, loaded, environment).await,
            Command::Db(db) => db::run(db, loaded, environment).await,
            Command::Import(import) => import::run(import, loaded, environment).await,
        }
    })
}
