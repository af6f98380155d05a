//! `ticketbot db backup` and `ticketbot db restore`. Restoring unpacks a backup beside the database, checks it, and swaps
//! them; it keeps the replaced file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{self, beside};
use crate::backups::{self, Kind};
use crate::config::Settings;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::database_key::DatabaseKey;
use crate::failure::Failure;
use crate::operator::ask;
use crate::progress::Progress;
use crate::storage::{self, Contents, Findings, Lineage, Location, OpenError};
use crate::{database, unlock};

pub(super) async fn back_up(settings: &Settings, to: Option<PathBuf>) -> Result<(), Failure> {
    let folder = match &to {
        Some(to) if to.is_dir() => Some(to.clone()),
        Some(_) => None,
        None => Some(settings.backup.directory.clone().ok_or_else(|| {
            Failure::config("There is no folder for backups, since `backup.directory` is empty")
                .help("Say where to write it: ticketbot db backup --to PATH")
        })?),
    };
    let opened = database::open_to_read(settings).await?;
    let progress = Arc::new(Progress::at_terminal());
    let taken = match (folder, to) {
        (None, Some(to)) => backups::take(&to, opened.live(), progress).await,
        (folder, to) => {
            let folder = folder.or(to).unwrap_or_default();
            backups::take_in(&folder, Kind::Manual, opened.live(), SystemClock::start().now(), progress).await
        }
    };
    let encrypted = opened.live().is_encrypted();
    let taken = taken?;
    let how = if encrypted { "encrypted with the key of the database" } else { "compressed" };
    super::super::print(&format!("{}\n{} bytes, {how}, checked.\n", taken.path.display(), taken.size))
}

/// The unpacked backup.
const RESTORING: &str = ".restoring";
/// The same under the key that the database will have.
const NEW: &str = ".new";

pub(super) async fn restore(
    settings: &Settings,
    backup: &Path,
    key_file: Option<&PathBuf>,
    yes: bool,
) -> Result<(), Failure> {
    let target = database::location(settings)?;
    let form = settings.database.encryption.as_ref().map(|encryption| encryption.form).unwrap_or_default();
    let key = key_file.map(|file| unlock::from_file("--key-file", file, form)).transpose()?;
    files::refuse_foreign(&target).await?;
    if !yes && !confirm(backup, &target.path)? {
        return Err(Failure::runtime("Nothing was restored"));
    }
    crate::config::create_folder(target.path.parent().unwrap_or(Path::new(".")))
        .map_err(|error| database::explain(&target.path, &OpenError::Folder(error)))?;
    let _alone = files::take_alone(&target.path)?;
    let [unpacked, new] = [RESTORING, NEW].map(|end| beside(&target.path, end));
    let progress = Arc::new(Progress::at_terminal());
    let prepared = prepare(backup, &unpacked, &new, &target, key, &progress).await;
    progress.end();
    let outcome = match prepared {
        Ok((finished, findings)) => replace(&finished, &target).await.map(|kept| (kept, findings)),
        Err(failure) => Err(failure),
    };
    for left in [&unpacked, &new] {
        let _gone = files::remove(left);
    }
    let (kept, findings) = outcome?;
    let rows: u64 = findings.rows.iter().map(|(_, rows)| rows).sum();
    let replaced = kept.map_or_else(
        || "There was no database before.".to_owned(),
        |kept| format!("The replaced database is kept as {}; delete it when you no longer need it.", kept.display()),
    );
    super::super::print(&format!(
        "Restored {} with {rows} rows in {} tables. {replaced}\n",
        target.path.display(),
        findings.rows.len()
    ))
}

fn confirm(backup: &Path, database: &Path) -> Result<bool, Failure> {
    let question = format!(
        "{} is to take the place of the database {}. What is there now is kept beside it.\nRestore it? Type yes:",
        backup.display(),
        database.display()
    );
    let answer = ask(&question, "Nothing was restored", "Give --yes to restore without being asked.")?;
    Ok(answer == "yes")
}

