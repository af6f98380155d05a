//! What an operator does with the program besides running the bot: one file a subcommand.
//!
//! Results go to standard output, everything else to standard error. None of these asks for the bot's token or needs a
//! terminal, unless it says so.

mod check;
mod data;
mod db;
mod import;

use crate::cli::Command;
use crate::config::{Environment, Loaded};
use crate::failure::Failure;
use crate::signals;
use crate::unlock::{Ask, unlock};

/// Prints a result to standard output.
fn print(text: &str) -> Result<(), Failure> {
    crate::show(text)
}

/// Does what the command asks for.
///
/// # Errors
///
/// A [`Failure`], to be shown to the operator as it is.
pub fn run(command: &Command, mut loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    for warning in &loaded.warnings {
        eprintln!("Warning: {warning}");
    }
    match command {
        Command::Db(db) => db::ask(db, &mut loaded.settings)?,
        _ => unlock(&mut loaded.settings, Ask::Known)?,
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::runtime("The program could not be set up").because(error))?;
    runtime.block_on(async {
        // Nobody is in the middle of a click here, and what replaces files may end at any moment.
        signals::end_at_once();
        match command {
            Command::Check(check) => check::run(check, loaded, environment).await,
            Command::Data(data) => data::run(data, loaded, environment).await,
            Command::Db(db) => db::run(db, loaded, environment).await,
            Command::Import(import) => import::run(import, loaded, environment).await,
        }
    })
}
