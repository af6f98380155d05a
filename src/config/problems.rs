//! What is wrong with a configuration: problems, collected so that the operator can fix them at once, and warnings, logged
//! once logging has started.

use std::cell::RefCell;
use std::fmt;
use std::path::Path;

use super::private_files::quoted_for_shell;
use crate::failure::Failure;

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Failure>>);

impl Problems {
    pub(super) fn note(&self, problem: Failure) {
        self.0.borrow_mut().push(problem);
    }

    /// The value, or `None` after noting its problem: reading continues without it.
    pub(super) fn take<T>(&self, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|problem| self.note(problem)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// All problems as one failure.
    pub(super) fn into_result(self) -> Result<(), Failure> {
        Failure::all(self.0.into_inner()).map_or(Ok(()), Err)
    }
}

/// One or two sentences. Contains paths and key names, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning(String);

impl Warning {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A file with a secret that other users of the machine can access.
    pub(crate) fn open_to_others(path: &Path) -> Self {
        Self(format!(
            "Other people on this machine can open {}, which may hold the bot's token. To fix it, type: chmod 600 {}",
            path.display(),
            quoted_for_shell(path)
        ))
    }

    /// A file with the key of the database that other users of the machine can access.
    pub(crate) fn key_open_to_others(path: &Path) -> Self {
        Self(format!(
            "Other people on this machine can open {}, which holds the key of the database. To fix it, type: chmod 600 {}",
            path.display(),
            quoted_for_shell(path)
        ))
    }

    /// A folder for secrets that other users of the machine can read.
    pub(crate) fn folder_open_to_others(path: &Path) -> Self {
        Self(format!(
            "Other people on this machine can look into {}. The configuration in it is safe, but to keep the folder to \
             yourself, type: chmod 700 {}",
            path.display(),
            quoted_for_shell(path)
        ))
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