/// Makes the file that replaces the database, and describes its content.
async fn prepare(
    backup: &Path,
    unpacked: &Path,
    new: &Path,
    target: &Location,
    key: Option<DatabaseKey>,
    progress: &Arc<Progress>,
) -> Result<(PathBuf, Findings), Failure> {
    for left in [unpacked, new] {
        files::remove(left).map_err(|error| unusable(backup, &error))?;
    }
    // A change of key needs room for a second copy.
    let room_for = 1 + u64::from(target.key.is_some());
    let (from, to, shown) = (backup.to_owned(), unpacked.to_owned(), Arc::clone(progress));
    let unpacking = tokio::task::spawn_blocking(move || backups::unpack(&from, &to, room_for, &shown)).await;
    unpacking
        .unwrap_or_else(|_| Err(std::io::ErrorKind::Interrupted.into()))
        .map_err(|error| unusable(backup, &error))?;
    progress.begin("Checking");
    let contents = Contents::of(unpacked).map_err(|error| unusable(backup, &error))?;
    if contents == Contents::Nothing {
        return Err(unusable(backup, &"it is empty"));
    }
    let is_plain = contents == Contents::Plain;
    let has_other_key = key.is_some();
    let source = Location {
        path: unpacked.to_owned(),
        pragmas: if is_plain { Vec::new() } else { target.pragmas.clone() },
        key: if is_plain { None } else { key.or_else(|| target.key.clone()) },
    };
    let findings = storage::inspect(&source).await.map_err(|error| not_opened(backup, &error))?;
    judge(backup, &findings)?;
    if source.key.is_none() && target.key.is_none() || !is_plain && !has_other_key {
        return Ok((unpacked.to_owned(), findings));
    }
    progress.begin("Encrypting");
    if !storage::has_encryption() {
        return Err(unlock::no_cipher());
    }
    crate::config::create_new(new).map_err(|error| unusable(backup, &error))?;
    let sealed = Location { path: new.to_owned(), ..target.clone() };
    storage::convert(&source, &sealed).await.map_err(|error| unusable(backup, &error))?;
    let copied = storage::inspect(&sealed).await.map_err(|error| unusable(backup, &error))?;
    if copied == findings {
        return Ok((new.to_owned(), findings));
    }
    Err(unusable(backup, &"it could not be copied whole"))
}

/// Accepts only an intact ticketbot database that this version supports.
fn judge(backup: &Path, findings: &Findings) -> Result<(), Failure> {
    if !findings.damage.is_empty() || !findings.dangling.is_empty() {
        return Err(unusable(backup, &"it is damaged"));
    }
    if !findings.missing.is_empty() {
        return Err(unusable(backup, &OpenError::Incomplete(findings.missing.clone())));
    }
    match &findings.lineage {
        Lineage::Ours { latest: Some(_), .. } => Ok(()),
        Lineage::Ours { latest: None, .. } => Err(unusable(backup, &"it is not ticketbot's")),
        Lineage::Foreign(owner) => Err(unusable(backup, &format!("it is not ticketbot's: {owner}"))),
        Lineage::Newer(version) => Err(unusable(
            backup,
            &format!("it was made by a newer version of ticketbot (migration {version} is not known to this one)"),
        )),
    }
}

/// Replaces the database with the finished file. Returns where the old one is kept.
async fn replace(finished: &Path, target: &Location) -> Result<Option<PathBuf>, Failure> {
    let path = &target.path;
    let failed = |error: std::io::Error| {
        Failure::runtime(format!("The database {} could not be replaced", path.display()))
            .cause(error)
            .help("Check that its folder may be written to and has room.")
    };
    let kept = if path.exists() {
        // An intact database absorbs its write-ahead log. A damaged one may be unable to.
        if let Err(OpenError::Replaced) = storage::fold(target).await {
            return Err(files::in_use(path));
        }
        let kept = free_name(path);
        files::move_sides(path, &kept).map_err(failed)?;
        files::keep_as(path, &kept).map_err(failed)?;
        Some(kept)
    } else {
        None
    };
    files::put_in_place(finished, path).map_err(failed)?;
    if let Err(error) = storage::inspect(target).await {
        return Err(match &kept {
            None => database::explain(path, &error),
            Some(kept) => {
                database::explain(path, &error).also(format_args!("The replaced database is {}.", kept.display()))
            }
        });
    }
    Ok(kept)
}

/// `ticketbot.db.replaced-20260131T235959Z`, or a later time if that exists.
fn free_name(path: &Path) -> PathBuf {
    let mut at = SystemClock::start().now();
    loop {
        let kept = beside(path, &format!(".replaced-{}", at.compact()));
        if !kept.exists() {
            return kept;
        }
        at = at + std::time::Duration::from_secs(1);
    }
}

fn not_opened(backup: &Path, error: &OpenError) -> Failure {
    let next = match error {
        OpenError::NoCipher => return unlock::no_cipher(),
        OpenError::Encrypted => "Set `db.key_template` as for running the bot on an encrypted database.",
        OpenError::WrongKey => "If it was made with another key, name a file that holds that with --key-file.",
        _ => "",
    };
    let failure = unusable(backup, error);
    if next.is_empty() { failure } else { failure.also(next) }
}

fn unusable(backup: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::runtime(format!("The backup {} cannot be restored", backup.display()))
        .cause(error)
        .help("The database is as it was.")
}
