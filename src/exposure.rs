//! Reports files and folders that other users can open because they predate ticketbot's checks: the database and the
//! files beside it, backups, logs.
//!
//! `crate::config` checks the configuration and secret files when it reads them.

use std::path::Path;

use crate::config::{self, Settings, Warning};

/// What the operator should fix, and how.
pub(crate) fn look(settings: &Settings) -> Vec<Warning> {
    let database = &settings.database.path;
    let mut warnings = Vec::new();
    for end in ["", "-wal", "-shm", ".lock", ".old"] {
        let path = config::beside(database, end);
        if config::is_open_to_others(&path) {
            warnings.push(exposed("a part of the database", &path, "600", ""));
        }
    }
    if let Some(folder) = database.parent().filter(|folder| config::is_open_to_others(folder)) {
        warnings.push(exposed("the folder of the database", folder, "700", ""));
    }
    let folders = [("the backups", &settings.backup.directory), ("the log files", &settings.log.directory)];
    for (what, folder) in folders {
        if let Some(folder) = folder.as_deref().filter(|folder| is_exposed(folder)) {
            warnings.push(exposed(what, folder, "go=", "-R "));
        }
    }
    let old = config::beside(database, ".old");
    if old.exists() {
        warnings.push(Warning::new(format!(
            "{} is the old file of a conversion that was interrupted. The database in use is {}; delete the old file: rm {}",
            old.display(),
            database.display(),
            config::quoted_for_shell(&old)
        )));
    }
    warnings
}

/// A folder, or anything directly in it.
fn is_exposed(folder: &Path) -> bool {
    config::is_open_to_others(folder)
        || std::fs::read_dir(folder)
            .is_ok_and(|entries| entries.flatten().any(|entry| config::is_open_to_others(&entry.path())))
}

fn exposed(what: &str, path: &Path, mode: &str, option: &str) -> Warning {
    Warning::new(format!(
        "Other people on this machine can open {} ({what}). To fix it, type: chmod {option}{mode} {}",
        path.display(),
        config::quoted_for_shell(path)
    ))
}
