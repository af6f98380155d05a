//! Finds theticketbot's configuration and database, and reads the latter from a copy.

use std::path::{Path, PathBuf};

use super::copy::Copy;
use super::places::Places;
use super::their_config::TheirConfig;
use crate::cli::Theticketbot;
use crate::config::{Environment, Settings};
use crate::domain::takeover::Found;
use crate::failure::Failure;
use crate::storage::theticketbot::{self, ReadError};

/// Its configuration file, in each of its folders.
const CONFIG: &str = "config.toml";

/// Its database, in the folder for data.
const DATABASE: &str = "theticketbot.db";

/// Where its database was in its early versions, from the folder it was started in.
const EARLY_DATABASE: &str = "data/theticketbot.db";

/// How an encrypted database takes its key, unless the configuration says otherwise.
const KEY_TEMPLATE: &str = "PRAGMA key = '{}'";

/// What `SQLCipher` has to know besides the key, where its settings were changed.
const CIPHER: &[&str] = &[
    "cipher_compatibility",
    "cipher_hmac_algorithm",
    "cipher_kdf_algorithm",
    "cipher_page_size",
    "cipher_plaintext_header_size",
    "cipher_use_hmac",
    "kdf_iter",
];

/// Its configuration: the file that is named, else the user's, else the one in the working folder. The last is no one's
/// but ours when ticketbot has read it.
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

/// Its database: the path that is given, else the one of its configuration, else its usual place or its early one.
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
            .because(format!("there is none at {}", places.join(" or ")))
            .next("Give its path: ticketbot import theticketbot PATH. `theticketbot --dump-config` shows it as `db.path`."));
    };
    let is_ours =
        found.canonicalize().is_ok_and(|found| settings.database.path.canonicalize().is_ok_and(|ours| ours == found));
    if is_ours {
        return Err(Failure::config(format!(
            "{} is the database that ticketbot itself is configured to use",
            found.display()
        ))
        .next("Set ticketbot's `db.path` to a file of its own, or remove it from the configuration."));
    }
    Ok(found.clone())
}

/// A relative path counts from the folder that theticketbot was started in: this one, or that of its configuration.
fn configured(written: &str, here: &Path, config: Option<&TheirConfig>) -> Result<Vec<PathBuf>, Failure> {
    let places = Places::of_user();
    let folders = std::iter::once(here).chain(config.and_then(|config| config.file.parent()));
    let paths: Vec<PathBuf> = folders.filter_map(|folder| places.expand(written, folder)).collect();
    if paths.is_empty() {
        return Err(Failure::config(
            "The `db.path` of theticketbot's configuration names a folder that is not known here",
        )
        .next("Give the path: ticketbot import theticketbot PATH."));
    }
    Ok(paths)
}

/// Reads the database from a copy; the original is left as it is.
pub(super) async fn read(
    command: &Theticketbot,
    environment: &Environment,
    path: &Path,
    config: Option<&TheirConfig>,
) -> Result<Found, Failure> {
    let key = key(command, environment, config)?;
    let pragmas = pragmas(key.as_ref(), config);
    let copy = Copy::of(path)?;
    theticketbot::read(&copy.path(), &pragmas, key.is_some()).await.map_err(|error| explain(path, &error))
}

/// Pragmas for the connection. The key goes first, which it has to.
fn pragmas(key: Option<&(String, String)>, config: Option<&TheirConfig>) -> Vec<(String, String)> {
    let Some(key) = key else { return Vec::new() };
    let theirs = config.into_iter().flat_map(|config| &config.pragmas);
    let cipher = theirs.filter(|pragma| CIPHER.contains(&pragma.name.as_str()));
    std::iter::once(key.clone()).chain(cipher.map(|pragma| (pragma.name.clone(), pragma.value.clone()))).collect()
}

/// The pragma that hands over the key; `None` when none was given.
fn key(
    command: &Theticketbot,
    environment: &Environment,
    config: Option<&TheirConfig>,
) -> Result<Option<(String, String)>, Failure> {
    let Some(file) = &command.key_file else { return Ok(None) };
    let file = environment.working_directory.join(file);
    let text = std::fs::read_to_string(&file).map_err(|error| {
        Failure::config(format!("The key file {} cannot be read", file.display()))
            .because(error)
            .next("Name a file that holds the key and nothing else.")
    })?;
    let template = config.and_then(|config| config.key_template.as_deref()).unwrap_or(KEY_TEMPLATE);
    let pragma = key_pragma(template, text.trim_end_matches(['\r', '\n']));
    pragma.map(Some).ok_or_else(|| {
        Failure::config(format!("The key in {} cannot be used", file.display())).next(
            "A single quote in a key is written twice, and `db.key_template` of theticketbot must look like PRAGMA key = \
             '{}' or PRAGMA hexkey = '{}'.",
        )
    })
}

/// `None` when the key would end the statement, or the template is none.
fn key_pragma(template: &str, key: &str) -> Option<(String, String)> {
    let template = template.trim().trim_end_matches(';');
    let (keyword, statement) = template.split_at_checked("pragma".len())?;
    let (name, value) = statement.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    let is_key = keyword.eq_ignore_ascii_case("pragma") && ["key", "hexkey", "textkey"].contains(&name.as_str());
    let value = value.trim().replace("{}", key);
    let inner = ['\'', '"']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote).map(|inner| (*quote, inner)));
    let (quote, inner) = inner?;
    let is_closed = !inner.replace(&format!("{quote}{quote}"), "").contains(quote);
    (is_key && is_closed && !key.is_empty() && !inner.contains('\0')).then_some((name, value))
}

fn explain(path: &Path, error: &ReadError) -> Failure {
    let next = match error {
        ReadError::NotADatabase => {
            "Check the path. If it is encrypted, name a file that holds the key with --key-file."
        }
        ReadError::WrongKey => {
            "Check the key. Only databases of SQLCipher can be read: decrypt others with the tool that encrypted them \
             first (PRAGMA rekey = '')."
        }
        ReadError::NoCipher => {
            "Use a ticketbot that was built with `--features encryption`, or decrypt the database first."
        }
        ReadError::Foreign => "Check the path: this is another program's database.",
        ReadError::Newer(_) => "Update ticketbot, or use a database from before theticketbot's update.",
        ReadError::Broken(_) => {
            "Start theticketbot with it once, stop it again, and try again; or restore a backup of it."
        }
    };
    Failure::runtime(format!("The database {} cannot be taken over", path.display())).because(error).next(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_put_where_the_template_has_it() {
        for (template, key, expected) in [
            ("PRAGMA key = '{}'", "Hello world!", Some(("key", "'Hello world!'"))),
            ("pragma HEXKEY='{}';", "aa00", Some(("hexkey", "'aa00'"))),
            ("PRAGMA key = \"x'{}'\"", "aa00", Some(("key", "\"x'aa00'\""))),
            ("PRAGMA key = '{}'", "it''s", Some(("key", "'it''s'"))),
            ("PRAGMA key = '{}'", "it's", None),
            ("PRAGMA key = '{}'", "", None),
            ("PRAGMA key = {}", "1; DROP TABLE inbox", None),
            ("PRAGMA journal_mode = '{}'", "a", None),
            ("key = '{}'", "a", None),
            ("PRÄGMA", "a", None),
        ] {
            let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(key_pragma(template, key), expected, "{template} {key}");
        }
    }
}
