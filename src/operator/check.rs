//! `ticketbot check`.

use crate::cli::Check;
use crate::config::{Environment, Loaded};
use crate::failure::Failure;

pub(super) async fn run(command: &Check, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let _ = (command, loaded, environment);
    Err(Failure::runtime("not built yet"))
}
