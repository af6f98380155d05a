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

/// Does what the command asks for.
///
/// # Errors
///
/// A [`Failure`], to be shown to the operator as it is.
pub fn run(command: &Command, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    for warning in &loaded.warnings {
        eprintln!("Warning: {warning}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::runtime("The program could not be set up").because(error))?;
    runtime.block_on(async {
        match command {
            Command::Check(check) => check::run(check, loaded, environment).await,
            Command::Data(data) => data::run(data, loaded, environment).await,
            Command::Db(db) => db::run(db, loaded, environment).await,
            Command::Import(import) => import::run(import, loaded, environment).await,
        }
    })
}
