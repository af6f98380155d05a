//! Arguments of `ticketbot data`.

use clap::{Args, Subcommand};

use crate::domain::ids::UserId;

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Print everything that is stored about a person, as JSON.
    Export(Export),
    /// Delete what is stored about a person.
    ///
    /// Records of tickets that are not closed, or less than six hours old, are needed until then: they are marked, and the
    /// running bot deletes them when it no longer needs them. Works whether or not the bot is running.
    Delete(Delete),
}

#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The person's id: in Discord with Developer Mode on, right-click the person and choose Copy User ID.
    #[arg(long, value_name = "ID")]
    pub user: UserId,
}

#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The person's id: in Discord with Developer Mode on, right-click the person and choose Copy User ID.
    #[arg(long, value_name = "ID")]
    pub user: UserId,

    /// Do not ask. Needed without a terminal.
    #[arg(long)]
    pub yes: bool,
}
