//! `ticketbot db encrypt`, `decrypt` and `rekey`: writes a new file beside the database, compares both, and swaps them.
//! The old file stays until the new one has been opened.

use std::path::{Path, PathBuf};

use super::files::{self, beside};
use crate::config::{self, KeySource, Settings};
use crate::database;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::storage::{self, Contents, Findings, Location, OpenError, has_encryption};
use crate::unlock;

/// The name of the new file while it is written.
const NEW: &str = ".new";
/// The name of the old file until the new one has been opened.
const OLD: &str = ".old";

/// What all of these commands need.
pub(super) fn require_cipher() -> Result<(), Failure> {
    if has_encryption() {
        return Ok(());
    }
    Err(Failure::config("This build of ticketbot can neither encrypt databases nor open encrypted ones")
        .help("Use a released binary, or build it with: cargo build --release --features encryption"))
}

/// Checks everything that needs no key, before a key is chosen.
pub(super) fn check_before_encrypting(settings: &Settings) -> Result<(), Failure> {
    let path = &settings.database.path;
    if settings.database.encryption.is_none() {
        return Err(Failure::config("No key is configured").help(
            "Set `db.key_template` to \"PRAGMA key = '{}'\", and if it is not to be asked for at each start, name a \
             file that holds the key with `db.key_file`. Then type again: ticketbot db encrypt",
        ));
    }
    files::require(path)?;
    match Contents::of(path) {
        Ok(Contents::Plain) => Ok(()),
        Ok(Contents::Nothing) => Err(Failure::runtime(format!("The database {} is empty", path.display()))
            .help("Start the bot: with a key configured, it makes an encrypted one.")),
        Ok(_) => Err(Failure::runtime(format!("The database {} is encrypted already", path.display()))
            .help("To give it another key, type: ticketbot db rekey")),
        Err(error) => Err(database::explain(path, &OpenError::Unreadable(error))),
    }
}

pub(super) async fn encrypt(settings: &Settings) -> Result<(), Failure> {
    let target = database::location(settings)?;
    let source = Location { key: None, pragmas: Vec::new(), ..target.clone() };
    let done = convert(&source, &target).await?;
    let backups = settings.backup.directory.as_ref().map_or_else(String::new, |folder| {
        format!(" Backups from before are not encrypted: delete those in {} when you can.", folder.display())
    });
    super::super::print(&format!("The database is encrypted. {done}{backups}\n"))
}

pub(super) async fn decrypt(settings: &Settings) -> Result<(), Failure> {
    let source = database::location(settings)?;
    let target = Location { key: None, pragmas: Vec::new(), ..source.clone() };
    let done = convert(&source, &target).await?;
    super::super::print(&format!(
        "The database is no longer encrypted. {done} Before the next start, remove `db.key_template`, `db.key_file` and \
         TICKETBOT_DB_KEY.\n"
    ))
}

pub(super) async fn rekey(settings: &Settings, new_key_file: Option<&PathBuf>) -> Result<(), Failure> {
    let source = database::location(settings)?;
    let encryption = settings.database.encryption.as_ref();
    let form = encryption.map(|encryption| encryption.form).unwrap_or_default();
    let key = match new_key_file {
        Some(file) => unlock::from_file("--new-key-file", file, form)?,
        None => tokio::task::spawn_blocking(move || unlock::new_key(form))
            .await
            .map_err(|_| Failure::runtime("The new key could not be asked for"))??,
    };
    let target = Location { key: Some(key), ..source.clone() };
    let done = convert(&source, &target).await?;
    let next = match encryption.map(|encryption| &encryption.source) {
        Some(KeySource::File(path)) => format!(" Before the next start, write the new key into {}.", path.display()),
        Some(KeySource::Environment) => " Before the next start, set TICKETBOT_DB_KEY to the new key.".to_owned(),
        _ => String::new(),
    };
    super::super::print(&format!("The database has the new key. {done}{next} Backups from before have the old one.\n"))
}

