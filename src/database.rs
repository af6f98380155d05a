//! Opens the operator's database as configured, and explains why it cannot be opened.

use std::path::Path;

use crate::backups;
use crate::config::Settings;
use crate::domain::shards::ShardRange;
use crate::failure::Failure;
use crate::storage::{self, Location, OpenError, Owner, Reading, ShardLocks, ShardsTaken};
use crate::unlock;

/// Opens the database of `settings` for the bot, creates it if it is missing, and migrates it. Makes a backup before a
/// migration.
///
/// # Errors
///
/// A [`Failure`] that says what is wrong with the file and what to do; with exit code 2 where a restart alone cannot
/// help.
pub(crate) async fn open_for_bot(settings: &Settings) -> Result<storage::Database, Failure> {
    let path = &settings.database.path;
    let explain_at_start = |error: &OpenError| {
        let failure = explain(path, error);
        if error.is_lasting() { failure.permanent() } else { failure }
    };
    open_with(settings, explain_at_start).await
}

/// The same for a command, which exits with 1.
pub(crate) async fn open(settings: &Settings) -> Result<storage::Database, Failure> {
    open_with(settings, |error: &OpenError| explain(&settings.database.path, error)).await
}

async fn open_with(settings: &Settings, explain: impl Fn(&OpenError) -> Failure) -> Result<storage::Database, Failure> {
    let opened = storage::connect(&location(settings)?).await.map_err(|error| explain(&error))?;
    backups::before_update(&opened, &settings.backup).await?;
    opened.migrate().await.map_err(|error| explain(&error))
}

/// Opens an existing database to read it. Changes neither its tables nor the files beside it.
pub(crate) async fn open_to_read(settings: &Settings) -> Result<Reading, Failure> {
    Reading::of(&location(settings)?).await.map_err(|error| explain(&settings.database.path, &error))
}

/// The same, for queries that need the tables of this version.
pub(crate) async fn open_for_questions(settings: &Settings) -> Result<storage::Database, Failure> {
    let reading = open_to_read(settings).await?;
    reading.into_database().map_err(|error| explain(&settings.database.path, &error))
}

/// Refuses a database that [`open`] would refuse, before anything changes. A missing one is accepted.
pub(crate) async fn examine(settings: &Settings) -> Result<(), Failure> {
    storage::examine(&location(settings)?).await.map_err(|error| explain(&settings.database.path, &error))
}

/// Reserves the shards of this process, so that no other process runs them on the same database.
pub(crate) fn take_shards(settings: &Settings) -> Result<ShardLocks, Failure> {
    let path = &settings.database.path;
    ShardLocks::take(path, settings.shards.unwrap_or(ShardRange::ALL)).map_err(|taken| {
        let next = match taken {
            ShardsTaken::Io(_) => "Check that the folder of `db.path` may be written to.",
            ShardsTaken::OtherTotal(_) => {
                "All processes that share a database need the same `gateway.shards`: stop all of them before it is changed."
            }
            ShardsTaken::All | ShardsTaken::Some | ShardsTaken::One(_) => {
                "Stop it first. To spread the bot over several processes, give each its own `gateway.range`."
            }
        };
        Failure::runtime(format!("ticketbot is running already on the database {}", path.display()))
            .cause(taken)
            .help(next)
    })
}

/// The path of the database, with its key.
///
/// # Errors
///
/// When the key cannot be used. [`unlock`] must have asked for it before.
pub(crate) fn location(settings: &Settings) -> Result<Location, Failure> {
    let database = &settings.database;
    let key = match &database.encryption {
        None => None,
        Some(encryption) => Some(encryption.key.clone()?.ok_or_else(|| {
            Failure::config("The key of the database is missing")
                .help("This is a fault in ticketbot; please report it.")
        })?),
    };
    let pragmas = database.pragmas.iter().map(|pragma| (pragma.name.clone(), pragma.value.clone())).collect();
    Ok(Location { path: database.path.clone(), pragmas, key })
}

/// What to do about a damaged database.
pub(crate) const RESTORE: &str = "Stop the bot and put the newest backup in its place: ticketbot db restore PATH";

/// Explains why the file at `path` cannot be used.
pub(crate) fn explain(path: &Path, error: &OpenError) -> Failure {
    let next = match error {
        OpenError::NoCipher => return unlock::no_cipher(),
        OpenError::Missing => {
            return Failure::runtime(format!("There is no database at {}", path.display())).help(
                "Check `db.path` (ticketbot --dump-config shows what it is), or name the bot's configuration with \
                 --config-file.",
            );
        }
        OpenError::Older => {
            return Failure::runtime(format!(
                "The database {} is from an earlier version of ticketbot",
                path.display()
            ))
            .help("Start the bot once with this version; it brings the database up to date.");
        }
        OpenError::Empty => "Check `db.path`, or start the bot once.",
        OpenError::Foreign(Owner::Theticketbot) => {
            "It is left as it was. To take over what is in it, name a file of ticketbot's own with `db.path`, then type: \
             ticketbot import theticketbot PATH"
        }
        OpenError::Unreadable(_) => "Check `db.path`, and that the user who runs ticketbot may read the file.",
        OpenError::ReadOnly(_) => {
            "Check that the user who runs ticketbot owns the file and the folder of `db.path`, and may write to both."
        }
        OpenError::Newer(_) => "Start the newer version again, or restore a backup from before the update.",
        OpenError::Foreign(Owner::Other(_)) | OpenError::NotADatabase => "Check `db.path`: the file is left as it was.",
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
        OpenError::Damaged(_) | OpenError::Incomplete(_) => RESTORE,
        OpenError::KeyNotUsable(_) => "Check the key and `db.pragmas`.",
        OpenError::Replaced => "Wait until it has ended, then try again.",
        _ => "Check that the folder of `db.path` exists, has space, and may be written to.",
    };
    Failure::runtime(format!("The database {} cannot be used", path.display())).cause(error).help(next)
}
