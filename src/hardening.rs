//! Protects the operator's secrets and files on this machine: no core dumps, no files of root in a service user's folders,
//! and warnings about files that other users can open.
//! `crate::config` checks the configuration and secret files when it reads them.

use std::path::Path;

use crate::config::{self, Settings, Warning};
use crate::failure::Failure;

/// Disables core dumps, and on Linux stops other processes of the same user from reading its memory or environment. Has
/// no effect on systems without such limits.
pub(crate) fn leave_no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Lowering a limit is always allowed; systems without the limit have no core dumps.
        let _unknown = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A core dump piped to a program ignores the limit (core(5)), but not this flag.
        let _unknown = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Protects a service user's files from root: files that root creates belong to root, and the service could no longer
/// open them. `crate::config` gives single new files the owner of their folder; root must not touch another user's
/// database.
///
/// Refuses to let root write into another user's database, or create one in another user's folder.
pub(crate) fn refuse_other_owner(database: &Path) -> Result<(), Failure> {
    database.ancestors().find(|path| path.exists()).map_or(Ok(()), refuse)
}

/// The same for an existing database. Root may create a new one for itself.
pub(crate) fn refuse_other_owner_of_file(database: &Path) -> Result<(), Failure> {
    if database.exists() { refuse(database) } else { Ok(()) }
}

#[cfg(unix)]
fn refuse(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(owner) = path.metadata().map(|metadata| metadata.uid()) else { return Ok(()) };
    if !rustix::process::geteuid().is_root() || owner == 0 {
        return Ok(());
    }
    Err(Failure::config(format!("{} belongs to the user with id {owner}, and this is root", path.display()))
        .cause("that user could no longer open what root writes there")
        .help(format!(
            "Run the same as that user: sudo -u '#{owner}' ticketbot …, or systemd-run --uid={owner} --pipe ticketbot …"
        )))
}

#[cfg(not(unix))]
fn refuse(_: &Path) -> Result<(), Failure> {
    Ok(())
}

/// The files and folders that other users can open because they predate ticketbot's checks: the database and the files
/// beside it, backups, logs.
pub(crate) fn find_exposed(settings: &Settings) -> Vec<Warning> {
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
