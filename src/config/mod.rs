//! The configuration: finds it, reads it, checks it, and returns typed [`Settings`].
//!
//! | step | where |
//! |---|---|
//! | which file is read, its text, and the line of each value | `source` |
//! | each key of the TOML, the operator's file over `config_default.toml` | `section`, `raw` |
//! | every problem, reported at once; warnings | `problems` |
//! | each value checked | `resolve`, with `expand`, `pragma`, `api_base` |
//! | the token, separate from the settings | `token`, `secrets` |
//! | the key of an encrypted database | `secrets` |
//! | printed without secrets | `dump` |
//!
//! No message quotes a value of the file, because it may be the token. `crate::first_run` asks for a token.

mod api_base;
mod dump;
mod environment;
mod expand;
mod pragma;
mod private_files;
mod problems;
mod raw;
mod resolve;
mod secrets;
mod section;
mod settings;
mod source;
mod suggestion;
mod token;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use environment::{Environment, Folders};
pub use private_files::keep_files_private;
pub use problems::Warning;
pub use settings::{
    Backup, ConfigSource, Database, Discord, Encryption, Intents, KeySource, Log, Pragma, Retention, Settings,
    TokenSource,
};
pub use token::{Token, TokenShapeError};

pub(crate) use api_base::is_on_this_machine;
pub(crate) use dump::new_config_file;
pub(crate) use private_files::{append, beside, create_folder, create_new, is_open_to_others, quoted_for_shell};
pub(crate) use secrets::read_key;

use crate::failure::Failure;
use problems::Problems;
use raw::Raw;
use source::Source;

/// Every key with its default and explanation.
const DEFAULTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config_default.toml"));

/// A valid configuration.
#[derive(Debug)]
pub struct Loaded {
    /// The settings in effect.
    pub settings: Settings,
    /// The token; `Ok(None)` if no place has one, `Err` if the place with precedence has an unusable one.
    pub token: Result<Option<Token>, Failure>,
    /// Warnings to log once logging has started.
    pub warnings: Vec<Warning>,
}

impl Loaded {
    /// The output of `--dump-config`: the file and the settings as TOML, every secret as `<redacted>`.
    pub fn dump(&self) -> String {
        dump::dump(&self.settings, &self.token)
    }
}

/// Reads the configuration: `given` (from `--config-file`), else the user's `config.toml`, else the one in the working
/// directory, else the defaults alone.
///
/// # Errors
///
/// A [`Failure`] with exit code 2 that names file, line and key of every problem. An unusable token is not one of them:
/// see [`Loaded::token`].
pub fn load(environment: &Environment, given: Option<&Path>) -> Result<Loaded, Failure> {
    let (config_source, two_files) = source::find(environment, given)?;
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
    let found = secrets::find_token(&raw, environment, folder);
    warnings.extend(found.warnings);
    let key = secrets::find_key(&raw, environment, folder, &problems);
    warnings.extend(key.warnings);
    let secrets = (found.source, key.encryption);
    let settings = resolve::resolve(&raw, config_source, secrets, folder, environment, &problems);
    // An unusable token does not invalidate the rest, but belongs in the same report.
    if let (Err(failure), false) = (&found.token, problems.is_empty()) {
        problems.note(failure.clone());
    }
    problems.into_result()?;
    let settings = settings.ok_or_else(|| Failure::config("The configuration could not be read"))?;
    Ok(Loaded { settings, token: found.token, warnings })
}
