//! Finds theticketbot's configuration and database, and reads the database from a copy.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use super::super::copy::Copy;
use super::super::refuse_own;
use super::places::Places;
use super::their_config::TheirConfig;
use crate::cli::Theticketbot;
use crate::config::{Environment, Settings};
use crate::domain::database_key::KeyForm;
use crate::domain::import::Found;
use crate::failure::Failure;
use crate::storage::theticketbot::{self, ReadError};
use crate::storage::{Contents, Location, OpenError, has_encryption};
use crate::unlock;

/// Its configuration file, in each of its folders.
const CONFIG: &str = "config.toml";

/// Its database, in the folder for data.
const DATABASE: &str = "theticketbot.db";

/// Where its database was in its early versions, from the folder it was started in.
const EARLY_DATABASE: &str = "data/theticketbot.db";

/// What `SQLCipher` needs besides the key if its settings were changed.
const CIPHER: &[&str] = &[
    "cipher_compatibility",
    "cipher_hmac_algorithm",
    "cipher_kdf_algorithm",
    "cipher_page_size",
    "cipher_plaintext_header_size",
    "cipher_use_hmac",
    "kdf_iter",
];

/// Its configuration: the named file, else the user's, else the one in the working folder, unless ticketbot has read
/// that one as its own.
pub(super) fn configuration(
    command: &Theticketbot,
    environment: &Environment,
    ours: Option<&Path>,
) -> Result<Option<TheirConfig>, Failure> {
    if let Some(named) = &command.from_config {
        return TheirConfig::read(&environment.working_directory.join(named)).map(Some);
    }
    let users = Places::of_user().config.map(|folder| folder.join(CONFIG));
    let here = environment.working_directory.join(CONFIG);
    let here = (ours != Some(&here)).then_some(here);
    let found = users.into_iter().chain(here).find(|file| file.is_file());
    found.map(|file| TheirConfig::read(&file)).transpose()
}

/// Its database: the given path, else the one of its configuration, else its usual or early location.
pub(super) fn database(
    command: &Theticketbot,
    environment: &Environment,
    settings: &Settings,
    config: Option<&TheirConfig>,
) -> Result<PathBuf, Failure> {
    let here = &environment.working_directory;
    let candidates = match (&command.path, config.and_then(|config| config.database.as_deref())) {
        (Some(given), _) => vec![here.join(given)],
        (None, Some(written)) => configured(written, here, config)?,
        (None, None) => {
            let usual = Places::of_user().data.map(|folder| folder.join(DATABASE));
            usual.into_iter().chain([here.join(EARLY_DATABASE)]).collect()
        }
    };
    let Some(found) = candidates.iter().find(|path| path.exists()) else {
        let places: Vec<String> = candidates.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::config("No database of theticketbot was found")
            .cause(format!("there is none at {}", places.join(" or ")))
            .help("Give its path: ticketbot import theticketbot PATH. `theticketbot --dump-config` shows it as `db.path`."));
    };
    refuse_own(found, settings)?;
    Ok(found.clone())
}

/// Resolves a relative path from where theticketbot was started: this folder, or that of its configuration.
fn configured(written: &str, here: &Path, config: Option<&TheirConfig>) -> Result<Vec<PathBuf>, Failure> {
    let places = Places::of_user();
    let folders = std::iter::once(here).chain(config.and_then(|config| config.file.parent()));
    let paths: Vec<PathBuf> = folders.filter_map(|folder| places.expand(written, folder)).collect();
    if paths.is_empty() {
        return Err(Failure::config("The `db.path` of theticketbot's configuration names an unknown folder")
            .help("Give the path: ticketbot import theticketbot PATH."));
    }
    Ok(paths)
}

/// Reads the database from a copy.
pub(super) async fn read(
    command: &Theticketbot,
    environment: &Environment,
    path: &Path,
    config: Option<&TheirConfig>,
) -> Result<Found, Failure> {
    let copy = Copy::of(path)?;
    let key = match &command.key_file {
        Some(file) => {
            Some(unlock::from_file("--key-file", &environment.working_directory.join(file), key_form(config)?)?)
        }
        None if is_sealed(&copy) && has_encryption() && io::stdin().is_terminal() => {
            let (path, form) = (path.to_owned(), key_form(config)?);
            // Waiting for an answer would block the runtime's thread.
            let asked = tokio::task::spawn_blocking(move || unlock::known_key(&path, form)).await;
            Some(asked.map_err(|error| Failure::runtime("The key could not be asked for").cause(error))??)
        }
        None => None,
    };
    let pragmas = config.into_iter().flat_map(|config| &config.pragmas);
    let pragmas = pragmas.filter(|pragma| key.is_some() && CIPHER.contains(&pragma.name.as_str()));
    let pragmas = pragmas.map(|pragma| (pragma.name.clone(), pragma.value.clone())).collect();
    let location = Location { path: copy.path(), pragmas, key };
    theticketbot::read(&location).await.map_err(|error| explain(path, &error))
}

/// How to interpret its key: as a passphrase, unless its configuration differs.
fn key_form(config: Option<&TheirConfig>) -> Result<KeyForm, Failure> {
    let Some(template) = config.and_then(|config| config.key_template.as_deref()) else {
        return Ok(KeyForm::default());
    };
    KeyForm::parse(template).map_err(|problem| {
        Failure::config("The key template in theticketbot's configuration cannot be used")
            .cause(format!("`db.key_template` {problem}"))
            .help("Decrypt the database first, with the tool that encrypted it.")
    })
}

fn is_sealed(copy: &Copy) -> bool {
    matches!(Contents::of(&copy.path()), Ok(Contents::Sealed(_)))
}

fn explain(path: &Path, error: &ReadError) -> Failure {
    let next = match error {
        ReadError::Open(OpenError::Encrypted) => "Name a file that holds its key with --key-file.",
        ReadError::Open(OpenError::NotEncrypted) => "Leave --key-file out.",
        ReadError::Open(OpenError::WrongKey) => {
            "Check the key. Only databases of SQLCipher can be read: decrypt others first, with the tool that encrypted \
             them (PRAGMA rekey = '')."
        }
        ReadError::Open(OpenError::NoCipher) => {
            "Use a ticketbot that was built with `--features encryption`, or decrypt the database first."
        }
        ReadError::Open(OpenError::Connect(_) | OpenError::Damaged(_)) | ReadError::Broken(_) => {
            "Start theticketbot with it once, stop it again, and try again; or restore a backup of it."
        }
        ReadError::Open(_) => "Check the path.",
        ReadError::Foreign => "Check the path: this is another program's database.",
        ReadError::Newer(_) => "Update ticketbot, or use a database from before theticketbot's update.",
    };
    Failure::runtime(format!("The database {} cannot be taken over", path.display())).cause(error).help(next)
}
