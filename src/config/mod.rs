//! The configuration: found, read, checked, and handed on as typed [`Settings`].
//!
//! | step | where |
//! |---|---|
//! | which file is read | `find` |
//! | its text, and the line something stands on | `source` |
//! | key by key out of TOML, the operator's file over `config_default.toml` | `section`, `raw` |
//! | what is wrong, all of it at once | `problems` |
//! | each value checked | `resolve`, with `expand`, `pragma`, `api_base` |
//! | the token, kept apart from the settings | `token`, `token_source` |
//! | the key of an encrypted database | `key_source` |
//! | printed without secrets | `dump` |
//!
//! No message quotes a value of the file, because that value may be the token. Asking for a token is
//! `crate::first_run`'s part.

mod api_base;
mod dump;
mod environment;
mod expand;
mod find;
mod key_source;
mod pragma;
mod private_files;
mod problems;
mod raw;
mod resolve;
mod section;
mod settings;
mod sharding;
mod source;
mod suggestion;
mod template;
mod token;
mod token_source;
mod warning;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use environment::{Environment, Folders};
pub use private_files::keep_files_private;
pub use settings::{
    Backup, ConfigSource, Database, Discord, Encryption, Intents, KeySource, Log, Pragma, Retention, Settings,
    TokenSource,
};
pub use token::{Token, TokenShapeError};
pub use warning::Warning;

pub(crate) use key_source::read_key;
pub(crate) use private_files::{append, beside, create_folder, create_new, is_open_to_others, quoted_for_shell};
pub(crate) use template::new_config_file;

use crate::failure::Failure;
use problems::Problems;
use raw::Raw;
use source::Source;

/// Every key with its default and its explanation.
const DEFAULTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config_default.toml"));

/// A configuration that was read and found good.
#[derive(Debug)]
pub struct Loaded {
    /// What holds.
    pub settings: Settings,
    /// The token; `Ok(None)` when no place has one, `Err` when the place that wins has none that can be used.
    pub token: Result<Option<Token>, Failure>,
    /// What to log as soon as the log is there.
    pub warnings: Vec<Warning>,
}

impl Loaded {
    /// What `--dump-config` prints: the file that was read and the settings as TOML, every secret as `<redacted>`.
    pub fn dump(&self) -> String {
        dump::dump(&self.settings, &self.token)
    }
}

/// Reads the configuration: `given` (from `--config-file`), else the user's `config.toml`, else the one in the working
/// directory, else the defaults alone.
///
/// # Errors
///
/// A [`Failure`] with exit code 2 that names file, line and key of everything that is wrong. An unusable token is not one of them: see
/// [`Loaded::token`].
pub fn load(environment: &Environment, given: Option<&Path>) -> Result<Loaded, Failure> {
    let (config_source, two_files) = find::find(environment, given)?;
    let mut warnings: Vec<Warning> = two_files.into_iter().collect();
    let defaults = Source::embedded("the built-in defaults", DEFAULTS);
    let file = match &config_source.read {
        Some(path) => {
            if is_open_to_others(path) {
                warnings.push(Warning::open_to_others(path));
            }
            Some(Source::read("The configuration file", path)?)
        }
        None => None,
    };
    let sources: Vec<&Source> = file.iter().chain([&defaults]).collect();
    let problems = Problems::default();
    let raw = Raw::read(&sources, &problems)?;
    let folder = file.as_ref().map_or(environment.working_directory.as_path(), |file| &file.folder);
    let found = token_source::find_token(&raw, environment, folder);
    warnings.extend(found.warnings);
    let key = key_source::find_key(&raw, environment, folder, &problems);
    warnings.extend(key.warnings);
    let secrets = (found.source, key.encryption);
    let settings = resolve::resolve(&raw, config_source, secrets, folder, environment, &problems);
    // A token that cannot be used is no reason to refuse the rest, but whoever mends the rest should know of it.
    if let (Err(failure), false) = (&found.token, problems.is_empty()) {
        problems.note(failure.clone());
    }
    problems.into_result()?;
    let settings = settings.ok_or_else(|| Failure::config("The configuration could not be read"))?;
    Ok(Loaded { settings, token: found.token, warnings })
}
