//! Finds the token: `TICKETBOT_TOKEN`, then `bot.token_file`, then `bot.token`.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;

use super::Warning;
use super::environment::Environment;
use super::expand::expand_path;
use super::private_files::is_open_to_others;
use super::raw::Raw;
use super::settings::TokenSource;
use super::source::Source;
use super::token::Token;
use crate::failure::Failure;

const NEXT: &str = "Copy the token again: Discord Developer Portal, your application, \"Bot\", \"Reset Token\".";

/// Where containers and services mount secrets, with modes that the operator cannot change.
pub(super) const HANDED_OVER: &[&str] = &["/run/secrets", "/run/credentials"];

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
