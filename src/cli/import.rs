//! Arguments of `ticketbot import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Import {
    /// Take over inboxes, staff, texts, counters and tickets from theticketbot, and explain its configuration.
    ///
    /// Prints a report by server, then asks. theticketbot's files are only read, from a copy; it must not run
    /// meanwhile. Running this twice is safe: what was taken over before stays unchanged.
    Theticketbot(Theticketbot),
}

/// A move from theticketbot.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Theticketbot {
    /// Its database. Default: the one that its configuration names, or else the one in its usual place.
    pub path: Option<PathBuf>,

    /// Its config.toml, if it is not in its usual place.
    #[arg(long, value_name = "PATH")]
    pub from_config: Option<PathBuf>,

    /// A file that holds only the key of its encrypted database. Without it, ticketbot asks for the key.
    #[arg(long, value_name = "PATH")]
    pub key_file: Option<PathBuf>,

    /// Only report: change nothing and ask nothing.
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Take over without asking, for scripts.
    #[arg(short, long)]
    pub yes: bool,
}
