//! What `ticketbot check` takes.

use clap::Args;

#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Check {}
