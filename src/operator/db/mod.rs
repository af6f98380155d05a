//! `ticketbot db`: backups of the database, and conversions between keys.
//!
//! Replacements take a lock that a running bot holds, write a new file beside the database, and leave a complete
//! database at every moment.

mod backup;
mod check;
mod convert;
mod files;

use crate::cli::Db;
use crate::config::{Environment, Loaded, Settings};
use crate::failure::Failure;
use crate::unlock::{Ask, unlock};

pub(super) async fn run(command: &Db, loaded: Loaded, environment: &Environment) -> Result<(), Failure> {
    let settings = &loaded.settings;
    match command {
        Db::Backup { to } => {
            backup::back_up(settings, to.as_ref().map(|to| environment.working_directory.join(to))).await
        }
        Db::Restore { path, key_file, yes } => {
            let path = environment.working_directory.join(path);
            backup::restore(settings, &path, key_file.as_ref(), *yes).await
        }
        Db::Check => check::run(settings).await,
        Db::Encrypt => convert::encrypt(settings).await,
        Db::Decrypt => convert::decrypt(settings).await,
        Db::Rekey { new_key_file } => convert::rekey(settings, new_key_file.as_ref()).await,
    }
}

/// Asks for the key that the command needs, once every other check has passed.
pub(super) fn ask(command: &Db, settings: &mut Settings) -> Result<(), Failure> {
    match command {
        Db::Encrypt => {
            convert::require_cipher()?;
            convert::check_before_encrypting(settings)?;
            unlock(settings, Ask::New)
        }
        Db::Decrypt | Db::Rekey { .. } => {
            convert::require_cipher()?;
            convert::check_before_opening(settings)?;
            unlock(settings, Ask::Known)
        }
        Db::Backup { .. } | Db::Restore { .. } | Db::Check => unlock(settings, Ask::Known),
    }
}
