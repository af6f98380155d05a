//! What `ticketbot db` takes.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Db {
    /// Make a backup, also while the bot runs: complete, checked, and compressed unless the database is encrypted.
    Backup {
        /// Write it to this new file, or under a name of its own into this folder. Without it, into `backup.directory`.
        #[arg(long, value_name = "PATH")]
        to: Option<PathBuf>,
    },
    /// Put a backup in the place of the database, after checking it. The bot must be stopped; what is replaced is kept.
    Restore {
        /// The backup: compressed or not, encrypted or not.
        path: PathBuf,
        /// A file with the key that the backup was made with, if that is not the configured one.
        #[arg(long, value_name = "PATH")]
        key_file: Option<PathBuf>,
        /// Do not ask. Needed where there is no terminal to ask at.
        #[arg(short, long)]
        yes: bool,
    },
    /// Look through the database for damage and say how far along its tables are. Changes nothing.
    Check,
    /// Encrypt the database with the configured key (see `db.key_template`). The bot must be stopped.
    Encrypt,
    /// Make an encrypted database readable without a key. The bot must be stopped.
    Decrypt,
    /// Give an encrypted database another key, which is asked for. The bot must be stopped.
    Rekey {
        /// Take the new key from this file instead of asking for it.
        #[arg(long, value_name = "PATH")]
        new_key_file: Option<PathBuf>,
    },
}
