//! Arguments of `ticketbot db`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Subcommand, Debug, Clone, PartialEq, Eq)]
pub enum Db {
    /// Make a backup, also while the bot runs: complete, checked, and compressed unless the database is encrypted.
    Backup {
        /// Write it to this new file, or under a generated name into this folder. Default: `backup.directory`.
        #[arg(long, value_name = "PATH")]
        to: Option<PathBuf>,
    },
    /// Replace the database with a backup, after checking it. The bot must be stopped; the replaced file is kept.
    Restore {
        /// The backup: compressed or not, encrypted or not.
        path: PathBuf,
        /// A file with the key of the backup, if that is not the configured one.
        #[arg(long, value_name = "PATH")]
        key_file: Option<PathBuf>,
        /// Do not ask. Needed without a terminal.
        #[arg(short, long)]
        yes: bool,
    },
    /// Check the database for damage and show the version of its tables. Changes nothing.
    Check,
    /// Encrypt the database with the configured key (see `db.key_template`). The bot must be stopped.
    Encrypt,
    /// Make an encrypted database readable without a key. The bot must be stopped.
    Decrypt,
    /// Change the key of an encrypted database; asks for the new one. The bot must be stopped.
    Rekey {
        /// Take the new key from this file instead of asking for it.
        #[arg(long, value_name = "PATH")]
        new_key_file: Option<PathBuf>,
    },
}
