//! `ticketbot db backup`.

use std::path::PathBuf;
use std::sync::Arc;

use crate::backups::{self, Kind};
use crate::config::Settings;
use crate::database;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::failure::Failure;
use crate::progress::Progress;

pub(super) async fn run(settings: &Settings, to: Option<PathBuf>) -> Result<(), Failure> {
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