/// Checks everything that needs no key, before the current key is asked for.
pub(super) fn check_before_opening(settings: &Settings) -> Result<(), Failure> {
    if settings.database.encryption.is_none() {
        return Err(Failure::config("No key is configured")
            .help("Set `db.key_template` as for running the bot on the encrypted database."));
    }
    files::require(&settings.database.path)
}

/// Replaces `source` with a copy under the key of `target`. Returns the report.
async fn convert(source: &Location, target: &Location) -> Result<String, Failure> {
    let path = &source.path;
    let (new, old) = (beside(path, NEW), beside(path, OLD));
    files::refuse_foreign(source).await?;
    let _alone = files::take_alone(path)?;
    if old.exists() {
        return Err(Failure::runtime(format!("{} exists, left by an interrupted conversion", old.display()))
            .help("Make sure that the bot starts with the database as it is, delete that file, then try again."));
    }
    let progress = Progress::at_terminal();
    let outcome = write_new(source, &Location { path: new.clone(), ..target.clone() }, &progress).await;
    progress.end();
    let findings = match outcome {
        Ok(findings) => findings,
        Err(failure) => {
            // An incomplete copy is useless; the next attempt would remove it anyway.
            let _gone = files::remove(&new);
            return Err(failure);
        }
    };
    swap(target, &new, &old).await?;
    let rows: u64 = findings.rows.iter().map(|(_, rows)| rows).sum();
    Ok(format!(
        "{rows} rows in {} tables were compared. The old file was kept as {} until the new one had been opened, and is \
         deleted.",
        findings.rows.len(),
        old.display()
    ))
}

/// Writes the copy and compares it. Returns the content of both.
async fn write_new(source: &Location, new: &Location, progress: &Progress) -> Result<Findings, Failure> {
    let path = &source.path;
    let failed = |error: &dyn std::fmt::Display| {
        Failure::runtime(format!("The new file {} could not be written", new.path.display()))
            .cause(error)
            .help("The database is as it was. Check that its folder may be written to and has room.")
    };
    files::remove(&new.path).map_err(|error| failed(&error))?;
    config::create_new(&new.path).map_err(|error| failed(&error))?;
    let size = path.metadata().map_or(0, |metadata| metadata.len());
    let converted = progress.watch("Writing", &new.path, size, storage::convert(source, new)).await;
    let before = converted.map_err(|error| match error {
        OpenError::Replaced => files::in_use(path),
        OpenError::Export(error) => failed(&error),
        error => database::explain(path, &error),
    })?;
    if !before.is_sound() {
        return Err(Failure::runtime(format!("The database {} is damaged, and was left as it is", path.display()))
            .help("To see what is wrong, type: ticketbot db check"));
    }
    progress.begin("Comparing");
    let after = storage::inspect(new).await.map_err(|error| failed(&error))?;
    if after == before {
        return Ok(before);
    }
    Err(failed(&"it does not hold the same as the old one"))
}

/// From here on each step leaves a complete database under the usual name.
async fn swap(target: &Location, new: &Path, old: &Path) -> Result<(), Failure> {
    let path = &target.path;
    let failed = |error: std::io::Error| {
        Failure::runtime(format!("The new file {} could not be put in place", new.display()))
            .cause(error)
            .help(format!("The old one is {}, or else {}.", path.display(), old.display()))
    };
    files::keep_as(path, old).map_err(failed)?;
    files::put_in_place(new, path).map_err(failed)?;
    let opened = storage::inspect(target).await;
    if let Err(error) = opened {
        files::put_in_place(old, path).map_err(failed)?;
        return Err(database::explain(path, &error).also("The old file is back in its place."));
    }
    files::remove(old).map_err(|error| {
        Failure::runtime(format!(
            "The new database is in place, but the old file {} could not be deleted",
            old.display()
        ))
        .cause(error)
        .help("Delete it yourself.")
    })
}
