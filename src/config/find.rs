//! Finds the configuration file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Warning;
use super::environment::Environment;
use super::settings::ConfigSource;
use crate::failure::Failure;

const FILE_NAME: &str = "config.toml";

/// The file given on the command line, else the user's, else the one in the working directory.
pub(super) fn find(
    environment: &Environment,
    given: Option<&Path>,
) -> Result<(ConfigSource, Option<Warning>), Failure> {
    let here = environment.working_directory.join(FILE_NAME);
    let users = environment.folders.config.as_ref().map(|folder| folder.join(FILE_NAME));
    let new_file = users.clone().unwrap_or_else(|| here.clone());
    let source = |read: Option<PathBuf>| ConfigSource { read, new_file: new_file.clone() };

    if let Some(given) = given {
        let path = environment.working_directory.join(given);
        if !exists(&path)? {
            return Err(Failure::config(format!(
                "The file {}, given with --config-file, does not exist",
                path.display()
            ))
            .help("Check the path, or leave the option out to use the usual places."));
        }
        return Ok((source(Some(path)), None));
    }
    let is_here = exists(&here)?;
    match users {
        Some(users) if exists(&users)? => {
            let warning = (is_here && users != here).then(|| {
                Warning::new(format!(
                    "There are two configuration files. {} is read and {} is not; name the other one with \
                     --config-file, or remove one.",
                    users.display(),
                    here.display()
                ))
            });
            Ok((source(Some(users)), warning))
        }
        _ => Ok((source(is_here.then_some(here)), None)),
    }
}

/// A dangling link counts as existing, so that reading it reports the error instead of ignoring it.
fn exists(path: &Path) -> Result<bool, Failure> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(Failure::config(format!("ticketbot cannot tell whether {} exists", path.display()))
            .cause(error)
            .help("Check that the user who runs ticketbot may read that folder.")),
    }
}
