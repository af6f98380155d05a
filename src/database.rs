//! The operator's database: opened as the configuration says, with words for what keeps it from being opened.

use std::path::Path;

use crate::backups;
use crate::config::Settings;
use crate::failure::Failure;
use crate::storage::{self, Location, OpenError, Opened};
use crate::unlock;

/// Opens the database that `settings` name, creating it where there is none, and brings its tables up to date. If they
/// are to be changed, a backup is made first.
///
/// # Errors
///
/// A [`Failure`] that says what is wrong with the file and what to do about it.
pub(crate) async fn open(settings: &Settings) -> Result<storage::Database, Failure> {
    let opened = connect(settings).await?;
    backups::before_update(&opened, &settings.backup).await?;
    opened.migrate().await.map_err(|error| explain(&settings.database.path, &error))
}

/// Opens the database and leaves its tables as they are.
pub(crate) async fn connect(settings: &Settings) -> Result<Opened, Failure> {
    let location = location(settings)?;
    storage::connect(&location).await.map_err(|error| explain(&location.path, &error))
}

/// Where the database is, with its key.
///
/// # Errors
///
/// When the key cannot be used. It must have been asked for before, see [`unlock`].
pub(crate) fn location(settings: &Settings) -> Result<Location, Failure> {
    let database = &settings.database;
    let key = match &database.encryption {
        None => None,
        Some(encryption) => Some(encryption.key.clone()?.ok_or_else(|| {
            Failure::config("The key of the database is missing")
                .next("This is a fault in ticketbot; please report it.")
        })?),
    };
    let pragmas = database.pragmas.iter().map(|pragma| (pragma.name.clone(), pragma.value.clone())).collect();
    Ok(Location { path: database.path.clone(), pragmas, key })
}

/// What to do about a damaged database.
pub(crate) const RESTORE: &str = "Stop the bot and put the newest backup in its place: ticketbot db restore PATH";

/// Words for what keeps the file at `path` from being used.
pub(crate) fn explain(path: &Path, error: &OpenError) -> Failure {
    let next = match error {
        OpenError::NoCipher => return unlock::no_cipher(),
        OpenError::Newer(_) => "Start the newer version again, or restore a backup from before the update.",
        OpenError::NotADatabase => "Check `db.path`: the file is left as it was.",
        OpenError::Encrypted => {
            "Set `db.key_template` to \"PRAGMA key = '{}'\" and start again: the key is asked for, or taken from \
             `db.key_file` or TICKETBOT_DB_KEY."
        }
        OpenError::NotEncrypted => {
            "To encrypt it with that key, type: ticketbot db encrypt. To leave it as it is, remove `db.key_template`, \
             `db.key_file` and TICKETBOT_DB_KEY."
        }
        OpenError::WrongKey => {
            "Check the key, `db.key_template`, the cipher's settings in `db.pragmas`, and `db.path`: the file is left as \
             it was."
        }
        OpenError::Damaged(_) => RESTORE,
        OpenError::KeyNotUsable(_) => "Check the key and `db.pragmas`.",
        OpenError::Replaced => "Wait until it has ended, then try again.",
        _ => "Check that the folder of `db.path` exists, has space, and may be written to.",
    };
    Failure::runtime(format!("The database {} cannot be used", path.display())).because(error).next(next)
}
