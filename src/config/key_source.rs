//! Where the key of an encrypted database comes from: `TICKETBOT_DB_KEY`, then `db.key_file`, then the terminal.
//!
//! The configuration itself cannot hold it, because it is not encrypted. Asking for it is done elsewhere.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;

use super::Warning;
use super::environment::Environment;
use super::expand::expand_path;
use super::private_files::is_open_to_others;
use super::problems::Problems;
use super::raw::Raw;
use super::settings::{Encryption, KeySource};
use super::source::Source;
use super::token_source::HANDED_OVER;
use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::failure::Failure;

/// The result, and warnings for the operator.
pub(super) struct FoundKey {
    /// `None`: the database is not encrypted.
    pub(super) encryption: Option<Encryption>,
    pub(super) warnings: Vec<Warning>,
}

/// Finds the key. A relative `db.key_file` starts at `folder`.
pub(super) fn find_key(raw: &Raw, environment: &Environment, folder: &Path, problems: &Problems) -> FoundKey {
    let form = match raw.key_template.value.trim() {
        "" => None,
        written => problems.take(KeyForm::parse(written).map_err(|problem| raw.key_template.problem(problem))),
    };
    // A key without a template is a passphrase.
    let understood = form.unwrap_or_default();
    let mut warnings = Vec::new();
    let (source, key) = if let Some(text) = &environment.database_key {
        let key = DatabaseKey::parse(understood, text.expose_secret()).map(Some).map_err(|problem| {
            Failure::config("The environment variable TICKETBOT_DB_KEY does not hold a key").cause(problem)
        });
        (KeySource::Environment, key)
    } else if !raw.key_file.value.trim().is_empty() {
        match expand_path(&raw.key_file, folder, &environment.folders) {
            Ok(path) => {
                let is_handed_over = HANDED_OVER.iter().any(|folder| path.starts_with(folder));
                if !is_handed_over && is_open_to_others(&path) {
                    warnings.push(Warning::key_open_to_others(&path));
                }
                let key = read_key("The file that `db.key_file` names,", &path, understood);
                (KeySource::File(path), key.map(Some))
            }
            Err(failure) => (KeySource::File(PathBuf::from(&raw.key_file.value)), Err(failure)),
        }
    } else if form.is_some() {
        (KeySource::Prompt, Ok(None))
    } else {
        return FoundKey { encryption: None, warnings };
    };
    FoundKey { encryption: Some(Encryption { form: understood, source, key }), warnings }
}

/// Reads the key from a file. `what` names the file in messages.
pub(crate) fn read_key(what: &str, path: &Path, form: KeyForm) -> Result<DatabaseKey, Failure> {
    let file = Source::read(what, path)?;
    DatabaseKey::parse(form, file.expose()).map_err(|problem| {
        Failure::config(format!("The file {} does not hold a key of the database", path.display())).cause(problem)
    })
}
