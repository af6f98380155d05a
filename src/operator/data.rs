//! `ticketbot data`.

use crate::cli::Data;
use crate::config::{Environment, Loaded};
use crate::failure::Failure;

pub(super) async fn run(command: &Data, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let _ = (command, loaded, environment);
    Err(Failure::runtime("not built yet"))
}
