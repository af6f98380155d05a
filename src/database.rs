//! The operator's database: opened as the configuration says, with words for what keeps it from being opened.

use crate::config::Settings;
use crate::failure::Failure;
use crate::storage::{self, OpenError};

/// Opens the database that `settings` name, creating it where there is none, and brings its tables up to date.
///
/// # Errors
///
/// A [`Failure`] that says what is wrong with the file and what to do about it.
pub(crate) async fn open(settings: &Settings) -> Result<storage::Database, Failure> {
    let path = &settings.database.path;
    let pragmas: Vec<_> =
        settings.database.pragmas.iter().map(|pragma| (pragma.name.clone(), pragma.value.clone())).collect();
    storage::open(path, &pragmas).await.map_err(|error| {
        let next = match &error {
            OpenError::Newer(_) => "Start the newer version again, or restore a backup from before the update.",
            OpenError::NotADatabase => "Check `db.path`: the file is left as it was.",
            _ => "Check that the folder of `db.path` exists, has space, and may be written to.",
        };
        Failure::runtime(format!("The database {} cannot be used", path.display())).because(error).next(next)
    })
}
