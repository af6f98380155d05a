//! Backups: a complete copy of the database, made while it is in use, checked, packed, and renamed when complete.
//!
//! | step | where |
//! |---|---|
//! | copied at one point in time and checked | `crate::storage` |
//! | packed and verified; encrypted backups are not packed, because they would not get smaller | `archive` |
//! | named so that they sort; old ones removed | `names`, here |
//! | made every day | `daily` |
//!
//! Restoring one is `crate::operator`'s part.

mod archive;
mod daily;
mod names;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use archive::unpack;
pub(crate) use daily::Daily;
pub(crate) use names::Kind;

use crate::config::{self, Backup};
use crate::domain::clock::{Clock as _, SystemClock, Timestamp};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::storage::{Live, Opened};

/// An existing backup.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) path: PathBuf,
    /// In bytes.
    pub(crate) size: u64,
}

/// Makes a backup in `folder` under a generated name.
pub(crate) async fn take_in(
    folder: &Path,
    kind: Kind,
    live: &Live,
    now: Timestamp,
    progress: Arc<Progress>,
) -> Result<Taken, Failure> {
    config::create_folder(folder).map_err(|error| failed(folder, &error))?;
    let mut at = now;
    // Two backups in one second: take the next name.
    while folder.join(names::name(kind, at, live.is_encrypted())).exists() {
        at = at + std::time::Duration::from_secs(1);
    }
    take(&folder.join(names::name(kind, at, live.is_encrypted())), live, progress).await
}

/// Makes a backup at `target`, which must not exist. A failure leaves nothing behind.
pub(crate) async fn take(target: &Path, live: &Live, progress: Arc<Progress>) -> Result<Taken, Failure> {
    if target.symlink_metadata().is_ok() {
        return Err(failed(target, &"there is a file of that name already"));
    }
    let beside = |end: &str| {
        let name = target.file_name().map(|name| names::partial(&name.to_string_lossy())).unwrap_or_default();
        target.with_file_name(name + end)
    };
    let (copy, packed) = (beside(""), beside(".gz"));
    let outcome = write(target, &copy, &packed, live, &progress).await;
    // After success one of them still exists; after failure possibly both.
    let _gone = remove(copy, packed).await;
    progress.end();
    outcome.map(|size| Taken { path: target.to_owned(), size })
}

async fn write(
    target: &Path,
    copy: &Path,
    packed: &Path,
    live: &Live,
    progress: &Arc<Progress>,
) -> Result<u64, Failure> {
    let io_failed = |error: io::Error| failed(target, &error);
    let size = live.size().await.map_err(|error| failed(target, &error))?;
    let _left_over = remove(copy.to_owned(), packed.to_owned()).await;
    config::create_new(copy).map_err(io_failed)?;
    let copied = progress.watch("Copying", copy, size, live.copy_to(copy)).await;
    copied.map_err(|error| failed(target, &error))?;
    progress.begin("Checking");
    let findings = live.inspect_copy(copy).await.map_err(|error| failed(target, &error))?;
    if !findings.damage.is_empty() {
        return Err(failed(target, &"the copy is damaged, and so may be the database")
            .also("To check the database for damage, type: ticketbot db check."));
    }
    let finished = if live.is_encrypted() {
        copy
    } else {
        let (from, to, progress) = (copy.to_owned(), packed.to_owned(), Arc::clone(progress));
        apart(move || archive::pack(&from, &to, &progress)).await.map_err(io_failed)?;
        packed
    };
    let (from, to) = (finished.to_owned(), target.to_owned());
    apart(move || put_in_place(&from, &to)).await.map_err(io_failed)
}

/// Work on large files, away from the thread that answers clicks.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(io::ErrorKind::Interrupted.into()))
}

async fn remove(copy: PathBuf, packed: PathBuf) -> io::Result<()> {
    apart(move || {
        let first = fs::remove_file(copy);
        fs::remove_file(packed).and(first)
    })
    .await
}

/// Renames the file once everything is on disk. Returns the size.
fn put_in_place(finished: &Path, target: &Path) -> io::Result<u64> {
    let file = fs::File::open(finished)?;
    file.sync_all()?;
    fs::rename(finished, target)?;
    sync_folder_of(target)?;
    Ok(file.metadata()?.len())
}

/// A new name survives a power cut only once its folder is synced as well.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn failed(target: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::runtime(format!("The backup {} could not be made", target.display()))
        .cause(error)
        .help("Check that its folder may be written to and has room.")
}

/// Removes automatic backups beyond the newest `keep`, and leftovers of interrupted ones.
async fn clear(folder: &Path, keep: usize, now: Timestamp) -> io::Result<()> {
    let folder = folder.to_owned();
    apart(move || {
        let names = list(&folder)?;
        for name in names::superfluous(&names, keep) {
            fs::remove_file(folder.join(name))?;
        }
        for name in names.iter().filter(|name| names::is_left_over(name, now)) {
            fs::remove_file(folder.join(name))?;
        }
        Ok(())
    })
    .await
}

/// The names in a folder; empty if the folder does not exist.
fn list(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned())).collect()
}

/// Makes a backup before a migration.
///
/// # Errors
///
/// When the backup fails, unless the operator allows the migration without one.
pub(crate) async fn before_update(opened: &Opened, backup: &Backup) -> Result<(), Failure> {
    let Some(folder) = &backup.directory else { return Ok(()) };
    let live = opened.live();
    let pending = opened.pending().await.map_err(|error| failed(folder, &error))?;
    if pending.is_empty() {
        return Ok(());
    }
    let now = SystemClock::start().now();
    match take_in(folder, Kind::Update, live, now, Arc::new(Progress::at_terminal())).await {
        Ok(taken) => {
            tracing::info!(path = %taken.path.display(), bytes = taken.size, "backup made before the migration");
            report(clear(folder, backup.keep, now).await);
            Ok(())
        }
        Err(failure) if backup.before_update => Err(Failure::runtime(
            "The tables of the database were not brought up to date, because the backup before that could not be made",
        )
        .cause(failure)
        .also(
            "Then start again. The database is as it was; to update it without a backup, set `backup.before_update` to \
             false.",
        )),
        Err(failure) => {
            tracing::warn!("{failure} The migration continues without it, as `backup.before_update` allows.");
            Ok(())
        }
    }
}

fn report(cleared: io::Result<()>) {
    if let Err(error) = cleared {
        tracing::warn!(%error, "old backups could not be removed");
    }
}

#[cfg(test)]
mod tests;
