//! Where the secrets come from: the token from `TICKETBOT_TOKEN`, then `bot.token_file`, then `bot.token`; the key of an
//! encrypted database from `TICKETBOT_DB_KEY`, then `db.key_file`, then the terminal.
//!
//! The configuration itself cannot hold the key, because it is not encrypted. Asking for it is done elsewhere.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;

use super::Warning;
use super::environment::Environment;
use super::expand::expand_path;
use super::private_files::is_open_to_others;
use super::problems::Problems;
use super::raw::Raw;
use super::settings::{Encryption, KeySource, TokenSource};
use super::source::Source;
use super::token::Token;
use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::failure::Failure;

const NEXT: &str = "Copy the token again: Discord Developer Portal, your application, \"Bot\", \"Reset Token\".";

/// Where containers and services mount secrets, with modes that the operator cannot change.
const HANDED_OVER: &[&str] = &["/run/secrets", "/run/credentials"];

/// The result, and warnings for the operator.
pub(super) struct FoundToken {
    /// The place with precedence; `None` if no place has anything.
    pub(super) source: Option<TokenSource>,
    /// The token in that place, or why it is unusable. An error here does not stop `--dump-config`.
    pub(super) token: Result<Option<Token>, Failure>,
    pub(super) warnings: Vec<Warning>,
}

/// Finds the token. A relative `bot.token_file` starts at `folder`.
pub(super) fn find_token(raw: &Raw, environment: &Environment, folder: &Path) -> FoundToken {
    let configured = raw.token.value.expose_secret();
    let has_configured = !configured.trim().is_empty();
    let has_file = !raw.token_file.value.trim().is_empty();

    if let Some(text) = &environment.token {
        let token = Token::parse(text.expose_secret()).map_err(|error| {
            Failure::config("The environment variable TICKETBOT_TOKEN does not hold a bot token")
                .cause(error)
                .help(NEXT)
        });
        found(TokenSource::Environment, token)
    } else if has_file {
        let mut found = from_file(raw, environment, folder);
        if has_configured {
            found.warnings.push(Warning::new(format!(
                "{}: both `bot.token_file` and `bot.token` are set. The file wins; remove the other.",
                raw.token.place.file
            )));
        }
        found
    } else if has_configured {
        let token = Token::parse(configured).map_err(|error| raw.token.problem(error).help(NEXT));
        found(TokenSource::Config, token)
    } else {
        FoundToken { source: None, token: Ok(None), warnings: Vec::new() }
    }
}

fn from_file(raw: &Raw, environment: &Environment, folder: &Path) -> FoundToken {
    match expand_path(&raw.token_file, folder, &environment.folders) {
        Ok(path) => {
            let token = read_token(&path);
            let mut found = found(TokenSource::TokenFile(path.clone()), token);
            found.warnings.extend(warn_if_open(&path));
            found
        }
        Err(failure) => {
            let written = PathBuf::from(&raw.token_file.value);
            found(TokenSource::TokenFile(written), Err(failure))
        }
    }
}

fn read_token(path: &Path) -> Result<Token, Failure> {
    let file = Source::read("The file that `bot.token_file` names,", path)?;
    Token::parse(file.expose()).map_err(|error| {
        Failure::config(format!("The file {} does not hold a bot token and nothing else", path.display()))
            .cause(error)
            .help(NEXT)
    })
}

fn warn_if_open(path: &Path) -> Option<Warning> {
    let is_handed_over = HANDED_OVER.iter().any(|folder| path.starts_with(folder));
    (!is_handed_over && is_open_to_others(path)).then(|| Warning::open_to_others(path))
}

fn found(source: TokenSource, token: Result<Token, Failure>) -> FoundToken {
    FoundToken { source: Some(source), token: token.map(Some), warnings: Vec::new() }
}

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
