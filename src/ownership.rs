//! Protects a service user's files from root: files that root creates belong to root, and the service could no longer
//! open them. `crate::config` gives single new files the owner of their folder; root must not touch another user's
//! database.

use std::path::Path;

use crate::failure::Failure;

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
